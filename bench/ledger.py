"""A ledger of 200,000 lines in a workspace of its own: how fast lines are entered, and how fast they are followed."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from measuring import Figure, run, seconds

LINES = 200_000

_WORK = """
import json, sys, time
from panah.site.command import set_up
set_up()
from datetime import UTC, datetime
from django.db import transaction
from panah.team import chain
from panah.team.actions import Verb, enter, set_up as compartment
from panah.vault import workspace
from panah.vault.commands import acting_member
workspace.unlock(workspace.given_passphrase())
"""
_ENTER = """
member = acting_member()
place = compartment(name="Invented", by=member, now=datetime.now(UTC))
taken = []
for batch in range(int(sys.argv[1]) // 1000):
    begun = time.perf_counter()
    with transaction.atomic():
        for number in range(1000):
            enter(verb=Verb.QUOTED, kind="original", subject=f"sha256:{number:064x}", by=member, now=datetime.now(UTC),
                  compartment=place, details={"reading": f"sha256:{number:064x}", "start": number, "end": number + 9})
    taken.append((time.perf_counter() - begun) / 1000)
print(json.dumps(taken))
"""
_FOLLOW = """
taken = []
for time_and_again in range(5):
    begun = time.perf_counter()
    followed = chain.followed()
    taken.append((time.perf_counter() - begun) / followed.lines)
    assert not followed.broken and followed.lines > int(sys.argv[1])
print(json.dumps(taken))
"""


def figures(folder: Path, environment: dict[str, str]) -> Iterator[Figure]:
    """What a line costs the functions, and the whole command with unlocking."""
    here = {**environment, "PANAH_HOME": str(folder / "ledger")}
    run("panah", "init", environment=here)
    entered = [1e3 * each for each in _costs(_ENTER, here)]
    yield Figure("ledger, a line entered in a transaction of 1,000", statistics.median(entered), 1, "ms", len(entered))
    followed = [1e6 * each for each in _costs(_FOLLOW, here)]
    yield Figure(f"ledger, a line of {LINES:,} followed", statistics.median(followed), 10, "us", len(followed))
    run("panah", "ledger", "sign", environment=here)
    whole = seconds(lambda: run("panah", "ledger", "verify", environment=here), 5)
    yield Figure(f"panah ledger verify, {LINES:,} lines, with unlocking", whole, 4, "s", 5)


def _costs(work: str, environment: dict[str, str]) -> list[float]:
    command = [sys.executable, "-c", _WORK + work, str(LINES)]
    found: list[float] = json.loads(subprocess.check_output(command, env=environment, text=True))
    return found
