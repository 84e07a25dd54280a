"""Cases of one family tied to each other, and facts shared between them: each by a human who may work in both."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from panah.cases import actions as cases
from panah.cases.entering import entered, lines
from panah.cases.models import Case, Fact, FamilyTie, Support
from panah.errors import PanahError
from panah.law import Stance
from panah.team.actions import Verb
from panah.team.models import Member


class TiedToItself(PanahError):
    """This is the case itself: choose that of another person of the family."""


class RelationUntold(PanahError):
    """Say what each of the two persons is to the other."""


class NotOfTheFamily(PanahError):
    """This case is not of one family with that one: say first what the two persons are to each other."""

    status = 409


@transaction.atomic
def tie(*, case: Case, other: Case, relation: str, back: str, by: Member, now: datetime) -> None:
    """Say that two cases are of one family: what the other person is to this one, and `back`, this one to the other.

    Raises `TiedToItself`, `RelationUntold`, `LineTooLong`, `LineBroken`, `NotAllowed`.
    """
    if case == other:
        raise TiedToItself
    for one, another, said in ((case, other, relation), (other, case, back)):
        words = lines(FamilyTie, relation=said)
        if not words["relation"]:
            raise RelationUntold
        kept = one.ties.filter(other=another).first() or FamilyTie(case=one, other=another, tied_at=now)
        kept.relation = words["relation"]
        kept.save()
        entered(Verb.RECORDED, one, {"family": True}, by=by, now=now)


@transaction.atomic
def untie(*, case: Case, other: Case, by: Member, now: datetime) -> None:
    """Say that two cases are not of one family; facts that were shared stay where they are. Raises `NotAllowed`."""
    for one, another in ((case, other), (other, case)):
        one.ties.filter(other=another).delete()
        entered(Verb.WITHDREW, one, {"family": True}, by=by, now=now)


@transaction.atomic
def share(*, fact: Fact, case: Case, supports: Collection[UUID] = (), by: Member, now: datetime) -> Fact:
    """State a fact in another case of the family, too, with those of its supports that are named and are not there yet.

    Nothing that was put to one person, answered by one or concluded on one goes along. Raises `NotOfTheFamily`,
    `NotAllowed`.
    """
    if not fact.case.ties.filter(other=case).exists():
        raise NotOfTheFamily
    root = fact.shared_from or fact
    there = root if root.case_id == case.pk else case.facts.filter(shared_from=root).first()
    if there is None:
        there = cases.state_fact(case=case, words=fact.words, by=by, now=now)
        there.shared_from = root
        there.save(update_fields=["shared_from"])
    for support in fact.supports.filter(pk__in=supports).order_by("added_at", "pk"):
        _bring(support, there, by, now)
    entered(Verb.SHARED, fact.case, {"fact": fact.number}, by=by, now=now)
    return there


def _bring(support: Support, there: Fact, by: Member, now: datetime) -> None:
    if there.supports.filter(quotation=support.quotation, paper=support.paper).exists():
        return
    cases.support(
        fact=there, stance=Stance(support.stance), quotation=support.quotation, paper=support.paper,
        note=support.note, by=by, now=now,
    )  # fmt: skip
