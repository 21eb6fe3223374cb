import { ALGORITHM } from "@acta/crypto";
import {
  type CommitProof,
  type Header,
  headerHash,
  sortValidators,
  type Validator,
  validatorsHash,
  voteSignBytes,
} from "@acta/light-client";
import { ed25519Signer } from "@acta/native";
import {
  buildTrustFile,
  chainId,
  encodeProof,
  type Opening,
  type Proof,
  parseProof,
  type Trusted,
  type TrustFile,
} from "@acta/protocol";
import { benchKey } from "../ledger/bench-ledger.ts";

/** Restates proofs of a ledger as they would be if several validators kept it. */
export type Consortium = {
  /** The trust file that names these validators. */
  readonly trust: Uint8Array;
  /** The same proof under their votes: just enough of them. Throws for a proof that rests on anything else. */
  readonly restate: (proof: Uint8Array) => Uint8Array;
};

/**
 * A consortium of `count` validators of equal power in the place of the one that a trust file names. What their headers
 * prove is the same; chain id, validators hash and votes are theirs.
 */
export function consortiumOf(trust: TrustFile, count: number): Consortium {
  const members = Array.from({ length: count }, (_, index) => benchKey(`validator ${index}`));
  const validators = sortValidators(
    members.map(({ publicKey }): Validator => ({ algorithm: ALGORITHM.ed25519, publicKey, power: 10 })),
  );
  const [epoch] = trust.epochs;
  if (epoch === undefined) throw new Error("The trust file names no epoch.");
  const set = validatorsHash(validators);
  const opening: Opening = { ...epoch, ledgerId: trust.ledgerId, epoch: epoch.number, validatorsHash: set };
  const chain = chainId(trust.name, opening);
  const voters = validators.map(({ publicKey }) => {
    const member = members.find((each) => Buffer.compare(each.publicKey, publicKey) === 0);
    if (member === undefined) throw new Error("A validator has no key.");
    return ed25519Signer(member.secret);
  });

  function restated(trusted: Trusted): Trusted {
    const [first, ...more] = trusted.headers;
    if (first === undefined || more.length > 0 || trusted.end.kind !== "commit")
      throw new Error("Only a proof that rests on the votes for its own header can be restated.");
    const header: Header = { ...first, chainId: chain, validatorsHash: set, nextValidatorsHash: set };
    return { headers: [header], links: [], end: { kind: "commit", commit: votesFor(header, trusted.end.commit) } };
  }

  function votesFor(header: Header, { round, parts, votes: [vote] }: CommitProof): CommitProof {
    const time = vote?.time ?? header.time;
    const blockId = { hash: headerHash(header), parts };
    const bytes = voteSignBytes({ chainId: chain, height: header.height, round, blockId, time });
    const quorum = voters.slice(0, Math.floor((2 * count) / 3) + 1);
    return { round, parts, votes: quorum.map(({ sign }, index) => ({ index, time, signature: sign(bytes) })) };
  }

  const listed = validators.map((validator, index) => ({ ...validator, institution: `institution ${index}` }));
  return {
    trust: buildTrustFile({
      ...trust,
      epochs: [{ ...epoch, sets: [{ from: 1, validators: listed }], closed: undefined }],
    }),
    restate: (proof) => encodeProof(withTrusted(parseProof(proof), restated)),
  };
}

function withTrusted(proof: Proof, restated: (trusted: Trusted) => Trusted): Proof {
  if (proof.kind === "receipt")
    return { kind: "receipt", receipt: { ...proof.receipt, trusted: restated(proof.receipt.trusted) } };
  if (proof.kind === "state" && typeof proof.state.trusted !== "number")
    return { kind: "state", state: { ...proof.state, trusted: restated(proof.state.trusted) } };
  throw new Error(`A proof of kind ${proof.kind} cannot be restated here.`);
}
