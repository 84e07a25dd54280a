"""The bodies of law and the rules that are shipped.

The bodies of law stand in YAML files, which are read strictly (`reading`) when they are compiled, and in tests. What is
loaded here is the compiled form, which is quick; the file itself is opened only for whoever wants its bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from string import Formatter
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from panah.errors import PanahError
from panah.law.compiling import Lawbook, opened
from panah.law.model import Authority, Box, Element, Framework, Rule, Wording

if TYPE_CHECKING:
    import yaml

    from panah.text.strict_yaml import Page

SHIPPED = (
    *("qr-2024-1347", "qd-2011-95", "rc-1951", "cat-3", "echr-3", "echr-2", "echr-13", "iccpr", "charter"),
    *("apr-2024-1348", "apd-2013-32", "ammr-2024-1351", "dublin-604-2013"),
    *("se-utlanningslag", "no-utlendingsloven", "ch-asylg"),
)
"""The order in which bodies of law are offered and examined."""

USUAL = ("qr-2024-1347", "cat-3", "echr-3")
"""Under which a case is examined of which nobody said under which."""

COMPILED = "lawbook.json"

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


class NotInTheLaw(PanahError):
    """There is no body of law “{asked}”, and no element of that id."""

    status = 404


class Rulebook(NamedTuple):
    """What `rules.yaml` holds."""

    rules: Mapping[Rule, Wording]
    boxes: Mapping[Box, str]


class Placed(NamedTuple):
    """An element in its body of law."""

    framework: Framework
    element: Element


def lawbook() -> Lawbook:
    """Everything that is compiled, as it was read and found sound when it was compiled. A test compares it with its files."""
    return _lawbook()


def frameworks() -> Mapping[str, Framework]:
    """The bodies of law that are shipped, by id, in the order of `SHIPPED`."""
    return _lawbook().frameworks


def framework(framework_id: str) -> Framework:
    """A body of law by its id. Raises `FrameworkUnknown`."""
    found = frameworks().get(framework_id)
    if found is None:
        raise FrameworkUnknown(framework=framework_id)
    return found


def edition(framework_id: str) -> str:
    """The digest of the file of a body of law: it says under which edition a case was examined. Raises `FrameworkUnknown`."""
    return _lawbook().editions[framework(framework_id).id]


def source(framework_id: str) -> bytes:
    """The file of a body of law, byte for byte. Raises `FrameworkUnknown`."""
    return _shipped("frameworks", f"{framework(framework_id).id}.yaml")


def placed(element_id: str) -> Placed:
    """An element by its id alone, for every id stands once in the law. Raises `NotInTheLaw`."""
    found = _places().get(element_id)
    if found is None:
        raise NotInTheLaw(asked=element_id)
    return found


def parallels(element: Element) -> tuple[Placed, ...]:
    """The elements that ask the same, whichever of the two says so, in the order of the law."""
    named = {*element.parallel, *_named_by().get(element.id, ())}
    return tuple(place for element_id, place in _places().items() if element_id in named)


def examinable() -> tuple[Framework, ...]:
    """The bodies of law under which a claim is examined: those that hold more than guarantees of the procedure."""
    return tuple(each for each in frameworks().values() if each.claims)


def rules() -> Mapping[Rule, Wording]:
    """What each rule says, and on which authority. Raises `FrameworkBroken`."""
    return _rulebook().rules


def boxes() -> Mapping[Box, str]:
    """The conditions under which a fact needs no further evidence, in words. Raises `FrameworkBroken`."""
    return _rulebook().boxes


def read_rules(name: str, source: bytes) -> Rulebook:
    """The rules and boxes from the bytes of their file, which is called `name`. Raises `FrameworkBroken`."""
    page = strict(name)
    root = page.entries(page.opened(source), ("rules", "boxes"))
    each = page.entries(root["rules"], tuple(Rule))
    words = page.entries(root["boxes"], tuple(Box))
    return Rulebook(
        rules=MappingProxyType({rule: _wording(page, rule, each[rule]) for rule in Rule}),
        boxes=MappingProxyType({box: page.text(words[box]) for box in Box}),
    )


def strict(name: str) -> Page:
    """Read strictly. What reads YAML is loaded when the first body of law is, which most commands never ask for."""
    from panah.text.strict_yaml import Page

    return Page(name, FrameworkBroken)


@cache
def _lawbook() -> Lawbook:
    return opened(_shipped(COMPILED))


@cache
def _places() -> Mapping[str, Placed]:
    return {element.id: Placed(each, element) for each in frameworks().values() for element in each.elements}


@cache
def _named_by() -> Mapping[str, frozenset[str]]:
    named: dict[str, set[str]] = {}
    for place in _places().values():
        for other in place.element.parallel:
            named.setdefault(other, set()).add(place.element.id)
    return {element_id: frozenset(others) for element_id, others in named.items()}


@cache
def _rulebook() -> Rulebook:
    return read_rules("rules.yaml", _shipped("rules.yaml"))


def shipped_page(name: str) -> tuple[str, bytes]:
    """The name and the bytes of a file that is shipped with the law."""
    return name, _shipped(name)


def _shipped(*path: str) -> bytes:
    return files("panah.law").joinpath(*path).read_bytes()


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
