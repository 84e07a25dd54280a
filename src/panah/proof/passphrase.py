"""From a passphrase to a key: Argon2id (RFC 9106), its parameters kept beside what it protects."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from typing import Self

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from panah.errors import PanahError
from panah.proof.aead import Key
from panah.proof.password import as_read

LEAST_MEMORY_KIB = 64 * 1024
MOST_MEMORY_KIB = 4 * 1024 * 1024
LEAST_SALT = 16
MOST_PASSES, MOST_LANES = 64, 64
"""Beyond any that we would write, and few enough that a changed keyring cannot keep a machine busy for ever."""


class ParametersWeak(PanahError):
    """The stored passphrase parameters are not those of a Panah workspace: {reason}."""

    status = 500


@dataclass(frozen=True)
class Parameters:
    """How hard it is to try one passphrase. Memory is in KiB, as in RFC 9106."""

    salt: str
    """16 bytes or more, hexadecimal."""
    memory: int = 128 * 1024
    """Twice the second recommendation of RFC 9106, section 4: 64 MiB, 3 passes, 4 lanes."""
    passes: int = 3
    lanes: int = 4
    algorithm: str = "argon2id"

    @classmethod
    def fresh(cls) -> Self:
        """Today's parameters with a new salt."""
        return cls(salt=os.urandom(16).hex())

    @classmethod
    def read(cls, stored: dict[str, str | int]) -> Self:
        """The parameters that `as_stored` wrote. Raises `ParametersWeak` for anything less than we would write."""
        try:
            found = cls(**stored)  # type: ignore[arg-type]
            salt = bytes.fromhex(found.salt)
        except (TypeError, ValueError):
            raise ParametersWeak(reason="they cannot be read") from None
        if found.algorithm != "argon2id":
            raise ParametersWeak(reason="the algorithm is not argon2id")
        costs = (found.memory, found.passes, found.lanes)
        if any(type(cost) is not int for cost in costs):  # JSON's true would count as 1
            raise ParametersWeak(reason="they are no whole numbers")
        if len(salt) < LEAST_SALT or not found._are_safe():
            raise ParametersWeak(reason="they are outside what is safe")
        return found

    def _are_safe(self) -> bool:
        """Neither quickly tried nor never done."""
        return (
            LEAST_MEMORY_KIB <= self.memory <= MOST_MEMORY_KIB
            and 1 <= self.passes <= MOST_PASSES
            and 1 <= self.lanes <= MOST_LANES
        )

    def as_stored(self) -> dict[str, str | int]:
        """The parameters as plain values."""
        return asdict(self)


def key_from(passphrase: str, parameters: Parameters) -> Key:
    """The key-encryption key of a passphrase. The passphrase is read in NFKC: the same on every keyboard."""
    return Key(
        Argon2id(
            salt=bytes.fromhex(parameters.salt),
            length=32,
            iterations=parameters.passes,
            lanes=parameters.lanes,
            memory_cost=parameters.memory,
        ).derive(as_read(passphrase))
    )
