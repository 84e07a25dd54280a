"""A collection is read by another compartment as long as its lead lets it."""

from __future__ import annotations

import pytest

from panah.library import actions, queries
from panah.library.actions import NotShared, SharedWithItself
from panah.library.queries import CollectionUnknown, DocumentUnknown, ShareUnknown
from panah.team.queries import CompartmentUnknown, NotAllowed
from panah.vault.actions import set_up
from support.roles import colleague, former, lines
from support.workbench import Desk


@pytest.fixture
def desk(member, readers):
    return Desk(member, readers)


@pytest.fixture
def paper(desk):
    return desk.paper("The invented well is deep.")


@pytest.fixture
def other(desk):
    return set_up(name="Another compartment", **desk.act)


@pytest.fixture
def guest(desk, other):
    """A member of the other compartment alone."""
    return colleague(desk, other, "reader", "Invented Guest")


class TestShare:
    def test_lets_its_members_read_until_it_is_taken_back(self, desk, paper, other, guest):
        assert queries.find(guest, "well").total == 0
        shared = actions.share(collection=paper.collection, compartment=other, **desk.act)
        assert queries.find(guest, "well").total == 1
        assert queries.document(guest, paper.pk) == paper
        assert [each.name for each in queries.shared_with(guest, other)] == ["Library"]
        actions.unshare(share=shared, **desk.act)
        assert queries.find(guest, "well").total == 0
        with pytest.raises(DocumentUnknown):
            queries.document(guest, paper.pk)
        with pytest.raises(CollectionUnknown):
            queries.collection_named(guest, "Library")

    def test_gives_a_guest_nothing_to_do(self, desk, paper, other, guest):
        actions.share(collection=paper.collection, compartment=other, **desk.act)
        with pytest.raises(NotAllowed):
            actions.describe(document=paper, details=actions.Details(title="B"), by=guest, now=desk.now())
        with pytest.raises(NotAllowed):
            actions.try_again(document=paper, by=guest)
        assert list(queries.collections(guest, queries.May.WORK)) == []

    def test_and_its_end_are_lines_of_the_collection(self, desk, paper, other):
        shared = actions.share(collection=paper.collection, compartment=other, **desk.act)
        actions.unshare(share=shared, **desk.act)
        told = [*lines("shared"), *lines("took back")]
        about = ("collection", str(paper.collection_id), {"compartment": str(other.pk)})
        assert [(line.kind, line.subject, line.details) for line in told] == [about, about]

    def test_twice_is_the_same_and_one_line(self, desk, paper, other):
        first, second = (actions.share(collection=paper.collection, compartment=other, **desk.act) for _ in range(2))
        assert first == second
        assert len(lines("shared")) == 1

    def test_can_be_given_anew_after_it_was_taken_back(self, desk, paper, other, guest):
        for _ in range(2):
            shared = actions.share(collection=paper.collection, compartment=other, **desk.act)
            assert queries.find(guest, "well").total == 1
            actions.unshare(share=shared, **desk.act)

    @pytest.mark.parametrize("who", ["worker", "reviewer", "reader", "stranger", "former"])
    def test_is_the_lead_s_alone(self, desk, paper, other, who):
        shared = actions.share(collection=paper.collection, compartment=other, **desk.act)
        place = paper.compartment
        asker = former(desk, place) if who == "former" else colleague(desk, place, None if who == "stranger" else who)
        mine = set_up(name="My own", by=asker, now=desk.now())
        with pytest.raises(NotAllowed):
            actions.share(collection=paper.collection, compartment=mine, by=asker, now=desk.now())
        with pytest.raises(NotAllowed):
            actions.unshare(share=shared, by=asker, now=desk.now())

    def test_refuses_a_compartment_that_the_lead_does_not_see(self, desk, paper, guest):
        hidden = set_up(name="Hidden", by=guest, now=desk.now())
        with pytest.raises(CompartmentUnknown):
            actions.share(collection=paper.collection, compartment=hidden, **desk.act)

    def test_refuses_the_compartment_in_which_it_stands(self, desk, paper):
        with pytest.raises(SharedWithItself):
            actions.share(collection=paper.collection, compartment=paper.compartment, **desk.act)

    def test_is_taken_back_once(self, desk, paper, other):
        shared = actions.share(collection=paper.collection, compartment=other, **desk.act)
        actions.unshare(share=shared, **desk.act)
        with pytest.raises(NotShared):
            actions.unshare(share=shared, **desk.act)


class TestShares:
    def test_are_known_to_a_member_who_does_not_see_with_whom(self, desk, paper, other):
        asker = colleague(desk, paper.compartment, "reader")
        actions.share(collection=paper.collection, compartment=other, **desk.act)
        assert [each.name for each in queries.shares(desk.member, paper.compartment)] == ["Another compartment"]
        assert [each.name for each in queries.shares(asker, paper.compartment)] == [""]

    def test_of_another_compartment_are_not_there(self, desk, paper, other, guest):
        shared = actions.share(collection=paper.collection, compartment=other, **desk.act)
        with pytest.raises(NotAllowed):
            queries.shares(guest, paper.compartment)
        with pytest.raises(ShareUnknown):
            queries.share(guest, shared.pk)

    def test_are_named_by_the_compartment_or_its_id(self, desk, paper, other):
        shared = actions.share(collection=paper.collection, compartment=other, **desk.act)
        for name in ("Another compartment", str(other.pk)):
            assert queries.share_named(desk.member, paper.collection, name) == shared
        for name in ("", "Library", "Another"):
            with pytest.raises(ShareUnknown):
                queries.share_named(desk.member, paper.collection, name)


class TestChoosing:
    def test_a_collection_of_one_name_by_its_compartment(self, desk, paper, other):
        from panah.library.queries import CollectionAmbiguous, shelf

        twin = shelf(desk.member, "Library", compartment="Another compartment")
        assert twin.compartment == other
        assert shelf(desk.member, "Library", compartment=str(other.pk)) == twin
        desk.paper("Another.")
        from panah.library.models import Collection

        Collection.objects.create(compartment=other, name="Library")
        with pytest.raises(CollectionAmbiguous):
            queries.collection_named(desk.member, "Library")
        assert queries.collection_named(desk.member, "Library", compartment=other).compartment == other
