"""What a member sees is found out once for a page, and is neither more nor less than what she would see without."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from panah.library import actions, queries, sight
from panah.library.captures import queries as captured
from panah.library.sources import queries as sources
from panah.team.actions import join
from panah.vault.actions import set_up
from support.roles import colleague
from support.workbench import Desk


@pytest.fixture
def desk(member, readers):
    return Desk(member, readers)


@pytest.fixture
def paper(desk):
    return desk.paper("The invented well is deep.")


@pytest.fixture
def guest(desk, paper):
    """A member of another compartment, which may read the paper's collection."""
    other = set_up(name="Another compartment", **desk.act)
    found = colleague(desk, other, "reader", "Invented Guest")
    actions.share(collection=paper.collection, compartment=other, **desk.act)
    return found


class TestOnce:
    def test_a_member_and_a_guest_see_what_they_see_without(self, desk, paper, guest):
        for asker in (desk.member, guest):
            with sight.once(asker):
                assert list(queries.documents(asker)) == [paper]
                assert queries.document(asker, paper.pk) == paper
                assert queries.find(asker, "well").total == 1

    def test_a_stranger_sees_nothing(self, paper, now):
        stranger = join(name="Invented Stranger", now=now)
        with sight.once(stranger):
            assert not queries.documents(stranger).exists()
            assert not sources.sources(stranger).exists()
            assert not captured.captures(stranger).exists()
            assert queries.find(stranger, "well").total == 0

    def test_nobody_sees_what_another_sees(self, desk, paper, now):
        stranger = join(name="Invented Stranger", now=now)
        with sight.once(desk.member):
            assert not queries.documents(stranger).exists()
            assert queries.documents(desk.member).exists()

    def test_ends_with_the_page(self, desk, paper, guest):
        [shared] = [each.share for each in queries.shares(desk.member, paper.compartment)]
        with sight.once(guest):
            assert queries.documents(guest).exists()
        actions.unshare(share=shared, **desk.act)
        assert not queries.documents(guest).exists()
        with sight.once(guest):
            assert not queries.documents(guest).exists()

    def test_ends_also_where_the_page_fails(self, desk, paper):
        with pytest.raises(queries.DocumentUnknown), sight.once(desk.member):
            queries.document(desk.member, "00000000")
        assert sight._SEEN.get() is None

    def test_of_too_many_collections_asks_as_ever(self, desk, paper, monkeypatch):
        monkeypatch.setattr(sight, "MOST_AT_ONCE", 0)
        with sight.once(desk.member):
            assert sight._SEEN.get() is None
            assert list(queries.documents(desk.member)) == [paper]

    def test_roles_are_not_asked_for_again(self, desk, paper):
        with sight.once(desk.member), CaptureQueriesContext(connection) as asked:
            list(queries.documents(desk.member))
            queries.standing(desk.member, paper)
            queries.versions(desk.member, paper)
        assert len(asked) == 4
        assert not [each for each in asked if "team_membership" in each["sql"]]
