"""The ledger is signed block by block: what was signed can be neither cut off nor written anew unseen."""

from __future__ import annotations

import subprocess
from datetime import timedelta

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from panah import proof
from panah.team import queries
from panah.team.actions import LedgerBroken, Verb, close_block, enter, set_up, stamp_block
from panah.team.following import Followed, followed
from panah.team.models import Compartment, LedgerBlock, LedgerLine, Particulars
from panah.team.rules import BLOCK_LINES, BLOCK_TIME, block_is_due
from support.authority import LocalAuthority
from support.tampering import remove, rewritten, sql, unguard, unsign, write_anew

LINES = 7
"""As many as the fixture `ledger` has."""
KEY, OTHER_KEY = proof.SigningKey(bytes(range(32))), proof.SigningKey(bytes(range(1, 33)))
NOT_ASKED = bytes


def told(key: proof.SigningKey = KEY, roots=NOT_ASKED) -> Followed:
    return followed(proof.public_key(key), roots)


@pytest.fixture
def signed(ledger, member, now):
    """Seven lines in two blocks, and one line that is not signed yet."""
    close_block(key=KEY, now=now)
    for fact in (8, 9, 10):
        enter(verb=Verb.STATED, kind="case", subject="A-1", by=member, now=now, details={"fact": fact})
    close_block(key=KEY, now=now)
    enter(verb=Verb.STATED, kind="case", subject="A-1", by=member, now=now)
    return LedgerBlock.objects.order_by("last")


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return LocalAuthority(tmp_path_factory.mktemp("authority"))


class TestCloseBlock:
    def test_signs_what_no_block_has_yet(self, signed):
        assert [(block.first, block.last) for block in signed] == [(1, LINES), (LINES + 1, LINES + 3)]
        assert told() == Followed(LINES + 4, signed=LINES + 3)

    def test_signs_nothing_where_nothing_is_new(self, ledger, now):
        assert close_block(key=KEY, now=now)
        assert close_block(key=KEY, now=now) is None
        assert LedgerBlock.objects.count() == 1

    def test_signs_nothing_where_there_is_no_line(self, db, now):
        assert close_block(key=KEY, now=now) is None

    @pytest.mark.parametrize("seq", [1, 5])
    def test_refuses_to_sign_what_is_broken(self, ledger, now, seq):
        unguard()
        ledger.filter(seq=seq).update(body=rewritten(seq, by="Somebody Else"))
        with pytest.raises(LedgerBroken, match=f"line {seq} of the ledger is not as it was"):
            close_block(key=KEY, now=now)
        assert not LedgerBlock.objects.exists()

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE team_ledgerblock SET signature = 'x'",
            "UPDATE team_ledgerblock SET first = 2 WHERE first = 1",
            "UPDATE team_ledgerblock SET token = 'x', at = 'x'",
            "DELETE FROM team_ledgerblock",
            "REPLACE INTO team_ledgerblock SELECT last, first, link, at, 'x', token FROM team_ledgerblock",
            "INSERT INTO team_ledgerblock SELECT last + 1, last + 2, link, at, 'x', token FROM team_ledgerblock",
        ],
    )
    def test_is_for_ever(self, signed, statement):
        before = list(signed.values())
        with pytest.raises(IntegrityError, match=r"append-only|block_has_a_line"), transaction.atomic():
            sql(statement)
        assert list(signed.values()) == before


class TestFollowed:
    @pytest.mark.parametrize("seq", [1, LINES, LINES + 2])
    def test_notices_lines_that_were_written_anew(self, signed, seq):
        unguard()
        write_anew(seq, by="Somebody Else")
        last = LINES if seq <= LINES else LINES + 3
        assert (told().broken, told().reason) == (last, "the line on which a signed block ends is another one now")

    @pytest.mark.parametrize("first", [2, LINES, LINES + 3])
    def test_notices_an_end_that_was_cut_off(self, signed, first):
        unguard()
        remove(first=first)
        assert queries.first_broken_line() is None
        last = LINES if first <= LINES else LINES + 3
        assert (told().broken, told().reason) == (last, "the line on which a signed block ends is not there any more")

    def test_notices_a_block_that_was_removed(self, signed):
        unguard()
        sql("DELETE FROM team_ledgerblock WHERE first = 1")
        assert told().reason == "a signed block of lines from 1 on was removed"

    @pytest.mark.parametrize(
        "spoiled",
        ["signature = replace(signature, substr(signature, 9, 1), 'g')", "at = 'x'", "link = upper(link)", "first = 2"],
    )
    def test_notices_a_block_that_was_changed(self, signed, spoiled):
        unguard()
        sql(f"UPDATE team_ledgerblock SET {spoiled} WHERE first = 1")
        assert told().broken == LINES

    def test_notices_a_block_of_another_key(self, signed, now):
        assert told(OTHER_KEY).reason == "the signed block that ends on it was not signed by the key of this workspace"

    def test_cannot_tell_what_came_after_the_newest_block(self, signed):
        unguard()
        remove(first=LINES + 4)
        assert told() == Followed(LINES + 3, signed=LINES + 3)


class TestErased:
    @pytest.fixture
    def erased(self, member, now):
        """A compartment with two lines, which was erased."""
        made = set_up(name="A", by=member, now=now)
        enter(verb=Verb.STATED, kind="case", subject="A-1", by=member, now=now, compartment=made)
        Compartment.objects.filter(pk=made.pk).update(erased_at=now, name="")
        return made

    def test_records_are_gone_and_the_chain_holds(self, erased, member, now):
        enter(verb=Verb.ERASED, kind="compartment", subject=str(erased.pk), by=member, now=now)
        Particulars.objects.filter(line__compartment=erased.pk).delete()
        assert told() == Followed(4, withheld=2)
        assert [line.said.keys() >= {"kind"} for line in LedgerLine.objects.order_by("seq")] == [
            True,
            False,
            False,
            True,
        ]

    def test_records_that_are_gone_without_a_line_that_says_so_are_missed(self, erased):
        Particulars.objects.filter(line__compartment=erased.pk).delete()
        assert (told().broken, told().reason) == (2, "what it is about was removed, and no erasure says so")

    def test_records_of_another_compartment_stay(self, erased, member, now):
        other = set_up(name="B", by=member, now=now)
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            Particulars.objects.filter(line__compartment=other.pk).delete()
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            Particulars.objects.filter(line=1).delete()

    def test_of_another_compartment_explains_nothing(self, erased, member, now):
        other = set_up(name="B", by=member, now=now)
        enter(verb=Verb.ERASED, kind="compartment", subject=str(erased.pk), by=member, now=now)
        unguard()
        Particulars.objects.filter(line__compartment=other.pk).delete()
        assert told().broken == 4


class TestSeen:
    def test_a_line_of_a_compartment_is_shown_to_its_members_alone(self, ledger, member, now):
        from panah.team.actions import join

        stranger, made = join(name="Stranger", now=now), set_up(name="A", by=member, now=now)
        original = "sha256:" + "ab" * 32
        for compartment in (made, None):
            last = enter(
                verb=Verb.TAKEN_IN, kind="original", subject=original, by=member, now=now, compartment=compartment
            )
        assert len(queries.custody(member, original)) == len(queries.lines_about(member, "original", original)) == 2
        assert queries.custody(stranger, original) == queries.lines_about(stranger, "original", original) == [last]


class TestStamp:
    def test_is_an_authority_s_word_about_the_signature(self, signed, authority, tmp_path):
        block = signed.last()
        with authority.serving() as named:
            stamp_block(block=block, authority=named)
        assert told(roots=lambda: authority.roots) == Followed(LINES + 4, signed=LINES + 3, stamped=LINES + 3)
        (tmp_path / "signature").write_bytes(bytes.fromhex(block.signature))
        (tmp_path / "token").write_bytes(bytes(signed.get(pk=block.pk).token))
        command = ["openssl", "ts", "-verify", "-in", "token", "-data", "signature", "-CAfile", authority.roots_file]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert "Verification: OK" in done.stdout + done.stderr

    def test_is_added_once_and_noticed_where_it_is_another_s(self, signed, authority):
        with authority.serving() as named:
            stamp_block(block=signed[0], authority=named)
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            sql("UPDATE team_ledgerblock SET token = NULL WHERE first = 1")
        unguard()
        sql("UPDATE team_ledgerblock SET token = (SELECT token FROM team_ledgerblock WHERE first = 1) WHERE first > 1")
        assert told(roots=lambda: authority.roots).broken == LINES + 3


PLACES = [("ledgerline", "body", "seq"), ("ledgerline", "link", "seq"), ("particulars", "record", "line_id")]
INDEXES = ["lines_of_a_compartment", "custody_in_older_lines", "custody_of_a_subject"]


def swap(table: str, key: str, one: int, other: int) -> None:
    """Let two rows change places."""
    for row, place in ((one, 1_000_000), (other, one), (1_000_000, other)):
        sql(f"UPDATE team_{table} SET {key} = {place} WHERE {key} = {row}")


def swap_lines(one: int, other: int) -> None:
    """Let two lines change places, with all that belongs to them."""
    swap("particulars", "line_id", one, other)
    swap("ledgerline", "seq", one, other)


SPOILING = {
    "swap": swap_lines,
    "swap records": lambda one, other: swap("particulars", "line_id", one, other),
    "remove": lambda seq, _: remove(first=seq, last=seq),
    "cut": lambda seq, _: remove(first=seq),
    "take a record away": lambda seq, _: sql(f"DELETE FROM team_particulars WHERE line_id = {seq}"),
    "write anew": lambda seq, _: write_anew(seq, by="Somebody Else"),
}


def flip(seq: int, place: tuple[str, str, str], at: int, bit: int) -> None:
    """Turn one bit of a text the other way round."""
    table, column, key = place
    with connection.cursor() as cursor:
        (text,) = cursor.execute(f"SELECT {column} FROM team_{table} WHERE {key} = {seq}").fetchone()
        at %= len(text)
        text = text[:at] + chr(ord(text[at]) ^ 1 << bit) + text[at + 1 :]
        cursor.execute(f"UPDATE team_{table} SET {column} = %s WHERE {key} = {seq}", [text])


class TestAnyTampering:
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        act=st.sampled_from(["flip", *SPOILING]), lines=st.permutations(range(1, LINES + 4)), place=st.sampled_from(PLACES),
        at=st.integers(0, 10_000), bit=st.integers(0, 6),
    )  # fmt: skip
    def test_up_to_the_newest_block_is_noticed(self, signed, act, lines, place, at, bit):
        seq, other, *_ = lines
        with transaction.atomic():
            unguard()
            sql(*(f"DROP INDEX {index}" for index in INDEXES))
            try:
                flip(seq, place, at, bit) if act == "flip" else SPOILING[act](seq, other)
                assert told().broken
            except OperationalError as refused:  # even without triggers
                assert "malformed JSON" in str(refused)  # noqa: PT017
            transaction.set_rollback(True)
        assert told() == Followed(LINES + 4, signed=LINES + 3)


class TestDue:
    @pytest.mark.parametrize(
        ("lines", "ago", "due"),
        [
            (0, None, False), (1, timedelta(0), False), (BLOCK_LINES - 1, timedelta(minutes=59), False),
            (BLOCK_LINES, timedelta(0), True), (1, BLOCK_TIME, True),
        ],
    )  # fmt: skip
    def test_after_so_many_lines_or_so_long(self, now, lines, ago, due):
        assert block_is_due(lines, None if ago is None else now - ago, now) is due

    def test_counts_what_is_not_signed(self, signed, now):
        assert queries.unsigned() == (1, now)
        unguard()
        unsign()
        assert queries.unsigned() == (LINES + 4, now)
