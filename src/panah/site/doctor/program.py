"""What is unsafe about how Panah itself is set up here."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from django.conf import settings
from django.core.checks import run_checks
from django.db import connection

from panah.dossier import queries as dossiers
from panah.site.doctor.telling import CannotTell, text_of
from panah.site.searching import why_fts5
from panah.vault import workspace

HERE = {"127.0.0.1", "localhost", "[::1]"}
LOCK = Path(__file__).parents[4] / "uv.lock"
OLDEST_CIPHER, OLDEST_SQLITE = (4, 6), (3, 46)
"""What `uv.lock` brings is newer; an older one was put in its place, and lacks corrections."""


def passphrase_in_environment() -> Iterator[str]:
    """The passphrase came by the environment, where others who run as you can read it."""
    for name in workspace.given_by():
        if name.endswith(("_PASSPHRASE", "_PASSWORD")):
            yield f"{name} was in the environment: whoever may look into the process that started Panah can read it."


def passphrase_file_open() -> Iterator[str]:
    """Others can read the file in which the passphrase was given."""
    for name, file in workspace.given_by().items():
        if name.endswith("_FILE") and workspace.others_can_read(Path(file)):
            yield f"Others on this machine can read {file}, which {name} names."


def debug_on() -> Iterator[str]:
    """Faults are told with the words they happened on."""
    if settings.DEBUG:
        yield "Django's debugging is on: a fault shows what it was working on."
    if os.environ.get("PANAH_DEBUG") == "1":
        yield "PANAH_DEBUG is on: a fault is told with its message, which can hold words of a paper."


def hosts_open() -> Iterator[str]:
    """The workbench answers under names that are not this machine's. Raises `CannotTell`."""
    for host in settings.PANAH_HOSTS:
        if host == "*" or host.startswith("."):
            yield f"PANAH_HOSTS holds {host}, so the workbench answers under names that nobody chose."
    named = sorted(host for host in settings.PANAH_HOSTS if host not in HERE)
    if named and not any(host == "*" or host.startswith(".") for host in named):
        raise CannotTell(what=f"whether {', '.join(named)} is reached by TLS alone")


def capture_direct() -> Iterator[str]:
    """Pages of the web are asked for from here, and not by another's address."""
    if settings.PANAH_CAPTURE == "direct":
        yield "PANAH_CAPTURE is direct: every site whose page is captured sees the address of this office."


def search_slow() -> Iterator[str]:
    """The workbench could search more quickly, and cannot here."""
    if settings.PANAH_SEARCH != "fts5" and (why := why_fts5()):
        yield f"Search is by FTS5 alone, which is slow where there is much: {why}."


def deployment() -> Iterator[str]:
    """What Django finds wrong with the settings of a site that others can reach."""
    for message in run_checks(include_deployment_checks=True):
        if not message.is_silenced():
            yield f"{message.id}: {' '.join(str(message.msg).split())}"


def database_library_old() -> Iterator[str]:
    """SQLCipher, or the SQLite in it, is older than the one that Panah was tested with."""
    with connection.cursor() as cursor:
        cipher = str(cursor.execute("PRAGMA cipher_version").fetchone()[0]).split()[0]
        sqlite = str(cursor.execute("SELECT sqlite_version()").fetchone()[0])
    for name, found, oldest in (("SQLCipher", cipher, OLDEST_CIPHER), ("SQLite", sqlite, OLDEST_SQLITE)):
        if tuple(int(part) for part in found.split(".")[:2]) < oldest:
            yield f"{name} is {found}, older than {'.'.join(map(str, oldest))}."


def packages_differ() -> Iterator[str]:
    """A package is installed in another version than the lock names. Raises `CannotTell`."""
    locked: dict[str, set[str]] = {}
    for package in tomllib.loads(text_of(LOCK)).get("package", []):
        if "version" in package:
            locked.setdefault(package["name"], set()).add(package["version"])
    for name, versions in sorted(locked.items()):
        try:
            found = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue  # a package of another system, or of a developer
        if found not in versions:
            yield f"{name} is installed as {found}; the lock names {', '.join(sorted(versions))}."


def ledger_broken() -> Iterator[str]:
    """The ledger does not follow, or a seal does not stand on it."""
    followed = dossiers.followed()
    if followed.broken:
        yield f"The ledger is broken at line {followed.broken}: {followed.reason}."
