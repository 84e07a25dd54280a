"""The invented case, as it was imported from its folder."""

from __future__ import annotations

import pytest

from panah.cases import queries
from panah.cases.actions import ReferenceTaken
from panah.cases.cited import cited_documents
from panah.cases.refusal import queries as refusal
from panah.team import queries as team
from panah.team.actions import Verb
from panah.team.models import LedgerLine
from support.entered import entered
from support.workbench import REFERENCE


@pytest.fixture
def case(demo, db):
    return demo.invented


def test_comes_with_all_that_its_file_says(case):
    assert (case.reference, case.called) == (REFERENCE, "Ms A.")
    assert [len(rows) for rows in (case.names.all(), case.statements.all(), case.facts.all())] == [6, 6, 13]
    assert (case.findings.count(), queries.findings(case).count()) == (23, 22)


def test_has_read_every_paper(demo, case):
    documents = cited_documents(demo.member, case)
    assert len(documents) == 20
    assert [document.path for document in documents if document.state != "read"] == ["scan.jpg"], "which was added"


def test_leaves_open_what_it_leaves_open_on_purpose(case):
    rules = [gap.rule for gap in queries.gaps(case)]
    assert {rule: rules.count(rule) for rule in rules if rule != "element-unanswered"} == {
        "finding-without-reasons": 1, "fact-without-support": 1, "contradiction-not-put": 2, "quotation-superseded": 2,
        "plausibility-without-source": 1,
    }  # fmt: skip


def test_comes_with_how_it_was_told_and_how_its_facts_were_established(case):
    assert [case.interviews.count(), case.contradictions.count(), case.distortions.count(), case.inventory.count()] == [
        3,
        4,
        7,
        10,
    ]
    assert {row.number for row in case.facts.filter(acceptances__current=True)} == {2, 3, 5, 6}


def test_comes_with_what_is_on_file_of_the_procedure(case):
    answers = [row.status for row in case.answers.filter(current=True)]
    assert {status: answers.count(status) for status in answers} == {"adequate": 19, "deficient": 19, "unknown": 3}
    assert case.procedure_records.count() == 33


def test_comes_with_an_audit_of_its_refusal_that_is_only_begun(demo, case):
    shown = refusal.audited(demo.member, case, refusal.paper(demo.member, case), now=demo.now())
    ruled = [each for each in shown.rulings if each.verdict]
    assert [each.rule for each in ruled if each.defect is None or each.says_other] == [], "which are proposed no more"
    assert sorted(each.verdict.outcome for each in ruled) == ["accepted", "corrected", "corrected", "dismissed"]
    assert len(shown.marks) == 26
    assert shown.open > 20


def test_keeps_the_finding_that_was_replaced(case):
    old = case.findings.get(current=False)
    assert (old.element, old.words) == ("E3.fg", "Her ethnicity is apparent from the file.")


def test_is_told_in_the_ledger(case):
    verbs = [line.verb for line in entered(kind="case", subject=REFERENCE)]
    assert (verbs[0], verbs[-1]) == (Verb.OPENED, Verb.IMPORTED)
    assert team.first_broken_line() is None


def test_a_second_time_is_refused_and_takes_in_nothing(demo, case):
    before = LedgerLine.objects.count()
    with pytest.raises(ReferenceTaken):
        demo.imported()
    assert LedgerLine.objects.count() == before


def test_a_second_time_under_another_reference_shares_the_papers_of_the_library(demo, case):
    other = demo.imported(reference="2026-002")
    assert other.papers.name == "Case 2026-002"
    shared = {document.pk for document in cited_documents(demo.member, other)}
    assert len(shared & {document.pk for document in cited_documents(demo.member, case)}) == 4
