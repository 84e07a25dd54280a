"""What is unsafe about how members sign in."""

from __future__ import annotations

from collections.abc import Iterator

from panah.team import factors, joining


def password_missing() -> Iterator[str]:
    """A member has not chosen a password: the passphrase, which every member may know, is hers."""
    for member in joining.members():
        if not member.has_usable_password():
            yield f"{member.name} has not chosen a password: whoever has the passphrase can begin as {member.name}."


def second_factor_missing() -> Iterator[str]:
    """A member has no second factor."""
    for member in joining.members():
        if not factors.has_one(member):
            yield f"{member.name} has no second factor: a password that was overseen is enough to get in."
