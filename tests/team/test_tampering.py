"""Whoever has the workspace open can take the triggers away and write what they like: following the ledger finds it."""

from __future__ import annotations

import pytest

from panah import proof
from panah.team import queries
from panah.team.models import Particulars
from support.tampering import move, remove, rewritten, sql, unguard

LINES = 7
"""As many as the fixture `ledger` has."""
ELSEWHERE = 1_000_000


@pytest.fixture
def unguarded(db):
    """A database in the hands of somebody who took its triggers away."""
    unguard()


def broken() -> int | None:
    return queries.first_broken_line()


class TestFirstBrokenLine:
    def test_is_none_where_all_hold(self, ledger):
        assert broken() is None

    def test_is_none_where_there_are_none(self, db):
        assert (queries.length(), broken()) == (0, None)

    @pytest.mark.parametrize("seq", [1, 4, LINES])
    @pytest.mark.parametrize(
        "changed",
        [
            {"at": "2026-11-22T12:00:00.000000+00:00"}, {"by": "Somebody Else"}, {"verb": "found"}, {"kind": "letter"}, {"subject": "A-2"},
            {"details": {"fact": 99}}, {"salt": "0" * 32}, {"what": proof.GENESIS}, {"seq": 8}, {"compartment": "0" * 32}, {"more": 1},
        ],
        ids=str,
    )  # fmt: skip
    def test_is_the_one_that_was_changed(self, ledger, unguarded, seq, changed):
        ledger.filter(seq=seq).update(body=rewritten(seq, **changed))
        assert broken() == seq

    @pytest.mark.parametrize("seq", [1, 4, LINES])
    @pytest.mark.parametrize(
        "spoiled",
        [
            "link = 'nonsense'", f"link = '{proof.GENESIS}'", "body = body || ' '", "body = '{}'", "body = '[]'",
            "body = replace(body, '\"verb\"', '\"\\u0076erb\"')", "body = replace(body, '\"verb\"', '\"verb\":\"found\",\"verb\"')",
        ],
    )  # fmt: skip
    def test_is_the_one_whose_text_was_spoiled(self, ledger, unguarded, seq, spoiled):
        sql(f"UPDATE team_ledgerline SET {spoiled} WHERE seq = {seq}")
        assert broken() == seq

    @pytest.mark.parametrize("seq", [1, 4, LINES])
    @pytest.mark.parametrize(
        "spoiled",
        [
            "UPDATE team_particulars SET record = '{}' WHERE line_id = ",
            "UPDATE team_particulars SET record = record || ' ' WHERE line_id = ",
            "UPDATE team_particulars SET record = replace(record, 'A-1', 'A-2') || ' ' WHERE line_id = ",
            "DELETE FROM team_particulars WHERE line_id = ",
        ],
    )
    def test_is_the_one_that_is_about_something_else_now(self, ledger, unguarded, seq, spoiled):
        sql(f"{spoiled}{seq}")
        assert broken() == seq

    def test_is_one_whose_record_took_the_place_of_another_s(self, ledger, unguarded):
        for seq, place in ((3, ELSEWHERE), (5, 3), (ELSEWHERE, 5)):
            sql(f"UPDATE team_particulars SET line_id = {place} WHERE line_id = {seq}")
        assert broken() == 3

    def test_is_one_that_is_not_there_but_something_that_it_would_be_about(self, ledger, unguarded):
        sql("INSERT INTO team_particulars (line_id, record) SELECT 99, record FROM team_particulars WHERE line_id = 3")
        assert broken() == 99
        remove(first=99)

    @pytest.mark.parametrize(
        "text",
        ['{"verb":"found"}', '{"verb":"stated"} ', '{"a":1,"a":2}', '{"b":1,"a":2}', '{"a":0.5}'],
    )
    def test_is_one_that_was_linked_as_it_should_be_but_is_no_line(self, ledger, unguarded, text):
        link = proof.linked(ledger.get(seq=LINES - 1).link, proof.digest_of(text.encode()))
        sql("DROP INDEX lines_of_a_compartment", "DROP INDEX custody_in_older_lines")
        sql(f"UPDATE team_ledgerline SET body = '{text}', link = '{link}' WHERE seq = {LINES}")
        assert broken() == LINES
        remove(first=LINES)

    @pytest.mark.parametrize("old", ['"verb":', '"fact":'])
    def test_is_one_that_says_two_things(self, ledger, unguarded, old):
        line = ledger.get(seq=LINES)
        record = line.record.replace(old, f"{old}7,{old}")
        what = proof.digest_of(record.encode())
        body = line.body.replace(old, f'{old}"found",{old}').replace(proof.digest_of(line.record.encode()), what)
        link = proof.linked(ledger.get(seq=LINES - 1).link, proof.digest_of(body.encode()))
        Particulars.objects.filter(line=LINES).update(record=record)
        ledger.filter(seq=LINES).update(body=body, link=link)
        assert broken() == LINES

    def test_is_the_next_one_where_the_link_was_forged_too(self, ledger, unguarded):
        body = rewritten(4, by="Somebody Else")
        link = proof.linked(ledger.get(seq=3).link, proof.digest_of(body.encode()))
        ledger.filter(seq=4).update(body=body, link=link)
        assert broken() == 5

    @pytest.mark.parametrize("seq", [1, 2, 4, LINES - 1])
    def test_is_the_one_after_a_line_that_was_removed(self, ledger, unguarded, seq):
        remove(first=seq, last=seq)
        assert broken() == seq + 1

    def test_is_the_one_that_moved_up_where_a_removed_line_leaves_no_hole(self, ledger, unguarded):
        remove(first=4, last=4)
        for seq in range(5, LINES + 1):
            move(seq, seq - 1)
        assert broken() == 4

    @pytest.mark.parametrize(("one", "other"), [(2, 3), (3, LINES), (1, LINES)])
    def test_is_the_first_of_two_that_changed_places(self, ledger, unguarded, one, other):
        for seq, place in ((one, ELSEWHERE), (other, one), (ELSEWHERE, other)):
            move(seq, place)
        assert broken() == one

    def test_is_one_that_was_put_in_between(self, ledger, unguarded, now):
        for seq in range(LINES, 4, -1):
            move(seq, seq + 1)
        sql(f"INSERT INTO team_ledgerline (seq, body, link) VALUES (5, '{{}}', '{proof.digest_of(b'x')}')")
        assert broken() == 5

    def test_is_the_first_of_several(self, ledger, unguarded):
        for seq in (6, 3):
            ledger.filter(seq=seq).update(body=rewritten(seq, by="Somebody Else"))
        ledger.filter(seq=5).update(link="nonsense")
        assert broken() == 3
