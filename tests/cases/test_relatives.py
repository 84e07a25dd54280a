"""Relatives: counted for all who see the case, shown on demand to those who may, and nowhere else."""

from __future__ import annotations

import zipfile

import pytest
from django.db import IntegrityError, connection, transaction

from panah.cases import actions, queries
from panah.cases.actions import LineBroken, LineTooLong, RelativeUntold
from panah.cases.models import Relative
from panah.cases.queries import RelativeUnknown
from panah.library.queries import find
from panah.team.models import LedgerLine
from panah.team.queries import NotAllowed
from panah.team.rules import ALLOWED, May
from panah.vault.data_keys import store_of
from support.roles import colleague, former, lines

SAID = {"name": "Zorigul Invented", "relation": "Her sister", "whereabouts": "Sapbulaq", "note": "She does not know."}


@pytest.fixture
def relative(desk, case):
    return actions.add_relative(case=case, **SAID, **desk.act)


class TestReveal:
    @pytest.mark.parametrize("role", ["lead", "worker", "reviewer"])
    def test_shows_them_in_their_order_and_enters_how_many(self, desk, case, relative, role):
        actions.add_relative(case=case, relation="Her uncle", **desk.act)
        asker = colleague(desk, case.compartment, role)
        shown = actions.reveal(case=case, by=asker, now=desk.now())
        assert [(each.number, each.name or each.relation) for each in shown] == [(1, SAID["name"]), (2, "Her uncle")]
        (line,) = lines("revealed")
        assert (line.by, line.kind, line.subject, line.details) == (asker.name, "case", "2026-014", {"relatives": 2})

    @pytest.mark.parametrize("who", ["reader", "stranger", "former"])
    def test_is_refused_to_who_may_not_and_leaves_no_line(self, desk, case, relative, who):
        place = case.compartment
        asker = former(desk, place) if who == "former" else colleague(desk, place, None if who == "stranger" else who)
        with pytest.raises(NotAllowed):
            actions.reveal(case=case, by=asker, now=desk.now())
        with pytest.raises(NotAllowed):
            queries.relative(asker, case, 1)
        assert lines("revealed") == []

    def test_is_allowed_to_everybody_who_may_take_the_case_out(self):
        assert ALLOWED[May.EXPORT] <= ALLOWED[May.REVEAL]
        assert ALLOWED[May.WORK] <= ALLOWED[May.REVEAL]


class TestWriting:
    @pytest.mark.parametrize("role", ["reviewer", "reader", None])
    def test_is_for_those_who_work_there(self, desk, case, relative, role):
        by = {"by": colleague(desk, case.compartment, role), "now": desk.now()}
        with pytest.raises(NotAllowed):
            actions.add_relative(case=case, name="B", **by)
        with pytest.raises(NotAllowed):
            actions.change_relative(relative=relative, **(SAID | {"name": "B"}), **by)
        with pytest.raises(NotAllowed):
            actions.remove_relative(relative=relative, **by)
        assert [each.name for each in Relative.objects.all()] == [SAID["name"]]

    def test_changes_and_removes(self, desk, case, relative):
        actions.change_relative(relative=relative, **(SAID | {"whereabouts": "Nobody knows"}), **desk.act)
        kept = queries.relative(desk.member, case, 1)
        assert (kept.whereabouts, kept.note) == ("Nobody knows", SAID["note"])
        actions.remove_relative(relative=kept, **desk.act)
        with pytest.raises(RelativeUnknown):
            queries.relative(desk.member, case, 1)

    def test_needs_a_name_or_what_they_are(self, desk, case, relative):
        with pytest.raises(RelativeUntold):
            actions.add_relative(case=case, name=" ", whereabouts="Somewhere", **desk.act)
        with pytest.raises(IntegrityError), transaction.atomic():
            Relative.objects.create(case=case, number=9, added_at=desk.now())
        assert case.relatives.count() == 1

    @pytest.mark.parametrize(("field", "most"), [("name", 200), ("relation", 200), ("whereabouts", 300)])
    def test_refuses_a_line_that_does_not_fit_or_is_none(self, desk, case, field, most):
        actions.add_relative(case=case, **(SAID | {field: "x" * most}), **desk.act)
        with pytest.raises(LineTooLong):
            actions.add_relative(case=case, **(SAID | {field: "x" * (most + 1)}), **desk.act)
        with pytest.raises(LineBroken):
            actions.add_relative(case=case, **(SAID | {field: "a\x1b[2Jb"}), **desk.act)

    def test_of_another_case_there_is_none(self, desk, case, relative):
        with pytest.raises(RelativeUnknown) as unknown:
            queries.relative(desk.member, desk.case("B"), 1)
        assert unknown.value.status == 404


class TestSecrecy:
    def test_words_are_sealed_in_their_row(self, relative):
        with connection.cursor() as cursor:
            row = str(cursor.execute("SELECT * FROM cases_relative").fetchall())
        assert not [words for words in SAID.values() if words in row]

    def test_words_are_in_no_line_of_the_ledger(self, desk, case, relative):
        actions.change_relative(relative=relative, **SAID, **desk.act)
        actions.reveal(case=case, **desk.act)
        actions.remove_relative(relative=relative, **desk.act)
        told = str([line.said for line in LedgerLine.objects.all()])
        assert not [words for words in SAID.values() if words in told]

    def test_nobody_finds_them_in_the_library(self, desk, case, relative):
        assert find(desk.member, "Zorigul OR Sapbulaq").total == 0

    def test_words_are_in_nothing_of_a_dossier(self, desk, case, relative, tmp_path):
        bundle = desk.seal(case).bundle
        packed = tmp_path / "bundle.zip"
        packed.write_bytes(store_of(case.compartment.pk).content(bundle.digest))
        with zipfile.ZipFile(packed) as archive:
            inside = b"".join(archive.read(name) for name in archive.namelist())
        assert not [words for words in SAID.values() if words.encode() in inside]

    def test_name_of_a_row_is_its_number(self, relative):
        assert str(relative) == "Relative 1"


class TestFolder:
    def test_takes_them_along_and_says_so(self, desk, case, relative, tmp_path):
        folder = desk.exported(case, tmp_path / "case")
        assert SAID["name"] in (folder / "case.yaml").read_text()
        assert lines("exported")[-1].details["relatives"] == 1
        again = desk.imported(folder, reference="B")
        (kept,) = queries.relatives(desk.member, again)
        assert {field: getattr(kept, field) for field in SAID} == SAID

    def test_says_nothing_where_there_are_none(self, desk, case, tmp_path):
        assert "relatives" not in (desk.exported(case, tmp_path / "case") / "case.yaml").read_text()
