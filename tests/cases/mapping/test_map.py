"""The examination on one page says what the file holds, square by square, and the table says the same."""

from __future__ import annotations

import re

from panah import law
from panah.cases import actions
from panah.cases.mapping.queries import plan
from panah.cases.mapping.rules import ACROSS, HEIGHT, WIDTH, Examination
from panah.law import Stance
from support.members import signed_in

PAGE = "/cases/2026-014/examination/map"
ELEMENTS = [element.id for element in law.framework("cat-3").claims]


def shown_to(member):
    return signed_in(member).get(PAGE).content.decode()


def find(desk, case, element, **said):
    said = {"words": "Yes.", "reasons": "So.", **said}
    actions.find(case=case, framework_id="cat-3", element_id=element, **said, **desk.act)


def states(case):
    [strip] = plan(case).strips
    return {square.item.element.id: square.state for square in strip.squares}


class TestStates:
    def test_are_open_until_somebody_answers(self, case):
        assert set(states(case).values()) == {Examination.OPEN}

    def test_tell_answers_from_answers_with_a_gap_and_from_contradicted_ones(self, desk, case):
        sound, doubted = desk.fact(case, "A."), desk.fact(case, "B.")
        paper = desk.paper("It was not so.")
        actions.support(fact=doubted, stance=Stance.CONTRADICTS, paper=paper, **desk.act)
        find(desk, case, ELEMENTS[0], facts=[sound])
        find(desk, case, ELEMENTS[1], facts=[sound, doubted])
        find(desk, case, ELEMENTS[2], reasons="")
        found = states(case)
        assert [found[element] for element in ELEMENTS[:4]] == [
            Examination.ANSWERED, Examination.CONTRADICTED, Examination.UNREASONED, Examination.OPEN,
        ]  # fmt: skip


class TestPicture:
    def test_has_no_two_squares_in_one_place(self, desk):
        case = desk.case("all", frameworks=list(law.frameworks()))
        drawn = plan(case)
        places = [(square.left, square.top) for strip in drawn.strips for square in strip.squares]
        assert len(set(places)) == len(places) == sum(len(each.claims) for each in law.frameworks().values())
        assert max(left for left, _ in places) + WIDTH == drawn.width
        assert max(top for _, top in places) + HEIGHT == drawn.height
        assert len({left for left, _ in places}) == ACROSS


class TestPage:
    def test_shows_each_question_as_a_square_and_as_a_line(self, desk, case):
        find(desk, case, ELEMENTS[0])
        shown = shown_to(desk.member)
        for element in ELEMENTS:
            assert len(re.findall(f'href="/cases/2026-014/examination/cat-3/{re.escape(element)}"', shown)) == 2
        assert shown.count('<rect class="answered"') == 2  # the square, and the key
        assert shown.count("<td>not examined</td>") == len(ELEMENTS) - 1

    def test_without_law_says_where_to_choose_it(self, desk, case):
        actions.choose_frameworks(case=case, framework_ids=[], **desk.act)
        assert "No body of law has been chosen yet" in shown_to(desk.member)
