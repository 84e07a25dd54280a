"""The dossier of a case as an outline: the account, the facts with what bears on them, the law's questions in their order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from panah.cases import queries
from panah.cases.models import Case
from panah.cases.outlining.account import account
from panah.cases.outlining.examination import applied, examination
from panah.cases.outlining.facts import BOXES, facts
from panah.cases.outlining.glance import glance
from panah.cases.outlining.grounds import grounds
from panah.cases.outlining.names import names_of
from panah.cases.outlining.papers import citation_of, paper_of
from panah.cases.outlining.procedure import procedure, unexamined
from panah.cases.outlining.profiles import PROFILES, Addressee, Part, Profile
from panah.cases.queries import ChosenLaw
from panah.dossier.outline import AppliedLaw, Outline, Section
from panah.errors import PanahError
from panah.law import Order

__all__ = ["BOXES", "PROFILES", "Addressee", "LawNotChosen", "citation_of", "frameworks_of", "outline_of", "paper_of"]


class LawNotChosen(PanahError):
    """No body of law has been chosen for case {reference}: choose one first."""

    status = 409


def outline_of(case: Case, annexes: Sequence[Section] = (), addressee: Addressee = Addressee.COURT) -> Outline:
    """What the dossier of a case says to somebody, and what is annexed to it. Raises `LawNotChosen`."""
    profile = PROFILES[addressee]
    laws = [law for law in queries.chosen_laws(case) if _is_for(profile, law)]
    if not laws:
        raise LawNotChosen(reference=case.reference)
    return Outline(
        title=profile.title,
        reference=case.reference,
        called=case.called,
        names=names_of(case),
        frameworks=tuple(applied(law) for law in laws),
        sections=(*_sections(case, profile, laws), *annexes),
        gaps=(*(f"{gap.reason} ({gap.authority})" for gap in queries.gaps(case)), *unexamined(case)),
        papers=tuple(paper_of(document) for document in queries.papers(case)),
    )


def frameworks_of(case: Case) -> tuple[AppliedLaw, ...]:
    """The bodies of law that were chosen for a case, as a dossier names them."""
    return tuple(applied(law) for law in queries.chosen_laws(case))


def _is_for(profile: Profile, law: ChosenLaw) -> bool:
    return not profile.treaties_alone or law.framework.order is Order.INTERNATIONAL


def _sections(case: Case, profile: Profile, laws: Sequence[ChosenLaw]) -> Iterator[Section]:
    for part in profile.parts:
        if part is Part.ACCOUNT:
            yield account(case)
        elif part is Part.FACTS:
            yield facts(case)
        elif part is Part.EXAMINATION:
            yield from examination(case, laws)
            yield glance(case, {law.framework.id for law in laws})
        elif part is Part.PROCEDURE:
            yield procedure(case)
        elif part is Part.GROUNDS:
            yield from grounds(case)
