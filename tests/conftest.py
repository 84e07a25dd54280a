"""One real workspace for all tests: a SQLCipher database and an encrypted store, made as `panah init` makes them.

Each test runs in a transaction that is rolled back; the store keeps what it was given, as it does in life.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections

from panah.vault import keyring, workspace

PASSPHRASE = "پاناھ correct horse"
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Before Django makes its tables: a home, and its keys."""
    home = tmp_path_factory.mktemp("panah-home")
    settings.PANAH_HOME = home
    database = connections["default"].settings_dict
    database["NAME"] = home / "never-used.db"
    database["TEST"]["NAME"] = str(home / "workspace.db")
    workspace.hold(keyring.make(home, PASSPHRASE))
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
