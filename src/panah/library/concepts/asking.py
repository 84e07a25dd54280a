"""What somebody looks for, and what the thesaurus adds to it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from django.conf import settings

from panah import text
from panah.errors import PanahError
from panah.library import thesauri
from panah.library.thesauri import Addition, Thesaurus, Widened


class Switch(NamedTuple):
    """A concept that was added, or was not: whatever is to be switched off, once this one is switched over."""

    addition: Addition
    on: bool
    without: list[str]


class Worded(Protocol):
    """What asks by words, and says how far the thesaurus may add to them."""

    @property
    def words(self) -> str:
        """As they were typed."""

    @property
    def exactly(self) -> bool:
        """Whether nothing is added to them."""

    @property
    def any_word(self) -> bool:
        """Whether any of them is enough; then nothing is added to them either."""

    @property
    def without(self) -> frozenset[str]:
        """The ids of concepts by which nothing is added."""


def thesaurus() -> Thesaurus:
    """The thesaurus of this Panah."""
    return thesauri.opened(settings.THESAURUS)


def asked(words: str, *, widen: bool = True, without: Collection[str] = ()) -> Widened:
    """The question that `words` are, widened by the thesaurus. Raises the `Query...` errors of `panah.text`."""
    query = text.parsed(words)
    return thesauri.widened(query, thesaurus(), without=without) if widen else Widened(query)


def worded(question: Worded) -> Widened:
    """The same of what an address asks. Raises the `Query...` errors of `panah.text`."""
    if question.any_word:
        return Widened(text.any_of(question.words))
    return asked(question.words, widen=not question.exactly, without=question.without)


def typed(question: Worded) -> str:
    """A question as it would be typed, for whoever has no thesaurus: with as many labels as a question may have.

    Words that ask for nothing are given back as they are.
    """
    try:
        found = worded(question)
    except PanahError:
        return question.words
    if question.any_word and isinstance(found.query, text.Any):
        return _alternatives("", found.query.parts)
    added = dict.fromkeys(each for addition in found.added for each in thesauri.alternatives(addition.concept))
    return _alternatives(f"({question.words})", added) if found.added else question.words


def _alternatives(typed: str, parts: Iterable[text.Node]) -> str:
    """What was typed, or one of some phrases: as many as a question may have."""
    for part in parts:
        if isinstance(part, text.Phrase):
            more = f' OR "{" ".join(word.forms[0] for word in part.words)}{"*" * part.prefix}"'
            if len(typed) + len(more) <= text.LONGEST:
                typed += more
    return typed.removeprefix(" OR ")


def switches(added: Sequence[Addition], left_out: Sequence[Addition]) -> Iterator[Switch]:
    """A switch for every concept that stands in a question."""
    off = [addition.concept.id for addition in left_out]
    for addition in added:
        yield Switch(addition, on=True, without=[*off, addition.concept.id])
    for addition in left_out:
        yield Switch(addition, on=False, without=[each for each in off if each != addition.concept.id])
