"""Who may do what: one table, role by verb, for every compartment alike."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum


class Role(StrEnum):
    """What a member is in a compartment."""

    LEAD = "lead"
    WORKER = "worker"
    REVIEWER = "reviewer"
    READER = "reader"


class May(StrEnum):
    """What can be allowed in a compartment."""

    SEE = "see"
    """Find it, read it, know that it is there."""
    WORK = "work"
    """Take in, quote, state, support, find: whatever adds to the work."""
    REVEAL = "reveal"
    """Be shown, on demand, what identifies relatives."""
    REVIEW = "review"
    """Approve what another member wants to hand over."""
    SEAL = "seal"
    """Seal a dossier, and hand it out."""
    EXPORT = "export"
    """Write the work to files that leave the workspace."""
    SHARE = "share"
    """Let another compartment read a collection, and take that back."""
    LEAD = "lead"
    """Say who belongs to it, and in which role."""
    RETAIN = "retain"
    """Say how long it is kept, and hold it."""
    ROTATE = "rotate"
    """Replace its key."""
    ERASE = "erase"
    """End it for ever."""


_LEAD, _WORKER, _REVIEWER, _READER = Role.LEAD, Role.WORKER, Role.REVIEWER, Role.READER

ALLOWED: dict[May, frozenset[Role]] = {
    May.SEE: frozenset({_LEAD, _WORKER, _REVIEWER, _READER}),
    May.WORK: frozenset({_LEAD, _WORKER}),
    May.REVEAL: frozenset({_LEAD, _WORKER, _REVIEWER}),
    May.REVIEW: frozenset({_LEAD, _REVIEWER}),
    May.SEAL: frozenset({_LEAD, _WORKER}),
    May.EXPORT: frozenset({_LEAD, _WORKER}),
    May.SHARE: frozenset({_LEAD}),
    May.LEAD: frozenset({_LEAD}),
    May.RETAIN: frozenset({_LEAD}),
    May.ROTATE: frozenset({_LEAD}),
    May.ERASE: frozenset({_LEAD}),
}
"""Nobody is in the table by virtue of an office: whoever has no role in a compartment may do nothing in it."""


def allowed_to(role: Role | None) -> frozenset[May]:
    """What a role is allowed; who has none is allowed nothing."""
    return frozenset(may for may, roles in ALLOWED.items() if role in roles)


def roles_that(may: May) -> frozenset[Role]:
    """The roles that are allowed something."""
    return ALLOWED[may]


BLOCK_LINES, BLOCK_TIME = 1000, timedelta(hours=1)
"""While the workbench is open, no more lines than so many, and none for longer, stay unsigned."""


def block_is_due(lines: int, since: datetime | None, now: datetime) -> bool:
    """Whether lines that were not signed yet, the oldest of them entered at `since`, are to be signed."""
    return since is not None and (lines >= BLOCK_LINES or now - since >= BLOCK_TIME)
