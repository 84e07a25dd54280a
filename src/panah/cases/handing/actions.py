"""Every write of handing over: profiles, what is asked for, what is decided, and what leaves."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Max

from panah import proof
from panah.cases.actions import OfAnotherCase
from panah.cases.entering import entered, line, next_number
from panah.cases.handing import queries
from panah.cases.handing.copying import RedactedCopy
from panah.cases.handing.packing import ZIP, case_packed, copy_packed
from panah.cases.models import Case, HandOver, RedactionProfile
from panah.dossier.models import Dossier
from panah.dossier.redacting import Kind, drawn
from panah.errors import PanahError
from panah.proof import age
from panah.team import queries as team
from panah.team.actions import Verb
from panah.team.models import Member
from panah.team.rules import May
from panah.vault.actions import preserve
from panah.vault.data_keys import store_of
from panah.vault.models import Original

What = HandOver.What


class NotYours(PanahError):
    """Whoever asked to hand it over cannot approve it: another member must look at it."""

    status = 403


class AlreadyDecided(PanahError):
    """It was decided or handed over before; ask again."""

    status = 409


class NotApproved(PanahError):
    """It cannot be handed over: it waits for another member's approval, was declined, or was approved too long ago."""

    status = 409


class HandedOverBefore(PanahError):
    """It was handed over already; ask again to hand it over once more."""

    status = 409


class NobodyToReceive(PanahError):
    """Say to whom: public keys that begin with age1, or a passphrase, and not both."""


class Wanted(NamedTuple):
    """What is to be handed over: a sealed dossier, or a redacted copy by a profile, or else the case as it is."""

    dossier: Dossier | None = None
    profile: RedactionProfile | None = None

    @property
    def what(self) -> What:
        """Its kind."""
        return What.DOSSIER if self.dossier else What.REDACTED if self.profile else What.EXPORT


@transaction.atomic
def keep_profile(
    *,
    case: Case,
    called: str,
    entries: Iterable[tuple[Kind, Sequence[str]]],
    pictures: bool = False,
    profile: RedactionProfile | None = None,
    by: Member,
    now: datetime,
) -> RedactionProfile:
    """Keep a profile, or another edition of one; its placeholders are drawn anew.

    Raises `NotAllowed`, and what `dossier.redacting.drawn` raises.
    """
    team.require(by, case.compartment, May.EXPORT)
    if profile is None:
        profile = RedactionProfile(case=case, number=next_number(case.profiles.aggregate(Max("number"))))
    elif profile.case_id != case.pk:
        raise OfAnotherCase
    profile.called = called.strip() or str(profile.number)
    profile.entries, profile.pictures = queries.as_json(drawn(entries)), pictures
    profile.changed_at, profile.by = now, by
    profile.save()
    line(Verb.PROFILED, case, {"profile": profile.number}, by=by, now=now)
    return profile


@transaction.atomic
def demand_approval(*, case: Case, demanded: bool, by: Member, now: datetime) -> None:
    """Say whether nothing may leave a case that another member has not approved. Raises `NotAllowed`."""
    case.two_pairs_of_eyes = demanded
    case.save(update_fields=["two_pairs_of_eyes"])
    entered(Verb.GUARDED, case, {"approval": demanded}, may=May.LEAD, by=by, now=now)


def ask(
    *, case: Case, wanted: Wanted, recipients: Sequence[str] = (), passphrase: bool = False, reason: str = "",
    by: Member, now: datetime,
) -> HandOver:  # fmt: skip
    """Ask to hand something over. What leaves is made now and kept: what is approved is what is handed over.

    Raises `NotAllowed`, `NobodyToReceive`, `RecipientUnreadable`, and what making an export or a copy raises.
    """
    team.require(by, case.compartment, May.EXPORT)
    keys = list(dict.fromkeys(key.strip() for key in recipients if key.strip()))
    if bool(keys) == passphrase:
        raise NobodyToReceive
    if keys:
        age.recipients(keys)
    content, report = _content(case, wanted, by=by, now=now)
    return _asked(case, wanted, content, report, keys, reason.strip(), by=by, now=now)


def _content(case: Case, wanted: Wanted, *, by: Member, now: datetime) -> tuple[Original, Mapping[str, object]]:
    if wanted.dossier:
        if (wanted.dossier.reference, wanted.dossier.bundle.compartment_id) != (case.reference, case.compartment_id):
            raise OfAnotherCase
        return wanted.dossier.bundle, {}
    report: dict[str, object] = {}
    if wanted.profile:
        if wanted.profile.case_id != case.pk:
            raise OfAnotherCase
        redactor = queries.redactor(wanted.profile)
        copy = RedactedCopy(case, by, redactor)
        kept = store_of(case.compartment_id).keep(copy_packed(copy.files()))
        report = {
            "papers": [paper._asdict() for paper in copy.report.papers],
            "written": copy.report.written,
            "key": {entry.placeholder: entry.spellings for entry in redactor.profile.entries},
        }
    else:
        kept = store_of(case.compartment_id).keep(case_packed(case, by))
    return preserve(kept=kept, compartment=case.compartment, media_type=ZIP, by=by, now=now), report


@transaction.atomic
def _asked(
    case: Case, wanted: Wanted, content: Original, report: Mapping[str, object], keys: list[str], reason: str,
    *, by: Member, now: datetime,
) -> HandOver:  # fmt: skip
    asked = HandOver.objects.create(
        case=case,
        what=wanted.what,
        content=content,
        profile=wanted.profile,
        recipients="\n".join(keys),
        reason=reason,
        report=json.dumps(report, ensure_ascii=False) if report else "",
        needs_approval=case.two_pairs_of_eyes,
        asked_by=by,
        asked_at=now,
        why="",
    )
    line(Verb.ASKED, case, _details(asked), by=by, now=now)
    return asked


@transaction.atomic
def decide(*, asked: HandOver, approve: bool, why: str, by: Member, now: datetime) -> None:
    """Approve what another member asked to hand over, or decline it. Raises `NotAllowed`, `NotYours`, `AlreadyDecided`."""
    team.require(by, asked.case.compartment, May.REVIEW)
    if asked.asked_by_id == by.pk:
        raise NotYours
    asked = HandOver.objects.select_related("case__compartment", "content", "profile__case").get(pk=asked.pk)
    if asked.approved is not None or asked.handed_at:
        raise AlreadyDecided
    asked.decided_by, asked.decided_at, asked.approved, asked.why = by, now, approve, why.strip()
    asked.save(update_fields=["decided_by", "decided_at", "approved", "why"])
    verdict = Verb.APPROVED if approve else Verb.DECLINED
    line(verdict, asked.case, _details(asked), by=by, now=now)


@transaction.atomic
def hand_over(*, asked: HandOver, by: Member, now: datetime) -> Iterator[bytes]:
    """The content that was asked for, in plain, to be encrypted to `lock_of` at once; it is taken for handed over now.

    Raises `NotAllowed`, `NotApproved`, `HandedOverBefore`.
    """
    case = asked.case
    team.require(by, case.compartment, May.EXPORT)
    asked = HandOver.objects.select_related("case__compartment", "content", "profile__case").get(pk=asked.pk)
    if asked.handed_at:
        raise HandedOverBefore
    asked.needs_approval |= Case.objects.values_list("two_pairs_of_eyes", flat=True).get(pk=case.pk)
    if not queries.is_ready(asked, now):
        raise NotApproved
    asked.handed_at = now
    asked.save(update_fields=["handed_at", "needs_approval"])
    line(Verb.HANDED_OVER, case, _details(asked), by=by, now=now)
    return store_of(asked.content.compartment_id).pieces(proof.Digest(asked.content.digest))


@transaction.atomic
def look_at(*, asked: HandOver, by: Member, now: datetime) -> Iterator[bytes]:
    """The content in plain, for whoever is to approve it; the ledger says who took it. Raises `NotAllowed`."""
    team.require(by, asked.case.compartment, May.REVIEW)
    line(Verb.HANDED_OUT, asked.case, {"content": asked.content.digest}, by=by, now=now)
    return store_of(asked.content.compartment_id).pieces(proof.Digest(asked.content.digest))


def lock_of(*, asked: HandOver, passphrase: str = "") -> age.Recipients | age.Passphrase:
    """What it is encrypted to: those who were asked for, and nobody else. Raises `NobodyToReceive`."""
    keys = queries.keys_of(asked)
    if bool(keys) == bool(passphrase):
        raise NobodyToReceive
    return age.recipients(keys) if keys else age.Passphrase(passphrase)


def _details(asked: HandOver) -> dict[str, proof.Canonical]:
    """Digests and numbers; no key, no name."""
    keys = queries.keys_of(asked)
    return {
        "what": str(asked.what),
        "content": asked.content.digest,
        "profile": asked.profile.number if asked.profile else 0,
        "recipients": [proof.digest_of(key.encode()) for key in keys],
        "hand-over": str(asked.pk),
    }
