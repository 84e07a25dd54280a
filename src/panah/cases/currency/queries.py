"""Which quotations of a case may have been overtaken. The first argument is who asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.conf import settings

from panah import law, proof, text
from panah.cases import queries as cases
from panah.cases.method.recorded import label_of
from panah.cases.models import Case, Fact, Support
from panah.law import TurningPoint
from panah.library import sight, thesauri
from panah.library.concepts.asking import thesaurus
from panah.library.finding.queries import documents_known
from panah.library.models import Document, Passage
from panah.library.thesauri import Concept, Thesaurus
from panah.search import queries as search
from panah.team.models import Member

REMEMBERED = 20_000
"""Of so many words it is remembered of which concepts they speak."""
_SPOKEN_OF: dict[tuple[str, proof.Digest], tuple[str, ...]] = {}


class Why(StrEnum):
    """Why something should be looked at again."""

    SUPERSEDED = "superseded"
    """A newer version has replaced the document."""
    NEWER = "newer"
    """The library has newer passages on what it speaks about, after a turning point."""
    ALL_BEFORE = "all-before"
    """All country information beside a fact is older than a turning point."""


@dataclass(frozen=True)
class Mark:
    """Something to look at: beside which fact, what, why, and how much newer there is."""

    why: Why
    fact: int
    label: str
    support: Support | None = None
    point: TurningPoint | None = None
    concept: Concept | None = None
    passages: int = 0

    @property
    def reason(self) -> str:
        """In a sentence, in English."""
        if self.point is None or self.why is Why.SUPERSEDED:
            return f"Beside fact {self.fact} stands {self.label}, and a newer version has replaced its document."
        after = f"{self.point.words} ({self.point.date})"
        if self.why is Why.ALL_BEFORE:
            return f"All country information beside fact {self.fact} is older than {after}: look for newer."
        called = self.concept.called() if self.concept else ""
        return f"Beside fact {self.fact} stands {self.label}; newer passages after {after} on “{called}”: {self.passages}. Look."

    @property
    def id(self) -> str:
        """Stable as long as it is there."""
        about = (str(self.fact), str(self.support.pk) if self.support else "", self.point.id if self.point else "")
        return ":".join(filter(None, ("currency", self.why, *about)))


def currency(asker: Member, asked: Case, fact: Fact | None = None, *, now: datetime) -> list[Mark]:
    """What a case, or one fact of it, rests on that may have been overtaken, as far as the asker sees what is newer."""
    with sight.once(asker):
        looking = _Looking(asker, now)
        return [mark for each in ([fact] if fact else cases.facts(asked)) for mark in _of_fact(each, looking)]


def concepts_spoken_of(words: str) -> frozenset[str]:
    """The ids of the concepts of the thesaurus of which words speak."""
    return frozenset(_spoken_of(words, thesaurus()))


def _of_fact(fact: Fact, looking: _Looking) -> Iterator[Mark]:
    dates = []
    for support in fact.supports.all():
        document = support.quotation.document if support.quotation else support.paper
        if document is None:
            continue
        label = label_of(support)
        if hasattr(document, "superseded_by"):
            yield Mark(Why.SUPERSEDED, fact.number, label, support)
        if document.collection_id == fact.case.papers_id:
            continue  # her own papers tell what happened then, and not how things are
        dates.append(document.date)
        if found := looking.newer(support, document):
            point, concept, passages = found
            yield Mark(Why.NEWER, fact.number, label, support, point, concept, passages)
    if before := law.all_before(dates):
        yield Mark(Why.ALL_BEFORE, fact.number, law.shortened(fact.words), point=before)


class _Looking:
    """What one asker sees of newer passages; each concept is looked for once."""

    def __init__(self, asker: Member, now: datetime) -> None:
        self._asker = asker
        self._now = now
        self._thesaurus = thesaurus()
        self._found: dict[str, list[tuple[str, int]]] = {}
        self._old: dict[str, bool] = {}

    def newer(self, support: Support, document: Document) -> tuple[TurningPoint, Concept, int] | None:
        """The newest turning point after a quotation on what it speaks about, and how many passages came after it."""
        if not self._may_be_overtaken(document.date):
            return None  # whatever it speaks about
        words = support.quotation.words if support.quotation else document.title
        concepts = _spoken_of(words, self._thesaurus)
        for point in reversed(law.overtaken(document.date, concepts)):
            counts: dict[str, int] = defaultdict(int)
            for each in set(point.concepts) & concepts.keys():
                for date, passages in self._dated(concepts[each]):
                    if (day := law.latest(date)) and day > point.last:
                        counts[each] += passages
            if counts:
                most = max(sorted(counts), key=lambda each: counts[each])
                return point, concepts[most], counts[most]
        return None

    def _may_be_overtaken(self, written: str) -> bool:
        """Whether there is a turning point after a date, on anything."""
        if written not in self._old:
            self._old[written] = bool(law.overtaken(written, self._thesaurus.concepts))
        return self._old[written]

    def _dated(self, concept: Concept) -> list[tuple[str, int]]:
        """The documents that speak of a concept, by their dates, with how many passages of each."""
        if concept.id not in self._found:
            node = text.Any(thesauri.alternatives(concept))
            counted = search.counted(node, kind=Passage.KIND, shelves=list(sight.numbers(self._asker)))
            known = documents_known(self._asker, self._now, counted.keys()) if counted else {}
            self._found[concept.id] = [(known[group].date, n) for group, n in counted.items() if group in known]
        return self._found[concept.id]


def _spoken_of(words: str, known: Thesaurus) -> dict[str, Concept]:
    """The concepts of which words speak, by id. They are looked for once; no word is kept for that, but its digest."""
    key = str(settings.THESAURUS), proof.digest_of(words.encode())
    if key not in _SPOKEN_OF:
        if len(_SPOKEN_OF) >= REMEMBERED:
            _SPOKEN_OF.clear()
        _SPOKEN_OF[key] = tuple(concept.id for concept in thesauri.concepts_in(words, known))
    return {each: known.concepts[each] for each in _SPOKEN_OF[key]}
