"""Tantivy follows the database: it answers on the state of the moment, or leaves the answer to FTS5."""

import pytest
from django.db import connection

from panah import text
from panah.search import actions, queries
from panah.search.actions import Indexable, Words
from panah.search.engines import Filter, at_hand, fts5_ranking
from panah.search.engines.following import Following, newest
from panah.search.models import Change, Sealed
from panah.search.rules import Seen

KIND = "passage"
CHOSEN = Filter(KIND, [1])


@pytest.fixture
def texts(db):
    """Makes texts findable, and has them at hand by their numbers."""

    class Texts(dict):
        def add(self, *raws, language=""):
            first = len(self) + 1
            new = dict(enumerate(raws, start=first))
            self.update(new)
            things = [Indexable(number, 1, language, 7) for number in new]
            actions.index(kind=KIND, things=things, words=Words(raws))

        def __call__(self, _, numbers):
            return ((number, self[number]) for number in numbers)

    return Texts()


@pytest.fixture
def following(texts, tmp_path):
    following = Following(tmp_path, texts)
    yield following
    following.close()


def found(answering, question, chosen=CHOSEN):
    return [match.object_id for match in answering.best(text.parsed(question), chosen, limit=9).matches]


class TestFollowing:
    def test_sees_what_was_indexed_relabelled_and_forgotten(self, texts, following):
        texts.add("a camp", "a camp")
        assert found(following.catch_up(), "camp") == [1, 2]
        texts.add("a camp")
        actions.relabel(kind=KIND, object_ids=[2], language="ug-Arab")
        actions.forget(kind=KIND, object_ids=[1])
        answering = following.catch_up()
        assert sorted(found(answering, "camp")) == [2, 3]
        assert found(answering, "camp", Filter(KIND, [1], "ug")) == [2]

    def test_leaves_a_question_in_a_transaction_to_fts5(self, texts, following):
        texts.add("a camp")
        following.catch_up()
        assert connection.in_atomic_block
        assert following.answering() is None
        at_hand.take_up(following)
        try:
            assert at_hand.engine() is fts5_ranking
            assert queries.find(text.parsed("camp"), kind=KIND, shelves=[1], limit=1).total == 1
        finally:
            at_hand.put_down()

    def test_goes_on_where_it_ended(self, texts, following, tmp_path):
        texts.add("a camp")
        following.catch_up()
        following.ending = True
        texts.add("a school")
        assert found(following.catch_up(), "camp") == [1]  # of before
        assert following.seen == Seen(newest().entry - 1, newest().change)
        assert following.close()
        again = Following(tmp_path, texts, following.seen)
        assert found(again.catch_up(), "school") == [2]
        again.close()

    def test_begins_anew_where_all_of_it_must_be_gone(self, texts, following):
        texts.add("a camp", "Zumretgul")
        following.catch_up()
        actions.forget(kind=KIND, object_ids=[2])
        actions.purge()
        assert found(following.catch_up(), "camp") == [1]
        assert not any(b"zumretgul" in file.read_bytes() for file in following.folder.iterdir())

    def test_begins_anew_where_the_database_is_an_older_one(self, texts, tmp_path):
        texts.add("a camp")
        following = Following(tmp_path, texts, Seen(10**9, 10**9))
        assert found(following.catch_up(), "camp") == [1]
        following.close()

    def test_begins_anew_where_it_has_other_entries(self, texts, tmp_path):
        texts.add("a camp", "a school")
        following = Following(tmp_path, texts, newest())
        assert found(following.catch_up(), "school") == [2]
        following.close()

    def test_fails_where_a_text_is_missing(self, texts, following, caplog):
        texts.add("a camp")
        following._texts = lambda _kind, _numbers: iter(())
        assert following.catch_up() is None
        assert following.failed
        assert following.answering() is None
        assert "by FTS5" in caplog.text


class TestSeal:
    def test_is_opened_by_what_is_remembered(self, texts):
        texts.add("a camp")
        assert actions.seal(key="ab", version="1", seen=newest())
        assert queries.sealed("1").entry == newest().entry
        assert queries.sealed("2") is None

    def test_needs_no_older_changes(self, texts):
        texts.add("a camp")
        actions.relabel(kind=KIND, object_ids=[1], language="ug")
        assert actions.seal(key="ab", version="1", seen=newest())
        assert not Change.objects.exists()
        actions.relabel(kind=KIND, object_ids=[1], language="ru")
        assert Change.objects.get().number == newest().change > queries.sealed("1").change

    def test_is_forgotten_with_all_that_is_purged(self, texts):
        texts.add("a camp")
        actions.seal(key="ab", version="1", seen=newest())
        actions.forget_shelves(shelves=[1])
        assert not Sealed.objects.exists()

    def test_is_refused_to_an_index_that_has_what_was_purged(self, texts):
        texts.add("a camp")
        seen = newest()
        actions.purge()
        assert not actions.seal(key="ab", version="1", seen=seen)
        assert not Sealed.objects.exists()
