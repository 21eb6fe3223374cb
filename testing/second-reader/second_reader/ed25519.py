"""Ed25519 by the two exact rules of file 02: strict (2.2) and ZIP-215 (2.3), in plain integers.

The `cryptography` library only says yes sooner. What it accepts has S below L and [S]B − [k]A encoding to the bytes R,
so R is a canonical point and the equation holds without a cofactor: with steps 1 to 4 that is the strict rule, and it
implies ZIP-215. What it refuses is decided here.
"""

from hashlib import sha512

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
SQRT_MINUS_ONE = pow(2, (P - 1) // 4, P)

Point = tuple[int, int, int, int]
"""Extended coordinates X, Y, Z, T with x = X/Z, y = Y/Z, xy = T/Z."""

NEUTRAL: Point = (0, 1, 1, 0)

SMALL_ORDER = frozenset(
    bytes.fromhex(encoding)
    for encoding in (
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    )
)
"""File 02, 2.4."""


def is_valid_strict(key: bytes, signature: bytes, message: bytes) -> bool:
    """The rule for every signature but votes, file 02, 2.2."""
    if not _passes_first_steps(key, signature):
        return False
    return library_accepts(key, signature, message) or satisfies_strict(key, signature, message)


def satisfies_strict(key: bytes, signature: bytes, message: bytes) -> bool:
    """The strict rule, all of it in plain integers."""
    if not _passes_first_steps(key, signature):
        return False
    point = decode_point(key)
    if point is None:
        return False
    return encode_point(_difference(point, key, signature, message)) == signature[:32]


def is_valid_zip215(key: bytes, signature: bytes, message: bytes) -> bool:
    """The rule for votes, file 02, 2.3."""
    if not _has_lengths(key, signature):
        return False
    return library_accepts(key, signature, message) or satisfies_zip215(key, signature, message)


def satisfies_zip215(key: bytes, signature: bytes, message: bytes) -> bool:
    """ZIP-215, all of it in plain integers."""
    if not _has_lengths(key, signature) or _scalar(signature) >= L:
        return False
    point, commitment = decode_point(key), decode_point(signature[:32])
    if point is None or commitment is None:
        return False
    rest = add(_difference(point, key, signature, message), negate(commitment))
    for _ in range(3):
        rest = add(rest, rest)
    return is_neutral(rest)


def library_accepts(key: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
        return True
    except (InvalidSignature, ValueError):
        return False


def decode_point(encoding: bytes) -> Point | None:
    """Lenient decoding, 2.3, step 3: y modulo p, either sign of x = 0. None if no x exists.

    After steps 3 and 4 of the strict rule the same as RFC 8032, 5.1.3: y is canonical, and x = 0 is of small order.
    """
    number = int.from_bytes(encoding, "little")
    sign, y = number >> 255, number % 2**255 % P
    x = _square_root((y * y - 1) * pow(D * y * y + 1, -1, P) % P)
    if x is None:
        return None
    if x % 2 != sign:
        x = -x % P
    return x, y, 1, x * y % P


def encode_point(point: Point) -> bytes:
    inverse = pow(point[2], -1, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x % 2) << 255).to_bytes(32, "little")


def add(left: Point, right: Point) -> Point:
    """RFC 8032, 5.1.4; complete, so it doubles too."""
    a = (left[1] - left[0]) * (right[1] - right[0]) % P
    b = (left[1] + left[0]) * (right[1] + right[0]) % P
    c = 2 * left[3] * right[3] * D % P
    d = 2 * left[2] * right[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def negate(point: Point) -> Point:
    return -point[0] % P, point[1], point[2], -point[3] % P


def is_neutral(point: Point) -> bool:
    return point[0] % P == 0 and (point[1] - point[2]) % P == 0


def _passes_first_steps(key: bytes, signature: bytes) -> bool:
    # 2.2, steps 1 to 4.
    return (
        _has_lengths(key, signature)
        and _scalar(signature) < L
        and all(int.from_bytes(encoding, "little") % 2**255 < P for encoding in (key, signature[:32]))
        and key not in SMALL_ORDER
        and signature[:32] not in SMALL_ORDER
    )


def _has_lengths(key: bytes, signature: bytes) -> bool:
    return len(key) == 32 and len(signature) == 64


def _scalar(signature: bytes) -> int:
    return int.from_bytes(signature[32:], "little")


def _difference(point: Point, key: bytes, signature: bytes, message: bytes) -> Point:
    """[S]B − [k]A, both multiplications in one run over the bits."""
    k = int.from_bytes(sha512(signature[:32] + key + message).digest(), "little") % L
    s, minus = _scalar(signature), negate(point)
    both = add(BASE, minus)
    total = NEUTRAL
    for i in range(max(s.bit_length(), k.bit_length()) - 1, -1, -1):
        total = add(total, total)
        choice = (s >> i & 1, k >> i & 1)
        if choice != (0, 0):
            total = add(total, {(1, 0): BASE, (0, 1): minus, (1, 1): both}[choice])
    return total


def _square_root(square: int) -> int | None:
    root = pow(square, (P + 3) // 8, P)
    if root * root % P != square:
        root = root * SQRT_MINUS_ONE % P
    return root if root * root % P == square else None


def _base_point() -> Point:
    # RFC 8032, 5.1: y = 4/5, x even.
    point = decode_point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
    assert point is not None
    return point


BASE = _base_point()
