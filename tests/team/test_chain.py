"""A long ledger is followed as two halves side by side: what came of it is what one process says."""

from __future__ import annotations

import json
import os

import pytest

MIDDLE = 20
PROGRAM = f"""
import json, resource
from datetime import UTC, datetime
from panah.team import chain
from panah.team.actions import Verb, enter
from panah.vault.actions import set_up as compartment
from panah.vault.commands import acting_member
from django.db import connection

def follow(worth):
    chain.WORTH_HALVING = worth
    return chain.followed({{1, {MIDDLE}, {MIDDLE} + 1, 2 * {MIDDLE}}})

def sql(statement, values=None):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
        return cursor.execute(statement, values).fetchall()

def children():
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_minflt

me, now = acting_member(), datetime.now(UTC)
place = compartment(name="Invented", by=me, now=now)
while chain.followed().lines < 2 * {MIDDLE} - 1:
    enter(verb=Verb.STATED, kind="case", subject="A-1", by=me, now=now, compartment=place)
enter(verb=Verb.ERASED, kind="compartment", subject=str(place.pk), by=me, now=now)
for (trigger,) in sql("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'team%%'"):
    sql(f"DROP TRIGGER {{trigger}}")
lines = sql("SELECT seq, body, link FROM team_ledgerline")
records = sql("SELECT line_id, record FROM team_particulars")
for tampering in json.loads(sys.argv[1]):
    sql(tampering)
    whole, before = follow(10**9), children()
    halves, after = follow(2), children()
    print(json.dumps({{"same": whole == halves, "two": after > before, "broken": halves.broken, "withheld": halves.withheld}}))
    sql("DELETE FROM team_ledgerline")
    sql("DELETE FROM team_particulars")
    for line in lines:
        sql("INSERT INTO team_ledgerline (seq, body, link) VALUES (%s, %s, %s)", line)
    for record in records:
        sql("INSERT INTO team_particulars (line_id, record) VALUES (%s, %s)", record)
"""


def of(seq: int) -> str:
    return f"WHERE line_id = {seq}"


GAPS = {
    f"DELETE FROM team_ledgerline WHERE seq = {MIDDLE}": MIDDLE + 1,
    f"DELETE FROM team_ledgerline WHERE seq BETWEEN {MIDDLE - 2} AND {MIDDLE + 2}": MIDDLE + 3,
}
TAMPERINGS = {
    "SELECT 1": 0,
    f"DELETE FROM team_particulars {of(MIDDLE)}": 0,  # what a later line explains, in the other half
    f"DELETE FROM team_particulars {of(2 * MIDDLE)}": 2 * MIDDLE,
    f"DELETE FROM team_particulars {of(1)}": 1,
    **{
        f"UPDATE team_ledgerline SET {spoiled} WHERE seq = {seq}": seq
        for spoiled in ("link = 'nonsense'", "link = 'sha256:' || hex(zeroblob(32))", "body = body || ' '")
        for seq in (1, MIDDLE - 1, MIDDLE, MIDDLE + 1, 2 * MIDDLE)
    },
    **{f"DELETE FROM team_ledgerline WHERE seq = {seq}": seq + 1 for seq in (1, MIDDLE - 1, MIDDLE + 1)},
    **GAPS,
}


@pytest.mark.skipif(len(os.sched_getaffinity(0)) < 2, reason="with one core, a ledger is followed by one process")
def test_two_processes_find_what_one_finds(new_workspace, tmp_path):
    done = new_workspace.copied(tmp_path).python(PROGRAM, json.dumps(list(TAMPERINGS)))
    assert (done.code, done.err) == (0, "")
    assert [each["broken"] for each in done.lines()] == list(TAMPERINGS.values())
    assert [each["withheld"] for each in done.lines()[:3]] == [0, 1, 0]
    assert {each["same"] for each in done.lines()} == {True}
    one = [statement for statement, each in zip(TAMPERINGS, done.lines(), strict=True) if not each["two"]]
    assert one == [statement for statement in TAMPERINGS if statement in GAPS], "all others have a line to part them at"
