"""Bodies of law read strictly from their files: what is not as it should be is refused, with its file and its line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from panah.law.loading import FrameworkBroken, authority_of, strict
from panah.law.model import Element, Framework, Of, Order, Trigger

if TYPE_CHECKING:
    import yaml

    from panah.text.strict_yaml import Page

_ID = re.compile(r"[A-Za-z0-9]+([.-][A-Za-z0-9]+)*")

_HEAD = (
    *("id", "title", "short", "order", "applies", "in_force_from", "in_force_until", "trigger"),
    *("instrument", "address", "elements"),
)
_OWN = ("of", "in_force", "evidence", "concepts", "parallel", "see")


class _InForce(NamedTuple):
    """From which day to which, by which day of the case, and why these days are not those of the framework."""

    since: str
    until: str
    trigger: Trigger
    apart: str = ""


def read_framework(name: str, source: bytes) -> Framework:
    """A body of law from the bytes of its file, which is called `name`. Raises `FrameworkBroken`."""
    page = strict(name)
    head = page.entries(page.opened(source), _HEAD, ("follows",))
    days = _in_force(page, head)
    return Framework(
        id=id_of(page, head["id"]),
        title=page.text(head["title"]),
        short=page.text(head["short"]),
        order=page.one_of(head["order"], Order),
        applies=page.text(head["applies"]),
        in_force_from=days.since,
        in_force_until=days.until,
        trigger=days.trigger,
        follows=id_of(page, head["follows"]) if "follows" in head else "",
        elements=_elements(page, head, days),
    )


def gathered(several: Iterable[Framework]) -> Mapping[str, Framework]:
    """Bodies of law by id.

    Raises `FrameworkBroken` where an id, of them or of an element, stands twice; where one that follows another does not
    begin on the day after that one ends; and where an element is parallel to itself, to one that is not there, or in a circle
    within its own body of law.
    """
    found: dict[str, Framework] = {}
    owners: dict[str, str] = {}
    for one in several:
        for any_id in (one.id, *(element.id for element in one.elements)):
            if any_id in owners:
                raise _refused(one, any_id, f"the id stands in {owners[any_id]}.yaml already")
            owners[any_id] = one.id
        found[one.id] = one
    for one in found.values():
        _follow(one, found)
        _see_parallels(one, owners.keys() - found.keys())
    return MappingProxyType(found)


def _follow(one: Framework, known: Mapping[str, Framework]) -> None:
    """See that a body of law begins when the one ends whose place it took."""
    if not one.follows:
        return
    before = known.get(one.follows)
    if before is None:
        raise _refused(one, "follows", f"there is no body of law “{one.follows}”")
    if not one.in_force_from or not before.in_force_until:
        raise _refused(one, "follows", f"it needs a first day, and {before.id} a last one")
    ended, begun = date.fromisoformat(before.in_force_until), date.fromisoformat(one.in_force_from)
    if begun <= ended:
        reason = f"their days overlap: {before.id} applies until {ended}, and this from {begun}"
        raise _refused(one, "follows", reason)
    if begun != ended + timedelta(days=1):
        raise _refused(one, "follows", f"no law is left for the days between {ended} and {begun}")


def _see_parallels(one: Framework, elements: Iterable[str]) -> None:
    known = set(elements)
    for element in one.elements:
        for other in element.parallel:
            if other == element.id:
                raise _refused(one, element.id, "it is parallel to itself")
            if other not in known:
                reason = f"there is no element “{other}” to be parallel to; what is not here is cited under “see”"
                raise _refused(one, element.id, reason)
        if cited := known.intersection(element.see):
            raise _refused(one, element.id, f"{min(cited)} is an element, and belongs under “parallel”")
    own = {element.id: [each for each in element.parallel if one.element(each)] for element in one.elements}
    for start in own:
        if start in _reached(own, start):
            raise _refused(one, start, "within its own body of law, it is parallel to itself in a circle")


def _reached(edges: Mapping[str, list[str]], start: str) -> Iterator[str]:
    """Whatever can be reached from a place, each once."""
    waiting, seen = list(edges[start]), set[str]()
    while waiting:
        place = waiting.pop()
        if place not in seen:
            seen.add(place)
            waiting += edges[place]
            yield place


def _refused(one: Framework, where: str, reason: str) -> FrameworkBroken:
    return FrameworkBroken(file=f"{one.id}.yaml", where=where, reason=reason)


def _elements(page: Page, head: Mapping[str, yaml.Node], days: _InForce) -> tuple[Element, ...]:
    found: dict[str, Element] = {}
    for node in page.items(head["elements"]):
        element = _element(page, node, head, days)
        if element.id in found:
            raise page.refused(node, f"there are two elements {element.id}")
        found[element.id] = element
    if not found:
        raise page.refused(head["elements"], "there is no element")
    return tuple(found.values())


def _element(page: Page, node: yaml.Node, head: Mapping[str, yaml.Node], framework: _InForce) -> Element:
    own = page.entries(node, ("id", "asks", "says", "authority"), _OWN)
    inherited = {key: head[key] for key in ("instrument", "address")}
    authority = page.entries(own["authority"], ("provision", "verified"), ("instrument", "address"))
    days = _own_days(page, own["in_force"], framework) if "in_force" in own else framework
    return Element(
        id=id_of(page, own["id"]),
        asks=page.text(own["asks"]),
        says=page.text(own["says"]),
        authority=authority_of(page, {**inherited, **authority}),
        of=page.one_of(own["of"], Of) if "of" in own else Of.CLAIM,
        in_force_from=days.since,
        in_force_until=days.until,
        trigger=days.trigger,
        apart=days.apart,
        evidence=page.texts(own.get("evidence")),
        concepts=_ids(page, own.get("concepts"), "concept"),
        parallel=_ids(page, own.get("parallel"), "parallel"),
        see=page.texts(own.get("see")),
    )


def _ids(page: Page, node: yaml.Node | None, kind: str) -> tuple[str, ...]:
    """Ids, each once. That the thesaurus has the concepts is for others to see: it stands above this package."""
    found: dict[str, None] = {}
    for item in page.items(node):
        one = id_of(page, item)
        if one in found:
            raise page.refused(item, f"the {kind} {one} stands here twice")
        found[one] = None
    return tuple(found)


def _in_force(page: Page, head: Mapping[str, yaml.Node]) -> _InForce:
    since, until = day_of(page, head["in_force_from"]), day_of(page, head["in_force_until"])
    if since and until and until < since:
        raise page.refused(head["in_force_until"], f"{until} is before {since}, from which day it applies")
    trigger = page.one_of(head["trigger"], Trigger)
    if (trigger is Trigger.ALWAYS) == bool(since or until):
        raise page.refused(head["trigger"], f"“{trigger}” does not fit the days from which and until which it applies")
    return _InForce(since, until, trigger)


def _own_days(page: Page, node: yaml.Node, framework: _InForce) -> _InForce:
    """Days that are not those of the framework, with the reason. Outside of its days only where that is said of them."""
    own = page.entries(node, ("trigger", "because"), ("from", "until", "early"))
    since = day_of(page, own["from"]) if "from" in own else framework.since
    until = day_of(page, own["until"]) if "until" in own else framework.until
    early = "early" in own and page.truth(own["early"])
    if since and until and until < since:
        raise page.refused(node, f"{until} is before {since}, from which day it applies")
    if (since < framework.since and not early) or (framework.until and (not until or until > framework.until)):
        raise page.refused(node, "its days are outside of those of its body of law")
    return _InForce(since, until, page.one_of(own["trigger"], Trigger), page.text(own["because"]))


def id_of(page: Page, node: yaml.Node) -> str:
    """An id. Raises `FrameworkBroken`."""
    text = page.text(node)
    if not _ID.fullmatch(text):
        raise page.refused(node, f"“{text}” cannot be an id")
    return text


def day_of(page: Page, node: yaml.Node) -> str:
    """A day as in 2026-06-12, or nothing. Raises `FrameworkBroken`."""
    text = page.text_or_nothing(node)
    try:
        written = not text or date.fromisoformat(text).isoformat() == text
    except ValueError:
        written = False
    if not written:
        raise page.refused(node, f"“{text}” is not a day as in 2026-06-12")
    return text
