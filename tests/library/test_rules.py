"""How a reading is cut into passages, and where words stand in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.library.rules import (
    CONTEXT,
    ENOUGH,
    TOO_MUCH,
    Stretch,
    context_of,
    page_of,
    passages,
    stands_at,
    whole_characters,
)


def reading_of(paragraphs):
    """A reading, and the bounds of its paragraphs in bytes."""
    bounds, at = [], 0
    for paragraph in paragraphs:
        length = len(paragraph.encode())
        bounds.append((at, at + length))
        at += length + 2
    return "\n\n".join(paragraphs).encode(), bounds


def cut(*paragraphs, pages=()):
    """The passages of these paragraphs as text."""
    reading, bounds = reading_of(paragraphs)
    return [reading[stretch.start : stretch.end].decode() for stretch in passages(reading, bounds, pages)]


LETTERS = "ab .!?。；؟پ难𠀀\n"
PARAGRAPHS = st.lists(st.text(LETTERS, min_size=1, max_size=40).map(lambda text: text * 60), max_size=6)


class TestPassages:
    def test_short_paragraphs_go_together_until_there_is_enough(self):
        half = "word " * (ENOUGH // 10)
        assert cut(half, half, half, half) == [f"{half}\n\n{half}", f"{half}\n\n{half}"]

    def test_a_paragraph_is_not_parted_without_need(self):
        long = "x" * TOO_MUCH
        assert cut("first", long) == ["first", long]

    def test_a_heading_stays_with_its_paragraph(self):
        assert cut("Heading", "Text. " * 90) == ["Heading\n\n" + "Text. " * 90]

    @pytest.mark.parametrize(
        "stop", [". ", "! ", "? ", "; ", ": ", '." ', ".) ", "\n", "。", "；", "！", "？", "؟ ", "۔ "]
    )
    def test_a_long_paragraph_is_cut_after_a_stop(self, stop):
        sentence = "这 words پاناھ" + stop
        text = sentence * 200
        found = cut(text)
        assert "".join(found) == text
        assert all(passage.endswith(stop) for passage in found)
        assert all(len(passage.encode()) <= TOO_MUCH for passage in found)

    @pytest.mark.parametrize("number", ["3.5", "10:30", "example.org"])
    def test_a_sign_within_a_word_is_no_stop(self, number):
        assert all(passage.startswith(number) for passage in cut(f"{number}, " * 500))

    def test_without_a_stop_it_is_cut_at_a_space(self):
        found = cut("word " * 1000)
        assert "".join(found) == "word " * 1000
        assert all(passage.endswith("word ") for passage in found)

    @pytest.mark.parametrize("character", ["x", "é", "难", "𠀀"])
    @pytest.mark.parametrize("before", ["", "x"])
    def test_without_a_space_it_is_cut_between_characters(self, character, before):
        found = cut(before + character * 3000)
        assert "".join(found) == before + character * 3000
        assert len(found) > 1

    def test_no_passage_goes_over_a_page(self):
        reading, bounds = reading_of(["one", "two", "three"])
        assert list(passages(reading, bounds, [0, 5])) == [Stretch(0, 3, 1), Stretch(5, 15, 2)]

    def test_says_on_which_page_a_passage_begins(self):
        reading, bounds = reading_of(["x" * 700, "y" * 700])
        assert [stretch.page for stretch in passages(reading, bounds, [0, 0, 702])] == [2, 3]

    def test_of_nothing_there_are_none(self):
        assert list(passages(b"", [], [])) == []
        assert list(passages(b"words", [(2, 2)], [])) == []

    @given(PARAGRAPHS)
    def test_hold_every_byte_of_every_paragraph_once_and_in_order(self, paragraphs):
        reading, bounds = reading_of(paragraphs)
        found = list(passages(reading, bounds, []))
        covered = [at for stretch in found for at in range(stretch.start, stretch.end)]
        assert covered == sorted(set(covered))
        assert {at for start, end in bounds for at in range(start, end)} <= set(covered)

    @given(PARAGRAPHS)
    def test_never_part_a_character_nor_grow_beyond_bounds(self, paragraphs):
        reading, bounds = reading_of(paragraphs)
        for stretch in passages(reading, bounds, []):
            assert whole_characters(reading, stretch.start, stretch.end)
            assert 0 < stretch.end - stretch.start <= TOO_MUCH

    @given(PARAGRAPHS, st.lists(st.integers(0, 20_000), max_size=5).map(sorted))
    def test_lie_on_one_page_where_their_paragraphs_begin(self, paragraphs, pages):
        reading, bounds = reading_of(paragraphs)
        found = list(passages(reading, bounds, pages))
        for stretch in found:
            begun = {page_of(start, pages) for start, _ in bounds if stretch.start <= start < stretch.end}
            assert begun <= {stretch.page}
        assert [stretch.page or 0 for stretch in found] == sorted(stretch.page or 0 for stretch in found)


class TestPageOf:
    @pytest.mark.parametrize(
        ("position", "pages", "page"),
        [
            (0, [], None),
            (0, [0], 1),
            (99, [0], 1),
            (9, [0, 10], 1),
            (10, [0, 10], 2),
            (10, [0, 10, 10], 3),
            (3, [5], None),
        ],
    )
    def test_counts_from_one(self, position, pages, page):
        assert page_of(position, pages) == page


class TestContext:
    def test_is_what_stands_on_either_side(self):
        assert context_of(b"before words after", 7, 12) == ("before ", " after")

    def test_is_empty_at_the_ends(self):
        assert context_of(b"words", 0, 5) == ("", "")

    @pytest.mark.parametrize("character", ["x", "é", "难", "𠀀"])
    def test_has_forty_whole_characters(self, character):
        text = f"{character * 100}words{character * 100}"
        start = text.index("words")
        at = len(text[:start].encode())
        assert context_of(text.encode(), at, at + 5) == (character * CONTEXT, character * CONTEXT)

    @given(st.text(), st.text(min_size=1), st.text())
    def test_stands_beside_the_words(self, before, words, after):
        reading = (before + words + after).encode()
        at = len(before.encode())
        found = context_of(reading, at, at + len(words.encode()))
        assert found == (before[-CONTEXT:], after[:CONTEXT])


class TestStandsAt:
    @pytest.mark.parametrize(
        ("words", "near", "places"),
        [
            ("camp", 0, [0, 11, 15]),
            ("camp", 1, [11, 15]),
            ("camp", 15, [15]),
            ("camp", 16, []),
            ("campcamp", 0, [11]),
            ("prison", 0, []),
            ("Camp", 0, []),
            ("", 0, []),
        ],
    )
    def test_is_every_place(self, words, near, places):
        assert stands_at(b"camp, 2019 campcamp", words, near) == places

    def test_counts_places_that_overlap(self):
        assert stands_at("民民民".encode(), "民民") == [0, 3]

    @given(st.text("aب难", max_size=30), st.text("aب难", min_size=1, max_size=3))
    def test_the_words_stand_there_and_nowhere_else(self, text, words):
        reading, wanted = text.encode(), words.encode()
        assert stands_at(reading, words) == [at for at in range(len(reading)) if reading.startswith(wanted, at)]


class TestWholeCharacters:
    @given(st.text(max_size=20), st.data())
    def test_are_those_between_the_boundaries(self, text, data):
        reading = text.encode()
        boundaries = {len(text[:at].encode()) for at in range(len(text) + 1)}
        start, end = data.draw(st.tuples(st.integers(0, len(reading)), st.integers(0, len(reading))))
        assert whole_characters(reading, start, end) == ({start, end} <= boundaries)
