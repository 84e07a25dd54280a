"""The data of the audit: what is shipped, and how strictly it is read."""

from __future__ import annotations

from importlib.resources import files

import pytest

from panah.law.checklist import ChecklistBroken
from panah.law.refusal import About, Fault, wordings
from panah.law.refusal.countries import destinations, read_destinations
from panah.law.refusal.headings import shipped
from panah.law.refusal.loading import read_rules
from panah.law.refusal.writing import days_in, exhibits_in, read_writing

RULES = shipped("rules.yaml").decode()


class TestRules:
    def test_are_twenty_one_each_with_what_is_asked_for_it(self):
        assert list(wordings()) == list(Fault)
        assert len(Fault) == 21
        for rule, wording in wordings().items():
            assert wording.sought.startswith("That "), rule
            assert wording.item or wording.about in {About.RECORD, About.ITEM}, rule

    def test_ask_where_they_only_show_words(self):
        for rule, wording in wordings().items():
            assert not wording.asks or wording.asks.endswith("?"), rule

    @pytest.mark.parametrize(
        ("old", "new", "reason"),
        [
            ("  discretion:\n", "  discreet:\n", "“discreet” is not known here"),
            ("    item: E5\n", "    item: Z5\n", "there is no item Z5"),
            ("    finder: discretion\n", "    finder: hiding\n", "there is no finder hiding"),
            ("denied: [before]", "denied: [above]", "“above” is none of"),
            ("    about: paper\n", "    about: rumour\n", "“rumour” is none of"),
            ("    gap: element-unanswered\n", "    gap: rumour\n", "“rumour” is none of"),
            ("    gap: element-unanswered\n", "", "a rule has sentences of its own, or those of a gap"),
            ("Paper {number}", "Paper {weather}", "nobody fills {weather}"),
            ("Paper {number}", "Paper {number", "a curly bracket is not closed"),
            ("leaves: [C1, C9, F8]", "leaves: [C1, C99]", "there is no item C99"),
        ],
    )
    def test_are_refused_with_their_line(self, old, new, reason):
        assert old in RULES
        with pytest.raises(ChecklistBroken, match=r"rules\.yaml: line \d+") as refused:
            read_rules("rules.yaml", RULES.replace(old, new, 1).encode())
        assert reason in refused.value.sentence


class TestWriting:
    @pytest.mark.parametrize(
        ("words", "numbers"),
        [
            ("Exhibit 7", {7}), ("Exhibits 3, 5 and 7–9", {3, 5, 7, 8, 9}), ("Anlage Nr. 4", {4}), ("Anlagen 1 bis 3", {1, 2, 3}),
            ("bilagorna 2 och 6", {2, 6}), ("handling 7", {7}), ("pièces n° 2 et 3", {2, 3}), ("Beweismittel 12", {12}), ("Annex 7", {7}),
            ("paragraph 7", set()), ("article 12", set()), ("§ 7", set()), ("Exhibit 2013/32", set()), ("7 exhibits", set()),
        ],
    )  # fmt: skip
    def test_numbers_of_papers_are_read(self, words, numbers):
        assert set(exhibits_in(words)) == numbers

    @pytest.mark.parametrize(
        ("words", "days"),
        [
            ("12 March 2024", {"2024-03-12"}), ("12th March 2024", {"2024-03-12"}), ("March 12, 2024", {"2024-03-12"}), ("12. März 2024", {"2024-03-12"}),
            ("12.03.2024", {"2024-03-12"}), ("12. 3. 2024", {"2024-03-12"}), ("den 12 mars 2024", {"2024-03-12"}), ("1er mars 2024", {"2024-03-01"}),
            ("2024-03-12", {"2024-03-12"}), ("2024年3月12日", {"2024-03-12"}), ("3/4/2024", {"2024-04-03", "2024-03-04"}),
            ("31 February 2024", set()), ("March 2024", set()), ("99.99.2024", set()), ("12 Marchers 2024", set()),
        ],
    )  # fmt: skip
    def test_days_are_read_in_every_way_of_writing(self, words, days):
        assert {each.isoformat() for each in days_in(words).days} == days

    def test_a_year_has_twelve_months(self):
        source = shipped("mentions.yaml").replace(b"January, ", b"")
        with pytest.raises(ChecklistBroken, match="a year has twelve months"):
            read_writing("mentions.yaml", source)


class TestDestinations:
    @pytest.mark.parametrize(
        ("language", "words", "countries"),
        [
            ("en", "removed to Kazakhstan", ["Kazakhstan"]), ("en", "to the People's Republic of China", ["People's Republic of China"]),
            ("en", "to her country of origin, China", ["China"]), ("en", "a citizen of China", []), ("de", "nach Kasachstan", ["Kasachstan"]),
            ("de", "in die Türkei", ["Türkei"]), ("de", "nach eigenen Angaben aus China", []), ("sv", "utvisas till Kina", ["Kina"]),
            ("sv", "medborgare i Kina", []), ("fr", "renvoyée en Chine", ["Chine"]), ("fr", "née en Chine", []), ("", "to China", []),
        ],
    )  # fmt: skip
    def test_are_countries_that_words_lead_to(self, language, words, countries):
        assert list(destinations(words, language)) == countries

    def test_are_read_strictly(self):
        with pytest.raises(ChecklistBroken, match="is missing"):
            read_destinations("d.yaml", b"towards: {en: [to]}")


def test_every_file_of_data_is_read():
    names = {each.name for each in files("panah.law.refusal").iterdir() if each.name.endswith(".yaml")}
    assert names == {"rules.yaml", "parts.yaml", "mentions.yaml", "destinations.yaml"}
