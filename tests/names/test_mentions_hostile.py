"""Any text at all is looked through for names: an answer, whose places are right, in time that grows with its length."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from panah.names import mentions, parts

PIECES = [
    *(
        "Aynur ",
        "Tursun",
        "’s ",
        "al-",
        "bin ",
        "von ",
        "Mr. ",
        "J.",
        "Herr ",
        "journalist ",
        "TOHTI",
        "A-",
        "\n",
        ". ",
    ),
    *(
        "阿不都",
        "·",
        "吐尔逊",
        "王",
        "主席",
        "记者",
        "和",
        "熱比婭",
        "．",
        "ئابدۇرېھىم",
        "نىڭ ",
        "ئەپەندى ",
        "Айгүл",
        "ниң ",
    ),
    *(
        "\u202e",
        "\u200b",
        "\u00ad",
        "\u0301",
        "\u064b",
        "\ud800",
        "\U0001f642",
        "𠀀",
        "İ",
        "ﬁ",
        "ß",
        "0",
        "_",
        "%' OR 1=1 --",
        'NEAR("',
    ),
]
ANY_TEXT = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5))).map("".join)
"""Characters of every kind, halves of pairs too, among pieces of names and of what stands around them."""

UNITS = [
    *(
        "A",
        "a",
        "A ",
        "Aa-",
        "A.",
        "A. ",
        "Al-",
        "von A ",
        "A'",
        "A’a",
        "Aynur ",
        "Aynur\n",
        "Dr. ",
        "MR. TOHTI ",
        "bin ",
        "Herr Brand ",
    ),
    *(
        "阿",
        "阿·",
        "阿不都",
        "·",
        "王",
        "毛主席",
        "张明远说",
        "江",
        "记者马",
        "和",
        "𠀀",
        "ئا",
        "ئابدۇ ",
        "ۇن\u064b",
        "İ",
        "ß",
        "\ud800",
    ),
    *("\u202eAynur ", "A\u0301", "A\u200b", "\u200b", "\n", "-", "'", "1A ", "_A", "\U0001f642A"),
]
LENGTH = 20_000
LONGEST = 3.0
"""Seconds that so many of the worst characters may take on a slow machine; a fiftieth is usual."""


def places(raw):
    return [(mention.start, mention.end) for mention in mentions(raw)]


class TestAnyText:
    @given(ANY_TEXT)
    @example("")
    @example("A")
    @example("阿")
    @example("ئ")
    @example("Aynur \ud800 Tursun")
    @example("阿·")
    @example("·阿")
    @example("Tursun熱比婭")
    @example("Tursun-ß")
    def test_has_mentions_that_can_be_quoted(self, raw):
        found = mentions(raw)
        ends = 0
        for start, end, written in found:
            assert ends <= start < end <= len(raw)
            assert raw[start:end].strip() == raw[start:end]
            assert written == parts(raw[start:end]) != ()
            ends = end

    @given(ANY_TEXT)
    def test_has_the_same_mentions_each_time(self, raw):
        assert mentions(raw) == mentions(raw)

    @given(st.text(alphabet=st.characters(exclude_categories=("L", "M", "N")), max_size=200))
    def test_without_letters_has_none(self, raw):
        assert mentions(raw) == []

    @pytest.mark.parametrize("unit", UNITS, ids=ascii)
    def test_takes_time_by_its_length(self, unit):
        raw = (unit * LENGTH)[:LENGTH]
        begun = time.process_time()
        mentions(raw)
        assert time.process_time() - begun < LONGEST

    def test_of_one_run_of_ten_thousand_characters_has_none(self):
        assert mentions("Aynur" + "a" * 10_000) == mentions("阿" * 10_000) == mentions("ئ" * 10_000) == []


class TestPlaces:
    @given(st.text(alphabet="ab \n\U0001f642\u202e", max_size=20))
    def test_count_characters_of_the_raw_text(self, before):
        raw = before + "\n" + "阿不都热依木·吐尔逊"
        assert places(raw)[-1:] == [(len(before) + 1, len(raw))]
