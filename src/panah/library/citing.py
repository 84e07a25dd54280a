"""What cites a document. The library does not know who uses its quotations: the setting `CITED_BY` names who does."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import NamedTuple, cast

from django.conf import settings

from panah.library.models import Document
from panah.team.models import Member


class Citation(NamedTuple):
    """A place in somebody's work that rests on a document, or on words of it."""

    place: str
    what: str
    """What is said there."""
    words: str
    """The words that are quoted; empty where the whole document is meant."""
    address: str


def cited_by(asker: Member, document: Document) -> list[Citation]:
    """Where a document is cited, as far as the asker may see it."""
    found: list[Citation] = []
    for path in settings.CITED_BY:
        module, _, name = path.rpartition(".")
        citing = cast("Callable[[Member, Document], Iterable[Citation]]", getattr(import_module(module), name))
        found.extend(citing(asker, document))
    return found
