"""Filters for what people wrote, and for what the ledger says they did."""

from __future__ import annotations

import re
from datetime import date, datetime

from django import template
from django.utils.dateformat import format as formatted
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.library.calling import language_called
from panah.team.actions import Verb

register = template.Library()
register.filter(language_called)

_WRITTEN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([~?%]?)")
_OPEN = {"", ".."}
_UNSURE = {
    "~": gettext_lazy("about %(date)s"),
    "?": gettext_lazy("%(date)s, uncertain"),
    "%": gettext_lazy("about %(date)s, uncertain"),
}
VERBS = {
    Verb.TAKEN_IN: gettext_lazy("taken in"),
    Verb.READ: gettext_lazy("read"),
    Verb.NOT_READ: gettext_lazy("not read"),
    Verb.ASKED_AGAIN: gettext_lazy("asked to read again"),
    Verb.QUOTED: gettext_lazy("quoted"),
    Verb.SUPERSEDED: gettext_lazy("superseded"),
    Verb.ASSESSED: gettext_lazy("assessed"),
    Verb.TRANSLATED: gettext_lazy("translated"),
    Verb.TRACED: gettext_lazy("traced"),
    Verb.TOLD_APART: gettext_lazy("told apart"),
    Verb.RECORDED: gettext_lazy("recorded"),
    Verb.SEALED: gettext_lazy("sealed"),
    Verb.HANDED_OUT: gettext_lazy("handed out"),
    Verb.OPENED: gettext_lazy("opened"),
    Verb.NAMED: gettext_lazy("named"),
    Verb.LOOKED_FOR: gettext_lazy("looked for a name"),
    Verb.IDENTIFIED: gettext_lazy("identified a name"),
    Verb.STATED_ABSENCE: gettext_lazy("stated an absence"),
    Verb.CHOSE_LAW: gettext_lazy("chose law"),
    Verb.DATED: gettext_lazy("dated the proceedings"),
    Verb.SETTLED_LAW: gettext_lazy("settled the law"),
    Verb.STATED: gettext_lazy("stated"),
    Verb.SUPPORTED: gettext_lazy("supported"),
    Verb.PUT: gettext_lazy("put to the applicant"),
    Verb.KEPT_RECORD: gettext_lazy("kept a record"),
    Verb.ANSWERED: gettext_lazy("answered"),
    Verb.DISMISSED: gettext_lazy("dismissed a proposal"),
    Verb.MARKED_REASON: gettext_lazy("marked a reason"),
    Verb.TOOK_UP_GROUND: gettext_lazy("took up a ground"),
    Verb.ORDERED_GROUNDS: gettext_lazy("ordered the grounds"),
    Verb.WEIGHED: gettext_lazy("weighed"),
    Verb.ASSESSED_INDICATOR: gettext_lazy("assessed an indicator"),
    Verb.SOUGHT: gettext_lazy("sought an explanation"),
    Verb.CONCLUDED: gettext_lazy("concluded on a fact"),
    Verb.TOOK_ACCOUNT: gettext_lazy("took account of a factor"),
    Verb.INVENTORIED: gettext_lazy("inventoried"),
    Verb.MARKED: gettext_lazy("marked a difference"),
    Verb.JUDGED: gettext_lazy("judged a difference"),
    Verb.FOUND: gettext_lazy("found"),
    Verb.WITHDREW: gettext_lazy("withdrew"),
    Verb.IMPORTED: gettext_lazy("imported"),
    Verb.EXPORTED: gettext_lazy("exported"),
    Verb.BEGAN_SEALING: gettext_lazy("began sealing"),
    Verb.LOOKED_AT: gettext_lazy("looked at"),
    Verb.REVEALED: gettext_lazy("revealed"),
    Verb.RETAINED: gettext_lazy("said how long to keep"),
    Verb.HELD: gettext_lazy("held"),
    Verb.LIFTED_HOLD: gettext_lazy("lifted the hold"),
    Verb.ASKED_CAPTURE: gettext_lazy("asked for a capture"),
    Verb.CAPTURED: gettext_lazy("captured"),
    Verb.NOT_CAPTURED: gettext_lazy("not captured"),
    Verb.UPGRADED: gettext_lazy("upgraded a timestamp"),
}
"""What can be done to a document, an Original or a case, in the reader's language."""


@register.filter
def day(written: str) -> str:
    """`2024-05-17` and `2024-05~` as the reader's language says them; what is no such date stands as it was written."""
    found = _WRITTEN.fullmatch(written)
    if found is None:
        return written
    year, month, day_of_month, doubt = found.groups()
    try:
        begins = date(int(year), int(month or 1), int(day_of_month or 1))
    except ValueError:
        return written
    # Translators: how Django writes a day, a month and a year: j is the day, F the month, Y the year.
    said = formatted(begins, _("j F Y") if day_of_month else _("F Y") if month else "Y")
    return str(_UNSURE[doubt]) % {"date": said} if doubt else said


@register.filter
def period(written: str) -> str:
    """A time that may have two bounds: `2017-04/2019` and `2017/..` as the reader's language says them."""
    begins, slash, ends = written.partition("/")
    if not slash:
        return day(written)
    if ends in _OPEN:
        return _("from %(date)s on") % {"date": day(begins)}
    if begins in _OPEN:
        return _("until %(date)s") % {"date": day(ends)}
    return f"{day(begins)} – {day(ends)}"


@register.filter
def moment(at: datetime | str) -> str:
    """A time of the ledger, which is kept in UTC."""
    taken = datetime.fromisoformat(at) if isinstance(at, str) else at
    return formatted(taken, _("j F Y, H:i")) + " UTC"


@register.filter
def verb_called(verb: str) -> str:
    """What was done, in the reader's language."""
    return str(VERBS.get(Verb(verb), verb))
