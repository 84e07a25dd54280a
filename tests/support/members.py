"""Members who are ready to work: with a password and a second factor, and a browser in which they are signed in."""

from __future__ import annotations

import base64
import re
from datetime import UTC, datetime, timedelta
from functools import cache

from django.test import Client

from panah import proof
from support.processes import PASSWORD

SECRET = b"twenty invented byte"
"""What their telephones hold."""
BEFORE = datetime(2026, 1, 1, tzinfo=UTC)


def ready(member):
    """Give a member the invented password, and a telephone with the invented secret."""
    from panah.team.models import CodeSecret

    member.password = _kept()
    member.save(update_fields=["password"])
    CodeSecret.objects.get_or_create(member=member, defaults={"secret": SECRET, "made_at": BEFORE, "last_step": 0})
    return member


def signed_in(member, client: Client | None = None) -> Client:
    """A browser in which a member is signed in, and showed just now who she is."""
    client = client or Client()
    client.force_login(ready(member))
    session = client.session
    session["known-at"] = datetime.now(UTC).timestamp()
    session.save()
    return client


def code_now(secret: bytes = SECRET, *, later: int = 0) -> str:
    """What her telephone shows now, or some steps later."""
    return proof.code_now(secret, datetime.now(UTC) + timedelta(seconds=30 * later))


def secret_in(page: str) -> bytes:
    """What a page gives a telephone to hold."""
    found = re.search(r"\b(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}\b", page)
    assert found, page
    return base64.b32decode(found[0].replace(" ", ""))


def codes_in(page: str) -> list[str]:
    """The recovery codes that a page shows."""
    found = re.findall(r"\b[2-9a-z]{4}(?:-[2-9a-z]{4}){3}\b", page)
    assert len(found) == 10, page
    return found


@cache
def _kept() -> str:
    return proof.password_kept(PASSWORD)
