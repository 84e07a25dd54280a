"""The forms of citations, the instruments and the words of provisions that are shipped, read strictly from their files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

from panah.errors import PanahError
from panah.law.citations.model import Form, Grammar, Instrument, Last, Standard, Unit, Way
from panah.law.reading import id_of

if TYPE_CHECKING:
    import yaml

    from panah.text.strict_yaml import Page

_PART = re.compile(r"(?<!P)<([a-z]+)>")
_SPACE = re.compile(r" (\?)?")


class CitationsBroken(PanahError):
    """{file}: {where}: {reason}.

    The forms of citations cannot be read, and nothing is recognised.
    """

    status = 500


@cache
def forms() -> Mapping[str, Form]:
    """The forms that are shipped, by id, in their order. Raises `CitationsBroken`."""
    return read_forms("forms.yaml", _shipped("forms.yaml"))


@cache
def instruments() -> Mapping[str, Instrument]:
    """The instruments that are shipped, by id. Raises `CitationsBroken`."""
    return read_instruments("instruments.yaml", _shipped("instruments.yaml"))


@cache
def grammar() -> Grammar:
    """The words of provisions that are shipped. Raises `CitationsBroken`."""
    return read_grammar("grammar.yaml", _shipped("grammar.yaml"))


def read_forms(name: str, source: bytes) -> Mapping[str, Form]:
    """The forms from the bytes of their file. Raises `CitationsBroken`."""
    page = _page(name)
    root = page.entries(page.opened(source), ("parts", "forms"))
    parts = {part: page.text(node) for part, node in page.mapping(root["parts"]).items()}
    found: dict[str, Form] = {}
    for node in page.items(root["forms"]):
        form = _Reading(page, parts).form(node)
        if form.id in found:
            raise page.refused(node, f"there are two forms {form.id}")
        found[form.id] = form
    return MappingProxyType(found)


def read_instruments(name: str, source: bytes) -> Mapping[str, Instrument]:
    """The instruments from the bytes of their file. Raises `CitationsBroken`."""
    page = _page(name)
    found: dict[str, Instrument] = {}
    for node in page.items(page.entries(page.opened(source), ("instruments",))["instruments"]):
        own = page.entries(node, ("id", "title", "unit", "names"), ("last",))
        one = Instrument(
            id_of(page, own["id"]),
            page.text(own["title"]),
            page.one_of(own["unit"], Unit),
            page.texts(own["names"]),
            _last(page, own["last"]) if "last" in own else None,
        )
        if one.id in found:
            raise page.refused(node, f"there are two instruments {one.id}")
        found[one.id] = one
    return MappingProxyType(found)


def read_grammar(name: str, source: bytes) -> Grammar:
    """The words of provisions from the bytes of their file. Raises `CitationsBroken`."""
    page = _page(name)
    root = page.entries(page.opened(source), ("units", "many", "words", "ordinals", "acts"))
    units = page.entries(root["units"], tuple(Unit))
    return Grammar(
        units=MappingProxyType({unit: page.texts(units[unit]) for unit in Unit}),
        many=frozenset(page.texts(root["many"])),
        words=MappingProxyType({kind: page.texts(node) for kind, node in page.mapping(root["words"]).items()}),
        ordinals=MappingProxyType({word: page.text(node) for word, node in page.mapping(root["ordinals"]).items()}),
        acts=MappingProxyType({letter: page.texts(node) for letter, node in page.mapping(root["acts"]).items()}),
    )


def _last(page: Page, node: yaml.Node) -> Last:
    own = page.entries(node, ("number", "address", "verified"))
    return Last(page.number(own["number"]), page.text(own["address"]), page.truth(own["verified"]))


class _Reading:
    """One reading of the forms, with the parts that their patterns are made of."""

    def __init__(self, page: Page, parts: Mapping[str, str]) -> None:
        self._page = page
        self._parts = parts

    def form(self, node: yaml.Node) -> Form:
        """A form, with an example at least."""
        page = self._page
        own = page.entries(
            node,
            ("id", "name", "standard", "value", "since", "ways", "examples"),
            ("sought", "each", "bodies", "well_formed"),
        )
        standard = page.entries(own["standard"], ("says", "address"))
        examples = page.texts(own["examples"])
        if not examples:
            raise page.refused(own["examples"], "there is no example")
        bodies = page.mapping(own["bodies"]) if "bodies" in own else {}
        return Form(
            id=id_of(page, own["id"]),
            name=page.text(own["name"]),
            standard=Standard(page.text(standard["says"]), page.text(standard["address"])),
            value=page.text(own["value"]),
            sought=page.texts(own.get("sought")) or (page.text(own["value"]),),
            since=page.number(own["since"]),
            ways=tuple(self._way(each) for each in page.items(own["ways"])),
            each=self._pattern(own.get("each")),
            well_formed=self._pattern(own.get("well_formed")),
            bodies=MappingProxyType(
                {body: self._compiled(each, self._expanded(each)) for body, each in bodies.items()}
            ),
            examples=examples,
        )

    def _way(self, node: yaml.Node) -> Way:
        own = self._page.entries(node, ("pattern",), ("near", "unless"))
        whole = self._compiled(own["pattern"], self._expanded(own["pattern"]) + r"(?!\w)")
        return Way(whole, self._pattern(own.get("near")), self._pattern(own.get("unless")))

    def _pattern(self, node: yaml.Node | None) -> re.Pattern[str] | None:
        return None if node is None else self._compiled(node, self._expanded(node))

    def _expanded(self, node: yaml.Node) -> str:
        """A pattern with its parts put in. A space stands for any space, but not for more than three."""
        pattern = self._page.text(node)
        while named := _PART.search(pattern):
            if named[1] not in self._parts:
                raise self._page.refused(node, f"there is no part <{named[1]}>")
            pattern = pattern[: named.start()] + self._parts[named[1]] + pattern[named.end() :]
        return _SPACE.sub(lambda space: r"\s{0,3}" if space[1] else r"\s{1,3}", pattern)

    def _compiled(self, node: yaml.Node, pattern: str) -> re.Pattern[str]:
        try:
            return re.compile(pattern)
        except re.error as error:
            raise self._page.refused(node, f"it is no pattern ({error.msg})") from error


def _page(name: str) -> Page:
    """Read strictly. What reads YAML is loaded when the first page is."""
    from panah.text.strict_yaml import Page

    return Page(name, CitationsBroken)


def _shipped(name: str) -> bytes:
    return files("panah.law.citations").joinpath(name).read_bytes()
