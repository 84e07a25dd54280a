"""Searches in the library that are made for a case: what `SEARCHES_ARE_KEPT_BY` names."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from panah.cases import queries
from panah.cases.models import Search
from panah.cases.research.actions import keep
from panah.cases.research.record import Added, Asked, Put
from panah.library.finding.facets import Facet
from panah.library.finding.matters import Kept
from panah.library.finding.queries import Answer
from panah.library.finding.question import Question
from panah.library.finding.showing import in_words
from panah.team.models import Member


def keep_for_case(*, asker: Member, question: Question, answer: Answer, now: datetime) -> Kept:
    """Keep a search for the case that it names. Raises `CaseUnknown`, `CaseAmbiguous`."""
    case = queries.case(asker, question.matter)
    search = keep(case=case, through=Search.Through.LIBRARY, asked=asked(question, answer), by=asker, now=now)
    return Kept(
        case.reference,
        reverse("cases:research", args=[case.address]),
        reverse("cases:opened", args=[case.address, search.pk, search.pk]).removesuffix(str(search.pk)),
    )


def asked(question: Question, answer: Answer) -> Asked:
    """What a search in the library asked, and how much it found."""
    concepts = {
        addition.concept.id: Added(
            addition.concept.called(), tuple(label for labels in addition.labels.values() for label in labels)
        )
        for addition in answer.added
    }
    put = Put((question.words,) if question.words else (), answer.total, concepts=tuple(concepts))
    collections = question.filters.of(Facet.COLLECTION).values
    return Asked((put,), concepts, tuple(collections), in_words(question), question.for_nothing().address())
