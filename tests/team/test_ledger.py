"""The ledger: appended to and never changed, chained, and checked line by line."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from panah import proof
from panah.proof.canonical import LARGEST
from panah.team import queries
from panah.team.actions import PROGRAM, Verb, enter
from panah.team.models import LedgerLine
from support.tampering import unguard

ORIGINAL = "sha256:" + "ab" * 32
LINES = 7
ELSEWHERE = 1_000_000


@pytest.fixture
def ledger(member, now):
    """Seven lines, the first of which says that the member joined."""
    for number in range(2, LINES + 1):
        enter(verb=Verb.STATED, kind="case", subject="A-1", by=member, now=now, details={"fact": number})
    return LedgerLine.objects.order_by("seq")


@pytest.fixture
def unguarded(db):
    """A database in the hands of somebody who took its triggers away."""
    unguard()


def broken() -> int | None:
    line = queries.first_broken_line()
    return line.seq if line else None


class TestEnter:
    def test_says_who_did_what_to_what_and_when(self, member, now):
        details = {"fact": 1, "stance": "supports", "words": "ئۇيغۇر", "of": ["a", None, True], "with": {"b": 2}}
        enter(verb=Verb.SUPPORTED, kind="case", subject="A-1", by=member, now=now, details=details)
        line = LedgerLine.objects.order_by("-seq").first()
        assert (line.by, line.verb, line.kind, line.subject) == ("Invented Member", "supported", "case", "A-1")
        assert (line.at, line.details) == ("2026-11-23T12:00:00.000000+00:00", details)
        assert str(line) == "2 2026-11-23T12:00:00.000000+00:00 Invented Member supported case A-1"

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
            assert line.body_digest == proof.body_digest(line.body())
            assert line.link == proof.linked(previous, line.body_digest)
            previous = line.link

    def test_salts_every_line_so_that_a_digest_tells_nothing(self, member, now):
        same = {"verb": Verb.STATED, "kind": "case", "subject": "A-1", "by": member, "now": now}
        first, second = enter(**same), enter(**same)
        assert (len({first.salt, second.salt}), len(first.salt)) == (2, 32)
        assert proof.body_digest(first.body() | {"seq": 0}) != proof.body_digest(second.body() | {"seq": 0})

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
    COLUMNS = "at, by, verb, kind, subject, details, salt, body_digest"

    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE team_ledgerline SET verb = 'found' WHERE seq = 3",
            "UPDATE team_ledgerline SET seq = 99 WHERE seq = 3",
            "DELETE FROM team_ledgerline WHERE seq = 3",
            "DELETE FROM team_ledgerline",
            "DELETE FROM team_ledgerline WHERE seq = 7",
            f"REPLACE INTO team_ledgerline SELECT seq, {COLUMNS}, link FROM team_ledgerline WHERE seq = 3",
            f"INSERT INTO team_ledgerline SELECT 9, {COLUMNS}, 'x' FROM team_ledgerline WHERE seq = 3",
            f"INSERT INTO team_ledgerline SELECT 0, {COLUMNS}, 'x' FROM team_ledgerline WHERE seq = 3",
        ],
        ids=[
            "change",
            "move",
            "remove",
            "remove all",
            "remove the last",
            "write over",
            "leave a hole",
            "put before all",
        ],
    )
    def test_the_database_itself_refuses_to(self, ledger, sql):
        before = list(ledger.values())
        with (
            pytest.raises(IntegrityError, match="the ledger is append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)
        assert list(ledger.values()) == before

    @pytest.mark.parametrize("write", [lambda line: line.save(), lambda line: line.delete()], ids=["save", "delete"])
    def test_so_it_does_where_a_program_forgets_itself(self, ledger, write):
        with pytest.raises(IntegrityError, match="the ledger is append-only"), transaction.atomic():
            write(ledger[2])
        assert (queries.length(), broken()) == (LINES, None)


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
            {"details": {"fact": 99}}, {"details": {"fact": 0.5}}, {"details": "{"}, {"salt": "0" * 32},
            {"body_digest": proof.GENESIS}, {"body_digest": "nonsense"}, {"link": proof.GENESIS}, {"link": "nonsense"},
        ],
        ids=str,
    )  # fmt: skip
    def test_is_the_one_that_was_changed(self, ledger, unguarded, seq, changed):
        ledger.filter(seq=seq).update(**changed)
        assert broken() == seq

    @pytest.mark.parametrize("seq", [1, 4, LINES])
    def test_is_one_whose_words_and_digest_were_changed_together(self, ledger, unguarded, seq):
        line = ledger.get(seq=seq)
        line.by = "Somebody Else"
        ledger.filter(seq=seq).update(by=line.by, body_digest=proof.body_digest(line.body()))
        assert broken() == seq

    def test_is_the_next_one_where_the_link_was_forged_too(self, ledger, unguarded):
        line, before = ledger.get(seq=4), ledger.get(seq=3)
        line.by = "Somebody Else"
        digest = proof.body_digest(line.body())
        ledger.filter(seq=4).update(by=line.by, body_digest=digest, link=proof.linked(before.link, digest))
        assert broken() == 5

    @pytest.mark.parametrize("seq", [1, 2, 4, LINES - 1])
    def test_is_the_one_after_a_line_that_was_removed(self, ledger, unguarded, seq):
        ledger.filter(seq=seq).delete()
        assert broken() == seq + 1

    def test_is_the_one_that_moved_up_where_a_removed_line_leaves_no_hole(self, ledger, unguarded):
        ledger.filter(seq=4).delete()
        for seq in range(5, LINES + 1):
            ledger.filter(seq=seq).update(seq=seq - 1)
        assert broken() == 4

    @pytest.mark.parametrize(("one", "other"), [(2, 3), (3, LINES), (1, LINES)])
    def test_is_the_first_of_two_that_changed_places(self, ledger, unguarded, one, other):
        for seq, place in ((one, ELSEWHERE), (other, one), (ELSEWHERE, other)):
            ledger.filter(seq=seq).update(seq=place)
        assert broken() == one

    def test_is_one_that_was_put_in_between(self, ledger, unguarded, now):
        for seq in range(LINES, 4, -1):
            ledger.filter(seq=seq).update(seq=seq + 1)
        forged = LedgerLine(
            seq=5, at="", by="", verb="", kind="", subject="", details={}, salt="", link=proof.digest_of(b"x")
        )
        forged.body_digest = proof.body_digest(forged.body())
        forged.save(force_insert=True)
        assert broken() == 5

    def test_is_the_first_of_several(self, ledger, unguarded):
        ledger.filter(seq__in=[6, 3]).update(by="Somebody Else")
        ledger.filter(seq=5).update(link="nonsense")
        assert broken() == 3

    def test_cannot_tell_what_is_missing_at_the_end_which_a_seal_can(self, ledger, unguarded):
        sealed = ledger.get(seq=LINES)
        ledger.filter(seq=LINES).delete()
        assert broken() is None
        assert not LedgerLine.objects.filter(seq=sealed.seq, link=sealed.link).exists()


class TestVerify:
    """What `panah ledger verify` says of it."""

    def test_says_how_many_lines_hold(self, panah):
        assert panah.does("ledger", "verify").out == "OK: 2 lines, unbroken.\n"
        assert panah.lines("ledger", "verify") == [{"id": "2", "outcome": "ok", "reason": "", "sealed": 0}]

    def test_names_the_line_that_does_not(self, panah):
        panah.python(
            "from django.db import connection\n"
            "cursor = connection.cursor()\n"
            "cursor.execute('DROP TRIGGER ledger_refuses_UPDATE')\n"
            "cursor.execute('UPDATE team_ledgerline SET \"by\" = \\'Nobody\\' WHERE seq = 2')\n"
        )
        done = panah.run("ledger", "verify")
        assert (done.code, done.out.startswith("BROKEN at line 2: ")) == (1, True)
        done = panah.run("ledger", "verify", "--json")
        assert [(line["id"], line["outcome"]) for line in done.lines()] == [("2", "broken")]


class TestCustody:
    def test_is_what_was_done_to_one_original_oldest_first(self, ledger, member, now):
        for subject, verb in ((ORIGINAL, Verb.TAKEN_IN), ("sha256:" + "0" * 64, Verb.TAKEN_IN), (ORIGINAL, Verb.READ)):
            enter(verb=verb, kind="original", subject=subject, by=member, now=now)
        enter(verb=Verb.RECORDED, kind="document", subject=ORIGINAL, by=member, now=now)
        assert [line.verb for line in queries.custody(ORIGINAL)] == [Verb.TAKEN_IN, Verb.READ]

    def test_of_the_same_bytes_twice_is_two_arrivals(self, shelve):
        for collection in ("Library", "Case A"):
            document = shelve(b"The same letter twice.", collection=collection)
        lines = [line.verb for line in queries.custody(document.original_id)]
        assert lines.count(Verb.TAKEN_IN) == 2

    def test_of_an_unknown_original_is_empty(self, ledger):
        assert queries.custody("sha256:" + "1" * 64) == []

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
        excerpt = queries.excerpt([ORIGINAL], until=last.seq)
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
        excerpt = queries.excerpt([], until=LINES)
        assert [line["seq"] for line in excerpt.lines] == [LINES]

    def test_from_the_first_line_on_stands_on_the_beginning(self, db, now):
        enter(verb=Verb.TAKEN_IN, kind="original", subject=ORIGINAL, by=None, now=now)
        excerpt = queries.excerpt([ORIGINAL], until=1)
        assert (excerpt.previous, [line["seq"] for line in excerpt.lines]) == (proof.GENESIS, [1])


class TestLinesAbout:
    def test_are_those_of_one_thing_newest_first(self, ledger, member, now):
        enter(verb=Verb.STATED, kind="case", subject="A-2", by=member, now=now)
        enter(verb=Verb.SEALED, kind="dossier", subject="A-1", by=member, now=now)
        assert [line.seq for line in queries.lines_about("case", "A-1")] == list(range(LINES, 1, -1))


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
        assert panah.lines("ledger", "verify") == [{"id": "122", "outcome": "ok", "reason": "", "sealed": 0}]
