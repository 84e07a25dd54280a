"""How well names are found across scripts, beside three others in the same program, and how quickly: `make bench-names`.

On the pairs of ../shared/data/names. `val.tsv` was chosen by; `dev.tsv` was learned from, and what is measured on it says so.
`bench/names.py QUESTIONS` asks of the slowest a quarter of so many (60 if nothing is said); `bench/names.py speed` measures
speed and size alone, and needs nothing of the group `bench`.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from measuring import SHARED, Figure

from panah import names
from panah.names import Grade, NameEmpty
from panah.names.reading import readings
from panah.names.tables import table

FOLDER = SHARED / "names"
LEAST_PAIRS, LEAST_BUILT = 100_000, 20_000
A_MILLION, TEN_MILLION, MEMORY = 50, 150, 60
SLOW = {"nomenklatura logic-v2"}

Ranker = Callable[[str, Sequence[str]], list[str]]


class Row(NamedTuple):
    name: str
    script: str
    form: str


class Task(NamedTuple):
    """Spellings of one kind, each to be found among spellings of another."""

    what: str
    rows: list[Row]
    prefix: str
    asked: str
    sought: str
    pool: list[str]


def rows(file: str) -> list[Row]:
    lines = (FOLDER / file).read_text(encoding="utf-8").splitlines()[1:]
    return [Row(*line.split("\t")[:3]) for line in lines]


def forms(found: Iterable[Row], script: str, prefix: str = "") -> list[str]:
    """One-part spellings, in an order that says nothing; of those that differ by capitals one."""
    own = {
        r.form.casefold(): r.form
        for r in found
        if r.script.startswith(script) and r.name.startswith(prefix) and " " not in r.form
    }
    return random.Random(5).sample(sorted(own.values()), len(own))


def shuffled(*lists: list[str]) -> list[str]:
    own = {form.casefold(): form for each in lists for form in each}
    return random.Random(6).sample(sorted(own.values()), len(own))


def tasks() -> list[Task]:
    dev, val = rows("dev.tsv"), rows("val.tsv")
    both = dev + val
    latin = shuffled(forms(both, "ug-Latn", "ugn"), forms(both, "ug-Latn", "apu"), forms(both, "Latn", "wd"))
    han = shuffled(forms(both, "zh-Hans"), forms(both, "Hani"))
    cyrillic = shuffled(forms(both, "kk-Cyrl"), forms(both, "ky-Cyrl"), forms(both, "ug-Cyrl"), forms(both, "Cyrl"))
    arabic = shuffled(forms(both, "ug-Arab"), forms(both, "Arab"))
    press = shuffled(forms(both, "Latn", "wd"), forms(both, "Latn(inf"))
    return [
        Task("val: Chinese → Uyghur Latin", val, "ugn", "zh-Hans", "ug-Latn", latin),
        Task("val: pinyin → Uyghur Latin", val, "ugn", "zh-Latn", "ug-Latn", latin),
        Task("val: press Latin → Uyghur Latin", val, "ugn", "Latn(inf", "ug-Latn", latin),
        Task("val: press Latin → Chinese", val, "ugn", "Latn(inf", "zh-Hans", han),
        Task("val: Uyghur Latin → Chinese", val, "ugn", "ug-Latn", "zh-Hans", han),
        Task("val: Uyghur Arabic → Uyghur Latin", val, "ugn", "ug-Arab", "ug-Latn", latin),
        Task("val: Uyghur Cyrillic → Uyghur Latin", val, "ugn", "ug-Cyrl", "ug-Latn", latin),
        Task("val: Uyghur Latin → Uyghur Arabic", val, "ugn", "ug-Latn", "ug-Arab", arabic),
        Task("dev: Chinese → Kazakh Cyrillic", dev, "kkn", "zh-Hans", "kk-Cyrl", cyrillic),
        Task("dev: Chinese → Kyrgyz Cyrillic", dev, "kyn", "zh-Hans", "ky-Cyrl", cyrillic),
        Task("dev: Latin → Kazakh Cyrillic", dev, "kkn", "Latn", "kk-Cyrl", cyrillic),
        Task("dev: Xinhua and Taiwan Chinese → Latin", dev, "wd", "Hani", "Latn", press),
        Task("dev: Russian Cyrillic → Latin", dev, "wd", "Cyrl", "Latn", press),
        Task("dev: Arabic → Latin", dev, "wd", "Arab", "Latn", press),
    ]


@cache
def classes(form: str) -> frozenset[tuple[int, ...]]:
    """The classes of `names/tables/kinds.yaml` of whose forms a spelling is one: equal forms of one name count as one."""
    heads = {next(iter(readings(name))).units for name in table("kinds.yaml").named()}
    return frozenset(reading.units for part in names.parts_if_any(form) for reading in readings(part)) & heads


def questions(task: Task, most: int) -> list[tuple[str, set[str]]]:
    """What is asked, and what would be right: spellings of that name, and of forms that count as equal."""
    by_name: dict[str, list[Row]] = defaultdict(list)
    for row in task.rows:
        if row.name.startswith(task.prefix):
            by_name[row.name].append(row)
    pool = {form.casefold() for form in task.pool}
    found = []
    for own in by_name.values():
        right = {row.form.casefold() for row in own if row.script.startswith(task.sought)} & pool
        asked = dict.fromkeys(row.form for row in own if row.script.startswith(task.asked))
        equal = frozenset().union(*map(classes, right))
        right |= {form for form in pool if not equal.isdisjoint(classes(form))}
        found += [(form, right) for form in asked if right]
    return random.Random(7).sample(found, min(most, len(found)))


def panah(asked: str, pool: Sequence[str]) -> list[str]:
    try:
        return [each.name for each in names.rank(asked, pool)]
    except NameEmpty:
        return []


def latin_of(form: str) -> str:
    """Han by its pinyin, other scripts as ICU romanises them."""
    from normality import latinize_text
    from pypinyin import lazy_pinyin

    return (latinize_text("".join(lazy_pinyin(form))) or "").casefold()


def by(scorer: Callable[[str, str], float]) -> Ranker:
    from rapidfuzz import process

    def ranked(asked: str, pool: Sequence[str]) -> list[str]:
        spelled = _romanised(tuple(pool))
        best = process.extract(latin_of(asked), spelled, scorer=scorer, limit=50, processor=None)
        return [pool[place] for _, _, place in best]

    return ranked


_SPELLED: dict[tuple[str, ...], list[str]] = {}


def _romanised(pool: tuple[str, ...]) -> list[str]:
    if pool not in _SPELLED:
        _SPELLED[pool] = [latin_of(form) for form in pool]
    return _SPELLED[pool]


def logic_v2() -> Ranker:
    """nomenklatura's matcher, by the entities that it compares."""
    from followthemoney import model
    from nomenklatura.matching.logic_v2.model import LogicV2

    config = LogicV2.default_config()

    def entity(form: str) -> object:
        return model.get_proxy({"id": form, "schema": "Person", "properties": {"name": [form]}})

    def ranked(asked: str, pool: Sequence[str]) -> list[str]:
        query = entity(asked)
        scored = [(LogicV2.compare(query, entity(form), config).score, form) for form in pool]
        return [form for score, form in sorted(scored, key=lambda each: -each[0]) if score > 0]

    return ranked


def recalls(task: Task, ranker: Ranker, most: int) -> tuple[int, list[float]]:
    """How many were asked, and how often a right one is first, among five, among ten."""
    asked = questions(task, most)
    places = []
    for form, right in asked:
        found = [each.casefold() for each in ranker(form, task.pool)[:10]]
        places.append(next((place for place, each in enumerate(found) if each in right), 99))
    return len(asked), [sum(place < size for place in places) / len(places) for size in (1, 5, 10)]


def shown(task: Task, most: int) -> tuple[float, float, float]:
    """By the words: how often the right one is shown, how many are, and how often one is where the right one is absent.

    Shown is what is the same spelling or regular. Absent: without all spellings that are regular for the right one.
    """
    right_shown, counts, wrongly = [], [], []
    for form, right in questions(task, most):
        above = {
            each.name.casefold()
            for each in names.rank(form, task.pool)
            if each.grade in {Grade.SAME_SPELLING, Grade.REGULAR}
        }
        alike = {
            each.name.casefold()
            for own in right
            for each in names.rank(own, task.pool)
            if each.grade in {Grade.SAME_SPELLING, Grade.REGULAR}
        }
        right_shown.append(bool(above & right))
        counts.append(len(above))
        wrongly.append(bool(above - right - alike))
    return statistics.mean(right_shown), statistics.mean(counts), statistics.mean(wrongly)


def compared(most: int) -> None:
    from rapidfuzz.distance import JaroWinkler, Levenshtein

    rankers: dict[str, Ranker] = {
        "panah": panah,
        "pinyin + Jaro-Winkler": by(JaroWinkler.similarity),
        "pinyin + Levenshtein": by(Levenshtein.normalized_similarity),
    }
    try:
        rankers["nomenklatura logic-v2"] = logic_v2()
    except ImportError as error:
        print(f"nomenklatura was not measured: {error}")
    for task in tasks():
        print(f"\n{task.what}, among {len(task.pool)}")
        for name, ranker in rankers.items():
            asked, found = recalls(task, ranker, most // 4 if name in SLOW else 250)
            print(
                f"  {name:24}{asked:5}  "
                + "  ".join(f"R@{size} {share:.3f}" for size, share in zip((1, 5, 10), found, strict=True)),
                flush=True,
            )
        right, count, wrong = shown(task, 150)
        print(
            f"  shown as regular: the right one {right:.3f}, {count:.2f} in all; where the right one is absent: {wrong:.3f}",
            flush=True,
        )


def pairs() -> Figure:
    """Pairs a second, one core: a Chinese spelling beside Latin ones."""
    task = tasks()[0]
    names.rank("阿卜杜热依木", task.pool)
    taken = []
    for _ in range(9):
        begun = time.process_time()
        names.rank("阿卜杜热依木", task.pool)
        taken.append(time.process_time() - begun)
    return Figure(
        "microseconds a pair of spellings, processor time",
        min(taken) / len(task.pool) * 1e6,
        1e6 / LEAST_PAIRS,
        "µs",
        9,
        "quickest",
    )


def on_a_roll(size: int, bar: float) -> list[Figure]:
    """Names of two parts, drawn from all spellings in Latin; then val's names by their Chinese spellings, straight and turned."""
    val = [row for row in rows("val.tsv") if row.name.startswith("ugn")]
    words = [found[0] for form in tasks()[0].pool if len(found := names.parts(form)) == 1]
    drawn = random.Random(8)
    roll = names.Roll()
    begun = time.process_time()
    roll.add((words[int(drawn.random() * len(words))], words[int(drawn.random() * len(words))]) for _ in range(size))
    roll.find(["adil"])
    built = size / (time.process_time() - begun)
    latin = {row.name: names.parts(row.form)[0] for row in val if row.script.startswith("ug-Latn")}
    chinese = defaultdict(list)
    for row in val:
        if row.script == "zh-Hans":
            chinese[row.name].append(row.form)
    people = [tuple(drawn.sample(sorted(latin), 2)) for _ in range(100)]
    roll.add([latin[given], latin[father]] for given, father in people)
    roll.find(["adil"])
    taken, straight, turned = [], [], []
    for place, (given, father) in enumerate(people):
        asked = drawn.choice(chinese[given]), drawn.choice(chinese[father])
        begun = time.process_time()
        hits = roll.find(asked)
        taken.append((time.process_time() - begun) * 1e3)
        straight.append(_place(roll, hits, size + place))
        turned.append(_place(roll, roll.find(asked[::-1]), size + place))
    print(
        f"\nfull names in Chinese among {size:,} in Latin (val): "
        + " ".join(f"R@{most} {sum(p < most for p in straight) / 100:.2f}" for most in (1, 5, 10))
    )
    print(
        "  the parts turned: " + " ".join(f"R@{most} {sum(p < most for p in turned) / 100:.2f}" for most in (1, 5, 10)),
        flush=True,
    )
    return [
        Figure(
            f"one name against {size:,} mentions, p95, processor time",
            sorted(taken)[94],
            bar,
            "ms",
            100,
            "95th percentile",
        ),
        Figure("microseconds a mention, to build the roll", 1e6 / built, 1e6 / LEAST_BUILT, "µs", 1),
        Figure("memory a mention", roll.memory / len(roll), MEMORY, "bytes", 1),
    ]


def _place(roll: names.Roll, hits: Sequence[names.Hit], sought: int) -> int:
    """Where a mention stands, or one that is spelled like it: names that are the same cannot be told apart."""
    same = roll.parts_of(sought)
    return next((place for place, hit in enumerate(hits) if roll.parts_of(hit.mention) == same), 99)


def main(arguments: Sequence[str]) -> None:
    if not Path(FOLDER).is_dir():
        print(f"there is nothing to measure with: {FOLDER.name} is not beside this repository")
        return
    if "speed" not in arguments:
        compared(int(arguments[0]) if arguments else 60)
    print(pairs(), flush=True)
    for size, bar in ((1_000_000, A_MILLION), (10_000_000, TEN_MILLION)):
        for figure in on_a_roll(size, bar):
            print(figure, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
