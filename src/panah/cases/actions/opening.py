"""A case opened: its reference, its compartment, the names of the applicant, and the law it is examined under."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from panah import law
from panah.cases import queries
from panah.cases.entering import entered, lines, tidy
from panah.cases.models import AppliedFramework, Case, Name
from panah.errors import PanahError
from panah.library.models import Collection, Document
from panah.team import queries as team
from panah.team.actions import Verb
from panah.team.models import Compartment, Member
from panah.team.rules import May
from panah.vault.actions import set_up

_REFERENCE = re.compile(r"[^\W_](?:[^\W_]|[.-]){0,39}")
"""Letters of any script and digits, then also dots and hyphens: fit for an address and for the name of a file."""


class ReferenceTaken(PanahError):
    """There is already a case {reference}."""

    status = 409


class CaseNameless(PanahError):
    """Say how the applicant is to be called."""


class SpellingEmpty(PanahError):
    """A name needs letters."""


class ReferenceUnusable(PanahError):
    """“{reference}” cannot be a reference: use letters, digits, dots and hyphens, 40 at most."""


@transaction.atomic
def open_case(
    *,
    called: str,
    reference: str = "",
    compartment: Compartment | None = None,
    note: str = "",
    opened_at: datetime | None = None,
    by: Member,
    now: datetime,
) -> Case:
    """Open a case, with a collection for its papers; without `compartment` in one of its own, which its opener leads.

    Raises `CaseNameless`, `ReferenceTaken`, `ReferenceUnusable`, `LineTooLong`, `LineBroken`, `NotAllowed`.
    """
    if not called.strip():
        raise CaseNameless
    said = lines(Case, called=called)
    reference = free_reference(wanted=reference, by=by, now=now)
    place = compartment or own_compartment(reference=reference, by=by, now=now)
    papers, _ = Collection.objects.get_or_create(compartment=place, name=shelf_of(reference=reference))
    case = Case.objects.create(
        compartment=place, reference=reference, **said, papers=papers, note=tidy(note), opened_at=opened_at or now
    )
    entered(Verb.OPENED, case, by=by, now=now)
    return case


def free_reference(*, wanted: str, by: Member, now: datetime) -> str:
    """The reference that a new case will have: the wanted one, or the next of the year, among those that `by` may see.

    Raises `ReferenceTaken`, `ReferenceUnusable`.
    """
    reference = wanted.strip() or _next_reference(by, now)
    if not _REFERENCE.fullmatch(reference):
        raise ReferenceUnusable(reference=reference)
    if queries.cases(by).filter(reference=reference).exists():
        raise ReferenceTaken(reference=reference)
    return reference


@transaction.atomic
def own_compartment(*, reference: str, by: Member, now: datetime) -> Compartment:
    """A compartment for one case, led by who opens it: the one in which opening it broke off before, or a new one."""
    name = shelf_of(reference=reference)
    begun = team.compartments(by, May.LEAD).filter(name=name, cases=None).first()
    return begun or set_up(name=name, by=by, now=now)


def shelf_of(*, reference: str) -> str:
    """The name of the collection in which the papers of a case stand."""
    return f"Case {reference}"


@transaction.atomic
def add_name(*, case: Case, name: str, script: str, paper: Document | None = None, by: Member, now: datetime) -> Name:
    """Keep a spelling of the applicant's name. The same spelling again is the same, as long as it is not taken out.

    Raises `SpellingEmpty`, `LineTooLong`, `LineBroken`.
    """
    if not name.strip():
        raise SpellingEmpty
    said = lines(Name, name=name, script=script)
    known = next((row for row in case.names.filter(out_at=None) if row.name == said["name"]), None)
    if known is None:
        known = Name.objects.create(case=case, **said, paper=paper)
        entered(Verb.NAMED, case, by=by, now=now)
    return known


@transaction.atomic
def choose_frameworks(*, case: Case, framework_ids: Iterable[str], by: Member, now: datetime) -> None:
    """Say which bodies of law govern the case, in their present edition. Raises `law.FrameworkUnknown`."""
    chosen = [law.framework(framework_id) for framework_id in framework_ids]
    applied = {row.framework: row for row in case.frameworks.all()}
    for dropped in applied.keys() - {framework.id for framework in chosen}:
        applied[dropped].delete()
        entered(Verb.WITHDREW, case, {"framework": dropped}, by=by, now=now)
    for framework in chosen:
        digest = law.edition(framework.id)
        if framework.id not in applied or applied[framework.id].digest != digest:
            defaults = {"digest": digest, "chosen_at": now}
            AppliedFramework.objects.update_or_create(case=case, framework=framework.id, defaults=defaults)
            entered(Verb.CHOSE_LAW, case, {"framework": framework.id, "edition": digest}, by=by, now=now)


def _next_reference(by: Member, now: datetime) -> str:
    taken = set(queries.cases(by).filter(reference__startswith=f"{now.year}-").values_list("reference", flat=True))
    return next(ref for number in range(1, len(taken) + 2) if (ref := f"{now.year}-{number:03}") not in taken)
