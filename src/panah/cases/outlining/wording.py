"""Headings and days, as a dossier says them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from unicodedata import bidirectional

from panah.dossier.exporters.wording import isolated
from panah.law import shortened

LINE = 72
"""Characters of a heading: the contents name each fact and each question on one line."""
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def heading(head: str, words: str) -> str:
    """A heading with a few words of what stands below it, in their own direction.

    Signs that turn words are left out: they might be parted from their counterparts.
    """
    few = shortened(_TURNING.sub("", words), LINE - len(f"{head}: "))
    turns = any(bidirectional(letter) in {"R", "AL"} for letter in few)
    return f"{head}: {isolated(few) if turns else few}"


def day(at: datetime) -> str:
    """The day of a moment, in UTC."""
    return at.astimezone(UTC).date().isoformat()
