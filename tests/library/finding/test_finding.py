"""What a question with filters finds, how it is counted and ordered, and that it tells nobody of what she may not see."""

import pytest

from panah.library import actions
from panah.library.finding import queries
from panah.library.finding import question as asking
from panah.library.finding.facets import Facet
from panah.library.queries import CollectionUnknown
from panah.library.record import SourceType
from panah.library.sources.actions import assess
from panah.team.actions import join

LONG = f"A camp in the north. {'It was cold. ' * 200}\n\nAnother camp. {'It was colder. ' * 200}"
"""Two passages."""


@pytest.fixture
def papers(shelve):
    """Four papers about camps, one of them in another collection."""
    return {
        "a": shelve(LONG.encode(), title="A", date="2019-03", places="China, CN-XJ", language="en",
                    source="An office", concepts="camps; police", period="2017/2018"),
        "b": shelve("新疆的 camp".encode(), title="B", date="2021", places="CN", language="zh-Hans", source="A paper", concepts="camps"),
        "c": shelve(b"No camp at all.", title="C", date="about then", language="en", source="An office", collection="Other"),
        "d": shelve(b"A school.", title="D", date="2020~", places="KZ", language="kk"),
    }  # fmt: skip


@pytest.fixture
def ask(papers, member, now):
    """The answer to an address."""

    def ask(address, asker=member, limit=20, offset=0):
        return queries.ask(asker, asking.of_address(address), now=now, limit=limit, offset=offset)

    return ask


def found(answer) -> str:
    """The titles of what was found, in its order."""
    return "".join(hit.document.title for hit in answer.hits) + "".join(each.title for each in answer.documents)


class TestAsk:
    @pytest.mark.parametrize(
        ("address", "titles"),
        [
            ("q=camp&order=newest", "BAAC"),
            ("q=camp&order=oldest", "AABC"),
            ("q=camp&place=CN&order=oldest", "AAB"),
            ("q=camp&place=CN-XJ", "AA"),
            ("q=camp&place=CN&place-is=none", "C"),
            ("q=camp&language=zh", "B"),
            ("q=camp&source=An+office&collection=Library", "AA"),
            ("q=camp&concept=camps&concept=police&concept-is=all", "AA"),
            ("q=camp&year=-", "C"),
            ("q=camp&period=2018", "AA"),
            ("q=camp&type=ngo", ""),
            ("q=which+school+was+a+zebra", ""),
            ("q=which+school+was+a+zebra&any=on", "D"),
            ("q=%22cold+school&any=on&order=oldest", "AAD"),
            ("q=zebra&place=CN", ""),
            ("place=CN", "AB"),
            ("place=-&order=newest", "C"),
            ("order=newest&collection=Library", "BDA"),
            ("order=oldest&collection=Library&collection=Other", "ADBC"),
        ],
    )
    def test_finds_in_documents_that_pass(self, ask, address, titles):
        assert found(ask(address)) == titles

    def test_says_how_much_there_is(self, ask):
        answer = ask("q=camp", limit=1)
        assert (len(answer.hits), answer.total, answer.among, answer.undated) == (1, 4, 3, 1)
        answer = ask("place=CN", limit=1)
        assert (len(answer.documents), answer.total, answer.among, answer.undated) == (1, 2, 2, 0)

    def test_counts_passages_where_there_are_words_and_else_documents(self, ask):
        assert ask("q=camp").counts[Facet.PLACE] == {"CN": 3, "CN-XJ": 2, "-": 1}
        assert ask("").counts[Facet.PLACE] == {"CN": 2, "CN-XJ": 1, "KZ": 1, "-": 1}
        assert ask("q=camp&place=CN").counts[Facet.SOURCE] == {"An office": 2, "A paper": 1}

    def test_knows_the_kind_of_a_source_by_what_was_written_of_it_last(self, ask, papers, member, now):
        for kind in (SourceType.STATE, SourceType.NGO):
            assess(source=papers["a"].source, source_type=kind, by=member, now=now)
        assert found(ask("q=camp&type=ngo&order=oldest")) == "AAC"
        assert ask("q=camp").counts[Facet.TYPE] == {"ngo": 3, "-": 1}

    @pytest.mark.parametrize(
        "address",
        [
            "q=camp",
            "q=camp&order=newest",
            "q=camp&place=-&place=CN&order=oldest",
            "order=oldest",
            "language=en&language=zh",
        ],
    )
    def test_gives_the_same_page_by_page(self, ask, address):
        whole = ask(address)
        single = [ask(address, limit=1, offset=offset) for offset in range(whole.total + 1)]
        numbers = [hit.passage.pk for hit in whole.hits] + [each.pk for each in whole.documents]
        assert [
            number
            for one in single
            for number in ([hit.passage.pk for hit in one.hits] + [each.pk for each in one.documents])
        ] == numbers
        assert len(numbers) == whole.total

    def test_of_a_document_gives_what_matches_as_it_stands_there(self, ask):
        first, second, *_ = ask("q=camp&order=oldest").hits
        assert (first.words[:20], second.words[:13]) == ("A camp in the north.", "Another camp.")

    def test_is_widened_by_no_filter_of_another(self, ask):
        with pytest.raises(CollectionUnknown):
            ask("q=camp&collection=Library&collection=Nowhere")

    def test_finds_and_counts_nothing_for_who_sees_nothing(self, ask, now):
        nobody = join(name="Invented Nobody", now=now)
        for address in ("q=camp", "", "place=CN"):
            answer = ask(address, asker=nobody)
            assert (found(answer), answer.total, answer.among, answer.undated) == ("", 0, 0, 0)
            assert not any(answer.counts.values())
        with pytest.raises(CollectionUnknown):
            ask("collection=Library", asker=nobody)

    def test_counts_nothing_of_a_document_that_was_taken_away(self, ask, papers, member, now):
        actions.describe(document=papers["b"], details=actions.Details(title="B"), by=member, now=now)
        assert ask("q=camp").counts[Facet.PLACE] == {"CN": 2, "CN-XJ": 2, "-": 2}

    def test_knows_many_documents_as_it_knows_few(self, ask, monkeypatch):
        few = ask("q=camp")
        monkeypatch.setattr(queries, "FEW", 0)
        assert ask("q=camp") == few


class TestEveryHit:
    def test_are_all_that_there_are_up_to_so_many(self, papers, member, now):
        question = asking.of_address("q=camp&order=newest")
        for most, titles in ((100, "BAAC"), (3, "BAA"), (1, "B")):
            hits = queries.every_hit(member, question, now=now, most=most, at_once=1)
            assert "".join(hit.document.title for hit in hits) == titles
