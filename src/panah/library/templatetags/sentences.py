"""Filters for sentences that were said by the machine, and are read in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.translation import gettext

from panah.errors import said_in, taken_apart

register = template.Library()


@register.filter
def in_words(said: str, parts: object = None) -> str:
    """A sentence in the reader's language; as it was said where it does not know its parts, or has no translation."""
    return said_in(said, parts or taken_apart(said), gettext)


@register.filter
def reason_in_words(kept: Mapping[str, str]) -> str:
    """The reason of something that the row of a capture keeps; older rows have no parts of it."""
    return in_words(kept["reason"], kept.get("parts"))
