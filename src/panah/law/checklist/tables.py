"""Tables of cases for the rules: what is on file, and what is proposed. A lawyer can add a row; the tests run it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from panah.law.checklist.loading import checklist, kind, page_of
from panah.law.checklist.model import Status, Type
from panah.law.checklist.onfile import (
    Contradiction,
    Decision,
    Entry,
    OnFile,
    Stated,
    Telling,
    Told,
)
from panah.law.model import Interview, Stance

if TYPE_CHECKING:
    import yaml

    from panah.text.strict_yaml import Page

PROPOSED = {"nothing": None, "asks": Status.NOT_EXAMINED} | {
    each.value: each for each in Status if each is not Status.NOT_EXAMINED
}
"""What a row may say is proposed."""

_BESIDE = ("facts", "statements", "interviews", "contradictions", "inventory", "today")
_INTERVIEW = (
    "held_on", "preferred_language", "interpreter_language", "interpreter_sex", "objection", "recording", "transcript",
    "corrections",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A case: what is on file, what the rule proposes, and words that stand in its reason."""

    rule: str
    when: str
    file: OnFile
    proposes: Status | None
    says: str


def read_table(name: str, source: bytes) -> tuple[Row, ...]:
    """The rows of a table from the bytes of its file. Raises `ChecklistBroken`."""
    page = page_of(name)
    return tuple(_row(page, node) for node in page.items(page.entries(page.opened(source), ("cases",))["cases"]))


def _row(page: Page, node: yaml.Node) -> Row:
    own = page.entries(node, ("rule", "when", "file", "proposes"), ("says",))
    rule, proposes = page.text(own["rule"]), page.text(own["proposes"])
    item = checklist().item(rule)
    if item is None or not item.rule:
        raise page.refused(own["rule"], f"there is no rule {rule}")
    if proposes not in PROPOSED:
        raise page.refused(own["proposes"], f"“{proposes}” is none of {', '.join(PROPOSED)}")
    says = page.text(own["says"]) if "says" in own else ""
    return Row(rule, page.text(own["when"]), _file(page, own["file"]), PROPOSED[proposes], says)


def _file(page: Page, node: yaml.Node) -> OnFile:
    own = page.mapping(node, (*_BESIDE, *checklist().kinds))
    entries, decisions = list[Entry](), list[Decision]()
    for name in own:
        if name in _BESIDE:
            continue
        for number, each in enumerate(page.items(own[name]), start=1):
            entry, text = _entry(page, each, name, number)
            entries.append(entry)
            decisions += [Decision(entry, text)] if text is not None else []
    file = OnFile(records=tuple(entries), decisions=tuple(decisions))
    if "today" in own:
        file = replace(file, today=date.fromisoformat(page.text(own["today"])))
    if "inventory" in own:
        slots = page.mapping(own["inventory"])
        file = replace(file, inventory={slot: page.text(said) for slot, said in slots.items()})
    if "interviews" in own:
        file = replace(file, interviews=tuple(_interviews(page, own["interviews"])))
    return replace(
        file,
        facts=tuple(_facts(page, own.get("facts"))),
        tellings=tuple(_tellings(page, own.get("statements"))),
        contradictions=tuple(_contradictions(page, own.get("contradictions"))),
    )


def _entry(page: Page, node: yaml.Node, name: str, number: int) -> tuple[Entry, str | None]:
    """A record of a kind; of a decision also its text, where the row gives one."""
    known = {field.name: field for field in kind(name).fields}
    own = page.mapping(node, (*known, "text") if name == "decision" else tuple(known))
    said = {field: page.text(value) for field, value in own.items() if field != "text"}
    for field, value in said.items():
        choices = list(Told) if known[field].type is Type.TOLD else list(known[field].choices)
        if choices and value not in choices:
            raise page.refused(own[field], f"“{value}” is none of {', '.join(choices)}")
    return Entry(name, number, said), page.verbatim(own["text"]) if "text" in own else None


def _facts(page: Page, node: yaml.Node | None) -> Iterator[Stated]:
    for number, each in enumerate(page.items(node), start=1):
        own = page.entries(each, (), ("supports", "boxes"))
        supported = any(page.one_of(stance, Stance) is Stance.SUPPORTS for stance in page.items(own.get("supports")))
        yield Stated(number, f"Fact {number}", supported, frozenset(page.texts(own.get("boxes"))))


def _tellings(page: Page, node: yaml.Node | None) -> Iterator[Telling]:
    for number, each in enumerate(page.items(node), start=1):
        own = _texts(page, page.entries(each, (), ("told_on", "language", "interpreter")))
        yield Telling(number, **own)


def _interviews(page: Page, node: yaml.Node) -> Iterator[Interview]:
    for number, each in enumerate(page.items(node), start=1):
        own = page.entries(each, (), (*_INTERVIEW, "read_back"))
        read_back = page.truth(own["read_back"]) if "read_back" in own else None
        said: dict[str, Any] = _texts(page, {name: value for name, value in own.items() if name != "read_back"})
        yield replace(Interview(str(number), read_back=read_back), **said)


def _contradictions(page: Page, node: yaml.Node | None) -> Iterator[Contradiction]:
    for number, each in enumerate(page.items(node), start=1):
        own = page.entries(each, ("label",), ("material", "put_at", "answer"))
        material = page.truth(own["material"]) if "material" in own else None
        said = _texts(page, {name: value for name, value in own.items() if name != "material"})
        yield Contradiction(str(number), material=material, **said)


def _texts(page: Page, own: Mapping[str, yaml.Node]) -> dict[str, str]:
    return {name: page.text(value) for name, value in own.items()}
