/** What a property of a node says: text, or another node by its name. */
export type LinkedValue =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "node"; readonly id: string };

/** A node of a JSON-LD document: types and properties under their full names. */
export type LinkedNode = {
  readonly id: string;
  readonly types: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, readonly LinkedValue[]>;
};

/** The nodes of a document by their full names, in the order in which they first occur. */
export type LinkedData = ReadonlyMap<string, LinkedNode>;

/** No document is nested deeper. */
const MOST_DEPTH = 100;

/**
 * Reads the nodes of a JSON-LD document with the prefixes that it defines itself, on top of `known` ones.
 *
 * As much of JSON-LD 1.1 as documents of evidence use: prefixes, `@vocab`, `@graph`, nested nodes, `@value`, `@list`.
 * A context at another address is not fetched, one inside a node is not read. Throws RangeError where it is too deep.
 */
export function readLinkedData(document: unknown, known: Readonly<Record<string, string>>): LinkedData {
  const nodes = new Map<string, GrowingNode>();
  const context = isObject(document) ? document["@context"] : undefined;
  const names = new Map([...Object.entries(known), ...prefixesIn(context)]);
  addValue(document, { nodes, names, depth: 0 });
  return nodes;
}

type GrowingNode = LinkedNode & { readonly types: Set<string>; readonly values: Map<string, LinkedValue[]> };
type Reading = {
  readonly nodes: Map<string, GrowingNode>;
  readonly names: ReadonlyMap<string, string>;
  readonly depth: number;
};

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function prefixesIn(context: unknown): [name: string, meaning: string][] {
  if (Array.isArray(context)) return context.flatMap(prefixesIn);
  if (!isObject(context)) return [];
  return Object.entries(context).flatMap(([name, meaning]): [string, string][] => {
    const full = isObject(meaning) ? meaning["@id"] : meaning;
    return typeof full === "string" ? [[name, full]] : [];
  });
}

/** `uco-core:name` under its prefix's meaning; a bare name under the context's own, or the document's vocabulary. */
function fullName(name: string, { names }: Reading): string {
  const [prefix = "", ...rest] = name.split(":");
  const meaning = names.get(prefix);
  if (rest.length > 0) return meaning === undefined || rest[0]?.startsWith("//") ? name : meaning + rest.join(":");
  return meaning ?? (names.get("@vocab") ?? "") + name;
}

function addValue(value: unknown, reading: Reading): LinkedValue[] {
  if (reading.depth > MOST_DEPTH) throw new RangeError("The document is nested too deep.");
  const inner = { ...reading, depth: reading.depth + 1 };
  if (Array.isArray(value)) return value.flatMap((each) => addValue(each, inner));
  if (!isObject(value)) return value === null || value === undefined ? [] : [{ kind: "text", text: String(value) }];
  for (const plain of ["@value", "@list", "@set"])
    if (Object.hasOwn(value, plain)) return addValue(value[plain], inner);
  return [{ kind: "node", id: addNode(value, inner).id }];
}

function addNode(object: Readonly<Record<string, unknown>>, reading: Reading): GrowingNode {
  const given = object["@id"];
  const id = typeof given === "string" ? fullName(given, reading) : `_:${reading.nodes.size}`;
  const node = reading.nodes.get(id) ?? { id, types: new Set(), values: new Map() };
  reading.nodes.set(id, node);
  for (const [name, value] of Object.entries(object)) {
    if (name === "@type") for (const type of [value].flat()) node.types.add(fullName(String(type), reading));
    else if (name === "@graph") addValue(value, reading);
    else if (!name.startsWith("@")) addProperty(node, fullName(name, reading), addValue(value, reading));
  }
  return node;
}

function addProperty({ values }: GrowingNode, name: string, added: readonly LinkedValue[]): void {
  values.set(name, [...(values.get(name) ?? []), ...added]);
}
