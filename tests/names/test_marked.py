"""How well names are found in real documents whose names were marked by hand: never worse than what the documentation says."""

import json

import pytest

from panah.names import mentions
from support.marked import COI, HALVES, LANGUAGES, MARKS, passages, scored

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not COI.exists(), reason="the real documents, ../shared/data/coi, are not here"),
]

FLOORS = {
    ("zh", "mend"): (0.95, 0.85), ("zh", "judge"): (0.95, 0.95), ("zh", "later"): (0.95, 0.50),
    ("en", "mend"): (0.95, 0.97), ("en", "judge"): (0.89, 0.97), ("en", "later"): (0.95, 0.94),
    ("de", "mend"): (0.95, 0.85), ("de", "judge"): (0.95, 0.91), ("de", "later"): (0.95, 0.95),
}  # fmt: skip
"""Precision and recall, a little below what was measured."""


@pytest.fixture(scope="module")
def marked():
    return list(passages())


@pytest.mark.parametrize(("language", "half"), [(language, half) for language in LANGUAGES for half in HALVES])
def test_names_are_found_as_well_as_is_said(marked, language, half):
    score = scored(
        (each for each in marked if (each.language, each.half) == (language, half)),
        lambda words: [(mention.start, mention.end) for mention in mentions(words)],
    )
    precision, recall = FLOORS[language, half]
    assert score.precision >= precision
    assert score.recall >= recall


def test_a_third_of_the_passages_at_least_was_taken_blindly():
    rows = json.loads(MARKS.read_text())
    first = [row for row in rows if row["half"] != "later"]
    assert len(first) == 200
    for some in (first, rows):
        assert 3 * sum(row["chosen"] == "blind" for row in some) >= len(some)


def test_the_marks_hold_no_words():
    for row in json.loads(MARKS.read_text()):
        assert set(row) == {"language", "chosen", "half", "file", "start", "end", "digest", "names", "either"}
        assert all(
            isinstance(place, int) for marks in (row["names"], row["either"]) for mark in marks for place in mark
        )
