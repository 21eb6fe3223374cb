import { REASONS } from "@acta/protocol";
import { CommandError, type CommandHost, type CommandOptions, type ReaderPowers, SdkError } from "@acta/sdk";

/** What a command reads with: every answer is verified, under the trust file named or else under the node's own. */
export function readerPowers({ node, files, verifySignature }: CommandHost, trust: string | undefined): ReaderPowers {
  return {
    node,
    clock: () => Math.floor(Date.now() / 1000),
    verifySignature,
    ...(trust === undefined ? {} : { trust: files.read(trust) }),
  };
}

/** The exit code of what reads and shows; where a proof does not verify, that is said: 1 not valid, 2 cannot tell. */
export async function provedOrNot(host: CommandHost, show: () => Promise<number>): Promise<number> {
  try {
    return await show();
  } catch (error) {
    if (!(error instanceof SdkError) || error.code !== "not-proved") throw error;
    const reason = error.detail ?? "not-shown";
    const verdict = Object.hasOwn(REASONS, reason) ? REASONS[reason as keyof typeof REASONS].verdict : "not-valid"; // just looked up
    host.result({ verdict, reason });
    host.say(error.message);
    return verdict === "not-valid" ? 1 : 2;
  }
}

/** The last line of what was shown after it verified. */
export function verifiedLine(height: number, language: "zh" | "en"): string {
  return language === "zh" ? `已验证，截至区块 ${height}。` : `Verified, as of block ${height}.`;
}

/** Keeps a proof where --out says so; nothing is overwritten. Throws CommandError. */
export function keepProof({ files }: CommandHost, { out }: CommandOptions, proof: Uint8Array): void {
  if (out !== undefined && !files.writeNew(out, proof))
    throw new CommandError(`${out} is there already; nothing is overwritten.`);
}
