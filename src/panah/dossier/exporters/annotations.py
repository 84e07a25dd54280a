"""The footnotes of a dossier for machines: W3C Web Annotations in JSON-LD.

Each is an annotation whose target is a reading, by a `DataPositionSelector` (bytes) and a `TextQuoteSelector` (words,
and what stands around them): Web Annotation Data Model, sections 4.2.4 and 4.2.6.
"""

from __future__ import annotations

from panah import proof
from panah.dossier.outline import AppliedLaw, Exhibit, Footnote, Numbered, Paper
from panah.proof.bundle import FORMAT

CONTEXT: proof.Canonical = ["http://www.w3.org/ns/anno.jsonld", {"@vocab": "urn:panah:dossier:1:"}]

_ENDINGS = {
    "application/pdf": ".pdf",
    "text/html": ".html",
    "text/plain": ".txt",
    "application/xml": ".xml",
    "message/rfc822": ".eml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}


def dossier_jsonld(dossier: Numbered, *, made: str) -> bytes:
    """`dossier.jsonld`: the footnotes as an annotation page, with the exhibits and the gaps, in canonical JSON."""
    outline = dossier.outline
    page: dict[str, proof.Canonical] = {
        "@context": CONTEXT,
        "type": "AnnotationPage",
        "format": FORMAT,
        "title": outline.title,
        "reference": outline.reference,
        "called": outline.called,
        "names": [{key: said for key, said in each._asdict().items() if said} for each in outline.names],
        "made": made,
        "frameworks": [_law(law) for law in outline.frameworks],
        "gaps": list(outline.gaps),
        "exhibits": [_exhibit(exhibit) for exhibit in dossier.exhibits],
        "items": [_annotation(footnote) for footnote in dossier.footnotes],
    }
    return proof.canonical(page)


def original_path(paper: Paper) -> str:
    """Where the Original of a paper lies under data/. Its name is its digest: no name of a file travels."""
    ending = _ENDINGS.get(paper.media_type, ".bin")
    return f"originals/{proof.hexadecimal(paper.original)}{ending}"


def reading_path(reading: proof.Digest) -> str:
    """Where a reading lies under data/."""
    return f"readings/{proof.hexadecimal(reading)}.txt"


def _law(law: AppliedLaw) -> proof.Canonical:
    return {"title": law.title, "edition": law.edition, "chosen": {"edition": law.chosen, "on": law.chosen_on}}


def _exhibit(exhibit: Exhibit) -> proof.Canonical:
    paper = exhibit.paper
    described: dict[str, proof.Canonical] = {
        "number": str(exhibit.number),
        "label": paper.label,
        "title": paper.title,
        "source": paper.source,
        "date": paper.date,
        "language": paper.language,
        "url": paper.url,
        "original": {
            "path": original_path(paper),
            "digest": paper.original,
            "size": paper.size,
            "mediaType": paper.media_type,
        },
    }
    if paper.reading:
        path = reading_path(paper.reading)
        described["reading"] = {"path": path, "digest": paper.reading, "extractor": paper.extractor}
    return described


def _annotation(footnote: Footnote) -> proof.Canonical:
    citation = footnote.citation
    reading = citation.paper.reading
    return {
        "id": f"urn:panah:footnote:{footnote.number}",
        "type": "Annotation",
        "number": footnote.number,
        "label": citation.paper.label,
        "exhibit": str(footnote.exhibit),
        "page": citation.page,
        "digest": proof.digest_of(citation.words.encode()),
        "target": {
            "source": reading_path(reading) if reading else None,
            "selector": [
                {"type": "DataPositionSelector", "start": citation.start, "end": citation.end},
                {
                    "type": "TextQuoteSelector",
                    "exact": citation.words,
                    "prefix": citation.prefix,
                    "suffix": citation.suffix,
                },
            ],
        },
    }
