"""Of which concepts words speak is looked for once, and no word is kept for that."""

from __future__ import annotations

from panah.cases.currency import queries
from panah.library.concepts.asking import thesaurus

WORDS = "Her passport was recalled by the police."


def test_words_are_looked_at_once_and_only_their_digest_stays(db, monkeypatch):
    monkeypatch.setattr(queries, "_SPOKEN_OF", {})
    first = queries._spoken_of(WORDS, thesaurus())
    assert first
    assert queries._spoken_of(WORDS, thesaurus()) == first
    assert len(queries._SPOKEN_OF) == 1
    assert "passport was" not in str(queries._SPOKEN_OF)


def test_no_more_is_remembered_than_there_is_room_for(db, monkeypatch):
    monkeypatch.setattr(queries, "_SPOKEN_OF", {})
    monkeypatch.setattr(queries, "REMEMBERED", 2)
    for number in range(5):
        queries._spoken_of(f"Passport {number}.", thesaurus())
    assert len(queries._SPOKEN_OF) <= 2
