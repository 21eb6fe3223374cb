import type { LinkedData, LinkedNode } from "./linked-data.ts";

/** Prefixes under which CASE and UCO documents name their vocabulary, for documents that leave them out. */
export const PREFIXES = {
  "case-investigation": "https://ontology.caseontology.org/case/investigation/",
  "uco-action": "https://ontology.unifiedcyberontology.org/uco/action/",
  "uco-core": "https://ontology.unifiedcyberontology.org/uco/core/",
  "uco-identity": "https://ontology.unifiedcyberontology.org/uco/identity/",
  "uco-location": "https://ontology.unifiedcyberontology.org/uco/location/",
  "uco-observable": "https://ontology.unifiedcyberontology.org/uco/observable/",
  "uco-role": "https://ontology.unifiedcyberontology.org/uco/role/",
  "uco-tool": "https://ontology.unifiedcyberontology.org/uco/tool/",
  "uco-types": "https://ontology.unifiedcyberontology.org/uco/types/",
} as const;

/** A name of the vocabulary with its prefix, such as `uco-core:name`. */
export type Term = `${keyof typeof PREFIXES}:${string}`;

/** The full name of a term. */
export function fullTerm(term: Term): string {
  const [prefix = "", name = ""] = term.split(":");
  return (PREFIXES as Readonly<Record<string, string>>)[prefix] + name;
}

/** Whether a node belongs to the vocabulary at all. */
export function isOfVocabulary({ types }: LinkedNode): boolean {
  const families = ["https://ontology.caseontology.org/case/", "https://ontology.unifiedcyberontology.org/uco/"];
  return [...types].some((type) => families.some((family) => type.startsWith(family)));
}

/** Whether a node is of a kind whose full name ends so within one of the namespaces: `uco-tool:ConfiguredTool` is a `Tool`. */
export function isKind({ types }: LinkedNode, ...terms: readonly Term[]): boolean {
  return terms.some((term) => {
    const [space = "", kind = ""] = term.split(":");
    const start = fullTerm(`${space}:` as Term); // a prefix of the table, as it came from a term
    return [...types].some((type) => type.startsWith(start) && type.endsWith(kind));
  });
}

/** The texts of a property, cleaned for people: no control characters, none that turn the direction, no length without end. */
export function textsAt(node: LinkedNode, term: Term): string[] {
  const values = node.values.get(fullTerm(term)) ?? [];
  return values.flatMap((value) => (value.kind === "text" ? [cleaned(value.text)] : [])).filter((text) => text !== "");
}

/** The nodes that a property leads to. */
export function nodesAt(graph: LinkedData, node: LinkedNode, term: Term): LinkedNode[] {
  const values = node.values.get(fullTerm(term)) ?? [];
  return values.flatMap((value) => (value.kind === "node" ? (graph.get(value.id) ?? []) : []));
}

/** The node itself and its facets: a property of a thing stands on either. */
export function facetsOf(graph: LinkedData, node: LinkedNode): LinkedNode[] {
  return [node, ...nodesAt(graph, node, "uco-core:hasFacet")];
}

/** The first text of a property, on the node or on one of its facets. */
export function textOf(graph: LinkedData, node: LinkedNode, term: Term): string | undefined {
  return facetsOf(graph, node).flatMap((facet) => textsAt(facet, term))[0];
}

const MOST_LETTERS = 200;

function cleaned(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, " ").trim();
  return plain.length > MOST_LETTERS ? `${plain.slice(0, MOST_LETTERS)}…` : plain;
}
