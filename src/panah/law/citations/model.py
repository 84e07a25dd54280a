"""Citations as plain values: what one looks like, what it names, and what came of looking it up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Outcome(StrEnum):
    """What came of checking words of a draft."""

    EXACT = "exact"
    DIFFERS = "differs"
    NOT_FOUND = "not-found"
    NOT_CHECKABLE = "not-checkable"


class Unit(StrEnum):
    """By what an instrument is cited."""

    ARTICLE = "article"
    SECTION = "section"
    """§ in German and Nordic law."""
    RULE = "rule"
    PARAGRAPH = "paragraph"


class Provision(NamedTuple):
    """A part of an instrument. What is not said is empty."""

    instrument: str
    """The id of an instrument (`instruments.yaml`), or the CELEX number of an act that is none of them."""
    chapter: str = ""
    number: str = ""
    """Of the article, section or paragraph: 4, 16a, 1A."""
    until: str = ""
    """The last one, where several in a row are meant."""
    paragraph: str = ""
    point: str = ""


@dataclass(frozen=True)
class Citation:
    """A place in a text that names an authority."""

    start: int
    """In characters; the end is behind the last one."""
    end: int
    form: str
    """The id of its form; `FORM_OF_LAW` for a provision or an act."""
    value: str
    """What it names, however it was written: two citations of the same have the same."""
    sought: tuple[str, ...] = ()
    """Words by which a document is found that is named so; any of them is enough."""
    provision: Provision | None = None
    year: int = 0
    """Of the case or document; 0 where the form has none."""
    is_well_formed: bool = True
    """Whether there can be something that is called so, as the standard of its form says."""
    refers_to: str = ""
    """What “ibid.” stands for; empty for every other form, and where it refers to nothing that is recognised."""


FORM_OF_LAW = "law"
FORM_OF_IBID = "ibid"


class Standard(NamedTuple):
    """Who says how something is cited, and where."""

    says: str
    address: str


class Way(NamedTuple):
    """One way in which a form is written."""

    pattern: re.Pattern[str]
    near: re.Pattern[str] | None
    """What stands before it within `NEAR` characters, where its own letters are not enough."""
    unless: re.Pattern[str] | None
    """What stands right before what only looks like it."""


@dataclass(frozen=True)
class Form:
    """How a kind of authority is cited."""

    id: str
    name: str
    standard: Standard
    value: str
    """How it is normalised: its named parts in braces."""
    sought: tuple[str, ...]
    since: int
    """The first year that its part `year` can name; 0 where it has none."""
    ways: tuple[Way, ...]
    each: re.Pattern[str] | None
    """What is one of several that are cited together."""
    well_formed: re.Pattern[str] | None
    """What every value of it is like; what is not is no such thing, though it looks like one."""
    bodies: Mapping[str, re.Pattern[str]]
    """Whose it is, by what stands around it, where the citation itself does not say so."""
    examples: tuple[str, ...]


class Last(NamedTuple):
    """The last article of an instrument, and where one can see it."""

    number: int
    address: str
    verified: bool


@dataclass(frozen=True)
class Instrument:
    """A law, a regulation, a convention, as it is called in several languages."""

    id: str
    title: str
    """As the bodies of law name it."""
    unit: Unit
    names: tuple[str, ...]
    last: Last | None


@dataclass(frozen=True)
class Grammar:
    """The words by which provisions are cited, in several languages."""

    units: Mapping[Unit, tuple[str, ...]]
    many: frozenset[str]
    """Those of them that announce several."""
    words: Mapping[str, tuple[str, ...]]
    ordinals: Mapping[str, str]
    acts: Mapping[str, tuple[str, ...]]
    """What each kind of act of the Union is called, by the letter that CELEX has for it."""
