"""A chain that is followed in stretches says what it says in one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from panah.proof import GENESIS, Digest, canonical, digest_of, follow, linked

LINES = 12


def row(seq, previous, *, verb="stated", place="0a", record=True):
    """A line of the ledger, and what it is about."""
    about = canonical({"details": {}, "kind": "case", "salt": "00", "subject": place})
    body = canonical(
        {"at": "2026-11-27", "by": "Nobody", "compartment": place, "seq": seq, "verb": verb, "what": digest_of(about)}
    )
    return seq, body, linked(previous, digest_of(body)), about if record else None


@st.composite
def ledgers(draw):
    """Lines of two compartments, some erased, some records gone, one line perhaps spoiled or taken away."""
    rows, link = [], GENESIS
    for seq in range(1, LINES + 1):
        rows.append(
            row(
                seq, link, verb=draw(st.sampled_from(["stated", "stated", "erased"])),
                place=draw(st.sampled_from(["0a", "0b"])), record=draw(st.sampled_from([True, True, True, False])),
            )
        )  # fmt: skip
        link = Digest(rows[-1][2])
    spoiled = draw(st.none() | st.integers(0, LINES - 1))
    if spoiled is not None:
        seq, body, link, about = rows[spoiled]
        rows[spoiled : spoiled + 1] = draw(
            st.sampled_from(
                [[], [(seq, body + b" ", link, about)], [(seq, body, GENESIS, about)], [(seq, body, link, b"{}")]]
            )
        )
    return rows


@given(ledgers(), st.integers(1, LINES - 1))
def test_two_stretches_say_what_one_says(rows, middle):
    whole = follow(rows, {1, middle, middle + 1, LINES})
    until = [each for each in rows if each[0] <= middle]
    first = follow(until, {1, middle})
    if not until or until[-1][0] != middle or first.found.broken:  # there is nothing to part them at
        return
    rest = follow(
        [each for each in rows if each[0] > middle], {middle + 1, LINES}, after=middle, previous=Digest(until[-1][2])
    )
    assert first.then(rest).told() == whole.told()
    assert first.then(rest).link == whole.link or whole.found.broken


def test_a_stretch_that_begins_elsewhere_does_not_follow():
    first = follow([row(1, GENESIS)])
    assert first.then(follow([], after=1, previous=GENESIS)).told().broken == 2
    assert first.then(follow([], after=2, previous=first.link)).told().broken == 3
    assert first.then(follow([], after=1, previous=first.link)).told() == first.told()
