"""A redaction profile: what a person wants replaced in a copy, and by what."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from panah.dossier.redacting.spellings import Finder
from panah.errors import PanahError
from panah.text import phrase

FEWEST_NUMBERS = 99
"""Placeholders are numbered from so many numbers, at the least, so that a number tells nothing of the order of names."""


class ProfileEmpty(PanahError):
    """The profile names nothing that is to be replaced."""


class SpellingWithoutLetters(PanahError):
    """“{spelling}” has no letter and no digit by which it could be found."""


class SpellingTwice(PanahError):
    """“{spelling}” stands in the profile twice, for two that differ; one spelling can have one placeholder only."""


class SpellingInPlaceholder(PanahError):
    """“{spelling}” is a word of the placeholders themselves; nobody could tell then that it was replaced."""


class PlaceholderTaken(PanahError):
    """“{placeholder}” stands in the papers already, so nobody could tell it from a replaced one: save the profile again."""

    status = 409


class Kind(StrEnum):
    """What an entry is."""

    PERSON = "person"
    PLACE = "place"
    CONTACT = "contact"
    OTHER = "other"


class Entry(NamedTuple):
    """One person, place or contact, by every spelling of it. Its number says nothing."""

    kind: Kind
    spellings: tuple[str, ...]
    number: int

    @property
    def placeholder(self) -> str:
        """What stands in its place, in every file of a copy."""
        return f"[{self.kind.capitalize()} {self.number}]"


class Profile(NamedTuple):
    """Everything that is to be replaced, and whether pictures go along unseen by any program."""

    entries: tuple[Entry, ...]
    pictures: bool = False
    """A person looked through every picture, and every page that is one: they may go along."""


def drawn(wanted: Iterable[tuple[Kind, Sequence[str]]]) -> tuple[Entry, ...]:
    """Entries with numbers drawn at random.

    Raises `ProfileEmpty`, `SpellingWithoutLetters`, `SpellingTwice`, `SpellingInPlaceholder`.
    """
    said = [
        (kind, tuple(dict.fromkeys(each for line in spellings if (each := line.strip())))) for kind, spellings in wanted
    ]
    said = [(kind, spellings) for kind, spellings in said if spellings]
    if not said:
        raise ProfileEmpty
    numbers = random.SystemRandom().sample(range(1, max(FEWEST_NUMBERS, 4 * len(said)) + 1), len(said))
    entries = tuple(Entry(kind, spellings, number) for (kind, spellings), number in zip(said, numbers, strict=True))
    _require_sound(entries)
    return entries


def _require_sound(entries: Sequence[Entry]) -> None:
    placeholders = " ".join([*(entry.placeholder for entry in entries), *(kind.capitalize() for kind in Kind)])
    owners: dict[str, int] = {}
    for number, entry in enumerate(entries):
        for spelling in entry.spellings:
            wanted = phrase(spelling)
            if wanted is None:
                raise SpellingWithoutLetters(spelling=spelling)
            if Finder([[spelling]]).found(placeholders):
                raise SpellingInPlaceholder(spelling=spelling)
            form = " ".join(word.forms[0] for word in wanted.words) + "*" * wanted.prefix
            if owners.setdefault(form, number) != number:
                raise SpellingTwice(spelling=spelling)
