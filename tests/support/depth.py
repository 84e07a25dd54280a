"""How many made-up cases a test tries: few each time, and many in `make attack`."""

from __future__ import annotations

import os

DEEPER = 10


def tried(few: int) -> int:
    """So many; or ten times as many where `PANAH_TESTS=deep`."""
    return few * DEEPER if os.environ.get("PANAH_TESTS") == "deep" else few
