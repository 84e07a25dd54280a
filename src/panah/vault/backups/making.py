"""Making a backup while people work: a snapshot of the database, and every object that it speaks of."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple

from django.db import connection
from sqlcipher3 import dbapi2

from panah import proof
from panah.errors import PanahError
from panah.proof import age
from panah.proof.signing import signature
from panah.team.actions import Verb, enter
from panah.team.joining import require_administering
from panah.team.models import Member
from panah.vault import held, keyring, maintenance, workspace
from panah.vault.backups import archive
from panah.vault.files import Nascent, failures_said
from panah.vault.sqlcipher.base import Cursor

FORMAT = "panah-backup/1"
SNAPSHOT = "backup.unfinished.db"
"""The database as it was when a backup began, encrypted like the database itself; it has this name for a moment only."""
SIGNED = b"panah backup 1\n"
PIECE = 1 << 20


class BackupExists(PanahError):
    """There is something at {file} already, and a backup never writes over anything: give it a name of its own."""

    status = 409


class Made(NamedTuple):
    """A backup: the digest and size in bytes of its file, how many objects are in it, and those that should be and are gone."""

    digest: proof.Digest
    size: int
    objects: int
    missing: list[str]


def back_up(*, file: Path, lock: age.Recipients | age.Passphrase, by: Member, now: datetime) -> Made:
    """Write the whole workspace into one new encrypted file, whole or not at all, in constant memory.

    The ledger in it ends with the line that says so; that it was finished is a second line. Raises `NotAdministering`,
    `BackupExists`, `WorkspaceBusy`, `DiskFull`, `NotWritable`.
    """
    require_administering(by)
    if os.path.lexists(file):
        raise BackupExists(file=file)
    subject = workspace.public_key()
    with maintenance.alone():
        enter(verb=Verb.BEGAN_BACKUP, kind="workspace", subject=subject, by=by, now=now)
        with _snapshot() as (database, contents):
            writing = _Writing(database, contents, now)
            kept = _written(file, writing.pieces(), lock)
    made = Made(*kept, writing.objects, writing.missing)
    details: dict[str, proof.Canonical] = {"digest": made.digest, "size": made.size, "objects": made.objects}
    enter(verb=Verb.BACKED_UP, kind="workspace", subject=subject, by=by, now=now, details=details)
    return made


class _Measured:
    """Digests what goes into a file."""

    def __init__(self, file: Nascent) -> None:
        self._file = file
        self.digester = proof.Digester()

    def write(self, piece: bytes) -> None:
        self.digester.update(piece)
        self._file.write(piece)


def _written(file: Path, pieces: Iterable[bytes], lock: age.Recipients | age.Passphrase) -> tuple[proof.Digest, int]:
    nascent = Nascent(file.parent)
    try:
        measured = _Measured(nascent)
        age.encrypt(pieces, measured, lock)
        nascent.christen(file)
    except FileExistsError:
        raise BackupExists(file=file) from None
    finally:
        nascent.discard()
    return measured.digester.digest(), measured.digester.size


@contextmanager
def _snapshot() -> Iterator[tuple[BinaryIO, list[held.Held]]]:
    """The database at this moment, without what was deleted from it, and the contents that it speaks of.

    Its file has no name any more when this is entered: whatever happens then, nothing of it is left. What an attempt
    that was killed left before is removed.
    """
    path = workspace.home() / SNAPSHOT
    _remove(path)
    try:
        with failures_said(path.parent):
            path.touch(mode=0o600, exist_ok=False)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(path)])
        contents = _contents(path)
        with failures_said(path.parent):
            stream = path.open("rb")
    finally:
        _remove(path)
    with stream:
        yield stream, contents


def _contents(path: Path) -> list[held.Held]:
    snapshot = dbapi2.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        snapshot.execute("PRAGMA cipher_log_level = NONE")
        snapshot.execute(f"PRAGMA key = \"x'{workspace.keys().database.hex()}'\"")
        return held.contents(snapshot.cursor(factory=Cursor))
    finally:
        snapshot.close()


def _remove(path: Path) -> None:
    for end in ("", "-journal", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + end).unlink()


class _Writing:
    """The archive of one backup, piece by piece; what was found on the way is known at its end."""

    def __init__(self, database: BinaryIO, contents: Iterable[held.Held], now: datetime) -> None:
        self._database = database
        openers = held.openers()
        self._paths = sorted({openers[each.key].path_of(each.digest).as_posix() for each in contents})
        self._now = now
        self._lines: list[bytes] = []
        self.objects = 0
        self.missing: list[str] = []

    def pieces(self) -> Iterator[bytes]:
        """Head, keyring, database, objects, and what makes them one: the signed list of their digests."""
        head: dict[str, proof.Canonical] = {
            "format": FORMAT,
            "made_at": self._now.astimezone(UTC).isoformat(),
            "version": workspace.schema_version(),
        }
        yield from self._short(archive.HEAD, proof.canonical(head) + b"\n")
        yield from self._short(archive.KEYRING, (workspace.home() / keyring.FILE).read_bytes())
        yield from self._entry(archive.DATABASE, self._database)
        for path in self._paths:
            yield from self._object(path)
        manifest = b"".join(self._lines)
        signed = signature(SIGNED + proof.digest_of(manifest).encode(), workspace.signing_key())
        yield from self._short(archive.MANIFEST, manifest)
        yield from self._short(archive.SIGNATURE, signed.encode() + b"\n")
        yield archive.END

    def _object(self, path: str) -> Iterator[bytes]:
        try:
            stream = (workspace.home() / path).open("rb")
        except FileNotFoundError:
            self.missing.append(path)
            return
        with stream:
            yield from self._entry(path, stream)
        self.objects += 1

    def _entry(self, path: str, stream: BinaryIO) -> Iterator[bytes]:
        size = os.fstat(stream.fileno()).st_size
        return self._packed(path, size, iter(lambda: stream.read(PIECE), b""))

    def _short(self, path: str, content: bytes) -> Iterator[bytes]:
        return self._packed(path, len(content), [content])

    def _packed(self, path: str, size: int, pieces: Iterable[bytes]) -> Iterator[bytes]:
        yield archive.header(path, size)
        digester = proof.Digester()
        for piece in pieces:
            digester.update(piece)
            yield piece
        if digester.size != size:
            raise ChangedMeanwhile(path=path)
        self._lines.append(manifest_line(path, digester))
        yield bytes(archive.padding(size))


class ChangedMeanwhile(PanahError):
    """{path} changed while it was backed up: the disk is failing, or another program writes into the workspace."""

    status = 500


def manifest_line(path: str, digester: proof.Digester) -> bytes:
    """One entry in the list of a backup."""
    return proof.canonical({"path": path, "size": digester.size, "digest": digester.digest()}) + b"\n"
