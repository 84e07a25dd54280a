"""Uyghur in the letters of old programs is found like any other, and quoted as it stands, byte for byte."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.library import actions, queries
from panah.library.actions.quoting import WordsDiffer
from panah.text import tokens
from support.old_letters import LETTERS, in_old_letters

TEXT = "ئۇيغۇرلار پاناھلىق تىلىدى، بەش ئادەم لاگېردىن قايتتى، ھېچكىم جاۋاب بەرمىدى."
WORDS = ["ئۇيغۇرلار", "پاناھلىق", "بەش", "لاگېردىن", "ھېچكىم", "جاۋاب", "پاناھ*"]


def test_the_letters_are_others():
    assert in_old_letters("پاناھ") == "ﭘﺎﻧﺎﮪ"
    assert not set(in_old_letters(TEXT)) & set(LETTERS)
    assert unicodedata.normalize("NFKC", in_old_letters("لاگېر")) == "لاگېر"


class TestFound:
    @pytest.mark.parametrize("asked", [str, in_old_letters], ids=["asked in letters of today", "asked in old letters"])
    @pytest.mark.parametrize(
        "written", [str, in_old_letters], ids=["written in letters of today", "written in old letters"]
    )
    def test_whichever_letters_the_text_and_the_question_are_in(self, shelve, member, asked, written):
        text = written(TEXT)
        document = shelve(text.encode())
        assert queries.content(document.reading) == text.encode()
        for word in WORDS:
            (hit,) = queries.find(member, asked(word)).hits
            ((start, end),) = hit.marks
            assert text.encode()[start:end].decode() in text.split(" ") or text.encode()[
                start:end
            ].decode() + "،" in text.split(" ")

    def test_what_is_quoted_is_what_stands_there(self, shelve, member, now):
        document = shelve(in_old_letters(TEXT).encode())
        quotation = actions.quote(document=document, words=in_old_letters("پاناھلىق تىلىدى"), by=member, now=now)
        assert quotation.words == in_old_letters("پاناھلىق تىلىدى")
        with pytest.raises(WordsDiffer):
            actions.quote(document=document, words="پاناھلىق تىلىدى", by=member, now=now)


class TestAnyWords:
    @given(st.lists(st.text(st.sampled_from(LETTERS), min_size=1, max_size=12), min_size=1, max_size=6))
    def test_are_the_same_words_in_both(self, words):
        text = " ".join(["ئۇيغۇر", *words])
        assert tokens(in_old_letters(text)) == tokens(text)
