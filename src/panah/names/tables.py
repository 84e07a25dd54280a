"""The tables of the package, as its other modules read them: what a letter sounds like, and what a difference costs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from panah.errors import PanahError
from panah.text.strict_yaml import Page

FOLDER = Path(__file__).with_name("tables")

NOTHING = "-"
"""What stands in a table for no sound."""

Letters = Mapping[str, str]
Costs = Mapping[str, float]


class TableBroken(PanahError):
    """The table {file} of spellings cannot be read: {where}: {reason}."""

    status = 500


class Table:
    """One file of `tables`, and the ways to read what stands in it."""

    def __init__(self, name: str, source: bytes | None = None) -> None:
        self._page = Page(name, TableBroken)
        self._root = self._page.opened((FOLDER / name).read_bytes() if source is None else source)

    def at(self, *keys: str) -> yaml.Node:
        """What stands under these keys, one inside the other."""
        node = self._root
        for key in keys:
            found = self._page.mapping(node)
            if key not in found:
                raise self._page.refused(node, f"“{key}” is missing")
            node = found[key]
        return node

    def named(self, *keys: str) -> list[str]:
        """The names of what stands there."""
        return list(self._page.mapping(self.at(*keys)))

    def text(self, *keys: str) -> str:
        """The text there, which may be empty."""
        return self._page.text_or_nothing(self.at(*keys))

    def texts(self, *keys: str) -> list[str]:
        """The list of texts there."""
        return list(self._page.texts(self.at(*keys)))

    def letters(self, *keys: str) -> Letters:
        """Letters and their sounds."""
        return {key: self._page.text_or_nothing(node) for key, node in self._page.mapping(self.at(*keys)).items()}

    def number(self, *keys: str) -> float:
        """A cost."""
        return self._cost(self.at(*keys))

    def costs(self, *keys: str) -> Costs:
        """Names and what each costs."""
        return {key: self._cost(node) for key, node in self._page.mapping(self.at(*keys)).items()}

    def _cost(self, node: yaml.Node) -> float:
        digits = self._page.text(node)
        try:
            cost = float(digits)
        except ValueError:
            cost = -1.0
        if not 0 <= cost < 100:
            raise self._page.refused(node, "a cost from 0 to 100 is expected")
        return cost


@cache
def table(name: str) -> Table:
    """A table, read once."""
    return Table(name)


def learned_costs(name: str) -> Mapping[str, Costs]:
    """A table that tools/learn_names.py makes: on each line a word, and what is said of it with its cost."""
    lines = (line.split(" ") for line in (FOLDER / name).read_text(encoding="utf-8").splitlines())
    return {word: dict(map(_cost, entries)) for word, *entries in lines}


def _cost(entry: str) -> tuple[str, float]:
    sounds, cost = entry.split(":")
    return sounds.replace(NOTHING, ""), float(cost)
