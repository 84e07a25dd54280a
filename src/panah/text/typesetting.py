"""Words as they were written, whatever a typesetter made of their signs: for comparing them letter by letter."""

from __future__ import annotations

import re
from unicodedata import normalize

from panah.text.scripts import APOSTROPHE_LETTERS, APOSTROPHES, LINE_END, UNSEEN

_UNSEEN = dict.fromkeys(map(ord, UNSEEN))
_SIGNS = str.maketrans(
    dict.fromkeys('“”„‟«»‹›「」『』＂"‚' + APOSTROPHES + APOSTROPHE_LETTERS, "'") | dict.fromkeys("‐‑‒–—−", "-")
)
"""Double and single quotation marks are one: which of them stands outside changes with every quotation."""
_LINE_END = re.compile(LINE_END)


def plainly(words: str) -> str:
    """Words with one kind of space, of quotation mark or apostrophe, and of dash, and no hyphen at the end of a line.

    Letters, their case and their accents stay, and so does every other sign.
    """
    joined = normalize("NFKC", _LINE_END.sub("", words)).translate(_UNSEEN).translate(_SIGNS)
    return " ".join(joined.split())
