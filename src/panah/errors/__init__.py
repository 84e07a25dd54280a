"""One family of errors. Each is defined beside what raises it; its docstring is the sentence that people read."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import ClassVar, Self

__all__ = [
    "REASONS",
    "Failure",
    "PanahError",
    "Parts",
    "Phrase",
    "one_line",
    "phrase_of",
    "put_together",
    "said_in",
    "taken_apart",
]

Parts = Sequence[object]
"""A phrase taken apart, as JSON can hold it: its words, and its facts by name, each a text or again `Parts`."""
REASONS = ("reason", "how")
"""The facts of an error that are words of Panah's own, and not a name or a number."""
_NAME = re.compile(r"\{(\w+)\}(\.?)")
_DEEPEST, _LONGEST = 4, 1_000


class Phrase(str):
    """English words that still know from which words and facts they were made, so that they can be said in another language."""

    words: str
    facts: Mapping[str, str]

    def __new__(cls, words: str, /, **facts: object) -> Self:
        """`words` with `{names}` filled in from `facts`, each on one line; a fact may be a phrase itself.

        A fact that ends with a full stop loses it where another follows. Raises `KeyError` where a fact is missing.
        """
        named = {name: facts[name] for name, _ in _NAME.findall(words)}
        told = {name: fact if isinstance(fact, Phrase) else one_line(fact) for name, fact in named.items()}
        phrase = super().__new__(cls, _filled(words, told))
        phrase.words, phrase.facts = words, told
        return phrase

    @property
    def parts(self) -> Parts:
        """It taken apart."""
        told = {name: fact.parts if isinstance(fact, Phrase) else fact for name, fact in self.facts.items()}
        return [self.words, told]


def taken_apart(said: str) -> Parts:
    """A sentence taken apart; empty where it does not know its parts."""
    return said.parts if isinstance(said, Phrase) else []


def put_together(said: str, parts: object) -> str:
    """A sentence that knows its parts; `said` as it is where these are not its parts."""
    phrase = phrase_of(parts)
    return said if phrase is None or phrase != said else phrase


def said_in(said: str, parts: object, translated: Callable[[str], str]) -> str:
    """A sentence in the language of `translated`; `said` as it is where it does not know its parts, or has no translation."""
    phrase = put_together(said, parts)
    return _translated(phrase, translated) if isinstance(phrase, Phrase) else said


def _translated(phrase: Phrase, translated: Callable[[str], str]) -> str:
    told = {name: _fact(name, fact, translated) for name, fact in phrase.facts.items()}
    return _filled(translated(phrase.words), told)


def _fact(name: str, fact: str, translated: Callable[[str], str]) -> str:
    if isinstance(fact, Phrase):
        return _translated(fact, translated)
    return translated(fact) if fact and name in REASONS else fact


def phrase_of(parts: object, deepest: int = _DEEPEST) -> Phrase | None:
    """A phrase put together from its parts, phrases in phrases down to `deepest`; None where these are no parts."""
    match parts:
        case [str(words), dict(facts)] if 0 < len(words) <= _LONGEST and deepest:
            told = {
                name: fact if isinstance(fact, str) else phrase_of(fact, deepest - 1) for name, fact in facts.items()
            }
            if None not in told.values() and told.keys() == {name for name, _ in _NAME.findall(words)}:
                return Phrase(words, **told)
    return None


def _filled(words: str, facts: Mapping[str, str]) -> str:
    """Not `str.format`: what is filled in here may have been made up by a document."""
    return _NAME.sub(lambda name: facts[name[1]].removesuffix(name[2]) + name[2], words)


class PanahError(Exception):
    """Something could not be done.

    A subclass says what in one sentence: the first paragraph of its docstring, with `{names}` filled in from the
    keyword arguments. Its `code` is its own name in kebab case (`WordsDiffer` is `words-differ`) and is stable:
    the handbook lists it (`docs/reference/errors.md`).
    """

    code: ClassVar[str] = "panah-error"
    status: ClassVar[int] = 400
    """The HTTP status with which the workbench answers."""

    def __init_subclass__(cls) -> None:
        cls.code = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", cls.__name__).lower()

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        self.sentence = Phrase(self.template(), **facts)
        super().__init__(f"{self.code}: {self.sentence}")

    @classmethod
    def template(cls) -> str:
        """The public sentence, its names not yet filled in."""
        return " ".join(inspect.cleandoc(cls.__doc__ or "").split("\n\n", 1)[0].split())

    @classmethod
    def family(cls) -> Iterator[type[PanahError]]:
        """Every kind of error that the loaded packages define, for the handbook."""
        for kind in cls.__subclasses__():
            yield kind
            yield from kind.family()


class Failure:
    """Falsy, and says why: what a check returns instead of `False`."""

    def __init__(self, reason: str) -> None:
        self.reason = reason

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return f"Failure({self.reason!r})"


def one_line(fact: object) -> str:
    """`fact` as text that cannot break out of its line: control and direction characters are shown as escapes."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode() for character in str(fact)
    )
