"""Which passages of ../shared/data/coi are marked: chosen by digests of where they stand, so that anybody chooses the same.

A third at least is taken blindly, the others from paragraphs in which something usually stands beside a name. `bench/marking.py`
prints each with its words, to mark by; what is marked is written into `tests/names/marks.json` by hand: the places alone.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from support.marked import COI

TAGS = {"en": {"en"}, "de": {"de"}, "zh": {"zh", "zh-Hans", "zh-Hant"}}
SIZES = {"en": (120, 600), "de": (120, 600), "zh": (40, 260)}
"""Characters of a paragraph that is chosen."""
MOST_OF_A_DOCUMENT = {"zh": 7}
"""So many paragraphs of one document where something stands beside a name, if not two: few Chinese documents name anybody."""
ROUNDS = {"": {"en": 70, "de": 60, "zh": 70}, " later": {"en": 30, "de": 24, "zh": 16}}
BESIDE = {
    "en": re.compile(
        r"\b(?:Mr\.|Mrs\.|Ms\.|Dr\.|[Pp]rofessor|[Pp]resident|[Pp]rime minister|Minister|Senator|Judge|Justice|[Aa]ctivists?"
        r"|[Ll]awyers?|[Jj]ournalists?|[Ll]eaders?|[Ww]riter|[Bb]logger|[Cc]hairman|[Ss]cholar|[Pp]oet|[Ss]inger|[Ee]ditor"
        r"|[Rr]eporter|[Pp]astor|[Mm]onk|sentenced|arrested|detained|released|convicted)"
        r" (?!Min|Pres|Sec|Gen|Cou|For|Committee|Of)[A-Z][a-z]"
    ),
    "de": re.compile(
        r"\b(?:Herrn?|Frau|Dr\.|Kolleg\w+|Abg\.|Präsident(?:en)?|Minister|Professor)"
        r" (?!Präs|Koll|Kanz|Min|Bund|Staats|Abg|Vize)[A-ZÄÖÜ][a-zäöü]+"
        r"|[a-z]+ \[(?:SPD|AfD|FDP|CDU|DIE|B)|[A-Z][a-z]+ [A-Z][a-z]+(?:ow|ew|ski|in|jew)\b"
    ),
    "zh": re.compile(
        r"(?<!党)同志(?!们)|(?<![会會国國区])主席(?![团團])|[总總][统統理](?!府)|首相|先生|女士|夫人|毛泽东(?!思想)"
        r"|马克思(?!主义|列宁主义)|“[^”]{1,4}”(?:反党)?集团"
    ),
}


class Paragraph(NamedTuple):
    """Where it stands, and its words."""

    file: str
    start: int
    end: int
    words: str


def paragraphs(language: str) -> Iterator[Paragraph]:
    """Those of a fitting size of all documents in a language."""
    least, most = SIZES[language]
    for line in (COI / "manifest.jsonl").read_text().splitlines():
        row = json.loads(line)
        if row["language"] in TAGS[language]:
            raw = (COI / row["file"]).read_bytes().decode()
            for found in re.finditer(r"[^\n]+", raw):
                if least <= len(found[0]) <= most:
                    yield Paragraph(row["file"], found.start(), found.end(), found[0])


def chosen(language: str) -> Iterator[tuple[str, Paragraph]]:
    """How each was chosen, and where it stands."""
    every = list(paragraphs(language))
    taken: set[tuple[str, int]] = set()
    for later, numbers in ROUNDS.items():
        blindly = -(-numbers[language] * 36 // 100)
        counts: dict[str, int] = {}
        beside = [each for each in every if BESIDE[language].search(each.words)]
        for how, some, number, most in (
            ("blind", every, blindly, 2),
            ("holding", beside, numbers[language] - blindly, MOST_OF_A_DOCUMENT.get(language, 2)),
        ):
            for each in _first(_shuffled(some, how + later, language), number, most, taken, counts):
                yield how, each


def _shuffled(some: Iterable[Paragraph], *key: str) -> list[Paragraph]:
    return sorted(
        some, key=lambda each: hashlib.sha256("|".join([*key, each.file, str(each.start)]).encode()).hexdigest()
    )


def _first(
    some: list[Paragraph], number: int, most: int, taken: set[tuple[str, int]], counts: dict[str, int]
) -> Iterator[Paragraph]:
    left = number
    for each in some:
        if left and (each.file, each.start) not in taken and counts.get(each.file, 0) < most:
            taken.add((each.file, each.start))
            counts[each.file] = counts.get(each.file, 0) + 1
            left -= 1
            yield each


if __name__ == "__main__":
    for tongue in TAGS:
        for way, paragraph in chosen(tongue):
            print(f"{tongue} {way} {paragraph.file} {paragraph.start} {paragraph.words}")
