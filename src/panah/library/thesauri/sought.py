"""Labels as words of a question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from panah import text
from panah.library.thesauri.model import Concept, Known, Thesaurus

WEIGHT = 0.5
"""What stands in a passage by a label that was added counts half of what was typed."""
SHORTEST_BEGINNING = 4
"""Letters. The last word of a label may go on only where it is not shorter: its endings, and not other words."""
SUFFIXED = {"kk", "ky", "tr", "ug", "uz"}
"""Languages in which case, number and owner hang on a word."""
_FORM = {"ar": slice(-1, None), "fa": slice(-1, None), "kk-Arab": slice(1), "ky-Arab": slice(1), "ug-Arab": slice(1)}
"""Whose letters these are is known of a label: of the forms that its words may have, texts have the last, or the first."""


def beginnings(concepts: Iterable[Concept]) -> dict[str, tuple[str, ...]]:
    """The ids of concepts, by each form and each stem of the first word of each label."""
    found: dict[str, dict[str, None]] = {}
    for concept in concepts:
        for labels in concept.labels:
            for label in labels.each:
                first = words_of(labels.language, label)[0]
                for seen in (*first.forms, *first.stems):
                    found.setdefault(seen, {})[concept.id] = None
    return {seen: tuple(sorted(found[seen])) for seen in sorted(found)}


@lru_cache(maxsize=20_000)
def words_of(language: str, label: str) -> tuple[text.Word, ...]:
    """The words by which a label is known in a question, each with the stems that it has in its own language."""
    return joined(_stemmed(word, language) for word in _phrase(label).words)


def beginning_with(one: str, thesaurus: Thesaurus) -> tuple[Known, ...]:
    """The labels of which the first word has this form or this stem."""
    if one not in thesaurus.beginning:
        return ()
    found = thesaurus.looked_up.get(one)
    if found is None:
        found = tuple(known for each in thesaurus.beginning[one] for known in _known(thesaurus.concepts[each], one))
        thesaurus.looked_up[one] = found
    return found


def _known(concept: Concept, one: str) -> Iterator[Known]:
    every = ((labels.language, label) for labels in concept.labels for label in labels.each)
    for place, (language, label) in enumerate(every):
        words = words_of(language, label)
        if one in words[0].forms or one in words[0].stems:
            yield Known(concept.id, place, label, words)


@lru_cache(maxsize=2_000)
def alternatives(concept: Concept) -> tuple[text.Phrase, ...]:
    """What to look for by the labels of a concept. One that is found wherever a shorter one is found is not needed."""
    phrases = dict.fromkeys(alternative(each.language, label) for each in concept.labels for label in each.each)
    kept: list[text.Phrase] = []
    for phrase in sorted(phrases, key=_length):
        if not any(_stands_in(shorter, phrase) for shorter in kept):
            kept.append(phrase)
    return tuple(phrase for phrase in phrases if phrase in set(kept))


def alternative(language: str, label: str) -> text.Phrase:
    """What to look for by a label: one word by its stems, several one after the other, the last of them with any ending."""
    words = tuple(_as_written(_stemmed(word, language), language) for word in _phrase(label).words)
    last = words[-1]
    if len(words) == 1 and last.stems:
        return text.Phrase(words, weight=WEIGHT)
    goes_on = not last.unspaced and len(last.forms[0]) >= SHORTEST_BEGINNING
    takes_endings = len(words) > 1 or language.partition("-")[0] in SUFFIXED
    bare = tuple(word._replace(stems=()) for word in words)
    return text.Phrase(bare, prefix=goes_on and takes_endings, weight=WEIGHT)


def joined(words: Iterable[text.Word]) -> tuple[text.Word, ...]:
    """The same words, neighbouring runs of an unspaced script as one: a space between them means nothing."""
    found: list[text.Word] = []
    for word in words:
        if found and word.unspaced and found[-1].unspaced:
            found[-1] = text.Word((found[-1].forms[0] + word.forms[0],), unspaced=True)
        else:
            found.append(word)
    return tuple(found)


def are(asked: Sequence[text.Word], label: Sequence[text.Word]) -> bool:
    """Whether words of a question are those of a label: word for word in one of their forms, or by a stem."""
    return len(asked) == len(label) and all(map(_is, asked, label))


def _is(asked: text.Word, label: text.Word) -> bool:
    return not {*asked.forms, *asked.stems}.isdisjoint((*label.forms, *label.stems))


def _length(phrase: text.Phrase) -> tuple[int, int]:
    return len(phrase.words), sum(len(word.forms[0]) for word in phrase.words)


def _stands_in(shorter: text.Phrase, phrase: text.Phrase) -> bool:
    """Whether `shorter` is found wherever `phrase` is."""
    if len(shorter.words) == 1 and shorter.words[0].unspaced:
        [run] = shorter.words[0].forms
        return any(word.unspaced and run in word.forms[0] for word in phrase.words)
    rest = len(phrase.words) - len(shorter.words)
    return any(_stands_at(shorter, phrase, at) for at in range(rest + 1))


def _stands_at(shorter: text.Phrase, phrase: text.Phrase, at: int) -> bool:
    last = len(shorter.words) - 1
    there = phrase.words[at : at + last + 1]
    if not all(set(word.forms) <= set(short.forms) for short, word in zip(shorter.words[:-1], there[:-1], strict=True)):
        return False
    goes_on = phrase.prefix and at + last == len(phrase.words) - 1
    ours, theirs = shorter.words[last], there[last]
    if shorter.prefix:
        return not theirs.stems and all(form.startswith(ours.forms) for form in theirs.forms)
    return not goes_on and set(theirs.forms) <= set(ours.forms) and set(theirs.stems) <= set(ours.stems)


def _stemmed(word: text.Word, language: str) -> text.Word:
    """A word with no stem that it would have in another language: `en·camp`."""
    spoken = language.partition("-")[0]
    return word._replace(stems=tuple(stem for stem in word.stems if _language_of(stem) == spoken))


def _language_of(stem: str) -> str:
    return stem.partition("·")[0].partition("-")[0]


def _as_written(word: text.Word, language: str) -> text.Word:
    return word._replace(forms=word.forms[_FORM.get(language, slice(None))])


def _phrase(label: str) -> text.Phrase:
    phrase = text.phrase(label)
    if phrase is None:
        raise ValueError(label)
    return phrase
