"""Searches that are made for a matter: whoever keeps them stands above the library, which knows no cases.

`SEARCHES_ARE_KEPT_BY` in the settings names what keeps them. A search that names no matter is kept by nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from panah.team.models import Member

if TYPE_CHECKING:
    from datetime import datetime

    from panah.library.finding.queries import Answer
    from panah.library.finding.question import Question


class Kept(NamedTuple):
    """For what a search was kept, where that is seen, and where documents are opened from so that this is kept too."""

    called: str
    address: str
    opening: str
    """An address, behind which the id of a document belongs."""


class Keeper(Protocol):
    """What keeps searches for matters."""

    def __call__(self, *, asker: Member, question: Question, answer: Answer, now: datetime) -> Kept:
        """Keep a search for the matter that it names. Raises where there is no such matter for the asker."""


def kept(asker: Member, question: Question, answer: Answer, now: datetime) -> Kept | None:
    """Have a search kept where it is for a matter; None where it is for none, and nothing is kept."""
    if not question.matter:
        return None
    keep = cast("Keeper", import_string(settings.SEARCHES_ARE_KEPT_BY))
    return keep(asker=asker, question=question, answer=answer, now=now)
