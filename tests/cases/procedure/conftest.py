"""What the tests of the procedure have in common."""

from __future__ import annotations

import pytest

from panah.cases.models import ProcedureRecord
from panah.cases.procedure import actions


@pytest.fixture
def keep(desk, case):
    """Keep a record of the procedure."""

    def keep(kind: str, said: dict[str, str], **more) -> ProcedureRecord:
        return actions.keep_record(case=case, kind=kind, said=said, **more, **desk.act)

    return keep
