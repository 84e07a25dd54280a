"""Opening a case: its reference, its shelf, the names of the applicant, and the law."""

from __future__ import annotations

import pytest

from panah import law, proof
from panah.cases import actions, queries
from panah.cases.actions import CaseNameless, ReferenceTaken, ReferenceUnusable
from panah.cases.models import Case
from panah.law import FrameworkUnknown
from panah.team import queries as team
from panah.team.rules import Role


class TestOpenCase:
    def test_takes_the_next_free_reference_of_the_year(self, desk):
        assert [desk.case().reference for _ in range(3)] == ["2026-001", "2026-002", "2026-003"]

    def test_takes_a_free_reference_where_others_left_a_hole(self, desk):
        for wanted in ("2026-001", "2026-003", "2026-x"):
            desk.case(wanted)
        assert [desk.case().reference, desk.case().reference] == ["2026-002", "2026-004"]

    def test_refuses_a_reference_that_is_taken(self, desk):
        desk.case("A-1")
        with pytest.raises(ReferenceTaken, match="There is already a case A-1") as refused:
            desk.case(" A-1 ")
        assert refused.value.status == 409

    @pytest.mark.parametrize(
        "reference", ["2026-001", "A", "7", "قضية-7", "ئەنزا.1", "案-2026", "Ш-1", "a" * 40, "A..b", "1-"]
    )
    def test_takes_letters_of_any_script_digits_dots_and_hyphens(self, desk, reference):
        assert desk.case(reference).reference == reference

    @pytest.mark.parametrize(
        "reference",
        [
            "a/b",
            "..",
            ".",
            "-1",
            "a b",
            "a_b",
            "a" * 41,
            "a\nb",
            "<b>",
            "a%2f",
            "../x",
            "a\u202eb",
            "a\x00",
            "#1",
            "a?b",
            "🙂",
        ],
    )
    def test_refuses_a_reference_that_is_no_part_of_an_address(self, desk, reference):
        with pytest.raises(ReferenceUnusable):
            desk.case(reference)
        assert not Case.objects.exists()

    @pytest.mark.parametrize("called", ["", " ", "\n\t"])
    def test_refuses_a_case_that_is_called_nothing(self, desk, called):
        with pytest.raises(CaseNameless, match="Say how the applicant is to be called"):
            desk.case(called=called)
        assert not Case.objects.exists()

    def test_has_a_shelf_for_its_papers(self, desk):
        case = desk.case("A-1")
        paper = desk.paper("A letter.", shelf="Case A-1")
        assert list(queries.papers(case)) == [paper]

    def test_finds_the_papers_that_were_there_before_it_in_its_compartment(self, desk):
        paper = desk.paper("A letter.", shelf="Case A-1")
        case = desk.case("A-1", compartment=paper.compartment)
        assert list(queries.papers(case)) == [paper]

    def test_stands_in_a_compartment_of_its_own_which_its_opener_leads(self, desk):
        case = desk.case("A-1")
        assert case.papers.compartment == case.compartment
        assert team.role(desk.member, case.compartment) is Role.LEAD
        assert case.compartment != desk.case("A-2").compartment

    def test_goes_on_in_the_compartment_in_which_opening_it_broke_off(self, desk):
        begun = actions.own_compartment(reference="A-1", **desk.act)
        assert desk.case("A-1").compartment == begun

    def test_keeps_the_name_as_it_was_said(self, desk):
        assert desk.case(called=" ئايپەرى خانىم ").called == "ئايپەرى خانىم"


class TestNames:
    def test_are_kept_in_every_script_and_in_their_order(self, desk, case):
        spellings = [("ئايپەرى خىيال", "Arab"), ("Ayperi Xiyal", "Latn"), ("Айпәри Хиял", "Cyrl"), ("阿依帕日", "Hans")]
        for name, script in spellings:
            actions.add_name(case=case, name=name, script=script, **desk.act)
        assert [(kept.name, kept.script) for kept in case.names.order_by("pk")] == spellings

    def test_the_same_spelling_again_is_the_same(self, desk, case):
        first = actions.add_name(case=case, name="Ayperi", script="Latn", **desk.act)
        assert actions.add_name(case=case, name=" Ayperi ", script="Latn", **desk.act) == first

    def test_of_two_cases_are_two(self, desk, case):
        actions.add_name(case=case, name="Ayperi", script="Latn", **desk.act)
        actions.add_name(case=desk.case("B"), name="Ayperi", script="Latn", **desk.act)
        assert case.names.count() == 1

    def test_name_the_paper_in_which_they_stand(self, desk, case):
        paper = desk.paper("Ayperi Hayal", shelf="Case 2026-014")
        assert actions.add_name(case=case, name="Ayperi Hayal", script="Latn", paper=paper, **desk.act).paper == paper


class TestFrameworks:
    def test_are_examined_in_the_order_of_the_law_package(self, desk):
        case = desk.case(frameworks=["echr-3", "cat-3", "qr-2024-1347"])
        assert [framework.id for framework in queries.frameworks(case)] == ["qr-2024-1347", "cat-3", "echr-3"]

    def test_are_kept_with_the_edition_that_was_chosen(self, case):
        kept = case.frameworks.get()
        assert kept.digest == proof.digest_of(law.source("cat-3"))

    def test_one_that_is_not_chosen_any_more_is_not_examined(self, desk, case):
        actions.choose_frameworks(case=case, framework_ids=["echr-3"], **desk.act)
        assert [framework.id for framework in queries.frameworks(case)] == ["echr-3"]

    def test_choosing_again_keeps_when_and_in_which_edition_it_was_first_chosen(self, desk, case):
        before = case.frameworks.get()
        actions.choose_frameworks(case=case, framework_ids=["cat-3", "echr-3"], **desk.act)
        after = case.frameworks.get(framework="cat-3")
        assert (after.chosen_at, after.digest) == (before.chosen_at, before.digest)

    def test_one_that_nobody_knows_is_refused_and_changes_nothing(self, desk, case):
        with pytest.raises(FrameworkUnknown):
            actions.choose_frameworks(case=case, framework_ids=["echr-3", "law-of-the-sea"], **desk.act)
        assert [framework.id for framework in queries.frameworks(case)] == ["cat-3"]
