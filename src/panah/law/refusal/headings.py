"""Headings of decisions, and the part that each opens, as data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from panah.law.checklist.finding import phrases
from panah.law.checklist.loading import page_of
from panah.law.refusal.model import Part

LONGEST = 80
"""Characters of a line that may be a heading."""

_NUMBER = re.compile(
    r"\s*(?:§\s*)?(?P<number>\d{1,2}(?:\.\d{1,2})*\.?|[IVX]{1,5}[.)]?|[A-Za-z]\)|[A-H]\.|\(\d{1,2}\))[ \t]+(?=\S)"
)
_SPACED_OUT = re.compile(r"(?:[^\W\d_] ){2,}[^\W\d_]")
"""B E S C H E I D."""


_TWO = re.compile(r"\s+(?:and|und|och|et|&)\s+|\s*[,/]\s*")
"""Between the two things that a heading names: Facts and procedure."""


class Heading(NamedTuple):
    """A heading as it is compared, and how it is numbered."""

    words: str
    number: tuple[int, ...]
    """As decimals have it: 4.2; empty where it has another number, or none."""
    level: str
    """What numbers of its kind look like: I, A, a, 1, 1.1; empty where it has none."""


class Headings(NamedTuple):
    """What is known: headings as they stand, and patterns of those with any words in them."""

    exact: Mapping[str, Part]
    patterns: tuple[tuple[re.Pattern[str], Part], ...]


@cache
def headings() -> Headings:
    """What is shipped. Raises `ChecklistBroken`."""
    return read_headings("parts.yaml", shipped("parts.yaml"))


def read_headings(name: str, source: bytes) -> Headings:
    """The headings from the bytes of their file. Raises `ChecklistBroken`."""
    page = page_of(name)
    parts = page.mapping(page.entries(page.opened(source), ("parts",))["parts"], tuple(Part))
    exact, patterns = dict[str, Part](), list[tuple[re.Pattern[str], Part]]()
    for part, node in parts.items():
        for words in page.mapping(node, tuple(phrases().common)).values():
            for each in page.texts(words):
                if "*" in each:
                    patterns.append((_pattern(each), Part(part)))
                else:
                    exact.setdefault(each.casefold(), Part(part))
    return Headings(exact, tuple(patterns))


def shipped(name: str) -> bytes:
    """The bytes of a file that is shipped beside this one."""
    return files("panah.law.refusal").joinpath(name).read_bytes()


def part_of(line: str) -> Part | None:
    """The part that a line of at most `LONGEST` characters opens, where it is a heading that is known."""
    words = heading(line).words
    return _known(words) or _known(_TWO.split(words, maxsplit=1)[0])


def part_run_in(line: str) -> Part | None:
    """The part that a paragraph opens which begins with a heading and a colon: Gründe: Frau T. besuchte."""
    before, colon, behind = line[: LONGEST + 1].partition(":")
    return headings().exact.get(heading(before).words) if colon and behind.strip() else None


def heading(line: str) -> Heading:
    """A line as headings are compared."""
    numbered = _NUMBER.match(line)
    bare = line[numbered.end() :] if numbered else line
    words = " ".join(_SPACED_OUT.sub(lambda match: match[0].replace(" ", ""), bare.strip()).split())
    number = numbered["number"].rstrip(".") if numbered else ""
    decimals = number.split(".") if number[:1].isdecimal() else []
    return Heading(words.rstrip(": ").casefold(), tuple(map(int, decimals)), _level(number))


def _level(number: str) -> str:
    bare = number.strip("().")
    if not bare or bare[0].isdecimal():
        return re.sub(r"\d+", "1", bare)
    return "I" if set(bare) <= set("IVX") else "A" if bare.isupper() else "a"


def _known(words: str) -> Part | None:
    known = headings()
    return known.exact.get(words) or next((part for pattern, part in known.patterns if pattern.fullmatch(words)), None)


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile("[^.;]*".join(map(re.escape, words.casefold().split("*"))))
