import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Application, checkApplicationWording } from "@acta/contract";
import { builtIn } from "@acta/ledger";
import { root } from "./root.ts";
import { isTestFile, sourceFiles } from "./source-files.ts";

const builtInWording = "core/ledger/src/contracts/zh.json";

/**
 * Sentences about Chinese wording that does not match the English, which stands in the code.
 *
 * Applications and the built-in contracts are held to the keys that follow from their contracts; the packages' own `zh.json` to the code beside
 * it: every sentence is there, and the last word of its key still occurs.
 */
export async function checkWording(): Promise<string[]> {
  const applications = await Promise.all(sourceFiles(root, "applications/*/index.ts").map(checkApplication));
  const packages = sourceFiles(root, "{core,node,client,apps}/*/src/**/zh.json").filter(
    (file) => file !== builtInWording,
  );
  return [...applications, holdToContracts(builtIn, builtInWording), ...packages.map(checkPackage)].flat();
}

async function checkApplication(file: string): Promise<string[]> {
  const { application } = (await import(join(root, file))) as { application?: Application }; // asked for below
  if (!application) return [`${file} exports no \`application\`.`];
  return holdToContracts(application, join(dirname(file), "zh.json"));
}

function holdToContracts(application: Application, wording: string): string[] {
  const { missing, stale, differingBlanks } = checkApplicationWording(application);
  return [
    ...missing.map((key) => `${wording} lacks "${key}".`),
    ...stale.map((key) => `${wording} has "${key}", which no contract has any more.`),
    ...differingBlanks.map((key) => `${wording}: "${key}" has other blanks than its English.`),
    ...sentencesOf(wording).flatMap(([key, sentence]) => checkSentence(wording, key, sentence)),
  ];
}

function checkPackage(file: string): string[] {
  const code = sourceFiles(join(root, dirname(file)), "**/*.ts")
    .filter((path) => !isTestFile(path))
    .map((path) => readFileSync(join(root, dirname(file), path), "utf8"))
    .join("\n");
  return sentencesOf(file).flatMap(([key, sentence]) => {
    const word = key.split(/[.:]/).at(-1) ?? "";
    const stale = code.includes(word) ? [] : [`${file} has "${key}", of which the code knows nothing.`];
    return [...stale, ...checkSentence(file, key, sentence)];
  });
}

function checkSentence(file: string, key: string, sentence: string): string[] {
  return /\p{Script=Han}/u.test(sentence) ? [] : [`${file}: "${key}" is not Chinese: ${JSON.stringify(sentence)}.`];
}

// Nested objects are keys with dots.
function sentencesOf(file: string): [key: string, sentence: string][] {
  const flatten = (value: unknown, key: string): [string, string][] =>
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([name, inner]) => flatten(inner, key === "" ? name : `${key}.${name}`))
      : [[key, String(value)]];
  return flatten(JSON.parse(readFileSync(join(root, file), "utf8")), "");
}
