"""What a record of a kind may say: checked field by field, and written as it is kept."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from panah import text
from panah.errors import PanahError
from panah.law.checklist.model import Field, Kind, Type
from panah.law.checklist.onfile import Told

LONGEST = 4_000
"""Characters of a field."""
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_COUNTRY = re.compile("[A-Z]{2}")
_NUMBER = re.compile("[1-9][0-9]{0,8}")


class RecordUnfit(PanahError):
    """“{label}”: {reason}. The record was not kept."""


def filled(kind: Kind, said: Mapping[str, str]) -> dict[str, str]:
    """What a record says, field by field, without those that say nothing. Raises `RecordUnfit`.

    The paper is kept apart, and is no part of it.
    """
    for name in said:
        field = kind.field(name)
        if field is None or field.type is Type.PAPER:
            raise RecordUnfit(label=kind.label, reason=f"it has no field “{name}”")
    written = {}
    for field in kind.fields:
        if field.type is Type.PAPER:
            continue
        words = said.get(field.name, "").replace("\r\n", "\n").strip()
        if words:
            written[field.name] = _fit(field, words)
        elif field.required:
            raise RecordUnfit(label=field.label, reason="this has to be said")
    if not written:
        raise RecordUnfit(label=kind.label, reason="nothing is said")
    return written


def as_json(said: Mapping[str, str]) -> str:
    """As it is kept."""
    return json.dumps(dict(said), ensure_ascii=False, sort_keys=True)


def from_json(kept: str) -> dict[str, str]:
    """What was kept."""
    return {str(name): str(words) for name, words in json.loads(kept).items()}


def _fit(field: Field, words: str) -> str:
    """What a field says, where it may say that. Raises `RecordUnfit`."""
    if reason := _unfit(field, words):
        raise RecordUnfit(label=field.label, reason=reason)
    return words


def _unfit(field: Field, words: str) -> str:
    if len(words) > LONGEST:
        return f"at most {LONGEST} characters fit here, and nothing is cut off"
    if field.type is Type.DAY:
        return _no_day(words)
    if field.type is Type.CHOICE:
        return "" if words in field.choices else "that is none of the choices"
    if field.type is Type.TOLD:
        return "" if words in set(Told) else "yes, no or unknown is expected"
    if field.type is Type.LANGUAGE:
        return "" if _TAG.fullmatch(words) else "a language is written as ug, ug-Arab or zh-Hans"
    if field.type is Type.COUNTRY:
        return "" if _COUNTRY.fullmatch(words) else "a country is written in two letters, as TR or KZ"
    if field.type in {Type.FACT, Type.STATEMENT}:
        return "" if _NUMBER.fullmatch(words) else "a number is expected"
    return ""


def _no_day(words: str) -> str:
    try:
        text.period(words)
    except text.DateUnreadable:
        return "a date is written as 2026-07-14, 2026-07, or 2026-07~ for about then"
    return ""
