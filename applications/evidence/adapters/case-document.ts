import { isKind, isOfVocabulary, nodesAt, PREFIXES, textOf, textsAt } from "./case-vocabulary.ts";
import { type LinkedData, type LinkedNode, readLinkedData } from "./linked-data.ts";
import { nameOf, peopleIn } from "./named.ts";

/** A device as the document describes it. */
export type CaseDevice = {
  readonly words: string;
  readonly kind?: string;
  readonly serial?: string;
  /** What its own clock showed. */
  readonly clock?: string;
};

/** A tool: what it is called, with its version and maker. */
export type CaseTool = { readonly words: string; readonly kind?: string; readonly maker?: string };

/** Something that was done, in the document's own words; times as they stand there. */
export type CaseAct = {
  readonly name: string;
  readonly from?: string;
  readonly until?: string;
  /** Who did it: names and roles. */
  readonly by: readonly string[];
  /** Tools, devices and warrants. */
  readonly with: readonly string[];
  readonly at: readonly string[];
  /** Exhibits and things that went in, and that came out. */
  readonly took: readonly string[];
  readonly gave: readonly string[];
};

/** What a CASE/UCO document says. All of it is the statement of whoever wrote it. */
export type CaseAccount = {
  readonly title?: string;
  readonly devices: readonly CaseDevice[];
  readonly tools: readonly CaseTool[];
  readonly acts: readonly CaseAct[];
  /** How many it lists of other traces, by their kinds: calls, messages, accounts. */
  readonly traces: readonly (readonly [kind: string, count: number])[];
  /** SHA-256 fingerprints that it names, lower-case hex. */
  readonly sha256: readonly string[];
};

/** Why a document cannot be read: `not-text` is said by who has its bytes. `line` where its JSON breaks off. */
export type CaseRefusal = {
  readonly code: "too-large" | "not-text" | "not-json" | "not-case";
  readonly line?: number;
};

/** Larger documents are no description any more. Bytes. */
export const MOST_CASE_BYTES = 16 << 20;

/** Reads the text of a CASE/UCO document (JSON-LD, UCO 1 and CASE 1), or says why it is none. */
export function readCaseDocument(text: string): { readonly account: CaseAccount } | { readonly refusal: CaseRefusal } {
  if (text.length > MOST_CASE_BYTES) return { refusal: { code: "too-large" } };
  try {
    // Some tools begin with a byte order mark; JSON has none.
    const graph = readLinkedData(JSON.parse(text.replace(/^\ufeff/, "")), PREFIXES);
    const isCase = [...graph.values()].some(isOfVocabulary);
    return isCase ? { account: accountOf(graph) } : { refusal: { code: "not-case" } };
  } catch (error) {
    if (error instanceof SyntaxError) return { refusal: { code: "not-json", ...lineOf(error, text) } };
    if (error instanceof RangeError) return { refusal: { code: "not-case" } };
    throw error;
  }
}

/** Engines say where in words of their own: a position, a line, or nothing. */
function lineOf({ message }: SyntaxError, text: string): { readonly line?: number } {
  const position = /position (\d+)/.exec(message)?.[1];
  if (position === undefined) return /end of JSON/.test(message) ? { line: text.split("\n").length } : {};
  return { line: text.slice(0, Number(position)).split("\n").length };
}

function accountOf(graph: LinkedData): CaseAccount {
  const nodes = [...graph.values()];
  const people = peopleIn(graph);
  const [bundle] = nodes.filter((node) => isKind(node, "uco-core:Bundle", "case-investigation:Investigation"));
  const title = bundle && textsAt(bundle, "uco-core:name")[0];
  const acts = nodes.filter((node) => isKind(node, "uco-action:Action", "case-investigation:Action"));
  return {
    ...(title !== undefined && { title }),
    devices: nodes.filter((node) => isKind(node, "uco-observable:Device")).map((node) => deviceOf(graph, node)),
    tools: nodes.filter((node) => isKind(node, "uco-tool:Tool")).map((node) => toolOf(graph, node)),
    acts: acts.map((node) => actOf(graph, node, people)).sort(byTime),
    traces: tracesIn(nodes),
    sha256: nodes.filter((node) => isKind(node, "uco-types:Hash")).flatMap(fingerprintOf),
  };
}

function deviceOf(graph: LinkedData, node: LinkedNode): CaseDevice {
  return {
    words: nameOf(graph, node),
    ...optional("kind", textOf(graph, node, "uco-observable:deviceType")),
    ...optional("serial", textOf(graph, node, "uco-observable:serialNumber")),
    ...optional("clock", textOf(graph, node, "uco-observable:clockSetting")),
  };
}

function toolOf(graph: LinkedData, node: LinkedNode): CaseTool {
  const version = textOf(graph, node, "uco-tool:version");
  const [maker] = nodesAt(graph, node, "uco-tool:creator");
  return {
    words: [nameOf(graph, node), ...(version === undefined ? [] : [version])].join(" "),
    ...optional("kind", textOf(graph, node, "uco-tool:toolType")),
    ...optional("maker", maker && nameOf(graph, maker)),
  };
}

function actOf(graph: LinkedData, node: LinkedNode, people: ReadonlyMap<string, string>): CaseAct {
  const named = (...terms: Parameters<typeof nodesAt>[2][]): string[] =>
    terms
      .flatMap((term) => nodesAt(graph, node, term))
      .filter((each) => !isKind(each, "uco-core:Relationship", "uco-observable:Relationship"))
      .map((each) => people.get(each.id) ?? nameOf(graph, each));
  return {
    name: nameOf(graph, node),
    ...optional("from", textOf(graph, node, "uco-action:startTime")),
    ...optional("until", textOf(graph, node, "uco-action:endTime")),
    by: named("uco-action:performer", "uco-action:participant"),
    with: named("uco-action:instrument", "uco-action:environment"),
    at: named("uco-action:location"),
    took: named("uco-action:object"),
    gave: named("uco-action:result"),
  };
}

// RFC 3339 in UTC sorts as text; what has no time, or another zone, stands where its text puts it.
function byTime(one: CaseAct, other: CaseAct): number {
  const [a, b] = [one.from ?? "", other.from ?? ""];
  return a < b ? -1 : a > b ? 1 : 0;
}

function tracesIn(nodes: readonly LinkedNode[]): [kind: string, count: number][] {
  const counts = new Map<string, number>();
  for (const node of nodes) {
    const kind = traceOf(node);
    if (kind !== undefined) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts];
}

/** The kind of an observable that is neither a device, a facet nor a relationship. */
function traceOf(node: LinkedNode): string | undefined {
  if (isKind(node, "uco-observable:Device", "uco-observable:Facet", "uco-observable:Relationship")) return undefined;
  const space = PREFIXES["uco-observable"];
  return [...node.types].find((type) => type.startsWith(space))?.slice(space.length);
}

function fingerprintOf(node: LinkedNode): string[] {
  const [method = ""] = textsAt(node, "uco-types:hashMethod");
  if (!/^sha-?256$/i.test(method)) return [];
  return textsAt(node, "uco-types:hashValue").map((hex) => hex.toLowerCase());
}

function optional<K extends string>(name: K, text: string | undefined): { readonly [key in K]?: string } {
  return text === undefined ? {} : ({ [name]: text } as { [key in K]: string }); // one key, as the type says
}
