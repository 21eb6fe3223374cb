import { ProtocolError, parseTrustFile, type TrustFile } from "@acta/protocol";
import { CommandError, type CommandHost } from "@acta/sdk";

/** The bytes of the trust file that was named, or of the node's own, held to its form. Throws CommandError in words. */
export async function trustBytesOf({ files, node }: CommandHost, path: string | undefined): Promise<Uint8Array> {
  const bytes = path === undefined ? await node.trustFile() : files.read(path);
  readTrust(path ?? "The node's trust file", bytes);
  return bytes;
}

/** Reads a trust file; `what` names it. Throws CommandError in words. */
export function readTrust(what: string, bytes: Uint8Array): TrustFile {
  try {
    return parseTrustFile(bytes);
  } catch (error) {
    if (error instanceof ProtocolError)
      throw new CommandError(`${what} cannot be used: ${error.message}`, { cause: error });
    throw error;
  }
}
