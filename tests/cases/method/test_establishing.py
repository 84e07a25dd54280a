"""Facts by the method: what is written down stays, belongs to its case, and says nothing of the person."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from panah import law
from panah.cases import queries as cases
from panah.cases.actions import LineBroken, LineTooLong, OfAnotherCase, WrittenMeanwhile, find
from panah.cases.method import actions, queries
from panah.cases.method.actions import AbsenceUnexplained, AssessmentWithoutWords, FactorWithoutWords, NotAskedAnywhere
from panah.cases.method.queries import CircumstanceUnknown, DistortionUnknown, IndicatorUnknown, SlotUnknown
from panah.cases.models import Acceptance, Explanation, Inventoried
from panah.law import Acceptance as Accepted
from panah.law import Presence, Rule, StageId
from panah.team.actions import Verb, admit, join
from panah.team.models import LedgerLine
from panah.team.queries import NotAllowed
from panah.team.rules import Role


@pytest.fixture
def fact(desk, case):
    return desk.fact(case)


@pytest.fixture
def told(desk, case):
    from panah.cases.actions import record_statement

    return record_statement(case=case, words="They came in May.", **desk.act)


@pytest.fixture
def elsewhere(desk):
    """A fact, a statement and a paper of another case."""
    from panah.cases.actions import record_statement

    other = desk.case("B")
    return desk.fact(other), record_statement(case=other, words="B", **desk.act), desk.paper("B", shelf="Case B")


class TestAssess:
    def test_keeps_the_words_and_what_they_rest_on(self, desk, fact, told):
        quotation = desk.quote(desk.paper("She was held in 2018."), "held in 2018")
        made = actions.assess(
            fact=fact,
            indicator="CI.int",
            words=" Both agree.\r\n",
            quotations=[quotation],
            statements=[told],
            **desk.act,
        )
        assert (made.words, made.by, made.current) == ("Both agree.", desk.member.name, True)
        assert list(made.quotations.all()) == [quotation]
        assert list(made.statements.all()) == [told]

    def test_replaces_an_earlier_one_which_stays(self, desk, fact):
        old, new = (actions.assess(fact=fact, indicator="CI.int", words=words, **desk.act) for words in "ab")
        shown = next(each for each in queries.assessments(desk.member, fact) if each.indicator.id == "CI.int")
        assert (shown.standing, list(shown.earlier)) == (new, [old])

    def test_leaves_the_other_indicators_as_they_are(self, desk, fact):
        actions.assess(fact=fact, indicator="CI.int", words="a", **desk.act)
        actions.assess(fact=fact, indicator="CI.det", words="b", **desk.act)
        assert [bool(each.standing) for each in queries.assessments(desk.member, fact)] == [
            True,
            True,
            False,
            False,
            False,
        ]

    @pytest.mark.parametrize(
        ("said", "error"),
        [
            ({"indicator": "CI.demeanour"}, IndicatorUnknown),
            ({"indicator": ""}, IndicatorUnknown),
            ({"words": " \n"}, AssessmentWithoutWords),
            ({"author": "a\x00b"}, LineBroken),
            ({"author": "a" * 101}, LineTooLong),
        ],
    )
    def test_refuses_what_says_nothing_or_is_not_known(self, desk, fact, said, error):
        with pytest.raises(error):
            actions.assess(**{"fact": fact, "indicator": "CI.int", "words": "a", **said}, **desk.act)
        assert not fact.assessments.exists()

    def test_refuses_a_statement_of_another_case(self, desk, fact, elsewhere):
        with pytest.raises(OfAnotherCase):
            actions.assess(fact=fact, indicator="CI.int", words="a", statements=[elsewhere[1]], **desk.act)


class TestConclude:
    @pytest.mark.parametrize("accepted", list(Accepted))
    def test_keeps_what_a_human_says(self, desk, fact, accepted):
        made = actions.conclude(fact=fact, accepted=accepted, reasons="So.", past_harm=True, **desk.act)
        assert (made.accepted, made.reasons, made.past_harm) == (accepted, "So.", True)

    def test_replaces_an_earlier_one_which_stays(self, desk, fact):
        old = actions.conclude(fact=fact, accepted=Accepted.NOT_ACCEPTED, **desk.act)
        new = actions.conclude(fact=fact, accepted=Accepted.ACCEPTED, reasons="So.", **desk.act)
        assert queries.acceptances(desk.member, fact) == [new, old]

    def test_is_one_that_stands_and_the_database_says_so(self, desk, fact):
        actions.conclude(fact=fact, accepted=Accepted.ACCEPTED, **desk.act)
        with pytest.raises(IntegrityError), transaction.atomic():
            Acceptance.objects.create(fact=fact, accepted="accepted", by="A", written_at=desk.now())


class TestMeanwhile:
    """Two members write at once: the second is told, and nothing of either is lost."""

    @pytest.fixture(params=["assess", "conclude", "find"])
    def write(self, request, desk, case, fact, element):
        def assess(words, over):
            return actions.assess(fact=fact, indicator="CI.int", words=words, over=over, **desk.act)

        def conclude(words, over):
            return actions.conclude(fact=fact, accepted=Accepted.ACCEPTED, reasons=words, over=over, **desk.act)

        def answer(words, over):
            return find(
                case=case, framework_id="cat-3", element_id=element.id, words=words, reasons="", over=over, **desk.act
            )

        return {"assess": assess, "conclude": conclude, "find": answer}[request.param]

    def test_the_second_first_one_is_refused(self, desk, write):
        first = write("One.", 0)
        with pytest.raises(WrittenMeanwhile) as caught:
            write("Other.", 0)
        assert caught.value.sentence.startswith(f"{desk.member.name} wrote this after your page was made")
        assert caught.value.status == 409
        first.refresh_from_db()
        assert first.current

    def test_who_saw_the_first_may_replace_it_and_who_saw_an_older_one_may_not(self, write):
        first = write("One.", 0)
        second = write("Two.", first.pk)
        with pytest.raises(WrittenMeanwhile):
            write("Three.", first.pk)
        second.refresh_from_db()
        assert second.current

    def test_nobody_asks_where_nothing_is_said(self, write):
        write("One.", None)
        assert write("Two.", None).current


class TestExplanation:
    def test_keeps_the_place_the_question_and_the_answer(self, desk, fact):
        actions.seek_explanation(fact=fact, put_at=" Interview, 00:12:30 ", asked="Why?", her_answer="So.", **desk.act)
        (kept,) = queries.explanations(desk.member, fact)
        assert (kept.put_at, kept.asked, kept.her_answer) == ("Interview, 00:12:30", "Why?", "So.")

    @pytest.mark.parametrize(
        ("put_at", "error"), [("", NotAskedAnywhere), (" ", NotAskedAnywhere), ("a" * 301, LineTooLong)]
    )
    def test_refuses_one_that_was_asked_nowhere(self, desk, fact, put_at, error):
        with pytest.raises(error):
            actions.seek_explanation(fact=fact, put_at=put_at, her_answer="So.", **desk.act)

    def test_can_be_taken_out(self, desk, fact):
        made = actions.seek_explanation(fact=fact, put_at="Interview", **desk.act)
        actions.withdraw_explanation(explanation=made, **desk.act)
        assert not Explanation.objects.exists()


class TestDistortions:
    def test_concern_the_person_or_one_telling(self, desk, case, told, fact):
        from panah.cases.actions import state_fact

        of_telling = state_fact(case=case, words="B", statement=told, **desk.act)
        actions.take_account(case=case, factor="trauma", words="A report says so.", **desk.act)
        actions.take_account(case=case, factor="interpreter", words="Mandarin.", statement=told, **desk.act)
        taken = queries.distortions(desk.member, case)
        assert [each.factor.id for each in taken] == ["trauma", "interpreter"]
        assert [each.concerns(fact) for each in taken] == [True, False]
        assert [each.concerns(of_telling) for each in taken] == [True, True]

    @pytest.mark.parametrize(
        ("said", "error"), [({"factor": "demeanour"}, CircumstanceUnknown), ({"words": "\n"}, FactorWithoutWords)]
    )
    def test_refuse_what_says_nothing_or_is_not_known(self, desk, case, said, error):
        with pytest.raises(error):
            actions.take_account(**{"case": case, "factor": "trauma", "words": "a", **said}, **desk.act)

    def test_refuse_a_telling_of_another_case(self, desk, case, elsewhere):
        with pytest.raises(OfAnotherCase):
            actions.take_account(case=case, factor="trauma", words="a", statement=elsewhere[1], **desk.act)

    def test_can_be_taken_out(self, desk, case):
        actions.withdraw_distortion(
            distortion=actions.take_account(case=case, factor="trauma", words="a", **desk.act), **desk.act
        )
        with pytest.raises(DistortionUnknown):
            queries.distortion(desk.member, case, 1)


class TestInventory:
    def test_has_ten_places_in_the_law_s_order_filled_or_not(self, desk, case):
        paper = desk.paper("Passport.", shelf="Case 2026-014")
        actions.take_inventory(
            case=case, slot="travel-documents", presence=Presence.PRESENT, papers=[paper], **desk.act
        )
        shown = queries.inventory(desk.member, case)
        assert [bool(each.found) for each in shown] == [False] * 9 + [True]
        assert list(shown[-1].found.papers.all()) == [paper]

    def test_says_what_was_said_last(self, desk, case):
        actions.take_inventory(case=case, slot="age", presence=Presence.ABSENT, **desk.act)
        actions.take_inventory(case=case, slot="age", presence=Presence.EXPLAINED, words="They took it.", **desk.act)
        (kept,) = Inventoried.objects.filter(case=case)
        assert (kept.presence, kept.words) == ("explained", "They took it.")

    def test_refuses_an_explanation_without_words_and_a_place_that_is_none(self, desk, case, elsewhere):
        with pytest.raises(AbsenceUnexplained):
            actions.take_inventory(case=case, slot="age", presence=Presence.EXPLAINED, words=" ", **desk.act)
        with pytest.raises(SlotUnknown):
            actions.take_inventory(case=case, slot="wealth", presence=Presence.PRESENT, **desk.act)
        with pytest.raises(OfAnotherCase):
            actions.take_inventory(case=case, slot="age", presence=Presence.PRESENT, papers=[elsewhere[2]], **desk.act)


class TestRecord:
    def test_is_what_the_law_reads(self, desk, case, fact, told):
        quotation = desk.quote(desk.paper("She was held in 2018."), "held in 2018")
        actions.assess(fact=fact, indicator="CI.plaus", words="a", quotations=[quotation], **desk.act)
        actions.conclude(fact=fact, accepted=Accepted.NOT_ACCEPTED, **desk.act)
        (read,) = cases.record(case).facts
        assert [(each.indicator, each.rests) for each in read.assessed] == [("CI.plaus", True)]
        rules = {gap.rule for gap in cases.gaps(case)}
        assert {Rule.EXPLANATION_NOT_SOUGHT, Rule.REFUSED_WITHOUT_REASONS, Rule.CIRCUMSTANCES_NOT_CONSIDERED} <= rules
        actions.conclude(fact=fact, accepted=Accepted.NOT_ACCEPTED, reasons="So.", **desk.act)
        actions.seek_explanation(fact=fact, put_at="Interview", **desk.act)
        actions.take_account(case=case, factor="trauma", words="a", **desk.act)
        assert not rules & {gap.rule for gap in cases.gaps(case)} - {Rule.ELEMENT_UNANSWERED, Rule.FACT_WITHOUT_SUPPORT}

    def test_knows_in_which_findings_a_fact_is_used(self, desk, case, fact, element):
        find(
            case=case,
            framework_id="cat-3",
            element_id=element.id,
            words="Yes.",
            reasons="So.",
            facts=[fact],
            **desk.act,
        )
        staged = queries.stage(desk.member, case, fact.number)
        assert staged.fact.used_in == (element.id,)
        assert StageId.USED in staged.stage.reached

    def test_shows_each_stage_in_its_order(self, desk, case, fact):
        (staged,) = queries.stages(desk.member, case)
        assert [state for _, state in staged.lines] == ["reached", "open", "open", "uncalled", "open", "open"]
        assert [name for name, _ in staged.lines] == list(law.method().stages.values())

    def test_asks_for_the_inventory_where_the_law_does(self, desk):
        qualification = desk.case("Q", frameworks=["qr-2024-1347"])
        assert Rule.INVENTORY_OPEN in {gap.rule for gap in cases.gaps(qualification)}
        for slot in law.method().slots:
            actions.take_inventory(case=qualification, slot=slot, presence=Presence.ABSENT, **desk.act)
        assert Rule.INVENTORY_OPEN not in {gap.rule for gap in cases.gaps(qualification)}


WRITES = {
    Verb.ASSESSED_INDICATOR: lambda case, fact, act: actions.assess(fact=fact, indicator="CI.det", words="SECRET", **act),
    Verb.CONCLUDED: lambda case, fact, act: actions.conclude(fact=fact, accepted=Accepted.ACCEPTED, reasons="SECRET", **act),
    Verb.SOUGHT: lambda case, fact, act: actions.seek_explanation(fact=fact, put_at="SECRET", **act),
    Verb.TOOK_ACCOUNT: lambda case, fact, act: actions.take_account(case=case, factor="trauma", words="SECRET", **act),
    Verb.INVENTORIED: lambda case, fact, act: actions.take_inventory(case=case, slot="age", presence=Presence.ABSENT, words="SECRET", **act),
}  # fmt: skip


class TestLedger:
    @pytest.mark.parametrize("verb", list(WRITES))
    def test_has_a_line_of_every_write_without_the_words(self, desk, case, fact, verb):
        before = LedgerLine.objects.count()
        WRITES[verb](case, fact, desk.act)
        line = LedgerLine.objects.order_by("seq").last()
        assert (LedgerLine.objects.count(), line.verb) == (before + 1, verb)
        assert "SECRET" not in f"{vars(line)}{line.details}"

    @pytest.mark.parametrize("verb", list(WRITES))
    def test_nobody_who_only_reads_writes(self, desk, case, fact, verb):
        reader = join(name="Invented Reader", now=desk.now())
        admit(compartment=case.compartment, member=reader, role=Role.READER, **desk.act)
        with pytest.raises(NotAllowed):
            WRITES[verb](case, fact, {"by": reader, "now": desk.now()})
