"""Refusals as real ones are written, with faults that were put into them: each is found, and nothing else is proposed."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import transaction

from panah.cases.actions import find
from panah.cases.method.actions import conclude
from panah.cases.refusal import queries
from panah.law import Acceptance, Stance, placed
from panah.law.refusal import Fault, audit
from panah.library.kin.actions import trace
from panah.library.models import Document
from panah.team.actions import join
from support.processes import MEMBER
from support.refusals import REFUSALS, Audited, Table, against, as_word, reading
from support.three import entries_of
from support.workbench import BEGINNING, Desk

NAMES = ("student", "couple", "interpreted")
CONTROL = Path(__file__).parent.parent / "law" / "refusal" / "control"
LEAST = 10
"""Rules of which a fault is in each of the three."""


@pytest.fixture(scope="module", params=NAMES)
def audited(request):
    """By the words of the folder alone, without a workspace."""
    table = Table(REFUSALS / f"{request.param}.yaml")
    marked = table.of()
    return Audited(table, marked, audit(marked.refusal).defects)


@pytest.fixture(scope="module")
def in_cases(django_db_setup, django_db_blocker, readers):
    """The three, taken in from their folders, with what counsel does before the audit, in a workspace that forgets them."""
    with django_db_blocker.unblock(), transaction.atomic():
        desk = Desk(join(name=MEMBER, now=BEGINNING), readers)
        found = {name: _through_a_case(desk, Table(REFUSALS / f"{name}.yaml")) for name in NAMES}
        transaction.set_rollback(True)
    return found


def _through_a_case(desk, table) -> Audited:
    case, marked = desk.imported(table.folder), table.of()
    documents = {entry.file: _document(case, entry) for entry in entries_of(table.folder).papers}
    for number in table.harm:
        fact = case.facts.get(number=number)
        conclude(fact=fact, accepted=Acceptance.ACCEPTED, reasons="She is believed.", past_harm=True, **desk.act)
    for element in table.raised - {row.element for row in case.findings.filter(current=True)}:
        law = placed(element).framework.id
        find(case=case, framework_id=law, element_id=element, words="It arises.", reasons="As above.", **desk.act)
    for paper, root in table.roots.items():
        trace(document=documents[paper], to=documents[root], because="It says so itself.", **desk.act)
    shown = queries.audited(desk.member, case, queries.paper(desk.member, case), now=desk.now())
    return Audited(table, marked, shown.audit.defects, _named(case, documents))


def _document(case, entry):
    shelf = {"collection__name": entry.collection} if entry.collection else {"collection": case.papers}
    return Document.objects.get(title=entry.details.title, **shelf)


def _named(case, documents):
    """What the tables call the papers, and what contradicts a fact."""
    named = {str(row.pk): path for path, row in documents.items()}
    for fact in case.facts.all():
        for row in fact.supports.filter(stance=Stance.CONTRADICTS).select_related("quotation__document", "paper"):
            paper = named[str((row.quotation.document if row.quotation else row.paper).pk)]
            named[str(row.pk)] = against({"fact": fact.number, "paper": paper})
    return named


class TestRefused:
    def test_is_found_in_every_fault_that_a_rule_can_see(self, audited):
        assert audited.unseen() == []

    def test_is_blamed_for_nothing_that_is_not_there(self, audited):
        assert audited.unfounded() == []

    def test_is_faulty_in_many_ways(self, audited):
        assert len({each.rule for each in audited.table.planted}) >= LEAST


@pytest.mark.parametrize("name", ["couple", "interpreted"])
def test_finds_the_same_in_a_decision_that_comes_as_a_word_document(name, tmp_path):
    table = Table(REFUSALS / f"{name}.yaml")
    marked = table.of()
    marked.text = reading(as_word(marked.text, tmp_path / "decision.docx"))
    found = Audited(table, marked, audit(marked.refusal).defects)
    assert (found.unseen(), found.unfounded()) == ([], [])


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
class TestInACase:
    def test_is_found_in_every_fault_that_a_rule_can_see(self, in_cases, name):
        assert in_cases[name].unseen() == []

    def test_is_blamed_for_nothing_that_is_not_there(self, in_cases, name):
        assert in_cases[name].unfounded() == []


@pytest.mark.parametrize("language", ["en", "de", "sv"])
def test_finds_no_fault_in_a_decision_that_has_none(language):
    table = Table(REFUSALS / "control.yaml", CONTROL)
    marked = table.of(language)
    assert Audited(table, marked, audit(marked.refusal).defects).unfounded() == []


def test_has_a_fault_for_every_rule_among_the_three():
    planted = {each.rule for name in NAMES for each in Table(REFUSALS / f"{name}.yaml").planted}
    assert set(Fault) - planted == set()
