"""The three invented cases, from nothing to a sealed dossier: at each stage the gaps are those that were found by hand."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

import pytest
from django.db import transaction

from panah import law
from panah.cases import queries
from panah.cases.family.actions import share, tie
from panah.cases.family.queries import family
from panah.cases.family.queries import shared as common
from panah.cases.method.actions import conclude
from panah.dossier.actions import hand_out
from panah.dossier.queries import signer
from panah.law import Acceptance
from panah.law.checklist import Status
from panah.proof.signing import expected_fingerprint
from panah.proof.verify import Known, Outcome, verified
from panah.team.actions import admit, join
from panah.team.rules import Role
from support.processes import MEMBER
from support.three import NAMES, NEVER, SITE, STAGES, Brought, Table, entries_of
from support.workbench import BEGINNING, Desk

TABLES = {name: Table(name) for name in NAMES}
ITEMS = [f"{part}{number}" for part, many in zip("ABCDEF", (12, 12, 15, 9, 16, 10), strict=True) for number in range(1, many + 1)]  # fmt: skip
"""The questions of a full and fair examination, in the order of the checklist."""
REPLACED = "10-country-note-2018.html"
"""On this edition nothing rests any more when all is ready."""
CLOSED = {Status.ADEQUATE, Status.NOT_APPLICABLE}
"""Of these nothing is left to do."""
APART = "اۋرۋحاناعا"
"""A word of what Ms B. tells her counsel alone."""


class Stage(NamedTuple):
    """What the program says of a case at a stage."""

    gaps: set[tuple[str, str]]
    answered: Mapping[str, str]
    open_items: set[str]
    proposed: Mapping[str, str]


class Run(NamedTuple):
    """What came of one case."""

    at: Mapping[str, Stage]
    heard_through: list[str]
    """The language of each interview, where another was asked for."""
    dossier: object
    bundle: object
    """Where its bundle lies, outside of any workspace."""


@pytest.fixture(scope="module")
def signer_and_runs(django_db_setup, django_db_blocker, readers, tmp_path_factory):
    """All three, brought through in one workspace, which forgets them at once."""
    folder, runs = tmp_path_factory.mktemp("three"), {}
    with django_db_blocker.unblock(), transaction.atomic():
        desk = Desk(join(name=MEMBER, now=BEGINNING), readers)
        for name, table in TABLES.items():
            brought, at = Brought(desk, table), {}
            for stage in STAGES:
                brought.to(stage)
                at[stage] = Stage(brought.gaps(), brought.answered(), brought.open_items(), brought.proposed())
            dossier = desk.seal(brought.case)
            bundle = folder / f"{name}.zip"
            bundle.write_bytes(b"".join(hand_out(dossier=dossier, **desk.act)))
            runs[name] = Run(at, brought.heard_through(), dossier, bundle)
        found = signer(), runs
        transaction.set_rollback(True)
    return found


@pytest.fixture(scope="module")
def runs(signer_and_runs):
    return signer_and_runs[1]


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("name", NAMES)
def test_lacks_what_was_found_lacking_by_hand(runs, name, stage):
    assert runs[name].at[stage].gaps == TABLES[name].open_at(stage)


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("name", NAMES)
class TestChecklist:
    def test_stands_as_it_was_found_to_stand_by_hand(self, runs, name, stage):
        assert runs[name].at[stage].answered == TABLES[name].standing_at(stage)

    def test_leaves_open_what_was_left_open_by_hand(self, runs, name, stage):
        by_hand = TABLES[name].standing_at(stage)
        assert runs[name].at[stage].open_items == {item for item in ITEMS if by_hand.get(item) not in CLOSED}

    def test_proposes_what_follows_from_the_papers(self, runs, name, stage):
        assert runs[name].at[stage].proposed == TABLES[name].proposed_at(stage)


@pytest.mark.parametrize("name", NAMES)
class TestSealed:
    def test_verifies_for_a_stranger(self, signer_and_runs, name):
        by, runs = signer_and_runs
        checks = list(verified(runs[name].bundle, Known(expected_fingerprint(by))))
        assert {check.id for check in checks if check.outcome != Outcome.OK} == set()
        assert sum(check.kind == "footnote" for check in checks) == runs[name].dossier.footnotes > 10

    def test_holds_every_paper_of_the_folder_as_it_was_but_the_one_that_was_replaced(self, runs, name):
        with zipfile.ZipFile(runs[name].bundle) as bundle:
            held = {bundle.read(member) for member in bundle.namelist() if "/originals/" in member}
        papers = {path.read_bytes() for path in (TABLES[name].folder / "papers").iterdir() if path.name != REPLACED}
        assert held == papers


@pytest.mark.parametrize("name", NAMES)
class TestTable:
    def test_asks_what_the_laws_ask(self, name):
        for framework, elements in TABLES[name].elements.items():
            assert elements == [element.id for element in law.framework(framework).claims]

    def test_goes_through_every_item_of_the_checklist_with_one_line_each(self, name):
        checklist = TABLES[name].checklist
        assert list(checklist) == ITEMS
        assert {said["from"] for said in checklist.values()} <= {*STAGES[1:], NEVER}
        assert all(said["why"].endswith(".") and "\n" not in said["why"] for said in checklist.values())

    def test_leaves_fewer_items_open_at_every_stage_and_never_none(self, name):
        left = [set(ITEMS) - TABLES[name].standing_at(stage).keys() for stage in STAGES]
        assert all(later <= earlier for earlier, later in pairwise(left))
        assert left[0] == set(ITEMS)
        assert left[-1] == {item for item, said in TABLES[name].checklist.items() if said["from"] == NEVER} != set()


@pytest.mark.parametrize("name", NAMES)
class TestLaw:
    """The State and the days of a case, and what follows from them."""

    def test_follows_from_the_days_as_it_was_found_by_hand(self, name):
        came, by_hand = entries_of(TABLES[name].folder).proceedings, TABLES[name].law
        regime = law.applicable(came.dates, came.state)
        assert set(regime.settled) == set(by_hand["applies"])
        assert [list(question.stands) for question in regime.questions] == by_hand["asks"]

    def test_is_what_the_case_stands_under_with_a_reason_where_it_is_open(self, name):
        own, by_hand = entries_of(TABLES[name].folder), TABLES[name].law
        open_ones = {each for stands in by_hand["asks"] for each in stands}
        assert set(own.frameworks) <= {*by_hand["applies"], *open_ones}
        assert set(own.proceedings.choice) == set(own.frameworks) & open_ones
        assert all(set(stands) & set(own.proceedings.choice) for stands in by_hand["asks"])
        assert bool(own.proceedings.reason) == bool(open_ones)


@pytest.mark.parametrize(("name", "spoken"), [
    ("student", ["Chinese (Mandarin)", "Turkish", ""]), ("couple", ["", ""]), ("interpreted", ["Chinese (Mandarin)", ""]),
])  # fmt: skip
def test_shows_through_which_language_somebody_was_heard_who_had_asked_for_another(runs, name, spoken):
    assert runs[name].heard_through == spoken


class TestApart:
    """What Ms B. does not want her husband to see."""

    def test_stands_in_no_paper_of_the_family_and_not_in_their_dossier(self, runs):
        own = (SITE / "invented" / "wife" / "papers" / "01-her-letter.txt").read_text(encoding="utf-8")
        assert APART in own
        for file in (SITE / "invented" / "couple").rglob("*.*"):
            assert APART not in file.read_text(encoding="utf-8")
        with zipfile.ZipFile(runs["couple"].bundle) as bundle:
            assert not [member for member in bundle.namelist() if APART.encode() in bundle.read(member)]

    def test_is_a_case_that_another_member_of_theirs_does_not_see(self, desk, now):
        shared, apart = (desk.imported(SITE / "invented" / folder) for folder in ("couple", "wife"))
        other = join(name="Invented Colleague", now=now)
        admit(compartment=shared.compartment, member=other, role=Role.WORKER, **desk.act)
        assert [case.reference for case in queries.cases(other)] == [shared.reference]
        assert {case.reference for case in queries.cases(desk.member)} == {shared.reference, apart.reference}

    def test_is_of_one_family_for_whoever_sees_both_and_not_there_for_anybody_else(self, desk, now):
        shared, apart = (desk.imported(SITE / "invented" / folder) for folder in ("couple", "wife"))
        other = join(name="Invented Colleague", now=now)
        admit(compartment=shared.compartment, member=other, role=Role.WORKER, **desk.act)
        tie(case=shared, other=apart, relation="The wife, by herself", back="Her family, she among them", **desk.act)
        assert [person.relation for person in family(desk.member, shared)] == ["The wife, by herself"]
        assert [person.case for person in family(desk.member, apart)] == [shared]
        assert family(other, shared) == []

    def test_has_a_fact_in_common_with_the_family_and_what_stands_beside_it_but_no_conclusion(self, desk):
        shared, apart = (desk.imported(SITE / "invented" / folder) for folder in ("couple", "wife"))
        tie(case=shared, other=apart, relation="The wife, by herself", back="Her family, she among them", **desk.act)
        fact = shared.facts.get(number=3)
        conclude(fact=fact, accepted=Acceptance.ACCEPTED, reasons="Both agree.", past_harm=True, **desk.act)
        there = share(fact=fact, case=apart, supports=[row.pk for row in fact.supports.all()], **desk.act)
        assert (there.number, there.words) == (3, fact.words)
        assert [row.quotation for row in there.supports.all()] == [row.quotation for row in fact.supports.all()]
        assert not there.acceptances.exists()
        rows = {row.fact.number: [each for _, each in row.others] for row in common(desk.member, shared)}
        assert {number: each for number, each in rows.items() if each != [None]} == {3: [there]}

    def test_lacks_what_it_lacks(self, desk):
        apart = desk.imported(SITE / "invented" / "wife")
        gaps = [(gap.rule.value, gap.fact) for gap in queries.gaps(apart) if gap.fact]
        assert gaps == [("fact-without-support", "2")]
