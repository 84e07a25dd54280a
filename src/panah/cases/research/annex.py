"""The research trail as a section of a dossier: fixed words around what was asked, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC

from panah.cases.models import Search
from panah.cases.research.queries import Made
from panah.cases.research.record import Asked, Put
from panah.dossier.exporters.wording import in_words, isolated
from panah.dossier.outline import Block, Kind, Section

TITLE = "Annex: how evidence was looked for"
INTRODUCTION = (
    "Every search that was made for this case in Panah and kept, in the order of time: what was asked, the concepts of "
    "the thesaurus by whose names in all its languages the words were widened, the collections, and how many passages "
    "there were. Nothing that was found was put into the case but by a person."
)
THROUGH = {
    Search.Through.FINDER: "Evidence finder: the words of the facts, of the profile and of the questions of the law",
    Search.Through.LIBRARY: "Search in the library",
}
EVERYWHERE = "All collections that the member sees, but no papers of other cases"


def annex(trail: Sequence[Made]) -> Section:
    """The searches of a case, each with what was asked, what there was, what was opened and what was used."""
    searches = tuple(_search(number, made) for number, made in enumerate(trail, start=1))
    silent = () if searches else (Block(Kind.SILENCE, "No search was made for this case."),)
    return Section(TITLE, (Block(Kind.TEXT, INTRODUCTION), *silent), searches)


def _search(number: int, made: Made) -> Section:
    at = made.search.made_at.astimezone(UTC)
    title = f"{number}. {in_words(at.date().isoformat())}, {at:%H:%M} UTC, {isolated(made.search.by)}"
    return Section(title, tuple(_blocks(made)))


def _blocks(made: Made) -> Iterator[Block]:
    asked = made.asked
    yield Block(Kind.LABEL, THROUGH[Search.Through(made.search.through)])
    if asked.limits:
        yield Block(Kind.TEXT, asked.limits)
    finder = made.search.through == Search.Through.FINDER
    yield Block(
        Kind.LABEL, f"Collections: {_listed(asked.collections)}" if asked.collections or not finder else EVERYWHERE
    )
    if asked.concepts:
        names = (f"{one.called} ({len(one.labels)} names)" for one in asked.concepts.values())
        yield Block(Kind.LABEL, f"Concepts: {'; '.join(names)}")
    if found := [put for put in asked.puts if put.passages]:
        yield Block(Kind.LABEL, "Found")
        yield from (Block(Kind.TEXT, f"{_put(put, asked)}: {_counted(put.passages)}") for put in found)
    if asked.nothing:
        yield Block(Kind.LABEL, "Found nothing")
        yield from (Block(Kind.TEXT, _put(put, asked)) for put in asked.nothing)
    if made.opened:
        yield Block(Kind.LABEL, "Opened")
        yield from (Block(Kind.TEXT, one.title) for one in made.opened)
    if made.used:
        yield Block(Kind.LABEL, "Used")
        yield from (Block(Kind.TEXT, f"“{one.words}” ({isolated(one.title)})") for one in made.used)


def _put(put: Put, asked: Asked) -> str:
    """A question: its words, for which elements and facts it was asked."""
    words = " + ".join(isolated(each) for each in put.words) or isolated(asked.limits)
    about = [*put.elements, *(f"fact {number}" for number in put.facts)]
    return f"{words} [{', '.join(about)}]" if about else words


def _counted(passages: int) -> str:
    return "1 passage" if passages == 1 else f"{passages} passages"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(isolated(name) for name in names) or "all that the member sees"
