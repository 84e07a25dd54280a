"""The checklist and the kinds of record that are shipped, read strictly from their files."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from panah.errors import PanahError
from panah.law.checklist.model import Checklist, Field, Group, Item, Kind, Law, Topic, Type
from panah.law.model import Authority

if TYPE_CHECKING:
    import yaml

    from panah.text.strict_yaml import Page

_ID = re.compile(r"[a-z]+(-[a-z]+)*")
_ITEM = re.compile(r"[A-Z][1-9][0-9]?")
_KEY = re.compile(r"[A-Z][A-Z0-9]*")


class ChecklistBroken(PanahError):
    """{file}: {where}: {reason}.

    The checklist, the kinds of record or a table of cases cannot be read, and none of it is used.
    """

    status = 500


class ItemUnknown(PanahError):
    """The checklist has no item “{item}”."""

    status = 404


class TopicUnknown(PanahError):
    """There is no topic “{topic}” of the checklist."""

    status = 404


class RecordKindUnknown(PanahError):
    """There is no kind of record “{kind}”."""

    status = 404


class Instrument(NamedTuple):
    """A law, a convention, a court: what it is called, and where its text stands."""

    title: str
    address: str


@cache
def checklist() -> Checklist:
    """The checklist that is shipped. Raises `ChecklistBroken`."""
    known = read_instruments("instruments.yaml", shipped("instruments.yaml"))
    kinds = read_kinds("records.yaml", shipped("records.yaml"), known)
    return read_checklist("items.yaml", shipped("items.yaml"), known, kinds)


def item(item_id: str) -> Item:
    """An item by its id. Raises `ItemUnknown`."""
    found = checklist().item(item_id)
    if found is None:
        raise ItemUnknown(item=item_id)
    return found


def kind(kind_id: str) -> Kind:
    """A kind of record by its id. Raises `RecordKindUnknown`."""
    found = checklist().kinds.get(kind_id)
    if found is None:
        raise RecordKindUnknown(kind=kind_id)
    return found


def topic(topic_id: str) -> Topic:
    """A topic by its id. Raises `TopicUnknown`."""
    found = next((each for each in checklist().topics if each.id == topic_id), None)
    if found is None:
        raise TopicUnknown(topic=topic_id)
    return found


def read_instruments(name: str, source: bytes) -> Mapping[str, Instrument]:
    """The instruments from the bytes of their file. Raises `ChecklistBroken`."""
    page = page_of(name)
    found: dict[str, Instrument] = {}
    for key, node in page.mapping(page.opened(source)).items():
        if not _KEY.fullmatch(key):
            raise page.refused(node, f"“{key}” cannot be the key of an instrument")
        own = page.entries(node, ("title", "address"))
        found[key] = Instrument(page.text(own["title"]), page.text(own["address"]))
    return MappingProxyType(found)


def read_kinds(name: str, source: bytes, known: Mapping[str, Instrument]) -> Mapping[str, Kind]:
    """The kinds of record from the bytes of their file. Raises `ChecklistBroken`."""
    page = page_of(name)
    found: dict[str, Kind] = {}
    for node in page.items(page.entries(page.opened(source), ("kinds",))["kinds"]):
        kind = _kind(page, node, known)
        if kind.id in found:
            raise page.refused(node, f"there are two kinds {kind.id}")
        found[kind.id] = kind
    return MappingProxyType(found)


def read_checklist(name: str, source: bytes, known: Mapping[str, Instrument], kinds: Mapping[str, Kind]) -> Checklist:
    """The checklist from the bytes of its file. Raises `ChecklistBroken`."""
    page = page_of(name)
    root = page.entries(page.opened(source), ("groups", "items", "topics"))
    reading = _Reading(page, known, kinds)
    titles = page.mapping(root["groups"])
    items = [reading.item(node, titles) for node in page.items(root["items"])]
    groups = tuple(
        Group(group, page.text(title), tuple(item for item in items if item.group == group))
        for group, title in titles.items()
    )
    topics = tuple(reading.topic(node) for node in page.items(root["topics"]))
    return Checklist(groups, topics, kinds)


def page_of(name: str) -> Page:
    """Read strictly. What reads YAML is loaded when the first page is."""
    from panah.text.strict_yaml import Page

    return Page(name, ChecklistBroken)


def shipped(*path: str) -> bytes:
    """The bytes of a file that is shipped with the checklist."""
    return files("panah.law.checklist").joinpath(*path).read_bytes()


class _Reading:
    """One reading of the checklist: what was seen before may not be seen again."""

    def __init__(self, page: Page, known: Mapping[str, Instrument], kinds: Mapping[str, Kind]) -> None:
        self._page = page
        self._known = known
        self._kinds = kinds
        self._seen: set[str] = set()

    def item(self, node: yaml.Node, groups: Collection[str]) -> Item:
        """An item, whose id begins with that of its group."""
        page = self._page
        own = page.entries(node, ("id", "requires", "asks", "law", "kind", "records"), ("parallel",))
        name = self._new(own["id"], _ITEM)
        if name[0] not in groups:
            raise page.refused(own["id"], f"there is no group {name[0]}")
        ways = page.texts(own["kind"])
        if not ways or set(ways) - {"question", "rule"} or len(set(ways)) < len(ways):
            raise page.refused(own["kind"], "an item is a question, or a rule, or both")
        return Item(
            id=name,
            group=name[0],
            requires=page.text(own["requires"]),
            asks=page.text(own["asks"]),
            law=self._law(own["law"]),
            question="question" in ways,
            rule="rule" in ways,
            records=self._known_kinds(own["records"]),
            parallel=page.texts(own.get("parallel")),
        )

    def topic(self, node: yaml.Node) -> Topic:
        """A topic, whose items and kinds there must be."""
        own = self._page.entries(node, ("id", "title", "items", "records", "elements"))
        name = self._new(own["id"], _ID)
        for each in self._page.items(own["items"]):
            if self._page.text(each) not in self._seen:
                raise self._page.refused(each, f"there is no item {self._page.text(each)}")
        return Topic(
            name,
            self._page.text(own["title"]),
            self._page.texts(own["items"]),
            self._known_kinds(own["records"]),
            self._page.texts(own["elements"]),
        )

    def _law(self, node: yaml.Node) -> Law:
        own = self._page.entries(node, (), ("new", "old", "international"))
        law = Law(**{part: self._authorities(own[part]) for part in own})
        if not law.all:
            raise self._page.refused(node, "an authority is missing")
        return law

    def _authorities(self, node: yaml.Node) -> tuple[Authority, ...]:
        return tuple(_authority(self._page, each, self._known) for each in self._page.items(node))

    def _known_kinds(self, node: yaml.Node) -> tuple[str, ...]:
        for each in self._page.items(node):
            if self._page.text(each) not in self._kinds:
                raise self._page.refused(each, f"there is no kind of record {self._page.text(each)}")
        return self._page.texts(node)

    def _new(self, node: yaml.Node, like: re.Pattern[str]) -> str:
        name = _named(self._page, node, like)
        if name in self._seen:
            raise self._page.refused(node, f"{name} stands here twice")
        self._seen.add(name)
        return name


def _kind(page: Page, node: yaml.Node, known: Mapping[str, Instrument]) -> Kind:
    own = page.entries(node, ("id", "label", "source", "fields"))
    fields = tuple(_fields(page, own["fields"]))
    if not fields:
        raise page.refused(own["fields"], "there is no field")
    source = _authority(page, own["source"], known)
    return Kind(_named(page, own["id"], _ID), page.text(own["label"]), source, fields)


def _fields(page: Page, node: yaml.Node) -> Iterator[Field]:
    names, papers = set[str](), 0
    for each in page.items(node):
        field = _field(page, each)
        papers += field.type is Type.PAPER
        if field.name in names:
            raise page.refused(each, f"there are two fields {field.name}")
        if papers > 1:
            raise page.refused(each, "a record stands in one paper at most")
        names.add(field.name)
        yield field


def _field(page: Page, node: yaml.Node) -> Field:
    own = page.entries(node, ("name", "label", "type"), ("required", "choices"))
    kind = page.one_of(own["type"], Type)
    if ("choices" in own) != (kind is Type.CHOICE):
        raise page.refused(node, "a choice has choices, and nothing else has")
    choices = page.mapping(own["choices"]) if "choices" in own else {}
    required = page.truth(own["required"]) if "required" in own else False
    called = MappingProxyType({value: page.text(label) for value, label in choices.items()})
    return Field(_named(page, own["name"], _ID), page.text(own["label"]), kind, required, called)


def _authority(page: Page, node: yaml.Node, known: Mapping[str, Instrument]) -> Authority:
    own = page.entries(node, ("in", "at", "verified"))
    key = page.text(own["in"])
    if key not in known:
        raise page.refused(own["in"], f"there is no instrument {key}")
    return Authority(known[key].title, page.text(own["at"]), known[key].address, page.truth(own["verified"]))


def _named(page: Page, node: yaml.Node, like: re.Pattern[str]) -> str:
    text = page.text(node)
    if not like.fullmatch(text):
        raise page.refused(node, f"“{text}” cannot be an id here")
    return text
