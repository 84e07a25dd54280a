"""What a case asks of the library: made of words that people wrote, laid out under the law's questions."""

from __future__ import annotations

import pytest

from panah.cases import actions as cases
from panah.cases.evidence import actions, queries
from panah.cases.evidence.laid import Place, laid_beside
from panah.cases.evidence.queries import PassageUnknown
from panah.cases.evidence.questions import Kind
from panah.cases.models import ProfileWords, Support
from panah.cases.queries import ElementUnknown
from panah.law import Stance
from panah.library.kin.actions import trace
from panah.library.queries import CollectionUnknown
from panah.team.queries import NotAllowed
from support.roles import colleague, lines

TORTURE = "Former prisoners from Sapbulaq describe torture in the lamp factory, and name the officers who were there."
CHINESE = "萨普布拉克的囚犯说他们遭受了酷刑。"
OLDER = "In Sapbulaq torture was common in those years, as the clerks of the old court wrote down in their books."


@pytest.fixture
def library(desk):
    """A report of 2019, one of 2024 in Chinese, and one without a word of it."""
    return {
        "old": desk.paper(OLDER, path="old.txt", title="The clerks", date="2016"),
        "report": desk.paper(TORTURE, path="report.txt", title="The lamp factory", date="2019-05"),
        "chinese": desk.paper(CHINESE, path="zh.txt", title="囚犯", date="2024-02", language="zh-Hans"),
        "other": desk.paper("Apples grow on the road to the north.", path="apples.txt", title="Apples"),
    }


def of_element(desk, case, element="CAT3.1", **said):
    [laid] = [one for one in queries.evidence(desk.member, case, **said).laid if one.element.id == element]
    return laid


def titles(laid):
    return [lead.hit.document.title for lead in laid.leads]


class TestEvidence:
    def test_finds_a_concept_in_every_language_beside_the_words_of_the_profile(self, desk, case, library):
        actions.describe(case=case, words={"place": "Sapbulaq"}, **desk.act)
        laid = of_element(desk, case)
        assert titles(laid) == ["The lamp factory", "The clerks", "囚犯"]
        assert {one.question.words for one in laid.answered if one.passages} >= {("torture", "Sapbulaq")}

    def test_asks_a_concept_alone_where_nothing_of_it_stands_beside_the_profile(self, desk, case, library):
        actions.describe(case=case, words={"place": "Altunbulaq"}, **desk.act)
        laid = of_element(desk, case)
        assert titles(laid) == ["囚犯", "The lamp factory", "The clerks"]
        kinds = {one.question.kind: one.passages for one in laid.answered if one.question.concepts[0].id == "torture"}
        assert (kinds[Kind.CONCEPT], kinds[Kind.ALONE]) == (0, 3)
        assert any(one.question.kind is Kind.CONCEPT for one in laid.nothing)

    def test_puts_a_fact_where_its_finding_stands_and_nowhere_else(self, desk, case, library):
        fact = desk.fact(case, "Apples grow along that road")
        assert all(
            any(one.question.kind is Kind.FACTS and one.question.facts == (1,) for one in laid.answered)
            for laid in queries.evidence(desk.member, case).laid
        )
        cases.find(
            case=case, framework_id="cat-3", element_id="GC4.12", words="Yes.", reasons="", facts=[fact], **desk.act
        )
        assert titles(of_element(desk, case, "GC4.12")) == ["Apples"]
        assert not any(one.question.facts for one in of_element(desk, case, "CAT3.1").answered)

    def test_puts_a_fact_where_a_concept_of_it_belongs(self, desk, case, library):
        desk.fact(case, "Her brother told her of torture in the factory")
        told = [one for one in of_element(desk, case).answered if one.question.facts == (1,)]
        assert [(one.question.kind, one.passages) for one in told] == [(Kind.FACT, 1)]
        assert not [one for one in of_element(desk, case, "GC4.18").answered if one.question.kind is Kind.FACTS]

    def test_folds_what_traces_to_one_root_under_the_newest(self, desk, case, library):
        trace(document=library["report"], to=library["old"], because="It cites the clerks.", **desk.act)
        leads = of_element(desk, case).leads
        assert [(lead.hit.document.title, [hit.document.title for hit in lead.under]) for lead in leads] == [
            ("囚犯", []),
            ("The lamp factory", ["The clerks"]),
        ]

    def test_asks_the_collections_that_were_chosen_and_no_papers_of_another_case(self, desk, case, library):
        other = desk.case("2026-015", "Mr Invented", ["cat-3"])
        desk.paper(TORTURE, shelf=other.papers.name, path="his.txt", title="His own paper")
        assert other.papers.name not in queries.collections(desk.member, case)
        assert titles(of_element(desk, case, names=[case.papers.name])) == []
        assert "His own paper" not in titles(of_element(desk, case))
        with pytest.raises(CollectionUnknown):
            queries.evidence(desk.member, case, names=[other.papers.name])

    def test_says_what_was_asked_and_what_gave_nothing(self, desk, case, library):
        asked = queries.evidence(desk.member, case, elements=["CAT3.1"]).asked
        put = next(one for one in asked.puts if one.concepts == ("torture",))
        assert (put.words, put.elements, put.passages) == (("torture",), ("CAT3.1",), 3)
        assert "酷刑" in asked.concepts["torture"].labels
        assert asked.nothing


class TestProfile:
    def test_is_what_the_caseworker_entered_and_is_taken_out_again(self, desk, case):
        assert queries.profile(case) == {}
        actions.describe(case=case, words={"group": "Uyghur\r\n 维吾尔 \n", "place": "Sapbulaq"}, **desk.act)
        assert queries.profile(case) == {"group": ["Uyghur", "维吾尔"], "place": ["Sapbulaq"]}
        actions.describe(case=case, words={"group": "Uyghur"}, **desk.act)
        assert queries.profile(case) == {"group": ["Uyghur"]}
        assert [line.details for line in lines("recorded")] == [{"profile": True}] * 2

    @pytest.mark.parametrize("role", ["reviewer", "reader", None])
    def test_is_for_those_who_work_there(self, desk, case, role):
        with pytest.raises(NotAllowed):
            actions.describe(
                case=case, words={"group": "B"}, by=colleague(desk, case.compartment, role), now=desk.now()
            )
        assert not ProfileWords.objects.exists()


class TestUse:
    def test_quotes_a_passage_with_the_stance_that_was_chosen(self, desk, case, library):
        fact = desk.fact(case)
        hit = of_element(desk, case).leads[1].hit
        kept = actions.use(
            case=case, beside=fact, hit=hit, words="name the officers", stance=Stance.SUPPORTS, **desk.act
        )
        assert (kept.quotation.words, kept.stance) == ("name the officers", "supports")
        assert kept.quotation.document == library["report"]

    def test_needs_a_stance_beside_a_fact(self, desk, case, library):
        hit = of_element(desk, case).leads[1].hit
        with pytest.raises(actions.StanceMissing):
            actions.use(case=case, beside=desk.fact(case), hit=hit, words="name the officers", **desk.act)
        assert not Support.objects.exists()

    def test_lays_a_passage_beside_an_element_once(self, desk, case, library):
        hit = of_element(desk, case).leads[1].hit
        said = {"case": case, "beside": Place("cat-3", "CAT3.1"), "hit": hit, "words": "name the officers"}
        kept = actions.use(**said, **desk.act)
        assert (kept.quotation.words, kept.element) == ("name the officers", "CAT3.1")
        with pytest.raises(actions.LaidTwice):
            actions.use(**said, **desk.act)
        with pytest.raises(ElementUnknown):
            actions.use(**said | {"beside": Place("cat-3", "CAT9")}, **desk.act)
        assert [one.pk for one in laid_beside(case)] == [kept.pk]
        actions.take_up(laid=kept, **desk.act)
        assert not laid_beside(case)

    def test_attaches_nothing_by_itself(self, desk, case, library):
        desk.fact(case)
        queries.evidence(desk.member, case)
        assert not Support.objects.exists()

    def test_knows_no_passage_that_is_not_hers(self, desk, case, library):
        hit = of_element(desk, case).leads[0].hit
        assert queries.passage(desk.member, hit.passage.pk).words == hit.words
        with pytest.raises(PassageUnknown):
            queries.passage(colleague(desk, case.compartment, None), hit.passage.pk)
