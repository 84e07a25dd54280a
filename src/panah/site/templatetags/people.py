"""Filters for what people wrote."""

from __future__ import annotations

from django import template

from panah.text import language_name

register = template.Library()

register.filter("language_called", language_name)
