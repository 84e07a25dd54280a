"""Chinese family names with a given name, in Chinese text: where a title, an office or a word of saying stands beside them.

Nearly every family name is a word as well, and so is many a given name: without something beside it none is taken for one.
"""

from __future__ import annotations

import re
from functools import cache

from panah.names.finding.tables import known, signs, words
from panah.names.parting import HAN

_AROUND = 5
"""Characters before a family name that may be one word with it."""
_MOST_CALLED = 200
"""So many names of one text are looked for once more."""
_LEAST_CALLED = 3
"""Characters of a name that is: a shorter one is a word too often."""


def family_names(plain: str) -> list[tuple[int, int]]:
    """Where they stand in a text in simplified characters; and again wherever one that was found stands alone."""
    found = {match.span(1) for pattern in _patterns() for match in pattern.finditer(plain) if _is_name(plain, match)}
    found |= {match.span() for match in _alone().finditer(plain) if not _is_inside(plain, match.start())}
    names = sorted({plain[start:end] for start, end in found if end - start >= _LEAST_CALLED})[:_MOST_CALLED]
    if names:
        found |= {match.span() for match in re.finditer("|".join(sorted(names, key=len, reverse=True)), plain)}
    return sorted(found)


def _any(*keys: str) -> str:
    some = {word for key in keys for word in words("han.yaml", key)}
    return "|".join(sorted(some, key=lambda word: (-len(word), word)))


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """A name before a title; one that something says, with nothing before it; one behind a title, with nothing behind it."""
    family = f"(?:{_any('surnames_of_two')}|[{''.join(sorted(signs('han.yaml', 'surnames')))}])"
    name = f"({family}[{HAN}]{{1,2}}?)"
    after, said = _any("titles_after"), _any("said")
    end = f"(?![{HAN}])|{after}|{said}|[{''.join(sorted(signs('han.yaml', 'behind_name')))}]"
    return (
        re.compile(f"(?={name}(?:{after}))"),
        re.compile(f"(?<![{HAN}])(?={name}(?:{said}))"),
        re.compile(f"(?:{_any('titles_before')})(?={name}(?:{end}))"),
    )


@cache
def _alone() -> re.Pattern[str]:
    """A family name alone, with a title: 毛主席, 王先生."""
    return re.compile(f"[{''.join(sorted(signs('han.yaml', 'surnames_alone')))}](?={_any('titles_after')})")


def _is_name(plain: str, match: re.Match[str]) -> bool:
    """Whether what the pattern found is no other word."""
    name, start = match[1], match.start(1)
    given = name[2:] if name[:2] in words("han.yaml", "surnames_of_two") else name[1:]
    return not (
        signs("han.yaml", "never_given").intersection(given)
        or given in words("han.yaml", "not_given")
        or name[:2] in words("han.yaml", "not_family") | words("han.yaml", "not_family_before")
        or _is_inside(plain, start)
    )


def _is_inside(plain: str, start: int) -> bool:
    """Whether the character there belongs to a place, or to another known word."""
    return any(
        plain[first : start + length] in _words()
        for first in range(max(0, start - _AROUND), start + 1)
        for length in range(1, _AROUND + 1)
        if start + length - first > 1
    )


@cache
def _words() -> frozenset[str]:
    return (
        words("han.yaml", "not_names")
        | known().han
        | words("han.yaml", "not_family")
        | words("han.yaml", "not_family_before")
    )
