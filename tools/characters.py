"""`make data`: how Chinese characters are read, from pypinyin. With `--check`: the table is current.

A line is a syllable and the characters that are read so. A character stands on the line of its usual reading before
that of any other. The characters are those of GB 2312, which are enough for names in simplified writing.
"""

from __future__ import annotations

import sys
from pathlib import Path

from making import made
from pypinyin import Style, pinyin

TABLE = Path(__file__).parent.parent / "src" / "panah" / "names" / "tables" / "characters.txt"
IN_NAMES = {"卜": ["bu"], "什": ["shi", "shen"], "茜": ["xi", "qian"], "车": ["che"], "娜": ["na"], "乐": ["le", "yue"]}
"""Characters whose usual reading is another in a transcribed name."""
MOST_READINGS = 3


def characters() -> list[str]:
    """The characters of GB 2312 in their order."""
    rows = ((high, low) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    return [found for row in rows if (found := bytes(row).decode("gb2312", "ignore"))]


def readings(character: str) -> list[str]:
    """Its syllables without tones."""
    found = [each.replace("ê", "e") for each in pinyin(character, style=Style.NORMAL, heteronym=True, v_to_u=True)[0]]
    whole = [each for each in dict.fromkeys(found) if each[0].isalpha() and len({*each} & set("aeiouü")) > 0]
    return IN_NAMES.get(character, whole)[:MOST_READINGS]


def table() -> str:
    """First every usual reading, then every second one, then every third."""
    ranks: list[dict[str, list[str]]] = [{}, {}, {}]
    for character in characters():
        for rank, syllable in enumerate(readings(character)):
            ranks[rank].setdefault(syllable, []).append(character)
    return "".join(f"{syllable} {''.join(rank[syllable])}\n" for rank in ranks for syllable in sorted(rank))


def main() -> int:
    """Write it, or compare what is there with it."""
    return made(TABLE, table().encode(), "Build the table of how Chinese characters are read.")


if __name__ == "__main__":
    sys.exit(main())
