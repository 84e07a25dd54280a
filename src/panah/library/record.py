"""What can be said of a document and of who published it: the least that country information needs, checked and counted.

The fields are those without which nobody can weigh a text (ACCORD, *Researching Country of Origin Information*; the
Berkeley Protocol on what is to be written down of digital evidence). What is missing is named, never scored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from panah import text
from panah.errors import PanahError
from panah.library import places


class SensitivityUnknown(PanahError):
    """“{written}” is no sensitivity; it is one of: {known}."""


class Sensitivity(StrEnum):
    """Who may be harmed if others read it."""

    PUBLIC = "public"
    """Nobody: it was published."""
    INTERNAL = "internal"
    """Nobody, but it was not meant for others."""
    ENDANGERING = "endangering"
    """Somebody who is named in it, or who handed it over."""


class SourceType(StrEnum):
    """What kind of publisher it is."""

    STATE = "state"
    COURT = "court"
    INTERGOVERNMENTAL = "intergovernmental"
    NGO = "ngo"
    MEDIA = "media"
    ACADEMIC = "academic"
    EXPERT = "expert"
    COMPANY = "company"
    DIASPORA = "diaspora"
    PERSON = "person"
    OTHER = "other"


class Details(NamedTuple):
    """What somebody says of a document when handing it in; empty where nothing was said."""

    title: str = ""
    author: str = ""
    source: str = ""
    date: str = ""
    period: str = ""
    places: str = ""
    concepts: str = ""
    language: str = ""
    url: str = ""
    accessed: str = ""
    archive_url: str = ""
    licence: str = ""
    sensitivity: str = ""


OF_ITSELF = frozenset({"title", "author", "source", "date", "language", "url", "licence"})
"""What a document may say of itself, in whatever words: nothing that is checked."""
ASSESSED = ("source_type", "mandate", "method", "bias")
"""What somebody must have written of a source."""
NEEDED = (
    "title", "author", "source", *ASSESSED, "date", "period", "places", "language", "url", "accessed", "archive_url",
    "licence", "sensitivity",
)  # fmt: skip
"""The minimum record, beside what Panah knows by itself: digest, pages, bytes, versions, translations."""
_OF = {**dict.fromkeys(ASSESSED, "source"), "archive_url": "url"}
LENGTHS = {
    "title": 500, "author": 300, "source": 300, "date": 64, "period": text.LONGEST_DATE, "places": 300, "concepts": 1000,
    "language": 35, "url": 2000, "accessed": text.LONGEST_DATE, "archive_url": 2000, "licence": 300, "sensitivity": 20,
}  # fmt: skip
"""Characters that there is room for."""


def checked(details: Details) -> Details:
    """The same, with dates, places and sensitivity as they are kept.

    Raises `DateUnreadable`, `PlaceUnknown`, `SensitivityUnknown`.
    """
    said = {name: value[: LENGTHS[name]] for name, value in details._asdict().items()}
    return Details(**{name: _CHECKS.get(name, _as_it_is)(value) for name, value in said.items()})


def refused(details: Details) -> Iterator[tuple[str, PanahError]]:
    """Each field that `checked` would refuse, and why."""
    for name, check in _CHECKS.items():
        try:
            check(getattr(details, name))
        except PanahError as error:
            yield name, error


def missing(known: Mapping[str, str]) -> list[str]:
    """The fields of the minimum record that nobody has said anything of.

    Where a text has no address, nobody can have archived what stood there; where nobody says who published it, nobody can
    write of them.
    """
    return [name for name in NEEDED if not known.get(name) and known.get(_OF.get(name, ""), "something")]


def _as_it_is(written: str) -> str:
    return written


def _period(written: str) -> str:
    if written.strip():
        text.period(written.strip())
    return written.strip()


def _places(written: str) -> str:
    codes = [places.code_of(one) for one in written.replace(";", ",").split(",") if one.strip()]
    return ", ".join(dict.fromkeys(codes))


def _concepts(written: str) -> str:
    return "; ".join(dict.fromkeys(" ".join(one.split()) for one in written.split(";") if one.strip()))


def _sensitivity(written: str) -> str:
    found = written.strip().lower()
    if found and found not in set(Sensitivity):
        raise SensitivityUnknown(written=written, known=", ".join(Sensitivity))
    return found


_CHECKS: Mapping[str, Callable[[str], str]] = {
    "period": _period,
    "accessed": _period,
    "places": _places,
    "concepts": _concepts,
    "sensitivity": _sensitivity,
}
