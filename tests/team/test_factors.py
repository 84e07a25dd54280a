"""Second factors: whose passkey is taken, and that a copy is not."""

from __future__ import annotations

import pytest

from panah.proof import passkeys
from panah.proof.passkeys import PasskeyRefused
from panah.team import factors
from panah.team.actions import join
from support.authenticator import Authenticator
from support.workbench import BEGINNING

pytestmark = pytest.mark.django_db
HERE, THERE = "http://localhost:8017", "https://panah.example"


def member(name: str):
    return join(name=name, now=BEGINNING)


def adds(member, key: Authenticator, origin: str = HERE) -> None:
    asked = passkeys.ask_to_make(origin, member=b"1", name=member.name, have=[])
    answer = key.makes(asked.options, origin)
    factors.add_passkey(
        member=member, called="A key", origin=origin, state=asked.state, answer=answer, now=BEGINNING
    )  # fmt: skip


def shows(member, key: Authenticator, origin: str = HERE) -> None:
    asked = passkeys.ask_to_use(origin, factors.passkeys_at(member, origin))
    factors.show_passkey(member=member, origin=origin, state=asked.state, answer=key.shows(asked.options, origin))


class TestPasskey:
    def test_of_another_member_opens_nothing_for_this_one(self):
        one, other, key, others = member("Invented One"), member("Invented Other"), Authenticator(), Authenticator(b"b")
        adds(one, key)
        adds(other, others)
        shows(other, others)
        with pytest.raises(PasskeyRefused, match="not known here"):
            shows(one, others)

    def test_is_of_one_member_only(self):
        key = Authenticator()
        adds(member("Invented One"), key)
        with pytest.raises(PasskeyRefused, match="known here already"):
            adds(member("Invented Other"), key)

    def test_of_one_address_is_none_at_another(self):
        one, key = member("Invented One"), Authenticator()
        adds(one, key)
        assert factors.passkeys_at(one, THERE) == []
        with pytest.raises(PasskeyRefused, match="not known here"):
            shows(one, key, THERE)

    def test_that_was_copied_is_refused_as_soon_as_both_are_used(self):
        one, key = member("Invented One"), Authenticator(uses=5)
        adds(one, key)
        copy = Authenticator(key.id, uses=5)
        copy.key = key.key
        shows(one, key)
        with pytest.raises(PasskeyRefused, match="as a copy would"):
            shows(one, copy)
        shows(one, key)

    def test_that_counts_nothing_is_taken_again_and_again(self):
        one, key = member("Invented One"), Authenticator(uses=0)
        adds(one, key)
        for _ in range(3):
            shows(one, key)
