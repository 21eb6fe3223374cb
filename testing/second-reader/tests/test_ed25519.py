"""The two Ed25519 rules, in plain integers, against the library and at their edges."""

import unittest
from hashlib import sha512

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from second_reader import ed25519
from second_reader.ed25519 import BASE, L, NEUTRAL, P, SMALL_ORDER, Point

MESSAGE = b"a message"
TORSION = bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")


def multiply(scalar: int, point: Point) -> Point:
    total = NEUTRAL
    for i in range(scalar.bit_length() - 1, -1, -1):
        total = ed25519.add(total, total)
        if scalar >> i & 1:
            total = ed25519.add(total, point)
    return total


def torsion() -> Point:
    point = ed25519.decode_point(TORSION)
    assert point is not None
    return point


class TwoRules(unittest.TestCase):
    def test_agree_with_the_library_on_its_signatures(self) -> None:
        for number in range(20):
            private = Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)
            key, signature = private.public_key().public_bytes_raw(), private.sign(MESSAGE)
            self.assertTrue(ed25519.satisfies_strict(key, signature, MESSAGE))
            self.assertTrue(ed25519.satisfies_zip215(key, signature, MESSAGE))
            changed = bytes([signature[0] ^ 1]) + signature[1:]
            for rule in (ed25519.is_valid_strict, ed25519.is_valid_zip215):
                self.assertTrue(rule(key, signature, MESSAGE))
                self.assertFalse(rule(key, signature, MESSAGE + b"."))
                self.assertFalse(rule(key, changed, MESSAGE))

    def test_refuse_s_plus_the_order(self) -> None:
        private = Ed25519PrivateKey.from_private_bytes(b"\x01" * 32)
        key, signature = private.public_key().public_bytes_raw(), private.sign(MESSAGE)
        larger = signature[:32] + (int.from_bytes(signature[32:], "little") + L).to_bytes(32, "little")
        self.assertFalse(ed25519.is_valid_strict(key, larger, MESSAGE))
        self.assertFalse(ed25519.is_valid_zip215(key, larger, MESSAGE))

    def test_differ_where_r_has_a_torsion_component(self) -> None:
        secret, nonce = 123456789, 987654321
        key = ed25519.encode_point(multiply(secret, BASE))
        commitment = ed25519.encode_point(ed25519.add(multiply(nonce, BASE), torsion()))
        k = int.from_bytes(sha512(commitment + key + MESSAGE).digest(), "little") % L
        signature = commitment + ((nonce + k * secret) % L).to_bytes(32, "little")
        self.assertFalse(ed25519.is_valid_strict(key, signature, MESSAGE))
        self.assertTrue(ed25519.is_valid_zip215(key, signature, MESSAGE))

    def test_differ_where_everything_is_of_small_order(self) -> None:
        for key in SMALL_ORDER:
            for commitment in SMALL_ORDER:
                signature = commitment + bytes(32)
                self.assertFalse(ed25519.is_valid_strict(key, signature, MESSAGE))
                self.assertTrue(ed25519.is_valid_zip215(key, signature, MESSAGE))


class SmallOrder(unittest.TestCase):
    def test_is_every_lenient_encoding_of_the_eight_points(self) -> None:
        encodings = set()
        for i in range(8):
            point = multiply(i, torsion())
            inverse = pow(point[2], -1, P)
            x, y = point[0] * inverse % P, point[1] * inverse % P
            for number in (y, y + P):
                if number < 2**255:
                    signs = (0, 1) if x == 0 else (x % 2,)
                    encodings |= {(number | sign << 255).to_bytes(32, "little") for sign in signs}
        self.assertEqual(encodings, set(SMALL_ORDER))


if __name__ == "__main__":
    unittest.main()
