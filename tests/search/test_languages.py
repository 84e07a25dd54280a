"""Eighteen ways in which words of one text and of one question differ: all are found, by the index that is always there."""

import pytest

from panah import text
from panah.search import actions, queries
from panah.search.actions import Indexable, Words

CASES = {
    "Chinese substring": ("当局在新疆设立了再教育营。", "教育"),
    "Uyghur whole word": ("بۇ لاگېر شەھەر سىرتىدا.", "لاگېر"),
    "Uyghur suffix": ("لاگېرلارنىڭ سىرتىدا ساقچىلار تۇراتتى.", "لاگېر"),
    "Arabic ي typed for ى": ("ئۇنىڭ تىلى كېسىلدى.", "تيلي"),
    "ه typed for ە": ("مەكتەپ ئېتىلدى.", "مهكتهپ"),
    "presentation forms from a PDF": ("ﺋﯘﻳﻐﯘﺭ", "ئۇيغۇر"),
    "tatweel": ("پـــاناھ تىلىدى", "پاناھ"),
    "İstanbul": ("İstanbul'a vardılar.", "istanbul"),
    "Türkistan": ("Doğu Türkistan haritası", "turkistan"),
    "ışık": ("Odada ışık yanıyordu.", "isik"),
    "Kazakh suffix": ("Ол лагерлерінде екі жыл болды.", "лагерь"),
    "German compound": ("Sie war zwei Jahre im Umerziehungslager.", "Lager"),
    "French accents": ("Les réfugiés ont été refoulés.", "refugies"),
    "soft hyphen": ("the principle of non-re\u00adfoule\u00adment", "refoulement"),
    "decomposed": ("un re\u0301fugie\u0301 reconnu", "réfugié"),
    "hyphen at the end of a line": ("the deten-\ntion of relatives", "detention"),
    "Arabic hamza on alef": ("وصل أحمد إلى المطار", "احمد"),
    "Arabic article": ("أغلقت السلطات المسجد", "مسجد"),
}
"""A text with the word, and the word as it is typed."""
OTHERS = ("She taught history in a small town.", "天气很好。", "هوا سرد بود", "Погода была холодной.", "ھاۋا سوغۇق")


@pytest.fixture
def indexed(db):
    """Makes a text findable among others, each by the language that it says itself."""

    def indexed(raw):
        texts = [*OTHERS, raw]
        things = [Indexable(number, 1, text.language(each), 1) for number, each in enumerate(texts)]
        actions.index(kind="passage", things=things, words=Words(texts))
        return len(OTHERS)

    return indexed


def found(query):
    return queries.find(query, kind="passage", shelves=[1], limit=20).object_ids


@pytest.mark.parametrize(("raw", "typed"), CASES.values(), ids=CASES)
def test_a_word_is_found_however_it_is_written(indexed, raw, typed):
    number = indexed(raw)
    assert found(text.parsed(typed)) == [number]


@pytest.mark.parametrize(("raw", "typed"), CASES.values(), ids=CASES)
def test_where_it_was_found_it_is_marked(raw, typed):
    assert len(text.found_in(raw, text.parsed(typed))) == 1


class TestStems:
    def test_what_stands_there_as_it_was_typed_comes_first(self, db):
        texts = ["The camps were closed again.", "The camp was closed again."]
        things = [Indexable(number, 1, "en", 1) for number in range(2)]
        actions.index(kind="passage", things=things, words=Words(texts, ["en", "en"]))
        assert found(text.parsed("camp")) == [1, 0]
        assert found(text.parsed("camps")) == [0, 1]

    def test_in_quotation_marks_a_word_is_meant_exactly(self, indexed):
        number = indexed("Die Umerziehungslager wurden geschlossen.")
        assert found(text.parsed("lager")) == [number]
        assert found(text.parsed('"lager"')) == []

    def test_what_is_traditional_is_found_by_what_is_simplified_and_the_other_way_round(self, indexed):
        number = indexed("難民營在邊境。")
        assert found(text.parsed("难民营")) == found(text.parsed("難民營")) == [number]
