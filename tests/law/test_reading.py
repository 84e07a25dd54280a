"""What bodies of law say of their days and of one another is held together when they are read."""

from __future__ import annotations

import pytest

from panah.law import FrameworkBroken, Of, Trigger, read_framework
from panah.law.reading import gathered

HEAD = """\
id: {id}
title: A Demonstration Act
short: Demonstration Act
order: union
applies: Since it was written.
in_force_from: {since}
in_force_until: {until}
trigger: {trigger}
instrument: Demonstration Act
address: https://example.org/act
{follows}elements:
"""


def body(
    name: str = "demo",
    *elements: str,
    since: str = "''",
    until: str = "''",
    trigger: str = "always",
    follows: str = "",
) -> bytes:
    head = HEAD.format(
        id=name, since=since, until=until, trigger=trigger, follows=f"follows: {follows}\n" if follows else ""
    )
    own = "".join(
        f"  - {{id: {each.partition(' ')[0]}, asks: 'A question?', says: A sentence., "
        f"authority: {{provision: art. 1, verified: false}}{each.partition(' ')[2]}}}\n"
        for each in elements or (name.upper(),)
    )
    return (head + own).encode()


def refused(*bodies: bytes) -> str:
    with pytest.raises(FrameworkBroken) as caught:
        gathered(read_framework("demo.yaml", each) for each in bodies)
    return str(caught.value.sentence)


class TestDays:
    def test_an_element_has_those_of_its_body_of_law(self):
        [element] = read_framework("demo.yaml", body(since="2026-06-12", trigger="lodged")).elements
        assert (element.in_force_from, element.in_force_until, element.trigger, element.apart) == (
            "2026-06-12", "", Trigger.LODGED, "",
        )  # fmt: skip

    def test_an_element_may_have_its_own_with_a_reason(self):
        own = ", in_force: {from: 2026-02-27, early: true, trigger: decided, because: It says so.}"
        [element] = read_framework("demo.yaml", body("demo", f"D {own}", since="2026-06-12", trigger="lodged")).elements
        assert (element.in_force_from, element.trigger) == ("2026-02-27", Trigger.DECIDED)
        assert element.apart == "It says so."

    @pytest.mark.parametrize(
        ("own", "complaint"),
        [
            ("from: 2026-02-27, because: B., trigger: decided", "its days are outside of those of its body of law"),
            ("until: 2027-01-01, because: B., trigger: decided", "its days are outside of those of its body of law"),
            ("until: '', because: B., trigger: decided", "its days are outside of those of its body of law"),
            ("from: '', because: B., trigger: decided", "its days are outside of those of its body of law"),
            (
                "from: 2026-08-02, until: 2026-08-01, because: B., trigger: decided",
                "2026-08-01 is before 2026-08-02, from which day it applies",
            ),
            ("from: 2026-13-01, because: B., trigger: decided", "“2026-13-01” is not a day as in 2026-06-12"),
            ("from: 2026-08-02, trigger: decided", "“because” is missing"),
            ("from: 2026-08-02, because: B., trigger: soon", "“soon” is none of"),
            ("since: 2026-08-02, because: B., trigger: decided", "“since” is not known here"),
        ],
    )
    def test_outside_of_those_of_the_body_of_law_or_without_a_reason_are_refused(self, own, complaint):
        source = body("demo", f"D , in_force: {{{own}}}", since="2026-06-12", until="2026-12-31", trigger="lodged")
        assert complaint in refused(source)

    @pytest.mark.parametrize(("since", "trigger"), [("2026-06-12", "always"), ("''", "lodged")])
    def test_need_a_trigger_that_fits(self, since, trigger):
        assert f"“{trigger}” does not fit" in refused(body(since=since, trigger=trigger))


class TestSuccession:
    OLD = body("old", until="2026-06-11", trigger="lodged")

    def test_begins_on_the_day_after(self):
        new = body("new", since="2026-06-12", trigger="lodged", follows="old")
        assert gathered([read_framework("a.yaml", self.OLD), read_framework("b.yaml", new)])["new"].follows == "old"

    @pytest.mark.parametrize(
        ("new", "complaint"),
        [
            (
                body("new", since="2026-06-11", trigger="lodged", follows="old"),
                "new.yaml: follows: their days overlap: old applies until 2026-06-11, and this from 2026-06-11.",
            ),
            (
                body("new", since="2026-07-01", trigger="lodged", follows="old"),
                "new.yaml: follows: no law is left for the days between 2026-06-11 and 2026-07-01.",
            ),
            (body("new", follows="old"), "new.yaml: follows: it needs a first day, and old a last one."),
            (
                body("new", since="2026-06-12", trigger="lodged", follows="older"),
                "new.yaml: follows: there is no body of law “older”.",
            ),
        ],
        ids=["overlapping", "a gap", "no days", "unknown"],
    )
    def test_with_other_days_is_refused(self, new, complaint):
        assert refused(self.OLD, new) == complaint


class TestParallels:
    def test_may_be_named_from_both_sides_in_two_bodies_of_law(self):
        bodies = [body("a", "A1 , parallel: [B1]"), body("b", "B1 , parallel: [A1]")]
        assert list(gathered(read_framework("x.yaml", each) for each in bodies)) == ["a", "b"]

    @pytest.mark.parametrize(
        ("elements", "complaint"),
        [
            (["A1 , parallel: [A1]"], "a.yaml: A1: it is parallel to itself."),
            (
                ["A1 , parallel: [A2]", "A2 , parallel: [A1]"],
                "a.yaml: A1: within its own body of law, it is parallel to itself in a circle.",
            ),
            (
                ["A1 , parallel: [A2]", "A2 , parallel: [A3]", "A3 , parallel: [A1]"],
                "a.yaml: A1: within its own body of law, it is parallel to itself in a circle.",
            ),
            (
                ["A1 , parallel: [QR99]"],
                "a.yaml: A1: there is no element “QR99” to be parallel to; what is not here is cited under “see”.",
            ),
            (["A1 , see: [A2]", "A2"], "a.yaml: A1: A2 is an element, and belongs under “parallel”."),
        ],
        ids=["itself", "a circle of two", "a circle of three", "unknown", "an id under see"],
    )
    def test_in_a_circle_or_to_nothing_are_refused(self, elements, complaint):
        assert refused(body("a", *elements)) == complaint

    @pytest.mark.parametrize("written", ["[A2, A2]", "[art. 4(5)]", "A2"])
    def test_are_ids_each_once(self, written):
        refused(body("a", f"A1 , parallel: {written}", "A2"))


class TestOf:
    def test_is_the_claim_unless_it_is_said_to_be_the_procedure(self):
        read = read_framework("demo.yaml", body("demo", "A1", "A2 , of: procedure"))
        assert [element.of for element in read.elements] == [Of.CLAIM, Of.PROCEDURE]
        assert [element.id for element in read.claims] == ["A1"]
        assert [element.id for element in read.guarantees] == ["A2"]

    def test_is_nothing_else(self):
        assert "“appeal” is none of claim, procedure" in refused(body("demo", "A1 , of: appeal"))
