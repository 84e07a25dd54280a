"""Worked examples: a record, and the gaps that are found in it. A lawyer can write one; the tests run it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import yaml

from panah.law.loading import FrameworkBroken, framework
from panah.law.model import Box, Fact, Finding, Framework, Record, Stance, Support
from panah.text.strict_yaml import Page


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


def read_example(name: str, source: bytes) -> Example:
    """An example from the bytes of its file. Raises `FrameworkBroken` or `FrameworkUnknown`."""
    page = Page(name, FrameworkBroken)
    root = page.entries(page.opened(source), ("title", "framework", "rest", "gaps"), ("facts", "findings"))
    law = framework(page.text(root["framework"]))
    findings = {finding.element: finding for finding in _findings(page, law, page.items(root.get("findings")))}
    if page.one_of(root["rest"], Rest) is Rest.ANSWERED:
        for element in law.elements:
            findings.setdefault(element.id, Finding(element.id, "Examined.", "For the reasons given."))
    facts = tuple(_fact(page, node) for node in page.items(root.get("facts")))
    return Example(
        title=page.text(root["title"]),
        framework=law,
        record=Record(facts, tuple(findings.values())),
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
    own = page.entries(node, ("id", "words"), ("supports", "boxes"))
    return Fact(
        id=page.text(own["id"]),
        words=page.text(own["words"]),
        supports=tuple(_support(page, support) for support in page.items(own.get("supports"))),
        boxes=frozenset(page.one_of(box, Box) for box in page.items(own.get("boxes"))),
    )


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
