"""Filters for what an extractor found out while it read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from panah.errors import phrase_of, said_in, taken_apart
from panah.library.calling import models_called
from panah.library.models import Reading

register = template.Library()
register.filter(models_called)

_CALLED = {
    "chat": gettext_lazy("Program of the chat"),
    "messages": gettext_lazy("Messages"),
    "senders": gettext_lazy("Senders"),
    "system_messages": gettext_lazy("Lines of the program itself"),
    "dates": gettext_lazy("Day and month"),
    "clock": gettext_lazy("Clock"),
    "dkim": gettext_lazy("Signature of a mail server (DKIM)"),
    "machine": gettext_lazy("Machine"),
    "recognised_with": gettext_lazy("Recognised by"),
    "turned": gettext_lazy("Pages that were turned, by so many degrees"),
    "delimiter": gettext_lazy("Between two cells"),
    "rows": gettext_lazy("Rows"),
    "missing_rows": gettext_lazy("Rows that are missing"),
    "cards": gettext_lazy("Contacts or appointments"),
    "encoding": gettext_lazy("Encoding"),
    "replaced": gettext_lazy("Characters that could not be read"),
}
_LISTED = 5
"""So many of the pages of which it is least sure are named."""
_SAID = {
    "day first": gettext_lazy("day first"),
    "month first": gettext_lazy("month first"),
    "year first": gettext_lazy("year first"),
    "day and month cannot be told apart: as they are written": gettext_lazy(
        "day and month cannot be told apart: as they are written"
    ),
    "of the telephone that exported it": gettext_lazy("of the telephone that exported it"),
}
_VERDICTS = (
    gettext_lazy("it holds: header and body are as they were signed"),
    gettext_lazy("the body is as it was signed; the key was not looked up"),
    gettext_lazy("the body is not as it was signed"),
    gettext_lazy("it does not fit the key: header or signature were changed, or the key is another"),
    gettext_lazy("it cannot be read"),
)
"""What `proof.dkim` says of a signature."""
"""What is said often enough to be said in the reader's language."""


class Page(NamedTuple):
    """A page whose words were recognised, and how sure of them Tesseract was, in per cent."""

    number: int
    sure: int


@register.filter
def recognised(reading: Reading | None) -> list[Page]:
    """The pages of a reading whose words were recognised."""
    told = str(reading.options.get("recognised", "")) if reading else ""
    pairs = (page.partition(":")[::2] for page in told.split())
    return [Page(int(number), int(sure)) for number, sure in pairs if number.isdecimal() and sure.isdecimal()]


@register.filter
def least_sure(pages: Sequence[Page]) -> list[Page]:
    """The few of which it is least sure, the worst first."""
    return sorted(pages, key=lambda page: page.sure)[:_LISTED]


@register.filter
def found_called(options: Mapping[str, str]) -> list[tuple[Promise, Promise | str]]:
    """What was found out, in the reader's language, where there is a word for it."""
    return [(called, _said(name, options)) for name, called in _CALLED.items() if name in options]


def _said(name: str, options: Mapping[str, str]) -> Promise | str:
    said = options[name]
    return _signatures(said, options.get("dkim_parts", "[]")) if name == "dkim" else _SAID.get(said, said)


def _signatures(said: str, written: str) -> str:
    """Each signature in the reader's language; `said` where it does not know its parts."""
    try:
        phrases = [phrase_of(parts) or "" for parts in json.loads(written)]
    except (ValueError, TypeError, RecursionError):
        return said
    if ". ".join(phrases) != said:
        return said
    return ". ".join(said_in(each, taken_apart(each), gettext) for each in phrases)
