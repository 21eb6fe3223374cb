import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sharedData } from "@acta/testing";
import { describe, expect, test } from "vitest";
import { type CaseAccount, MOST_CASE_BYTES, readCaseDocument } from "./case-document.ts";

const context = {
  kb: "http://example.org/kb/",
  "case-investigation": "https://ontology.caseontology.org/case/investigation/",
  "uco-action": "https://ontology.unifiedcyberontology.org/uco/action/",
  "uco-core": "https://ontology.unifiedcyberontology.org/uco/core/",
  "uco-identity": "https://ontology.unifiedcyberontology.org/uco/identity/",
  "uco-observable": "https://ontology.unifiedcyberontology.org/uco/observable/",
  "uco-role": "https://ontology.unifiedcyberontology.org/uco/role/",
  "uco-tool": "https://ontology.unifiedcyberontology.org/uco/tool/",
  "uco-types": "https://ontology.unifiedcyberontology.org/uco/types/",
};

/** An invented capture: a telephone, a tool, an examiner, an exhibit in and one out. */
const capture = [
  { "@id": "kb:maker", "@type": "uco-identity:Organization", "uco-core:name": "Sample Works" },
  {
    "@id": "kb:telephone",
    "@type": "uco-observable:Device",
    "uco-core:hasFacet": [
      {
        "@type": "uco-observable:DeviceFacet",
        "uco-observable:deviceType": "Telephone",
        "uco-observable:manufacturer": { "@id": "kb:maker" },
        "uco-observable:model": "Model 7",
        "uco-observable:serialNumber": "S-007",
      },
    ],
  },
  {
    "@id": "kb:tool",
    "@type": "uco-tool:ConfiguredTool",
    "uco-core:name": "Sample Extractor",
    "uco-tool:version": "2.1",
    "uco-tool:creator": { "@id": "kb:maker" },
  },
  { "@id": "kb:person", "@type": "uco-identity:Person", "uco-core:name": "A. Sample" },
  { "@id": "kb:role", "@type": "uco-role:Role", "uco-core:name": "Examiner" },
  {
    "@type": "uco-core:Relationship",
    "uco-core:kindOfRelationship": "Has_Role",
    "uco-core:source": { "@id": "kb:person" },
    "uco-core:target": { "@id": "kb:role" },
  },
  { "@id": "kb:in", "@type": "case-investigation:ProvenanceRecord", "case-investigation:exhibitNumber": "E-1" },
  {
    "@id": "kb:out",
    "@type": "case-investigation:ProvenanceRecord",
    "case-investigation:exhibitNumber": "E-2",
    "uco-core:description": "Copy",
  },
  {
    "@type": "case-investigation:InvestigativeAction",
    "uco-core:name": "extracted",
    "uco-action:startTime": { "@type": "xsd:dateTime", "@value": "2026-03-02T09:15:00Z" },
    "uco-action:endTime": { "@type": "xsd:dateTime", "@value": "2026-03-02T09:40:00Z" },
    "uco-action:performer": { "@id": "kb:person" },
    "uco-action:instrument": { "@id": "kb:tool" },
    "uco-action:object": [{ "@id": "kb:in" }, { "@id": "kb:telephone" }],
    "uco-action:result": { "@id": "kb:out" },
  },
  { "@type": "uco-types:Hash", "uco-types:hashMethod": "SHA256", "uco-types:hashValue": { "@value": "AB12" } },
];

function read(document: unknown): CaseAccount {
  const answer = readCaseDocument(typeof document === "string" ? document : JSON.stringify(document));
  if ("refusal" in answer) throw new Error(answer.refusal.code);
  return answer.account;
}

const refused = (text: string): unknown => readCaseDocument(text);

describe("a CASE document", () => {
  test("names device, tool, examiner with role, times, and what went in and out", () => {
    expect(read({ "@context": context, "@graph": capture })).toEqual({
      devices: [{ words: "Sample Works Model 7", kind: "Telephone", serial: "S-007" }],
      tools: [{ words: "Sample Extractor 2.1", maker: "Sample Works" }],
      acts: [
        {
          name: "extracted",
          from: "2026-03-02T09:15:00Z",
          until: "2026-03-02T09:40:00Z",
          by: ["A. Sample (Examiner)"],
          with: ["Sample Extractor"],
          at: [],
          took: ["E-1", "Sample Works Model 7"],
          gave: ["E-2 (Copy)"],
        },
      ],
      traces: [],
      sha256: ["ab12"],
    });
  });

  test("says the same under prefixes of its own, and nested instead of referred to", () => {
    const renamed = JSON.parse(
      JSON.stringify({ "@context": context, "@graph": capture })
        .replaceAll("uco-observable", "seen")
        .replaceAll("uco-core", "base"),
    );
    expect(read(renamed)).toEqual(read({ "@context": context, "@graph": capture }));
    const nested = { "@context": context, "@type": "uco-core:Bundle", "uco-core:object": capture };
    expect(read(nested).acts).toEqual(read({ "@context": context, "@graph": capture }).acts);
  });

  test("whose context stands elsewhere is read by the usual prefixes; nothing is fetched", () => {
    expect(read({ "@context": "https://example.org/context", "@graph": capture }).devices).toHaveLength(1);
  });

  test("cannot smuggle in signs that turn or break a line", () => {
    const device = {
      "@type": "uco-observable:Device",
      "uco-core:name": `a\u202eb\nc${"x".repeat(500)}`,
    };
    expect(read({ "@context": context, "@graph": [device] }).devices[0]?.words).toMatch(/^a b cx{195}…$/);
  });
});

describe("what is no CASE document is refused", () => {
  test("where its JSON breaks off", () => {
    expect(refused('{\n"@graph": [\n')).toMatchObject({ refusal: { code: "not-json" } });
    expect(refused("")).toMatchObject({ refusal: { code: "not-json" } });
  });

  test("where it is too large, or too deep", () => {
    expect(refused(" ".repeat(MOST_CASE_BYTES + 1))).toEqual({ refusal: { code: "too-large" } });
    expect(refused("[".repeat(200) + "]".repeat(200))).toEqual({ refusal: { code: "not-case" } });
  });

  test("where nothing in it is of the vocabularies", () => {
    for (const other of ["null", "3", "{}", '{"@type": "Person"}', '{"name": "uco-observable:Device"}'])
      expect(refused(other)).toEqual({ refusal: { code: "not-case" } });
  });
});

const shared = sharedData();

describe.skipIf(shared === undefined)("real documents", () => {
  const folder = join(shared ?? "", "forensics");
  const account = (name: string): CaseAccount => read(readFileSync(join(folder, name), "utf8"));

  test("are all read", () => {
    const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
    expect(names.length).toBeGreaterThanOrEqual(6);
    for (const name of names) {
      const { devices, acts, traces } = account(name);
      expect(devices.length + acts.length + traces.length, name).toBeGreaterThan(0);
    }
  });

  test("give an investigation's acts in the order of their times, each with who did it", () => {
    const { title, acts, devices, tools } = account("Oresteia.json");
    expect(title).toBe("Greek Case 13");
    expect(acts.map(({ name }) => name)).toEqual(["preserved", "transferred", "extracted", "extracted", "parsed"]);
    expect(acts[1]).toMatchObject({ by: ["Investigator (Aeschylus Bard)"], from: "2017-06-22T08:01:23.14Z" });
    expect(acts[1]?.gave).toEqual(["AthensPD-2017220601 (Android smartphone seized by Argos PD)"]);
    expect(devices[0]).toMatchObject({ words: "Samsung SM-G925F Galaxy S6 Edge", serial: "FDG344657" });
    expect(tools[0]).toEqual({ words: "MobileExtractor 5.3", kind: "Extraction", maker: "Zeus S.A." });
  });

  test("give a photograph's camera, and what was taken with it", () => {
    const { acts } = account("exif_data.json");
    expect(acts[0]).toMatchObject({ name: "photo_taken", with: ["Canon PowerShot SX540"], gave: ["IMG_0123.jpg"] });
  });
});
