"""What the bodies of law here have of a provision that somebody cites.

They hold the parts of an act that an examination asks for, and never the whole text. So that a provision is not among them
says nothing: only what stands behind the last article of an act can be told not to be there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from panah.errors import Phrase
from panah.law.citations.loading import instruments
from panah.law.citations.model import Outcome, Provision
from panah.law.citations.provisions import provisions
from panah.law.loading import Placed, frameworks

_FIRST_DIGITS = re.compile(r"\d+")
SHOWN = 6
"""Elements that a sentence names."""


class Held(NamedTuple):
    """What came of looking up a provision in the law."""

    outcome: Outcome
    reason: str
    elements: tuple[str, ...] = ()
    """The ids of the elements and guarantees that rest on it."""


def held(cited: Provision, on: date) -> Held | None:
    """What the law has of a provision on a day; None for an act of which it has nothing and knows nothing."""
    known = instruments().get(cited.instrument)
    places = _places().get(cited.instrument, ())
    if known is None and not places:
        return None
    if not cited.number:
        return Held(Outcome.EXACT, _known(places, on), ()) if known else None
    if known and known.last and _number(cited.until or cited.number) > known.last.number:
        return Held(Outcome.NOT_FOUND, _behind_the_last(cited))
    return _among(cited, places, on)


def _among(cited: Provision, places: Sequence[tuple[Provision, Placed]], on: date) -> Held:
    same = [(one, placed) for one, placed in places if _same_number(cited, one)]
    resting = [placed for one, placed in same if _is_part(one, cited) or _is_whole_of(cited, one)]
    if resting:
        elements = _ids(resting)
        return Held(Outcome.EXACT, _resting(elements, resting, on), elements)
    if wider := _ids(placed for one, placed in same if _is_part(cited, one)):
        reason = Phrase("Panah has it as a whole ({elements}), and cannot tell its parts.", elements=_list(wider))
        return Held(Outcome.NOT_CHECKABLE, reason, wider)
    if others := _ids(placed for _, placed in same):
        reason = Phrase(
            "Panah has other parts of it ({elements}), and does not hold the whole text.", elements=_list(others)
        )
        return Held(Outcome.NOT_CHECKABLE, reason, others)
    return Held(Outcome.NOT_CHECKABLE, Phrase("Panah does not hold the whole text of this law."))


def _same_number(cited: Provision, one: Provision) -> bool:
    """Whether one stands where the other does: the same number, or one inside a row of them."""
    if cited.chapter != one.chapter:
        return False
    if cited.number == one.number:
        return True
    first, last = _number(one.number), _number(one.until or one.number)
    return bool(one.until) and first <= _number(cited.number) and _number(cited.until or cited.number) <= last


def _is_part(one: Provision, cited: Provision) -> bool:
    """Whether what the law has is a part of what was cited, or the same."""
    return cited.paragraph in {"", one.paragraph} and cited.point in {"", one.point}


def _is_whole_of(cited: Provision, one: Provision) -> bool:
    """Whether a row of paragraphs that the law has holds the one that was cited."""
    return bool(one.until) and not cited.paragraph


def _known(places: Sequence[tuple[Provision, Placed]], on: date) -> str:
    if not places:
        return Phrase("Panah knows this law, and has no part of it.")
    framework = places[0][1].framework
    said = Phrase("Panah has parts of it: {title}.", title=framework.title)
    return _with_days(said, framework.in_force_from, framework.in_force_until, on)


def _resting(elements: Sequence[str], placed: Sequence[Placed], on: date) -> str:
    first = placed[0].element
    said = Phrase("Panah has it: {elements}.", elements=_list(elements))
    return _with_days(said, first.in_force_from, first.in_force_until, on)


def _with_days(said: str, since: str, until: str, on: date) -> str:
    """A sentence, and that it does not apply on the day, where that is so."""
    if since and on.isoformat() < since:
        return Phrase("{reason} It applies from {since}, and not on {day}.", reason=said, since=since, day=on)
    if until and on.isoformat() > until:
        return Phrase("{reason} It applied until {until}, and no longer on {day}.", reason=said, until=until, day=on)
    return said


def _behind_the_last(cited: Provision) -> str:
    known = instruments()[cited.instrument]
    assert known.last
    facts = {"title": known.title, "last": known.last.number, "address": known.last.address}
    if known.last.verified:
        return Phrase("The last article of {title} is {last} ({address}).", **facts)
    return Phrase("The last article of {title} is {last} ({address}; this number is not verified).", **facts)


def _ids(placed: Iterable[Placed]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.element.id for each in placed))


def _list(elements: Sequence[str]) -> str:
    return ", ".join(elements[:SHOWN]) + (" …" if len(elements) > SHOWN else "")


def _number(number: str) -> int:
    digits = _FIRST_DIGITS.match(number)
    return int(digits[0]) if digits else 0


@cache
def _places() -> Mapping[str, Sequence[tuple[Provision, Placed]]]:
    """What the elements of all bodies of law rest on, by instrument: their authorities are read as any other text is."""
    found: dict[str, list[tuple[Provision, Placed]]] = {}
    for framework in frameworks().values():
        for element in framework.elements:
            said = f"{element.authority.instrument}, {element.authority.provision}"
            for cited in provisions(said):
                if cited.provision and cited.provision.number:
                    found.setdefault(cited.provision.instrument, []).append(
                        (cited.provision, Placed(framework, element))
                    )
    return found
