import { useId } from "react";

/** A button that chooses files; a drop anywhere on the page does the same. */
export function FileButton({
  children,
  isSecond = false,
  isSingle = false,
  describedBy,
  onFiles,
}: {
  readonly children: string;
  readonly isSecond?: boolean;
  /** Takes one file instead of several. */
  readonly isSingle?: boolean;
  /** The identifier of what explains the button. */
  readonly describedBy?: string;
  readonly onFiles: (files: readonly File[]) => void;
}) {
  const id = useId();
  return (
    <span className={isSecond ? "b two filebtn" : "b filebtn"}>
      <input
        id={id}
        type="file"
        multiple={!isSingle}
        aria-describedby={describedBy}
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])]);
          // So that the same file can be chosen again.
          target.value = "";
        }}
      />
      <label htmlFor={id}>{children}</label>
    </span>
  );
}
