"""Filters for shared wording."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def per_cent(share: float) -> int:
    """A part from 0 to 1 in whole per cent; what is there is never nothing."""
    return max(1, round(100 * share)) if share else 0


@register.filter
def unlocalised(number: int) -> str:
    """A number as addresses and drawings write it, in every language."""
    return str(number)
