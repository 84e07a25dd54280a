"""What stands on one shelf has no part in a question that is asked on others: not in the answer, nor in the work."""

import random

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from panah import text
from panah.search import actions, queries, rules
from panah.search.actions import Indexable, Words
from panah.search.engines import fts5
from panah.search.engines import terms as terms_
from panah.search.models import Entry, Shelf
from support.depth import tried

KIND = "passage"
PLANTED = ("Zumretgul", "زۇمرەتگۈل", "绝密证词", "свидетельница", "סודי ביותר")
"""Invented words, in five scripts."""
TABLES = ("data", "idx", "docsize", "config")


@pytest.fixture
def indexed(db):
    """Makes texts findable on a shelf, under the numbers that follow."""
    numbers = iter(range(1, 10**9))

    def indexed(shelf, *texts):
        things = [Indexable(next(numbers), shelf, "", 7) for _ in texts]
        actions.index(kind=KIND, things=things, words=Words(texts))
        return [thing.object_id for thing in things]

    return indexed


def terms_of(raw):
    """The terms of a text, on no shelf."""
    return terms_.line(text.tokens(raw)).split()


def found(question, *shelves, limit=20):
    return queries.find(text.parsed(question), kind=KIND, shelves=shelves, limit=limit)


def terms():
    """Every term that the index has, as FTS5 itself tells it."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, search_fts5, row)")
        cursor.execute("SELECT term FROM temp.terms")
        found = [term for (term,) in cursor.fetchall()]
        cursor.execute("DROP TABLE temp.terms")
    return found


def everything_kept():
    """All bytes of the tables in which FTS5 keeps the index, as they are when decrypted."""
    kept = b""
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT * FROM {fts5.TABLE}_{table}")
            kept += b"\n".join(
                value if isinstance(value, bytes) else str(value).encode() for row in cursor.fetchall() for value in row
            )
    return kept


def traces(*texts):
    """What of these texts the index still has: as terms, or anywhere in its bytes."""
    tokens = {token for raw in texts for token in terms_of(raw)} - {text.BREAK}
    kept, listed = everything_kept(), {term.partition("·")[2] for term in terms()}
    return {token for token in tokens if token in listed or token.encode() in kept}


def steps(work):
    """How many instructions the database carries out for `work`."""
    counted = 0

    def count():
        nonlocal counted
        counted += 1
        return 0

    connection.ensure_connection()
    connection.connection.set_progress_handler(count, 1)
    try:
        work()
    finally:
        connection.connection.set_progress_handler(None, 1)
    return counted


class TestTokens:
    def test_each_begin_with_the_number_of_a_shelf(self, indexed):
        indexed(7, "a camp", "难民营", *PLANTED, "𝟙⑴ x⒜y", "c'est l'asile")
        assert {term.partition("·")[0] for term in terms()} == {"7"}
        assert all(term.partition("·")[2] for term in terms())

    @settings(deadline=None, max_examples=tried(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=60))
    def test_are_never_parted_behind_it(self, raw):
        assert all(sign >= "\x80" or sign.isalnum() for term in terms_of(raw) for sign in term)


class TestTheAnswer:
    QUESTIONS = (
        "camp", "难民", "难", '"forced return"', "cam*", "camp OR school", "camp school", "camp -school",
        "(camp OR police) -return", "return forced", "camp camp", '"难民 营"', "school OR (police camp)",
    )  # fmt: skip
    WORDS = ("camp", "camps", "school", "police", "forced return", "return forced", "难民营", "人民", "a", "visa")

    def some(self, seed, count):
        dice = random.Random(seed)
        return [" ".join(dice.choices(self.WORDS, k=dice.randint(1, 12))) for _ in range(count)]

    @pytest.mark.parametrize("question", QUESTIONS)
    def test_is_that_of_an_index_which_holds_nothing_else(self, indexed, question):
        """In the same order, too: how rare a word is, is told by the shelves that are asked."""
        mine = [*indexed(1, *self.some(1, 60)), *indexed(2, *self.some(2, 7))]
        before = found(question, 1, 2, limit=99)
        indexed(3, *self.some(1, 60) * 3, *self.some(2, 7) * 3)  # as long on the mean
        after = found(question, 1, 2, limit=99)
        assert after == before
        assert set(after.object_ids) <= set(mine)

    @pytest.mark.parametrize("question", QUESTIONS)
    def test_is_the_same_however_the_texts_are_shelved(self, indexed, question):
        texts = self.some(3, 40)
        whole = indexed(1, *texts)
        parted = [number for at, raw in enumerate(texts) for number in indexed(2 + at % 5, raw)]
        everywhere = found(question, 2, 3, 4, 5, 6, limit=99)
        counterparts = dict(zip(parted, whole, strict=True))
        assert {counterparts[number] for number in everywhere.object_ids} == set(
            found(question, 1, limit=99).object_ids
        )
        assert everywhere.total == found(question, 1).total

    def test_does_not_set_a_paper_of_a_small_case_above_the_library(self, indexed):
        [best] = indexed(1, "camp camp camp")
        indexed(1, *["a long text about a camp and a school and a visa"] * 50)
        [small] = indexed(2, "a long text about a camp and a school and a visa")
        assert found("camp", 1, 2).object_ids[0] == best
        assert found("camp", 1, 2, limit=99).object_ids[-1] == small

    def test_pages_through_all_shelves_in_one_order(self, indexed):
        for shelf in range(1, 5):
            indexed(shelf, *self.some(shelf, 10))
        whole = found("camp OR police", 1, 2, 3, 4, limit=99)
        pages = [
            queries.find(text.parsed("camp OR police"), kind=KIND, shelves=[4, 3, 2, 1, 1], limit=5, offset=at)
            for at in range(0, whole.total + 5, 5)
        ]
        assert [number for page in pages for number in page.object_ids] == whole.object_ids
        assert {page.total for page in pages} == {whole.total}


class TestTheWork:
    QUESTIONS = ("camp", "camp OR school", "camp -school", "cam*", '"a camp"', "难民")

    @pytest.mark.parametrize("question", QUESTIONS)
    def test_does_not_depend_on_what_stands_on_other_shelves(self, indexed, question):
        indexed(1, *["a camp", "a school, and a camp", "难民营"] * 5)
        others = indexed(2, *["nothing of that sort"] * 600)
        actions.purge()
        without = steps(lambda: found(question, 1))
        actions.forget(kind=KIND, object_ids=others)
        indexed(2, *["a camp, 难民, a campaign; a school"] * 600)
        actions.purge()
        assert steps(lambda: found(question, 1)) == without > 0
        assert found("camp", 2).total == 600

    def test_does_not_depend_on_whether_there_are_other_shelves(self, indexed):
        indexed(1, *["a camp", "a school"] * 5)
        actions.purge()
        alone = steps(lambda: found("camp", 1))
        indexed(2, *["a camp"] * 600)
        actions.purge()
        assert steps(lambda: found("camp", 1)) == alone


class TestManyShelves:
    @pytest.mark.parametrize("number", [1, 10, 100, 500, 1_100])
    def test_are_asked_without_complaint(self, indexed, number):
        mine = [number for shelf in range(1, number + 1, max(1, number // 7)) for number in indexed(shelf, "a camp")]
        answer = found("(camp OR school) -visa", *range(1, number + 1), limit=99)
        assert answer.object_ids == mine

    def test_take_the_longest_question_there_may_be(self, indexed):
        question = " OR ".join(f"w{number}" for number in range(999))[: text.querying.LONGEST].rpartition(" OR ")[0]
        last = question.rpartition(" ")[2]
        mine = [*indexed(1, "w1"), *indexed(90, last)]
        assert sorted(found(question, *range(1, 101)).object_ids) == mine
        assert found(question.replace(" OR ", " "), *range(1, 101)).object_ids == []

    def test_take_the_deepest_question_there_may_be(self, indexed):
        depth = text.querying.DEEPEST
        question = "(a OR (b -" * (depth // 2) + "camp" + "))" * (depth // 2)
        indexed(1, "a camp")
        assert found(question, *range(1, 101)).total == 1


class TestPurge:
    def test_leaves_nothing_of_the_words_of_what_was_forgotten(self, indexed):
        gone = indexed(1, *PLANTED)
        [kept] = indexed(1, "a camp")
        assert traces(*PLANTED)
        actions.forget(kind=KIND, object_ids=gone)
        actions.purge()
        assert traces(*PLANTED) == set()
        assert found("camp", 1).object_ids == [kept]

    def test_leaves_nothing_where_the_index_is_in_one_piece_already(self, indexed):
        gone = indexed(1, *PLANTED, "a camp")
        actions.purge()
        actions.forget(kind=KIND, object_ids=gone[:-1])
        actions.purge()
        assert traces(*PLANTED) == set()
        assert found("camp", 1).object_ids == gone[-1:]

    def test_leaves_nothing_where_there_is_nothing_else(self, indexed):
        actions.forget(kind=KIND, object_ids=indexed(1, *PLANTED))
        actions.purge()
        assert traces(*PLANTED) == set()
        assert terms() == []

    def test_leaves_nothing_of_many_pieces(self, indexed):
        gone = []
        for number in range(40):
            gone += indexed(1, f"{PLANTED[number % 5]} {number}")
            indexed(2, f"a camp {number}")
        actions.forget(kind=KIND, object_ids=gone)
        actions.purge()
        assert traces(*PLANTED) == set()
        assert found("camp", 1, 2).total == 40


class TestForgetShelves:
    def test_takes_out_all_that_stands_there_and_its_words(self, indexed):
        indexed(1, *PLANTED, "a camp")
        indexed(2, *PLANTED)
        [kept] = indexed(3, "a camp")
        actions.forget_shelves(shelves=[1, 2])
        assert traces(*PLANTED) == set()
        assert found("camp", 1, 2, 3).object_ids == [kept]
        assert list(Entry.objects.values_list("shelf", flat=True)) == [3]
        assert not Shelf.objects.filter(pk__in=[1, 2]).exists()

    def test_of_no_shelf_takes_out_nothing(self, indexed):
        indexed(1, "a camp")
        actions.forget_shelves(shelves=[])
        actions.forget_shelves(shelves=[9])
        assert found("camp", 1).total == 1


class TestSizes:
    def test_are_what_stands_there(self, indexed):
        first = indexed(1, "a camp", "难民营")
        indexed(2, "a school")
        actions.forget(kind=KIND, object_ids=first[:1])
        sizes = {row.pk: (row.entries, row.tokens) for row in Shelf.objects.all()}
        assert sizes == {0: (2, 232 + 216), 1: (1, 216), 2: (1, 232), Shelf.EVER: (3, 232 + 232 + 216)}

    def test_are_reckoned_and_not_written(self, indexed):
        indexed(1, "a camp")
        with connection.cursor() as cursor:
            cursor.execute("CREATE VIRTUAL TABLE temp.counts USING fts5vocab(main, search_fts5, row)")
            cursor.execute("SELECT SUM(cnt) FROM temp.counts")
            written = cursor.fetchone()[0]
            cursor.execute("DROP TABLE temp.counts")
        assert written == Entry.objects.get().length - terms_.EVEN_OUT


class TestRarity:
    @pytest.mark.parametrize(
        ("having", "entries", "weighs"), [(1, 100, 4.2), (50, 100, 0), (99, 100, 0), (1, 1, 0), (0, 0, 0)]
    )
    def test_is_greater_the_fewer_have_it_and_never_nothing(self, having, entries, weighs):
        assert rules.rarity(having, entries) == pytest.approx(max(weighs, rules.LEAST), abs=0.01)

    def test_is_measured_as_the_engine_measures_it(self, indexed):
        """What the engine weighs is taken out of its scores: what it was must be known to the last digit."""
        indexed(1, *["a camp"] * 3, *["a school"] * 9)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT -bm25({fts5.TABLE}, 1e12) FROM {fts5.TABLE} WHERE {fts5.TABLE} MATCH %s",
                ['"1·camp"'],
            )
            assert cursor.fetchone()[0] == pytest.approx(rules.STEEPNESS * rules.rarity(3, 12))
