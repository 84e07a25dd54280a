"""What a filter is: how it reads from an address and is written into one, which documents pass, and how they are counted."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.library.finding import question as asking
from panah.library.finding.facets import (
    MOST_VALUES,
    Choice,
    Facet,
    Filters,
    FilterUnreadable,
    Mode,
    counts,
    days,
    sorting_day,
    years,
)
from panah.library.finding.question import Order, Question

NOTHING = dict.fromkeys(Facet, frozenset({"-"}))


def a_document(**values):
    """The traits of a document: `place="CN KZ"`."""
    return NOTHING | {Facet(name): frozenset(said.split()) for name, said in values.items()}


def asked(address: str) -> Filters:
    return asking.of_address(address).filters


class TestPasses:
    @pytest.mark.parametrize(
        ("address", "passes"),
        [
            ("", "abcd"),
            ("place=CN", "ab"),
            ("place=CN&place=KZ", "abc"),
            ("place=CN&place=KZ&place-is=all", "b"),
            ("place=CN&place-is=none", "cd"),
            ("place=CN&place=KZ&place-is=none", "d"),
            ("place=-", "d"),
            ("place=-&place-is=none", "abc"),
            ("place=CN&language=zh", "a"),
            ("language=zh", "ac"),
            ("language=ZH-hant", "c"),
            ("language=z", ""),
            ("language=zh&language-is=none", "bd"),
            ("place-is=none", "abcd"),
            ("place=&place-is=", "abcd"),
            ("source=Nobody", ""),
        ],
    )
    def test_what_has_any_all_or_none_of_the_values(self, address, passes):
        documents = {
            "a": a_document(place="CN", language="zh"),
            "b": a_document(place="CN KZ", language="en"),
            "c": a_document(place="KZ", language="zh-Hant"),
            "d": a_document(),
        }
        filters = asked(address)
        assert "".join(name for name, traits in documents.items() if filters.passes(traits)) == passes


class TestAddress:
    @given(
        st.builds(
            Question,
            words=st.text(st.characters(codec="utf-8")).map(str.strip),
            order=st.sampled_from(Order),
            exactly=st.booleans(),
            any_word=st.booleans(),
            without=st.frozensets(st.text("abc-", min_size=1, max_size=9)),
            filters=st.lists(
                st.builds(
                    Choice,
                    st.sampled_from(Facet),
                    st.sampled_from(Mode),
                    st.lists(
                        st.text(st.characters(codec="utf-8"), min_size=1, max_size=9).map(str.strip).filter(bool),
                        min_size=1,
                        unique=True,
                        max_size=5,
                    ).map(tuple),
                ),
                unique_by=lambda choice: choice.facet,
            ).map(lambda choices: Filters(tuple(sorted(choices, key=lambda choice: list(Facet).index(choice.facet))))),
        )
    )
    def test_of_any_question_reads_as_that_question(self, question):
        assert asking.of_address(question.address()) == question
        assert asking.of_pairs(question.pairs()) == question

    def test_says_nothing_that_goes_without_saying(self):
        assert (
            asking.of_address("q=camp&place=CN&place-is=any&order=relevance&year=&page=3").address()
            == "q=camp&place=CN"
        )

    def test_changes_by_one_value(self):
        question = asking.of_address("q=camp&place=CN&place=KZ&place-is=none")
        assert question.leaving(Facet.PLACE, "CN").address() == "q=camp&place=KZ&place-is=none"
        assert question.leaving(Facet.PLACE, "CN").leaving(Facet.PLACE, "KZ").address() == "q=camp"
        assert (
            question.taking(Facet.YEAR, "2019").address(page=2)
            == "q=camp&place=CN&place=KZ&place-is=none&year=2019&page=2"
        )
        assert question.everywhere().address() == "q=camp"
        assert question.ordered(Order.OLDEST).everywhere().address() == "q=camp&order=oldest"

    @pytest.mark.parametrize(
        "address",
        [
            "place-is=some",
            "order=best",
            "place=" + "x" * 301,
            "&".join(f"place={number}" for number in range(MOST_VALUES + 1)),
            "&".join(f"without={number}" for number in range(MOST_VALUES + 1)),
            "&".join(["place=CN"] * 2_000),
        ],
    )
    def test_that_asks_what_nobody_can_is_refused(self, address):
        with pytest.raises(FilterUnreadable):
            asking.of_address(address)


class TestCounts:
    DOCUMENTS = {1: a_document(place="CN", year="2019"), 2: a_document(place="CN KZ", year="2020"), 3: a_document()}
    WEIGHTS = {1: 10, 2: 3, 3: 1}

    def counted(self, address, facet):
        return dict(counts(self.DOCUMENTS, self.WEIGHTS, asked(address))[facet])

    @pytest.mark.parametrize(
        ("address", "found"),
        [
            ("", {"CN": 13, "KZ": 3, "-": 1}),
            ("year=2020", {"CN": 3, "KZ": 3}),
            ("place=KZ", {"CN": 13, "KZ": 3, "-": 1}),
            ("place=KZ&place-is=none", {"CN": 13, "KZ": 3, "-": 1}),
            ("place=KZ&place-is=all", {"CN": 3, "KZ": 3}),
            ("place=TR", {"CN": 13, "KZ": 3, "-": 1}),
        ],
    )
    def test_tell_what_one_value_more_would_find(self, address, found):
        assert self.counted(address, Facet.PLACE) == found

    def test_tell_of_a_language_what_its_scripts_have(self):
        documents = {1: a_document(language="zh-Hans"), 2: a_document(language="zh-Hant")}
        found = counts(documents, {1: 1, 2: 5}, asked("language=zh"))[Facet.LANGUAGE]
        assert found == {"zh": 6, "zh-Hans": 1, "zh-Hant": 5}


class TestDates:
    @pytest.mark.parametrize(
        ("written", "said"),
        [
            ("2019-03", ["2019"]),
            ("2018-11/2020", ["2018", "2019", "2020"]),
            ("2024/..", ["2024", "2025", "2026"]),
            ("2030/..", ["2030"]),
            ("../2018", ["2018"]),
            ("201X", [str(year) for year in range(2010, 2020)]),
            ("2019-03-04T10:00:00Z", ["2019"]),
            ("2019-03-04 10:00", ["2019"]),
            ("spring of 2019", []),
            ("", []),
        ],
    )
    def test_mean_years(self, written, said):
        assert sorted(years(written, until=2026)) == said

    def test_of_a_whole_age_mean_its_last_hundred_years(self):
        assert min(years("0001/2026", until=2026)) == "1927"

    def test_sort_by_what_they_may_mean_and_last_without_one(self):
        written = ["2019", "", "2019-03", "2018-12-31", "about then", "2019~", "../2017"]
        newest = sorted(written, key=lambda each: sorting_day(each, newest=True))
        oldest = sorted(written, key=lambda each: sorting_day(each, newest=False))
        assert newest == ["2019", "2019~", "2019-03", "2018-12-31", "../2017", "", "about then"]
        assert oldest == ["../2017", "2018-12-31", "2019", "2019~", "2019-03", "", "about then"]

    def test_are_days(self):
        assert days("2019-02") == (date(2019, 2, 1), date(2019, 2, 28))
        assert days("no day") is None
