"""Redacting: a copy in which names, places and contacts are replaced, while the Original stays as it is.

`profile` is what a person wants replaced, `spellings` finds it, `texts` replaces it in texts, `pdfs` paints it over in
PDFs, in a confined process (`confined`, `painting`). Nothing here reads or writes a workspace.
"""

from panah.dossier.redacting.pdfs import PictureNotClean, painted_over
from panah.dossier.redacting.profile import (
    Entry,
    Kind,
    PlaceholderTaken,
    Profile,
    ProfileEmpty,
    SpellingInPlaceholder,
    SpellingTwice,
    SpellingWithoutLetters,
    drawn,
)
from panah.dossier.redacting.texts import Redactor, SpellingLeft

__all__ = [
    "Entry",
    "Kind",
    "PictureNotClean",
    "PlaceholderTaken",
    "Profile",
    "ProfileEmpty",
    "Redactor",
    "SpellingInPlaceholder",
    "SpellingLeft",
    "SpellingTwice",
    "SpellingWithoutLetters",
    "drawn",
    "painted_over",
]
