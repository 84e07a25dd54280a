"""YAML read strictly: texts, `true` and `false`, lists and mappings, and nothing is guessed.

What is read is known beforehand. A value of another kind, a key too many or too few, the same key twice, a
tag: each is refused with its line. Aliases are not expanded, and deep nesting is not followed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

import yaml
from yaml.composer import ComposerError
from yaml.reader import ReaderError

from panah.errors import PanahError

DEEPEST = 8

Kind = TypeVar("Kind", bound=StrEnum)

_JOINERS = dict.fromkeys([0x200C, 0x200D])
"""Unseen, but part of Persian and other words. Marks of direction are not: they can make a text look like another."""

_TEXT = "tag:yaml.org,2002:str"
_LIST = "tag:yaml.org,2002:seq"
_MAPPING = "tag:yaml.org,2002:map"
_ALIAS = "*"
"""Of what stands for something else: neither a text nor a list nor a mapping, and so refused wherever one is expected."""


class Page:
    """One file: its name, how the values in it are read, and the error that says where it is wrong.

    The sentence of the error has `{file}`, `{where}` and `{reason}`.
    """

    def __init__(self, file: str, broken: type[PanahError]) -> None:
        self.file = file
        self._kind = broken

    def opened(self, source: bytes) -> yaml.Node:
        """The value that the whole file is."""
        text = self._decoded(source)
        try:
            node = yaml.compose(text, Loader=_Loader)
        except ReaderError as error:
            above = text.count("\n", 0, error.position)
            raise self._broken(above, f"it is not YAML ({error.reason})") from error
        except yaml.MarkedYAMLError as error:
            raise self._broken(_above(error.problem_mark), f"it is not YAML ({error.problem})") from error
        except (OverflowError, ValueError) as error:  # PyYAML 6.0.3 lets them out of "\U99999999"
            raise self._broken(0, "an escape names no character") from error
        if node is None:
            raise self._broken(0, "the file is empty")
        return node

    def entries(self, node: yaml.Node, needs: Sequence[str], may: Sequence[str] = ()) -> Mapping[str, yaml.Node]:
        """A mapping that has every key of `needs`, perhaps some of `may`, and no other."""
        found = self.mapping(node, (*needs, *may))
        if missing := [key for key in needs if key not in found]:
            raise self.refused(node, f"“{missing[0]}” is missing")
        return found

    def mapping(self, node: yaml.Node, known: Collection[str] | None = None) -> Mapping[str, yaml.Node]:
        """A mapping whose keys are of those that are known, or of any kind where nobody knows them."""
        if not isinstance(node, yaml.MappingNode) or node.tag != _MAPPING:
            raise self.refused(node, "a mapping is expected")
        found: dict[str, yaml.Node] = {}
        for key_node, value in node.value:
            key = self.text(key_node)
            if known is not None and key not in known:
                raise self.refused(key_node, f"“{key}” is not known here")
            if key in found:
                raise self.refused(key_node, f"“{key}” stands here twice")
            found[key] = value
        return found

    def text(self, node: yaml.Node) -> str:
        """A text that says something, on one line."""
        if words := self.text_or_nothing(node):
            return words
        raise self.refused(node, "a text is expected, and this one is empty")

    def text_or_nothing(self, node: yaml.Node) -> str:
        """A text on one line, which may be empty."""
        if not isinstance(node, yaml.ScalarNode) or node.tag != _TEXT:
            raise self.refused(node, "a text is expected")
        words = " ".join(str(node.value).split())
        if not words.translate(_JOINERS).isprintable():
            raise self.refused(node, "a character of this text cannot be seen")
        return words

    def verbatim(self, node: yaml.Node | None) -> str:
        """A text exactly as it stands, on as many lines as it has; empty where there is none."""
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode) or node.tag != _TEXT:
            raise self.refused(node, "a text is expected")
        words = str(node.value)
        if any("\ud800" <= character <= "\udfff" for character in words):
            raise self.refused(node, "an escape names no character")
        return words

    def number(self, node: yaml.Node) -> int:
        """A whole number, not negative, of at most fifteen digits."""
        digits = self.text(node)
        if not (digits.isascii() and digits.isdecimal() and len(digits) <= 15):
            raise self.refused(node, "a whole number is expected")
        return int(digits)

    def truth(self, node: yaml.Node) -> bool:
        """`true` or `false`, so written."""
        plain = isinstance(node, yaml.ScalarNode) and node.style is None and node.tag == _TEXT
        if plain and node.value in {"true", "false"}:
            return bool(node.value == "true")
        raise self.refused(node, "true or false is expected")

    def one_of(self, node: yaml.Node, kinds: type[Kind]) -> Kind:
        """One of the names of an enumeration."""
        name = self.text(node)
        if name not in {kind.value for kind in kinds}:
            raise self.refused(node, f"“{name}” is none of {', '.join(kinds)}")
        return kinds(name)

    def items(self, node: yaml.Node | None) -> Sequence[yaml.Node]:
        """The values of a list; none where there is no list."""
        if node is None:
            return ()
        if not isinstance(node, yaml.SequenceNode) or node.tag != _LIST:
            raise self.refused(node, "a list is expected")
        return list(node.value)

    def texts(self, node: yaml.Node | None) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(self.text(item) for item in self.items(node))

    def refused(self, node: yaml.Node, reason: str) -> PanahError:
        """The error that says what is wrong at `node`."""
        return self._broken(_above(node.start_mark), reason)

    def _decoded(self, source: bytes) -> str:
        try:
            return source.decode("utf-8")
        except UnicodeDecodeError as error:
            raise self._broken(source.count(b"\n", 0, error.start), "it is not UTF-8") from error

    def _broken(self, above: int, reason: str) -> PanahError:
        return self._kind(file=self.file, where=f"line {above + 1}", reason=reason)


def _above(mark: yaml.Mark | None) -> int:
    """The number of lines above a mark."""
    return mark.line if mark else 0


class _Loader(yaml.BaseLoader):
    """Gives nodes, and objects never; an unquoted date or number is a text."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if parent is not None and self.depth >= DEEPEST:
            raise ComposerError(problem="nested too deep", problem_mark=parent.start_mark)
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]  # PyYAML has no types for it
            super().compose_node(parent, index)  # an alias to nothing is refused
            return yaml.ScalarNode(_ALIAS, "", mark)
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node
