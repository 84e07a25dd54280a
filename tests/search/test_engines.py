"""Two engines, one meaning: what FTS5 answers, Tantivy answers, in the same order, with the same totals and counts."""

import random
import tempfile
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from panah import text
from panah.search import actions
from panah.search.actions import Indexable
from panah.search.engines import Filter, fts5_ranking, terms
from panah.search.engines.following import OFF, Following
from panah.search.engines.tantivy_runs import MOST_ENDS
from support.depth import tried

KIND = "passage"
WORDS = (
    "camp", "camps", "campaign", "police", "school", "visa", "forced", "return", "a", "the", "l'asile", "O'Brien",
    "难民营", "难民", "营", "新疆", "لاگېر", "ساقچى", "полиция", "лагерь", "lager", "⑴", "x_y", "2019",
)  # fmt: skip
FILLING = tuple(f"word{number}" for number in range(150))
"""So that some words are rare."""
QUESTIONS = (
    "camp", "camp police", "camp OR police", "camp -school", "cam*", '"forced return"', "难民", "难", "难民营 新疆",
    "camp OR 难民", "(camp OR police) -return", "(camp police) OR visa", "camp (camp OR visa)", "camp camp", "لاگېر",
    '"难民 营"', "the a", "(a OR b) (c OR camp) -the", '"a cam*"', "lager OR лагерь OR 营", "nothing", "x_y", "2019 -a",
    "cam* police", '"camp camp"',
)  # fmt: skip


class Library:
    """Texts that both engines have."""

    def __init__(self, folder):
        self.texts = {}
        self.following = Following(
            folder, lambda _, numbers: ((at, self.texts[at]) for at in numbers if at in self.texts)
        )

    def add(self, *texts, shelf=1, language="", group=7, kind=KIND):
        first = max(self.texts, default=0) + 1
        new = dict(enumerate(texts, start=first))
        self.texts |= new
        things = [Indexable(number, shelf, language, group) for number in new]
        actions.index(kind=kind, things=things, words=[terms.line(text.tokens(raw)) for raw in texts])
        return list(new)

    def forget(self, *numbers):
        actions.forget(kind=KIND, object_ids=numbers)
        for number in numbers:
            del self.texts[number]

    def agree(self, question, *shelves, limit=50, **how):
        """Both answers to a question, which must be one; the numbers of what is found."""
        query, chosen = text.parsed(question) if isinstance(question, str) else question, Filter(KIND, shelves, **how)
        tantivy = self.following.catch_up()
        assert not self.following.failed
        one, other = (engine.best(query, chosen, limit=limit) for engine in (fts5_ranking, tantivy))
        assert one.total == other.total
        assert [m.score for m in one.matches] == pytest.approx([m.score for m in other.matches], rel=2 * OFF, abs=3e-9)
        if one.total <= limit:
            assert ranks(one.matches) == ranks(other.matches)
        assert fts5_ranking.best_of_each([query, query], chosen, limit=limit) == [one, one]
        assert fts5_ranking.counted(query, chosen) == tantivy.counted(query, chosen)
        for some in (engine.some_of_each([query, query], chosen, limit=limit) for engine in (fts5_ranking, tantivy)):
            assert some[0] == some[1]
            assert len(set(some[0])) == len(some[0]) == min(one.total, limit)
            assert one.total > limit or set(some[0]) == {match.object_id for match in one.matches}
        return [match.object_id for match in one.matches]


def ranks(matches):
    """The things of each rank: those whose scores are as near to one another as two engines may reckon."""
    found, last = [], 0.0
    for match in matches:
        if not found or abs(match.score - last) > 4 * OFF * abs(last) + 3e-9:
            found.append(set())
        found[-1].add(match.object_id)
        last = match.score
    return found


@pytest.fixture
def library(db, tmp_path):
    library = Library(tmp_path)
    yield library
    library.following.close()


def some(seed, count):
    dice = random.Random(seed)
    return [" ".join(dice.choices(WORDS + FILLING, k=dice.randint(1, 60))) for _ in range(count)]


@pytest.mark.parametrize("question", QUESTIONS)
class TestBothEngines:
    def test_agree_on_one_shelf(self, library, question):
        library.add(*some(1, 60))
        library.agree(question, 1)

    def test_agree_on_several(self, library, question):
        for shelf in range(1, 6):
            library.add(*some(shelf, 8 * shelf), shelf=shelf, group=shelf % 2 + 1)
        library.agree(question, 1, 2, 4, 9)
        library.agree(question, 1, 2, 3, 4, 5, groups=frozenset([2]))

    def test_agree_after_deletions_and_other_readings(self, library, question):
        first = library.add(*some(1, 40))
        library.add(*some(2, 10), shelf=2, language="zh-Hant")
        library.agree(question, 1, 2)
        library.forget(*first[::3])
        library.add(*some(3, 13))
        actions.relabel(kind=KIND, object_ids=first[1::3], language="zh")
        library.agree(question, 1, 2)
        library.agree(question, 1, 2, language="zh")
        actions.forget_shelves(shelves=[1])
        library.agree(question, 1, 2)


class TestAgreement:
    def test_is_on_kinds(self, library):
        [first] = library.add("a camp")
        library.add("a camp", kind="other")
        assert library.agree("camp", 1) == [first]

    def test_is_on_many_runs(self, library):
        library.add(*[f"w{number} w{number + 1}" for number in range(200)])
        library.agree(" OR ".join(f"w{number}" for number in range(150)), 1)

    @pytest.mark.parametrize("number", [MOST_ENDS, MOST_ENDS + 1])
    def test_is_on_a_phrase_that_goes_on_in_many_ways(self, library, number):
        first, *others = library.add(*[f"forced return{end}" for end in range(number)])
        library.add("a return0 forced", "forced labour, return0", *some(6, 30))
        assert library.agree('"forced retur*"', 1, limit=99)[:number] == [first, *others]

    @pytest.mark.parametrize("number", [7, 8, 9, 70])
    def test_is_on_as_many_runs_as_are_weighed_together(self, library, number):
        library.add(*some(5, 40))
        library.agree(f"({' OR '.join(FILLING[:number])}) (camp OR police)", 1)

    def test_is_on_pages(self, library):
        library.add(*some(4, 80))
        library.agree("camp OR police", 1, limit=10)


TEXTS = st.lists(
    st.lists(st.sampled_from(WORDS + FILLING[:40]), min_size=1, max_size=50).map(" ".join), min_size=1, max_size=8
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), TEXTS, st.integers(1, 3)),
        st.tuples(st.just("forget"), st.integers(0, 50), st.integers(1, 5)),
    ),
    min_size=1,
    max_size=6,
)


@settings(deadline=None, max_examples=tried(10), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS, st.lists(st.sampled_from(QUESTIONS), min_size=2, max_size=4), st.sets(st.integers(1, 3), min_size=1))
def test_whatever_happens_both_engines_agree(db, steps, questions, shelves):
    with transaction.atomic(), tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder))
        for step, what, number in steps:
            if step == "add":
                library.add(*what, shelf=number)
            else:
                library.forget(*list(library.texts)[what : what + number])
            for question in questions:
                library.agree(question, *shelves)
        library.following.close()
        transaction.set_rollback(True)
