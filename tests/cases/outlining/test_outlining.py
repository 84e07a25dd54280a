"""What a dossier says to whom: the analytical index, the procedure, and what is open in each of them."""

from __future__ import annotations

import pytest

from panah.cases import actions
from panah.cases.method.actions import assess, conclude, seek_explanation
from panah.cases.outlining import Addressee, LawNotChosen, outline_of
from panah.cases.procedure.actions import Citing, answer
from panah.cases.telling.actions import Judgement, Place, mark
from panah.dossier.outline import Kind
from panah.law import Acceptance, Judged, Stance
from panah.law.checklist import Status
from support.members import signed_in

ALL = ["qr-2024-1347", "cat-3"]


def titles(case, addressee=Addressee.COURT):
    return [section.title for section in outline_of(case, addressee=addressee).sections]


def said(sections):
    """Everything that stands in sections, in the order of reading."""
    for section in sections:
        yield from (block.text for block in section.blocks)
        yield from said(section.sections)


@pytest.fixture
def case(desk):
    return desk.case("R", frameworks=ALL)


class TestReaders:
    def test_get_the_parts_in_their_order(self, case):
        court, authority = titles(case), titles(case, Addressee.AUTHORITY)
        assert court[0] == "The account"
        assert court[-1] == authority[0] == "The procedure"
        assert sorted(court) == sorted(authority)

    def test_an_expert_gets_no_finding_of_ours_but_what_is_open(self, desk, case):
        element = "CAT3.1"
        actions.find(
            case=case, framework_id="cat-3", element_id=element, words="A conclusion.", reasons="So.", **desk.act
        )
        found = outline_of(case, addressee=Addressee.EXPERT)
        assert [section.title for section in found.sections] == titles(case)[:2]
        assert "A conclusion." not in list(said(found.sections))
        assert found.gaps == outline_of(case).gaps

    def test_a_committee_gets_treaties_alone(self, desk, case):
        found = outline_of(case, addressee=Addressee.COMMITTEE)
        assert [law.title for law in found.frameworks] == [
            law.title for law in outline_of(case).frameworks if "Torture" in law.title
        ]
        with pytest.raises(LawNotChosen):
            outline_of(desk.case("Q", frameworks=["qr-2024-1347"]), addressee=Addressee.COMMITTEE)

    def test_one_that_nobody_knows_is_refused_on_the_page(self, desk, case):
        answer = signed_in(desk.member).post("/cases/R/seal", {"addressee": "nonsense"})
        assert answer.status_code == 400
        assert "Seal the dossier" in answer.content.decode()


class TestIndex:
    def test_puts_each_fact_under_its_telling_with_the_newest_country_information_first(self, desk, case):
        told = actions.record_statement(case=case, words="I was held.", **desk.act)
        fact = desk.fact(case, "She was held.", statement=told)
        for date, title in (("2017", "Older"), ("2024-05", "Newest"), ("2019", "Middle")):
            paper = desk.paper(f"Report of {date}.", title=title, date=date, path=title)
            actions.support(fact=fact, stance=Stance.SUPPORTS, paper=paper, **desk.act)
        own = desk.paper("A letter.", title="Letter", shelf="Case R", path="letter")
        actions.support(fact=fact, stance=Stance.SILENT, paper=own, **desk.act)
        desk.fact(case, "She is ill.")
        index = outline_of(case).sections[1]
        assert [section.title for section in index.sections] == ["From statement 1", "From no statement"]
        assert [section.title for section in index.sections[1].sections] == ["Fact 2: She is ill."]
        [section] = index.sections[0].sections
        assert [block.text for block in section.blocks if block.kind is Kind.LABEL] == [
            "From the papers of the case", "Is silent on it: Letter", "Country information, the newest first",
            "Supports: Newest", "Supports: Middle", "Supports: Older",
        ]  # fmt: skip

    def test_has_no_more_headings_than_it_needs_where_nothing_was_told(self, desk, case):
        desk.fact(case, "She is ill.")
        assert [section.title for section in outline_of(case).sections[1].sections] == ["Fact 1: She is ill."]

    def test_says_what_was_assessed_asked_and_concluded_and_where_tellings_differ(self, desk, case):
        first = actions.record_statement(case=case, words="In May.", **desk.act)
        other = actions.record_statement(case=case, words="In April.", **desk.act)
        fact = desk.fact(case, "She was held in May.", statement=first)
        assess(fact=fact, indicator="CI.int", words="The calendars differ.", **desk.act)
        seek_explanation(fact=fact, put_at="Page 4", asked="Which month?", her_answer="Rajab.", **desk.act)
        conclude(fact=fact, accepted=Acceptance.ACCEPTED, reasons="Both are one day.", **desk.act)
        difference = Judgement(Judged.CLARIFICATION)
        mark(case=case, a=Place(first, 3, 6), b=Place(other, 3, 8), judgement=difference, **desk.act)
        words = list(said(outline_of(case).sections))
        for each in ("The calendars differ.", "Which month?", "Rajab.", "Both are one day."):
            assert each in words
        assert "Difference 1: a clarification" in words
        assert any(text.startswith("Accepted, ") for text in words)


class TestProcedure:
    def test_says_what_was_answered_and_names_the_rest_among_the_gaps(self, desk, case):
        paper = desk.paper("The letter.", title="Letter", shelf="Case R")
        answer(
            case=case, item="A7", status=Status.DEFICIENT, words="The consulate was asked.",
            citing=Citing(papers=[paper]), **desk.act,
        )  # fmt: skip
        found = outline_of(case)
        words = list(said(found.sections[-1:]))
        assert "The consulate was asked." in words
        assert any(text.startswith("Examined: deficient.") for text in words)
        assert len([gap for gap in found.gaps if gap[:2] in {"A1", "F9"} and "Not examined" in gap]) >= 2
        assert any("The consulate was asked." in gap for gap in found.gaps)
