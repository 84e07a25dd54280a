"""Sentences and paragraphs, with their places, in every script that people tell in."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.text import paragraphs, sentences

CASES = {
    "English": ("They came at night. I was asleep!  Who were they?", ["They came at night.", "I was asleep!", "Who were they?"]),
    "Uyghur": ("ئۇلار كېچىدە كەلدى. «كىم ئۇ؟» دەپ سورىدىم. كىم؟ بىلمەيمەن.", ["ئۇلار كېچىدە كەلدى.", "«كىم ئۇ؟»", "دەپ سورىدىم.", "كىم؟", "بىلمەيمەن."]),
    "Chinese": ("他们晚上来了。我在睡觉！“你是谁？”我问。", ["他们晚上来了。", "我在睡觉！", "“你是谁？”", "我问。"]),
    "Kazakh": ("Олар түнде келді. Мен ұйықтап жатқанмын.", ["Олар түнде келді.", "Мен ұйықтап жатқанмын."]),
    "Kazakh in Arabic script": ("ولار تۇندە كەلدى. بىلمەيمىن.", ["ولار تۇندە كەلدى.", "بىلمەيمىن."]),
    "an ellipsis and a quotation": ("“They came…” He stopped.", ["“They came…”", "He stopped."]),
    "a title and an initial": ("Mr. A. Invented came. He left.", ["Mr. A. Invented came.", "He left."]),
    "a day": ("It was the 5. May of 2017. Then nothing.", ["It was the 5. May of 2017.", "Then nothing."]),
    "a number with a point": ("It cost 3.50 in all. No more.", ["It cost 3.50 in all.", "No more."]),
    "a numbered paper, and an answer": ("Paper no. 5 was mine. No. It was not.", ["Paper no. 5 was mine.", "No.", "It was not."]),
    "a small letter after it": ("They asked etc. and so on. Then they left.", ["They asked etc. and so on.", "Then they left."]),
    "a short form at the end": ("I saw no.\nNothing.", ["I saw no.", "Nothing."]),
    "a sentence that ends with a short form": ("I saw Dr.", ["I saw Dr."]),
    "lines without marks": ("First line\nsecond line\n\n  third", ["First line", "second line", "third"]),
    "a bracket": ("(They came.) I left.", ["(They came.)", "I left."]),
    "only a mark": ("?", ["?"]),
    "a full stop after nothing": ("a — . b", ["a — . b"]),
    "nothing": (" \n ", []),
}  # fmt: skip


class TestSentences:
    @pytest.mark.parametrize(("raw", "expected"), list(CASES.values()), ids=list(CASES))
    def test_are_found_where_they_stand(self, raw, expected):
        assert [raw[span.start : span.end] for span in sentences(raw)] == expected

    @given(st.text(alphabet="ab A.!?؟。\n”5 ئ", max_size=60))
    def test_lose_nothing_but_space_and_keep_the_order(self, raw):
        found = sentences(raw)
        assert "".join("".join(raw[span.start : span.end].split()) for span in found) == "".join(raw.split())
        assert all(one.end <= other.start for one, other in pairwise(found))


class TestParagraphs:
    def test_are_lines_with_words(self):
        raw = " One. Two.\n\n  Three. \n"
        assert [raw[span.start : span.end] for span in paragraphs(raw)] == ["One. Two.", "Three."]
