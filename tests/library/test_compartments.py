"""The library in compartments: what a member may not see does not exist, and what is shared is seen and no more."""

from __future__ import annotations

from uuid import uuid4

import pytest

from panah.library import actions, queries
from panah.library.actions import Details, OfAnotherCompartment
from panah.library.models import Collection, Document, Share
from panah.library.queries import (
    CollectionAmbiguous,
    CollectionUnknown,
    CompartmentNeeded,
    DocumentUnknown,
    Shelf,
)
from panah.library.rules import CollectionNameUnusable
from panah.team.actions import admit, join
from panah.team.models import LedgerLine
from panah.team.queries import CompartmentUnknown, NotAllowed
from panah.team.rules import Role
from panah.vault.actions import set_up
from panah.vault.data_keys import store_of
from support.members import signed_in
from support.workbench import Desk

WORDS = "She was held in 2018 at the market of an invented town."


@pytest.fixture
def desk(member, readers):
    """A member at work in a compartment of hers, Library."""
    return Desk(member, readers)


@pytest.fixture
def other(db, now, readers):
    """A colleague at work in a compartment of his, which is called Library too."""
    return Desk(join(name="Invented Colleague", now=now), readers)


@pytest.fixture
def paper(desk):
    return desk.paper(WORDS, shelf="Country notes", title="A note")


@pytest.fixture
def admitted(desk, paper, other):
    """Gives the colleague a role in her compartment."""

    def admitted(role):
        admit(compartment=paper.compartment, member=other.member, role=role, **desk.act)

    return admitted


@pytest.fixture
def share(paper, other):
    """Her collection, shared with his compartment: he is its guest."""
    his = other.shelf("Library").compartment
    return Share.objects.create(collection=paper.collection, compartment=his, since=other.now())


def browser(desk):
    return signed_in(desk.member)


class TestStranger:
    """What he may not see does not exist."""

    def test_sees_no_document_and_no_collection(self, other, paper):
        assert not queries.documents(other.member).exists()
        assert not queries.collections(other.member).exists()

    def test_is_told_the_same_of_it_as_of_what_never_was(self, other, paper):
        said = []
        for reference in (paper.pk, uuid4()):
            with pytest.raises(DocumentUnknown) as unknown:
                queries.document(other.member, reference)
            said.append(unknown.value.sentence.replace(str(reference), "…"))
        assert said[0] == said[1]
        for name in ("Country notes", "Nowhere"):
            with pytest.raises(CollectionUnknown):
                queries.collection_named(other.member, name)

    def test_does_not_find_its_words(self, desk, other, paper):
        assert queries.find(desk.member, "market").total == 1
        assert queries.find(other.member, "market").total == 0
        with pytest.raises(CollectionUnknown):
            queries.find(other.member, "market", collection="Country notes")

    def test_does_not_get_its_quotations(self, desk, other, paper):
        quotation = desk.quote(paper, "held in 2018")
        assert queries.quotation(desk.member, quotation.pk) == quotation
        with pytest.raises(DocumentUnknown):
            queries.quotation(other.member, quotation.pk)

    @pytest.mark.parametrize("page", ["", "/original", "?q=market"])
    def test_finds_no_page_of_it(self, other, paper, page):
        assert browser(other).get(f"/library/documents/{paper.pk}{page}").status_code == 404

    def test_takes_in_the_same_bytes_as_if_nobody_had_them(self, other, paper):
        copy = other.paper(WORDS, shelf="Country notes", title="My own")
        assert copy.original.digest == paper.original.digest
        assert copy.original != paper.original
        assert copy.reading != paper.reading
        assert list(queries.documents(other.member)) == [copy]
        assert queries.find(other.member, "market").total == 1

    @pytest.mark.parametrize("act", ["shelve", "describe", "supersede"])
    def test_may_do_nothing_there(self, desk, other, paper, act):
        newer = desk.paper("A newer one.", shelf="Country notes")
        before = LedgerLine.objects.count()
        with pytest.raises(NotAllowed):
            _act(act, other, paper, newer)
        assert LedgerLine.objects.count() == before


class TestReader:
    """Sees everything of the compartment, and changes nothing."""

    @pytest.fixture(autouse=True)
    def reader(self, admitted):
        admitted(Role.READER)

    def test_finds_and_reads(self, other, paper):
        assert queries.document(other.member, paper.pk) == paper
        assert queries.find(other.member, "market").total == 1
        assert browser(other).get(f"/library/documents/{paper.pk}").status_code == 200

    @pytest.mark.parametrize("act", ["shelve", "describe", "supersede"])
    def test_writes_nothing(self, desk, other, paper, act):
        newer = desk.paper("A newer one.", shelf="Country notes")
        before = LedgerLine.objects.count()
        with pytest.raises(NotAllowed, match="As reader of this compartment you may not work here"):
            _act(act, other, paper, newer)
        assert LedgerLine.objects.count() == before

    def test_is_told_so_on_the_page(self, other, paper):
        answer = browser(other).post(f"/library/documents/{paper.pk}/describe", {"title": "Another"})
        assert (answer.status_code, "not-allowed" in answer.content.decode()) == (403, True)
        assert Document.objects.get(pk=paper.pk).title == "A note"


class TestGuest:
    """Sees what is shared with a compartment of his, and of the rest nothing."""

    def test_finds_and_reads_what_is_shared(self, other, paper, share):
        assert queries.document(other.member, paper.pk) == paper
        assert queries.find(other.member, "market", collection="Country notes").total == 1
        assert browser(other).get(f"/library/documents/{paper.pk}").status_code == 200

    def test_does_not_see_what_stands_beside_it(self, desk, other, share):
        secret = desk.paper("An invented secret.", shelf="Others")
        assert secret not in queries.documents(other.member)
        assert queries.find(other.member, "secret").total == 0

    def test_quotes_it(self, other, paper, share):
        assert queries.quotation(other.member, other.quote(paper, "held in 2018").pk).words == "held in 2018"

    @pytest.mark.parametrize("act", ["shelve", "describe", "supersede"])
    def test_writes_nothing(self, desk, other, paper, share, act):
        newer = desk.paper("A newer one.", shelf="Country notes")
        with pytest.raises(NotAllowed, match="As guest"):
            _act(act, other, paper, newer)

    def test_no_longer_once_the_share_has_ended(self, other, paper, share):
        share.until = other.now()
        share.save()
        assert not queries.documents(other.member).exists()
        assert queries.find(other.member, "market").total == 0

    def test_no_longer_once_the_compartment_has(self, other, paper, share):
        compartment = paper.compartment
        compartment.name, compartment.erased_at = "", other.now()
        compartment.save()
        assert not queries.documents(other.member).exists()

    def test_is_told_of_a_newer_version_where_he_may_see_it(self, desk, other, paper, share):
        seen, unseen = (
            desk.paper(f"A newer one for {shelf}.", shelf=shelf, title=f"Newer in {shelf}")
            for shelf in ("Country notes", "Others")
        )
        actions.supersede(older=paper, newer=unseen, **desk.act)
        assert queries.versions(desk.member, paper) == (None, unseen)
        assert queries.versions(other.member, paper) == (None, None)
        assert "Newer in Others" not in browser(other).get(f"/library/documents/{paper.pk}").content.decode()
        actions.supersede(older=seen, newer=desk.paper("The newest.", shelf="Country notes"), **desk.act)
        assert queries.versions(other.member, seen).newer.path == "paper.txt"


class TestSupersede:
    def test_refuses_a_document_of_another_compartment(self, desk, other, paper, admitted):
        """Who sees the one might not see the other."""
        theirs = other.paper("A newer one.", title="His")
        admitted(Role.WORKER)
        with pytest.raises(OfAnotherCompartment, match="“His” cannot take the place of “A note”"):
            actions.supersede(older=paper, newer=theirs, **other.act)
        assert not Document.objects.filter(supersedes__isnull=False).exists()


class TestShelf:
    def test_is_the_collection_of_that_name(self, desk, paper):
        assert queries.shelf(desk.member, "Country notes") == Shelf(paper.compartment, "Country notes")

    def test_that_is_new_stands_in_the_library(self, desk):
        set_up(name="Another", **desk.act)
        assert queries.shelf(desk.member, "New").compartment.name == "Library"
        assert not Collection.objects.filter(name="New").exists()

    def test_that_is_new_stands_in_the_only_compartment_there_is_to_work_in(self, db, now):
        someone = join(name="Invented Newcomer", now=now)
        only = set_up(name="Asylum", by=someone, now=now)
        assert queries.shelf(someone, "New") == Shelf(only, "New")

    def test_that_is_new_is_refused_where_there_are_several_and_none_is_the_library(self, db, now):
        someone = join(name="Invented Newcomer", now=now)
        with pytest.raises(CompartmentNeeded):
            queries.shelf(someone, "New")
        for name in ("Asylum", "Custody"):
            set_up(name=name, by=someone, now=now)
        with pytest.raises(CompartmentNeeded, match="in which compartment the new collection “New” shall stand"):
            queries.shelf(someone, "New")
        assert queries.shelf(someone, "New", compartment="Custody").compartment.name == "Custody"

    def test_of_a_name_that_two_compartments_have_is_refused_unless_one_is_named(self, desk, paper):
        second = set_up(name="Second", **desk.act)
        Collection.objects.create(compartment=second, name="Country notes")
        with pytest.raises(CollectionAmbiguous):
            queries.shelf(desk.member, "Country notes")
        with pytest.raises(CollectionAmbiguous):
            queries.find(desk.member, "market", collection="Country notes")
        assert queries.shelf(desk.member, "Country notes", compartment="Second").compartment == second

    def test_of_a_name_that_only_a_stranger_uses_tells_nothing(self, other, paper):
        assert queries.shelf(other.member, "Country notes").compartment != paper.compartment

    def test_that_one_may_only_see_is_refused(self, other, paper, share):
        with pytest.raises(NotAllowed):
            queries.shelf(other.member, "Country notes")

    def test_in_a_compartment_that_one_does_not_see_is_unknown(self, desk, other):
        set_up(name="Hers", **desk.act)
        with pytest.raises(CompartmentUnknown):
            queries.shelf(other.member, "New", compartment="Hers")

    def test_of_a_name_that_cannot_be_is_refused(self, desk):
        with pytest.raises(CollectionNameUnusable):
            queries.shelf(desk.member, "two\nlines")


def _act(act, desk, paper, newer):
    """What changes something, done by whoever is at a desk."""
    if act == "shelve":
        kept = store_of(paper.compartment.pk).keep([b"Slipped in."])
        actions.shelve(
            kept=kept, media_type="text/plain", path="x.txt", shelf=Shelf(paper.compartment, "Country notes"),
            details=Details(), **desk.act,
        )  # fmt: skip
    elif act == "describe":
        actions.describe(document=paper, details=Details(title="Another"), **desk.act)
    else:
        actions.supersede(older=paper, newer=newer, **desk.act)
