"""Citations in running text: a table of real forms, and of what only looks like them."""

from __future__ import annotations

import time
from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from panah.law import frameworks
from panah.law.citations import CitationsBroken, forms, recognise
from panah.law.citations.holding import _places
from panah.law.citations.loading import read_forms, read_grammar, read_instruments

TABLE = yaml.safe_load(Path(__file__).with_name("real_forms.yaml").read_text(encoding="utf-8"))
CITING = [row["words"] for row in TABLE["citations"]]
TEXTS = st.lists(
    st.sampled_from([*CITING, *TABLE["decoys"], "“", " and ", "\n\n", "\0", "\u202e", "no. ", "art. ", "§"]),
    max_size=12,
)


def values(raw: str) -> list[str]:
    return [each.value for each in recognise(raw)]


class TestTable:
    def test_is_long_enough_to_mean_something(self):
        assert sum(len(row["finds"]) for row in TABLE["citations"]) >= 120
        assert len(TABLE["decoys"]) >= 40

    @pytest.mark.parametrize("row", TABLE["citations"], ids=lambda row: row["words"])
    def test_none_is_missed_and_each_has_its_value(self, row):
        assert values(row["words"]) == row["finds"]

    @pytest.mark.parametrize("row", TABLE["citations"], ids=lambda row: row["words"])
    def test_it_is_found_in_the_middle_of_a_page_too(self, row):
        assert values(f"Nobody was heard ({row['words']}) before the winter.") == row["finds"]

    @pytest.mark.parametrize("decoy", TABLE["decoys"])
    def test_none_is_invented(self, decoy):
        assert values(decoy) == []

    @pytest.mark.parametrize("form", forms().values(), ids=lambda form: form.id)
    def test_every_example_of_a_form_is_of_that_form(self, form):
        for example in form.examples:
            assert {each.form for each in recognise(example)} == {form.id}


class TestPlaces:
    @given(TEXTS)
    def test_citations_follow_each_other_and_stand_in_the_text(self, parts):
        raw = " ".join(parts)
        at = 0
        for each in recognise(raw):
            assert at <= each.start < each.end <= len(raw)
            at = each.end

    def test_the_longer_of_two_counts(self):
        [found] = recognise("Article 4(5) of Regulation (EU) 2024/1347")
        assert (found.start, found.end) == (0, 41)
        assert found.provision.number == "4"

    def test_line_ends_spaces_and_dashes_part_nothing(self):
        assert values("Joined Cases C\u2011411/10\nand C\u2013493/10; Art.\u00a04\nAbs.\u00a05 VO\n(EU) 2024/1347; [2020]\u00a0UKUT 123\n(IAC)") == [
            "C-411/10", "C-493/10", "Regulation (EU) 2024/1347, art. 4(5)", "[2020] UKUT 123 (IAC)",
        ]  # fmt: skip


class TestIbid:
    def test_stands_for_the_citation_before_it_and_for_what_that_stands_for(self):
        found = recognise("1. Saadi v. Italy, no. 37201/06.\n\n2. Ibid., § 3.\n\n3. Ibid., § 4.")
        assert [each.refers_to for each in found] == ["", "no. 37201/06", "no. 37201/06"]

    def test_stands_for_nothing_behind_what_is_not_recognised(self):
        found = recognise("1. Saadi v. Italy, no. 37201/06.\n2. A book, p. 3.\n3. Ibid., p. 4.\n4. Ibid.")
        assert [each.refers_to for each in found] == ["", "", ""]


class TestLaw:
    def test_every_authority_of_our_own_law_is_understood(self):
        rests = {placed.element.id for places in _places().values() for _, placed in places}
        assert rests == {element.id for framework in frameworks().values() for element in framework.elements}


class TestHostile:
    @pytest.mark.parametrize(
        "words",
        [
            *(
                "no. 1/1 and ",
                "nos. 12345/06, ",
                "Article 1(1), ",
                "art. 1 and ",
                "ECLI:EU:",
                "A/HRC/",
                "1 kap. ",
                "§ 1, ",
                "§§ ",
            ),
            *(
                "VG Aa Aa Aa ",
                "[2020] UKUT ",
                "(",
                "9",
                "a. ",
                "1 § ",
                "CAT/C/",
                "\0",
                "\u202e",
                "Regulation (EU) ",
                " " * 50 + "no.",
            ),
        ],
    )
    def test_time_is_linear(self, words):
        def taken(size: int) -> float:
            raw = words * (size // len(words))
            begun = time.process_time()
            recognise(raw)
            return time.process_time() - begun

        taken(1_000)
        assert min(taken(40_000) for _ in range(2)) < 12 * max(min(taken(10_000) for _ in range(2)), 0.005)


class TestData:
    @pytest.mark.parametrize(
        ("old", "new", "reason"),
        [
            ("id: ecli", "id: celex", "two forms celex"),
            ("'<no> ?", "'<nothing> ?", "no part <nothing>"),
            ("MIG ?(?P<year>", "MIG ?(?P<year>(", "no pattern"),
            ("since: 1950", "since: long", "whole number"),
        ],
    )
    def test_what_is_not_as_it_should_be_is_refused(self, old, new, reason):
        source = files("panah.law.citations").joinpath("forms.yaml").read_text(encoding="utf-8")
        assert old in source
        with pytest.raises(CitationsBroken, match=reason):
            read_forms("forms.yaml", source.replace(old, new, 1).encode())

    def test_an_instrument_stands_once_and_a_grammar_is_whole(self):
        one = "- {id: a, title: A, unit: article, names: [A]}\n"
        with pytest.raises(CitationsBroken, match="two instruments"):
            read_instruments("instruments.yaml", f"instruments:\n{one}{one}".encode())
        with pytest.raises(CitationsBroken, match="missing"):
            read_grammar("grammar.yaml", b"units: {}\n")
