from __future__ import annotations

import pytest

from support.workbench import Desk


@pytest.fixture
def desk(member, readers):
    return Desk(member, readers)
