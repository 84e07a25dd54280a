"""What a thesaurus holds: concepts, what each is called in which language, and who says so. SKOS in shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from panah.errors import PanahError
from panah.text import Word

UNDERSTOOD = "en"
"""In this language every concept is explained, and it is called so where a reader's own language has no label."""


class ConceptUnknown(PanahError):
    """There is no concept “{concept}” in the thesaurus."""

    status = 404


@dataclass(frozen=True)
class Source:
    """Who uses a label: a document with its date, as far as it has one, and its address."""

    id: str
    title: str
    date: str
    url: str


@dataclass(frozen=True)
class Labels:
    """What a concept is called in one language (BCP 47)."""

    language: str
    preferred: str
    others: tuple[str, ...]
    source: str
    """The id of a source of the scheme; empty where nobody has verified the labels."""

    @property
    def each(self) -> tuple[str, ...]:
        """The preferred label, and the others."""
        return (self.preferred, *self.others)


@dataclass(frozen=True)
class Concept:
    """A thing of this field, whatever it is called. Its id is for ever, and its own in all schemes."""

    id: str
    scheme: str
    note: str
    """What is meant, in one sentence."""
    labels: tuple[Labels, ...]
    broader: tuple[str, ...]
    narrower: tuple[str, ...]
    related: tuple[str, ...]

    def called(self, language: str = UNDERSTOOD) -> str:
        """What it is called in a language, in whatever script; else in English, else in any."""
        for wanted in (language, language.partition("-")[0], UNDERSTOOD):
            for labels in self.labels:
                if wanted in {labels.language, labels.language.partition("-")[0]}:
                    return labels.preferred
        return self.labels[0].preferred


@dataclass(frozen=True)
class Scheme:
    """The concepts of one file."""

    id: str
    title: str
    sources: tuple[Source, ...]

    def source(self, source_id: str) -> Source:
        """A source that labels of this scheme name."""
        return next(source for source in self.sources if source.id == source_id)


class Known(NamedTuple):
    """A label taken apart: of which concept, which of its labels in their order, and its words."""

    concept: str
    place: int
    label: str
    words: tuple[Word, ...]


@dataclass(frozen=True)
class Thesaurus:
    """All schemes, all concepts by id, and which concepts have a label that begins with a word."""

    schemes: Mapping[str, Scheme]
    concepts: Mapping[str, Concept]
    beginning: Mapping[str, tuple[str, ...]]
    """Ids of concepts, by each form and each stem of the first word of each label."""
    looked_up: dict[str, tuple[Known, ...]] = field(default_factory=dict, compare=False, repr=False)
    """The labels that begin with a word which somebody asked for, so that they are taken apart once."""

    def concept(self, concept_id: str) -> Concept:
        """A concept by its id. Raises `ConceptUnknown`."""
        found = self.concepts.get(concept_id)
        if found is None:
            raise ConceptUnknown(concept=concept_id)
        return found
