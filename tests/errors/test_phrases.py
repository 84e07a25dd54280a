"""Sentences that know from which words and facts they were made, and can be said in another language."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.errors import PanahError, Phrase, phrase_of, put_together, said_in, taken_apart

FACTS = st.dictionaries(st.sampled_from(["reason", "page"]), st.text(max_size=20), min_size=2)
GERMAN = {
    "It is damaged: {reason}.": "Es ist beschädigt: {reason}.",
    "page {page} is missing": "Seite {page} fehlt",
    "it ended": "es endete",
    "photo.jpg": "never said",
}


class Damaged(PanahError):
    """It is damaged: {reason}."""


class Refused(PanahError):
    """{host} refused: {reason}."""


def in_german(said, parts):
    return said_in(said, parts, lambda words: GERMAN.get(words, words))


class TestPhrase:
    def test_is_the_english_sentence(self):
        assert Damaged(reason=Phrase("page {page} is missing", page=3)).sentence == "It is damaged: page 3 is missing."

    def test_has_no_full_stop_twice(self):
        assert (
            Refused(host="a", reason=Damaged(reason="it ended").sentence).sentence
            == "a refused: It is damaged: it ended."
        )

    @pytest.mark.parametrize(
        ("error", "said"),
        [
            (Damaged(reason=Phrase("page {page} is missing", page=3)), "Es ist beschädigt: Seite 3 fehlt."),
            (Damaged(reason="it ended"), "Es ist beschädigt: es endete."),
            (Damaged(reason="nobody translated this"), "Es ist beschädigt: nobody translated this."),
            (Refused(host="photo.jpg", reason=Damaged(reason="it ended").sentence), "photo.jpg refused: Es ist beschädigt: es endete."),
        ],
    )  # fmt: skip
    def test_is_said_in_another_language_after_it_was_stored(self, error, said):
        stored, parts = str(error.sentence), json.loads(json.dumps(taken_apart(error.sentence)))
        assert in_german(stored, parts) == said

    @given(FACTS)
    def test_comes_back_from_its_parts(self, facts):
        phrase = Phrase("{page}: {reason}, {page}", **facts)
        assert phrase_of(json.loads(json.dumps(phrase.parts))) == phrase
        assert phrase_of(phrase.parts).parts == phrase.parts


class TestWhatKnowsNoParts:
    @pytest.mark.parametrize(
        "parts",
        [
            [], None, "x", [""], ["", {}], ["{page}", {}], ["x {a}", {"a": 1}], ["x {a}", {"a": ["y"]}], ["another", {}],
            ["x", {"more": "y"}], ["x" * 2000, {}], {"x": {}},
            ["{a}", {"a": ["{a}", {"a": ["{a}", {"a": ["{a}", {"a": ["x", {}]}]}]}]}],
        ],
    )  # fmt: skip
    def test_is_said_as_it_stands(self, parts):
        assert in_german("It is damaged: it ended.", parts) == "It is damaged: it ended."
        assert put_together("x", parts) == "x"

    def test_has_none(self):
        assert taken_apart("It is damaged.") == []
