"""Words and their places: whatever the search finds can be quoted from the raw text, to the character."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from panah.text import BREAK, pairs, pieces, tokens

ODD = "'’ʼ´_ \n-ـ\u200c\u200f\u00ad\u0301\u064b\u0e33\ufe00\u3099²½İıſßﬃﷺأەهھ新疆𠀀々ｶﾞガำs_lLqu于2019年"
"""Characters that join, part, shrink or grow when they are folded."""

ANY_TEXT = st.text(st.one_of(st.sampled_from(ODD), st.characters(exclude_categories=())))
"""Any characters at all, halves of pairs included, and often those that are hard."""


def words(raw):
    return tokens(raw).words.split()


class TestWords:
    @pytest.mark.parametrize(
        ("raw", "found"),
        [
            ("The camp, the prison.", ["the", "camp", "the", "prison"]),
            ("article 3(1)", ["article", "3", "1"]),
            ("non-refoulement", ["non", "refoulement"]),
            ("A/HRC/51/5", ["a", "hrc", "51", "5"]),
            ("https://example.org/a_b", ["https", "example", "org", "a", "b"]),
            ("snake_case__word_", ["snake", "case", "word"]),
            ("3.5 million", ["3", "5", "million"]),
            ("he said: ‘camp’", ["he", "said", "camp"]),
            ("'camp'", ["camp"]),
            ("camps' gates", ["camps", "gates"]),
            ("ئۇيغۇر، قازاق؛ قىرغىز؟", ["ئۇىغۇر", "قازاق", "قىرغىز"]),
            ("беженцы из Китая", ["беженцы", "из", "китая"]),
            ("Ürümqi’de", ["urumqide"]),
            ("refugees¹ and camps²³", ["refugees", "and", "camps"]),
            ("a b", ["a", "b"]),
            ("", []),
            (" \n\t\u3000", []),
            ("…—–·•", []),
            ("'' ’ ` ´", []),
            ("\u200f\u00ad \u064b", []),
            ("___", []),
        ],
    )
    def test_are_what_stands_between_spaces_and_signs(self, raw, found):
        assert words(raw) == found

    @pytest.mark.parametrize(
        ("raw", "found"),
        [
            ("l'asile", ["l", "asile"]),
            ("l’asile", ["l", "asile"]),
            ("L'État", ["l", "etat"]),
            ("d’origine", ["d", "origine"]),
            ("qu'il", ["qu", "il"]),
            ("jusqu’à", ["jusqu", "a"]),
            ("Lorsqu'on", ["lorsqu", "on"]),
            ("puisqu'elle", ["puisqu", "elle"]),
            ("O'Brien", ["o", "brien"]),
            ("aujourd'hui", ["aujourdhui"]),
            ("China's", ["china", "s"]),
            ("CHINA’S", ["china", "s"]),
            ("l'Afrique's", ["l", "afrique", "s"]),
            ("don't", ["dont"]),
            ("Qur'an", ["quran"]),
            ("Sa'id's", ["said", "s"]),
            ("s's", ["s", "s"]),
            ("'s", ["s"]),
            ("l'", ["l"]),
        ],
    )
    def test_are_parted_after_an_elision_and_before_a_possessive(self, raw, found):
        assert words(raw) == found

    @pytest.mark.parametrize(
        ("raw", "typed"),
        [
            *(("Oʻzbekiston", "Ozbekiston"), ("Gʻulja", "Gulja"), ("ʿUmar", "Umar"), ("Aʼzam", "Azam")),
            *(("G'ulja", "Gulja"), ("a’zam", "azam")),  # letters that no language elides
        ],
    )
    def test_a_letter_that_looks_like_an_apostrophe_parts_no_word(self, raw, typed):
        assert words(raw) == words(typed)


class TestUnspacedScripts:
    @pytest.mark.parametrize(
        ("raw", "singles", "doubles"),
        [
            ("难民", ["难", "民"], ["难民"]),
            ("难民营", ["难", "民", "营"], ["难民", "民营"]),
            ("民", ["民"], []),
            ("难民，营地", ["难", "民", "营", "地"], ["难民", BREAK, "营地"]),
            ("ガギグ", ["ガ", "ギ", "グ"], ["ガギ", "ギグ"]),
            ("人々", ["人", "々"], ["人々"]),
            ("二〇一九", ["二", "〇", "一", "九"], ["二〇", "〇一", "一九"]),
            ("𠀀𠀁", ["𠀀", "𠀁"], ["𠀀𠀁"]),  # rare Han beyond the Basic Multilingual Plane
            ("𰻝面", ["𰻝", "面"], ["𰻝面"]),
            ("ไทย", ["ไ", "ท", "ย"], ["ไท", "ทย"]),
            ("မြန်မာ", ["မ", "ြ", "န", "်", "မ", "ာ"], ["မြ", "ြန", "န်", "်မ", "မာ"]),
            ("豈", ["岂"], []),  # a compatibility ideograph
        ],
    )
    def test_are_found_by_characters_and_by_overlapping_pairs(self, raw, singles, doubles):
        found = tokens(raw)
        assert found.words.split() == singles
        assert found.pairs.split() == ([*doubles, BREAK] if doubles else [])

    @pytest.mark.parametrize(
        ("raw", "found"),
        [
            ("于2019年3月", ["于", "2019", "年", "3", "月"]),
            ("Xinjiang新疆Uyghur", ["xinjiang", "新", "疆", "uyghur"]),
            ("新疆ئۇيغۇر", ["新", "疆", "ئۇىغۇر"]),
            ("COVID難民s", ["covid", "难", "民", "s"]),
            ("第３条", ["第", "3", "条"]),
        ],
    )
    def test_are_parted_from_letters_and_numbers_without_a_space(self, raw, found):
        assert words(raw) == found

    def test_a_mixed_run_keeps_every_place(self):
        raw = "(于2019年3月)"
        assert [raw[piece.start : piece.end] for piece in pieces(raw)] == ["于", "2019", "年", "3", "月"]

    def test_two_runs_are_no_neighbours(self):
        assert tokens("新疆 西藏").pairs.split() == ["新疆", BREAK, "西藏", BREAK]

    @pytest.mark.parametrize(
        ("written", "typed"),
        [
            ("⼈权", "人权"),  # a radical, as PDFs give it
            ("⽇本", "日本"),
            ("ｶﾞｲﾄﾞ", "ガイド"),  # half-width kana with their voicing marks
            ("か\u3099", "が"),
            ("難\ufe00民", "難民"),  # a variation selector
            ("葛\U000e0100城", "葛城"),
            ("ไทย\u200bคน", "ไทยคน"),  # an unseen place to break the line
        ],
    )
    def test_one_character_written_in_two_ways_gives_the_same_pairs(self, written, typed):
        assert tokens(written) == tokens(typed)

    def test_a_mark_of_a_script_beyond_the_basic_multilingual_plane_parts_no_word(self):
        assert len(words("\U00010d1f\U00010d26\U00010d19")) == 1  # Hanifi Rohingya, with its mark of tone

    def test_nothing_but_a_variation_selector_is_no_word(self):
        assert words("❤\ufe0f") == []


class TestPairs:
    @pytest.mark.parametrize(
        ("form", "found"), [("", []), ("民", []), ("难民", ["难民"]), ("难民营", ["难民", "民营"])]
    )
    def test_overlap(self, form, found):
        assert pairs(form) == found


class TestPlaces:
    @pytest.mark.parametrize(
        ("raw", "stands"),
        [
            ("‘camp’ …", ["camp"]),
            ("re\u00adfoule\u00adment", ["re\u00adfoule\u00adment"]),
            ("refugees¹,", ["refugees¹"]),
            ("l’asile", ["l", "asile"]),
            ("China’s", ["China", "s"]),
            ("پـــاناھ!", ["پـــاناھ"]),
            ("a_b", ["a", "b"]),
        ],
    )
    def test_are_those_of_the_raw_word(self, raw, stands):
        assert [raw[piece.start : piece.end] for piece in pieces(raw)] == stands

    @given(ANY_TEXT)
    @example("d's's's")
    @example("_'_s'_l'a")
    @example("\ud800\udc00新\udfff")
    def test_lie_inside_the_text_in_order_without_overlap(self, raw):
        found = list(pieces(raw))
        assert all(0 <= piece.start < piece.end <= len(raw) for piece in found)
        assert all(one.end <= other.start for one, other in pairwise(found))

    @given(ANY_TEXT)
    def test_belong_to_the_words_that_the_index_keeps(self, raw):
        forms = [[*piece.form] if piece.unspaced else [piece.form] for piece in pieces(raw)]
        assert tokens(raw).words.split() == [form for parts in forms for form in parts]

    @given(ANY_TEXT)
    def test_belong_to_the_pairs_that_the_index_keeps(self, raw):
        runs = [piece.form for piece in pieces(raw) if piece.unspaced and len(piece.form) > 1]
        assert tokens(raw).pairs.split() == [pair for run in runs for pair in [*pairs(run), BREAK]]

    @given(ANY_TEXT)
    def test_no_word_is_empty_or_holds_a_space_or_the_break(self, raw):
        found = tokens(raw)
        assert all(word and not word.isspace() and BREAK not in word for word in found.words.split())
        assert all(pair == BREAK or BREAK not in pair for pair in found.pairs.split())
