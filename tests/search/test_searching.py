"""One index: what goes in is found by whoever may see it, what goes out is gone, and no question is a command."""

import pytest
from django.db import IntegrityError, connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from panah import text
from panah.search import actions, queries
from panah.search.actions import Indexable, Words
from panah.search.engines import fts5, terms
from panah.search.models import Entry
from support.depth import tried

KIND = "passage"
IN_ONE_TRANSACTION = settings(
    deadline=None, max_examples=tried(25), suppress_health_check=[HealthCheck.function_scoped_fixture]
)
"""All examples share the transaction of their test; each leaves nothing behind."""


@pytest.fixture
def indexed(db):
    """Makes texts findable, numbered from 1, on shelf 1 unless told otherwise."""

    def indexed(*texts, shelf=1, language="", group=7, kind=KIND, first=1):
        things = [Indexable(number, shelf, language, group) for number, _ in enumerate(texts, start=first)]
        actions.index(kind=kind, things=things, words=Words(texts))

    return indexed


def found(question, *, shelves=(1,), kind=KIND, limit=20, **how):
    return queries.find(text.parsed(question), kind=kind, shelves=shelves, limit=limit, **how).object_ids


def counted(question, *, shelves=(1,), **how):
    return queries.counted(text.parsed(question), kind=KIND, shelves=shelves, **how)


class TestIndex:
    def test_makes_things_findable_under_their_own_numbers(self, indexed):
        indexed("a camp", "a school", first=41)
        assert found("camp") == [41]
        assert found("school") == [42]

    def test_keeps_the_words_out_of_every_table_but_the_postings(self, indexed):
        indexed("a camp")
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT terms FROM {fts5.TABLE}")
            assert cursor.fetchall() == [(None,)]

    def test_of_a_thing_that_is_indexed_already_is_refused(self, indexed):
        indexed("a camp")
        with pytest.raises(IntegrityError):
            indexed("a camp")

    def test_of_nothing_is_nothing(self, indexed):
        indexed()
        assert not Entry.objects.exists()

    def test_of_a_text_without_words_is_found_by_none(self, indexed):
        indexed("... !")
        assert found("camp") == []


class TestForget:
    def test_takes_out_that_thing_and_no_other(self, indexed):
        indexed("a camp", "another camp")
        actions.forget(kind=KIND, object_ids=[1])
        assert found("camp") == [2]
        assert Entry.objects.count() == 1
        indexed("a camp anew")
        assert sorted(found("camp")) == [1, 2]

    def test_of_another_kind_takes_out_nothing(self, indexed):
        indexed("a camp")
        actions.forget(kind="other", object_ids=[1])
        assert found("camp") == [1]


class TestRelabel:
    def test_says_in_which_language_things_are(self, indexed):
        indexed("a camp", "a camp")
        actions.relabel(kind=KIND, object_ids=[2], language="ug-Arab")
        assert found("camp", language="ug") == [2]


@pytest.mark.attack
class TestVeryMany:
    def test_are_relabelled_and_forgotten_whatever_their_number(self, indexed):
        """A database takes only so many numbers in one question; a text of two hundred megabytes has more passages."""
        indexed("a camp", first=1)
        indexed("a camp", first=300_000)
        actions.relabel(kind=KIND, object_ids=range(300_001), language="ug")
        assert found("camp", language="ug") == [1, 300_000]
        actions.forget(kind=KIND, object_ids=range(300_001))
        assert found("camp") == []


class TestLanguage:
    """BCP 47 is blind to case, and takes a shorter tag for all that begin with it."""

    TAGS = ("zh", "zh-Hant", "ZH-hans", "ug-Arab", "UG", "zha", "z%", "")

    @pytest.mark.parametrize(
        ("asked", "takes"),
        [
            ("zh", ["zh", "zh-Hant", "ZH-hans"]),
            ("ZH", ["zh", "zh-Hant", "ZH-hans"]),
            ("zh-hant", ["zh-Hant"]),
            ("Zh-HANS", ["ZH-hans"]),
            ("UG-arab", ["ug-Arab"]),
            ("ug", ["ug-Arab", "UG"]),
            ("z", []),
            ("z%", ["z%"]),
            ("z_", []),
            ("zh-", []),
            ("%", []),
            ("", list(TAGS)),
        ],
    )
    def test_takes_what_is_of_it_however_it_is_written(self, indexed, asked, takes):
        for number, tag in enumerate(self.TAGS):
            indexed("a camp", language=tag, first=number)
        assert [self.TAGS[number] for number in found("camp", language=asked)] == takes


class TestFindEach:
    def test_finds_for_each_question_what_it_would_alone(self, indexed):
        indexed("a camp", "a camp and a school", "a visa", group=5)
        questions = ["camp", "school", "nothing", "a -camp", "camp"]
        alone = [queries.find(text.parsed(each), kind=KIND, shelves=[1], limit=2) for each in questions]
        together = queries.find_each(map(text.parsed, questions), kind=KIND, shelves=[1], limit=2)
        assert together == alone
        assert [each.total for each in together] == [2, 1, 0, 1, 2]
        assert queries.find_each([], kind=KIND, shelves=[1], limit=2) == []


class TestGroups:
    def test_choose_what_is_found(self, indexed):
        indexed("a camp", group=5)
        indexed("a camp", "a camp", group=2**63 - 1, first=2)
        assert found("camp", groups=[2**63 - 1]) == [2, 3]
        assert found("camp", groups=range(10)) == [1]
        assert found("camp", groups=[]) == []

    def test_are_counted(self, indexed):
        indexed("a camp", "a school", group=5)
        indexed("a camp", "a camp", group=2**63 - 1, first=3)
        indexed("a camp", group=5, shelf=2, first=5)
        indexed("a camp", group=5, kind="other", first=6)
        assert counted("camp") == {5: 1, 2**63 - 1: 2}
        assert counted("camp OR school", shelves=[1, 2]) == {5: 3, 2**63 - 1: 2}
        assert counted("camp", groups=[5]) == {5: 1}
        assert counted("camp", shelves=[]) == counted("visa") == {}

    def test_are_counted_in_one_language(self, indexed):
        indexed("a camp", language="ug-Arab")
        indexed("a camp", language="ru", first=2)
        assert counted("camp", language="ug") == {7: 1}


def asked(*words):
    """A question for words that have stems, as `text.parsed` will understand one."""
    return text.All(
        tuple(text.Phrase((text.Word((form,), unspaced=False, stems=tuple(stems)),)) for form, *stems in words)
    )


class TestStems:
    """A word is found by its stem, in all the languages in which it may have one; and first as it was typed."""

    @pytest.fixture
    def stemmed(self, db):
        """Makes tokens findable that have stems."""

        def stemmed(*texts, first=1):
            things = [Indexable(number, 1, "", 7) for number, _ in enumerate(texts, start=first)]
            actions.index(
                kind=KIND, things=things, words=[terms.line(text.Tokens(*map(" ".join, each))) for each in texts]
            )

        return stemmed

    def found(self, *words):
        return queries.find(asked(*words), kind=KIND, shelves=[1], limit=20).object_ids

    def test_find_other_forms_after_the_exact_one(self, stemmed):
        stemmed((["the", "camps"], [], ["en·the", "en·camp"]), (["the", "camp"], [], ["en·the", "en·camp"]))
        stemmed(*[(["visa"], [], ["en·visa"])] * 9, first=3)
        assert self.found(("camp", "en·camp", "de·camp")) == [2, 1]
        assert self.found(("camps", "en·camp", "de·camps")) == [1, 2]

    def test_weigh_once_what_stands_once(self, stemmed):
        stemmed((["camp"], [], ["en·camp"]), (["visa", "now"], []), *[(["school"], [])] * 9)
        assert self.found(("camp", "en·camp")) == [1]
        both = text.Any(asked(("camp", "en·camp")).parts + asked(("visa",)).parts)
        assert queries.find(both, kind=KIND, shelves=[1], limit=2).object_ids == [1, 2]

    @pytest.mark.parametrize("question", ["en*", '"en camp"', "en", "·en", "camp*", "e*"])
    def test_are_nothing_that_somebody_can_type(self, stemmed, question):
        stemmed((["police"], [], ["en·camp"]))
        assert found(question) == []

    def test_stand_behind_no_word(self, stemmed):
        stemmed((["police"], ["难民"], ["camp"]))
        assert found('"police camp"') == []


class TestFind:
    def test_gives_nothing_of_a_shelf_that_was_not_named(self, indexed):
        indexed("a camp")
        indexed("a camp", shelf=2, first=2)
        assert found("camp", shelves=[2]) == [2]
        assert sorted(found("camp", shelves=[1, 2, 3])) == [1, 2]
        assert found("camp", shelves=[]) == []

    def test_gives_nothing_of_another_kind(self, indexed):
        indexed("a camp", kind="other")
        assert found("camp") == []

    def test_counts_all_whatever_it_shows(self, indexed):
        indexed(*["a camp"] * 9)
        shown = queries.find(text.parsed("camp"), kind=KIND, shelves=[1], limit=4, offset=4)
        assert (len(shown.object_ids), shown.total) == (4, 9)

    def test_gives_equal_ones_in_the_order_in_which_they_came(self, indexed):
        indexed(*["a camp"] * 5)
        assert found("camp") == [1, 2, 3, 4, 5]

    @pytest.mark.parametrize(
        ("question", "numbers"),
        [
            ("难", [1, 2]),
            ("难民", [1]),
            ("民难", [2]),
            ("难民营", [1]),
            ("民营", [1]),
            ('"难民 营"', [1]),
            ("难 -民难", [1]),
            ("camp难民", []),
        ],
    )
    def test_finds_han_by_single_characters_and_by_what_stands_together(self, indexed, question, numbers):
        indexed("难民营在新疆", "人民难过")
        assert sorted(found(question)) == numbers

    def test_finds_no_pair_that_only_meets_across_a_gap(self, indexed):
        indexed("难。民", "难 民")
        assert found("难民") == []

    @pytest.mark.parametrize(
        "question",
        [
            'words : "camp"', "words:camp", "camp^2", "NEAR(camp school, 2)", "{words pairs} : camp", "camp + school",
            "'; DROP TABLE search_fts5; --", 'camp"" OR ""', "^camp", "rank MATCH camp", "\x00camp", "camp\\",
        ],
    )  # fmt: skip
    def test_takes_nothing_that_is_typed_for_a_command_of_the_engine(self, indexed, question):
        indexed("a camp near a school")
        assert set(found(question)) <= {1}
        assert found("camp") == [1]

    @IN_ONE_TRANSACTION
    @given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=60))
    def test_never_breaks_over_what_is_typed(self, db, question):
        try:
            asked = text.parsed(question)
        except (text.QueryEmpty, text.QueryOnlyExcludes, text.QueryUnbalanced):
            return
        assert queries.find(asked, kind=KIND, shelves=[1], limit=5).total == 0

    @IN_ONE_TRANSACTION
    @given(
        st.lists(
            st.text("ab难民ىيكھە'ü -\u200c", min_size=1, max_size=12).filter(lambda raw: any(map(str.isalpha, raw))),
            min_size=1,
            max_size=6,
        )
    )
    def test_finds_each_text_by_each_of_its_own_words(self, db, texts):
        """What is indexed and what is asked see words in the same way."""
        from django.db import transaction

        with transaction.atomic():
            things = [Indexable(number, 1, "", 7) for number, _ in enumerate(texts)]
            actions.index(kind=KIND, things=things, words=Words(texts))
            for number, raw in enumerate(texts):
                for piece in text.pieces(raw):
                    word = f'"{raw[piece.start : piece.end]}"'
                    assert number in found(word), (raw, word)
            transaction.set_rollback(True)
