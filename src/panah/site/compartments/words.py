"""Roles, and what they may do, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from panah.cases.erasing import Reason
from panah.team.rules import May, Role

ROLES = {
    Role.LEAD: _("lead"),
    Role.WORKER: _("worker"),
    Role.REVIEWER: _("reviewer"),
    Role.READER: _("reader"),
}
MAY = {
    May.SEE: _("see what stands in it"),
    May.WORK: _("take in, quote, state, support, find"),
    May.REVEAL: _("be shown the relatives"),
    May.REVIEW: _("approve what another member wants to hand over"),
    May.SEAL: _("seal a dossier, and hand it out"),
    May.EXPORT: _("write the work to files"),
    May.SHARE: _("let another compartment read a collection"),
    May.LEAD: _("say who belongs to it"),
    May.RETAIN: _("say how long it is kept, and hold it"),
    May.ROTATE: _("replace its key"),
    May.ERASE: _("erase it"),
}
REASONS = {
    Reason.TIME_IS_OVER: _("the time for which it was kept is over"),
    Reason.ASKED_FOR: _("the person asked for it"),
    Reason.MISTAKE: _("it was made by mistake"),
    Reason.OTHER: _("another reason"),
}
