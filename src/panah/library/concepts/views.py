"""Pages of the thesaurus: its concepts by scheme, and one page for each."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from panah.errors import PanahError
from panah.library.concepts.asking import asked, thesaurus


@require_GET
def concepts(request: HttpRequest) -> HttpResponse:
    """Every concept, by scheme; where words are asked for, those that stand in them."""
    known, words, found = thesaurus(), request.GET.get("q", ""), []
    if words:
        try:
            found = [addition.concept for addition in asked(words).added]
        except PanahError:  # of words that ask for nothing, nothing is found
            found = []
    schemes = [
        (scheme, [concept for concept in known.concepts.values() if concept.scheme == scheme.id])
        for scheme in known.schemes.values()
    ]
    return render(request, "library/concepts/list.html", {"schemes": schemes, "q": words, "found": found})


@require_GET
def concept(request: HttpRequest, concept_id: str) -> HttpResponse:
    """What a concept is called, by whom, what nobody has verified, and what stands around it."""
    known = thesaurus()
    found = known.concept(concept_id)
    scheme = known.schemes[found.scheme]
    near = {
        name: [known.concepts[each] for each in getattr(found, name)] for name in ("broader", "narrower", "related")
    }
    labels = [(each, scheme.source(each.source) if each.source else None) for each in found.labels]
    return render(
        request, "library/concepts/one.html", {"concept": found, "scheme": scheme, "labels": labels, "near": near}
    )
