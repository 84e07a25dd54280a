"""The table of contents of a text: its headings, each by the number of the paragraph that begins with it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from panah.library.extractors import Extracted

NAME = "contents"
"""Where a table of contents stands among what an extractor found out."""
MOST = 1_000
LONGEST_TITLE = 300
DEEPEST = 9


class Heading(NamedTuple):
    """A heading: how deep it stands (1: nowhere inside), its words, and the page on which it is to be looked for, or 0."""

    level: int
    title: str
    page: int = 0


class Entry(NamedTuple):
    """A line of a table of contents: the paragraph that it leads to is counted from 0."""

    level: int
    title: str
    paragraph: int


def outlined(extracted: Extracted, headings: Iterable[Heading]) -> Extracted:
    """The same, with its table of contents; a heading that stands nowhere is left out, unless its page is known."""
    wanted = [(heading, _plain(heading.title)) for heading in islice(headings, MOST)]
    places = _places(extracted, {title for _, title in wanted})
    begins = [start for start, _ in extracted.paragraphs]
    entries: list[Entry] = []
    for heading, title in wanted:
        first = _first_of(extracted, begins, heading.page, entries[-1].paragraph if entries else 0)
        found = next((number for number in places[title] if number >= first), None)
        if title and (found is not None or heading.page):
            entries.append(Entry(min(max(heading.level, 1), DEEPEST), title, first if found is None else found))
    if len(entries) < 2:
        return extracted
    return extracted._replace(found={**extracted.found, NAME: json.dumps(entries, ensure_ascii=False)})


def _places(extracted: Extracted, titles: Collection[str]) -> Mapping[str, Sequence[int]]:
    """The numbers of the paragraphs that are one of these titles, or whose first line is one."""
    places: dict[str, list[int]] = defaultdict(list)
    longest = 2 * max(map(len, titles), default=0)
    for number, (start, end) in enumerate(extracted.paragraphs):
        line = extracted.text.find("\n", start, min(end, start + longest))
        for words in {extracted.text[start:stop] for stop in (line, end) if start < stop <= start + longest}:
            if (title := _plain(words)) in titles:
                places[title].append(number)
    return places


def _first_of(extracted: Extracted, begins: Sequence[int], page: int, before: int) -> int:
    """The first paragraph in which to look for a heading."""
    if not 1 <= page <= len(extracted.pages):
        return before
    place = extracted.pages[page - 1]
    return next((number for number, start in enumerate(begins[before:], start=before) if start >= place), before)


def contents_of(options: Mapping[str, object], paragraphs: int) -> list[Entry]:
    """The table of contents of a reading of so many paragraphs; of one that is not written so, nothing."""
    try:
        written = json.loads(str(options.get(NAME, "[]")))
    except (ValueError, RecursionError):
        return []
    return [
        Entry(level, title, paragraph)
        for entry in (written if isinstance(written, list) else [])[:MOST]
        for level, title, paragraph in [entry if isinstance(entry, list) and len(entry) == 3 else (0, "", 0)]
        if type(level) is int and 1 <= level <= DEEPEST and isinstance(title, str) and 0 < len(title) <= LONGEST_TITLE
        if type(paragraph) is int and 0 <= paragraph < paragraphs
    ]


def _plain(words: str) -> str:
    return " ".join(words.replace("\u00ad", "").split())[:LONGEST_TITLE]
