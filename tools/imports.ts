/** One import as written: what it names and the line it stands on. */
export type Import = { readonly specifier: string; readonly line: number };

// Formatted code starts statements on lines of their own, so text in strings and comments is not taken for an import.
const statements = [
  /^[ \t]*(?:import|export)\s[^"'`;=()]*?\sfrom\s+["']([^"']+)["']/gm,
  /^[ \t]*import\s+["']([^"']+)["']/gm,
  /^(?![ \t]*(?:\*|\/\/))(?:[^"'`\n]|"[^"\n]*"|'[^'\n]*'|`[^`\n]*`)*?\b(?:import|require)\s*\(\s*["']([^"']+)["']/gm,
];

/** Every import, re-export and dynamic import with a literal name in a TypeScript or JavaScript source, by line. */
export function importsOf(source: string): Import[] {
  const found = statements.flatMap((statement) =>
    [...source.matchAll(statement)].map((match) => ({
      specifier: match[1] ?? "",
      line: source.slice(0, match.index + match[0].length).split("\n").length,
    })),
  );
  return found.sort((a, b) => a.line - b.line);
}
