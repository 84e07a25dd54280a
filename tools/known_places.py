"""`make data`: the words of places, institutions, months and days, which are no names of people. With `--check`: it is current.

From the labels of the thesaurus and, for territories, months and days, from CLDR as `babel` has it. A line of words that are
written with capital letters, one of Chinese words, and one of words in Arabic script; each folded as `text` folds it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from babel import Locale
from making import made

from panah import text
from panah.library.thesauri import files_in, read
from panah.names.finding.tables import KNOWN, words

THESAURI = Path(__file__).resolve().parents[1] / "src" / "panah" / "library" / "thesauri"
SCHEMES = {"places", "institutions"}
LOCALES = "en de fr sv nl tr ru kk ky uz ug zh_Hans zh_Hant".split()
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


def known() -> str:
    """The three lines. A word of a longer label that is a given name as well, as in Saint Martin, is left out."""
    elements = {name for key in ("alone", "given", "beside_others") for name in words("elements.yaml", key)}
    lines: tuple[set[str], set[str], set[str]] = (set(), set(), set())
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
    return made(KNOWN, known().encode(), "Build the list of places and other words that are no names of people.")


if __name__ == "__main__":
    sys.exit(main())
