"""How quickly citations are recognised, in megabytes of text a second of a core: briefs put together of sentences that cite.

Sentences of the table of the tests stand between sentences of ../shared/data/coi, one in five; and texts that nobody wrote,
each of one kind of sign: `python bench/citations.py`.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import yaml
from measuring import SHARED, Figure

from panah.law.citations import recognise

TABLE = Path(__file__).resolve().parents[1] / "tests" / "law" / "citations" / "real_forms.yaml"
SIZE = 1 << 20
MOST, MOST_HOSTILE = 1.0, 4.0
"""Seconds a megabyte."""
HOSTILE = (
    "no. 1/1 and ",
    "Article 1(1), ",
    "ECLI:EU:",
    "A/HRC/",
    "1 kap. ",
    "§ 1, ",
    "VG Aa Aa Aa ",
    "[2020] UKUT ",
    "(" * 8,
    "9" * 8,
    "a. ",
)


def main() -> None:
    """Print a figure for each."""
    brief = "\n".join(sentences())[:SIZE]
    print(figure("a brief", brief, MOST))
    for words in HOSTILE:
        print(figure(f"nothing but “{words.strip()}”", words * (SIZE // 4 // len(words)), MOST_HOSTILE))


def sentences() -> Iterator[str]:
    """A megabyte of them: the same each time."""
    dice = random.Random(1)
    citing = [row["words"] for row in yaml.safe_load(TABLE.read_text())["citations"]]
    plain = [
        line
        for path in sorted((SHARED / "coi").glob("*.txt"))[:60]
        for line in path.read_text(errors="replace").split("\n")
        if 80 < len(line) < 600
    ]
    size = 0
    while size < SIZE:
        line = dice.choice(citing if dice.random() < 0.2 else plain)
        size += len(line) + 1
        yield line


def figure(what: str, raw: str, most: float) -> Figure:
    """How long a megabyte of it takes."""
    recognise(raw[:1000])
    begun = time.process_time()
    found = recognise(raw)
    taken = time.process_time() - begun
    size = len(raw.encode()) / 1e6
    return Figure(f"{what}: {len(found)} citations, processor time", taken / size, most, "s/MB", 1)


if __name__ == "__main__":
    sys.exit(main())
