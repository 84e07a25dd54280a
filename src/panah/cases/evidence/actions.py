"""Words of a profile written down, and passages put to use: each by a human, one at a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from panah.cases import actions as cases
from panah.cases import queries
from panah.cases.entering import entered, tidy
from panah.cases.evidence.laid import Place
from panah.cases.models import Case, Fact, LaidBeside, ProfileWords, Search, Support
from panah.cases.research.actions import note_use, use_from
from panah.errors import PanahError
from panah.law import Stance
from panah.library import actions as library
from panah.library.models import Quotation
from panah.library.queries import Hit
from panah.team.actions import Verb
from panah.team.models import Member


class StanceMissing(PanahError):
    """Choose how it bears on the fact: it supports it, contradicts it, or is silent on it."""


class NoteMisplaced(PanahError):
    """A note stands beside a fact; what there is to say on a question, its finding says."""


class LaidTwice(PanahError):
    """These words already lie beside the question."""

    status = 409


@transaction.atomic
def describe(*, case: Case, words: Mapping[str, str], by: Member, now: datetime) -> None:
    """Write the words by which evidence is looked for, by what they are about; left empty, they are taken out.

    The ledger keeps that it was done, and no word of it. Raises `NotAllowed`.
    """
    for about in ProfileWords.About.values:
        kept = case.profile_words.filter(about=about).first()
        said = tidy(words.get(about, ""))
        if not said:
            case.profile_words.filter(about=about).delete()
        elif kept:
            kept.words = said
            kept.save(update_fields=["words"])
        else:
            ProfileWords.objects.create(case=case, about=about, words=said)
    entered(Verb.RECORDED, case, {"profile": True}, by=by, now=now)


@transaction.atomic
def use(
    *,
    case: Case,
    beside: Fact | Place,
    hit: Hit,
    words: str,
    stance: Stance | None = None,
    note: str = "",
    search: Search | None = None,
    by: Member,
    now: datetime,
) -> Support | LaidBeside:
    """Quote words of a passage, and put them to use. Raises what `put` raises, `WordsDiffer`, `WordsTwice`, `SealBroken`."""
    before, found, _ = hit.words.partition(words)
    start = hit.passage.start + len(before.encode()) if found else None
    quotation = library.quote(
        document=hit.document, words=words, start=start, reading=hit.passage.reading, by=by, now=now
    )
    used = put(case=case, beside=beside, quotation=quotation, stance=stance, note=note, by=by, now=now)
    if search:
        use_from(search=search, document=hit.document, words=words, by=by, now=now)
    return used


@transaction.atomic
def put(
    *,
    case: Case,
    beside: Fact | Place,
    quotation: Quotation,
    stance: Stance | None = None,
    note: str = "",
    by: Member,
    now: datetime,
) -> Support | LaidBeside:
    """Put a quotation beside a fact, with the stance that a human chose and a note, or beside an element.

    Raises `StanceMissing`, `NoteMisplaced`, `SupportTwice`, `LaidTwice`, `NotAllowed`.
    """
    if isinstance(beside, Place):
        if note.strip():
            raise NoteMisplaced
        return lay(case=case, place=beside, quotation=quotation, by=by, now=now)
    if stance is None:
        raise StanceMissing
    return cases.support(fact=beside, stance=stance, quotation=quotation, note=note, by=by, now=now)


@transaction.atomic
def lay(
    *, case: Case, place: Place, quotation: Quotation, laid_at: datetime | None = None, by: Member, now: datetime
) -> LaidBeside:
    """Lay a quotation beside an element, for its finding to weigh; `laid_at` is of one that was imported.

    Raises `queries.ElementUnknown`, `LaidTwice`, `NotAllowed`.
    """
    queries.element(*place)
    if case.laid_beside.filter(quotation=quotation, **place._asdict()).exists():
        raise LaidTwice
    laid = LaidBeside.objects.create(case=case, quotation=quotation, **place._asdict(), laid_at=laid_at or now)
    note_use(case=case, document=quotation.document, words=quotation.words, by=by, now=now)
    entered(Verb.SUPPORTED, case, {**place._asdict()}, by=by, now=now)
    return laid


@transaction.atomic
def take_up(*, laid: LaidBeside, by: Member, now: datetime) -> None:
    """Take a quotation up again from beside an element; the ledger keeps that it lay there."""
    entered(Verb.WITHDREW, laid.case, {"framework": laid.framework, "element": laid.element}, by=by, now=now)
    laid.delete()
