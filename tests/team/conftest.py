from __future__ import annotations

import pytest

from panah.team.actions import Verb, enter
from panah.team.models import LedgerLine


@pytest.fixture
def ledger(member, now):
    """Seven lines, the first of which says that the member joined."""
    for number in range(2, 8):
        enter(verb=Verb.STATED, kind="case", subject="A-1", by=member, now=now, details={"fact": number})
    return LedgerLine.objects.order_by("seq")
