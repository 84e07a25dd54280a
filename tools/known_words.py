"""`make data`: the words by which it is known that a word with a capital letter is no name. With `--check`: it is current.

From the labels of the thesaurus and, for territories, months and days, from CLDR as `babel` has it: a line of words that are
written with capital letters, one of Chinese words, and one of words in Arabic script. From what the thesaurus and the bodies
of law say in their notes, and from German labels: a line of ordinary words. Each is folded as `text` folds it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel import Locale
from making import made

from panah import text
from panah.library.thesauri import files_in, read
from panah.names.finding.tables import KNOWN, words

PANAH = Path(__file__).resolve().parents[1] / "src" / "panah"
THESAURI = PANAH / "library" / "thesauri"
SCHEMES = {"places", "institutions"}
LOCALES = ("en", "de", "fr", "sv", "nl", "tr", "ru", "kk", "ky", "uz", "ug", "zh_Hans", "zh_Hant")
_SMALL = re.compile(r"(?<![\w’'-])[^\W\d_A-Z]{4,}(?![\w’'-])")
SHORTEST = 3
"""Letters of a word that is written with a capital: shorter ones are no places."""


def labels() -> Iterator[str]:
    """What all of them are called."""
    for concept in read(files_in(THESAURI)).concepts.values():
        if concept.scheme in SCHEMES:
            yield from (label for labels in concept.labels for label in labels.each)
    for locale in map(Locale.parse, LOCALES):
        yield from locale.territories.values()
        for names in (locale.months, locale.days):
            yield from (name for form in names.values() for name in form["wide"].values())


def ordinary() -> Iterator[str]:
    """Words that we write with a small letter, and German nouns that we write."""
    thesaurus = read(files_in(THESAURI))
    texts = [path.read_text(encoding="utf-8") for path in sorted((PANAH / "law").rglob("*.yaml"))]
    for said in (*texts, *(concept.note for concept in thesaurus.concepts.values())):
        yield from (piece.form for word in _SMALL.findall(said) for piece in text.pieces(word) if not piece.unspaced)
    for concept in thesaurus.concepts.values():
        if concept.scheme not in SCHEMES:
            german = (label for labels in concept.labels if labels.language == "de" for label in labels.each)
            yield from (piece.form for label in german for piece in text.pieces(label) if len(piece.form) > SHORTEST)


def known() -> str:
    """The four lines. A word of a longer label that is a given name as well, as in Saint Martin, is left out."""
    elements = {name for key in ("alone", "given", "beside_others") for name in words("elements.yaml", key)}
    lines: tuple[set[str], set[str], set[str], set[str]] = (set(), set(), set(), set(ordinary()) - elements)
    for label in labels():
        pieces = list(text.pieces(label))
        for piece in pieces:
            is_capital = label[piece.start].isupper() or len(pieces) == 1
            if piece.unspaced:
                lines[1].add(piece.form)
            elif "\u0620" <= piece.form[0] <= "\u06d5":
                lines[2].add(piece.form)
            elif is_capital and len(piece.form) >= SHORTEST and (len(pieces) == 1 or piece.form not in elements):
                lines[0].add(piece.form)
    return "".join(" ".join(sorted(line)) + "\n" for line in lines)


def main() -> int:
    """Write it, or compare what is there with it."""
    return made(KNOWN, known().encode(), "Build the lists of words that are no names of people.")


if __name__ == "__main__":
    sys.exit(main())
