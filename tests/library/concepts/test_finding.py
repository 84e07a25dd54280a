"""Words are found by what they are called elsewhere, what was added is said, and it can be switched off."""

import pytest

from panah import text
from panah.library import queries
from panah.library.concepts.asking import asked, typed
from panah.library.finding.question import Question
from panah.library.showing import Asked, shown
from support.concepts import compiled_in

ENGLISH = "He was held in an internment camp near the town."
CHINESE = "他们被送进再教育营。"
UYGHUR = "ئۇلار يىغىۋېلىش لاگېرىدا تۇتۇلدى."
ASIDE = "A summer camp, with tents."


@pytest.fixture
def papers(shelve, settings, tmp_path):
    """Four papers, one of them about something else; and the thesaurus of tests."""
    settings.THESAURUS = compiled_in(tmp_path)
    texts = {"en": ENGLISH, "zh-Hans": CHINESE, "ug-Arab": UYGHUR, "en-GB": ASIDE}
    return {language: shelve(raw.encode(), language=language, title=language) for language, raw in texts.items()}


@pytest.fixture
def found(papers, member):
    """The languages of the papers that are found."""

    def found(words, **how):
        return {hit.document.language for hit in queries.find(member, words, **how).hits}

    return found


ALL = {"en", "zh-Hans", "ug-Arab"}


class TestFind:
    @pytest.mark.parametrize(
        "words", ["internment camp", "Umerziehungslager", "再教育营", "集中营", "يىغىۋېلىش لاگېرى", "toplama kampı"]
    )
    def test_in_any_language_finds_what_is_called_so_in_all(self, found, words):
        assert found(words) == ALL

    def test_of_the_words_alone_finds_no_more_than_they_say(self, found):
        assert found("再教育营", widen=False) == {"zh-Hans"}
        assert found("再教育营", without=frozenset({"camp"})) == {"zh-Hans"}
        assert found("集中营", widen=False) == set()

    def test_says_what_was_added_and_what_was_left_out(self, papers, member):
        results = queries.find(member, "再教育营")
        assert [(each.concept.id, each.words) for each in results.added] == [("camp", ("再教育营",))]
        assert results.left_out == ()
        results = queries.find(member, "再教育营", without=frozenset({"camp"}))
        assert results.added == ()
        assert [each.concept.id for each in results.left_out] == ["camp"]
        assert queries.find(member, "再教育营", widen=False).left_out == ()

    def test_marks_the_words_that_were_added(self, papers, member):
        marked = {
            "".join(words for words, is_marked in hit.marked() if is_marked)
            for hit in queries.find(member, "Umerziehungslager").hits
        }
        assert marked == {"internment camp", "再教育营", "يىغىۋېلىش لاگېرىدا"}

    def test_keeps_out_what_was_excluded(self, found):
        assert found("internment camp -town") == {"zh-Hans", "ug-Arab"}
        assert found("再教育营 -internment") == {"zh-Hans", "ug-Arab"}


class TestShown:
    def test_marks_what_was_looked_for_on_the_page_of_a_document(self, papers, member):
        paper = queries.document(member, papers["zh-Hans"].pk)
        assert shown(paper, Asked("internment camp")).hits == 1
        assert shown(paper, Asked("internment camp", exactly=True)).hits == 0
        assert shown(paper, Asked("internment camp", without=frozenset({"camp"}))).hits == 0


class TestTyped:
    def test_finds_the_same_where_nobody_has_a_thesaurus(self, papers):
        for words in ("internment camp", "集中营", "a OR 集中营", "集中营 -town"):
            question = text.parsed(typed(Question(words)))
            for raw in (ENGLISH, CHINESE, UYGHUR, ASIDE):
                assert text.found_in(raw, question) == text.found_in(raw, asked(words).query)

    def test_is_what_was_asked_where_nothing_is_added(self, papers):
        assert [typed(Question(words)) for words in ("zebra", '"', "")] == ["zebra", '"', ""]
        bare = Question("集中营", exactly=True), Question("集中营", without=frozenset({"camp"}))
        assert {typed(question) for question in bare} == {"集中营"}
        assert len(typed(Question(" OR ".join(["集中营", "word " * 390])))) <= text.LONGEST

    def test_finds_any_word_where_any_is_enough(self):
        question = text.parsed(typed(Question("who saw the (camp of giraffes", any_word=True)))
        raw = "A camp. Giraffes were there, said who."
        assert [raw[start:end] for start, end in text.found_in(raw, question)] == ["camp", "Giraffes"], (
            "nobody misses the commonest words"
        )
