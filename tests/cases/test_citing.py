"""What cites a document stands on its page, for those who may see the case."""

from __future__ import annotations

import pytest

from panah.cases.procedure import actions as procedure
from panah.law.checklist import Status
from panah.library.citing import cited_by
from panah.team.actions import admit, join
from panah.team.rules import Role
from support.members import signed_in
from support.workbench import Desk


@pytest.fixture
def desk(member, readers):
    return Desk(member, readers)


@pytest.fixture
def note(desk):
    return desk.paper("She was held in 2018. He was not.", shelf="Notes", title="A note")


class TestCiting:
    def test_names_facts_with_the_words_or_the_whole_paper(self, desk, note):
        case = desk.case("C-1", frameworks=["echr-3"])
        desk.fact(case, "She was held.", supported_by=desk.quote(note, "She was held in 2018."))
        desk.fact(case, "He was not.", supported_by=note)
        told = [(each.place, each.words, each.address) for each in cited_by(desk.member, note)]
        assert told == [
            ("C-1 · 1", "She was held in 2018.", "/cases/C-1/facts/1"), ("C-1 · 2", "", "/cases/C-1/facts/2"),
        ]  # fmt: skip
        page = signed_in(desk.member).get(f"/library/documents/{note.pk}").content.decode()
        assert "What cites it (2)" in page
        assert "/cases/C-1/facts/2" in page

    def test_names_records_of_a_procedure_and_answers_to_its_checklist(self, desk, note):
        case = desk.case("C-1")
        procedure.keep_record(case=case, kind="decision", said={"outcome": "refused"}, paper=note, **desk.act)
        citing = procedure.Citing(quotations=[desk.quote(note, "He was not.")], papers=[note])
        procedure.answer(case=case, item="F1", status=Status.DEFICIENT, words="No reasons.", citing=citing, **desk.act)
        assert [(each.place, each.address) for each in cited_by(desk.member, note)] == [
            ("C-1 · Decision 1", "/cases/C-1/procedure/records/decision/1"), ("C-1 · F1", "/cases/C-1/procedure/F1"),
        ]  # fmt: skip

    def test_tells_nothing_of_cases_that_the_asker_does_not_see(self, desk, note, now):
        desk.fact(desk.case("C-1"), "A secret fact.", supported_by=note)
        colleague = join(name="Invented Colleague", now=now)
        admit(compartment=note.compartment, member=colleague, role=Role.READER, **desk.act)
        assert cited_by(colleague, note) == []
        page = signed_in(colleague).get(f"/library/documents/{note.pk}").content.decode()
        assert "A secret fact" not in page
        assert "Nothing in the cases that you see" in page
