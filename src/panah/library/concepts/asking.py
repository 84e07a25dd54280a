"""What somebody looks for, and what the thesaurus adds to it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
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
    return asked(question.words, widen=not question.exactly, without=question.without)


def typed(words: str, *, widen: bool = True, without: Collection[str] = ()) -> str:
    """The same question as it would be typed, for whoever has no thesaurus: with as many labels as a question may have.

    Words that ask for nothing are given back as they are.
    """
    try:
        found = asked(words, widen=widen, without=without)
    except PanahError:
        return words
    question = f"({words})"
    for phrase in dict.fromkeys(each for addition in found.added for each in thesauri.alternatives(addition.concept)):
        more = f' OR "{" ".join(word.forms[0] for word in phrase.words)}{"*" * phrase.prefix}"'
        if len(question) + len(more) <= text.LONGEST:
            question += more
    return question if found.added else words


def switches(added: Sequence[Addition], left_out: Sequence[Addition]) -> Iterator[Switch]:
    """A switch for every concept that stands in a question."""
    off = [addition.concept.id for addition in left_out]
    for addition in added:
        yield Switch(addition, on=True, without=[*off, addition.concept.id])
    for addition in left_out:
        yield Switch(addition, on=False, without=[each for each in off if each != addition.concept.id])
