"""What people typed, made ready to be kept, and the ledger line of an act in a case."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from django.db.models import CharField, Field, Model, QuerySet, TextField

from panah import law, proof
from panah.cases.models import Case
from panah.errors import PanahError
from panah.team import queries as team
from panah.team.actions import Verb, enter
from panah.team.models import Member
from panah.team.rules import May

_BREAKING = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Kinds of characters that end a line or speak to a terminal, and halves of characters; marks of direction may stay."""

_DIGITS = 15
"""Of a digest: so many fit into a number of the database, and into one that a browser sends."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class LineTooLong(PanahError):
    """“{words}” is too long: {longest} characters at most fit here, and nothing is cut off."""


class LineBroken(PanahError):
    """“{words}” has to stand on one line, and without characters that control a terminal."""


class WrittenMeanwhile(PanahError):
    """{by} wrote this after your page was made: read those words, and write yours once more. Nothing of either is lost."""

    status = 409


class WrittenAnew(WrittenMeanwhile):
    """This was written anew after your page was made: read what stands now, and write yours once more. Nothing is lost."""


def write_alone(case: Case) -> None:
    """Have whoever writes to the same case wait until this transaction has ended."""
    Case.objects.select_for_update().get(pk=case.pk)


def require_unchanged(case: Case, standing: QuerySet[Any], over: int | None, *, written: str = "") -> None:
    """Raises `WrittenMeanwhile` where not the row `over` stands, which is 0 for none; None asks for no comparison.

    Of a row that is written anew in its place, `written` is the field that says when, and `over` the `edition` of that.
    Whoever writes to the same case at the same time waits until this transaction has ended.
    """
    write_alone(case)
    found = standing.first()
    if over is None or found is None:
        return
    if over != (edition(getattr(found, written)) if written else found.pk):
        raise WrittenMeanwhile(by=found.by)


def make_way(case: Case, standing: QuerySet[Any], over: int | None) -> None:
    """Let what stands stand no more, for what replaces it. Raises `WrittenMeanwhile` as `require_unchanged` does."""
    require_unchanged(case, standing, over)
    standing.update(current=False)


def edition(written_at: datetime | None) -> int:
    """By which a row that is written anew in its place is told from what stood there before: microseconds; 0 for none."""
    return (written_at - _EPOCH) // timedelta(microseconds=1) if written_at else 0


def edition_of(row: Model, fields: Iterable[str]) -> int:
    """By which what the fields of a row hold is told from anything else, where no row says when it was written; 0 for nothing."""
    held = [getattr(row, cast("Field[Any, Any]", row._meta.get_field(name)).attname) for name in fields]  # noqa: SLF001  Django's own
    if all(each in {None, ""} for each in held):
        return 0
    written = proof.canonical([None if each is None else str(each) for each in held])
    return int(proof.hexadecimal(proof.digest_of(written))[:_DIGITS], base=16)


def require_as_shown(case: Case, row: Model, fields: Collection[str], over: int | None) -> None:
    """Raises `WrittenAnew` where the fields of a row do not hold what `over` is the `edition_of`; None compares nothing.

    As with `require_unchanged`, whoever writes to the same case at the same time waits. The row holds what is stored.
    """
    write_alone(case)
    if over is None:
        return
    row.refresh_from_db(fields=fields)
    if edition_of(row, fields) != over:
        raise WrittenAnew


def entered(
    verb: Verb,
    case: Case,
    details: Mapping[str, proof.Canonical] | None = None,
    *,
    may: May = May.WORK,
    by: Member,
    now: datetime,
) -> None:
    """The line of an act, which is undone with it where the member's role does not allow it. Raises `NotAllowed`."""
    team.require(by, case.compartment, may)
    line(verb, case, details, by=by, now=now)


def line(
    verb: Verb, case: Case, details: Mapping[str, proof.Canonical] | None = None, *, by: Member, now: datetime
) -> None:
    """The line of an act in a case. The caller has found out that the member may do it."""
    enter(verb=verb, kind="case", subject=case.reference, by=by, now=now, compartment=case.compartment, details=details)


def tidy(words: str) -> str:
    """People's words with the line ends that browsers send made ours, and without space around them."""
    return words.replace("\r\n", "\n").strip()


def lines(model: type[Model], **said: str) -> dict[str, str]:
    """What was said on one line each, whole, for these fields of a model. Raises `LineTooLong`, `LineBroken`.

    The database would keep more than a field has room for, and a form would not show it again: so it is refused here.
    """
    found = {name: words.strip() for name, words in said.items()}
    for name, words in found.items():
        longest = cast("CharField[str, str] | TextField[str, str]", model._meta.get_field(name)).max_length or 0  # noqa: SLF001  Django's own
        if len(words) > longest:
            raise LineTooLong(words=law.shortened(words), longest=longest)
        if any(unicodedata.category(character) in _BREAKING for character in words):
            raise LineBroken(words=law.shortened(words))
    return found


def next_number(largest: Mapping[str, int | None]) -> int:
    """One more than the largest number that was given, as `aggregate(Max("number"))` says it."""
    return (largest["number__max"] or 0) + 1
