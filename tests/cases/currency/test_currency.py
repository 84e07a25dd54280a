"""What a case quotes that may have been overtaken: found from dates, and left to a human."""

from __future__ import annotations

import pytest

from panah import law
from panah.cases.currency.queries import Why, currency
from panah.law.currency import read_turning_points
from panah.library.actions import supersede
from panah.library.concepts.asking import thesaurus
from support.members import signed_in
from support.roles import colleague

OLD = "People who came back were questioned and sent to an internment camp for some weeks, it was said."
NEW = "Whoever comes back is sent to an internment camp from the airport, and nobody hears of them for years."


@pytest.fixture
def old(desk):
    return desk.paper(OLD, path="old.txt", title="Country note 14", date="2018-03")


def marks(desk, case, asker=None):
    return currency(asker or desk.member, case, now=desk.now())


class TestTurningPoints:
    def test_are_shipped_in_the_order_of_time_each_with_its_source(self):
        points = law.turning_points()
        assert [point.id for point in points] == ["camps-2017", "leaks-2019-2020", "ohchr-2022", "thailand-2025"]
        assert all(point.authority.address.startswith("https://") for point in points)
        assert {each for point in points for each in point.concepts} <= set(thesaurus().concepts)

    @pytest.mark.parametrize(
        ("written", "after"),
        [
            ("2016", ["camps-2017", "leaks-2019-2020", "ohchr-2022"]),
            ("2022-08-30", ["ohchr-2022"]),
            ("2022-08-31", []),
            ("2022", []),
            ("2022-08~", []),
            ("a while ago", []),
            ("", []),
        ],
    )
    def test_come_after_what_cannot_be_of_the_same_day(self, written, after):
        assert [point.id for point in law.overtaken(written, ["internment-camp"])] == after

    def test_are_only_those_on_what_it_speaks_about(self):
        assert [point.id for point in law.overtaken("2016", ["refoulement"])] == ["thailand-2025"]
        assert law.overtaken("2016", ["cotton-picking"]) == ()

    @pytest.mark.parametrize(
        ("dates", "point"),
        [
            (["2018", "2021-05"], "thailand-2025"),
            (["2018", "2026"], None),
            (["2018", ""], None),
            ([], None),
        ],
    )
    def test_come_after_all_country_information_or_not(self, dates, point):
        found = law.all_before(dates)
        assert (found.id if found else None) == point

    @pytest.mark.parametrize("change", [("2017-04", "in spring"), ("2017-04", "2017/.."), ("id: b", "id: a")])
    def test_are_read_strictly(self, change):
        authority = "authority: {instrument: I, provision: p, address: 'https://example.org/', verified: false}"
        each = "  - {{id: {0}, date: '2017-04', words: w, concepts: [c], {1}}}\n"
        source = "turning_points:\n" + each.format("a", authority) + each.format("b", authority)
        assert len(read_turning_points("t.yaml", source.encode())) == 2
        with pytest.raises(law.FrameworkBroken):
            read_turning_points("t.yaml", source.replace(*change).encode())


class TestCurrency:
    def test_marks_a_quotation_whose_subject_has_newer_passages(self, desk, case, old):
        desk.fact(case, supported_by=desk.quote(old, OLD))
        assert [mark.why for mark in marks(desk, case)] == [Why.ALL_BEFORE]
        desk.paper(NEW, path="new.txt", title="Country note 15", date="2024")
        newer, before = marks(desk, case)
        assert (newer.why, newer.point.id, newer.concept.id, newer.passages) == (
            Why.NEWER,
            "ohchr-2022",
            "internment-camp",
            1,
        )
        assert (before.why, before.point.id) == (Why.ALL_BEFORE, "thailand-2025")

    def test_marks_nothing_where_newer_information_stands_beside_the_fact(self, desk, case, old):
        new = desk.paper(NEW, path="new.txt", title="Country note 15", date="2026-01")
        desk.fact(case, supported_by=desk.quote(new, NEW))
        assert marks(desk, case) == []

    def test_leaves_her_own_papers_alone(self, desk, case):
        letter = desk.paper(OLD, shelf=case.papers.name, path="letter.txt", title="A letter", date="2016")
        desk.fact(case, supported_by=desk.quote(letter, OLD))
        assert marks(desk, case) == []

    def test_marks_what_a_newer_version_has_replaced(self, desk, case, old):
        desk.fact(case, supported_by=desk.quote(old, OLD))
        new = desk.paper(NEW, path="new.txt", title="Country note 15", date="2018-04")
        supersede(older=old, newer=new, **desk.act)
        assert [mark.why for mark in marks(desk, case)] == [Why.SUPERSEDED, Why.ALL_BEFORE]

    def test_counts_only_what_she_sees(self, desk, case, old):
        desk.fact(case, supported_by=desk.quote(old, OLD))
        other = desk.case("2026-015", "Mr Invented", ["cat-3"])
        desk.paper(NEW, shelf=other.papers.name, path="new.txt", title="His", date="2024")
        asker = colleague(desk, case.compartment, "worker")
        assert [mark.why for mark in marks(desk, case, asker)] == [Why.ALL_BEFORE]
        assert [mark.why for mark in marks(desk, case)] == [Why.NEWER, Why.ALL_BEFORE]

    def test_stands_on_the_pages_where_one_would_look(self, desk, case, old):
        desk.fact(case, supported_by=desk.quote(old, OLD))
        client = signed_in(desk.member)
        for page in ("facts/1", "examination", "dossier"):
            assert "older than" in client.get(f"/cases/2026-014/{page}").content.decode(), page
