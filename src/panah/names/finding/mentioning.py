"""All the mentions of a text, whatever scripts it is in."""

from __future__ import annotations

import re

from panah.names.finding import arabic, cased, han
from panah.names.finding.mention import Mention
from panah.names.parting import HAN

_HAN = re.compile(f"[{HAN}]")


def mentions(raw: str) -> list[Mention]:
    """Where people are named in `raw`, in its order; no two overlap.

    Any text is taken, and the time grows with its length alone. What is not found is not there for sure: a name of which
    nothing is known, and around which nothing says that it is one, is passed over, and so are initials alone.
    """
    found = cased.names_in(raw)
    if not raw.isascii():
        found += arabic.names_in(raw)
        if _HAN.search(raw):
            found += han.names_in(raw)
    return sorted(each for each in found if any(len(part) > 1 or _HAN.match(part) for part in each.parts))
