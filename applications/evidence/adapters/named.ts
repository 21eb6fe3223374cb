import { facetsOf, isKind, nodesAt, type Term, textOf, textsAt } from "./case-vocabulary.ts";
import type { LinkedData, LinkedNode } from "./linked-data.ts";

/**
 * What people call a thing: its name, or what stands for one (a person's names, a device's maker and model, an
 * exhibit's number, a warrant's number, a file's name, an address), or at last the end of its identifier.
 */
export function nameOf(graph: LinkedData, node: LinkedNode): string {
  const find = (term: Term): string | undefined => textOf(graph, node, term);
  return (
    exhibitName(node) ??
    find("uco-core:name") ??
    joined(find("uco-identity:givenName"), find("uco-identity:familyName")) ??
    joined(makerOf(graph, node), find("uco-observable:model")) ??
    joined(find("case-investigation:authorizationType"), find("case-investigation:authorizationIdentifier")) ??
    find("uco-observable:fileName") ??
    joined(find("uco-location:street"), find("uco-location:locality"), find("uco-location:region")) ??
    find("uco-core:description") ??
    endOf(node.id)
  );
}

/** People and roles by their nodes: a person with the roles it has, a role with those who have it. */
export function peopleIn(graph: LinkedData): ReadonlyMap<string, string> {
  const beside = new Map<string, string[]>();
  for (const relation of graph.values()) {
    if (!textsAt(relation, "uco-core:kindOfRelationship").includes("Has_Role")) continue;
    const [person] = nodesAt(graph, relation, "uco-core:source");
    const [role] = nodesAt(graph, relation, "uco-core:target");
    if (!person || !role) continue;
    beside.set(person.id, [...(beside.get(person.id) ?? []), nameOf(graph, role)]);
    beside.set(role.id, [...(beside.get(role.id) ?? []), nameOf(graph, person)]);
  }
  const isPerson = (node: LinkedNode): boolean => isKind(node, "uco-identity:Person", "uco-role:Role");
  return new Map([...graph.values()].filter(isPerson).map((node) => [node.id, withAll(node)]));

  function withAll(node: LinkedNode): string {
    const others = beside.get(node.id) ?? [];
    return others.length === 0 ? nameOf(graph, node) : `${nameOf(graph, node)} (${others.join(", ")})`;
  }
}

function exhibitName(node: LinkedNode): string | undefined {
  if (!isKind(node, "case-investigation:ProvenanceRecord")) return undefined;
  const [number] = textsAt(node, "case-investigation:exhibitNumber");
  const [description] = textsAt(node, "uco-core:description");
  return number === undefined ? description : joined(number, description && `(${description})`);
}

function makerOf(graph: LinkedData, node: LinkedNode): string | undefined {
  const [maker] = facetsOf(graph, node).flatMap((facet) => nodesAt(graph, facet, "uco-observable:manufacturer"));
  return maker && textsAt(maker, "uco-core:name")[0];
}

function joined(...parts: readonly (string | undefined)[]): string | undefined {
  const there = parts.filter((part) => part !== undefined);
  return there.length === 0 ? undefined : there.join(" ");
}

/** The part after the last slash or hash, its random ending shortened: `examiner-88a08acc`. */
function endOf(id: string): string {
  const end = /[^/#]*$/.exec(id)?.[0] ?? id;
  return end.replace(/^(.*-[0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, "$1");
}
