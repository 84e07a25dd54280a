"""Provisions looked up in the law, what cannot be, and what one slip of the hand away may have been meant."""

from __future__ import annotations

from datetime import date

import pytest

from panah.law.citations import Outcome, fault, held, instruments, near, recognise

TODAY = date(2026, 11, 27)


def of(raw: str, on: date = TODAY):
    [cited] = recognise(raw)
    return held(cited.provision, on)


class TestHeld:
    @pytest.mark.parametrize(
        ("words", "element"),
        [
            ("Art. 4 Abs. 5 VO (EU) 2024/1347", "QR4.5"),
            ("artikel 3 i Europakonventionen", "E3.abs"),
            ("12 kap. 1 § utlänningslagen", "SE-UtlL12.1"),
            ("§ 28 utlendingsloven", "NO-utl28"),
            ("Art. 3 Abs. 4 AsylG", "CH-AsylG3.4"),
            ("UNHCR Handbook, para. 203", "HB.203-204"),
            ("CAT/C/GC/4, para. 40", "GC4.38-44"),
            ("Article 1A of the 1951 Convention", "RC1A.out"),
        ],
    )
    def test_names_the_elements_that_rest_on_it(self, words, element):
        found = of(words)
        assert found.outcome is Outcome.EXACT
        assert element in found.elements

    @pytest.mark.parametrize(
        "words",
        [
            "Article 4(9) of Directive 2011/95/EU",
            "Article 14 ECHR",
            "§ 60 Abs. 5 AufenthG",
            "Article 4(5)(a) of Regulation (EU) 2024/1347",
        ],
    )
    def test_that_it_is_not_here_says_nothing(self, words):
        assert of(words).outcome is Outcome.NOT_CHECKABLE

    @pytest.mark.parametrize("instrument", [one for one in instruments().values() if one.last], ids=lambda one: one.id)
    def test_what_stands_behind_the_last_article_is_not_there(self, instrument):
        name = instrument.names[0]
        found = of(f"Article {instrument.last.number + 1} of the {name}")
        assert found.outcome is Outcome.NOT_FOUND
        assert instrument.last.address in found.reason
        assert of(f"Article {instrument.last.number} of the {name}").outcome is not Outcome.NOT_FOUND

    def test_an_act_of_which_nothing_is_known_is_left_to_others(self):
        assert of("Directive 2004/83/EC") is None

    @pytest.mark.parametrize(
        ("on", "said"),
        [(date(2026, 6, 11), "applied"), (date(2026, 6, 12), "applied until 2026-06-11, and no longer on 2026-06-12")],
    )
    def test_says_that_a_law_does_not_apply_on_a_day(self, on, said):
        reason = of("Article 15 of Directive 2011/95/EU", on).reason
        assert (said in reason) == (on.day == 12)

    def test_says_that_a_law_does_not_apply_yet(self):
        assert "applies from 2026-06-12" in of("Article 15 of Regulation (EU) 2024/1347", date(2025, 1, 1)).reason


class TestFault:
    @pytest.mark.parametrize(
        "words",
        [
            "ECLI:EU:C:2031:12",
            "ECLI:XX:C:2012:826",
            "ECLI:CE:ECHR:2016:1323JUD005916612",
            "CELEX 32024Z1347",
            "[2031] UKUT 1 (IAC)",
        ],
    )
    def test_nothing_can_be_called_so(self, words):
        [cited] = recognise(words)
        assert fault(cited, TODAY)

    @pytest.mark.parametrize("words", ["ECLI:EU:C:2012:826", "CELEX 32024R1347", "[2026] UKUT 1 (IAC)", "C-465/07"])
    def test_something_can(self, words):
        [cited] = recognise(words)
        assert not fault(cited, TODAY)


class TestNear:
    @pytest.mark.parametrize("other", ["37201/07", "37210/06", "3721/06", "372010/06", "37201/60", "47201/06"])
    def test_is_one_slip_away(self, other):
        assert other in near("37201/06")

    @pytest.mark.parametrize("other", ["37201/06", "37102/60", "12345/06", "37201-06", "3720106"])
    def test_is_not_the_same_nor_two_away_nor_another_sign(self, other):
        assert other not in near("37201/06")
