"""When a case must still be there, and when it shall no longer be."""

from __future__ import annotations

from datetime import date


def kept(*, until: str, held: bool, on: date) -> str:
    """Why a case may not be erased on a day, as the end of a sentence; empty where nothing forbids it.

    `until` is the last day on which it must be there (EDTF); empty where nobody said.
    """
    if held:
        return "a legal hold stands"
    return f"it is kept until {until}" if until and on.isoformat() <= until else ""
