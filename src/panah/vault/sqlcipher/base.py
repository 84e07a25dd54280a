"""Django's SQLite backend, with SQLCipher in the place of SQLite: the same SQL, in a file that is encrypted whole.

Overridden is only what names the driver: how a connection is opened and keyed, its cursor, and the converters that
Django registers with the driver.
"""

from __future__ import annotations

import datetime
import decimal
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3._functions import register as register_functions  # type: ignore[import-untyped]
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from sqlcipher3 import dbapi2

from panah.errors import PanahError
from panah.vault import workspace
from panah.vault.files import DiskFull

for kind, convert in (
    ("bool", b"1".__eq__),
    ("date", base.decoder(parse_date)),
    ("time", base.decoder(parse_time)),
    ("datetime", base.decoder(parse_datetime)),
    ("timestamp", base.decoder(parse_datetime)),
):
    dbapi2.register_converter(kind, convert)
dbapi2.register_adapter(decimal.Decimal, str)
dbapi2.register_adapter(datetime.date, base.adapt_date)
dbapi2.register_adapter(datetime.datetime, base.adapt_datetime)

PRAGMAS = (
    "PRAGMA cipher_log_level = NONE",  # its complaints would go to standard error, around our sentences
    "PRAGMA foreign_keys = ON",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # what was reported as taken in survives a power cut
    "PRAGMA secure_delete = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -32000",
)


ROOM = 1 << 20
"""With less than so many bytes free, an error of the disk is taken for a full one."""


class DiskFailing(PanahError):
    """The disk that holds the workspace cannot be read or written: copy the workspace to another disk, if it still can be."""

    status = 500


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to the encrypted database of the unlocked workspace."""

    Database = dbapi2

    def get_new_connection(self, conn_params: dict[str, Any]) -> dbapi2.Connection:
        """Open and key a connection. Raises `WorkspaceLocked`, and `DiskFull` where even the log of changes has no room."""
        key = workspace.keys().database.hex()
        with _disk_is_blamed():
            connection = dbapi2.connect(**conn_params)
            connection.execute(f"PRAGMA key = \"x'{key}'\"")
            register_functions(connection)
            for pragma in PRAGMAS:
                connection.execute(pragma)
        return connection

    def _commit(self) -> None:
        """Raises `DiskFull`, `DiskFailing`; then the transaction is undone, as Django does it for errors that it knows."""
        try:
            with _disk_is_blamed():
                super()._commit()  # type: ignore[misc]
        except (DiskFull, DiskFailing):
            self.connection.rollback()
            raise

    def create_cursor(self, name: str | None = None) -> Cursor:  # noqa: ARG002
        """A cursor that takes Django's placeholders."""
        return self.connection.cursor(factory=Cursor)  # type: ignore[no-any-return]


class Cursor(dbapi2.Cursor):  # type: ignore[misc]
    """Takes `%s` and `%(name)s`, as Django writes them, where the driver wants `?` and `:name`."""

    def execute(self, query: str, params: Any = None) -> Cursor:
        """Run one statement."""
        with _disk_is_blamed():
            if params is None:
                return super().execute(query)  # type: ignore[no-any-return]
            return super().execute(_driver_style(query, params), params)  # type: ignore[no-any-return]

    def executemany(self, query: str, param_list: Iterable[Any]) -> Cursor:
        """Run one statement for each row."""
        rows = iter(param_list)
        first = next(rows, None)
        if first is None:
            return self
        with _disk_is_blamed():
            return super().executemany(_driver_style(query, first), chain([first], rows))  # type: ignore[no-any-return]

    def executescript(self, script: str) -> Cursor:
        """Run many statements."""
        with _disk_is_blamed():
            return super().executescript(script)  # type: ignore[no-any-return]


@contextmanager
def _disk_is_blamed() -> Iterator[None]:
    """SQLite says a full disk as one operational error among many; here it is `DiskFull`, and a broken one `DiskFailing`."""
    try:
        yield
    except (dbapi2.OperationalError, OperationalError) as error:  # the driver's own, or as Django passes it on
        name: str = getattr(error.__cause__ or error, "sqlite_errorname", "")
        if name == "SQLITE_FULL":
            raise DiskFull from error
        if name.startswith("SQLITE_IOERR"):  # also where there is no room for the shared index of the journal
            raise (DiskFull if _no_room() else DiskFailing) from error
        raise


def _no_room() -> bool:
    return shutil.disk_usage(workspace.home()).free < ROOM


def _driver_style(query: str, params: Any) -> str:
    if isinstance(params, Mapping):
        return query % {name: f":{name}" for name in params}
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")
