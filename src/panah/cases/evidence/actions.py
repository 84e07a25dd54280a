"""Words of a profile written down, and passages put to use: each by a human, one at a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from panah.cases import actions as cases
from panah.cases.entering import entered, tidy
from panah.cases.models import Case, Fact, ProfileWords, Search, Support
from panah.cases.research.actions import use_from
from panah.law import Stance
from panah.library import actions as library
from panah.library.queries import Hit
from panah.team.actions import Verb
from panah.team.models import Member


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
    *, fact: Fact, hit: Hit, words: str, stance: Stance, search: Search | None = None, by: Member, now: datetime
) -> Support:
    """Quote words of a passage, and put them beside a fact with the stance that a human chose.

    Raises `WordsDiffer`, `WordsTwice`, `SealBroken`, `SupportTwice`, `NotAllowed`.
    """
    before, found, _ = hit.words.partition(words)
    start = hit.passage.start + len(before.encode()) if found else None
    quotation = library.quote(
        document=hit.document, words=words, start=start, reading=hit.passage.reading, by=by, now=now
    )
    kept = cases.support(fact=fact, stance=stance, quotation=quotation, by=by, now=now)
    if search:
        use_from(search=search, document=hit.document, words=words, by=by, now=now)
    return kept
