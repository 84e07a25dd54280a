"""A workspace from a backup: into a new folder, checked entry by entry, and there only when all of it is."""

from __future__ import annotations

import io
import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple

from django.db import connection

from panah import proof
from panah.errors import PanahError
from panah.proof import age
from panah.proof.signing import signature_holds
from panah.team import queries as team
from panah.team.actions import Verb, enter
from panah.vault import actions, fixity, keyring, workspace
from panah.vault.backups import archive
from panah.vault.backups.making import FORMAT, SIGNED, manifest_line
from panah.vault.beginning import UNFINISHED, building
from panah.vault.files import write_new

SHORT = 64 * 1024
"""No head, keyring or signature is longer."""
LONGEST_LINE = 400
"""Bytes of a line of the list, at most."""


class BackupDamaged(PanahError):
    """The backup is damaged, and nothing was restored: {reason}."""


class BackupUnreadable(PanahError):
    """The backup {file} cannot be read: {reason}."""


class Restored(NamedTuple):
    """What was given back: how many objects, those that were broken or gone when the backup was made, and the ledger's state."""

    objects: int
    broken: list[fixity.Broken]
    ledger_broken_at: int | None
    """The first line of the ledger that was changed before the backup was made."""


@dataclass(frozen=True, repr=False)
class Way:
    """How a backup is opened: the file's key, and the workspace's passphrase."""

    key: age.Identities | age.Passphrase
    passphrase: str


def restore(*, file: Path, way: Way, now: datetime) -> Restored:
    """Make the workspace of a backup anew in the home of this process, which must be empty or not there yet.

    It is a workspace only when every entry was compared with the signed list, the ledger was followed, and every object
    was digested again; until then nothing opens it, and if it fails, nothing is left. What was broken before it was
    backed up is told. Raises `BackupUnreadable`, `BackupDamaged`, `NotABackup`, `NotAge`, `AgeKeyWrong`,
    `PassphraseWrong`, `WorkspaceNewer`, and what `beginning.building` raises.
    """
    try:
        stream = file.open("rb")
    except OSError as error:
        raise BackupUnreadable(file=file, reason=error.strerror) from None
    with stream, building(workspace.home()):
        try:
            arriving = _Arriving(workspace.home(), way.passphrase)
            _receive(stream, way.key, arriving)
            restored = _opened(arriving.objects, now)
        finally:
            workspace.lock()
        os.sync()  # hundreds of thousands of small files: once for all of them, before they become a workspace
        return restored


def _receive(stream: BinaryIO, key: age.Identities | age.Passphrase, arriving: _Arriving) -> None:
    unpacking = archive.Unpacking(arriving)
    try:
        age.decrypt(stream, unpacking, key)
        unpacking.finish()
    except age.AgeDamaged as damage:
        raise BackupDamaged(
            reason=f"in or behind {arriving.path or 'its beginning'}; {damage.facts['reason']}"
        ) from None
    finally:
        arriving.close()


def _opened(objects: int, now: datetime) -> Restored:
    """Open the database that arrived, follow its ledger, and digest everything."""
    actions.bring_up_to_date()
    changed = team.first_broken_line()
    broken = list(fixity.broken_now())
    details: dict[str, proof.Canonical] = {"objects": objects, "broken": len(broken)}
    subject = workspace.public_key()
    enter(verb=Verb.RESTORED, kind="workspace", subject=subject, by=None, now=now, details=details)
    connection.close()
    return Restored(objects, broken, changed)


class _Arriving:
    """Writes entries where they belong, and compares them with the list at the end. The keyring comes first: it must open."""

    def __init__(self, home: Path, passphrase: str) -> None:
        self._home = home
        self._passphrase = passphrase
        self._digester = proof.Digester()
        self._lines: list[bytes] = []
        self._stream: BinaryIO = io.BytesIO()
        self._manifest = proof.Digester().digest()
        self.path = ""
        self.objects = 0

    def begins(self, path: str, size: int) -> None:
        """Raises `NotABackup` for what is longer than it can be, or comes before the keyring."""
        longest = LONGEST_LINE * len(self._lines) if path == archive.MANIFEST else SHORT
        if path in _IN_MEMORY and size > longest:
            raise archive.NotABackup(reason=f"{path} is longer than it can be")
        self.path = path
        self._digester = proof.Digester()
        self._stream = io.BytesIO() if path in _IN_MEMORY else self._file(path)

    def takes(self, piece: bytes) -> None:
        """Write it."""
        self._digester.update(piece)
        self._stream.write(piece)

    def ends(self) -> None:
        """Look at what came. Raises `BackupDamaged`, `PassphraseWrong`, `KeyringBroken`."""
        content = self._stream.getvalue() if isinstance(self._stream, io.BytesIO) else b""
        self._stream.close()
        match self.path:
            case archive.MANIFEST:
                self._compare(content)
            case archive.SIGNATURE:
                self._check_signature(content)
            case _:
                self._lines.append(manifest_line(self.path, self._digester))
        if self.path == archive.HEAD:
            _check_head(content)
        if self.path == archive.KEYRING:
            write_new(self._home / UNFINISHED, [content])
            workspace.hold(keyring.opened(self._home, self._passphrase, file=UNFINISHED))
        self.objects += self.path.startswith("objects/")

    def close(self) -> None:
        """Let go of the entry that was being written."""
        self._stream.close()

    def _file(self, path: str) -> BinaryIO:
        to = self._home / path
        if path.startswith("objects/"):
            to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            to.parent.parent.chmod(0o700)
        return os.fdopen(os.open(to, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")

    def _compare(self, manifest: bytes) -> None:
        if b"".join(self._lines) != manifest:
            listed = set(manifest.splitlines(keepends=True))
            other = next((line for line in self._lines if line not in listed), b"something that is not here")
            raise BackupDamaged(reason=f"its list does not agree with what is in it, at {other.decode().strip()}")
        self._manifest = self._digester.digest()

    def _check_signature(self, signed: bytes) -> None:
        key = workspace.public_key()
        if not signature_holds(SIGNED + self._manifest.encode(), signed.decode("ascii", "replace").strip(), key):
            raise BackupDamaged(reason="its list is not signed by the key of the workspace in it")


_IN_MEMORY = {archive.HEAD, archive.KEYRING, archive.MANIFEST, archive.SIGNATURE}


def _check_head(content: bytes) -> None:
    try:
        head = json.loads(content)
    except (ValueError, RecursionError):
        head = None
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        raise archive.NotABackup(reason=f"its form is not {FORMAT}; a newer Panah may know it")
