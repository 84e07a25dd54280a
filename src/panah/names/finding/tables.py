"""The lists by which names are found, each read once when it is first needed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from panah.names.tables import FOLDER, table

KNOWN: Path = FOLDER / "known.txt"
"""Places and other words that are no names, made by `make data`: one line each of cased scripts, of Chinese, of Arabic script."""


@cache
def words(file: str, key: str) -> frozenset[str]:
    """The words of one list of a table."""
    return frozenset(table(file).text(key).split())


@cache
def signs(file: str, key: str) -> frozenset[str]:
    """The characters of one list of a table."""
    return frozenset("".join(table(file).text(key).split()))


@cache
def known() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Words of places: with capital letters, in Chinese, in Arabic script."""
    cased, han, arabic = KNOWN.read_text(encoding="utf-8").splitlines()
    return frozenset(cased.split()), frozenset(han.split()), frozenset(arabic.split())
