"""How the reader says no: one exception for each of the three ways."""

from collections.abc import Iterator
from contextlib import contextmanager


class NotValid(Exception):
    """A step of file 11 failed: the proof is not valid. `reason` is a name of 11.9, the message is for people."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class Refused(ValueError):
    """Bytes or values are not of the form that the specification gives them."""


class NotSupported(Exception):
    """This machine's library lacks an algorithm, so the reader cannot tell."""


@contextmanager
def failing(reason: str) -> Iterator[None]:
    """Makes a refusal inside the block a failed step with this reason."""
    try:
        yield
    except Refused as refusal:
        raise NotValid(reason, str(refusal)) from refusal


def expect(holds: bool, reason: str, message: str) -> None:
    """Fails the step unless the condition holds."""
    if not holds:
        raise NotValid(reason, message)
