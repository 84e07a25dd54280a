"""The parts of which every entry of a `case.yaml` is made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import yaml

from panah import law
from panah.cases.evidence.laid import Place
from panah.text.strict_yaml import Page

DAY = timedelta(days=1)


class QuoteEntry(NamedTuple):
    """Words of a paper; `start` is None where they stand in it once, `reading` empty where they are of the paper's own."""

    paper: str
    words: str
    start: int | None
    reading: str


class Parts:
    """Reads parts, and knows which papers, statements and facts were listed so far."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._papers: set[str] = set()
        self._facts = self._statements = 0
        self._supports: dict[int, int] = {}
        """How many things stand beside each fact."""

    def _quote(self, node: yaml.Node) -> QuoteEntry:
        own = self._page.entries(node, ("paper", "words"), ("start", "reading"))
        start = self._page.number(own["start"]) if "start" in own else None
        words = self._page.verbatim(own["words"])
        return QuoteEntry(self._of_paper(own, "paper"), words, start, self._flat(own, "reading"))

    def _framework(self, node: yaml.Node) -> str:
        name = self._page.text(node)
        if name not in law.frameworks():
            raise self._page.refused(node, f"there is no body of law “{name}”")
        return name

    def _beside(self, own: Mapping[str, yaml.Node]) -> Place:
        """A question of the law."""
        framework = self._framework(own["framework"])
        element = self._page.text(own["element"])
        if element not in {each.id for each in law.framework(framework).claims}:
            raise self._page.refused(own["element"], f"{framework} has no element {element}")
        return Place(framework, element)

    def _words(self, own: Mapping[str, yaml.Node], key: str) -> str:
        """People's words; the line end that YAML's `|` leaves is not theirs."""
        return self._page.verbatim(own.get(key)).strip("\n")

    def _line(self, node: yaml.Node) -> str:
        """What people typed on one line, as it stands, with whatever spaces and marks of direction are in it."""
        if line := self._page.verbatim(node).strip():
            return line
        raise self._page.refused(node, "a text is expected, and this one is empty")

    def _line_of(self, own: Mapping[str, yaml.Node], key: str) -> str:
        return self._page.verbatim(own.get(key)).strip()

    def _flat(self, own: Mapping[str, yaml.Node], key: str) -> str:
        return self._page.text_or_nothing(own[key]) if key in own else ""

    def _of_paper(self, own: Mapping[str, yaml.Node], key: str) -> str:
        """The file of a paper that was listed before; empty where none is named."""
        file = self._flat(own, key)
        if file and file not in self._papers:
            raise self._page.refused(own[key], f"{file} is not among the papers above")
        return file

    def _counted(self, node: yaml.Node, most: int, what: str) -> int:
        number = self._page.number(node)
        if not 1 <= number <= most:
            raise self._page.refused(node, f"there is no {what} {number}")
        return number

    def _stands(self, own: Mapping[str, yaml.Node]) -> bool:
        """Whether nothing replaced it, which goes without saying."""
        return self._page.truth(own["current"]) if "current" in own else True

    def _moment(self, node: yaml.Node | None) -> datetime | None:
        return self._at(node) if node else None

    def _at(self, node: yaml.Node) -> datetime:
        try:
            moment = datetime.fromisoformat(self._page.text(node))
            moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            for a_day in (-DAY, DAY):  # it must be a time everywhere: where the reader is, too
                moment.astimezone(UTC) + a_day
        except (ValueError, OverflowError):
            raise self._page.refused(node, "a date and time is expected, such as 2026-11-23T10:00:00+00:00") from None
        return moment
