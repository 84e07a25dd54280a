"""Keeps the quicker engine of search while the workbench is open: its index is in memory, and sealed when it is locked."""

from __future__ import annotations

import logging
import shutil
from importlib.util import find_spec
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import DatabaseError

from panah import proof
from panah.errors import PanahError
from panah.library.indexed import Texts
from panah.search import actions, queries
from panah.search.engines import at_hand, memory, sealing
from panah.search.engines.memory import NoPlaceInMemory, Place
from panah.search.rules import Seen
from panah.vault import workspace
from panah.vault.beside import Beside
from panah.vault.files import write_new

if TYPE_CHECKING:  # loaded where it is used
    from panah.search.engines.following import Following

_log = logging.getLogger("panah.site.searching")


def why_fts5() -> str:
    """Why FTS5 answers in the workbench, and Tantivy does not; empty where Tantivy does."""
    if settings.PANAH_SEARCH == "fts5":
        return "PANAH_SEARCH says so"
    if not find_spec("tantivy"):
        return "the package tantivy is not installed"
    try:
        memory.base(terms=queries.terms())
    except NoPlaceInMemory as error:
        return str(error.facts["reason"])
    return ""


def insist() -> None:
    """Raises `NoPlaceInMemory` where PANAH_SEARCH insists on Tantivy, which cannot be had."""
    if settings.PANAH_SEARCH == "tantivy" and (why := why_fts5()):
        raise NoPlaceInMemory(reason=why)


class Searching(Beside):
    """One thread. Until the index has caught up with the database, and where it cannot, FTS5 answers."""

    looks_every = 2.0

    def __init__(self) -> None:
        super().__init__("panah-search")
        self._place: Place | None = None
        self._following: Following | None = None
        self.chosen = Event()
        """Set when the index has caught up for the first time, or never will: when it is known which engine answers."""

    @property
    def folder(self) -> Path | None:
        """Where in memory the index lies; None where there is none."""
        return self._place.folder if self._place else None

    def look(self) -> bool:
        """Open the index where that was not done, and follow the database."""
        try:
            if not self.chosen.is_set() and not why_fts5():
                self._open()
            if self._following and not self._following.failed:
                self._following.catch_up()
        except (PanahError, DatabaseError, OSError):
            _log.exception("the index of search did not catch up")
        self.chosen.set()
        return False

    def tell(self) -> None:
        """Tell it to end: what it has not seen by now, it sees another time."""
        super().tell()
        if self._following:
            self._following.ending = True

    def end(self, within: float = 30) -> None:
        """Seal the index, and leave nothing of it in memory."""
        super().end(within)
        at_hand.put_down()
        if self._following and not self.is_alive() and self._following.close():
            try:
                seal(self._following, self._following.folder)
            except (PanahError, DatabaseError, OSError):
                _log.exception("the index of search could not be sealed; it is made anew the next time")
        if self._place:
            self._place.let_go()

    def _open(self) -> None:
        self._place = Place(terms=queries.terms())
        self._following = opened(self._place.folder)
        self._following.called = self._woken
        self._following.ending = self.ending.is_set()
        at_hand.take_up(self._following)


def opened(folder: Path) -> Following:
    """The index as it was sealed, in this folder of memory; an empty one where it is missing, damaged or of another form."""
    from panah.search.engines.following import Following
    from panah.search.engines.tantivy import FAILURES

    row = queries.sealed(_version())
    index = folder / Following.FOLDER
    if row:
        index.mkdir()
        try:
            with _sealed_file().open("rb") as stored:
                sealing.unseal(stored, proof.Key(bytes.fromhex(row.key)), index)
            return Following(folder, Texts(), Seen(row.entry, row.change))
        except (proof.SealBroken, *FAILURES):
            _log.exception("the sealed index of search cannot be opened; it is made anew")
            shutil.rmtree(index)
    return Following(folder, Texts())


def seal(following: Following, folder: Path) -> None:
    """Put away an index that was closed, as one file of the workspace under a key of its own."""
    key, file = proof.random_key(), _sealed_file()
    file.unlink(missing_ok=True)
    write_new(file, sealing.sealed(folder, key))
    if not actions.seal(key=key.hex(), version=_version(), seen=following.seen):
        file.unlink()


def _sealed_file() -> Path:
    return workspace.home() / "search.sealed"


def _version() -> str:
    """Of the form of the index: its own, that of Tantivy's files, and that of the database."""
    from panah.search.engines import tantivy

    return f"{tantivy.VERSION} {tantivy.OF_TANTIVY} {workspace.schema_version()}"
