"""Who leads when the only lead leaves the team: at once, by how long one worked there, and never by office."""

from __future__ import annotations

from datetime import timedelta

import pytest

from panah.team import joining, queries, succession
from panah.team.actions import admit, join, set_up
from panah.team.joining import NotAdministering
from panah.team.models import LedgerLine
from panah.team.rules import Role
from panah.team.succession import Leaderless


@pytest.fixture
def people(member, now):
    """Four members, of whom none administers; the member herself does."""
    return [join(name=f"Invented {letter}", now=now) for letter in "ABCD"]


@pytest.fixture
def led(people, now):
    """A compartment that the first of them leads; others are let in, one day after another."""
    lead = people[0]
    place = set_up(name="What nobody else hears of", by=lead, now=now)
    for day, (member, role) in enumerate(zip(people[1:], (Role.READER, Role.WORKER, Role.WORKER), strict=True)):
        admit(compartment=place, member=member, role=role, by=lead, now=now + timedelta(days=day))
    return place


def roles(place, people) -> list[Role | None]:
    return [queries.role(member, place) for member in people]


def lines(verb="admitted"):
    return [line.said for line in LedgerLine.objects.filter(verb=verb).order_by("seq")]


class TestLeaving:
    def test_makes_the_longest_serving_worker_lead(self, member, people, led, now):
        joining.leave(member=people[0], by=member, now=now)
        assert roles(led, people) == [None, Role.READER, Role.LEAD, Role.WORKER]
        assert lines()[-1]["details"] == {"member": "Invented C", "role": "lead", "succeeds": "Invented A"}
        assert lines()[-1]["compartment"] == led.pk.hex
        assert succession.counted() == Leaderless(0, 0)

    def test_by_her_own_wish_does_the_same(self, people, led, now):
        joining.leave(member=people[0], by=people[0], now=now)
        assert roles(led, people)[2] is Role.LEAD

    def test_goes_by_how_long_it_was_the_role_that_one_has_now(self, member, people, led, now):
        admit(compartment=led, member=people[2], role=Role.READER, by=people[0], now=now + timedelta(days=8))
        admit(compartment=led, member=people[2], role=Role.WORKER, by=people[0], now=now + timedelta(days=9))
        joining.leave(member=people[0], by=member, now=now)
        assert roles(led, people)[3] is Role.LEAD

    def test_passes_over_who_left_before(self, member, people, led, now):
        joining.leave(member=people[2], by=member, now=now)
        joining.leave(member=people[0], by=member, now=now)
        assert roles(led, people) == [None, Role.READER, None, Role.LEAD]

    def test_makes_a_reviewer_lead_where_no_worker_is(self, member, people, led, now):
        for who in people[2:]:
            admit(compartment=led, member=who, role=Role.REVIEWER, by=people[0], now=now)
        joining.leave(member=people[0], by=member, now=now)
        assert roles(led, people)[2] is Role.LEAD

    def test_changes_nothing_where_another_leads_too(self, member, people, led, now):
        admit(compartment=led, member=people[1], role=Role.LEAD, by=people[0], now=now)
        before = len(lines())
        joining.leave(member=people[0], by=member, now=now)
        assert (roles(led, people), len(lines())) == ([None, Role.LEAD, Role.WORKER, Role.WORKER], before)

    def test_is_held_up_by_nothing_where_nobody_can_follow(self, member, people, now):
        alone, read = (set_up(name=name, by=people[0], now=now) for name in "ab")
        admit(compartment=read, member=people[1], role=Role.READER, by=people[0], now=now)
        joining.leave(member=people[0], by=member, now=now)
        assert (roles(alone, people), roles(read, people)) == ([None] * 4, [None, Role.READER, None, None])
        assert succession.counted() == Leaderless(waiting=1, shut=1)


class TestNaming:
    @pytest.fixture
    def read(self, member, people, now):
        """A compartment of which only a reader is left, and one of which nobody is."""
        read, _ = (set_up(name=name, by=people[0], now=now) for name in "ab")
        admit(compartment=read, member=people[1], role=Role.READER, by=people[0], now=now)
        joining.leave(member=people[0], by=member, now=now)
        return read

    def test_makes_lead_who_belongs_there_already(self, member, people, read, now):
        assert joining.succeed(member=people[1], by=member, now=now) == 1
        assert queries.role(people[1], read) is Role.LEAD
        assert lines()[-1]["details"] == {"member": "Invented B", "role": "lead", "succeeds": "Invented A"}
        assert succession.counted() == Leaderless(waiting=0, shut=1)

    def test_lets_nobody_in(self, member, people, read, now):
        before = LedgerLine.objects.count()
        for who in (member, people[2]):
            assert joining.succeed(member=who, by=member, now=now) == 0
        assert not queries.compartments(member).exists()
        assert LedgerLine.objects.count() == before

    def test_leaves_alone_what_has_a_lead(self, member, people, led, now):
        assert joining.succeed(member=people[2], by=member, now=now) == 0
        assert roles(led, people)[2] is Role.WORKER

    def test_is_for_who_administers(self, people, read, now):
        with pytest.raises(NotAdministering):
            joining.succeed(member=people[1], by=people[1], now=now)
