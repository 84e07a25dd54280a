"""`make names`: what Mandarin syllables and characters stand for in transcribed names, learned from pairs of spellings.

    python tools/learn_names.py            writes tables/learned-signs.txt and tables/learned-spellings.txt
    python tools/learn_names.py --check    exits with 1 if the table is not what the pairs of ../shared/data/names give

Expectation and maximisation over all ways to cut a spelling into chunks of sounds, one for each character. What the hand-written
rules of `tables/pinyin.yaml` say counts as some pairs that were seen already; what a syllable stands for counts so for each
of its characters. The pairs are no part of the repository, what was learned is: costs of chunks of letters, and no name.
"""

from __future__ import annotations

import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, product
from pathlib import Path
from typing import NamedTuple

from making import made

from panah.names.parting import parts
from panah.names.reading import Kind
from panah.names.reading import readings as readings_of
from panah.names.sounds import AMBIGUOUS, meant, sounds_of
from panah.names.syllables import ELSEWHERE, LONGEST_CHUNK, by_rule, readings
from panah.names.tables import NOTHING
from panah.text.folding import simplified

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "src" / "panah" / "names" / "tables" / "learned-signs.txt"
SPELLINGS = TABLE.with_name("learned-spellings.txt")
PAIRS = ROOT.parent / "shared" / "data" / "names" / "dev.tsv"

TIMES = 8
RULES_COUNT = 8.0
SYLLABLE_COUNTS = 3.0
SHARPNESS = 1.6
SOUND_ALONE = 0.002
UNSEEN = 1e-4
FAR_FETCHED = 0.01
"""Below this chance for each character a pair is no transcription: 橋本 is read Hashimoto."""
DEAREST = 5.0
OFTEN = 1.0
LEAST_SHARE = 1e-4
MOST_CHARACTERS = 4
MOST_WAYS = 6

Arc = tuple[int, int, int]
"""Which character, and where the chunk of sounds for which it stands begins and ends."""

Cut = tuple[float, list[tuple[str, str, float]]]
"""A chance, and characters with their chunks and chances."""

Counts = dict[str, dict[str, float]]


class Pair(NamedTuple):
    """Characters, the sounds that they stand for in each way in which the letters may be read, and how much the pair counts."""

    characters: tuple[str, ...]
    sounds: tuple[str, ...]
    weight: float


class Row(NamedTuple):
    """A line of the file of pairs."""

    name: str
    script: str
    form: str


def rows(path: Path) -> list[Row]:
    """What is learned from."""
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    return [Row(*line.split("\t")[:3]) for line in lines]


WEIGHTS = {"ug-Latn": 1.0, "Latn(informal)": 0.25, "kk-Cyrl": 0.7, "ky-Cyrl": 0.7, "Latn(Arabic": 0.5}
"""How much a pair counts, by the script of the spelling in letters. Chosen by val.tsv."""

NOT_LEARNED_FROM = ("plc", "apu")
"""Places, half of which are no transcriptions; and what is under a licence that forbids it."""

FROM_ELSEWHERE = "wd"


def pairs(found: Iterable[Row], *, elsewhere: bool) -> Iterator[Pair]:
    """Every Chinese spelling of a name with every other spelling of it, part by part: of Xinjiang, or of elsewhere."""
    by_name: dict[str, list[Row]] = defaultdict(list)
    for row in found:
        by_name[row.name].append(row)
    for name, spellings in by_name.items():
        if name.startswith(NOT_LEARNED_FROM) or name.startswith(FROM_ELSEWHERE) != elsewhere:
            continue
        chinese = dict.fromkeys(row.form for row in spellings if row.script.startswith(("zh-Hans", "Hani")))
        for other in spellings:
            weight = 1 / len(spellings) if elsewhere and other.script == "Latn" else _weight(other, elsewhere=elsewhere)
            yield from (pair._replace(weight=weight) for form in chinese if weight for pair in _aligned(form, other))


def _weight(row: Row, *, elsewhere: bool) -> float:
    return 0.0 if elsewhere else next((w for script, w in WEIGHTS.items() if row.script.startswith(script)), 0.0)


def _aligned(form: str, other: Row) -> Iterator[Pair]:
    left, right = parts(form), parts(other.form)
    if len(left) != len(right):
        return
    for characters, letters in zip(left, right, strict=True):
        read = [each for each in readings_of(letters) if each.kind == Kind.SOUNDS]
        plain = tuple(simplified().get(each, each) for each in characters)
        if read and all(each in readings() for each in plain):
            yield Pair(plain, _said(sounds_of(read[0].units), other.script), 1.0)


def _said(sounds: str, script: str) -> tuple[str, ...]:
    """Each way to say them: Uyghur Latin has one, other Latin may mean several sounds with x, q and c."""
    choices = [list(meant(each)) if each in AMBIGUOUS else [each] for each in sounds]
    return tuple("".join(way) for way in islice(product(*choices), 1 if script.startswith("ug-Latn") else MOST_WAYS))


def chances(options: dict[str, float]) -> dict[str, float]:
    """Costs as chances."""
    found = {chunk: math.exp(-SHARPNESS * cost) for chunk, cost in options.items()}
    total = sum(found.values())
    return {chunk: chance / total for chunk, chance in found.items()}


class Learner:
    """What was counted so far."""

    def __init__(self) -> None:
        self.rules = {s: chances(dict(by_rule(s))) for each in readings().values() for s in each}
        self.syllables: Counts = {}
        self.characters: Counts = {}

    def chance(self, character: str, chunk: str) -> float:
        """That the character stands for the chunk."""
        own = self.characters.get(character, {})
        behind = self.of_syllable(readings()[character][0], chunk)
        return (own.get(chunk, 0.0) + SYLLABLE_COUNTS * behind) / (sum(own.values()) + SYLLABLE_COUNTS)

    def of_syllable(self, syllable: str, chunk: str) -> float:
        """That any character of the syllable does."""
        own, rule = self.syllables.get(syllable, {}), self.rules[syllable].get(chunk, UNSEEN)
        return (own.get(chunk, 0.0) + RULES_COUNT * rule) / (sum(own.values()) + RULES_COUNT)

    def counted(self, found: Sequence[Pair]) -> None:
        """One more time over all pairs."""
        syllables: Counts = defaultdict(lambda: defaultdict(float))
        characters: Counts = defaultdict(lambda: defaultdict(float))
        cache: dict[tuple[str, str], float] = {}
        for pair in found:
            for character, chunk, share in self._shares(pair, cache):
                characters[character][chunk] += share * pair.weight
                syllables[readings()[character][0]][chunk] += share * pair.weight
        self.syllables, self.characters = dict(syllables), dict(characters)

    def _shares(self, pair: Pair, cache: dict[tuple[str, str], float]) -> Iterator[tuple[str, str, float]]:
        """How much each chunk of each character has in all the ways to say and to cut the pair."""
        ways = [self._cut(pair.characters, sounds, cache) for sounds in pair.sounds]
        total = sum(chance for chance, _ in ways)
        if total <= FAR_FETCHED ** len(pair.characters):
            return
        for character, chunk, chance in (each for _, found in ways for each in found):
            if chance > LEAST_SHARE * total:
                yield character, chunk, chance / total

    def _cut(self, characters: Sequence[str], sounds: str, cache: dict[tuple[str, str], float]) -> Cut:
        """The chance of all ways to cut the sounds, and of those with each chunk for each character."""
        arcs = list(_arcs(len(characters), len(sounds)))
        keys = [(characters[place], sounds[start:end]) for place, start, end in arcs]
        for key in keys:
            if key not in cache:
                cache[key] = self.chance(*key)
        weights = [cache[key] for key in keys]
        forward, backward = (sums(len(characters), len(sounds) + 1, arcs, weights) for sums in (_sums, _sums_back))
        chances = zip(arcs, weights, keys, strict=True)
        return forward[-1][-1], [
            (*key, forward[place][start] * weight * backward[place + 1][end])
            for (place, start, end), weight, key in chances
        ]


def _arcs(characters: int, sounds: int) -> Iterator[Arc]:
    for place in range(characters):
        for start in range(sounds + 1):
            for end in range(start, min(sounds, start + LONGEST_CHUNK) + 1):
                yield place, start, end


def _sums(characters: int, size: int, arcs: Sequence[Arc], weights: Sequence[float]) -> list[list[float]]:
    table = [[0.0] * size for _ in range(characters + 1)]
    table[0][0] = 1.0
    at = 0
    for place in range(characters + 1):
        row = table[place]
        for column in range(1, size):
            row[column] += row[column - 1] * SOUND_ALONE
        while at < len(arcs) and arcs[at][0] == place:
            _, start, end = arcs[at]
            table[place + 1][end] += row[start] * weights[at]
            at += 1
    return table


def _sums_back(characters: int, size: int, arcs: Sequence[Arc], weights: Sequence[float]) -> list[list[float]]:
    table = [[0.0] * size for _ in range(characters + 1)]
    table[-1][-1] = 1.0
    at = len(arcs) - 1
    for place in range(characters, -1, -1):
        row = table[place]
        while at >= 0 and arcs[at][0] == place:
            _, start, end = arcs[at]
            row[start] += table[place + 1][end] * weights[at]
            at -= 1
        for column in range(size - 2, -1, -1):
            row[column] += row[column + 1] * SOUND_ALONE
    return table


def table(learner: Learner, style: str = "") -> str:
    """A line for every syllable and character that was seen: its chunks and their costs, the least first."""
    lines = []
    for sign, counts in [*sorted(learner.syllables.items()), *sorted(learner.characters.items())]:
        chance = learner.of_syllable if sign in learner.rules else learner.chance
        behind = learner.rules[sign if sign in learner.rules else readings()[sign][0]]
        also = learner.syllables.get(readings()[sign][0], {}) if sign not in learner.rules else {}
        found = {chunk: chance(sign, chunk) for chunk in {*counts, *behind, *also}}
        least = max(found.values())
        costs = {chunk: -math.log(each / least) for chunk, each in found.items()}
        entries = sorted((cost, chunk) for chunk, cost in costs.items() if cost <= DEAREST)
        lines.append(" ".join([style + sign, *(f"{chunk or NOTHING}:{cost:.2f}" for cost, chunk in entries)]))
    return "\n".join(lines) + "\n"


def spelling_table(learner: Learner, style: str = "") -> str:
    """A line for every chunk of sounds: the characters that are written for it, and how seldom each is written so."""
    counts = [
        (chunk, sign, n) for sign, own in learner.characters.items() for chunk, n in own.items() if n >= OFTEN and chunk
    ]
    total = sum(n for _, _, n in counts)
    by_chunk: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for chunk, sign, n in counts:
        by_chunk[chunk].append((-math.log(n / total), sign))
    lines = (
        " ".join([style + chunk, *(f"{sign}:{cost:.2f}" for cost, sign in sorted(found)[:MOST_CHARACTERS])])
        for chunk, found in sorted(by_chunk.items())
    )
    return "\n".join(lines) + "\n"


def learned(found: Sequence[Pair]) -> Learner:
    """From these pairs."""
    learner = Learner()
    for _ in range(TIMES):
        learner.counted(found)
    return learner


def main() -> int:
    """Write them, or compare what is there with them."""
    found = rows(PAIRS)
    here, elsewhere = (learned(list(pairs(found, elsewhere=elsewhere))) for elsewhere in (False, True))
    signs = table(here) + table(elsewhere, ELSEWHERE)
    spellings = spelling_table(here) + spelling_table(elsewhere, ELSEWHERE)
    about = "Learn what Mandarin syllables stand for in names."
    return made(TABLE, signs.encode(), about) or made(SPELLINGS, spellings.encode(), about)


if __name__ == "__main__":
    sys.exit(main())
