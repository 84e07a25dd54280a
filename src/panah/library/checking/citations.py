"""Citations of a draft, each looked up in the law and in the documents that a member may see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, islice
from typing import NamedTuple
from uuid import UUID

from panah import text
from panah.errors import Phrase
from panah.law.citations import FORM_OF_IBID, FORM_OF_LAW, Citation, Outcome, fault, held, near, recognise
from panah.library import queries
from panah.library.checking.results import CheckedCitation, Source
from panah.library.checking.sources import Sources, in_bytes, placed
from panah.library.models import Passage
from panah.search import queries as search
from panah.team.models import Member

LOOKED_AT = 4
"""Passages that are looked at for a citation."""
NEAR_ONES = 3
"""Citations that are offered in the place of one that is nowhere."""
_MOST_VARIED = 100
"""Citations of which slips are looked for; a draft with more that are nowhere has other faults."""

_NOT_IN_LIBRARY = Phrase("No document that you may see is called so or names it.")
_NOT_HELD = Phrase("Panah has no part of this law, and no document that you may see names it.")
_REFERS_TO_NOTHING = Phrase("What stands before it is no citation that Panah recognises.")


class _Answer(NamedTuple):
    outcome: Outcome
    reason: str
    elements: tuple[str, ...] = ()
    source: Source | None = None
    near: tuple[str, ...] = ()


_Key = tuple[str, str, str]
"""What a citation is looked up by: two of the same name the same."""
_Cited = Mapping[_Key, Citation]
_Answers = dict[_Key, _Answer]


def checked(
    asker: Member, raw: str, cited: Sequence[Citation], shelves: Sequence[int], sources: Sources, on: date
) -> Iterator[CheckedCitation]:
    """What comes of each citation of a draft, in their order. `shelves` are those that the asker may see."""
    distinct = {_key(each): each for each in cited}
    answers = {key: answer for key, each in distinct.items() if (answer := _without_looking(each, on))}
    sought = {key: each for key, each in distinct.items() if key not in answers}
    answers |= _in_library(asker, sought, shelves, sources)
    at = in_bytes(raw, chain.from_iterable((each.start, each.end) for each in cited))
    for each in cited:
        answer = answers.get(_key(each)) or _missing(each)
        yield CheckedCitation(each, at[each.start], at[each.end], raw[each.start : each.end], *answer)


def _key(each: Citation) -> _Key:
    return each.form, each.value, each.refers_to


def _without_looking(each: Citation, on: date) -> _Answer | None:
    """What can be said of a citation without the library: by its form, its year, or the law; None where nothing can."""
    if each.form == FORM_OF_IBID and not each.refers_to:
        return _Answer(Outcome.NOT_CHECKABLE, _REFERS_TO_NOTHING)
    if why := fault(each, on):
        return _Answer(Outcome.NOT_FOUND, why)
    found = held(each.provision, on) if each.provision else None
    return _Answer(*found) if found else None


def _missing(each: Citation) -> _Answer:
    if each.form == FORM_OF_LAW:
        return _Answer(Outcome.NOT_CHECKABLE, _NOT_HELD)
    return _Answer(Outcome.NOT_FOUND, _NOT_IN_LIBRARY)


def _in_library(asker: Member, sought: _Cited, shelves: Sequence[int], sources: Sources) -> _Answers:
    """What the library has of each: first by what documents are called, then by what they say; last what is near to it."""
    asked = {key: text.Any(nodes) for key, each in sought.items() if (nodes := _phrases(each.sought))}
    answers = _called(asker, asked)
    left = {key: node for key, node in asked.items() if key not in answers}
    found = search.some_of_each(left.values(), kind=Passage.KIND, shelves=shelves, limit=LOOKED_AT)
    sources.fetch(chain.from_iterable(found))
    for (key, node), each in zip(left.items(), found, strict=True):
        if source := _named(each, node, sources):
            answers[key] = _Answer(Outcome.EXACT, Phrase("A document names it."), source=source)
    missing = {key: each for key, each in sought.items() if key not in answers and each.form != FORM_OF_LAW}
    return answers | _near_ones(missing, shelves, sources)


def _called(asker: Member, asked: Mapping[_Key, text.Any]) -> _Answers:
    """The documents that are called so, by their titles, addresses and paths: the oldest of each."""
    if not asked:
        return {}
    rows = queries.documents(asker).order_by("added_at", "pk").values_list("pk", "title", "url", "path")
    numbers, lines = [], []
    for pk, *called in rows.iterator():
        numbers.append(pk)
        lines.append(" · ".join(filter(None, called)))
    anything = text.Finder(text.Any(tuple(asked.values())))
    found: dict[_Key, UUID] = {}
    for pk, line, spans in zip(numbers, lines, anything.found_in_each(lines), strict=True):
        for key in [key for key in asked if key not in found] if spans else ():
            if text.found_in(line, asked[key]):
                found[key] = pk
    documents = queries.documents(asker).in_bulk(list(found.values()))
    called_so = Phrase("A document is called so.")
    return {
        key: _Answer(Outcome.EXACT, called_so, source=Source(documents[pk], 0, 0, None)) for key, pk in found.items()
    }


def _named(numbers: Sequence[int], node: text.Node, sources: Sources) -> Source | None:
    """The first place of these passages at which a question's words stand."""
    for passage in sources.passages(numbers):
        window = sources.window(passage, 0)
        if spans := text.found_in(window.words, node):
            return placed(passage, window, spans[0])
    return None


def _near_ones(left: _Cited, shelves: Sequence[int], sources: Sources) -> _Answers:
    """What the library has that differs from a citation by one slip of the hand."""
    asked = {
        key: text.Any(nodes)
        for key, each in islice(left.items(), _MOST_VARIED)
        if (nodes := _phrases(near(each.sought[0])))
    }
    found = search.some_of_each(asked.values(), kind=Passage.KIND, shelves=shelves, limit=LOOKED_AT)
    sources.fetch(chain.from_iterable(found))
    answers: _Answers = {}
    for (key, node), each in zip(asked.items(), found, strict=True):
        values = dict.fromkeys(_values_at(each, node, left[key], sources))
        if values:
            answers[key] = _Answer(Outcome.NOT_FOUND, _NOT_IN_LIBRARY, near=tuple(values)[:NEAR_ONES])
    return answers


def _values_at(numbers: Sequence[int], node: text.Node, cited: Citation, sources: Sources) -> Iterator[str]:
    """What passages cite, in the same form, where the words of a question stand."""
    for passage in sources.passages(numbers):
        window = sources.window(passage, 0)
        spans = text.found_in(window.words, node)
        for each in recognise(window.words) if spans else ():
            if each.form == cited.form and any(each.start < span.end and span.start < each.end for span in spans):
                yield each.value


def _phrases(several: Sequence[str]) -> tuple[text.Phrase, ...]:
    return tuple(phrase for words in several if (phrase := text.phrase(words)))
