"""Invented passages out of real sentences, as many as somebody asks for."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator, Sequence

from measuring import SHARED


class Passages:
    """Invented passages out of real sentences: the same number gives the same text."""

    def __init__(self) -> None:
        with gzip.open(SHARED / "scale" / "us_state_hr_2016_2024.jsonl.gz", "rt", encoding="utf-8") as lines:
            reports = [json.loads(line)["text"] for line in lines]
        self._paragraphs = [part for report in reports for part in report.split("\n") if 150 < len(part) < 1_200]

    def __getitem__(self, number: int) -> str:
        dice = random.Random(number)
        words = dice.choice(self._paragraphs).split()
        for _ in range(3):
            words.insert(dice.randrange(len(words) + 1), f"word{int(dice.paretovariate(0.6)) % 100_000}")
        return " ".join(words)

    def texts(self, _kind: str, numbers: Sequence[int]) -> Iterator[tuple[int, str]]:
        return ((number, self[number]) for number in numbers)
