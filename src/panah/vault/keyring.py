"""The keys of a workspace: made once, opened by a passphrase, held in memory while the workspace is unlocked.

    passphrase --Argon2id--> key-encryption key --unwraps--> workspace key --HKDF--> database
                                                                           --unwraps--> signing key, data keys
    data key of a compartment --HKDF--> objects, names, fields

The data keys lie in the database (`vault.models.DataKey`), for they come and go with compartments. `keyring.json`
holds the parameters and the two wrapped keys. It names nobody and tells nothing but its own age.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from panah import proof
from panah.errors import PanahError
from panah.vault.files import sync, write_new

FORMAT = "panah-keyring/1"
FILE = "keyring.json"
CHANGING = "keyring.changing.json"


class WorkspaceMissing(PanahError):
    """There is no workspace in {home}; make one with: panah init."""


class WorkspaceExists(PanahError):
    """There is already a workspace in {home}."""


class WorkspaceLocked(PanahError):
    """The workspace is locked; it opens with its passphrase."""

    status = 403


class PassphraseWrong(PanahError):
    """This passphrase does not open the workspace."""

    status = 403


class PassphraseEmpty(PanahError):
    """A passphrase cannot be empty."""


class KeyringBroken(PanahError):
    """{file} cannot be read as the keyring of a workspace: restore it from a backup."""

    status = 500


@dataclass(frozen=True, repr=False)
class Keys:
    """The keys of an unlocked workspace. Their `repr` shows none of them."""

    workspace: proof.Key
    signing: proof.SigningKey
    database: proof.Key = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "database", proof.derived(self.workspace, "panah database 1"))

    def wipe(self) -> None:
        """Overwrite them, at the end."""
        for key in (self.workspace, self.signing, self.database):
            proof.wipe(key)


def make(home: Path, passphrase: str, *, file: str = FILE) -> Keys:
    """Write a new keyring into `home`. Raises `WorkspaceExists` or `PassphraseEmpty`, and then writes nothing."""
    keys = Keys(proof.random_key(), proof.new_signing_key())
    try:
        write_new(home / file, [_written(keys, passphrase)])
    except FileExistsError:
        raise WorkspaceExists(home=home) from None
    return keys


def change_passphrase(home: Path, keys: Keys, passphrase: str) -> None:
    """Wrap the workspace key under another passphrase; nothing that it encrypts changes. Raises `PassphraseEmpty`.

    The keyring is replaced whole, at one moment: whatever happens, either the old passphrase opens it or the new one.
    """
    new = home / CHANGING
    new.unlink(missing_ok=True)  # of an attempt that was killed
    write_new(new, [_written(keys, passphrase)])
    new.replace(home / FILE)
    sync(home)


def _written(keys: Keys, passphrase: str) -> bytes:
    """A keyring that this passphrase opens. Raises `PassphraseEmpty`."""
    if not passphrase:
        raise PassphraseEmpty
    parameters = proof.Parameters.fresh()
    opens = proof.key_from(passphrase, parameters)
    stored = {
        "format": FORMAT,
        "passphrase": parameters.as_stored(),
        "workspace_key": proof.wrapped(keys.workspace, opens, "panah workspace 1").hex(),
        "signing_key": proof.wrapped(keys.signing, keys.workspace, "panah signing 1").hex(),
    }
    proof.wipe(opens)
    return json.dumps(stored, indent=1).encode() + b"\n"


def opened(home: Path, passphrase: str, *, file: str = FILE) -> Keys:
    """The keys in `home`. Raises `WorkspaceMissing`, `KeyringBroken` or `PassphraseWrong`; writes nothing."""
    stored = _stored(home, file)
    try:
        parameters = proof.Parameters.read(stored["passphrase"])
        boxes = bytes.fromhex(stored["workspace_key"]), bytes.fromhex(stored["signing_key"])
    except (KeyError, TypeError, ValueError):
        raise KeyringBroken(file=FILE) from None
    try:
        workspace = proof.Key(proof.unwrapped(boxes[0], proof.key_from(passphrase, parameters), "panah workspace 1"))
    except proof.SealBroken:
        raise PassphraseWrong from None
    try:
        return Keys(workspace, proof.SigningKey(proof.unwrapped(boxes[1], workspace, "panah signing 1")))
    except proof.SealBroken:  # the passphrase was right: the signing key was changed, or is another workspace's
        raise KeyringBroken(file=FILE) from None


def exists(home: Path) -> bool:
    """Whether `home` holds a workspace."""
    return (home / FILE).is_file()


def _stored(home: Path, file: str) -> dict[str, Any]:
    try:
        stored = json.loads((home / file).read_bytes())
    except FileNotFoundError:
        raise WorkspaceMissing(home=home) from None
    except (OSError, ValueError, RecursionError):
        raise KeyringBroken(file=FILE) from None
    if not isinstance(stored, dict) or stored.get("format") != FORMAT:
        raise KeyringBroken(file=FILE)
    return stored
