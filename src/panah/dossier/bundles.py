"""What a bundle that was sealed here says of itself, read from the store where it lies."""

from __future__ import annotations

import io
import zipfile

from panah import proof
from panah.dossier.models import Dossier
from panah.errors import PanahError
from panah.proof import bundle
from panah.proof.bundle import SealUnreadable, Statement
from panah.vault import workspace
from panah.vault.data_keys import store_of
from panah.vault.store import ObjectMissing


class BundleUnreadable(PanahError):
    """The bundle of the dossier {dossier} cannot be read. {reason}"""

    status = 500


def statement_of(dossier: Dossier) -> Statement:
    """What this workspace signed about a dossier. Of the rest of its bundle no more is read than where things lie.

    Raises `BundleUnreadable`, also where the signature is not this workspace's own.
    """
    bundled = dossier.bundle
    store = store_of(bundled.compartment_id)
    try:
        with (
            store.opened(proof.Digest(bundled.digest)) as stored,
            zipfile.ZipFile(io.BufferedReader(_Stream(stored))) as packed,
        ):
            name = packed.namelist()[0].partition("/")[0]
            statement = Statement.read(packed.read(f"{name}/{bundle.SEAL}"))
            signer = bundle.signer_of(statement, packed.read(f"{name}/{bundle.SIGNATURE}"))
    except (proof.SealBroken, ObjectMissing, SealUnreadable) as error:
        raise BundleUnreadable(dossier=dossier, reason=error.sentence) from error
    except (zipfile.BadZipFile, KeyError, IndexError) as error:
        raise BundleUnreadable(dossier=dossier, reason="It is no bundle.") from error
    if signer != workspace.public_key():
        raise BundleUnreadable(dossier=dossier, reason="Its seal is not signed by the key of this workspace.")
    return statement


class _Stream(io.RawIOBase):
    """A stored object as a file that is read here and there."""

    def __init__(self, stored: proof.Opened) -> None:
        self._stored = stored
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._stored.length}[whence]
        self._at = start + offset
        return self._at

    def readinto(self, room: memoryview) -> int:  # type: ignore[override]  # a BufferedReader gives a memoryview
        piece = self._stored.read(self._at, self._at + len(room))
        room[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)
