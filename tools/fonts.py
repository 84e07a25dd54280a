"""Makes the fonts with which dossiers are printed, and the table of what they can draw.

    python tools/fonts.py UNPACKED

UNPACKED is a folder into which these packages of Debian 12 were unpacked (`apt-get download`, then `dpkg-deb -x`):
fonts-noto-core, fonts-noto-cjk, fonts-noto-mono, fonts-ukij-uyghur. The same packages give the same files, byte for
byte. Hints for low-resolution screens are left out, and of the largest fonts all but the characters listed here; the
fonts for Uyghur stand as they are.
"""

from __future__ import annotations

import logging
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent.parent / "src" / "panah" / "dossier" / "fonts"

NOTO, CJK, UKIJ = "truetype/noto", "opentype/noto", "truetype/fonts-ukij-uyghur"

SCRIPTS = (
    "SerifArmenian", "SerifBengali", "SerifDevanagari", "SerifEthiopic", "SerifGeorgian", "SerifGujarati",
    "SerifGurmukhi", "SerifHebrew", "SerifKannada", "SerifKhmer", "SerifLao", "SerifMalayalam", "SerifMyanmar",
    "SerifSinhala", "SerifTamil", "SerifTelugu", "SerifThai", "SerifTibetan", "SansAdlam", "SansMongolian", "SansNKo",
    "SansOriya", "SansSyriac", "SansThaana", "SansTifinagh",
)  # fmt: skip
"""Noto's names for the scripts that are shipped in one weight."""


class Font(NamedTuple):
    """A font to be shipped: where the package has it, and which of its characters are kept."""

    path: str
    keep: Callable[[int], bool] | None = lambda _code: True
    """None ships the file as it is."""
    face: int = 0
    """Which font of a collection."""


def encodable(code: int, codec: str, longest: int) -> bool:
    """Whether a national standard has the character, in at most `longest` bytes."""
    try:
        return len(chr(code).encode(codec)) <= longest
    except UnicodeEncodeError:
        return False


def east_asian(code: int) -> bool:
    """Unified Han of the first plane's main block, rarer ones used in names, kana, and the syllables of KS X 1001."""
    if 0xAC00 <= code <= 0xD7A3:
        return encodable(code, "euc_kr", 2)
    if 0x3400 <= code <= 0x4DBF:
        return encodable(code, "big5hkscs", 4) or encodable(code, "euc_jis_2004", 4)
    return not 0x1100 <= code <= 0x11FF and not 0xA960 <= code <= 0xABFF and not 0xD7B0 <= code <= 0xE000


def ticks_and_arrows(code: int) -> bool:
    """What forms and letters use: boxes, ticks, arrows, shapes; no games, no alchemy."""
    return 0x2190 <= code <= 0x27BF or 0x2B00 <= code <= 0x2BFF


def plain(code: int) -> bool:
    """The characters of digests and file names."""
    return 0x20 <= code <= 0x17F


FONTS = (
    *(Font(f"{NOTO}/NotoSerif-{cut}.ttf") for cut in ("Regular", "Italic", "Bold")),
    Font(f"{UKIJ}/UKIJTuzK.ttf", None),
    Font(f"{UKIJ}/UKIJTuzKB.ttf", None),
    Font(f"{NOTO}/NotoNaskhArabic-Regular.ttf"),
    Font(f"{NOTO}/NotoNaskhArabic-Bold.ttf"),
    Font(f"{CJK}/NotoSerifCJK-Regular.ttc", east_asian, face=2),
    *(Font(f"{NOTO}/Noto{script}-Regular.ttf") for script in SCRIPTS),
    Font(f"{NOTO}/NotoSansMono-Regular.ttf", plain),
    Font(f"{NOTO}/NotoSansSymbols-Regular.ttf", ticks_and_arrows),
    Font(f"{NOTO}/NotoSansSymbols2-Regular.ttf", ticks_and_arrows),
)


def main() -> None:
    """Empty the folder and make it anew."""
    unpacked = Path(sys.argv[1])
    for old in (*HERE.glob("*.[ot]tf"), *HERE.glob("*.txt")):
        old.unlink()
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    covered: dict[str, set[int]] = {}
    for font in FONTS:
        made = ship(unpacked / "usr/share/fonts" / font.path, font)
        with TTFont(made) as opened:
            family = str(opened["name"].getDebugName(1))
            codes = {code for code in opened.getBestCmap() if drawable(code)}
        covered[family] = codes & covered.get(family, codes)
    lines = (f"{family}: {ranges(codes)}\n" for family, codes in covered.items())
    (HERE / "coverage.txt").write_text("".join(lines), encoding="utf-8")
    for package in ("fonts-noto-core", "fonts-noto-cjk", "fonts-noto-mono", "fonts-ukij-uyghur"):
        license_of(package, unpacked / "usr/share/doc" / package / "copyright")


def ship(source: Path, font: Font) -> Path:
    """Write one font into the folder; its path there."""
    if font.keep is None:
        made = HERE / source.name
        made.write_bytes(source.read_bytes())
        return made
    options = subset.Options(
        font_number=font.face, hinting=False, layout_features=["*"], name_IDs=["*"], notdef_outline=True,
        glyph_names=False, drop_tables=[*subset.Options().drop_tables, "DSIG", "vhea", "vmtx", "VORG"],
    )  # fmt: skip
    if font.face:
        options.layout_features = ["ccmp", "kern", "liga", "mark", "mkmk"]
        options.name_languages = [0x409]
    opened = subset.load_font(source, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[code for code in opened.getBestCmap() if font.keep(code)])
    subsetter.subset(opened)
    made = HERE / source.name.replace("CJK-Regular.ttc", "CJKsc-Regular.otf")
    subset.save_font(opened, made, options)
    return made


def drawable(code: int) -> bool:
    """Whether it is a character with a meaning: no control, no private use, nothing unassigned."""
    return unicodedata.category(chr(code)) not in {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}


def ranges(codes: Iterable[int]) -> str:
    """`20-7E A0-17F`: code points in hexadecimal, runs of neighbours as first and last."""
    runs: list[list[int]] = []
    for code in sorted(codes):
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return " ".join(f"{first:X}-{last:X}" if last > first else f"{first:X}" for first, last in runs)


def license_of(package: str, statement: Path) -> None:
    """Keep who holds the rights, and the licence under which the fonts are shipped, as the package states them."""
    text = statement.read_text(encoding="utf-8")
    holders = re.search(r"^Files: ?\*\n(Copyright:.*?)^License", text, re.MULTILINE | re.DOTALL)
    terms = re.search(r"^License: (?:OFL|SIL)-1\.1\n( .*?)(?:^\S|\Z)", text, re.MULTILINE | re.DOTALL)
    if not holders or not terms:
        raise SystemExit(f"{statement}: the copyright or the licence is not where it was expected")
    words = re.sub(r"^ \.?", "", terms[1], flags=re.MULTILINE)
    notice = f"{package}\n\n{holders[1]}\nSIL Open Font License, version 1.1\n\n{words}"
    (HERE / f"OFL-{package}.txt").write_text(notice.rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
