"""The workspace of this process: where it is, and its keys while it is unlocked."""

from __future__ import annotations

import ctypes
import os
import resource
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import connection

from panah import proof
from panah.errors import PanahError
from panah.vault import keyring
from panah.vault.keyring import Keys, WorkspaceLocked

if TYPE_CHECKING:
    from panah.vault.data_keys import Unwrapped


class WorkspaceOlder(PanahError):
    """The workspace was made by an older Panah; bring it up to date with: panah upgrade."""


class WorkspaceNewer(PanahError):
    """The workspace was made by a newer Panah than this one; install the newer one."""


class PassphraseFileUnreadable(PanahError):
    """{file}, where a passphrase or a password should stand, cannot be read."""


class PassphraseNotText(PanahError):
    """A passphrase is text in UTF-8, and this one is not."""


class DatabaseMissing(PanahError):
    """The database of the workspace is gone, though its keyring is here: put back the whole folder from a backup."""

    status = 500


class _Unlocked:
    keys: Keys | None = None
    data_keys: dict[UUID, tuple[Unwrapped, ...]] = {}
    opened: dict[str, object] = {}
    given_by: dict[str, str] = {}


_LIBC = ctypes.CDLL(None)
_GET_DUMPABLE, _SET_DUMPABLE = 3, 4


def home() -> Path:
    """The folder of the workspace."""
    return Path(settings.PANAH_HOME)


def settle_in(folder: Path) -> None:
    """Have the workspace in another folder than the one that the environment names."""
    lock()
    settings.PANAH_HOME = folder
    connection.settings_dict["NAME"] = folder / "workspace.db"


def unlock(passphrase: str) -> None:
    """Open the workspace for this process.

    Raises `WorkspaceMissing`, `PassphraseWrong`, `DatabaseMissing`, `WorkspaceOlder`, `WorkspaceNewer`.
    """
    hold(keyring.opened(home(), passphrase))
    check_version()


def hold(found: Keys) -> None:
    """Keep the keys for this process.

    From then on the system neither writes its memory to the disk when it crashes nor shows it to another process of the
    same account, a debugger included; the superuser still sees it.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _LIBC.prctl(_SET_DUMPABLE, 0, 0, 0, 0)  # the limit does not hold where the system hands a dump to a program
    _Unlocked.keys, _Unlocked.data_keys, _Unlocked.opened = found, {}, {}


def memory_may_be_taken() -> bool:
    """Whether the system would dump the memory of this process, or show it to others of the same account."""
    return bool(_LIBC.prctl(_GET_DUMPABLE, 0, 0, 0, 0) == 1)


def lock() -> None:
    """Overwrite the keys and close the database."""
    connection.close()
    for compartment in _Unlocked.data_keys.values():
        for each in compartment:
            each.wipe()
    if _Unlocked.keys:
        _Unlocked.keys.wipe()
    _Unlocked.keys, _Unlocked.data_keys, _Unlocked.opened = None, {}, {}


def keys() -> Keys:
    """The keys. Raises `WorkspaceLocked`."""
    if _Unlocked.keys is None:
        raise WorkspaceLocked
    return _Unlocked.keys


def data_keys() -> dict[UUID, tuple[Unwrapped, ...]]:
    """The keys of compartments that were asked for since the workspace was unlocked. Raises `WorkspaceLocked`."""
    keys()
    return _Unlocked.data_keys


def opened() -> dict[str, object]:
    """What was unsealed into memory to stay there, by what it is: it goes with the keys. Raises `WorkspaceLocked`."""
    keys()
    return _Unlocked.opened


def passphrase_opens(passphrase: str) -> bool:
    """Whether this is the workspace's passphrase. Takes as long as Argon2id takes."""
    try:
        return keyring.opened(home(), passphrase).workspace == keys().workspace
    except keyring.PassphraseWrong:
        return False


def signing_key() -> proof.SigningKey:
    """The key with which dossiers are signed."""
    return keys().signing


def public_key() -> proof.PublicKey:
    """The key by which others check them: it names the workspace."""
    return proof.public_key(signing_key())


def schema_version() -> int:
    """The number of migrations that this Panah has: it only ever grows."""
    packages = Path(__file__).parent.parent
    return sum(1 for _ in packages.glob("*/migrations/[0-9]*.py"))


def stamp_version() -> None:
    """Write the schema's version into the database, after its tables were made."""
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA user_version = {schema_version():d}")


def check_version() -> None:
    """Raises `WorkspaceOlder` or `WorkspaceNewer` where the database is not of this Panah's schema."""
    if refuse_newer() < schema_version():
        raise WorkspaceOlder


def refuse_newer() -> int:
    """The schema's version in the database. Raises `WorkspaceNewer`, `DatabaseMissing`."""
    if not Path(connection.settings_dict["NAME"]).is_file():
        raise DatabaseMissing  # to open it would make an empty one
    with connection.cursor() as cursor:
        found = int(cursor.execute("PRAGMA user_version").fetchone()[0])
    if found > schema_version():
        raise WorkspaceNewer
    return found


def given_passphrase() -> str | None:
    """The passphrase from `PANAH_PASSPHRASE_FILE` or `PANAH_PASSPHRASE`; None where neither is set.

    It is taken out of the environment, so that no child process inherits it.
    """
    return _read(_taken("PANAH_PASSPHRASE_FILE"), _taken("PANAH_PASSPHRASE"))


def given_new_passphrase() -> str | None:
    """A passphrase that is to open the workspace, from `PANAH_NEW_PASSPHRASE_FILE` or `PANAH_NEW_PASSPHRASE`."""
    return _read(_taken("PANAH_NEW_PASSPHRASE_FILE"), _taken("PANAH_NEW_PASSPHRASE"))


def given_password() -> str | None:
    """The acting member's password from `PANAH_PASSWORD_FILE` or `PANAH_PASSWORD`, taken out of the environment too."""
    return _read(_taken("PANAH_PASSWORD_FILE"), _taken("PANAH_PASSWORD"))


def given_new_password() -> str | None:
    """A password that is to be chosen, from `PANAH_NEW_PASSWORD_FILE`."""
    return _read(_taken("PANAH_NEW_PASSWORD_FILE"), None)


def given_backup_passphrase() -> str | None:
    """The passphrase of a backup, from `PANAH_BACKUP_PASSPHRASE_FILE`."""
    return _read(_taken("PANAH_BACKUP_PASSPHRASE_FILE"), None)


def _read(file: str | None, words: str | None) -> str | None:
    if file is None:
        return words if words is None else _as_text(words)
    try:
        return Path(file).read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise PassphraseFileUnreadable(file=file) from None


def given_by() -> dict[str, str]:
    """Which settings gave the passphrase: the file of one that names a file, and nothing of one that holds it."""
    return dict(_Unlocked.given_by)


def _taken(name: str) -> str | None:
    """A setting that is taken out of the environment; it is remembered that it was there."""
    value = os.environ.pop(name, None)
    if value is not None:
        _Unlocked.given_by[name] = value if name.endswith("_FILE") else ""
    return value


def others_can_read(file: Path) -> bool:
    """Whether anybody on this machine can get at a file: it is open to all, and so is every folder on the way."""
    ways = file.resolve().parents
    return bool(file.stat().st_mode & stat.S_IROTH) and all(way.stat().st_mode & stat.S_IXOTH for way in ways)


def _as_text(words: str) -> str:
    """Raises `PassphraseNotText`."""
    try:
        words.encode()
    except UnicodeEncodeError:
        raise PassphraseNotText from None
    return words


def exists() -> bool:
    """Whether there is a workspace at all."""
    return keyring.exists(home())


def asks_on_terminal() -> bool:
    """Whether a person sits at a terminal who can be asked."""
    return sys.stdin.isatty()
