"""What is known of words that were met before: texts repeat their words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Learned = TypeVar("Learned")

MOST_KNOWN = 100_000
"""So many words are known by heart; then they are forgotten, all of them."""


class Remembered(dict[str, Learned]):
    """What `learn` says of each word that was asked for."""

    def __init__(self, learn: Callable[[str], Learned]) -> None:
        self._learn = learn

    def __missing__(self, word: str) -> Learned:
        if len(self) >= MOST_KNOWN:
            self.clear()
        self[word] = learned = self._learn(word)
        return learned
