"""Uyghur as programs of the nineties wrote it: each letter by the shape that it has in its place (U+FB50–FDFF, U+FE70–FEFF)."""

from __future__ import annotations

import unicodedata

_SHAPES = {
    (parts[1], parts[0][1:-1]): chr(code)
    for code in (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD))
    if len(parts := unicodedata.decomposition(chr(code)).split()) == 2
}
_SHAPES |= {("06D5", shape): _SHAPES["0647", shape] for shape in ("isolated", "final")}
LETTERS = "ئابپتجچخدرزژسشغفقكگڭلمنھوۇۆۈۋېىيە"
_ENDING = set("ادرزژوۇۆۈۋە")
"""Letters that no other is joined to."""
_LAM_ALEF = {"ﻟﺎ": "ﻻ", "ﻠﺎ": "ﻼ"}


def in_old_letters(text: str) -> str:
    """The text, its letters as they are drawn."""
    drawn = ""
    for at, letter in enumerate(text):
        joined = at > 0 and text[at - 1] in LETTERS and text[at - 1] not in _ENDING and letter in LETTERS
        joins = at + 1 < len(text) and text[at + 1] in LETTERS and letter not in _ENDING and letter in LETTERS
        shape = {(False, False): "isolated", (True, False): "final", (False, True): "initial", (True, True): "medial"}[
            joined, joins
        ]
        drawn += _SHAPES.get((f"{ord(letter):04X}", shape), letter)
    for two, one in _LAM_ALEF.items():
        drawn = drawn.replace(two, one)
    return drawn
