"""The ledger: appended to and never changed, chained, and checked line by line."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from panah import proof
from panah.proof.canonical import LARGEST
from panah.team import queries
from panah.team.actions import PROGRAM, Verb, enter, set_up
from panah.team.models import LedgerLine, Particulars

LINES = 7
"""As many as the fixture `ledger` has."""
ORIGINAL = "sha256:" + "ab" * 32


def broken() -> int | None:
    return queries.first_broken_line()


class TestEnter:
    def test_says_who_did_what_to_what_and_when(self, member, now):
        details = {"fact": 1, "stance": "supports", "words": "ئۇيغۇر", "of": ["a", None, True], "with": {"b": 2}}
        enter(verb=Verb.SUPPORTED, kind="case", subject="A-1", by=member, now=now, details=details)
        line = LedgerLine.objects.order_by("-seq").first()
        assert (line.by, line.verb, line.kind, line.subject) == ("Invented Member", "supported", "case", "A-1")
        assert (line.at, line.details) == ("2026-11-23T12:00:00.000000+00:00", details)
        assert str(line) == "2 2026-11-23T12:00:00.000000+00:00 Invented Member supported"
        assert (line.said["salt"], line.said["what"]) == (line.said["salt"], proof.digest_of(line.record.encode()))

    def test_says_the_time_of_the_meridian_wherever_it_was_entered(self, member):
        east = datetime(2026, 11, 23, 18, 0, 0, 7, tzinfo=timezone(timedelta(hours=6)))
        line = enter(verb=Verb.READ, kind="original", subject=ORIGINAL, by=member, now=east)
        assert line.at == "2026-11-23T12:00:00.000007+00:00"

    def test_names_the_program_where_no_member_acted(self, db, now):
        assert enter(verb=Verb.BEGAN, kind="workspace", subject="k", by=None, now=now).by == PROGRAM

    def test_keeps_the_name_as_it_was(self, member, now):
        member.name = "Another Name"
        member.save()
        assert LedgerLine.objects.get(verb=Verb.JOINED).by == "Invented Member"

    def test_numbers_the_lines_without_a_hole_from_one(self, ledger):
        assert [line.seq for line in ledger] == list(range(1, LINES + 1))

    def test_stands_each_line_on_the_one_before(self, ledger):
        previous = proof.GENESIS
        for line in ledger:
            assert line.link == proof.linked(previous, proof.digest_of(line.body.encode()))
            previous = line.link

    def test_salts_every_line_so_that_a_digest_tells_nothing(self, member, now):
        same = {"verb": Verb.STATED, "kind": "case", "subject": "A-1", "by": member, "now": now}
        first, second = enter(**same), enter(**same)
        assert (len({first.said["salt"], second.said["salt"]}), len(first.said["salt"])) == (2, 32)
        assert first.said["what"] != second.said["what"]

    def test_is_undone_with_the_act_that_it_is_about(self, ledger, member, now):
        with transaction.atomic():
            enter(verb=Verb.STATED, kind="case", subject="A-1", by=member, now=now)
            assert queries.length() == LINES + 1
            transaction.set_rollback(True)
        assert queries.length() == LINES
        enter(verb=Verb.STATED, kind="case", subject="A-1", by=member, now=now)
        assert (queries.length(), broken()) == (LINES + 1, None)

    def test_refuses_what_has_no_canonical_form(self, member, now):
        with pytest.raises(proof.NotCanonical):
            enter(verb=Verb.STATED, kind="case", subject="A-1", by=member, now=now, details={"likely": 0.5})
        assert queries.length() == 1

    @settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        words=st.text(st.characters(exclude_categories=["Cs"])),
        number=st.integers(-LARGEST, LARGEST),
    )
    def test_reads_back_every_word_and_number_as_it_was_digested(self, member, now, words, number):
        with transaction.atomic():
            enter(verb=Verb.STATED, kind="case", subject="A", by=member, now=now, details={words: number, "is": words})
            assert broken() is None
            transaction.set_rollback(True)


class TestAppendOnly:
    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE team_ledgerline SET body = replace(body, 'stated', 'found') WHERE seq = 3",
            "UPDATE team_ledgerline SET link = 'x' WHERE seq = 3",
            "UPDATE team_ledgerline SET seq = 99 WHERE seq = 3",
            "DELETE FROM team_ledgerline WHERE seq = 3",
            "DELETE FROM team_ledgerline",
            "DELETE FROM team_ledgerline WHERE seq = 7",
            "REPLACE INTO team_ledgerline (seq, body, link) SELECT seq, body, link FROM team_ledgerline WHERE seq = 3",
            "INSERT INTO team_ledgerline (seq, body, link) SELECT 9, body, 'x' FROM team_ledgerline WHERE seq = 3",
            "INSERT INTO team_ledgerline (seq, body, link) SELECT 0, body, 'x' FROM team_ledgerline WHERE seq = 3",
            "UPDATE team_particulars SET record = '{}' WHERE line_id = 3",
            "UPDATE team_particulars SET line_id = 99 WHERE line_id = 3",
            "DELETE FROM team_particulars WHERE line_id = 3",
            "REPLACE INTO team_particulars (line_id, record) VALUES (3, '{}')",
            "REPLACE INTO team_particulars (line_id, record) VALUES (7, '{}')",
        ],
        ids=[
            "change",
            "link elsewhere",
            "move",
            "remove",
            "remove all",
            "remove the last",
            "write over",
            "leave a hole",
            "put before all",
            "change what it is about",
            "move what it is about",
            "remove what it is about",
            "write over what it is about",
            "write over what the newest is about",
        ],
    )
    def test_the_database_itself_refuses_to(self, ledger, sql):
        before = list(ledger.values()), list(Particulars.objects.values())
        with (
            pytest.raises(IntegrityError, match="the ledger is append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)
        assert (list(ledger.values()), list(Particulars.objects.values())) == before

    @pytest.mark.parametrize(
        "write",
        [lambda line: line.save(), lambda line: line.particulars.save(), lambda line: line.particulars.delete()],
        ids=["save", "save what it is about", "delete what it is about"],
    )
    def test_so_it_does_where_a_program_forgets_itself(self, ledger, write):
        with pytest.raises(IntegrityError, match="the ledger is append-only"), transaction.atomic():
            write(ledger[2])
        assert (queries.length(), broken()) == (LINES, None)


class TestCustody:
    def test_is_what_was_done_to_one_original_oldest_first(self, ledger, member, now):
        for subject, verb in ((ORIGINAL, Verb.TAKEN_IN), ("sha256:" + "0" * 64, Verb.TAKEN_IN), (ORIGINAL, Verb.READ)):
            enter(verb=verb, kind="original", subject=subject, by=member, now=now)
        enter(verb=Verb.RECORDED, kind="document", subject=ORIGINAL, by=member, now=now)
        assert [line.verb for line in queries.custody(member, ORIGINAL)] == [Verb.TAKEN_IN, Verb.READ]

    def test_of_the_same_bytes_twice_is_two_arrivals(self, member, shelve):
        for collection in ("Library", "Case A"):
            document = shelve(b"The same letter twice.", collection=collection)
        lines = [line.verb for line in queries.custody(member, document.original.digest)]
        assert lines.count(Verb.TAKEN_IN) == 2

    def test_of_an_unknown_original_is_empty(self, member, ledger):
        assert queries.custody(member, "sha256:" + "1" * 64) == []

    def test_is_shown_by_a_command(self, panah, tmp_path):
        (tmp_path / "letter.txt").write_text("An invented letter.")
        panah.does("ingest", tmp_path / "letter.txt")
        digest = proof.digest_of(b"An invented letter.")
        shown = panah.lines("ledger", "custody", digest)
        assert [line["verb"] for line in shown] == [Verb.TAKEN_IN, Verb.READ]
        assert {line["subject"] for line in shown} == {digest}
        assert next(iter(shown[0])) == "id"


class TestExcerpt:
    def test_withholds_what_is_about_other_things_and_keeps_the_chain(self, ledger, member, now):
        enter(verb=Verb.TAKEN_IN, kind="original", subject=ORIGINAL, by=member, now=now)
        enter(verb=Verb.TAKEN_IN, kind="original", subject="sha256:" + "0" * 64, by=member, now=now)
        last = enter(verb=Verb.BEGAN_SEALING, kind="dossier", subject="A-1", by=member, now=now)
        enter(verb=Verb.STATED, kind="case", subject="A-1", by=member, now=now)
        excerpt = queries.excerpt({uuid4(): [ORIGINAL]}, until=last.seq)
        lines = list(excerpt.lines)
        assert [line["seq"] for line in lines] == [LINES + 1, LINES + 2, LINES + 3]
        assert ["body" in line for line in lines] == [True, False, True]
        assert excerpt.previous == ledger.get(seq=LINES).link
        links = [
            proof.Link(
                line["seq"], proof.body_digest(line["body"]) if "body" in line else line["body_digest"], line["link"]
            )
            for line in lines
        ]
        assert proof.first_break(excerpt.previous, links) is None

    def test_about_nothing_is_the_last_line_alone(self, ledger):
        excerpt = queries.excerpt({}, until=LINES)
        assert [line["seq"] for line in excerpt.lines] == [LINES]

    def test_withholds_what_was_done_to_the_same_bytes_in_another_compartment(self, ledger, member, now):
        ours, theirs = (set_up(name=name, by=member, now=now) for name in ("Ours", "Theirs"))
        for each in (ours, theirs):
            enter(verb=Verb.TAKEN_IN, kind="original", subject=ORIGINAL, by=member, now=now, compartment=each)
        last = enter(verb=Verb.BEGAN_SEALING, kind="dossier", subject="A-1", by=member, now=now, compartment=ours)
        excerpt = queries.excerpt({ours.pk: [ORIGINAL]}, until=last.seq)
        assert ["body" in line for line in excerpt.lines] == [True, False, True]

    def test_from_the_first_line_on_stands_on_the_beginning(self, db, now):
        enter(verb=Verb.TAKEN_IN, kind="original", subject=ORIGINAL, by=None, now=now)
        excerpt = queries.excerpt({uuid4(): [ORIGINAL]}, until=1)
        assert (excerpt.previous, [line["seq"] for line in excerpt.lines]) == (proof.GENESIS, [1])


class TestLinesAbout:
    def test_are_those_of_one_thing_newest_first(self, ledger, member, now):
        enter(verb=Verb.STATED, kind="case", subject="A-2", by=member, now=now)
        enter(verb=Verb.SEALED, kind="dossier", subject="A-1", by=member, now=now)
        assert [line.seq for line in queries.lines_about(member, "case", "A-1")] == list(range(LINES, 1, -1))


class TestTwoAtATime:
    def test_never_claim_one_place(self, panah):
        program = (
            "from datetime import UTC, datetime\n"
            "from panah.team.actions import Verb, enter\n"
            "for number in range(60):\n"
            "    enter(verb=Verb.STATED, kind='case', subject='A', by=None, now=datetime.now(UTC))\n"
        )
        running = [panah.start_python(program) for _ in range(2)]
        assert [process.wait(timeout=120) for process in running] == [0, 0]
        for process in running:
            process.communicate()
        assert panah.lines("ledger", "verify") == [
            {"id": "123", "outcome": "ok", "reason": "", "sealed": 0, "signed": 0, "stamped": 0, "withheld": 0}
        ]
