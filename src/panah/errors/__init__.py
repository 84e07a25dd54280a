"""One family of errors. Each is defined beside what raises it; its docstring is the sentence that people read."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import ClassVar

__all__ = ["Failure", "PanahError"]


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
        self.sentence = self.template().format(**{name: one_line(fact) for name, fact in facts.items()})
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
