"""The thesaurus as SKOS (W3C Recommendation of 18 August 2009), written as Turtle."""

from __future__ import annotations

import re
from collections.abc import Iterator

from panah.library.thesauri.model import UNDERSTOOD, Concept, Scheme, Thesaurus

_HEAD = """\
@prefix dct: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
_ESCAPED = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_NOT_IN_ADDRESS = re.compile('[\x00-\x20<>"{}|^`\\\\]')
"""What Turtle allows in no IRI; it is written by its code, as addresses do."""


def as_skos(thesaurus: Thesaurus) -> Iterator[str]:
    """A stretch of Turtle for the head, each scheme and each concept, one after another.

    Concepts are `urn:panah:concept:ID`, schemes `urn:panah:scheme:ID`. Sources stand at the concept, since labels have no
    place for them in SKOS; languages whose labels nobody has verified are named in an editorial note.
    """
    yield _HEAD
    for scheme in thesaurus.schemes.values():
        yield _subject(f"scheme:{scheme.id}", "skos:ConceptScheme", [("dct:title", _text(scheme.title, UNDERSTOOD))])
    for concept in thesaurus.concepts.values():
        yield _subject(f"concept:{concept.id}", "skos:Concept", _said(concept, thesaurus.schemes[concept.scheme]))


def _said(concept: Concept, scheme: Scheme) -> Iterator[tuple[str, str]]:
    yield "skos:inScheme", _ours(f"scheme:{scheme.id}")
    if not concept.broader:
        yield "skos:topConceptOf", _ours(f"scheme:{scheme.id}")
    for labels in concept.labels:
        yield "skos:prefLabel", _text(labels.preferred, labels.language)
        yield from (("skos:altLabel", _text(label, labels.language)) for label in labels.others)
    yield "skos:scopeNote", _text(concept.note, UNDERSTOOD)
    for relation in ("broader", "narrower", "related"):
        yield from ((f"skos:{relation}", _ours(f"concept:{other}")) for other in getattr(concept, relation))
    for source in dict.fromkeys(labels.source for labels in concept.labels if labels.source):
        yield "dct:source", f"<{_address(scheme.source(source).url)}>"
    if unverified := ", ".join(labels.language for labels in concept.labels if not labels.source):
        yield "skos:editorialNote", _text(f"Labels that nobody has verified: {unverified}.", UNDERSTOOD)


def _subject(name: str, kind: str, said: Iterator[tuple[str, str]] | list[tuple[str, str]]) -> str:
    lines = "".join(f" ;\n    {predicate} {value}" for predicate, value in said)
    return f"\n{_ours(name)} a {kind}{lines} .\n"


def _ours(name: str) -> str:
    return f"<urn:panah:{name}>"


def _text(words: str, language: str) -> str:
    return f'"{words.translate(_ESCAPED)}"@{language}'


def _address(url: str) -> str:
    return _NOT_IN_ADDRESS.sub(lambda found: f"%{ord(found[0]):02X}", url)
