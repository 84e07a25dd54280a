"""Reasons that were marked, and verdicts on what the audit proposes: a human's, each with a reason, and none is lost."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from panah.cases.actions import OfAnotherCase, WrittenMeanwhile
from panah.cases.evidence.laid import Place
from panah.cases.models import Reason, Verdict
from panah.cases.procedure.actions import ProposalChanged
from panah.cases.queries import ElementUnknown
from panah.cases.refusal import actions, queries
from panah.cases.refusal.actions import (
    About,
    ConclusionWithoutFact,
    CorrectionWithoutWords,
    GroundsChanged,
    VerdictUnreasoned,
)
from panah.law import Acceptance
from panah.library.actions import WordsDiffer
from panah.team.queries import NotAllowed
from support.roles import colleague


class TestMark:
    def test_says_what_a_reason_is_about(self, desk, case, decision, mark, audited):
        fact = desk.fact(case)
        about = About(
            note="Of page 2.", concludes=Acceptance.NOT_ACCEPTED, elements=[Place("cat-3", "CAT3.1")], facts=[fact]
        )
        kept = mark(about=about)
        [found] = audited().refusal.reasons
        assert (found.id, found.words, found.facts) == ("1", "Her account of the house search is not accepted.", ("1",))
        assert (found.elements, found.concludes) == (("CAT3.1",), Acceptance.NOT_ACCEPTED)
        assert (
            next(each for each in audited().refusal.paragraphs if each.number == found.paragraph).start <= found.start
        )
        assert (kept.note, kept.by) == ("Of page 2.", desk.member.name)

    def test_in_words_that_the_decision_does_not_have_is_refused(self, mark):
        with pytest.raises(WordsDiffer):
            mark("Her account is accepted.")
        assert not Reason.objects.exists()

    def test_concludes_on_a_fact_only(self, mark):
        with pytest.raises(ConclusionWithoutFact):
            mark(about=About(concludes=Acceptance.ACCEPTED))

    def test_answers_only_what_the_law_asks(self, mark):
        with pytest.raises(ElementUnknown):
            mark(about=About(elements=[Place("cat-3", "CAT3.99")]))
        assert not Reason.objects.exists()

    def test_is_about_nothing_of_another_case(self, desk, mark):
        other = desk.fact(desk.case("2026-015"))
        with pytest.raises(OfAnotherCase):
            mark(about=About(facts=[other]))

    def test_cites_nothing_that_its_author_may_not_read(self, desk, case, decision):
        hidden = desk.paper("An invented note that others keep.")
        worker = colleague(desk, case.compartment, "worker", "Invented Worker")
        with pytest.raises(OfAnotherCase):
            actions.mark(
                case=case, decision=decision, words="The application is refused.", about=About(papers=[hidden]),
                by=worker, now=desk.now(),
            )  # fmt: skip

    def test_may_cite_what_the_decision_does_not_name_where_the_case_uses_it(
        self, desk, case, decision, letter, audited
    ):
        press = desk.paper("Students went home in the summer.", title="学成归来")
        desk.paper("Another matter.", title="Another note")
        assert list(queries.citable(desk.member, case, audited())) == [letter]
        desk.fact(case, supported_by=desk.quote(press, "went home in the summer"))
        assert list(queries.citable(desk.member, case, audited())) == [letter, press]

    def test_stands_in_a_paper_of_the_case_alone(self, desk, case):
        elsewhere = desk.paper("A decision of somebody else.")
        with pytest.raises(OfAnotherCase):
            actions.mark(case=case, decision=elsewhere, words="somebody else", **desk.act)

    def test_makes_way_for_what_takes_its_number(self, desk, case, mark):
        first = mark()
        second = mark("The application is refused.", number=1, over=first.pk)
        assert [(each.number, each.current) for each in Reason.objects.order_by("pk")] == [(1, False), (1, True)]
        with pytest.raises(WrittenMeanwhile):
            mark(number=1, over=first.pk)
        assert queries.mark(desk.member, case, 1) == second

    def test_that_there_is_none_of_cannot_be_replaced(self, mark):
        with pytest.raises(queries.ReasonUnknown):
            mark(number=7)

    def test_withdrawn_stays_on_file(self, desk, mark, audited):
        actions.withdraw_mark(reason=mark(), **desk.act)
        assert Reason.objects.get().current is False
        assert audited().refusal.reasons == ()

    def test_keeps_the_decision_and_what_it_cites(self, desk, case, decision, letter, mark):
        kept = mark(about=About(papers=[letter]))
        for row in (decision, letter, kept.quotation):
            with pytest.raises(ProtectedError), transaction.atomic():
                row.delete()

    def test_changes_what_is_proposed(self, desk, case, mark, audited):
        from panah.cases.evidence.actions import lay

        lay(
            case=case, place=Place("cat-3", "CAT3.1"), quotation=desk.quote(desk.paper("It says so."), "so"), **desk.act
        )
        mark("The application is refused.")
        assert "element-not-addressed:CAT3.1" in {each.id for each in audited().rulings}
        mark(about=About(elements=[Place("cat-3", "CAT3.1")]))
        assert "element-not-addressed:CAT3.1" not in {each.id for each in audited().rulings}


class TestVerdict:
    def test_is_given_by_a_human_alone(self, letter, audited):
        assert audited().rulings
        assert audited().open == len(audited().rulings)
        assert not Verdict.objects.exists()

    def test_takes_a_proposal_up_as_a_ground_with_what_shows_it(self, desk, letter, rule, proposed):
        kept = rule(actions.accept, "paper-not-mentioned")
        found = proposed("paper-not-mentioned")
        assert (kept.ground, kept.sought, kept.place) == (found.sentence, found.defect.sought, 1)
        assert kept.authority == found.defect.authority
        assert list(kept.papers.all()) == [letter]
        assert found.verdict == kept

    def test_quotes_the_sentences_of_the_decision_in_which_a_rule_found_words(self, decision, rule, proposed):
        kept = rule(actions.accept, "discretion")
        [quotation] = kept.quotations.all()
        places = proposed("discretion").defect.words
        assert quotation.document == decision
        assert [place.words for place in places] == ["discreet", "not draw attention"]
        assert all(quotation.start <= place.start < place.end <= quotation.end for place in places)
        assert all(place.words in quotation.words for place in places)
        assert quotation.words.endswith(".")

    def test_corrects_a_proposal_in_other_words(self, letter, rule):
        with pytest.raises(CorrectionWithoutWords):
            rule(actions.correct, "paper-not-mentioned", words=" ")
        kept = rule(actions.correct, "paper-not-mentioned", words="The letter was on file.", sought="That it be read.")
        assert (kept.ground, kept.sought) == ("The letter was on file.", "That it be read.")

    def test_that_sets_aside_stays_listed_and_is_no_ground(self, desk, case, decision, letter, rule, audited):
        kept = rule(actions.dismiss, "paper-not-mentioned", reason="It came too late.")
        assert next(each for each in audited().rulings if each.verdict == kept).defect
        assert queries.grounds(desk.member, case, decision) == []

    @pytest.mark.parametrize("verb", [actions.accept, actions.dismiss])
    def test_demands_a_reason(self, letter, rule, verb):
        with pytest.raises(VerdictUnreasoned):
            rule(verb, "paper-not-mentioned", reason=" ")
        assert not Verdict.objects.exists()

    def test_is_refused_where_the_proposal_is_another_by_now(self, letter, rule):
        for said in ({"said": "Another sentence."}, {"defect": "paper-not-mentioned:none"}):
            with pytest.raises(ProposalChanged):
                rule(actions.accept, "paper-not-mentioned", **said)

    def test_of_the_second_of_two_members_is_refused_and_nothing_is_lost(self, letter, rule):
        first = rule(actions.accept, "paper-not-mentioned")
        with pytest.raises(WrittenMeanwhile):
            rule(actions.dismiss, "paper-not-mentioned", over=first.pk - 1)
        rule(actions.dismiss, "paper-not-mentioned")
        assert [(each.outcome, each.current) for each in Verdict.objects.order_by("pk")] == [
            ("accepted", False), ("dismissed", True),
        ]  # fmt: skip

    def test_stays_listed_where_the_fault_is_proposed_no_more(self, desk, letter, rule, audited):
        from panah.library.actions import Details, describe

        kept = rule(actions.accept, "paper-not-mentioned")
        describe(document=letter, details=Details(title="The application is refused"), **desk.act)
        gone = audited().rulings[-1]
        assert (gone.defect, gone.verdict, gone.sentence) == (None, kept, kept.proposed)

    def test_is_not_given_by_a_reader(self, desk, case, decision, letter, proposed):
        reader = colleague(desk, case.compartment, "reader", "Invented Reader")
        found = proposed("paper-not-mentioned")
        with pytest.raises(NotAllowed):
            actions.accept(
                case=case,
                decision=decision,
                defect=found.id,
                said=found.sentence,
                reason="So.",
                by=reader,
                now=desk.now(),
            )

    @pytest.mark.parametrize(
        "broken", [{"reason": ""}, {"proposed": ""}, {"outcome": "corrected", "words": ""}, {"outcome": "dismissed"}, {"place": None}]
    )  # fmt: skip
    def test_is_held_to_that_by_the_database_too(self, letter, rule, broken):
        kept = rule(actions.accept, "paper-not-mentioned")
        with pytest.raises(IntegrityError), transaction.atomic():
            Verdict.objects.filter(pk=kept.pk).update(**broken)

    def test_one_stands_whatever_happens(self, letter, rule):
        first = rule(actions.accept, "paper-not-mentioned")
        rule(actions.accept, "paper-not-mentioned")
        with pytest.raises(IntegrityError), transaction.atomic():
            Verdict.objects.filter(pk=first.pk).update(current=True)


class TestGrounds:
    @pytest.fixture
    def grounds(self, letter, rule):
        return [rule(actions.accept, "paper-not-mentioned"), rule(actions.accept, "discretion")]

    def order(self, desk, case, decision) -> list[int]:
        return [each.pk for each in queries.grounds(desk.member, case, decision)]

    def test_are_put_into_an_order(self, desk, case, decision, grounds):
        first, second = (each.pk for each in grounds)
        assert self.order(desk, case, decision) == [first, second]
        actions.order_grounds(case=case, decision=decision, order=[second, first], **desk.act)
        assert self.order(desk, case, decision) == [second, first]

    @pytest.mark.parametrize("pick", [slice(0, 1), slice(0, 0)])
    def test_are_ordered_all_or_not_at_all(self, desk, case, decision, grounds, pick):
        with pytest.raises(GroundsChanged):
            actions.order_grounds(case=case, decision=decision, order=[each.pk for each in grounds[pick]], **desk.act)

    def test_keep_their_place_when_they_are_decided_anew(self, desk, case, decision, grounds, rule):
        anew = rule(actions.correct, "paper-not-mentioned", words="In other words.")
        assert self.order(desk, case, decision) == [anew.pk, grounds[1].pk]

    def test_say_what_is_asked_for(self, desk, case, decision, grounds):
        asked = actions.ask_for(verdict=grounds[1], sought="That she be heard.", over=grounds[1].pk, **desk.act)
        assert (asked.sought, asked.place) == ("That she be heard.", 2)
        assert list(asked.quotations.all()) == list(grounds[1].quotations.all())
        with pytest.raises(WrittenMeanwhile):
            actions.ask_for(verdict=grounds[1], sought="Mine.", over=grounds[1].pk, **desk.act)
