"""Algorithms, key ids, parties and signatures, file 02."""

from functools import lru_cache

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from . import cbor, ed25519, form
from .failure import NotSupported, Refused
from .hashing import tagged

ED25519 = -19
ESP256 = -9
ML_DSA_65 = -49

KEY_BYTES = {ED25519: 32, ESP256: 33, ML_DSA_65: 1952}
SIGNATURE_BYTES = {ED25519: 64, ESP256: 64, ML_DSA_65: 3309}
VALIDATOR_ALGORITHMS = (ED25519, ML_DSA_65)

P256_FIELD = 2**256 - 2**224 + 2**192 + 2**96 - 1
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def parse_algorithm(item: object, where: str) -> int:
    """One of the three algorithms of 2.1."""
    number = form.integer(item, where, -(2**53) + 1, 0)
    if number not in KEY_BYTES:
        raise Refused(f"{where} is {number}, none of -19, -9, -49")
    return number


def parse_key(algorithm: int, item: object, where: str) -> bytes:
    return form.octets(item, where, KEY_BYTES[algorithm])


@lru_cache(maxsize=65536)
def key_id(algorithm: int, key: bytes) -> bytes:
    return tagged("acta/key/1", cbor.encode([algorithm, key]))


def party_of(first_key_id: bytes) -> bytes:
    """The party whose first key has this id."""
    return tagged("acta/party/1", first_key_id)


@lru_cache(maxsize=65536)
def verifies(algorithm: int, key: bytes, signature: bytes, message: bytes) -> bool:
    """Whether a signature of a transaction is right; remembered. Raises NotSupported."""
    if algorithm == ED25519:
        return ed25519.is_valid_strict(key, signature, message)
    if algorithm == ESP256:
        return _verifies_esp256(key, signature, message)
    return _verifies_ml_dsa(key, signature, message)


@lru_cache(maxsize=65536)
def vote_verifies(algorithm: int, key: bytes, signature: bytes, message: bytes) -> bool:
    """Whether a validator's signature is right, file 08, 8.4; remembered. Raises NotSupported."""
    if algorithm == ED25519:
        return ed25519.is_valid_zip215(key, signature, message)
    return _verifies_ml_dsa(key, signature, message)


def _verifies_esp256(key: bytes, signature: bytes, message: bytes) -> bool:
    if len(signature) != 64 or len(key) != 33 or key[0] not in (2, 3):
        return False
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    if int.from_bytes(key[1:], "big") >= P256_FIELD or not 1 <= r < P256_ORDER or not 1 <= s <= (P256_ORDER - 1) // 2:
        return False
    try:
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key)
        public.verify(encode_dss_signature(r, s), message, ec.ECDSA(SHA256()))
        return True
    except (InvalidSignature, ValueError):
        return False


def _verifies_ml_dsa(key: bytes, signature: bytes, message: bytes) -> bool:
    if len(signature) != SIGNATURE_BYTES[ML_DSA_65] or len(key) != KEY_BYTES[ML_DSA_65]:
        return False
    try:
        # Younger than the rest of the library, and absent where its OpenSSL lacks it.
        from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PublicKey

        # No context given is FIPS 204's empty context.
        MLDSA65PublicKey.from_public_bytes(key).verify(signature, message)
        return True
    except (ImportError, UnsupportedAlgorithm) as error:
        raise NotSupported("ML-DSA-65 is not supported by the library on this machine") from error
    except (InvalidSignature, ValueError):
        return False
