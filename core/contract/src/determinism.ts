/** A place in a source where its result could differ between two machines, or where it reaches outside. */
export type DeterminismFinding = { readonly line: number; readonly word: string; readonly reason: string };

/**
 * Names what a contract's source may not use: clocks, chance, the machine's language, Unicode tables that change with
 * the engine, floats, unordered loops, input and output. Comments, strings and the text of templates are not looked at;
 * types of the same names are, since a pure package has no use for them either. A finding is a line for a person to
 * mend; there are no exceptions to switch on.
 */
export function findNondeterminism(source: string): readonly DeterminismFinding[] {
  const lines = blankOut(source).split("\n");
  return lines.flatMap((line, index) =>
    BANNED.flatMap(([pattern, reason]) =>
      [...line.matchAll(pattern)].map((match) => ({ line: index + 1, word: (match[1] ?? match[0]).trim(), reason })),
    ),
  );
}

const UNICODE = "depends on Unicode tables or the machine's language";
const AMBIENT = "reaches outside the contract";
const FLOAT = "is or makes a float; use bigint or whole numbers";

const BANNED: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/(?<![.\w$])(Date|performance|Temporal)\b/g, "reads a clock; use the block's time"],
  [/(?<![\w$])(Math\s*\.\s*(?!(?:floor|min|max)\b)\w+)/g, "is a function of Math other than floor, min and max"],
  [/(?<![\w$])(Math)\b(?!\s*\.)/g, "passes Math on, of which only floor, min and max may be called"],
  [/(?<![.\w$])(Intl)\b/g, UNICODE],
  [/\.\s*(toLocale\w*|localeCompare|normalize|toLowerCase|toUpperCase)\b/g, UNICODE],
  [/(\\[pP]\{)/g, UNICODE],
  [/(?<![\w$.])(\d[\d_]*\.\d[\d_]*(?:[eE][+-]?\d+)?|\d[\d_]*[eE][+-]?\d+|\.\d+)\b/g, FLOAT],
  [/(\*\*=?)/g, FLOAT],
  [/(?<![.\w$])(parseFloat|NaN|Infinity)\b/g, FLOAT],
  [/\.\s*(toFixed|toPrecision|toExponential)\b/g, FLOAT],
  [/\b(for\s*\(\s*(?:const|let|var)\s+[\w$]+\s+in)\b/g, "loops over names in no promised order; use Object.keys"],
  [
    /(?<![.\w$])(setTimeout|setInterval|setImmediate|queueMicrotask|fetch|process|globalThis|window|self\s*\.|console)/g,
    AMBIENT,
  ],
  [/(?<![.\w$])(eval|Function|import\s*\(|require\s*\(|WebAssembly|SharedArrayBuffer|Atomics)/g, AMBIENT],
  [/(?<![.\w$])(async|await)\b/g, "does not run to its end at once"],
  [/(?<![.\w$])(WeakRef|FinalizationRegistry)\b/g, "depends on the garbage collector"],
];

/** The same text with comments, strings and the text of templates blanked, so that words in them are not found. */
function blankOut(source: string): string {
  let kept = "";
  let at = 0;
  // Depths of braces inside `${…}`, innermost last: code there is looked at.
  const templates: number[] = [];
  const skip = (end: number): void => {
    kept += source.slice(at, end).replace(/[^\n]/g, " ");
    at = end;
  };
  while (at < source.length) {
    const two = source.slice(at, at + 2);
    const one = two.charAt(0);
    if (two === "//") skip(endOf(source, "\n", at));
    else if (two === "/*") skip(endOf(source, "*/", at + 2) + 2);
    else if (one === '"' || one === "'") skip(endOfString(source, at));
    else if (one === "/" && startsRegExp(kept)) {
      // A regular expression stays, for its \p{…}; its quotes must not open a string.
      const end = endOfRegExp(source, at);
      kept += source
        .slice(at, end)
        .replace(/["'`]/g, " ")
        .replace(/(?<!\\)[A-Za-z0-9.]+/g, " ");
      at = end;
    } else if (one === "`" || (one === "}" && templates.at(-1) === 0)) {
      if (one === "}") templates.pop();
      skip(endOfTemplateText(source, at + 1));
      if (source.charAt(at - 1) === "{") templates.push(0);
    } else {
      const depth = templates.length - 1;
      if (depth >= 0 && one === "{") templates[depth] = (templates[depth] ?? 0) + 1;
      if (depth >= 0 && one === "}") templates[depth] = (templates[depth] ?? 0) - 1;
      kept += one;
      at++;
    }
  }
  return kept;
}

function endOf(source: string, mark: string, from: number): number {
  const end = source.indexOf(mark, from);
  return end < 0 ? source.length : end;
}

function endOfString(source: string, start: number): number {
  const quote = source.charAt(start);
  for (let at = start + 1; at < source.length; at++) {
    const character = source.charAt(at);
    if (character === "\\") at++;
    else if (character === quote || character === "\n") return at + 1;
  }
  return source.length;
}

/** Just past the closing backtick, or past the `${` that opens code. */
function endOfTemplateText(source: string, start: number): number {
  for (let at = start; at < source.length; at++) {
    const character = source.charAt(at);
    if (character === "\\") at++;
    else if (character === "`") return at + 1;
    else if (character === "$" && source.charAt(at + 1) === "{") return at + 2;
  }
  return source.length;
}

/** A slash begins a regular expression where a value may begin, and divides where one has ended. */
function startsRegExp(before: string): boolean {
  const trimmed = before.trimEnd();
  return trimmed === "" || /(?:[(,=:[!&|?{};+*<>~^%-]|\b(?:return|typeof|case|in|of))$/.test(trimmed);
}

function endOfRegExp(source: string, start: number): number {
  let inClass = false;
  for (let at = start + 1; at < source.length; at++) {
    const character = source.charAt(at);
    if (character === "\\") at++;
    else if (character === "[") inClass = true;
    else if (character === "]") inClass = false;
    else if (character === "\n") return at;
    else if (character === "/" && !inClass) return at + 1;
  }
  return source.length;
}
