"""A question, widened by what its words are called elsewhere.

Labels of every language are looked for in it, the longest first: in one word, in several that stand next to each other,
and inside a run of a script without spaces. Whatever has the other labels of a concept is then found as well. A phrase in
quotation marks is widened where the whole of it is a label; what is excluded never is, and narrower concepts are not
added by themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from panah import text
from panah.library.thesauri.model import Concept, Known, Thesaurus
from panah.library.thesauri.sought import WEIGHT, alternatives, are, beginning_with, joined

MOST_TOGETHER = 8
"""So many parts of a question are at most taken for one label."""
LONGEST_INSIDE = 24
"""Characters of a label that is looked for inside a run."""
SHORTEST_INSIDE = 2
"""One character inside a run is hardly ever a word of its own."""


@dataclass(frozen=True)
class Addition:
    """A concept that stands in a question, and the labels by which it stands there, as the thesaurus writes them."""

    concept: Concept
    words: tuple[str, ...]

    @property
    def labels(self) -> Mapping[str, tuple[str, ...]]:
        """What else it is called, by language."""
        others = {
            labels.language: tuple(label for label in labels.each if label not in self.words)
            for labels in self.concept.labels
        }
        return {language: labels for language, labels in others.items() if labels}


class Widened(NamedTuple):
    """What is looked for, what was added to the question, and what would have been, were it not switched off."""

    query: text.Node
    added: tuple[Addition, ...] = ()
    left_out: tuple[Addition, ...] = ()


def widened(query: text.Node, thesaurus: Thesaurus, *, without: Collection[str] = ()) -> Widened:
    """`query`, each label of a concept in it with the other labels of that concept beside it, as alternatives.

    `without` are ids of concepts that are switched off; an id that is not known switches nothing off.
    """
    widening = _Widening(thesaurus, without)
    node = widening.node(query)
    found = [Addition(thesaurus.concepts[each], tuple(words)) for each, words in widening.found.items()]
    return Widened(
        node,
        tuple(each for each in found if each.concept.id not in without),
        tuple(each for each in found if each.concept.id in without),
    )


def concepts_in(words: str, thesaurus: Thesaurus) -> list[Concept]:
    """The concepts of which a label stands in some words that are no question: no sign of theirs is understood."""
    phrase = text.phrase(words)
    parts = tuple(text.Phrase((word,)) for word in phrase.words) if phrase else ()
    return [addition.concept for addition in widened(text.All(parts), thesaurus).added] if parts else []


class _Stretch(NamedTuple):
    """A part of a question that is a label: where it begins and ends, and of which concepts."""

    start: int
    end: int
    concepts: dict[str, str]


class _Widening:
    """One question."""

    def __init__(self, thesaurus: Thesaurus, without: Collection[str]) -> None:
        self._thesaurus = thesaurus
        self._without = without
        self.found: dict[str, dict[str, None]] = {}
        """The labels that stand in the question, by the ids of their concepts."""

    def node(self, node: text.Node) -> text.Node:
        match node:
            case text.Phrase():
                return _all(self._sequence([node]))
            case text.Any(parts):
                return _any(self.node(part) for part in parts)
            case text.All(parts, without):
                return _all(self._sequence(parts), without)

    def _sequence(self, parts: Sequence[text.Node]) -> list[text.Node]:
        """Parts that are all asked for."""
        found: list[text.Node] = []
        at = 0
        for stretch in _longest(self._stretches(parts)):
            found += map(self._inside, parts[at : stretch.start])
            own = _all(parts[stretch.start : stretch.end])
            found.append(_any([own, *self._alternatives(stretch.concepts)]))
            at = stretch.end
        return [*found, *map(self._inside, parts[at:])]

    def _stretches(self, parts: Sequence[text.Node]) -> Iterator[_Stretch]:
        for start in range(len(parts)):
            if not self._may_begin(parts[start]):
                continue
            words: tuple[text.Word, ...] = ()
            for end, part in enumerate(parts[start : start + MOST_TOGETHER], start=start + 1):
                if not isinstance(part, text.Phrase) or part.prefix or (part.quoted and end > start + 1):
                    break
                words = joined((*words, *part.words))
                if concepts := self._called(words):
                    yield _Stretch(start, end, concepts)
                if part.quoted:
                    break

    def _may_begin(self, part: text.Node) -> bool:
        """Whether a label may begin with a part: runs of a script without spaces may be joined with what follows."""
        if not isinstance(part, text.Phrase):
            return False
        first = part.words[0]
        return first.unspaced or any(each in self._thesaurus.beginning for each in (*first.forms, *first.stems))

    def _inside(self, node: text.Node) -> text.Node:
        """A part that is no label itself."""
        if not isinstance(node, text.Phrase):
            return self.node(node)
        if len(node.words) > 1 or not node.words[0].unspaced or node.quoted:
            return node
        pieces = list(self._pieces(node.words[0].forms[0]))
        return _any([node, _all(pieces)]) if pieces else node

    def _pieces(self, run: str) -> Iterator[text.Node]:
        """A run that contains labels, in pieces; a single character between two labels asks for nothing."""
        at = 0
        for stretch in _longest(self._stretches_inside(run)):
            if alternatives := list(self._alternatives(stretch.concepts)):
                if stretch.start - at >= SHORTEST_INSIDE:
                    yield _run(run[at : stretch.start])
                yield _any([_run(run[stretch.start : stretch.end]), *alternatives])
                at = stretch.end
        if at and len(run) - at >= SHORTEST_INSIDE:
            yield _run(run[at:])

    def _stretches_inside(self, run: str) -> Iterator[_Stretch]:
        for start in range(len(run)):
            for end in range(start + SHORTEST_INSIDE, min(len(run), start + LONGEST_INSIDE) + 1):
                if concepts := self._called(_run(run[start:end]).words):
                    yield _Stretch(start, end, concepts)

    def _called(self, words: Sequence[text.Word]) -> dict[str, str]:
        """The concepts that are called so, each with the first label that it has for that."""
        found: dict[str, Known] = {}
        for one in dict.fromkeys((*words[0].forms, *words[0].stems)):
            for known in beginning_with(one, self._thesaurus):
                before = found.get(known.concept)
                if (before is None or known.place < before.place) and are(words, known.words):
                    found[known.concept] = known
        return {each: known.label for each, known in found.items()}

    def _alternatives(self, concepts: Mapping[str, str]) -> Iterator[text.Phrase]:
        """What to look for instead, by those of the concepts that are not switched off."""
        for each, words in concepts.items():
            self.found.setdefault(each, {})[words] = None
            if each not in self._without:
                yield from alternatives(self._thesaurus.concepts[each])


def _longest(stretches: Iterable[_Stretch]) -> list[_Stretch]:
    """Those of which none overlaps another, the longest chosen first; in the order in which they stand."""
    chosen: list[_Stretch] = []
    for one in sorted(stretches, key=lambda each: (each.start - each.end, each.start)):
        if all(one.end <= other.start or other.end <= one.start for other in chosen):
            chosen.append(one)
    return sorted(chosen, key=lambda each: each.start)


def _run(form: str) -> text.Phrase:
    return text.Phrase((text.Word((form,), unspaced=True),), weight=WEIGHT)


def _all(parts: Sequence[text.Node], without: tuple[text.Node, ...] = ()) -> text.Node:
    return parts[0] if len(parts) == 1 and not without else text.All(tuple(parts), without)


def _any(nodes: Iterable[text.Node]) -> text.Node:
    """One of these: each once, and alternatives among them as if they stood beside each other."""
    parts = dict.fromkeys(part for node in nodes for part in (node.parts if isinstance(node, text.Any) else (node,)))
    return next(iter(parts)) if len(parts) == 1 else text.Any(tuple(parts))
