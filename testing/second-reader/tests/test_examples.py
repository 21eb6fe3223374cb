"""The worked examples of docs/spec, computed."""

import unittest

from second_reader import cbor, keys
from second_reader.cometbft import (
    BlockId,
    Commit,
    Header,
    Validator,
    result_leaf_hash,
    validators_hash,
    vote_sign_bytes,
)
from second_reader.hashing import sha256, tagged
from second_reader.history import app_hash
from second_reader.merkle import leaf_hash, list_root, root_from_path
from second_reader.outcome import result_data
from second_reader.state_tree import leaf, parse_tree_proof, tree_root
from second_reader.transaction import Signature, parse_call, parse_payload, signatures_hash, signed_bytes

SECOND = 10**9
EMPTY = sha256(b"")
CHAIN = "alpha-0-c6565886b05f0e61"


def octets(text: str) -> bytes:
    return bytes.fromhex(text.replace("\n", ""))


class Conventions(unittest.TestCase):
    def test_tagged_hash(self) -> None:
        self.assertEqual(
            tagged("acta/tx/1", b"\xa0").hex(), "34d34d91481b263168c5c8405ee051bc5bc2e3025d16191535660ed28d50632c"
        )

    def test_list_root_and_paths(self) -> None:
        root = "36642e73c2540ab121e3a6bf9545b0a24982cd830eb13d3cd19de3ce6c021ec1"
        self.assertEqual(list_root([b"a", b"b", b"c"]).hex(), root)
        path = octets("b137985ff484fb600db93107c77b0365c80d78f5b429ded0fd97361d077999eb")
        self.assertEqual(root_from_path(leaf_hash(b"c"), 2, 3, path).hex(), root)
        path = octets(
            "57eb35615d47f34ec714cacdf5fd74608a5e8e102724e80b24b287c0c27b6a31"
            "597fcb31282d34654c200d3418fca5705c648ebf326ec73d8ddef11841f876d8"
        )
        self.assertEqual(root_from_path(leaf_hash(b"a"), 0, 3, path).hex(), root)

    def test_cbor_admitted(self) -> None:
        for text in ("1bffffffffffffffff", "3bffffffffffffffff", "c249010000000000000000", "a20000616200"):
            self.assertEqual(cbor.encode(cbor.decode(octets(text))).hex(), text)

    def test_cbor_refused(self) -> None:
        for text in (
            "1817",
            "f814",
            "c240",
            "c249000000000000000000",
            "a262616100616200",
            "a1c24901000000000000000000",
        ):
            with self.assertRaises(cbor.Malformed, msg=text):
                cbor.decode(octets(text))


class Keys(unittest.TestCase):
    def test_key_id_and_party(self) -> None:
        key = octets("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
        identifier = keys.key_id(keys.ED25519, key)
        self.assertEqual(identifier.hex(), "46569f52303c77677bf551f4122312d8bc66a7d086577cd13eab71e251faa8c7")
        self.assertEqual(
            keys.party_of(identifier).hex(), "1d35fe64f2c3a8758899539b49d76a4cdca8f58d7beee23ea6f26e16b571eb2e"
        )


class Genesis(unittest.TestCase):
    def test_chain_id(self) -> None:
        opening = [b"\x11" * 32, 0, 0, b"", b"", 1803888000, b"\x33" * 32]
        self.assertEqual(tagged("acta/epoch/1", cbor.encode(opening))[:8].hex(), "9f1f1bbbddb26b5f")

    def test_tombstone_key(self) -> None:
        self.assertEqual(
            sha256(b"acta/closed/" + CHAIN.encode()).hex(),
            "2fe0a8f5b0057056c834cd3e4dfff24a315758f13a008b35b30683a68ce61551",
        )


class Transaction(unittest.TestCase):
    key = octets("85b26b7ccd37fc521222159883d9522047fca5624af8a06babeac6cddac2fc9a")
    call = octets(
        "8668726567697374727901" "65656e746572" "a2626964" "5085a0aaf389421026f26783df3f9d08f2"
        "657469746c65" "6d4669727374206465706f736974" "8040"
    )  # fmt: skip
    payload = octets(
        "a80101025820aae11934521221d53f52c9683bbdee45acf250562e1acd3cd8c353cb2fb2aa26"
        "031a6b8531380450acaec2111bd35987f080ffd51b41f130"
        "0581a1058232582085b26b7ccd37fc521222159883d9522047fca5624af8a06babeac6cddac2fc9a"
        "06000701085820f7fe3103276e4afea0973f0f2557e50c44d67f40a36c31e62781a39232bb091a"
    )

    def signature(self) -> Signature:
        identifier = keys.key_id(keys.ED25519, self.key)
        value = octets(
            "9a94cb0df48af3b5903724eb144ca7dd60748b8c3416c0932840494a0887bb69"
            "26f01f0277c68f870d00614f592342511cc1ceb8507427048a68d3071b61f401"
        )
        return Signature(cbor.encode({1: -19, 4: identifier}), keys.ED25519, identifier, value)

    def test_payload_names_the_call(self) -> None:
        payload = parse_payload(self.payload)
        self.assertEqual(payload.identity.hex(), "ac542981a09e65c82c93fa2546214803246b65a2f9e3ea573b29151937aca541")
        self.assertEqual(parse_call(cbor.decode(self.call), 1).leaf_hash, payload.calls_root)

    def test_signature(self) -> None:
        signature = self.signature()
        signed = signed_bytes(parse_payload(self.payload), signature)
        self.assertTrue(keys.verifies(keys.ED25519, self.key, signature.octets, signed))

    def test_result(self) -> None:
        outcome = octets(
            "86005820f7fe3103276e4afea0973f0f2557e50c44d67f40a36c31e62781a39232bb091a00f6"
            "58205ad4990ef5662d8458c9c1e8bb0e5bee56498ca4faf9bda456c5e381774ef807"
            "5820d5e8dcfda0b7976f35f2e204618616166e8dbf29850c4dfd4ceb4dab5d850864"
        )
        root, signed = list_root([outcome]), signatures_hash([self.signature()])
        self.assertEqual(root.hex(), "84269b46d144edb6361184f9b7ff4935aab42b8ccb4a0cf692d77cdb242322af")
        self.assertEqual(signed.hex(), "568a967750b72e003faf31808fe98ea05dbc51278936652de7e33ee5503dcb30")
        data = result_data(parse_payload(self.payload).identity, signed, root)
        self.assertEqual(len(data), 104)
        self.assertEqual(
            result_leaf_hash(data).hex(), "d05ab7741f35bb24d50de75d681bb1f65d7dc5831b676e4683725ad3e8ca7fec"
        )


class State(unittest.TestCase):
    def test_one_leaf(self) -> None:
        key, value = octets("8201687265676973747279"), octets("8201a0")
        self.assertEqual(sha256(key).hex(), "e3a4f8766e373bd6dae042959ece610bc46d081865ba7da70f61dc663688a167")
        self.assertEqual(
            leaf(sha256(key), sha256(value)).hex(), "a3ded315d8247df15de6ed5fe0ea8fe44508cefe56ae9d33daa14d59120666fe"
        )

    def test_tree_proof(self) -> None:
        proof = parse_tree_proof(
            [
                [
                    [octets("840268726567697374727965656e7472795085a0aaf389421026f26783df3f9d08f2"), None],
                    [octets("8201687265676973747279"), octets("8201a1656d616a6f7201")],
                ],
                octets("9510"),
                octets("dbf26b446a5c2d3226dccf9fd95ee72b3de6055979b1ccd08decfaa1b41c3324"),
                [],
            ]
        )
        self.assertEqual(tree_root(proof).hex(), "e9eefeb2fc7a8c9ec8f62722ef105909817272dd39ecaefef378202918a4ce73")

    def test_log_entry(self) -> None:
        entry = tagged("acta/log/1", cbor.encode([1, b"\x55" * 32, 0, EMPTY]))
        self.assertEqual(entry.hex(), "396a6aaa6b81d9c121f4a4559183a8dc5f472404ca02322dde7640f773d4647b")

    def test_app_hash(self) -> None:
        self.assertEqual(
            app_hash(b"\x11" * 32, b"\x44" * 32, EMPTY, 0).hex(),
            "a4d84e232630419c8b07b33f0649d8e433677d746bf4981ecc08f7c2a9455082",
        )


class Sealed(unittest.TestCase):
    def test_commitment(self) -> None:
        opened = [
            b"\x11" * 32, "registry", "entry", [b"\x01\x02"], ["price"], b"\x22" * 32, bytes(range(32)), 5,
        ]  # fmt: skip
        self.assertEqual(
            tagged("acta/seal/1", cbor.encode(opened)).hex(),
            "d449cf0175e75d4534c442002aae8128b0ee06025da545053494d2afc708bc49",
        )


class CometBft(unittest.TestCase):
    validators = octets("5060a76e3f25c0a99e69a5d98bb4e66401a1e4f4a7c8d4e2b99a2355e93ced7e")

    def header(self) -> Header:
        consensus = octets("919563cf40d9522d026706c09042589614e0c27b872b77cf566e0a34520a1313")
        app = octets("a884c5e2a7bbf10859d26acd3c960c4c3a3c4d17245fd086ac111db68bae9b94")
        return Header(
            11, 1, CHAIN, 1, 1803888000 * SECOND, BlockId(b"", 0, b""),
            (EMPTY, EMPTY, self.validators, self.validators, consensus, app, EMPTY, EMPTY),
            octets("ea42c598ebfaaa6273ea38707201c7639a3ebf63"),
        )  # fmt: skip

    def test_header_hash(self) -> None:
        self.assertEqual(self.header().hash.hex(), "9f51ba0f274e304488a9a4c6c8a20f513752a92665b4e8b1d4f9e6ba43d88351")

    def test_vote_sign_bytes(self) -> None:
        parts = octets("db3d2f81e5607922b0919122cb7d91f9e01fadcf17d9701e2b3097eaac61a53d")
        self.assertEqual(
            vote_sign_bytes(self.header(), Commit(0, 1, parts, []), 1803888002 * SECOND).hex(),
            "770802110100000000000000" "22480a209f51ba0f274e304488a9a4c6c8a20f513752a92665b4e8b1d4f9e6ba43d88351"
            "122408011220db3d2f81e5607922b0919122cb7d91f9e01fadcf17d9701e2b3097eaac61a53d"
            "2a060882cb94dc063218616c7068612d302d63363536353838366230356630653631",
        )  # fmt: skip

    def test_validator_set(self) -> None:
        validator = Validator(
            keys.ED25519, octets("674d5754d9963d29c7af9a6d1b8012e1167dd743827f52cddeb20b8f1e41f67a"), 10
        )
        self.assertEqual(validator.address.hex(), "ea42c598ebfaaa6273ea38707201c7639a3ebf63")
        self.assertEqual(validators_hash([validator]), self.validators)


if __name__ == "__main__":
    unittest.main()
