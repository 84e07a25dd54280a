"""Every write to a case leaves a line in the ledger; every read asks who is asking."""

from __future__ import annotations

import inspect
from datetime import date

import pytest

from panah import law
from panah.cases import actions, queries
from panah.cases.actions import OfAnotherCase
from panah.cases.queries import CaseUnknown, FactUnknown, StatementUnknown, SupportUnknown
from panah.law import Box, Stance
from panah.team import queries as team
from panah.team.actions import Verb
from panah.team.models import LedgerLine


@pytest.fixture
def fact(desk, case):
    return desk.fact(case)


@pytest.fixture
def contradiction(desk, fact):
    paper = desk.paper("She was not held.")
    return actions.support(fact=fact, stance=Stance.CONTRADICTS, paper=paper, **desk.act)


A_DAY = date(2031, 12, 31)


def _find(_support, case, act):
    element = law.framework("cat-3").claims[0].id
    actions.find(case=case, framework_id="cat-3", element_id=element, words="Yes.", reasons="So.", **act)


def _support(kept, case, act):
    actions.support(
        fact=actions.state_fact(case=case, words="B.", **act), stance=Stance.SILENT, paper=kept.paper, **act
    )


WRITES = {
    "open_case": (Verb.OPENED, lambda kept, case, act: actions.open_case(called="B", reference="B", **act)),
    "add_name": (Verb.NAMED, lambda kept, case, act: actions.add_name(case=case, name="B", script="Latn", **act)),
    "choose_frameworks": (
        Verb.CHOSE_LAW,
        lambda kept, case, act: actions.choose_frameworks(case=case, framework_ids=["cat-3", "echr-3"], **act),
    ),
    "record_statement": (Verb.RECORDED, lambda kept, case, act: actions.record_statement(case=case, words="B", **act)),
    "state_fact": (Verb.STATED, lambda kept, case, act: actions.state_fact(case=case, words="B", **act)),
    "support": (Verb.SUPPORTED, _support),
    "withdraw_support": (Verb.WITHDREW, lambda kept, case, act: actions.withdraw_support(support=kept, **act)),
    "put_to_applicant": (
        Verb.PUT,
        lambda kept, case, act: actions.put_to_applicant(support=kept, put_at="B", her_answer="", **act),
    ),
    "weigh": (Verb.WEIGHED, lambda kept, case, act: actions.weigh(fact=kept.fact, boxes={Box.COHERENT: "B"}, **act)),
    "find": (Verb.FOUND, _find),
    "add_relative": (Verb.RECORDED, lambda kept, case, act: actions.add_relative(case=case, name="B", **act)),
    "change_relative": (
        Verb.RECORDED,
        lambda kept, case, act: actions.change_relative(
            relative=actions.add_relative(case=case, name="B", **act),
            name="C", relation="", whereabouts="", note="", **act,
        ),
    ),
    "remove_relative": (
        Verb.WITHDREW,
        lambda kept, case, act: actions.remove_relative(
            relative=actions.add_relative(case=case, name="B", **act), **act
        ),
    ),
    "reveal": (Verb.REVEALED, lambda kept, case, act: actions.reveal(case=case, **act)),
    "retain": (Verb.RETAINED, lambda kept, case, act: actions.retain(case=case, until=A_DAY, reason="B", **act)),
    "hold": (Verb.HELD, lambda kept, case, act: actions.hold(case=case, reason="B", **act)),
    "lift_hold": (
        Verb.LIFTED_HOLD,
        lambda kept, case, act: (
            actions.hold(case=case, reason="B", **act), actions.lift_hold(case=case, **act),
        ),
    ),
}  # fmt: skip


class TestLedger:
    @pytest.mark.parametrize("name", WRITES)
    def test_has_a_line_for_each_act(self, desk, case, contradiction, name):
        verb, write = WRITES[name]
        before = LedgerLine.objects.count()
        write(contradiction, case, desk.act)
        last = LedgerLine.objects.order_by("-seq").first()
        assert LedgerLine.objects.count() > before
        assert (last.verb, last.kind, last.by) == (verb, "case", "Invented Member")
        assert last.subject == ("B" if name == "open_case" else "2026-014")
        assert team.first_broken_line() is None

    def test_knows_every_verb_of_the_package(self):
        acts = {
            name for name, act in vars(actions).items() if not name.startswith("_")
            and inspect.isfunction(act) and act.__module__.startswith(actions.__name__) and "by" in inspect.signature(act).parameters
        }  # fmt: skip
        assert acts - WRITES.keys() == {"free_reference", "own_compartment", "seal"}  # they write to no case

    def test_holds_no_words_of_the_case(self, desk, case):
        secret = "An invented secret"
        told = actions.record_statement(case=case, words=secret, occasion=secret, **desk.act)
        desk.fact(case, secret, supported_by=desk.paper(secret), statement=told)
        actions.add_name(case=case, name=secret, script="Latn", **desk.act)
        assert secret not in str([line.said for line in LedgerLine.objects.all()])

    def test_says_that_a_body_of_law_was_taken_away_again(self, desk, case):
        before = LedgerLine.objects.count()
        actions.choose_frameworks(case=case, framework_ids=[], **desk.act)
        assert LedgerLine.objects.count() == before + 1

    def test_has_no_line_for_what_was_refused(self, desk, case):
        told = actions.record_statement(case=desk.case("B"), words="So.", **desk.act)
        before = LedgerLine.objects.count()
        with pytest.raises(OfAnotherCase):
            desk.fact(case, statement=told)
        assert LedgerLine.objects.count() == before

    def test_has_no_line_for_what_changed_nothing(self, desk, case):
        actions.add_name(case=case, name="Ayperi", script="Latn", **desk.act)
        before = LedgerLine.objects.count()
        actions.add_name(case=case, name="Ayperi", script="Latn", **desk.act)
        actions.choose_frameworks(case=case, framework_ids=["cat-3"], **desk.act)
        assert LedgerLine.objects.count() == before


class TestQueries:
    def test_take_the_asker_first_or_what_only_she_could_have_got(self):
        asked = {
            name: next(iter(inspect.signature(read).parameters.values())).annotation
            for name, read in vars(queries).items()
            if inspect.isfunction(read) and read.__module__ == queries.__name__ and not name.startswith("_")
        }
        assert {name for name, first in asked.items() if first == "Member"} == {
            "cases", "case", "log", "overdue", "relative", "relatives",
        }  # fmt: skip
        of_her_case = {"Case", "Fact", "Support"}
        assert {name for name, first in asked.items() if first not in of_her_case | {"Member"}} == {"element"}

    def test_give_the_newest_case_first_with_the_number_of_its_facts(self, desk, member, fact):
        desk.case("B")
        assert [(case.reference, case.fact_count) for case in queries.cases(member)] == [("B", 0), ("2026-014", 1)]

    @pytest.mark.parametrize("reference", ["2026-015", "", "2026-01", "2026-014 ", "%", "2026_014"])
    def test_know_a_case_by_its_reference_alone(self, member, case, reference):
        assert queries.case(member, "2026-014") == case
        with pytest.raises(CaseUnknown) as unknown:
            queries.case(member, reference)
        assert unknown.value.status == 404

    def test_find_nothing_of_another_case(self, desk, case, contradiction):
        actions.record_statement(case=case, words="So.", **desk.act)
        other = desk.case("B")
        asked = (queries.fact, 1, FactUnknown), (queries.statement, 1, StatementUnknown), (queries.support, contradiction.pk, SupportUnknown)  # fmt: skip
        for query, key, error in asked:
            assert query(case, key)
            with pytest.raises(error) as unknown:
                query(other, key)
            assert unknown.value.status == 404

    def test_count_the_quotations_of_a_case_once(self, desk, case):
        quotation = desk.quote(desk.paper("She was held in 2018."), "She was held")
        facts = [desk.fact(case, words, supported_by=quotation) for words in ("A.", "B.")]
        element = law.framework("cat-3").claims[0].id
        said = {"framework_id": "cat-3", "element_id": element, "words": "Yes.", "reasons": "So."}
        actions.find(case=case, **said, facts=facts, quotations=[quotation], **desk.act)
        assert list(queries.quotations(case)) == [quotation]
        assert list(queries.quotations(desk.case("B"))) == []

    def test_offer_the_words_of_a_paper_of_the_case_before_anything_rests_on_them(self, desk, case):
        own = desk.quote(desk.paper("She was held in 2018.", shelf=case.papers.name), "She was held")
        desk.quote(desk.paper("Others were held in 2018."), "Others were held")
        first, second = desk.fact(case, "A."), desk.fact(case, "B.")
        assert list(queries.quotations(case)) == list(queries.quotations_beside(first, None)) == [own]
        actions.support(fact=second, stance=Stance.SUPPORTS, quotation=own, **desk.act)
        assert list(queries.quotations_beside(first, None)) == []
        assert list(queries.quotations_beside(second, None)) == [own]
