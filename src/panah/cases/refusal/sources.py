"""The country information that a decision cites, as far as the library holds it and the member may see it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from panah import law
from panah.cases.models import Case, Reason
from panah.law.checklist import Found
from panah.law.checklist.onfile import Entry
from panah.law.refusal import Paragraph, Source
from panah.library import queries as library
from panah.library.kin.roots import said_roots
from panah.library.models import Document
from panah.team.models import Member

LEAST_NAME = 12
"""Characters of a title, or of a publisher, by which a document may be known; a shorter one stands anywhere."""
_ASIDE = re.compile(r"\s*[(\[（].*$")
_WORD = re.compile(r"\w+")
_FIELDS = ("pk", "title", "source__name", "date")
_YEAR = re.compile(r"(?:18|19|20)\d\d")


class _Known(NamedTuple):
    """What the library says of a document, in small letters."""

    id: UUID
    title: str
    publisher: str
    date: str

    @property
    def names(self) -> tuple[str, str, str]:
        """By what a decision may name it: the title, the title without what it has in brackets, the publisher."""
        return self.title, _ASIDE.sub("", self.title), self.publisher

    @property
    def year(self) -> tuple[str, str]:
        """The publisher and the year, by which it may be told from others."""
        return self.publisher, "".join(_YEAR.findall(self.date)[:1])


class _Line(NamedTuple):
    """A paragraph of the decision with its words on one line, in small letters."""

    paragraph: Paragraph
    flat: str


def sources_of(
    asker: Member, asked: Case, text: str, paragraphs: Sequence[Paragraph], marks: Sequence[Reason], entry: Entry
) -> tuple[Source, ...]:
    """Those that a mark cites, and those whose title, or publisher and year, stand in a paragraph of the decision."""
    lines = [_Line(each, _flat(each.words)) for each in paragraphs]
    places: dict[UUID, list[Found]] = defaultdict(list)
    candidates = _candidates(asker, asked, _flat(text))
    years = Counter(each.year for each in candidates)
    for known in candidates:
        for line, words in _named_in(lines, known, alone=years[known.year] == 1):
            places[known.id].append(_found(line.paragraph, words, entry.number))
    cited = {paper.pk for mark in marks for paper in mark.papers.all() if paper.collection_id != asked.papers_id}
    rows = library.documents(asker).filter(pk__in=cited | places.keys()).order_by("added_at", "path")
    documents = list(rows.select_related("source"))
    roots, newer = said_roots(asker, [row.pk for row in documents]), _newer(asker, documents, entry)
    return tuple(_source(row, roots, newer, places[row.pk], marks) for row in documents)


def _source(
    row: Document,
    roots: Mapping[UUID, object],
    newer: Mapping[UUID, str],
    places: Iterable[Found],
    marks: Iterable[Reason],
) -> Source:
    from panah.cases.currency.queries import concepts_spoken_of  # loads the thesaurus

    spoken = [mark.quotation.words for mark in marks if row in mark.papers.all()]
    about = " ".join([row.title, row.concepts.replace(";", " "), *spoken, *(each.words for each in places)])
    return Source(
        id=str(row.pk),
        title=row.title,
        publisher=row.source.name if row.source else "",
        date=row.date,
        root=str(roots.get(row.pk, row.pk)),
        superseded_by=newer.get(row.pk, ""),
        concepts=concepts_spoken_of(about),
        words=tuple(places),
    )


def _candidates(asker: Member, asked: Case, flat: str) -> list[_Known]:
    """The documents of which the title or the publisher stands in the decision."""
    words = set(_WORD.findall(flat))
    rows = library.documents(asker).exclude(collection=asked.papers_id).order_by("pk")
    known = (
        _Known(pk, _flat(title), _flat(publisher or ""), date)
        for pk, title, publisher, date in rows.values_list(*_FIELDS)
    )
    return [each for each in known if any(_stands(name, words, flat) for name in each.names)]


def _stands(name: str, words: Collection[str], flat: str) -> bool:
    """Whether a name that is long enough stands in a text; its longest word is looked for first, which is quick."""
    return len(name) >= LEAST_NAME and max(_WORD.findall(name), key=len, default="") in words and name in flat


def _named_in(lines: Sequence[_Line], known: _Known, *, alone: bool) -> Iterator[tuple[_Line, str]]:
    """The paragraphs that name a document, each with the words by which.

    That is its title; or, beside its year, the title without what it has in brackets; or, beside its year, its publisher,
    where it is `alone` of those.
    """
    years = set(_YEAR.findall(known.date))
    for line in lines:
        dated = bool(years & set(_YEAR.findall(line.flat)))
        for words, enough in zip(known.names, (True, dated, dated and alone), strict=True):
            if enough and len(words) >= LEAST_NAME and words in line.flat:
                yield line, words
                break


def _found(paragraph: Paragraph, words: str, decision: int) -> Found:
    """The place of words in a paragraph; all of it, where they stand there with other spaces."""
    at = paragraph.words.casefold().find(words)
    if at < 0 or len(paragraph.words.casefold()) != len(paragraph.words):
        return Found(decision, paragraph.start, paragraph.end, paragraph.words, words)
    start = paragraph.start + len(paragraph.words[:at].encode())
    said = paragraph.words[at : at + len(words)]
    return Found(decision, start, start + len(said.encode()), said, words)


def _newer(asker: Member, documents: Iterable[Document], entry: Entry) -> dict[UUID, str]:
    """What each document was replaced by, where that was there on the day of the decision."""
    decided = entry.days("day")
    found = {}
    for row in library.documents(asker).filter(supersedes__in=[each.pk for each in documents]):
        written = law.latest(row.date)
        if row.supersedes_id and not (decided and decided.first and written and written > decided.first):
            found[row.supersedes_id] = row.title
    return found


def _flat(words: str) -> str:
    return " ".join(words.casefold().split())
