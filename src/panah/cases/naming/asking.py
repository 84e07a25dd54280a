"""That names are asked for by hand: one at a time, a handful in a minute, and that the ledger knows of it."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta

from django.db import transaction

from panah.cases.entering import line
from panah.cases.models import Case, NameAsked
from panah.errors import PanahError
from panah.team.actions import Verb, enter
from panah.team.models import Member

LONGEST, MOST_PARTS = 200, 6
"""Characters and parts of one name: given name, father's name and grandfather's, each perhaps with an ending of its own."""
A_HANDFUL, A_MINUTE = 10, timedelta(minutes=1)
_PARTS_A_LIST = frozenset(";；|\t\n\r、/\\")


class NotAName(PanahError):
    """This is no name: one has letters, and {longest} characters at most."""


class OneNameOnly(PanahError):
    """Ask for one name at a time. Panah compares no lists of names, for that would find people whom nobody looked for."""


class AskedTooOften(PanahError):
    """Names are looked for by hand: {most} in a minute at most. Wait a minute, and ask again."""

    status = 429


def one_name(written: str) -> str:
    """The one name that was written. Raises `NotAName`, `OneNameOnly`."""
    from panah import names  # here, for the tables take their time, and most pages and commands need none of them

    name = written.strip()
    if len(name) > LONGEST or any(unicodedata.category(letter) == "Cs" for letter in name):
        raise NotAName(longest=LONGEST)
    if _PARTS_A_LIST & set(name) or name.count(",") + name.count("،") + name.count("，") > 1:
        raise OneNameOnly
    parts = names.parts(name)
    if not parts or not any(letter.isalpha() for letter in name):
        raise NotAName(longest=LONGEST)
    if len(parts) > MOST_PARTS:
        raise OneNameOnly
    return name


@transaction.atomic
def ask(*, case: Case | None, by: Member, now: datetime) -> None:
    """Count that a member looks for a name, and enter it; neither says which name, or what is found.

    Raises `AskedTooOften`. The same count holds for pages and commands.
    """
    NameAsked.objects.filter(at__lte=now - A_MINUTE).delete()
    if NameAsked.objects.filter(member=by, at__gt=now - A_MINUTE).count() >= A_HANDFUL:
        raise AskedTooOften(most=A_HANDFUL)
    NameAsked.objects.create(member=by, at=now)
    if case:
        line(Verb.LOOKED_FOR, case, by=by, now=now)
    else:
        enter(verb=Verb.LOOKED_FOR, kind="names", subject="library", by=by, now=now)
