"""Whose letters these are, told by letters that no other language has."""

import pytest

from panah.text import Orthography, orthography

ARABIC, UYGHUR = Orthography.ARABIC, Orthography.UYGHUR


class TestOrthography:
    @pytest.mark.parametrize(
        ("raw", "whose"),
        [
            ("ئۇيغۇر", UYGHUR),
            ("مەكتەپ", UYGHUR),
            ("تېلېفون", UYGHUR),
            ("مېنىڭ", UYGHUR),
            ("ﺋﯘﻳﻐﯘﺭ", UYGHUR),  # presentation forms
            ("كۇردستان ھەرێم", UYGHUR),  # Kurdish has these letters too
            ("قازاقستان رەسپۋبليكاسى", UYGHUR),  # Kazakh in Arabic letters
            ("اللاجئون في هذا البلد", ARABIC),
            ("پناهندگی می‌خواهم", ARABIC),
            ("پناہ گزین", ARABIC),  # Urdu
            ("پاناھ", ARABIC),  # a Uyghur word, with none of the letters that would tell
            ("Uyghur", ARABIC),
            ("新疆", ARABIC),
            ("", ARABIC),
        ],
    )
    def test_is_told_by_letters_that_only_uyghur_and_its_neighbours_have(self, raw, whose):
        assert orthography(raw) is whose

    def test_one_letter_anywhere_in_a_text_is_enough(self):
        assert orthography("هذا " * 1000 + "ڭ") is UYGHUR
