"""One real workspace for all tests: a SQLCipher database and an encrypted store, made as `panah init` makes them.

Each test runs in a transaction that is rolled back; the store keeps what it was given, as it does in life.
"""

from __future__ import annotations

import gc
import pickle
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections, transaction
from hypothesis import settings as hypothesis

from panah.vault import keyring, tables, workspace
from support.archives import box
from support.captured import captured
from support.processes import MEMBER, Panah
from support.scans import letter
from support.sharing import once
from support.workbench import BEGINNING, CHAT, Desk

PASSPHRASE = "پاناھ correct horse"
# How long a case takes tells how busy the machine is, and nothing of us.
hypothesis.register_profile("panah", deadline=None)
hypothesis.load_profile("panah")
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def pytest_collection_finish() -> None:
    """What was loaded and collected stays to the end: garbage is looked for in what the tests make."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def everybody(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder of what is made once for all processes of a run, and then copied."""
    return tmp_path_factory.getbasetemp().parent if worker_id != "master" else tmp_path_factory.getbasetemp()


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Django finds its tables made."""
    return True


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory, everybody: Path, django_db_blocker) -> Path:
    """A home with its keys and its tables."""
    with once(everybody / "panah-home") as new:
        if new:
            workspace.hold(keyring.make(everybody / "panah-home", PASSPHRASE))
            with django_db_blocker.unblock(), opened(everybody / "panah-home" / "workspace.db"):
                tables.make()
    home = shutil.copytree(everybody / "panah-home", tmp_path_factory.mktemp("panah") / "home")
    settings.PANAH_HOME = home
    database = connections["default"].settings_dict
    database["NAME"] = home / "never-used.db"
    database["TEST"]["NAME"] = str(home / "workspace.db")
    workspace.hold(keyring.opened(home, PASSPHRASE))
    return home


@pytest.fixture
def home(django_db_modify_db_settings: Path) -> Path:
    """The folder of the workspace."""
    return django_db_modify_db_settings


@pytest.fixture
def now() -> datetime:
    """The time at which everything in a test happens."""
    return NOON


@pytest.fixture
def member(db: None, now: datetime):
    """The member of the workspace."""
    from panah.team.actions import join

    return join(name="Invented Member", now=now)


@pytest.fixture
def library(member, now: datetime):
    """The compartment that a workspace begins with."""
    from panah.vault.actions import LIBRARY, set_up

    return set_up(name=LIBRARY, by=member, now=now)


@pytest.fixture
def store(library):
    """Where the content of the library is kept."""
    from panah.vault.data_keys import store_of

    return store_of(library.pk)


@pytest.fixture(scope="session")
def readers(django_db_modify_db_settings: Path) -> Iterator:
    """One confined reader, as the library has them."""
    from panah.library.bulk import Readers

    readers = Readers(1)
    yield readers
    readers.stop()


@pytest.fixture
def shelve(member, library, store, now: datetime, readers) -> Callable:
    """Puts bytes on a shelf and, unless told otherwise, has them read."""
    from panah.library import actions
    from panah.library.queries import Shelf

    def shelve(
        content: bytes,
        *,
        collection: str = "Library",
        media_type: str = "text/plain",
        read: bool = True,
        path: str = "paper.txt",
        **said: str,
    ):
        kept = store.keep([content])
        document, *_ = actions.shelve(
            kept=kept, media_type=media_type, path=path, shelf=Shelf(library, collection),
            details=actions.Details(**said), by=member, now=now,
        )  # fmt: skip
        if read and actions.take_on(
            document=document, extractor=readers.extractors.get(media_type), by=member, now=now
        ):
            readers.record(document, readers.read(document), by=member, now=now)
        return document

    return shelve


@pytest.fixture(scope="session")
def furnished(
    django_db_setup, django_db_blocker, readers, everybody, django_db_modify_db_settings
) -> tuple[Desk, Path]:
    """A database beside the one of the tests, in which somebody at a desk has the invented case."""
    connections.close_all()
    home, shared = django_db_modify_db_settings, everybody / "panah-furnished"
    database = home / "furnished.db"
    with once(shared) as new:
        if new:
            shutil.copy(connections["default"].settings_dict["NAME"], database)
            with django_db_blocker.unblock(), opened(database):
                (shared / "desk").write_bytes(pickle.dumps(furnish(readers)))
            shutil.copy(database, shared)
            shutil.copytree(home / "objects", shared / "objects")
        else:
            shutil.copy(shared / database.name, database)
            shutil.copytree(shared / "objects", home / "objects", dirs_exist_ok=True)
    return pickle.loads((shared / "desk").read_bytes()).with_readers(readers), database


def furnish(readers) -> Desk:
    """Somebody at a desk, with the invented case and all that a page can show."""
    from panah.library.captures.exits import SiteUnreachable
    from panah.team.actions import join

    desk = Desk(join(name=MEMBER, now=BEGINNING), readers)
    desk.invented = desk.imported()
    desk.sealed = desk.seal(desk.invented)
    desk.scan = desk.paper(b"\xff\xd8\xff", shelf="Case 2026-001", path="scan.jpg", kind="image/jpeg")
    desk.box = desk.paper(box(), path="box.zip", kind="application/zip")
    desk.delivery = desk.delivered("a.txt", "b.txt")
    desk.captured = captured(desk)
    desk.not_captured = captured(desk, failure=SiteUnreachable(host="lantern.example", reason="Connection refused"))
    desk.absence = desk.state_absence(desk.invented)
    desk.watched = desk.watch("A watched question", "q=passport&collection=Case+2026-001", desk.invented.compartment)
    desk.waiting = desk.paper("It waits.", path="waits.txt", read=False)
    desk.letter = desk.paper(letter(), path="letter.pdf", kind="application/pdf", title="A scan")
    desk.chat = desk.paper(CHAT, path="chat.txt", kind="text/x-chat", title="A chat")
    return desk


@pytest.fixture(scope="module")
def demo(furnished, django_db_blocker):
    """Somebody at a desk with the invented case, for a whole module; each test undoes what it did."""
    desk, database = furnished
    with django_db_blocker.unblock(), opened(database), transaction.atomic():
        yield desk
        transaction.set_rollback(True)


@contextmanager
def opened(database: Path) -> Iterator[None]:
    """Another database of the same workspace in the place of the one of the tests."""
    connection = connections["default"]
    own = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(database)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own


@pytest.fixture(scope="session")
def new_workspace(everybody: Path) -> Panah:
    """A workspace as `panah init` makes it, to be copied; nothing is done in it. The tests open it two thousand times."""
    folder = everybody / "panah-begun"
    with once(folder) as new:
        return Panah(folder).begun().opened_quickly() if new else Panah(folder)


@pytest.fixture
def panah(new_workspace: Panah, tmp_path: Path) -> Panah:
    """A workspace of its own for one test, asked as a user asks it: by commands."""
    return new_workspace.copied(tmp_path)
