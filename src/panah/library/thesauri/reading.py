"""Schemes of concepts, read strictly from their files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

from panah import text
from panah.errors import PanahError
from panah.library.thesauri.model import Concept, Labels, Scheme, Source, Thesaurus
from panah.library.thesauri.sought import beginnings

if TYPE_CHECKING:
    import yaml

    from panah.text.strict_yaml import Page

_ID = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
_SOURCE = re.compile("[A-Za-z0-9][A-Za-z0-9.-]*")
_LANGUAGE = re.compile("[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")
"""A BCP 47 tag of a language, perhaps a script and a country, as it is written in print."""
_BRACKETS = (")", "）", "]")


class ThesaurusBroken(PanahError):
    """{file}: {where}: {reason}.

    The thesaurus cannot be read, and none of it is used.
    """

    status = 500


def files_in(folder: Path) -> dict[str, bytes]:
    """The files of the schemes that stand in a folder, by name, in the order of their names."""
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.yaml"))}


def read(files: Mapping[str, bytes]) -> Thesaurus:
    """The thesaurus of some files, by name. Raises `ThesaurusBroken`."""
    schemes: dict[str, Scheme] = {}
    concepts: dict[str, Concept] = {}
    for name, content in files.items():
        scheme, of_it = _scheme(name, content)
        schemes[scheme.id] = scheme
        for concept in of_it:
            if other := concepts.get(concept.id):
                raise _broken(concept, f"the id stands in {other.scheme}.yaml already")
            concepts[concept.id] = concept
    linked = _linked(concepts)
    return Thesaurus(schemes, linked, beginnings(linked.values()))


def _scheme(name: str, content: bytes) -> tuple[Scheme, list[Concept]]:
    from panah.text.strict_yaml import Page

    page = Page(name, ThesaurusBroken)
    head = page.entries(page.opened(content), ("scheme", "title", "sources", "concepts"))
    scheme_id = _id(page, head["scheme"])
    if name != f"{scheme_id}.yaml":
        raise page.refused(head["scheme"], f"a scheme “{scheme_id}” stands in a file of that name")
    sources = tuple(_sources(page, head["sources"]))
    known = {source.id for source in sources}
    concepts = [_concept(page, node, scheme_id, known) for node in page.items(head["concepts"])]
    return Scheme(scheme_id, page.text(head["title"]), sources), concepts


def _sources(page: Page, node: yaml.Node) -> Iterator[Source]:
    for source_id, said in page.mapping(node).items():
        own = page.entries(said, ("title", "url"), ("date",))
        if not _SOURCE.fullmatch(source_id):
            raise page.refused(said, f"“{source_id}” cannot be an id")
        date = page.text_or_nothing(own["date"]) if "date" in own else ""
        yield Source(source_id, page.text(own["title"]), date, page.text(own["url"]))


def _concept(page: Page, node: yaml.Node, scheme: str, sources: set[str]) -> Concept:
    own = page.entries(node, ("id", "note", "labels"), ("broader", "related"))
    labels = tuple(_labels(page, tag, said, sources) for tag, said in page.mapping(own["labels"]).items())
    if not labels:
        raise page.refused(own["labels"], "there is no label")
    return Concept(
        id=_id(page, own["id"]),
        scheme=scheme,
        note=page.text(own["note"]),
        labels=labels,
        broader=tuple(dict.fromkeys(page.texts(own.get("broader")))),
        narrower=(),
        related=tuple(dict.fromkeys(page.texts(own.get("related")))),
    )


def _labels(page: Page, language: str, node: yaml.Node, sources: set[str]) -> Labels:
    if not _LANGUAGE.fullmatch(language):
        raise page.refused(node, f"“{language}” is not a language tag as in ug-Arab")
    own = page.entries(node, ("preferred",), ("others", "source", "verified"))
    if ("source" in own) is ("verified" in own):
        raise page.refused(node, "either a source is named, or the labels are not verified")
    if "verified" in own and page.truth(own["verified"]):
        raise page.refused(own["verified"], "what is verified names its source")
    source = page.text(own["source"]) if "source" in own else ""
    if source and source not in sources:
        raise page.refused(own["source"], f"there is no source “{source}” in this file")
    others = tuple(_label(page, each) for each in page.items(own.get("others")))
    labels = Labels(language, _label(page, own["preferred"]), others, source)
    if twice := [label for number, label in enumerate(labels.each) if label in labels.each[:number]]:
        raise page.refused(node, f"the label “{twice[0]}” stands here twice")
    return labels


def _label(page: Page, node: yaml.Node) -> str:
    """What people write: words that can be looked for, and no explanation of them."""
    label = page.text(node)
    if text.phrase(label) is None or label.endswith("*"):
        raise page.refused(node, f"“{label}” cannot be looked for")
    if label.endswith(_BRACKETS):
        raise page.refused(node, f"“{label}” ends with an explanation; nobody writes it so")
    return label


def _id(page: Page, node: yaml.Node) -> str:
    words = page.text(node)
    if not _ID.fullmatch(words):
        raise page.refused(node, f"“{words}” cannot be an id")
    return words


def _linked(concepts: Mapping[str, Concept]) -> dict[str, Concept]:
    """The same concepts, each with those that are narrower, and related to those that are related to it.

    One that stands above another is more than related to it: SKOS has either, and it is said by `broader` alone.
    """
    for concept in concepts.values():
        for other in (*concept.broader, *concept.related):
            if other not in concepts:
                raise _broken(concept, f"there is no concept “{other}”")
            if other == concept.id:
                raise _broken(concept, "it is broader than itself, or related to itself")
    above = _above(concepts)
    related = _both_ways(
        (each.id, other)
        for each in concepts.values()
        for other in each.related
        if other not in above[each.id] and each.id not in above[other]
    )
    narrower = _by_first((other, each.id) for each in concepts.values() for other in each.broader)
    return {
        name: replace(concept, narrower=narrower.get(name, ()), related=related.get(name, ()))
        for name, concept in concepts.items()
    }


def _above(concepts: Mapping[str, Concept]) -> dict[str, set[str]]:
    """The concepts that are broader than each, at first or at further hand."""
    try:
        order = list(TopologicalSorter({each.id: each.broader for each in concepts.values()}).static_order())
    except CycleError as error:
        raise _broken(concepts[error.args[1][0]], f"it is broader than itself, by {error.args[1][1]}") from error
    above: dict[str, set[str]] = {}
    for each in order:
        above[each] = {higher for one in concepts[each].broader for higher in (one, *above[one])}
    return above


def _both_ways(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    return _by_first(pair for one, other in list(pairs) for pair in ((one, other), (other, one)))


def _by_first(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """What stands second, by what stands first, each once and in the order of the alphabet."""
    found: dict[str, set[str]] = {}
    for one, other in pairs:
        found.setdefault(one, set()).add(other)
    return {one: tuple(sorted(others)) for one, others in found.items()}


def _broken(concept: Concept, reason: str) -> ThesaurusBroken:
    return ThesaurusBroken(file=f"{concept.scheme}.yaml", where=f"concept {concept.id}", reason=reason)
