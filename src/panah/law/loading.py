"""The bodies of law and the rules that are shipped, read strictly from their files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from string import Formatter
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from panah.errors import PanahError
from panah.law.model import Authority, Box, Element, Framework, Rule, Wording

if TYPE_CHECKING:
    import yaml

    from panah.text.strict_yaml import Page

SHIPPED = ("qr-2024-1347", "cat-3", "echr-3")
"""The order in which bodies of law are offered and examined."""

_ID = re.compile(r"[A-Za-z0-9]+([.-][A-Za-z0-9]+)*")

_HEAD = (
    *("id", "title", "short", "applies", "applies_from", "applies_until"),
    *("instrument", "address", "elements"),
)

_ABOUT = {
    Rule.ELEMENT_UNANSWERED: ("element",),
    Rule.FINDING_WITHOUT_REASONS: ("element",),
    Rule.FACT_WITHOUT_SUPPORT: ("fact",),
    Rule.CONTRADICTION_NOT_PUT: ("support", "contradiction"),
    Rule.QUOTATION_SUPERSEDED: ("element", "support"),
    Rule.EXPLANATION_NOT_SOUGHT: ("fact",),
    Rule.DOUBT_NOT_REASONED: ("fact",),
    Rule.REFUSED_WITHOUT_REASONS: ("fact",),
    Rule.NO_INDICATOR_ASSESSED: ("fact",),
    Rule.PLAUSIBILITY_WITHOUT_SOURCE: ("fact",),
    Rule.CIRCUMSTANCES_NOT_CONSIDERED: ("fact",),
    Rule.PAST_HARM_NOT_WEIGHED: ("fact",),
    Rule.CONTRADICTION_NOT_JUDGED: ("contradiction",),
    Rule.MATERIALITY_NOT_REASONED: ("contradiction",),
    Rule.INVENTORY_OPEN: ("inventory",),
}
"""What the sentences of a rule are about."""

_MUST_NAME = {
    "element": {"element"}, "fact": {"fact"}, "support": {"fact", "support"}, "contradiction": {"contradiction"},
    "inventory": {"slots"},
}  # fmt: skip
_MAY_NAME = {"element": {"question", "support"}, "fact": {"boxes"}}


class FrameworkBroken(PanahError):
    """{file}: {where}: {reason}.

    A body of law, the rules or a worked example cannot be read, and none of it is used.
    """

    status = 500


class FrameworkUnknown(PanahError):
    """There is no body of law “{framework}”."""

    status = 404


class Rulebook(NamedTuple):
    """What `rules.yaml` holds."""

    rules: Mapping[Rule, Wording]
    boxes: Mapping[Box, str]


@cache
def frameworks() -> Mapping[str, Framework]:
    """The bodies of law that are shipped, by id, in the order of `SHIPPED`. Raises `FrameworkBroken`."""
    names = [f"{framework_id}.yaml" for framework_id in SHIPPED]
    return gathered(read_framework(name, _shipped("frameworks", name)) for name in names)


def framework(framework_id: str) -> Framework:
    """A body of law by its id. Raises `FrameworkUnknown`."""
    found = frameworks().get(framework_id)
    if found is None:
        raise FrameworkUnknown(framework=framework_id)
    return found


def rules() -> Mapping[Rule, Wording]:
    """What each rule says, and on which authority. Raises `FrameworkBroken`."""
    return _rulebook().rules


def boxes() -> Mapping[Box, str]:
    """The conditions under which a fact needs no further evidence, in words. Raises `FrameworkBroken`."""
    return _rulebook().boxes


def gathered(several: Iterable[Framework]) -> Mapping[str, Framework]:
    """Bodies of law by id. Raises `FrameworkBroken` where an id, of them or of an element, stands twice."""
    found: dict[str, Framework] = {}
    owners: dict[str, str] = {}
    for one in several:
        for any_id in (one.id, *(element.id for element in one.elements)):
            if any_id in owners:
                reason = f"the id stands in {owners[any_id]}.yaml already"
                raise FrameworkBroken(file=f"{one.id}.yaml", where=any_id, reason=reason)
            owners[any_id] = one.id
        found[one.id] = one
    return MappingProxyType(found)


def read_framework(name: str, source: bytes) -> Framework:
    """A body of law from the bytes of its file, which is called `name`. Raises `FrameworkBroken`."""
    page = _page(name)
    head = page.entries(page.opened(source), _HEAD)
    since, until = _day(page, head["applies_from"]), _day(page, head["applies_until"])
    if since and until and until < since:
        raise page.refused(head["applies_until"], f"{until} is before {since}, from which day it applies")
    return Framework(
        id=_id(page, head["id"]),
        title=page.text(head["title"]),
        short=page.text(head["short"]),
        applies=page.text(head["applies"]),
        applies_from=since,
        applies_until=until,
        elements=_elements(page, head),
        source=source,
    )


def read_rules(name: str, source: bytes) -> Rulebook:
    """The rules and boxes from the bytes of their file, which is called `name`. Raises `FrameworkBroken`."""
    page = _page(name)
    root = page.entries(page.opened(source), ("rules", "boxes"))
    each = page.entries(root["rules"], tuple(Rule))
    words = page.entries(root["boxes"], tuple(Box))
    return Rulebook(
        rules=MappingProxyType({rule: _wording(page, rule, each[rule]) for rule in Rule}),
        boxes=MappingProxyType({box: page.text(words[box]) for box in Box}),
    )


def _page(name: str) -> Page:
    """Read strictly. What reads YAML is loaded when the first body of law is, which most commands never ask for."""
    from panah.text.strict_yaml import Page

    return Page(name, FrameworkBroken)


@cache
def _rulebook() -> Rulebook:
    return read_rules("rules.yaml", _shipped("rules.yaml"))


def shipped_page(name: str) -> tuple[str, bytes]:
    """The name and the bytes of a file that is shipped with the law."""
    return name, _shipped(name)


def _shipped(*path: str) -> bytes:
    return files("panah.law").joinpath(*path).read_bytes()


def _elements(page: Page, head: Mapping[str, yaml.Node]) -> tuple[Element, ...]:
    found: dict[str, Element] = {}
    for node in page.items(head["elements"]):
        element = _element(page, node, head)
        if element.id in found:
            raise page.refused(node, f"there are two elements {element.id}")
        found[element.id] = element
    if not found:
        raise page.refused(head["elements"], "there is no element")
    return tuple(found.values())


def _element(page: Page, node: yaml.Node, head: Mapping[str, yaml.Node]) -> Element:
    own = page.entries(node, ("id", "asks", "says", "authority"), ("evidence", "concepts", "parallel"))
    inherited = {key: head[key] for key in ("instrument", "address")}
    authority = page.entries(own["authority"], ("provision", "verified"), ("address",))
    return Element(
        id=_id(page, own["id"]),
        asks=page.text(own["asks"]),
        says=page.text(own["says"]),
        authority=authority_of(page, {**inherited, **authority}),
        evidence=page.texts(own.get("evidence")),
        concepts=_concepts(page, own.get("concepts")),
        parallel=page.texts(own.get("parallel")),
    )


def _concepts(page: Page, node: yaml.Node | None) -> tuple[str, ...]:
    """Ids of concepts, each once. That the thesaurus has them is for others to see: it stands above this package."""
    found: dict[str, None] = {}
    for item in page.items(node):
        concept = _id(page, item)
        if concept in found:
            raise page.refused(item, f"the concept {concept} stands here twice")
        found[concept] = None
    return tuple(found)


def authority_of(page: Page, own: Mapping[str, yaml.Node]) -> Authority:
    """Where the law says so, from the entries of a page. Raises `FrameworkBroken`."""
    return Authority(
        instrument=page.text(own["instrument"]),
        provision=page.text(own["provision"]),
        address=page.text(own["address"]),
        verified=page.truth(own["verified"]),
    )


def _wording(page: Page, rule: Rule, node: yaml.Node) -> Wording:
    own = page.entries(node, (*_ABOUT[rule], "authority"))
    authority = page.entries(own["authority"], ("instrument", "provision", "address", "verified"))
    sentences = {about: _sentence(page, about, own[about]) for about in _ABOUT[rule]}
    return Wording(authority=authority_of(page, authority), **sentences)


def _sentence(page: Page, about: str, node: yaml.Node) -> str:
    """A sentence that names what it is about, and has no slot that nobody fills."""
    sentence = page.text(node)
    try:
        slots = {slot for part in Formatter().parse(sentence) if (slot := _slot(part)) is not None}
    except ValueError as error:
        raise page.refused(node, "a curly bracket is not closed") from error
    if unknown := sorted(slots - _MUST_NAME[about] - _MAY_NAME.get(about, set())):
        raise page.refused(node, f"nobody fills {{{unknown[0]}}}")
    if unnamed := sorted(_MUST_NAME[about] - slots):
        raise page.refused(node, f"the sentence does not name {{{unnamed[0]}}}")
    return sentence


def _slot(part: tuple[str, str | None, str | None, str | None]) -> str | None:
    """The slot of a piece of a sentence, with whatever is done to it, so that only a bare one is known."""
    _, name, how, conversion = part
    if name is None:
        return None
    return name + (f"!{conversion}" if conversion else "") + (f":{how}" if how else "")


def _id(page: Page, node: yaml.Node) -> str:
    text = page.text(node)
    if not _ID.fullmatch(text):
        raise page.refused(node, f"“{text}” cannot be an id")
    return text


def _day(page: Page, node: yaml.Node) -> str:
    """A day as in 2026-06-12, or nothing."""
    text = page.text_or_nothing(node)
    try:
        written = not text or date.fromisoformat(text).isoformat() == text
    except ValueError:
        written = False
    if not written:
        raise page.refused(node, f"“{text}” is not a day as in 2026-06-12")
    return text
