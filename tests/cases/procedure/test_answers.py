"""Answers to the checklist: a human's, with a citation or a search in vain; what rules propose, confirmed or set aside."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from panah.cases.actions import OfAnotherCase, WrittenMeanwhile, put_to_applicant
from panah.cases.models import Answer
from panah.cases.procedure import actions, queries
from panah.cases.procedure.actions import (
    CitationMissing,
    Citing,
    DismissalUnreasoned,
    NotApplicableUnreasoned,
    ProposalChanged,
    ProposalWithoutCitation,
)
from panah.law.checklist import ItemUnknown, Status
from support.roles import colleague


@pytest.fixture
def answer(desk, case):
    def answer(item="A3", status=Status.DEFICIENT, words="Nobody received it.", **said) -> Answer:
        return actions.answer(case=case, item=item, status=status, words=words, **desk.act | said)

    return answer


@pytest.fixture
def standing(desk, case):
    def standing(item: str) -> queries.Standing:
        return next(each for each in queries.standing(desk.member, case, now=desk.now()) if each.item.id == item)

    return standing


class TestAnswer:
    def test_rests_on_what_it_cites(self, desk, case, answer, keep, standing):
        paper = desk.paper("Nobody came to the door.", shelf="Case 2026-014", title="Note")
        citing = Citing(
            quotations=[desk.quote(paper, "Nobody came")], records=[keep("event", {"what": "detained"})],
            facts=[desk.fact(case)], papers=[paper],
        )  # fmt: skip
        written = answer(citing=citing)
        assert written.citations == 4
        assert standing("A3").status is Status.DEFICIENT
        assert list(queries.cites(written)) == ["“Nobody came” (Note)", "Step of the application 1", "Fact 1", "Note"]

    @pytest.mark.parametrize("status", [each for each in Status if each is not Status.NOT_EXAMINED])
    def test_without_a_citation_is_refused(self, case, answer, status):
        with pytest.raises(CitationMissing):
            answer(status=status, reason="So.")

    def test_may_say_instead_where_it_was_looked_in_vain(self, case, answer):
        assert answer(nothing_found="The whole file, for “border”.").citations == 0

    def test_a_search_alone_is_no_citation(self, desk, case, answer):
        from panah.cases.models import Search
        from panah.cases.research.actions import keep
        from panah.cases.research.record import Asked, Put

        search = keep(case=case, through=Search.Through.FINDER, asked=Asked((Put(("border",), 0),)), **desk.act)
        with pytest.raises(CitationMissing):
            answer(citing=Citing(searches=[search]))
        assert list(answer(nothing_found="See there.", citing=Citing(searches=[search])).searches.all()) == [search]

    def test_that_it_does_not_apply_needs_a_reason(self, case, answer):
        with pytest.raises(NotApplicableUnreasoned):
            answer(status=Status.NOT_APPLICABLE, nothing_found="The file.")
        assert answer(status=Status.NOT_APPLICABLE, nothing_found="The file.", reason="She was never held.").reason

    def test_keeps_what_it_cites_from_being_removed(self, desk, case, answer):
        paper = desk.paper("Nobody came to the door.")
        quotation = desk.quote(paper, "Nobody came")
        answer(citing=Citing(quotations=[quotation], papers=[paper]))
        for cited in (quotation, paper):
            with pytest.raises(ProtectedError), transaction.atomic():
                cited.delete()

    def test_may_open_an_item_again(self, case, answer, standing):
        answer(nothing_found="The file.")
        answer(status=Status.NOT_EXAMINED, words="")
        assert standing("A3").status is Status.NOT_EXAMINED

    def test_on_an_item_that_there_is_not_is_refused(self, case, answer):
        with pytest.raises(ItemUnknown):
            answer("Z1", nothing_found="The file.")

    def test_cites_nothing_of_another_case(self, desk, case, answer):
        other = desk.fact(desk.case("2026-015"))
        with pytest.raises(OfAnotherCase):
            answer(citing=Citing(facts=[other]))

    def test_cites_a_paper_that_its_author_may_read_and_no_other(self, desk, case, answer):
        theirs = desk.paper("Of others.", shelf=desk.case("2026-015").papers.name)
        worker = colleague(desk, case.compartment)
        own = [desk.paper("Of the case.", shelf=case.papers.name), desk.paper("Of everybody's library.")]
        assert answer(citing=Citing(papers=[*own, theirs])).citations == 3
        with pytest.raises(OfAnotherCase):
            answer("D3", citing=Citing(papers=[theirs]), by=worker)
        desk.fact(case, supported_by=theirs)
        assert answer("D3", citing=Citing(papers=[theirs]), by=worker).citations == 1

    @pytest.mark.parametrize(
        "broken",
        [
            {"status": "deficient", "citations": 0, "nothing_found": ""},
            {"status": "not_applicable", "citations": 1, "reason": ""},
            {"proposed_by": "A3", "proposed": ""},
        ],
    )
    def test_is_held_to_that_by_the_database_too(self, case, answer, broken):
        written = answer(nothing_found="The file.")
        with pytest.raises(IntegrityError), transaction.atomic():
            Answer.objects.filter(pk=written.pk).update(**broken)


class TestRace:
    def test_the_second_of_two_is_told_and_nothing_is_lost(self, case, answer, standing):
        seen = standing("A3").seen
        answer(nothing_found="The file.", over=seen)
        with pytest.raises(WrittenMeanwhile, match="Invented Member wrote this after your page was made"):
            answer(words="Mine.", nothing_found="The file.", over=seen)
        assert standing("A3").answer.words == "Nobody received it."
        answer(words="Mine.", nothing_found="The file.", over=standing("A3").seen)
        assert [(each.words, each.current) for each in Answer.objects.order_by("pk")] == [
            ("Nobody received it.", False), ("Mine.", True),
        ]  # fmt: skip

    def test_one_answer_stands_whatever_happens(self, case, answer):
        first = answer(nothing_found="The file.")
        answer(nothing_found="The file.")
        with pytest.raises(IntegrityError), transaction.atomic():
            Answer.objects.filter(pk=first.pk).update(current=True)


class TestProposals:
    def test_are_stored_nowhere_until_a_human_confirms(self, desk, case, keep, standing):
        order = keep("removal-order", {"day": "2026-09-01"})
        found = standing("E15")
        assert (found.status, found.proposal.status) == (Status.NOT_EXAMINED, Status.DEFICIENT)
        assert not Answer.objects.exists()
        confirmed = actions.confirm(case=case, item="E15", said=found.proposal.reason, over=0, **desk.act)
        assert (confirmed.status, confirmed.proposed_by, confirmed.words) == ("deficient", "E15", found.proposal.reason)
        assert list(confirmed.records.all()) == [order]

    def test_are_not_confirmed_once_they_are_others(self, desk, case, keep, standing):
        order = keep("removal-order", {"day": "2026-09-01"})
        said = standing("E15").proposal.reason
        keep("removal-order", {"destination": "KZ", "onward": "no"}, number=1, over=order.pk)
        for act in (
            lambda: actions.confirm(case=case, item="E15", said=said, over=0, **desk.act),
            lambda: actions.dismiss(case=case, item="E15", said=said, reason="So.", **desk.act),
        ):
            with pytest.raises(ProposalChanged):
                act()
        assert not Answer.objects.exists()

    def test_that_only_ask_are_not_confirmed(self, desk, case, keep, standing):
        paper = desk.paper("", shelf="Case 2026-014", path="empty.txt")
        keep("decision", {"outcome": "refused"}, paper=paper)
        found = standing("E5")
        assert "nothing was looked for" in found.proposal.reason
        assert not found.confirmable
        with pytest.raises(ProposalWithoutCitation):
            actions.confirm(case=case, item="E5", said=found.proposal.reason, over=0, **desk.act)
        assert standing("E5").status is Status.NOT_EXAMINED

    def test_that_are_set_aside_stay_listed_and_come_back_where_they_say_something_else(
        self, desk, case, keep, standing
    ):
        order = keep("removal-order", {"day": "2026-09-01"})
        said = standing("E15").proposal.reason
        actions.dismiss(case=case, item="E15", said=said, reason="The order was annulled.", **desk.act)
        found = standing("E15")
        assert (found.proposal, [each.reason for each in found.dismissed]) == (None, ["The order was annulled."])
        keep("removal-order", {"destination": "KZ", "onward": "no"}, number=1, over=order.pk)
        assert standing("E15").proposal.status is Status.DEFICIENT

    def test_are_set_aside_for_a_reason(self, desk, case, keep, standing):
        keep("removal-order", {"day": "2026-09-01"})
        with pytest.raises(DismissalUnreasoned):
            actions.dismiss(case=case, item="E15", said=standing("E15").proposal.reason, reason=" ", **desk.act)

    def test_are_kept_beside_an_answer_that_says_otherwise(self, desk, case, keep, standing, answer):
        keep("removal-order", {"day": "2026-09-01"})
        proposal = standing("E15").proposal
        written = answer("E15", Status.ADEQUATE, "It stands in the letter.", nothing_found="-", proposal=proposal)
        assert (written.proposed_by, written.proposed) == ("E15", proposal.reason)

    def test_rest_on_facts_and_on_what_contradicts_them(self, desk, case, standing):
        against = desk.quote(desk.paper("He was at home."), "He was at home.")
        fact = desk.fact(case, supported_by=against, stance="contradicts")
        found = standing("B8")
        assert "“He was at home.”" in found.proposal.reason
        confirmed = actions.confirm(case=case, item="B8", said=found.proposal.reason, over=0, **desk.act)
        assert list(confirmed.quotations.all()) == [against]
        assert list(queries.rests_on(desk.member, case, standing("C9").proposal.rests_on)["facts"]) == [fact]
        put_to_applicant(support=fact.supports.get(), put_at="page 4", her_answer="", **desk.act)
        assert standing("B8").proposal.status is Status.ADEQUATE

    def test_find_words_in_the_paper_of_a_decision(self, desk, case, keep, standing):
        text = "The applicant could be discreet, and that is not too much to ask of her in the city."
        paper = desk.paper(text, shelf="Case 2026-014", title="Decision")
        keep("decision", {"outcome": "refused"}, paper=paper)
        [found] = standing("E5").proposal.words
        assert desk.quote(paper, found.words).start == found.start


class TestGaps:
    def test_are_every_item_at_first_and_no_proposal(self, desk, case, keep):
        keep("removal-order", {"day": "2026-09-01"})
        gaps = queries.procedure_gaps(desk.member, case)
        assert len(gaps) == 74
        assert all(gap.sentence.startswith("Not examined: ") for gap in gaps)
        assert gaps[0].authority.startswith("Regulation (EU) 2024/1348, art. 79(3)")

    @pytest.mark.parametrize(
        ("status", "begins"),
        [
            (Status.ADEQUATE, None), (Status.NOT_APPLICABLE, None), (Status.DEFICIENT, "Deficient: "),
            (Status.UNKNOWN, "A paper that would show it is missing: "), (Status.NOT_EXAMINED, "Not examined: "),
        ],
    )  # fmt: skip
    def test_are_what_is_open_or_wrong(self, desk, case, answer, status, begins):
        answer("A3", status, nothing_found="The file.", reason="So.")
        found = {gap.item: gap.sentence for gap in queries.procedure_gaps(desk.member, case)}
        assert found.get("A3", "").startswith(begins or "")
        assert ("A3" in found) is (begins is not None)
