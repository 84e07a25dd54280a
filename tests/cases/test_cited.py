"""What a case cites: its own papers, and documents of the library that something in it rests on."""

from __future__ import annotations

import pytest

from panah.cases.actions import find, record_statement
from panah.cases.cited import citable, cited_documents
from panah.cases.evidence.actions import put
from panah.cases.evidence.laid import Place
from panah.cases.procedure import actions as procedure
from panah.law.checklist import Status
from support.roles import colleague

HELD = "She was held in 2018."


@pytest.fixture
def note(desk):
    return desk.paper(HELD, title="A note of the library")


@pytest.fixture
def named(desk, case, note, element):
    """Name the note, or words of it, somewhere in the case."""

    def named(where: str) -> None:
        quoted, in_case = desk.quote(note, HELD), {"case": case, **desk.act}
        place = Place("cat-3", element.id)
        found = {"framework_id": place.framework, "element_id": place.element, "words": "So.", "reasons": "As it says."}
        ways = {
            "beside a fact": lambda: desk.fact(case, supported_by=quoted),
            "whole beside a fact": lambda: desk.fact(case, supported_by=note),
            "beside a question": lambda: put(beside=place, quotation=quoted, **in_case),
            "in a finding": lambda: find(**found, facts=[], quotations=[quoted], **in_case),
            "in an answer": lambda: procedure.answer(
                item="D1", status=Status.ADEQUATE, words="So.", citing=procedure.Citing(papers=[note]), **in_case
            ),
            "in a record": lambda: procedure.keep_record(kind="event", said={"what": "made"}, paper=note, **in_case),
            "in a statement": lambda: record_statement(words="I was held.", paper=note, **in_case),
        }
        ways[where]()

    return named


class TestCited:
    @pytest.mark.parametrize(
        "where",
        [
            "beside a fact", "whole beside a fact", "beside a question", "in a finding", "in an answer", "in a record",
            "in a statement",
        ],
    )  # fmt: skip
    def test_is_what_is_named_somewhere(self, desk, case, note, named, where):
        own = desk.paper("Hers.", shelf="Case 2026-014", title="Her own paper")
        assert cited_documents(desk.member, case) == list(citable(desk.member, case)) == [own]
        named(where)
        assert list(citable(desk.member, case)) == [note, own]
        assert set(cited_documents(desk.member, case)) == {note, own}

    def test_is_not_what_another_case_names(self, desk, case, note):
        desk.fact(desk.case("2026-015"), supported_by=note)
        assert not citable(desk.member, case)

    def test_is_offered_to_those_alone_who_may_read_it(self, desk, case, note, named):
        named("beside a fact")
        assert list(citable(desk.member, case)) == [note]
        assert not citable(colleague(desk, case.compartment), case)
