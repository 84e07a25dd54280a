"""`make data`: the table that folds traditional Chinese into simplified, from OpenCC. With `--check`: it is current."""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

from making import made
from opencc import OpenCC

TABLE = Path(__file__).parent.parent / "src" / "panah" / "text" / "simplified.txt"
HAN = [*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *range(0x20000, 0x2FA20), *range(0x30000, 0x323B0)]


def table() -> str:
    """One line of characters, and one of what each is folded into; neither of a character that has no other form.

    What a character becomes is never folded further: so an index in one step and a question in another agree.
    """
    simplified = OpenCC("t2s").convert
    pairs = {}
    for character in map(chr, HAN):
        plain = unicodedata.normalize("NFKC", character)
        while (simpler := simplified(plain)) != plain:
            plain = simpler
        if plain != unicodedata.normalize("NFKC", character):
            pairs[character] = plain
    assert all(len(plain) == 1 for plain in pairs.values())
    return "".join(pairs) + "\n" + "".join(pairs.values()) + "\n"


def main() -> int:
    """Write it, or compare what is there with it."""
    return made(TABLE, table().encode(), "Build the table that folds traditional Chinese into simplified.")


if __name__ == "__main__":
    sys.exit(main())
