"""A refusal beside what is on file: what it quotes, which sources it names, which papers were there before it."""

from __future__ import annotations

import pytest

from panah.cases.procedure.actions import keep_record
from panah.cases.refusal import queries
from panah.law.citations import Outcome

NOTE = "People who come back are questioned for days, and some of them are never seen again by their families."
SHELF = "Case 2026-014"


@pytest.fixture
def refused(desk, case):
    """The refusal that some words are, as the audit reads it."""

    def refused(text: str, **more):
        paper = desk.paper(text, shelf=SHELF, path="decision.txt", title="Decision", date="2026-10-05", **more)
        said = {"outcome": "refused", "day": "2026-10-05"}
        keep_record(case=case, kind="decision", said=said, paper=paper, **desk.act)
        return queries.audited(desk.member, case, paper, now=desk.now()).refusal

    return refused


class TestQuoted:
    @pytest.mark.parametrize(
        ("words", "outcome"),
        [
            (NOTE, Outcome.EXACT),
            (NOTE.replace("some of them", "none of them"), Outcome.DIFFERS),
            ("Nobody has ever been asked anything at all by anyone on such a day.", Outcome.NOT_FOUND),
        ],
    )
    def test_is_compared_word_for_word_with_the_library(self, desk, refused, words, outcome):
        desk.paper(NOTE, title="Note on returns")
        [found] = refused(f"The Office relies on this: “{words}” So it is.").quoted
        assert found.outcome is outcome

    def test_does_not_stand_in_the_decision_itself(self, refused):
        [found] = refused(f"The Office relies on this: “{NOTE}” So it is.").quoted
        assert found.outcome is Outcome.NOT_FOUND

    def test_is_not_compared_with_the_papers_of_another_case(self, desk, refused):
        desk.case("2026-015")
        desk.paper(NOTE, shelf="Case 2026-015", title="Hers alone")
        [found] = refused(f"The Office relies on this: “{NOTE}” So it is.").quoted
        assert (found.outcome, "Hers alone" in found.sentence) == (Outcome.NOT_FOUND, False)

    def test_that_differs_is_shown_beside_what_stands_in_the_source(self, desk, refused):
        desk.paper(NOTE, title="Note on returns")
        altered = NOTE.replace("some of them", "none of them")
        [found] = refused(f"The Office relies on this: “{altered}” So it is.").quoted
        assert "(Note on returns): “" in found.sentence
        assert "some of them are never seen again" in found.sentence

    def test_begins_and_ends_where_its_words_do(self, desk, refused):
        found = refused(f"ئۇ دەيدۇ. The Office relies on this: “{NOTE}” So it is.")
        [quoted] = found.quoted
        assert found.text.encode()[quoted.words.start : quoted.words.end].decode() == NOTE.rstrip(".")


class TestSources:
    def test_are_those_that_it_names_by_title_or_by_publisher_and_year(self, desk, refused):
        desk.paper(NOTE, title="Note on returns (2018)", date="2018-03-01", path="1.txt")
        desk.paper(NOTE + " One.", title="Another note", source="Lantern Country Desk", date="2016-05-02", path="2.txt")
        desk.paper(NOTE + " Two.", title="Nowhere named at all", source="Nobody at all", date="2016", path="3.txt")
        found = refused("As the note on returns (2018) says.\n\nThe Lantern Country Desk wrote so in 2016.").sources
        assert sorted(each.title for each in found) == ["Another note", "Note on returns (2018)"]
        assert all(each.words for each in found)

    def test_are_not_guessed_where_a_publisher_wrote_twice_in_that_year(self, desk, refused):
        for n in (1, 2):
            desk.paper(f"{NOTE} {n}", title=f"Note {n}", source="Lantern Country Desk", date="2016", path=f"{n}.txt")
        assert refused("The Lantern Country Desk wrote so in 2016.").sources == ()

    def test_say_what_replaced_them_where_that_was_there_by_then(self, desk, refused):
        from panah.library.actions import supersede

        older = desk.paper(NOTE, title="Note on returns (2018)", date="2018-03-01", path="1.txt")
        newer = desk.paper(NOTE + " Anew.", title="Note on returns (2027)", date="2027-01-01", path="2.txt")
        supersede(older=older, newer=newer, **desk.act)
        [found] = refused("As the note on returns (2018) says.").sources
        assert found.superseded_by == ""


class TestSubmitted:
    def test_are_the_papers_from_before_the_decision_where_no_record_says(self, desk, refused):
        desk.paper("One.", shelf=SHELF, path="07-one.txt", title="Before", date="2026-07-01")
        desk.paper("Two.", shelf=SHELF, path="two.txt", title="After", date="2026-11-01")
        found = refused("The application is refused.").submitted
        assert [(each.title, each.number) for each in found] == [("Before", 7)]

    def test_are_those_that_records_name(self, desk, case, refused):
        handed = desk.paper("One.", shelf=SHELF, path="one.txt", title="Handed in", date="2026-07-01")
        desk.paper("Two.", shelf=SHELF, path="two.txt", title="Kept back", date="2026-07-01")
        keep_record(case=case, kind="submission", said={"what": "A letter"}, paper=handed, **desk.act)
        [found] = refused("The application is refused.").submitted
        assert (found.title, found.record) == ("Handed in", ("submission", "1"))

    def test_are_not_told_by_the_name_of_the_applicant(self, desk, refused):
        desk.paper("One.", shelf=SHELF, path="one.txt", title="Hers", source="Ms Invented", author="Nobody Else")
        [found] = refused("The application is refused.").submitted
        assert found.names == ("Nobody Else",)
