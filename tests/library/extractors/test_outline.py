"""Tables of contents: what is taken from headings and bookmarks, and what is made of one that was forged."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.library.extractors import assembled
from panah.library.extractors.kinds import HTML, PDF
from panah.library.extractors.outline import MOST, NAME, Entry, Heading, contents_of, outlined
from support.workbench import DEMO

PARTS = ["A title", "1. First", "words", "1. First", "2. Second\nthat goes on", "more"]


def entries(headings, parts=PARTS):
    found = outlined(assembled(parts, {}), headings).found
    return contents_of(found, len(parts))


class TestOutlined:
    def test_leads_to_the_paragraphs_that_begin_so_in_their_order(self):
        headings = [Heading(1, "A  title"), Heading(2, "1. First"), Heading(2, "2. Second")]
        assert entries(headings) == [Entry(1, "A title", 0), Entry(2, "1. First", 1), Entry(2, "2. Second", 4)]

    def test_leaves_out_what_stands_nowhere_and_what_would_be_no_table(self):
        assert entries([Heading(1, "Nowhere"), Heading(1, "A title"), Heading(1, "1. First")]) == [
            Entry(1, "A title", 0), Entry(1, "1. First", 1),
        ]  # fmt: skip
        assert entries([Heading(1, "A title")]) == []

    def test_is_bounded(self):
        assert len(entries([Heading(99, "words")] * (MOST + 5))) == MOST

    def test_of_a_pdf_is_its_bookmarks(self, read):
        found = read(PDF, (DEMO / "papers" / "12-country-note-2025.pdf").read_bytes())
        table = contents_of(found.found, len(found.paragraphs))
        assert [entry.title[:9] for entry in table][1:4] == ["1. What h", "2. Return", "3. Papers"]
        first, last = found.paragraphs[table[1].paragraph]
        assert found.content[first:last].decode().startswith("1. What has changed")

    def test_of_a_page_is_its_headings(self, read):
        found = read(HTML, "<h1>One</h1><p>a</p><h2>Two <b>and</b> more</h2><p>b</p><h3></h3><h2>ئۈچ</h2>".encode())
        assert [entry[:2] for entry in contents_of(found.found, len(found.paragraphs))] == [
            (1, "One"), (2, "Two and more"), (2, "ئۈچ"),
        ]  # fmt: skip


class TestForged:
    @pytest.mark.parametrize(
        "written",
        [
            "", "{", "[" * 100_000, "7", '{"a": 1}', '[["1", "a", 0]]', '[[0, "a", 0]]', '[[10, "a", 0]]', '[[1, "", 0]]',
            '[[1, "a", 5]]', '[[1, "a", -1]]', '[[true, "a", 0]]', '[[1, "a", 0.5]]', '[[1, "a"]]', "[[1, 2, 0]]", "[null]",
            json.dumps([[1, "a" * 301, 0]]),
        ],
    )  # fmt: skip
    def test_is_nothing(self, written):
        assert contents_of({NAME: written}, 5) == []

    @given(st.recursive(st.none() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=4)))
    def test_leads_nowhere_but_into_the_text(self, written):
        assert all(0 <= entry.paragraph < 3 for entry in contents_of({NAME: json.dumps(written)}, 3))
