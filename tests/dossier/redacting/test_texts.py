"""Finding and replacing in texts: however a name is written, it goes; nothing else does. Every person is invented."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.dossier.redacting import (
    Entry,
    Kind,
    PlaceholderTaken,
    Profile,
    ProfileEmpty,
    Redactor,
    SpellingInPlaceholder,
    SpellingLeft,
    SpellingTwice,
    SpellingWithoutLetters,
    drawn,
)


def redactor(*spellings, kind=Kind.PERSON):
    return Redactor(Profile((Entry(kind, spellings, 7),)))


class TestFinding:
    @pytest.mark.parametrize(
        ("spelling", "text"),
        [
            ("Ayshe Tursun", "ayshe TURSUN"),
            ("Ayşe Tursun", "Ayse Tursun"),
            ("Ayse Tursun", "AYŞE  TURSUN"),
            ("Ayse Tursun", "Ayse,\tTursun"),
            ("Ayse Tursun", "Ayse-Tursun"),
            ("Ayse Tursun", "Ayse_Tursun"),
            ("Ayse Tursun", "Ay\u00adse Tur\u200bsun"),
            ("Ayse Tursun", "Ａｙｓｅ Ｔｕｒｓｕｎ"),
            ("Ayse Tursun", "Ayse\n\nTursun"),
            ("Ayse Tursun", "Ay-\nse Tur-\r\nsun"),
            ("Ayse Tursun", "Ay- se Tur\nsun"),
            ("Ayse Tursun", "A y s e T u r s u n"),
            ("Abdul-Rahman", "Abdulrahman"),
            ("Abdulrahman", "Abdul-Rahman"),
            ("G'ulja", "G’ulja"),
            ("G'ulja", "Gulja"),
            ("Gülnar", "Gu\u0308lnar"),
            ("تۇرسۇن", "تۇرســۇن"),
            ("ئايشە", "ئايشه"),
            ("ھەبىبە", "ھەبيبە"),
            ("غۇلجا", "ﻏۇﻟﺠﺎ"),
            ("ئايشە تۇرسۇن", "تۇرسۇن ئايشە"),
            ("古丽娜尔", "古丽\n娜尔"),
            ("古丽娜尔", "古丽·娜尔"),
            ("Қалиев", "ҚАЛИЕВ"),
            ("Tursun*", "Tursunning"),
            ("تۇرسۇن*", "تۇرسۇننىڭ"),
            ("+49 170 1234567", "+49 (170) 123-45-67"),
            ("+49 170 1234567", "+٤٩ ١٧٠ ١٢٣٤٥٦٧"),
            ("ayse@example.org", "<AYSE@example.org>"),
            ("c++ (x) [a|b]$", "c x a b"),
            ("12.03.1991", "12/03/1991"),
        ],
    )
    def test_a_spelling_is_found_however_it_is_written(self, spelling, text):
        redacted = redactor(spelling).text(f"前 before {text} after 后。")
        assert redacted.counts.total() == 1
        assert "[Person 7]" in redacted.text
        assert re.fullmatch(r"前 before .+ after 后。", redacted.text)

    @pytest.mark.parametrize(
        ("spelling", "text"),
        [
            ("Ali", "Alive, Khalid, realisation"),
            ("Ana", "in an area"),
            ("Tursun", "Tursunay"),
            ("a.c", "abc"),
            ("NOT", "nothing"),
            ("12345", "123456 or 012345"),
            ("Ayse Tursun", "Ayse met Tursun"),
        ],
    )
    def test_words_that_only_look_alike_stay(self, spelling, text):
        assert redactor(spelling).text(text).text == text

    def test_of_two_that_overlap_the_longer_is_taken(self):
        profile = Profile((Entry(Kind.PERSON, ("Tursun",), 1), Entry(Kind.PERSON, ("Ayse Tursun",), 2)))
        assert Redactor(profile).text("Ayse Tursun and Tursun").text == "[Person 2] and [Person 1]"

    def test_two_that_share_a_word_are_both_named(self):
        profile = Profile((Entry(Kind.PERSON, ("Ayse Tursun",), 1), Entry(Kind.PLACE, ("Tursun Baza",), 2)))
        assert Redactor(profile).text("near Ayse Tursun Baza now").text == "near [Person 1][Place 2] now"

    def test_longer_words_in_which_a_spelling_stands_are_named_but_kept(self):
        assert redactor("Tursun").inside("Tursun, Tursunay, AyseTursun and Tursunay") == {
            "Tursunay": 2,
            "AyseTursun": 1,
        }

    @given(st.text(max_size=60), st.text(max_size=60))
    def test_whatever_stands_around_it_a_name_goes(self, before, after):
        raw = f"{before} Qurvanjan {after}"
        redacted = redactor("Qurvanjan").text(raw).text
        assert "Qurvanjan" not in redacted

    @given(st.text(max_size=200))
    def test_a_text_without_it_stays_as_it_is(self, raw):
        redacted = redactor("Qurvanjan Ezimet").text(raw)
        assert redacted == (raw, {})


class TestProfile:
    def test_the_numbers_say_nothing_of_the_order(self):
        wanted = [(Kind.PERSON, [f"Name{number}x"]) for number in range(30)]
        numbers = [entry.number for entry in drawn(wanted)]
        assert len(set(numbers)) == 30
        assert numbers != sorted(numbers) or drawn(wanted) != drawn(wanted)

    @pytest.mark.parametrize(
        ("wanted", "error"),
        [
            ([], ProfileEmpty),
            ([(Kind.PERSON, ["", "  "])], ProfileEmpty),
            ([(Kind.PERSON, ["?!"])], SpellingWithoutLetters),
            ([(Kind.PERSON, ["Ayse"]), (Kind.PLACE, ["AYŞE"])], SpellingTwice),
            ([(Kind.PERSON, ["person"])], SpellingInPlaceholder),
            ([(Kind.PERSON, ["Ayse"]), (Kind.OTHER, ["Pla*"])], SpellingInPlaceholder),
        ],
    )
    def test_one_that_could_not_be_followed_is_refused(self, wanted, error):
        with pytest.raises(error):
            drawn(wanted)

    def test_a_text_that_holds_a_placeholder_already_is_refused(self):
        with pytest.raises(PlaceholderTaken):
            redactor("Ayse").text("Ayse wrote [person 7].")

    def test_a_text_that_still_holds_a_spelling_is_refused(self):
        with pytest.raises(SpellingLeft) as refused:
            redactor("Ayse").require_clean("Here is Ayşe.", where="papers/001.txt")
        assert "ay" not in refused.value.sentence.casefold().replace("papers", "")
