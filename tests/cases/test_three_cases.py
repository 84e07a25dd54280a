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
from panah.dossier.actions import hand_out
from panah.dossier.queries import signer
from panah.proof.signing import expected_fingerprint
from panah.proof.verify import Known, Outcome, verified
from panah.team.actions import admit, join
from panah.team.rules import Role
from support.processes import MEMBER
from support.three import NAMES, NEVER, SITE, STAGES, Brought, Table
from support.workbench import BEGINNING, Desk

TABLES = {name: Table(name) for name in NAMES}
ITEMS = [f"{part}{number}" for part, many in zip("ABCDEF", (12, 12, 15, 9, 16, 10), strict=True) for number in range(1, many + 1)]  # fmt: skip
"""The questions of a full and fair examination, in the order of the checklist."""
REPLACED = "10-country-note-2018.html"
"""On this edition nothing rests any more when all is ready."""
APART = "اۋرۋحاناعا"
"""A word of what Ms B. tells her counsel alone."""


class Run(NamedTuple):
    """What came of one case."""

    gaps: Mapping[str, set[tuple[str, str]]]
    """By stage."""
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
            brought, gaps = Brought(desk, table), {}
            for stage in STAGES:
                brought.to(stage)
                gaps[stage] = brought.gaps()
            dossier = desk.seal(brought.case)
            bundle = folder / f"{name}.zip"
            bundle.write_bytes(b"".join(hand_out(dossier=dossier, **desk.act)))
            runs[name] = Run(gaps, dossier, bundle)
        found = signer(), runs
        transaction.set_rollback(True)
    return found


@pytest.fixture(scope="module")
def runs(signer_and_runs):
    return signer_and_runs[1]


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("name", NAMES)
def test_lacks_what_was_found_lacking_by_hand(runs, name, stage):
    assert runs[name].gaps[stage] == TABLES[name].open_at(stage)


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
            assert elements == [element.id for element in law.framework(framework).elements]

    def test_goes_through_every_item_of_the_checklist_with_one_line_each(self, name):
        checklist = TABLES[name].checklist
        assert list(checklist) == ITEMS
        assert {said["from"] for said in checklist.values()} <= {*STAGES[1:], NEVER}
        assert all(said["why"].endswith(".") and "\n" not in said["why"] for said in checklist.values())

    def test_leaves_fewer_items_open_at_every_stage_and_never_none(self, name):
        left = [TABLES[name].not_examined_at(stage).keys() for stage in STAGES]
        assert all(later <= earlier for earlier, later in pairwise(left))
        assert list(left[0]) == ITEMS
        assert left[-1] == {item for item, said in TABLES[name].checklist.items() if said["from"] == NEVER} != set()


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

    def test_lacks_what_it_lacks(self, desk):
        apart = desk.imported(SITE / "invented" / "wife")
        gaps = [(gap.rule.value, gap.fact) for gap in queries.gaps(apart) if gap.fact]
        assert gaps == [("fact-without-support", "2")]
