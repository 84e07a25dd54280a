"""Texts that share wording, as they are taken in, read again, hidden and erased; and what members say of their roots."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection

from panah.library import actions as library_actions
from panah.library import queries as library
from panah.library.actions.reading import becomes_read, parts_of, take_over_reading
from panah.library.extractors.supervisor import Text
from panah.library.kin import index, queries, roots
from panah.library.kin.actions import (
    ApartFromItself,
    ReasonNeeded,
    RootNeeded,
    TracesToItself,
    mark_again,
    take_back,
    tell_apart,
    trace,
)
from panah.library.kin.queries import NothingThere, Place
from panah.library.models import Apart, Passage, Trace
from panah.team.actions import admit, join
from panah.team.models import LedgerLine
from panah.team.queries import NotAllowed
from panah.team.rules import Role
from support.wire import AGENCY
from support.workbench import Desk

REPORT = (
    "This invented yearly survey describes orchards, irrigation ditches and railway timetables of a valley that does not exist. "
    f"A press agency wrote: {AGENCY} The survey continues with harvest figures, melon prices, bridges under repair, and a "
    "chapter about weather stations whose instruments were replaced during spring by volunteers from neighbouring villages."
)
OTHER = (
    "An entirely different invented paper speaks about lighthouses, harbour pilots and the training of young sailors who learn "
    "knots, signals and patience; it mentions neither orchards nor buses, and it was printed for the museum of a small island. "
    "Visitors receive copper tickets, climb ninety narrow steps beneath whitewashed arches, and write their names into a ledger "
    "that pilots started before electricity arrived; afterwards somebody serves fennel bread, salted plums and bitter coffee."
)


@pytest.fixture
def papers(desk):
    """A report that quotes an agency, the agency's text, a copy of that, and something else."""
    said = {
        "report": (REPORT, "2021"),
        "agency": (AGENCY, "2018-04-09"),
        "copy": (AGENCY.upper(), ""),
        "other": (OTHER, "2019"),
    }
    made = {name: desk.paper(words, title=name, date=date) for name, (words, date) in said.items()}
    return {name: library.document(desk.member, paper.pk) for name, paper in made.items()}


def titles(kin) -> list[str]:
    return [one.document.title for one in kin]


class TestKindred:
    def test_are_found_also_inside_longer_texts_the_older_first_the_undated_last(self, desk, papers):
        found = queries.kindred(desk.member, papers["copy"])
        assert (titles(found.close), found.distant) == (["agency", "report"], [])
        agency = found.close[0]
        assert (agency.passages, agency.of, agency.share) == (1, 1, 1.0)
        assert agency.words == len(AGENCY.split())
        [_, report] = found.close
        assert report.share > 0.8

    def test_of_a_text_of_its_own_are_none(self, desk, papers):
        assert queries.kindred(desk.member, papers["other"]) == ([], [])

    def test_are_not_told_of_to_who_may_not_see_them(self, desk, papers, now, readers):
        guest = Desk(join(name="Invented Guest", now=now), readers)
        own = guest.paper(AGENCY, title="own")
        own = library.document(guest.member, own.pk)
        assert queries.kindred(guest.member, own) == ([], [])
        assert [each.place.document.title for each in queries.said(guest.member, own, 0, 1)] == ["own"]
        [hit] = library.find(guest.member, "lantern").hits
        [folded] = queries.folded(guest.member, [hit])
        assert (folded.texts, folded.under) == (1, [])

    def test_pairs_say_where(self, desk, papers):
        [(one, other)] = queries.pairs(desk.member, papers["agency"], papers["report"])
        assert queries.words_at(one) == AGENCY
        assert AGENCY in queries.words_at(other)


class TestSaid:
    def test_names_the_oldest_first_and_who_may_be_it(self, desk, papers):
        start = REPORT.index("Officers")
        said = queries.said(desk.member, papers["report"], start, start + len(AGENCY))
        assert [(each.place.document.title, each.first, each.here) for each in said] == [
            ("agency", True, False), ("report", False, True), ("copy", False, False),
        ]  # fmt: skip
        assert said[1].words == AGENCY

    def test_takes_the_passage_where_words_are_too_few(self, desk, papers):
        said = queries.said(desk.member, papers["copy"], 0, 8)
        assert [(each.words == AGENCY, each.alike) for each in said] == [(True, 1.0), (False, 1.0), (False, 1.0)]
        assert [each.place.document.title for each in said] == ["agency", "report", "copy"]

    def test_refuses_a_place_that_is_not_there(self, desk, papers):
        with pytest.raises(NothingThere):
            queries.said(desk.member, papers["report"], 99_999, 99_999)


class TestFolded:
    def test_puts_hits_that_share_wording_under_the_best_and_loses_none(self, desk, papers):
        results = library.find(desk.member, "lantern OR lighthouses")
        assert results.total == 4
        folded = queries.folded(desk.member, results.hits, first=21)
        assert sum(1 + len(fold.under) for fold in folded) == 4
        [many] = [fold for fold in folded if fold.under]
        assert (many.texts, len(many.under)) == (3, 2)
        assert many.hit == next(hit for hit in results.hits if hit.document.title != "other")
        assert {fold.rank for fold in folded} <= {21, 22, 23, 24}
        together = [{hit.passage.pk for hit in some} for some in queries.together(results.hits)]
        assert together == [{hit.passage.pk for hit in (fold.hit, *fold.under)} for fold in folded]

    def test_of_no_hits_is_nothing(self, desk):
        assert queries.folded(desk.member, []) == []


class TestMarks:
    def test_are_those_of_the_reading_that_a_document_has(self, desk, papers):
        read_otherwise(papers["agency"], OTHER.encode(), desk)
        assert passages_marked() == 4
        assert titles(queries.kindred(desk.member, papers["copy"]).close) == ["report"]
        assert titles(queries.kindred(desk.member, papers["other"]).close) == ["agency"]

    def test_are_forgotten_with_the_compartment(self, desk, papers):
        assert passages_marked() == 4
        library_actions.erase(compartment=papers["report"].compartment)
        assert passages_marked() == 0
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM library_wording_standing")
            assert cursor.fetchone()[0] == 0

    def test_of_an_older_workspace_are_taken_by_an_upgrade_once(self, desk, papers):
        for paper in papers.values():
            index.remove(paper.passages.values_list("pk", flat=True))
        Passage.objects.update(marks=None)
        assert queries.kindred(desk.member, papers["copy"]) == ([], [])
        assert [(one.left, one.damaged) for one in mark_again()] == [(3, False), (2, False), (1, False), (0, False)]
        assert list(mark_again()) == []
        assert titles(queries.kindred(desk.member, papers["copy"]).close) == ["agency", "report"]


def read_otherwise(paper, content, desk) -> None:
    """Gives a document another reading, as another extractor might."""
    whole = Text(content, [(0, len(content))], [], {}, {})
    reading = take_over_reading(document=paper, extractor="another", version="1", text=whole, **desk.act)
    becomes_read(
        document=paper, reading=reading, parts=parts_of(content=content, paragraphs=whole.paragraphs, pages=[])
    )


def passages_marked() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT doc) FROM library_wording_standing")
        return cursor.fetchone()[0]


class TestTrace:
    def test_leads_to_a_document_or_to_a_root_that_is_not_here(self, desk, papers):
        trace(document=papers["report"], to=papers["agency"], because="It names the agency.", **desk.act)
        trace(document=papers["agency"], root=" A  witness ", because="One voice.", **desk.act)
        found = roots.roots_of_document(desk.member, papers["report"])
        assert [(box.key, box.column) for box in found.boxes] == [
            ("A witness", 0), (papers["agency"].pk, 1), (papers["report"].pk, 2),
        ]  # fmt: skip
        assert LedgerLine.objects.filter(verb="traced").count() == 2

    def test_is_replaced_when_said_again_and_can_be_taken_back(self, desk, papers):
        for reason in ("First.", "Second."):
            trace(document=papers["report"], root="Agency", because=reason, **desk.act)
        [mark] = roots.marks(desk.member, papers["report"]).traces
        assert mark.because == "Second."
        take_back(mark=roots.mark(desk.member, mark.pk), **desk.act)
        assert roots.marks(desk.member, papers["report"]) == ([], [])
        assert LedgerLine.objects.filter(verb="withdrew").count() == 1

    def test_refuses_a_circle(self, desk, papers):
        trace(document=papers["report"], to=papers["agency"], because="Named.", **desk.act)
        trace(document=papers["agency"], to=papers["copy"], because="Named.", **desk.act)
        for document, to in (("copy", "report"), ("agency", "agency")):
            with pytest.raises(TracesToItself):
                trace(document=papers[document], to=papers[to], because="Named.", **desk.act)

    @pytest.mark.parametrize(
        ("said", "refusal"),
        [
            ({"because": "Why."}, RootNeeded),
            ({"root": " ", "because": "Why."}, RootNeeded),
            ({"root": "A", "because": " "}, ReasonNeeded),
        ],
    )
    def test_refuses_what_says_nothing(self, desk, papers, said, refusal):
        with pytest.raises(refusal):
            trace(document=papers["report"], **said, **desk.act)

    def test_refuses_both_at_once(self, desk, papers):
        with pytest.raises(RootNeeded):
            trace(document=papers["report"], to=papers["other"], root="A", because="Why.", **desk.act)

    def test_is_refused_to_a_reader(self, desk, papers, now):
        reader = join(name="Invented Reader", now=now)
        admit(compartment=papers["report"].compartment, member=reader, role=Role.READER, **desk.act)
        mark = trace(document=papers["report"], root="A", because="Why.", **desk.act)
        for act in (
            lambda: trace(document=papers["report"], root="B", because="Why.", by=reader, now=now),
            lambda: tell_apart(document=papers["report"], other=papers["copy"], because="Why.", by=reader, now=now),
            lambda: take_back(mark=mark, by=reader, now=now),
        ):
            with pytest.raises(NotAllowed):
                act()

    def test_is_not_told_of_to_who_may_not_see_what_it_leads_to(self, desk, papers, now, readers):
        hidden = Desk(join(name="Invented Guest", now=now), readers)
        own = library.document(hidden.member, hidden.paper(OTHER + " Its own.", title="own").pk)
        admit(compartment=papers["report"].compartment, member=hidden.member, role=Role.WORKER, **desk.act)
        mark = trace(document=papers["report"], to=own, because="Named.", by=hidden.member, now=now)
        assert roots.marks(desk.member, papers["report"]) == ([], [])
        with pytest.raises(roots.MarkUnknown):
            roots.mark(desk.member, mark.pk)
        assert [box.key for box in roots.roots_of_document(desk.member, papers["report"]).boxes] == [
            papers["report"].pk
        ]

    @pytest.mark.parametrize("fields", [{"root": ""}, {"root": "A", "to": "agency"}, {"to": "report"}])
    def test_rows_that_say_nothing_are_refused_by_the_database(self, desk, papers, fields):
        to = papers.get(fields.get("to", ""))
        with pytest.raises(IntegrityError):
            Trace.objects.create(
                document=papers["report"],
                root=fields.get("root", ""),
                to=to,
                because="Why.",
                by=desk.member,
                at=desk.now(),
            )


class TestRootsOfPlaces:
    """What a case asks: how many roots the quotations of a fact have."""

    @pytest.fixture
    def places(self, papers):
        return [
            Place(papers["report"], REPORT.index("Officers"), REPORT.index(" The survey")),
            Place(papers["agency"], 0, len(AGENCY)),
            Place(papers["copy"], 0, 40),
            Place(papers["other"], 0, len(OTHER)),
        ]

    def test_count_copies_once(self, desk, papers, places):
        found = roots.roots_of_places(desk.member, places)
        assert (found.tree.texts, [node.key for node in found.tree.roots]) == (
            4,
            [papers["agency"].pk, papers["other"].pk],
        )

    def test_count_what_was_told_apart_by_itself(self, desk, papers, places):
        mark = tell_apart(document=papers["agency"], other=papers["report"], because="Two interviews.", **desk.act)
        assert len(roots.roots_of_places(desk.member, places[:2]).tree.roots) == 2
        take_back(mark=roots.mark(desk.member, mark.pk), **desk.act)
        assert len(roots.roots_of_places(desk.member, places[:2]).tree.roots) == 1
        assert not Apart.objects.exists()

    def test_nothing_is_apart_from_itself(self, desk, papers):
        with pytest.raises(ApartFromItself):
            tell_apart(document=papers["agency"], other=papers["agency"], because="Why.", **desk.act)

    def test_places_of_the_same_text_with_other_words_are_not_copies(self, desk, papers):
        places = [Place(papers["report"], 0, 80), Place(papers["other"], 0, 60)]
        assert len(roots.roots_of_places(desk.member, places).tree.roots) == 2
