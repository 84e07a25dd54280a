"""The questions that a case asks of the library, made of words that people wrote. Plain values in and out: no Django.

Nothing is asked but the words of the facts, the words that the caseworker entered, and what the law's questions are about,
by its names in every language. `docs/adr/0040-evidence-finder.md` says why they are put together so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import zip_longest
from typing import NamedTuple

from panah import text
from panah.law import Element
from panah.library import thesauri
from panah.library.thesauri import Concept, Thesaurus

SHORTEST = 4
"""Letters of a word that is looked for: shorter ones stand everywhere. Of an unspaced script, every two characters."""
MOST_WORDS = 24
"""So many words of a fact are looked for."""
MOST_TOGETHER = 32
"""So many words of several facts together: the longest of each in turn, which are the rarest as a rule."""
PAIR = 2


class Kind(StrEnum):
    """Of what a question is made."""

    CONCEPT = "concept"
    """What the element is about, together with the words of the profile."""
    ALONE = "alone"
    """What the element is about, by itself: asked where nothing is found with the words of the profile."""
    FACT = "fact"
    """The words of a fact; where something of the thesaurus stands in it, that must be there."""
    FACTS = "facts"
    """What the element is about, together with the words of facts that no finding and no concept puts anywhere else."""


@dataclass(frozen=True)
class Told:
    """A fact: its number, and its words."""

    number: int
    words: str


@dataclass(frozen=True, eq=False)
class Question:
    """One question: what it is made of, and what the index is asked. Each is itself alone, whatever it asks."""

    kind: Kind
    words: tuple[str, ...]
    """As people wrote them."""
    concepts: tuple[Concept, ...]
    facts: tuple[int, ...]
    node: text.Node = field(repr=False)


class OfElement(NamedTuple):
    """What is asked for one element."""

    element: Element
    questions: tuple[Question, ...]


class _Fact(NamedTuple):
    """A fact as a question, and what of the thesaurus stands in it."""

    told: Told
    question: Question | None
    concepts: frozenset[str]


def questions(
    elements: Sequence[Element],
    facts: Sequence[Told],
    profile: Sequence[str],
    cited: Mapping[str, Collection[int]],
    thesaurus: Thesaurus,
) -> list[OfElement]:
    """What a case asks for each element, in the law's order; the same question for several elements is one object.

    `cited` has, by the ids of elements, the numbers of the facts that a finding rests on: these are asked there. Any other
    fact is asked where a concept stands in it that the element names, or one next to such a one; where none does, its
    words are asked for every element together with the element's concepts.
    """
    asking = _Asking(profile, thesaurus)
    known = [asking.fact(fact) for fact in facts]
    placed = {number for numbers in cited.values() for number in numbers}
    nearby = {element.id: asking.around(element.concepts) for element in elements}
    everywhere = [one for one in known if not any(one.concepts & near for near in nearby.values())]
    loose = [one.told for one in everywhere if one.told.number not in placed]

    def each(element: Element) -> Iterator[Question]:
        yield from asking.of_concepts(element.concepts)
        for one in known:
            here = one.told.number in cited.get(element.id, ())
            if one.question and (here or (one.told.number not in placed and one.concepts & nearby[element.id])):
                yield one.question
        if loose and (question := asking.of_facts(element.concepts, loose)):
            yield question

    return [OfElement(element, tuple(each(element))) for element in elements]


def alone(concept: Concept) -> Question:
    """What a concept is called in every language, without the words of the profile."""
    return Question(Kind.ALONE, (concept.called(),), (concept,), (), text.Any(thesauri.alternatives(concept)))


class _Asking:
    """One case."""

    def __init__(self, profile: Sequence[str], thesaurus: Thesaurus) -> None:
        self._thesaurus = thesaurus
        self._profile = tuple(profile)
        self._described = _any(node for line in profile if (node := self._widened(line)))
        self._made: dict[str, Question] = {}
        self._loose: tuple[text.Phrase, ...] = ()

    def around(self, ids: Iterable[str]) -> frozenset[str]:
        """These concepts, and those that are broader, narrower or related."""
        concepts = [self._thesaurus.concept(each) for each in ids]
        return frozenset(near for one in concepts for near in (one.id, *one.broader, *one.narrower, *one.related))

    def of_concepts(self, ids: Iterable[str]) -> Iterator[Question]:
        """Each concept by all its names, with the words of the profile where there are any."""
        for each in ids:
            if each not in self._made:
                concept = self._thesaurus.concept(each)
                self._made[each] = self._of_concept(concept)
            yield self._made[each]

    def _of_concept(self, concept: Concept) -> Question:
        if self._described is None:
            return alone(concept)
        node = text.All((text.Any(thesauri.alternatives(concept)), self._described))
        return Question(Kind.CONCEPT, (concept.called(), *self._profile), (concept,), (), node)

    def fact(self, told: Told) -> _Fact:
        """The words of a fact as a question; None where it has no word that is looked for."""
        parts = _parts(told.words)
        if not parts:
            return _Fact(told, None, frozenset())
        widened = thesauri.widened(text.All(tuple(parts)), self._thesaurus)
        concepts = tuple(addition.concept for addition in widened.added)
        names = _any(each for concept in concepts for each in thesauri.alternatives(concept))
        left = widened.query.parts if isinstance(widened.query, text.All) else (widened.query,)
        words = _any(each for each in left if isinstance(each, text.Phrase))
        node = text.All((names, words)) if names and words else names or words
        question = Question(Kind.FACT, (told.words,), concepts, (told.number,), node) if node else None
        return _Fact(told, question, frozenset(concept.id for concept in concepts))

    def of_facts(self, ids: Iterable[str], facts: Sequence[Told]) -> Question | None:
        """The words of facts, any of them, with one of these concepts."""
        self._loose = self._loose or _in_turn([_parts(fact.words) for fact in facts])
        concepts = tuple(self._thesaurus.concept(each) for each in ids)
        names = _any(each for concept in concepts for each in thesauri.alternatives(concept))
        if names is None or not self._loose:
            return None
        said = (" ".join(_form(part) for part in self._loose), *(concept.called() for concept in concepts))
        numbers = tuple(fact.number for fact in facts)
        return Question(Kind.FACTS, said, concepts, numbers, text.All((names, text.Any(self._loose))))

    def _widened(self, line: str) -> text.Node | None:
        """A line of the profile: its words one after the other, or what it is called elsewhere."""
        phrase = text.phrase(line)
        if phrase is None:
            return None
        concepts = thesauri.concepts_in(line, self._thesaurus)
        return _any([phrase, *(each for concept in concepts for each in thesauri.alternatives(concept))])


def _parts(words: str) -> list[text.Phrase]:
    """The words of a sentence that are looked for, each once; of a run of an unspaced script every two characters."""
    phrase = text.phrase(words)
    found = dict.fromkeys(each for word in (phrase.words if phrase else ()) for each in _looked_for(word))
    return list(found)[:MOST_WORDS]


def _in_turn(several: Sequence[Sequence[text.Phrase]]) -> tuple[text.Phrase, ...]:
    """The longest of each, then the next of each, and so on, each word once."""
    longest = [sorted(parts, key=lambda part: -len(_form(part))) for parts in several]
    mixed = dict.fromkeys(part for row in zip_longest(*longest) for part in row if part)
    return tuple(mixed)[:MOST_TOGETHER]


def _form(part: text.Phrase) -> str:
    return part.words[0].forms[0]


def _looked_for(word: text.Word) -> Iterator[text.Phrase]:
    form = word.forms[0]
    if not word.unspaced:
        if len(form) >= SHORTEST:
            yield text.Phrase((word,))
        return
    for at in range(max(1, len(form) - PAIR + 1)):
        yield text.Phrase((text.Word((form[at : at + PAIR],), unspaced=True),))


def _any(nodes: Iterable[text.Node]) -> text.Node | None:
    """One of these; None where there are none."""
    parts = tuple(
        dict.fromkeys(part for node in nodes for part in (node.parts if isinstance(node, text.Any) else (node,)))
    )
    return None if not parts else parts[0] if len(parts) == 1 else text.Any(parts)
