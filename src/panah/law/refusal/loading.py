"""The rules of the audit as data: what each says, on which item of the checklist it bears, and what is asked for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from string import Formatter
from types import MappingProxyType
from typing import TYPE_CHECKING

from panah.law.checklist.finding import phrases
from panah.law.checklist.loading import checklist, page_of
from panah.law.model import Rule
from panah.law.refusal.finding import Side
from panah.law.refusal.headings import shipped

if TYPE_CHECKING:
    import yaml

    from panah.text.strict_yaml import Page


class Fault(StrEnum):
    """What can be wrong with a refusal, in the order in which it is listed. Ids are for ever."""

    ELEMENT_NOT_ADDRESSED = "element-not-addressed"
    PAPER_NOT_MENTIONED = "paper-not-mentioned"
    PRESUMPTION_NOT_APPLIED = "presumption-not-applied"
    CONTRADICTION_NOT_PUT = "contradiction-not-put"
    EXPLANATION_NOT_SOUGHT = "explanation-not-sought"
    NOT_ACCEPTED_WITHOUT_REASONS = "not-accepted-without-reasons"
    COI_BEFORE_TURNING_POINT = "coi-before-turning-point"
    COI_SUPERSEDED = "coi-superseded"
    COI_ONE_ROOT = "coi-one-root"
    QUOTATION_DIFFERS = "quotation-differs"
    QUOTATION_NOT_FOUND = "quotation-not-found"
    RELOCATION_STATE_ACTOR = "relocation-state-actor"
    DISCRETION = "discretion"
    BALANCING = "balancing"
    PERSECUTOR_LABEL = "persecutor-label"
    EMBASSY_CHECK = "embassy-check"
    EXIT_WITH_OWN_PASSPORT = "exit-with-own-passport"
    NO_DESTINATION = "no-destination"
    WRONG_REGIME = "wrong-regime"
    AUTHORITY_LATE = "authority-late"
    GUARANTEE_DEFICIENT = "guarantee-deficient"


class About(StrEnum):
    """What a rule is about, and so what tells its proposals apart."""

    ELEMENT = "element"
    PAPER = "paper"
    FACT = "fact"
    DIFFERENCE = "difference"
    SOURCE = "source"
    PLACE = "place"
    RECORD = "record"
    ITEM = "item"


_SLOTS = {
    About.PAPER: {"number", "title", "looked"},
    About.SOURCE: {"title", "date", "than"},
    About.PLACE: {"words", "said"},
    About.RECORD: {"reason"},
    About.ITEM: {"reason"},
}
"""What somebody fills in the sentences of a rule."""


@dataclass(frozen=True)
class Wording:
    """How a rule says what is wrong, and what is asked for it."""

    about: About
    sought: str
    item: str = ""
    """The item of the checklist whose law is its authority; empty where each proposal names its own."""
    items: tuple[str, ...] = ()
    """The items whose proposals it passes on."""
    leaves: tuple[str, ...] = ()
    """The items whose proposals it does not pass on: they are about what was done for the applicant, not by the authority."""
    gap: Rule | None = None
    """The gap of an examination that it passes on, with its sentence."""
    sentence: str = ""
    asks: str = ""
    every: str = ""
    finder: str = ""
    denied: frozenset[Side] = frozenset()


@cache
def wordings() -> Mapping[Fault, Wording]:
    """What is shipped. Raises `ChecklistBroken`."""
    return read_rules("rules.yaml", shipped("rules.yaml"))


def read_rules(name: str, source: bytes) -> Mapping[Fault, Wording]:
    """The rules from the bytes of their file. Raises `ChecklistBroken`."""
    page = page_of(name)
    each = page.entries(page.entries(page.opened(source), ("rules",))["rules"], tuple(Fault))
    return MappingProxyType({rule: _wording(page, each[rule]) for rule in Fault})


def _wording(page: Page, node: yaml.Node) -> Wording:
    own = page.entries(
        node, ("about", "sought"), ("item", "items", "leaves", "gap", "sentence", "asks", "every", "finder", "denied")
    )
    about = page.one_of(own["about"], About)
    said = {way: _sentence(page, own[way], about) for way in ("sentence", "asks", "every") if way in own}
    gap = page.one_of(own["gap"], Rule) if "gap" in own else None
    if bool(said) == bool(gap):
        raise page.refused(node, "a rule has sentences of its own, or those of a gap")
    return Wording(
        about=about,
        sought=page.text(own["sought"]),
        item=_item(page, own["item"]) if "item" in own else "",
        items=tuple(_item(page, each) for each in page.items(own.get("items"))),
        leaves=tuple(_item(page, each) for each in page.items(own.get("leaves"))),
        gap=gap,
        finder=_finder(page, own["finder"]) if "finder" in own else "",
        denied=frozenset(page.one_of(each, Side) for each in page.items(own.get("denied"))),
        **said,
    )


def _item(page: Page, node: yaml.Node) -> str:
    if checklist().item(name := page.text(node)) is None:
        raise page.refused(node, f"there is no item {name}")
    return name


def _finder(page: Page, node: yaml.Node) -> str:
    if (name := page.text(node)) not in phrases().finders:
        raise page.refused(node, f"there is no finder {name}")
    return name


def _sentence(page: Page, node: yaml.Node, about: About) -> str:
    """A sentence with no slot that nobody fills."""
    sentence = page.text(node)
    try:
        slots = {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}
    except ValueError as error:
        raise page.refused(node, "a curly bracket is not closed") from error
    if unknown := sorted(slots - _SLOTS.get(about, set())):
        raise page.refused(node, f"nobody fills {{{unknown[0]}}}")
    return sentence
