"""To recipients: whoever has one of their identities opens it."""

from __future__ import annotations

from collections.abc import Iterable

import pyrage
from pyrage import x25519

from panah.proof.age.errors import (
    AgeDamaged,
    AgeKeyWrong,
    IdentityUnreadable,
    RecipientsMissing,
    RecipientUnreadable,
)
from panah.proof.age.streams import Begun, Into, Pieces, Taken, failed

_NOT_FOR_US = {"No matching keys found", "Decryption failed"}


class Recipients:
    """Public keys: knowing them, one can encrypt and nothing else."""

    def __init__(self, keys: list[x25519.Recipient]) -> None:
        self._keys = keys

    def __str__(self) -> str:
        return ", ".join(map(str, self._keys))

    def __len__(self) -> int:
        return len(self._keys)

    def encrypt(self, pieces: Iterable[bytes], into: Into) -> None:
        """Encrypt to all of them."""
        source, target = Pieces(pieces), Taken(into)
        try:
            pyrage.encrypt_io(source, target, self._keys)
        except (pyrage.EncryptError, OSError) as error:
            raise failed(source, target) or error from None


class Identities:
    """Secret keys. Their `repr` shows none of them."""

    def __init__(self, keys: list[x25519.Identity]) -> None:
        self._keys = keys

    def decrypt(self, begun: Begun, into: Into) -> None:
        """Decrypt with whichever fits. Raises `AgeKeyWrong`, `AgeDamaged`."""
        target = Taken(into)
        try:
            pyrage.decrypt_io(begun, target, self._keys)
        except (pyrage.DecryptError, OSError) as error:
            if failure := failed(begun, target):
                raise failure from None
            if str(error) in _NOT_FOR_US:
                raise AgeKeyWrong from None
            raise AgeDamaged(reason="it is not as it was written") from None


def recipients(texts: Iterable[str]) -> Recipients:
    """Those whose public keys these are. Raises `RecipientUnreadable`, `RecipientsMissing`."""
    found = [_recipient(text.strip()) for text in texts]
    if not found:
        raise RecipientsMissing
    return Recipients(found)


def listed(text: str) -> list[str]:
    """The recipients of a recipient file: one a line; a line that begins with # is a remark."""
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def identities(text: str) -> Identities:
    """The secret keys of an identity file, as `age-keygen` writes it. Raises `IdentityUnreadable`."""
    try:
        found = [x25519.Identity.from_str(line) for line in listed(text)]
    except pyrage.IdentityError:
        raise IdentityUnreadable from None
    if not found:
        raise IdentityUnreadable
    return Identities(found)


def new_identity() -> tuple[str, str]:
    """A new secret key, and the recipient that it opens for."""
    identity = x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def _recipient(text: str) -> x25519.Recipient:
    try:
        return x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        raise RecipientUnreadable(recipient=text) from None
