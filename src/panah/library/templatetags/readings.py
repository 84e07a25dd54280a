"""Filters for what an extractor found out while it read."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

register = template.Library()

_CALLED = {
    "chat": gettext_lazy("Program of the chat"),
    "messages": gettext_lazy("Messages"),
    "senders": gettext_lazy("Senders"),
    "system_messages": gettext_lazy("Lines of the program itself"),
    "dates": gettext_lazy("Day and month"),
    "clock": gettext_lazy("Clock"),
    "dkim": gettext_lazy("Signature of a mail server (DKIM)"),
    "machine_read": gettext_lazy("Pages read by a machine"),
    "confidence": gettext_lazy("How sure the machine was, in per cent"),
    "machine": gettext_lazy("Machine"),
    "delimiter": gettext_lazy("Between two cells"),
    "rows": gettext_lazy("Rows"),
    "missing_rows": gettext_lazy("Rows that are missing"),
    "cards": gettext_lazy("Contacts or appointments"),
    "encoding": gettext_lazy("Encoding"),
    "replaced": gettext_lazy("Characters that could not be read"),
}
_SAID = {
    "day first": gettext_lazy("day first"),
    "month first": gettext_lazy("month first"),
    "year first": gettext_lazy("year first"),
    "day and month cannot be told apart: as they are written": gettext_lazy(
        "day and month cannot be told apart: as they are written"
    ),
    "of the telephone that exported it": gettext_lazy("of the telephone that exported it"),
}
"""What is said often enough to be said in the reader's language."""


@register.filter
def found_called(options: Mapping[str, str]) -> list[tuple[Promise, Promise | str]]:
    """What was found out, in the reader's language, where there is a word for it."""
    return [(called, _SAID.get(options[name], options[name])) for name, called in _CALLED.items() if name in options]
