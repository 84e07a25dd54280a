"""What a reader takes for the same word is one word to the search; what she tells apart stays apart."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.text.folding import folded, forms
from panah.text.scripts import Orthography

ARABIC, UYGHUR = Orthography.ARABIC, Orthography.UYGHUR

ONE_WORD = {
    # case
    "capitals": ("CAMP", "camp"),
    "Cyrillic capitals": ("БЕЖЕНЕЦ", "беженец"),
    "Kazakh capitals": ("ШЫҢЖАҢ", "шыңжаң"),
    "sharp s": ("Straße", "STRASSE"),
    "capital sharp s": ("STRAẞE", "strasse"),
    "dotted capital İ": ("İstanbul", "istanbul"),
    "dotless ı": ("ışık", "isik"),
    "dotless ı in capitals": ("IŞIK", "ışık"),
    # NFKC
    "ligature": ("ﬁle", "file"),
    "full width": ("Ｘｉｎｊｉａｎｇ", "Xinjiang"),
    "circled digit": ("①", "1"),
    "composed or decomposed": ("cafe\u0301", "café"),
    "decomposed Turkish": ("Tu\u0308rkiye", "Türkiye"),
    "decomposed Cyrillic": ("и\u0306од", "йод"),
    "decomposed hamza": ("\u064a\u0654ۇيغۇر", "ئۇيغۇر"),
    # accents and diaereses, typed or not
    "diaeresis": ("Türkistan", "turkistan"),
    "accents": ("réfugié", "refugie"),
    "cedilla and breve": ("sığınmacıç", "siginmacic"),
    "caron": ("Čečensko", "cecensko"),
    "Polish": ("Łódź", "lodz"),
    "Danish": ("Sjælland", "sjaelland"),
    "Norwegian": ("Tromsø", "tromso"),
    "Croatian": ("Đurđa", "durda"),
    "Icelandic": ("Þórður", "thordur"),
    "French œ": ("œuvre", "oeuvre"),
    "Vietnamese": ("tỵ", "ty"),
    "Uyghur Latin": ("Ëtiraz", "etiraz"),
    "Azerbaijani": ("Əliyev", "eliyev"),
    "Russian ё": ("Орёл", "орел"),
    "stress marked in Russian": ("бе\u0301женец", "беженец"),
    # apostrophes, typed or not
    "Qur'an": ("Qur'an", "Quran"),
    "Qurʾān": ("Qurʾān", "quran"),
    "ʿAbd": ("ʿAbd", "abd"),
    "typographic": ("Xi’an", "xian"),
    "backtick": ("Xi`an", "Xi'an"),
    "soft sign, transliterated": ("Kazanʹ", "kazan"),
    # unseen
    "soft hyphen": ("re\u00adfoule\u00adment", "refoulement"),
    "zero-width joiner": ("می\u200cخواهم", "میخواهم"),
    "zero-width space": ("camp\u200b", "camp"),
    "word joiner": ("ca\u2060mp", "camp"),
    "byte order mark": ("\ufeffcamp", "camp"),
    "marks of direction": ("\u202bپاناھ\u202c\u200f", "پاناھ"),
    "isolates": ("\u2067پاناھ\u2069", "پاناھ"),
    "tatweel": ("پـــاناھ", "پاناھ"),
    "harakat": ("مَدْرَسَةٌ", "مدرسة"),
    "superscript alef": ("رحمٰن", "رحمن"),
    # footnote numbers hang on words
    "footnote ¹": ("refugees¹", "refugees"),
    "footnote ²³": ("camps²³", "camps"),
    "footnote ⁴⁵": ("camps⁴⁵", "camps"),
    # Han
    "Chinese, simplified and not": ("难民", "難民"),
    "a Chinese character by way of its common form": ("薴", "苎"),
    # Arabic letters
    "Arabic yeh for Uyghur i": ("تىلي", "تىلى"),
    "Persian yeh": ("ایران", "ايران"),
    "Urdu yeh": ("لئے", "لئي"),
    "Persian kaf": ("کتاب", "كتاب"),
    "hamza on alef": ("أحمد", "احمد"),
    "hamza under alef": ("إسلام", "اسلام"),
    "madda": ("آمنه", "امنه"),
    "wasla": ("ٱلله", "الله"),
    "hamza on waw": ("مؤمن", "مومن"),
    "presentation forms": ("ﭘﺎﻧﺎﮪ", "پاناھ"),
    "lam-alef in one glyph": ("لاگېر", "\ufefbگېر"),
    "presentation forms of Uyghur vowels": ("ﺋﯘﻳﻐﯘﺭ", "ئۇيغۇر"),
}

TWO_WORDS = {
    "й is not и": ("йод", "иод"),
    "ң is not н": ("шыңжаң", "шынжан"),
    "қ is not к": ("қала", "кала"),
    "ғ is not г": ("ғасыр", "гасыр"),
    "ұ is not у": ("ұлт", "улт"),
    "ө is not о": ("өмір", "омир"),
    "hamza makes another letter": ("ئات", "يات"),
    "Uyghur ۇ, ۆ, ۈ": ("ئۇ", "ئۆ"),
    "Uyghur ې is not ى": ("ئېلى", "ئىلى"),
    "footnote number as a plain digit": ("article3", "article"),
}


class TestFolded:
    @pytest.mark.parametrize(("written", "typed"), ONE_WORD.values(), ids=ONE_WORD)
    @pytest.mark.parametrize("whose", Orthography)
    def test_what_a_reader_takes_for_one_word_is_one(self, written, typed, whose):
        assert folded(written, whose) == folded(typed, whose)

    @pytest.mark.parametrize(("one", "other"), TWO_WORDS.values(), ids=TWO_WORDS)
    @pytest.mark.parametrize("whose", Orthography)
    def test_what_a_reader_tells_apart_stays_apart(self, one, other, whose):
        assert folded(one, whose) != folded(other, whose)

    @pytest.mark.parametrize(
        ("written", "in_arabic", "in_uyghur"),
        [
            ("ه", "ه", "ە"),  # typed on an Arabic keyboard, for want of the letter
            ("ە", "ه", "ە"),
            ("ھ", "ه", "ھ"),
            ("ہ", "ه", "ھ"),
            ("ة", "ه", "ە"),
            ("ﮪ", "ه", "ھ"),  # the shapes of ھ
            ("ﮬ", "ه", "ھ"),
            ("ﻩ", "ه", "ە"),  # old fonts: the isolated and final shapes of ه are ە
            ("ﻪ", "ه", "ە"),
            ("ﻫ", "ه", "ھ"),  # ... and the initial and medial ones are ھ
            ("ﻬ", "ه", "ھ"),
        ],
    )
    def test_the_shapes_of_h_are_read_in_the_language_of_the_text(self, written, in_arabic, in_uyghur):
        assert (folded(written, ARABIC), folded(written, UYGHUR)) == (in_arabic, in_uyghur)

    def test_an_old_uyghur_font_gives_the_same_word_as_a_new_one(self):
        assert folded("ﻣﻪﻛﺘﻪﭖ", UYGHUR) == folded("مەكتەپ", UYGHUR)

    @pytest.mark.parametrize("marks", ["", "'", "’", "ʼ", "\u00ad", "\u200f", "ـ", "¹", "\u064b", "´"])
    def test_nothing_but_marks_gives_no_word(self, marks):
        assert folded(marks, UYGHUR) == ""

    def test_a_variation_selector_is_no_letter(self):
        assert folded("難\ufe00", ARABIC) == folded("難", ARABIC)

    @given(st.text(st.characters(exclude_categories=())), st.sampled_from(Orthography))
    def test_any_text_has_a_form_without_capitals_or_spaces_within_a_word(self, word, whose):
        form = folded("ü" + word, whose)
        assert form == form.casefold().replace(" ", "")

    @given(st.text("ئۇيغۇرپاناھہەهةىیيكکأİıüÜéñçğşŞёйқңҢABab"), st.sampled_from(Orthography))
    def test_composed_and_decomposed_text_have_one_form(self, word, whose):
        assert folded(unicodedata.normalize("NFD", word), whose) == folded(word, whose)

    @given(st.text("ئۇيغۇرپاناھہەهةىیيكکأİıüÜéñçğşŞёйқңҢABab'’ʾـ\u200c"), st.sampled_from(Orthography))
    def test_folding_again_changes_nothing(self, word, whose):
        once = folded(word, whose)
        assert folded(once, whose) == once


class TestForms:
    def test_a_word_that_is_the_same_everywhere_has_one_form(self):
        assert forms("Türkistan") == ("turkistan",)

    def test_the_likeliest_form_of_a_word_with_h_comes_first(self):
        assert forms("مهكتهپ") == ("مەكتەپ", "مھكتھپ", "مهكتهپ")

    @pytest.mark.parametrize("typed", ["پاناھ", "پاناه"])
    @pytest.mark.parametrize("whose", Orthography)
    def test_a_word_is_found_however_its_h_was_typed(self, typed, whose):
        assert folded("پاناھ", whose) in forms(typed)

    @pytest.mark.parametrize("nothing", ["", "'", "\u00ad"])
    def test_nothing_has_no_form(self, nothing):
        assert forms(nothing) == ()

    @given(st.text(st.characters(exclude_categories=())))
    def test_every_form_that_an_index_may_hold_is_among_them(self, word):
        held = {folded(word, whose) for whose in Orthography} - {""}
        assert held <= set(forms(word))
