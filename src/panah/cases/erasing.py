"""The end of a compartment: its key destroyed, its rows removed, and a line that proves it without saying what was there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from panah.cases import queries
from panah.cases.models import (
    Absence,
    Answer,
    Case,
    Contradiction,
    Distortion,
    Fact,
    Finding,
    HandOver,
    Identification,
    Interview,
    Inventoried,
    LaidBeside,
    Name,
    ProcedureRecord,
    Support,
    Verdict,
)
from panah.cases.models import Reason as ReasonOfDecision
from panah.dossier.models import Dossier
from panah.errors import PanahError
from panah.library import actions as library
from panah.team import actions as team
from panah.team import queries as asked
from panah.team.actions import Verb, enter
from panah.team.models import Compartment, Member
from panah.team.rules import May
from panah.vault import actions as vault
from panah.vault.maintenance import alone
from panah.vault.queries import files_of


class Reason(StrEnum):
    """Why a compartment is erased; the ledger keeps no other words about it."""

    TIME_IS_OVER = "the time for which it was kept is over"
    ASKED_FOR = "the person asked for it"
    MISTAKE = "it was made by mistake"
    OTHER = "another reason"


class StillKept(PanahError):
    """Nothing was erased. {why}"""

    status = 409


class Erased(NamedTuple):
    """What there was: how many of each, and nothing else."""

    cases: int
    documents: int
    dossiers: int
    contents: int


def erase(*, compartment: Compartment, reason: Reason, by: Member, clock: Callable[[], datetime]) -> Erased:
    """Erase a compartment for ever. Raises `NotAllowed`, `StillKept`, `StillCited`, `WorkspaceBusy`, `DatabaseInUse`.

    Key and rows go in one transaction, then the files, then what the database file still held of them. Killed in between,
    what is left is noise without a key; the next compaction removes it.
    """
    with alone():
        erased, files = _removed(compartment, reason, by, clock())
        for file in files:
            file.unlink(missing_ok=True)
        vault.compact()
    return erased


@transaction.atomic
def _removed(compartment: Compartment, reason: Reason, by: Member, now: datetime) -> tuple[Erased, list[Path]]:
    asked.require(by, compartment, May.ERASE)
    cases = Case.objects.filter(compartment=compartment)
    _may_go(cases, now)
    files = files_of(compartment.pk)
    dossiers = Dossier.objects.filter(bundle__compartment=compartment)
    counts = cases.count(), dossiers.count()
    Identification.objects.filter(compartment=compartment).delete()
    Absence.objects.filter(compartment=compartment).delete()
    _remove_cases(cases)
    dossiers.delete()
    documents = library.erase(compartment=compartment)
    vault.destroy_keys(compartment=compartment)
    erased = Erased(counts[0], documents, counts[1], len(files))
    enter(
        verb=Verb.ERASED, kind="compartment", subject=str(compartment.pk), by=by, now=now,
        details={"reason": reason.name.lower(), **erased._asdict()},
    )  # fmt: skip
    team.close(compartment=compartment, now=now)
    return erased, files


def _may_go(cases: QuerySet[Case], now: datetime) -> None:
    """Raises `StillKept` where a case must be kept for now."""
    for case in cases:
        if why := queries.kept(case, now.date()):
            raise StillKept(why=why)


def _remove_cases(cases: QuerySet[Case]) -> None:
    """What refers to something else goes before it: the database protects what is referred to."""
    HandOver.objects.filter(case__in=cases).delete()
    Verdict.objects.filter(case__in=cases).delete()
    ReasonOfDecision.objects.filter(case__in=cases).delete()
    Answer.objects.filter(case__in=cases).delete()
    ProcedureRecord.objects.filter(case__in=cases).delete()
    Interview.objects.filter(case__in=cases).delete()
    Contradiction.objects.filter(case__in=cases).delete()
    Distortion.objects.filter(case__in=cases).delete()
    Inventoried.objects.filter(case__in=cases).delete()
    Finding.objects.filter(case__in=cases).delete()
    LaidBeside.objects.filter(case__in=cases).delete()
    Name.objects.filter(case__in=cases).delete()
    Support.objects.filter(fact__case__in=cases).delete()
    Fact.objects.filter(case__in=cases).delete()
    cases.delete()
