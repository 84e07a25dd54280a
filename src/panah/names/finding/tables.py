"""The lists by which names are found, each read once when it is first needed."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from panah.names.tables import FOLDER, table

KNOWN: Path = FOLDER / "known.txt"
"""Words that are no names, made by `make data`: a line each for places in cased scripts, in Chinese, in Arabic script; and
ordinary words."""


class Known(NamedTuple):
    """Words of places in three kinds of script, and ordinary words."""

    places: frozenset[str]
    han: frozenset[str]
    arabic: frozenset[str]
    ordinary: frozenset[str]


@cache
def words(file: str, key: str) -> frozenset[str]:
    """The words of one list of a table."""
    return frozenset(table(file).text(key).split())


@cache
def signs(file: str, key: str) -> frozenset[str]:
    """The characters of one list of a table."""
    return frozenset("".join(table(file).text(key).split()))


@cache
def known() -> Known:
    """The words of `KNOWN`."""
    return Known(*(frozenset(line.split()) for line in KNOWN.read_text(encoding="utf-8").splitlines()))
