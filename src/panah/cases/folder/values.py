"""What a `case.yaml` is made of."""

from __future__ import annotations

from collections.abc import Mapping

Value = str | int | bool | list["Value"] | dict[str, "Value"]


def said(entry: Mapping[str, Value]) -> dict[str, Value]:
    """What was said: entries that are empty are left out."""
    return {key: value for key, value in entry.items() if value not in ("", 0, [], {})}


def standing(entry: dict[str, Value], *, stands: bool) -> dict[str, Value]:
    """What was written, and that it stands no more where it was replaced."""
    return entry if stands else entry | {"current": False}
