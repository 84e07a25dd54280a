"""Documents and quotations as a dossier cites them."""

from __future__ import annotations

from dataclasses import replace

from panah import proof
from panah.dossier.outline import Citation, Paper
from panah.library.models import Document, Quotation


def paper_of(document: Document) -> Paper:
    """A document as it is cited."""
    reading = document.reading
    return Paper(
        original=proof.Digest(document.original.digest),
        compartment=document.original.compartment_id,
        size=document.original.size,
        media_type=document.original.media_type,
        title=document.title,
        source=document.source.name if document.source else "",
        date=document.date,
        language=document.language,
        url=document.url,
        reading=proof.Digest(reading.digest) if reading else None,
        extractor=f"{reading.extractor} {reading.version}" if reading else "",
        pages=tuple(reading.pages) if reading else (),
    )


def citation_of(quotation: Quotation) -> Citation:
    """A quotation as it is cited: from the reading that it was taken from, whatever the document's reading is now."""
    reading = quotation.reading
    taken_from = replace(
        paper_of(quotation.document),
        reading=proof.Digest(reading.digest),
        extractor=f"{reading.extractor} {reading.version}",
        pages=tuple(reading.pages),
    )
    return Citation(
        paper=taken_from,
        start=quotation.start,
        end=quotation.end,
        words=quotation.words,
        prefix=quotation.prefix,
        suffix=quotation.suffix,
        page=quotation.page,
    )
