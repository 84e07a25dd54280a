"""What `panah names` prints: spellings with their reasons for people and for programs, and a statement of absence."""

from __future__ import annotations

import json

from panah.cases.models import Absence
from panah.cases.naming import queries
from panah.cases.naming.actions import Kept
from panah.cases.naming.commands import _state, _tell

NAME = "Abdurehim Tursun"


class TestTell:
    def test_prints_a_line_of_json_for_each_spelling(self, member, letter, capsys):
        _tell(queries.look_for(member, NAME), as_json=True)
        [line] = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert (line["id"], line["grade"]) == ("阿卜杜热依木·吐尔逊", "regular")
        assert line["places"][0]["document"] == str(letter.pk)
        assert {step["reason"] for part in line["parts"] for step in part["steps"]} >= {"the usual transcription"}

    def test_prints_the_spellings_beside_each_other(self, member, letter, capsys):
        _tell(queries.look_for(member, NAME), as_json=False)
        said = capsys.readouterr().out
        for words in (
            "regular transcription",
            "abdurehim = 阿卜杜热依木",
            "[阿卜杜热依木·吐尔逊]",
            "An invented letter",
        ):
            assert words in said

    def test_says_that_nothing_stands_there(self, member, capsys):
        _tell(queries.look_for(member, "Ghopur Sabir"), as_json=False)
        assert capsys.readouterr().out == "No compatible spelling stands in what you may see.\n"


class TestState:
    def test_keeps_the_statement_and_prints_it(self, member, case, letter, capsys):
        kept = Kept(case.compartment, case)
        _state(queries.look_for(member, "Ghopur Sabir", case=case), kept, "Not of her town.", member, as_json=False)
        said, made = capsys.readouterr().out, Absence.objects.get()
        for words in ("Statement of absence", "Ghopur Sabir", "Not of her town.", "Ғопур Сабир", str(made.pk)):
            assert words in said

    def test_is_one_line_for_a_program(self, member, case, letter, capsys):
        kept = Kept(case.compartment, case)
        _state(queries.look_for(member, NAME, case=case), kept, "Not of her town.", member, as_json=True)
        line = json.loads(capsys.readouterr().out)
        assert (line["id"], line["sought"]) == (str(Absence.objects.get().pk), NAME)
        assert line["aside"].startswith("One compatible spelling was found")
