"""Members: who joins, under which name, and how one is known again."""

from __future__ import annotations

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction
from django.test import RequestFactory

from conftest import PASSPHRASE
from panah.team.actions import NameTaken, NameUnusable, Verb, join
from panah.team.models import LONGEST_NAME, LedgerLine, Member


def signed_in(name: str, passphrase: str):
    return authenticate(RequestFactory().post("/sign-in"), name=name, password=passphrase)


class TestJoin:
    @pytest.mark.parametrize(
        "name", ["A", "Invented Member", "ئايپەرى", "阿依帕日", "O'Neill-Åström", "x" * LONGEST_NAME]
    )
    def test_takes_a_name_of_any_script(self, db, now, name):
        member = join(name=name, now=now)
        assert (member.name, member.joined_at, str(member)) == (name, now, name)

    def test_takes_it_without_the_space_around_it(self, db, now):
        assert join(name="  Ayperi ", now=now).name == "Ayperi"

    @pytest.mark.parametrize("name", ["", " ", "a\nb", "a\x1b[2J", "a\u202eb", "a\x00", "x" * (LONGEST_NAME + 1)])
    def test_refuses_a_name_that_cannot_be_seen_or_does_not_fit(self, db, now, name):
        with pytest.raises(NameUnusable):
            join(name=name, now=now)
        assert not Member.objects.exists()
        assert not LedgerLine.objects.exists()

    @pytest.mark.parametrize("again", ["Invented Member", " Invented Member "])
    def test_refuses_a_name_that_is_taken(self, member, now, again):
        with pytest.raises(NameTaken, match="There is already a member called Invented Member") as refused:
            join(name=again, now=now)
        assert refused.value.status == 409
        assert LedgerLine.objects.count() == 1

    def test_two_of_one_name_the_database_itself_refuses(self, member, now):
        with pytest.raises(IntegrityError), transaction.atomic():
            Member(name="Invented Member", joined_at=now).save(force_insert=True)

    def test_is_told_in_the_ledger_as_her_own_act(self, member):
        (line,) = LedgerLine.objects.all()
        assert (line.verb, line.kind, line.subject, line.by) == (
            Verb.JOINED,
            "member",
            "Invented Member",
            "Invented Member",
        )

    def test_gives_her_no_password_of_her_own(self, member):
        assert not member.has_usable_password()
        assert not member.check_password("")


class TestSignIn:
    """The one member is known by her name and by the passphrase that opens the workspace."""

    def test_knows_her_by_both(self, member):
        assert signed_in("Invented Member", PASSPHRASE) == member

    @pytest.mark.parametrize(
        ("name", "passphrase"),
        [
            ("Invented Member", "a wrong one"), ("Invented Member", ""), ("Invented Member", PASSPHRASE + " "), ("Invented Member", PASSPHRASE.upper()),
            ("", PASSPHRASE), ("Nobody", PASSPHRASE), ("invented member", PASSPHRASE), ("Invented Member\x00", PASSPHRASE),
        ],
    )  # fmt: skip
    def test_knows_nobody_by_less(self, member, name, passphrase):
        assert signed_in(name, passphrase) is None

    def test_is_not_by_a_password_that_somebody_wrote_into_the_database(self, member):
        member.set_password("an invented password")
        member.save()
        assert signed_in("Invented Member", "an invented password") is None
