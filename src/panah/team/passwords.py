"""What a member signs in with first: which passwords are taken, and how one is chosen."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from functools import cache

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.db import transaction

from panah import proof
from panah.errors import PanahError
from panah.team.actions import Verb, enter
from panah.team.models import Member

SHORTEST, LONGEST = 12, 1000


class PasswordShort(PanahError):
    """A password here has at least {shortest} characters; four or five words that have nothing to do with each other do well."""


class PasswordCommon(PanahError):
    """This password is a common one, or a common one with something after it, or said twice: choose another."""


class PasswordIsName(PanahError):
    """A password must not be the name."""


class PasswordsDiffer(PanahError):
    """The two passwords are not the same."""


def check(*, password: str, name: str) -> None:
    """Raises `PasswordShort`, `PasswordCommon`, `PasswordIsName`."""
    words = _plain(password)
    if len(words) < SHORTEST or len(password) > LONGEST:
        raise PasswordShort(shortest=SHORTEST)
    core = _core(words)
    if core in {_plain(name), _core(_plain(name))}:
        raise PasswordIsName
    if len(set(core)) < SHORTEST // 3 or {core, words} & _common():
        raise PasswordCommon


def choose(*, member: Member, password: str, now: datetime, lost: bool = False) -> None:
    """Give a member a password of her own choice. Raises what `check` raises."""
    check(password=password, name=member.name)
    kept = proof.password_kept(password)  # takes its time; the database is not held meanwhile
    with transaction.atomic():
        member.password = kept
        member.save(update_fields=["password"])
        details: dict[str, proof.Canonical] = {"lost": True} if lost else {}
        enter(verb=Verb.CHOSE_PASSWORD, kind="member", subject=member.name, by=member, now=now, details=details)


def _plain(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).casefold().split())


def _core(words: str) -> str:
    """What is left of a password without the figures and signs that people put after a word, and said once."""
    word = words.rstrip("0123456789!.?*#-_") or words
    length = next(n for n in range(1, len(word) + 1) if word == (word[:n] * len(word))[: len(word)])
    return word[:length]


@cache
def _common() -> frozenset[str]:
    """The list that Django ships: 20,000 passwords that were found again and again."""
    return frozenset(CommonPasswordValidator().passwords)
