"""Worked examples: a record, and the gaps that are found in it; the days of a case, and the law that governs it.

A lawyer can write one; the tests run it. Those on the law of a case have a name that begins with `applicable-`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import yaml

from panah.law.applying import CaseDates
from panah.law.loading import FrameworkBroken, framework
from panah.law.method import method
from panah.law.model import (
    Acceptance,
    Assessed,
    Box,
    Contradiction,
    Distorted,
    Fact,
    Finding,
    Framework,
    Inventoried,
    Judged,
    Presence,
    Record,
    Stance,
    Support,
)
from panah.law.reading import day_of
from panah.law.regimes import Area
from panah.text.strict_yaml import Page

APPLICABLE = "applicable-"


class Rest(StrEnum):
    """What an example supposes of the elements that it does not speak about."""

    ANSWERED = "answered"
    """Each has a finding with reasons."""
    OPEN = "open"
    """None has a finding."""


@dataclass(frozen=True)
class Example:
    """A record, the body of law under which it is examined, and the ids of the gaps in their order."""

    title: str
    framework: Framework
    record: Record
    gaps: tuple[str, ...]


@dataclass(frozen=True)
class RegimeExample:
    """The days of a case and its State, what applies in each area, and what is asked, with what stands until it is answered."""

    title: str
    state: str
    dates: CaseDates
    applied: Mapping[Area, tuple[str, ...]]
    questions: Mapping[str, tuple[str, ...]]


def read_regime_example(name: str, source: bytes) -> RegimeExample:
    """An example on the law of a case from the bytes of its file. Raises `FrameworkBroken` or `FrameworkUnknown`."""
    page = Page(name, FrameworkBroken)
    root = page.entries(page.opened(source), ("title", "state", "dates", "applied", "questions"))
    days = page.entries(root["dates"], (), ("made", "registered", "lodged", "decided", "notified"))
    return RegimeExample(
        title=page.text(root["title"]),
        state=page.text(root["state"]),
        dates=CaseDates(**{each: date.fromisoformat(day_of(page, node)) for each, node in days.items()}),
        applied={
            Area(area): _bodies(page, node) for area, node in page.entries(root["applied"], (), tuple(Area)).items()
        },
        questions={asked: _bodies(page, node) for asked, node in page.mapping(root["questions"]).items()},
    )


def _bodies(page: Page, node: yaml.Node) -> tuple[str, ...]:
    """Ids of bodies of law that there are."""
    return tuple(framework(each).id for each in page.texts(node))


def read_example(name: str, source: bytes) -> Example:
    """An example from the bytes of its file. Raises `FrameworkBroken` or `FrameworkUnknown`."""
    page = Page(name, FrameworkBroken)
    parts = ("facts", "findings", "contradictions", "inventory", "distortions")
    root = page.entries(page.opened(source), ("title", "framework", "rest", "gaps"), parts)
    law = framework(page.text(root["framework"]))
    findings = {finding.element: finding for finding in _findings(page, law, page.items(root.get("findings")))}
    if page.one_of(root["rest"], Rest) is Rest.ANSWERED:
        for element in law.claims:
            findings.setdefault(element.id, Finding(element.id, "Examined.", "For the reasons given."))
    supposed = () if "inventory" in root else tuple(Inventoried(slot, Presence.PRESENT) for slot in method().slots)
    return Example(
        title=page.text(root["title"]),
        framework=law,
        record=Record(
            facts=tuple(_fact(page, node) for node in page.items(root.get("facts"))),
            findings=tuple(findings.values()),
            contradictions=tuple(_contradiction(page, node) for node in page.items(root.get("contradictions"))),
            inventory=supposed or tuple(_inventoried(page, node) for node in page.items(root["inventory"])),
            distortions=tuple(_distorted(page, node) for node in page.items(root.get("distortions"))),
        ),
        gaps=page.texts(root["gaps"]),
    )


def _findings(page: Page, law: Framework, nodes: Iterable[yaml.Node]) -> Iterator[Finding]:
    for node in nodes:
        own = page.entries(node, ("element", "words", "reasons"), ("superseded",))
        element = page.text(own["element"])
        if law.element(element) is None:
            raise page.refused(own["element"], f"{law.id} has no element {element}")
        words, reasons = page.text_or_nothing(own["words"]), page.text_or_nothing(own["reasons"])
        yield Finding(element, words, reasons, page.texts(own.get("superseded")))


def _fact(page: Page, node: yaml.Node) -> Fact:
    done = ("assessed", "explanation_sought", "acceptance", "reasons", "past_harm", "used_in", "statement")
    own = page.entries(node, ("id", "words"), ("supports", "boxes", *done))
    return Fact(
        id=page.text(own["id"]),
        words=page.text(own["words"]),
        supports=tuple(_support(page, support) for support in page.items(own.get("supports"))),
        boxes=frozenset(page.one_of(box, Box) for box in page.items(own.get("boxes"))),
        statement=_said(page, own, "statement"),
        assessed=tuple(_assessed(page, each) for each in page.items(own.get("assessed"))),
        explanation_sought=_told(page, own, "explanation_sought"),
        acceptance=page.one_of(own["acceptance"], Acceptance) if "acceptance" in own else None,
        reasons=_said(page, own, "reasons"),
        past_harm=_told(page, own, "past_harm"),
        used_in=page.texts(own.get("used_in")),
    )


def _assessed(page: Page, node: yaml.Node) -> Assessed:
    own = page.entries(node, ("indicator",), ("rests",))
    return Assessed(_known(page, own["indicator"], method().indicators), _told(page, own, "rests"))


def _contradiction(page: Page, node: yaml.Node) -> Contradiction:
    own = page.entries(node, ("id", "label"), ("judged", "material", "put_to_her", "fact"))
    return Contradiction(
        id=page.text(own["id"]),
        label=page.text(own["label"]),
        judged=page.one_of(own["judged"], Judged) if "judged" in own else Judged.OPEN,
        material=page.truth(own["material"]) if "material" in own else None,
        put_to_her=_told(page, own, "put_to_her"),
        fact=_said(page, own, "fact"),
    )


def _inventoried(page: Page, node: yaml.Node) -> Inventoried:
    own = page.entries(node, ("slot", "presence"))
    return Inventoried(_known(page, own["slot"], method().slots), page.one_of(own["presence"], Presence))


def _distorted(page: Page, node: yaml.Node) -> Distorted:
    own = page.entries(node, ("factor",), ("statement",))
    return Distorted(_known(page, own["factor"], method().factors), _said(page, own, "statement"))


def _support(page: Page, node: yaml.Node) -> Support:
    own = page.entries(node, ("id", "stance", "label"), ("superseded", "put_to_her"))
    return Support(
        id=page.text(own["id"]),
        stance=page.one_of(own["stance"], Stance),
        label=page.text(own["label"]),
        superseded=_told(page, own, "superseded"),
        put_to_her=_told(page, own, "put_to_her"),
    )


def _told(page: Page, own: Mapping[str, yaml.Node], key: str) -> bool:
    return key in own and page.truth(own[key])


def _said(page: Page, own: Mapping[str, yaml.Node], key: str) -> str:
    return page.text_or_nothing(own[key]) if key in own else ""


def _known(page: Page, node: yaml.Node, known: Mapping[str, object]) -> str:
    name = page.text(node)
    if name not in known:
        raise page.refused(node, f"“{name}” is not among those of the method")
    return name
