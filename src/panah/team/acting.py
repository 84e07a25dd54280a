"""Who acts in a request of the workbench, and when."""

from __future__ import annotations

from datetime import UTC, datetime

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from panah.team.models import Member


def member_of(request: HttpRequest) -> Member:
    """The member who asks; a view that is open to strangers has none."""
    if isinstance(request.user, Member):
        return request.user
    raise PermissionDenied


def now() -> datetime:
    """The time of an act."""
    return datetime.now(UTC)
