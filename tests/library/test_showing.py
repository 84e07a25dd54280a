"""A reading as it is shown: in parts where it is long, with each hit numbered through the whole of it."""

from __future__ import annotations

import re

import pytest

from panah.library import showing
from panah.library.showing import Asked, shown
from support.members import signed_in
from support.workbench import Desk

PARAGRAPHS = [
    f"Number {number}, ئېنىق." if number % 3 else f"The invented sentence {number} has a well in it."
    for number in range(60)
]


@pytest.fixture
def desk(member, readers):
    return Desk(member, readers)


@pytest.fixture
def paper(desk, monkeypatch):
    """Sixty paragraphs, twenty of them with a hit, shown some ten at a time."""
    monkeypatch.setattr(showing, "PART", 400)
    return desk.paper("\n\n".join(PARAGRAPHS))


class TestShown:
    def test_counts_the_hits_of_each_part_and_of_all(self, paper):
        whole = shown(paper, Asked("well"))
        assert whole.hits == 20
        assert len(whole.parts) > 3
        assert sum(hits for _, hits in whole.parts) == 20

    def test_numbers_the_hits_through_all_parts(self, paper):
        numbers = []
        for number, hits in shown(paper, Asked("well")).parts:
            part = shown(paper, Asked("well", part=str(number)))
            found = [piece.hit for paragraph in part.paragraphs for piece in paragraph.pieces if piece.hit]
            assert len(found) == hits
            assert part.before == len(numbers)
            numbers += found
        assert numbers == list(range(1, 21))

    def test_shows_every_word_once(self, paper):
        asked = Asked("well OR ئېنىق")
        parts = [shown(paper, asked._replace(part=str(number))) for number, _ in shown(paper, asked).parts]
        paragraphs = [paragraph for part in parts for paragraph in part.paragraphs]
        written = [each.plain or "".join(piece.words for piece in each.pieces) for each in paragraphs]
        assert written == PARAGRAPHS

    def test_begins_with_the_part_of_the_first_hit(self, paper):
        begun = shown(paper, Asked('"sentence 57"'))
        assert (begun.part, begun.hits, begun.before) == (len(begun.parts), 1, 0)

    def test_a_paragraph_without_a_hit_is_one_piece(self, paper):
        first, second = shown(paper, Asked("well")).paragraphs[:2]
        assert (first.plain, [piece.hit for piece in first.pieces]) == ("", [0, 1, 0])
        assert (second.plain, second.pieces) == (PARAGRAPHS[1], [])


class TestPage:
    def test_leads_from_one_hit_to_the_next(self, desk, paper):
        page = signed_in(desk.member).get(f"/library/documents/{paper.pk}?q=well&part=2").content.decode()
        marks = [int(number) for number in re.findall(r'<mark id="hit-(\d+)"', page)]
        assert marks == list(range(marks[0], marks[-1] + 1))
        assert f'href="#hit-{marks[0] - 1}"' in page
        assert f'href="#hit-{marks[-1] + 1}"' in page
        assert "20 hits" in page

    def test_of_a_paragraph_stands_at_its_byte(self, desk, paper):
        start = len("\n\n".join(PARAGRAPHS[:7]).encode()) + 2
        page = signed_in(desk.member).get(f"/library/documents/{paper.pk}?at={start}").content.decode()
        assert f'<p dir="auto" id="at-{start}" data-start="{start}">{PARAGRAPHS[7]}</p>' in page
