"""The ledger of a process that was killed while it wrote: what was entered holds, and so does what was signed."""

from __future__ import annotations

import random
import signal
import time

import pytest

from support.processes import Panah, end

WRITES = """
from datetime import UTC, datetime
from django.db import transaction
from panah.dossier.actions import sign_ledger
from panah.team.actions import Verb, enter
print("ready", flush=True)
while True:
    with transaction.atomic():
        for fact in range(3):
            enter(verb=Verb.STATED, kind="case", subject="A", by=None, now=datetime.now(UTC), details={"fact": fact})
    sign_ledger(now=datetime.now(UTC))
"""


def survives(panah: Panah, kills: int) -> None:
    """Kill a process that writes and signs, at moments that nothing marks; each time the ledger holds, and grows."""
    moments = random.Random(20261126)
    begun = lines = unsigned = int(panah.lines("ledger", "verify")[0]["id"])
    for number in range(kills):
        process = panah.start_python(WRITES)
        assert process.stdout.readline() == "ready\n"
        time.sleep(moments.uniform(0, 0.3))  # not to wait for anything: to strike at a random moment
        end(process, signal.SIGKILL)
        (verified,) = panah.lines("ledger", "verify")
        assert verified["outcome"] == "ok", (number, verified)
        entered = int(verified["id"])
        assert entered >= lines
        assert (entered - begun) % 3 == 0
        assert entered - verified["signed"] in {0, 3, unsigned, unsigned + 3}  # one that died young signed nothing
        lines, unsigned = entered, entered - verified["signed"]
    assert lines > begun


class TestKilled:
    @pytest.mark.attack
    def test_holds_after_a_hundred(self, panah):
        survives(panah, 100)
