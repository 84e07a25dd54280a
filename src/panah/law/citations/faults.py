"""Why there can be nothing that is called as a citation says."""

from __future__ import annotations

from datetime import date

from panah.errors import Phrase
from panah.law.citations.loading import forms
from panah.law.citations.model import Citation


def fault(citation: Citation, on: date) -> str:
    """Why nothing can be called so: it is not formed as its standard says, or of a year that is yet to come; else empty."""
    if not citation.is_well_formed:
        standard = forms()[citation.form].standard
        return Phrase(
            "Nothing can be called so: it is not formed as its standard says ({standard}).", standard=standard.says
        )
    if citation.year > on.year:
        return Phrase("Nothing can be called so: {year} is yet to come.", year=citation.year)
    return ""
