"""Citations of a draft, looked up in the law and in a library."""

from __future__ import annotations

from datetime import date

import pytest

from panah.law.citations import Outcome
from panah.library.checking.queries import check
from panah.team.actions import join

EXACT, DIFFERS, NOT_FOUND, NOT_CHECKABLE = Outcome


def the_only(checked):
    [found] = checked.citations
    return found


class TestInTheLibrary:
    @pytest.mark.parametrize(
        ("words", "title"),
        [
            ("Saadi v. Italy [GC], no. 37201/06, § 125", "Views of a committee"),
            ("CAT, Communication No. 697/2015", "Views of a committee"),
            ("CAT/C/60/D/697/2015", "Views of a committee"),
            ("Case C-465/07", "Views of a committee"),
            ("se MIG 2011:6", "MIG 2011:6"),
        ],
    )
    def test_is_found_in_a_title_or_in_a_text(self, checked, words, title):
        found = the_only(checked(words))
        assert (found.outcome, found.source.document.title) == (EXACT, title)

    @pytest.mark.parametrize(
        ("words", "near"),
        [
            ("Saadi v. Italy [GC], no. 37210/06", ("no. 37201/06",)),
            ("Saadi v. Italy, no. 37201/16", ("no. 37201/06",)),
            ("Case C-456/07", ("C-465/07",)),
            ("Case C-1/20", ()),
        ],
    )
    def test_near_ones_are_offered_and_never_assumed(self, checked, words, near):
        found = the_only(checked(words))
        assert (found.outcome, found.near, found.source) == (NOT_FOUND, near, None)

    def test_nothing_of_a_document_that_one_may_not_see(self, desk, checked):
        stranger = join(name="Invented Stranger", now=desk.now())
        for words in ("se MIG 2011:6", "Case C-465/07", "Case C-456/07"):
            found = the_only(check(stranger, words, on=desk.now().date()))
            assert (found.outcome, found.near, found.source) == (NOT_FOUND, (), None)

    @pytest.mark.parametrize(
        "words", ["ECLI:EU:C:2031:123", "ECLI:XX:C:2012:1", "CELEX 32024Ü1347 32024R1347", "Case C-1/40"]
    )
    def test_what_cannot_be_is_not_found(self, checked, words):
        assert all(each.outcome is NOT_FOUND for each in checked(words).citations if each.cited.form != "celex")


class TestInTheLaw:
    @pytest.mark.parametrize(
        ("words", "outcome", "said"),
        [
            ("Art. 4 Abs. 5 VO (EU) 2024/1347", EXACT, "QR4.5"),
            ("Article 60 of Directive 2011/95/EU", NOT_FOUND, "is 42"),
            ("Article 4(9) of Directive 2011/95/EU", NOT_CHECKABLE, "other parts"),
            ("Article 14 ECHR", NOT_CHECKABLE, "whole text"),
            ("Directive 2004/83/EC", NOT_CHECKABLE, "no part of this law"),
            ("Article 15 of Directive 2011/95/EU", EXACT, "applied until 2026-06-11"),
        ],
    )
    def test_says_what_panah_has_of_it(self, checked, words, outcome, said):
        found = the_only(checked(words))
        assert found.outcome is outcome
        assert said in found.reason

    def test_of_another_day_it_says_nothing_of_the_days(self, desk):
        found = the_only(check(desk.member, "Article 15 of Directive 2011/95/EU", on=date(2025, 1, 1)))
        assert found.outcome is EXACT
        assert "applied" not in found.reason


class TestIbid:
    def test_is_looked_up_as_what_it_stands_for(self, checked):
        _, found = checked("Text.[1] More.[2]\n\n1. Saadi v. Italy, no. 37201/06, § 125.\n\n2. Ibid., § 130.").citations
        assert (found.outcome, found.cited.refers_to) == (EXACT, "no. 37201/06")

    @pytest.mark.parametrize(
        "words", ["Ibid., p. 3.", "1. Saadi v. Italy, no. 37201/06.\n2. Human Rights Watch, 2018, p. 4.\n3. Ibid."]
    )
    def test_stands_for_nothing_where_nothing_is_recognised_before_it(self, checked, words):
        *_, found = checked(words).citations
        assert (found.outcome, found.cited.refers_to) == (NOT_CHECKABLE, "")
