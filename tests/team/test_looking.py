"""Who looks at what others lead leaves a line: one an hour for each thing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from panah.team.actions import ONE_LOOK, close, look
from panah.team.models import LineWithheld, Look
from panah.vault.actions import set_up
from support.roles import colleague, former, lines
from support.workbench import Desk

HOUR = timedelta(hours=1)


@pytest.fixture
def desk(member, readers):
    return Desk(member, readers)


@pytest.fixture
def place(desk):
    return set_up(name="A compartment", **desk.act)


def looks(asker, place, at, subject="2026-014", kind="case"):
    look(kind=kind, subject=subject, compartment=place, by=asker, now=at)


class TestLook:
    @pytest.mark.parametrize("role", ["worker", "reviewer", "reader", None])
    def test_of_who_does_not_lead_is_a_line(self, desk, place, role):
        asker, at = colleague(desk, place, role), desk.now()
        looks(asker, place, at)
        (line,) = lines("looked at")
        assert (line.by, line.kind, line.subject, line.details) == (asker.name, "case", "2026-014", {})

    def test_of_who_led_once_is_a_line(self, desk, place):
        colleague(desk, place, "lead", "Another Lead")
        asker = former(desk, place, "lead")
        looks(asker, place, desk.now())
        assert len(lines("looked at")) == 1

    def test_of_a_lead_is_none(self, desk, place):
        looks(desk.member, place, desk.now())
        assert lines("looked at") == []
        assert not Look.objects.exists()

    def test_again_within_the_hour_is_none(self, desk, place, now):
        asker = colleague(desk, place)
        for minutes in (0, 1, 59):
            looks(asker, place, now + timedelta(minutes=minutes))
        assert len(lines("looked at")) == 1
        looks(asker, place, now + ONE_LOOK)
        looks(asker, place, now + ONE_LOOK + timedelta(minutes=59))
        assert len(lines("looked at")) == 2

    def test_at_another_thing_or_by_another_member_is_one(self, desk, place, now):
        asker, other = colleague(desk, place), colleague(desk, place, name="Another Colleague")
        elsewhere = set_up(name="Another compartment", **desk.act)
        looks(asker, place, now)
        looks(asker, place, now, subject="2026-015")
        looks(asker, place, now, kind="document")
        looks(asker, elsewhere, now)
        looks(other, place, now)
        assert len(lines("looked at")) == 5

    def test_is_one_too_where_the_clock_went_back(self, desk, place, now):
        asker = colleague(desk, place)
        looks(asker, place, now)
        looks(asker, place, now - HOUR)
        assert len(lines("looked at")) == 2

    def test_is_forgotten_where_the_compartment_is_closed(self, desk, place, now):
        asker = colleague(desk, place)
        looks(asker, place, now)
        close(compartment=place, now=now)
        assert not Look.objects.exists()
        (line,) = lines("looked at")
        with pytest.raises(LineWithheld):
            line.subject  # noqa: B018
