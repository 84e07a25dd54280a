"""Words in the forms that their languages give them share a stem; others do not."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.text import peeled, tokens
from panah.text.suffixes import ENDINGS, LEAST, stripped

TOOL = Path(__file__).parents[2] / "tools" / "han.py"


def stems(raw, language):
    return tokens(raw, language).stems.split()


class TestPeeled:
    def test_takes_one_ending_off_after_the_other_and_changes_no_letter(self):
        assert peeled("دوستلىرىمنىڭ", "ug", "Arab") == ["دوستلىرىم", "دوستلىر", "دوست"]
        assert peeled("досларының", "kk", "Cyrl") == ["дослары", "дослар", "дос"]

    def test_takes_nothing_off_a_word_without_endings_or_of_another_language(self):
        assert peeled("دوست", "ug", "Arab") == peeled("friends", "en", "Latn") == []


class TestOwnStems:
    @pytest.mark.parametrize(
        ("language", "forms"),
        [
            ("ug-Arab", "لاگېر لاگېرلار لاگېرنىڭ لاگېرلارنىڭ لاگېردا لاگېردىن لاگېرغا لاگېرى لاگېرىمىز"),
            ("ug-Arab", "مەكتەپ مەكتەپلەر مەكتىپى مەكتەپتە مەكتەپكە"),
            ("ug-Latn", "lager lagerlar lagerning lagerlarning lagerda lagerdin"),
            ("ug-Cyrl", "лагерь лагерьлар лагерниң лагерда лагердин"),
            ("kk-Cyrl", "лагерь лагерлер лагердің лагерлерінде лагерге лагерден лагері"),
            ("kk-Cyrl", "мектеп мектебі мектептер мектептерде мектептің"),
            ("kk-Arab", "مەكتەپ مەكتەپتەر مەكتەپتە مەكتەپتىڭ"),
            ("ky", "мектеп мектеби мектептер мектептерде мектептин"),
            ("uz", "maktab maktablar maktabda maktabdan maktabning maktablarimiz"),
            ("uz", "мактаб мактаблар мактабда мактабдан мактабнинг"),
        ],
    )
    def test_are_one_for_the_forms_of_one_word(self, language, forms):
        assert len(set(stems(forms, language))) == 1

    @pytest.mark.parametrize(("language", "script"), ENDINGS)
    def test_leave_a_short_word_as_it_is(self, language, script):
        for ending in ENDINGS[language, script].groups[0]:
            assert stripped(ending, ENDINGS[language, script])

    @given(st.sampled_from(sorted(ENDINGS)), st.text(min_size=1))
    def test_are_never_empty_and_never_much_shorter_than_three_letters(self, which, word):
        assert len(stripped(word, ENDINGS[which])) >= min(LEAST - 1, len(word) - 1, 1)

    def test_an_ending_of_the_other_harmony_is_no_ending(self):
        kazakh = ENDINGS["kk", "Cyrl"]
        assert stripped("балалар", kazakh) == "бала"
        assert stripped("баладер", kazakh) == "баладер"


class TestStems:
    @pytest.mark.parametrize(
        ("language", "forms", "stem"),
        [
            ("en", "camp camps", "en·camp"),
            ("de", "Flüchtling", "de·fluchtling"),
            ("fr", "réfugiés refugies", "fr·refug"),
            ("sv", "flyktingarna", "sv·flykting"),
            ("nl", "kampen", "nl·kamp"),
            ("ru", "лагерей лагеря", "ru·лагер"),
            ("tr", "kamplar", "tr·kamp"),
            ("ar", "الكتاب كتاب", "ar·كتاب"),
        ],
    )
    def test_are_snowballs_of_folded_words(self, language, forms, stem):
        assert stem in set(stems(forms, language))

    def test_every_word_has_one_of_its_language_and_a_number_none(self):
        assert stems("The camps of 2019", "en") == ["en·the", "en·camp", "en·of"]

    def test_a_word_of_another_script_has_none_there(self):
        assert stems("camp лагерь 难民", "en") == ["en·camp"]

    def test_a_language_without_stems_has_none(self):
        assert stems("il campo", "it") == []

    def test_where_the_language_is_not_told_a_word_has_those_of_every_language_of_its_script(self):
        assert {"en·camp", "fr·camp", "de·camps"} <= set(stems("camps", ""))

    @pytest.mark.parametrize(
        ("language", "compound", "part"),
        [
            ("de", "Umerziehungslager", "de·lag"),
            ("de", "Zwangsarbeit", "de·arbeit"),
            ("sv", "flyktingläger", "sv·lag"),
            ("nl", "heropvoedingskamp", "nl·kamp"),
        ],
    )
    def test_a_compound_is_found_by_what_it_ends_in(self, language, compound, part):
        assert part in stems(compound, language)

    def test_what_no_word_begins_with_is_no_part(self):
        assert stems("Schlager", "de") == ["de·schlag"]

    def test_a_word_broken_at_the_end_of_a_line_is_one_and_is_found_by_its_halves(self):
        found = tokens("the deten-\ntion of a state-\nsponsored", "en")
        assert found.words.split() == ["the", "detention", "of", "a", "statesponsored"]
        assert {"en·detent", "en·state", "en·sponsor"} <= set(found.stems.split())

    @pytest.mark.parametrize("raw", ["Nord-\nSyrien", "non-\nrefoulement", "2018-\n2019", "a -\nb"])
    def test_what_has_a_hyphen_anyway_keeps_it(self, raw):
        assert len(tokens(raw, "en").words.split()) == 2


def test_the_table_of_chinese_characters_is_what_its_source_gives():
    subprocess.run([sys.executable, TOOL, "--check"], check=True)
