"""The time-stamping authority that the operator named, for whatever is to be stamped."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from panah import proof
from panah.errors import PanahError


class AuthorityUnreadable(PanahError):
    """The file that PANAH_TSA_ROOTS names, {path}, cannot be read; a time-stamp cannot be checked without it."""


class AuthorityRootless(PanahError):
    """PANAH_TSA_URL names an authority, {url}, but PANAH_TSA_ROOTS names no file with its root certificates."""


class StampsUnchecked(PanahError):
    """There are time-stamps, but PANAH_TSA_ROOTS names no file with the authority's root certificates."""


def authority() -> proof.Authority | None:
    """The authority; None where none is named. Raises `AuthorityUnreadable`, `AuthorityRootless`."""
    if not settings.PANAH_TSA_URL:
        return None
    if not settings.PANAH_TSA_ROOTS:
        raise AuthorityRootless(url=settings.PANAH_TSA_URL)
    return proof.Authority(settings.PANAH_TSA_URL, _read(settings.PANAH_TSA_ROOTS))


def roots() -> bytes:
    """What time-stamps are checked under. Raises `StampsUnchecked`, `AuthorityUnreadable`."""
    if not settings.PANAH_TSA_ROOTS:
        raise StampsUnchecked
    return _read(settings.PANAH_TSA_ROOTS)


def _read(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError:
        raise AuthorityUnreadable(path=path) from None
