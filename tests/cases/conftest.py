from __future__ import annotations

import pytest

from panah import law
from support.workbench import Desk


@pytest.fixture
def desk(member, readers):
    return Desk(member, readers)


@pytest.fixture
def case(desk):
    return desk.case("2026-014", "Ms Invented", ["cat-3"])


@pytest.fixture
def element():
    """The first question of the law under which the case is examined."""
    return law.framework("cat-3").claims[0]
