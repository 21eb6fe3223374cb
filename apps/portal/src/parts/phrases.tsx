/** A heading whose language marks with `|` where a line may break. */
export function Phrases({ text }: { readonly text: string }) {
  return text.split("|").map((phrase) => (
    <span className="ph" key={phrase}>
      {phrase}
    </span>
  ));
}
