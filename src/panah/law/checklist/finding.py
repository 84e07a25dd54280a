"""Words in a decision for a human to look at: phrases that are known in a few languages, and passages that stand alike.

What is found is shown with its exact place. That nothing was found says nothing; where nothing was looked for, that is
said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from panah import text
from panah.law.checklist.loading import page_of, shipped
from panah.law.checklist.model import Found, Proposal, Status
from panah.law.checklist.onfile import Decision, refs

if TYPE_CHECKING:
    import yaml

LEAST_SHARE = 0.08
"""Of the words of a text that must be among the common ones of a language, for it to be taken for that language."""
LEAST_WORDS = 8
ALIKE = 200
"""Characters from which on a passage that stands alike elsewhere is shown."""
MOST = 50
"""Places that are shown of one decision."""

_WORD = re.compile(r"[^\W\d_]+")
_GAP = r"(?:\W+\w+){0,6}?\W+"


class Phrases(NamedTuple):
    """The common words of each language, and each finder with its phrases by language."""

    common: Mapping[str, frozenset[str]]
    finders: Mapping[str, Mapping[str, tuple[str, ...]]]
    unless: Mapping[str, Mapping[str, tuple[str, ...]]]
    """By finder: phrases by which a sentence is of another subject, or says the opposite."""
    negating: Mapping[str, tuple[str, ...]]
    parting: Mapping[str, tuple[str, ...]]
    """Words over which a negation does not reach."""
    supposing: Mapping[str, tuple[str, ...]]
    """Words that begin a condition."""


class Place(NamedTuple):
    """Where a phrase stands, in characters."""

    start: int
    end: int
    phrase: str


@cache
def phrases() -> Phrases:
    """What is shipped. Raises `ChecklistBroken`."""
    return read_phrases("phrases.yaml", shipped("phrases.yaml"))


def read_phrases(name: str, source: bytes) -> Phrases:
    """The phrases from the bytes of their file. Raises `ChecklistBroken`."""
    page = page_of(name)
    root = page.entries(page.opened(source), ("languages", "finders"), ("unless", "negating", "parting", "supposing"))
    common = {tag: frozenset(page.texts(node)) for tag, node in page.mapping(root["languages"]).items()}

    def by_language(node: yaml.Node) -> Mapping[str, tuple[str, ...]]:
        return {tag: page.texts(words) for tag, words in page.mapping(node, tuple(common)).items()}

    finders = {finder: by_language(node) for finder, node in page.mapping(root["finders"]).items()}
    unless = page.mapping(root["unless"], tuple(finders)) if "unless" in root else {}
    return Phrases(
        common,
        finders,
        {finder: by_language(node) for finder, node in unless.items()},
        *(by_language(root[name]) if name in root else {} for name in ("negating", "parting", "supposing")),
    )


def language_of(words: str) -> str:
    """The language of a decision, of those in which phrases are known; empty where it is none of them, or unreadable."""
    each = [word.casefold() for word in _WORD.findall(words)]
    if len(each) < LEAST_WORDS:
        return ""
    counts = {tag: sum(word in common for word in each) for tag, common in phrases().common.items()}
    best = max(counts, key=lambda tag: counts[tag])
    return best if counts[best] >= LEAST_SHARE * len(each) else ""


def found_in(decisions: Iterable[Decision], finder: str) -> tuple[Found, ...]:
    """Every place in decisions at which a phrase of a finder stands, in their order."""
    return tuple(found for each in decisions for found in _found(each, finder))


def not_looked(item: str, decisions: Sequence[Decision]) -> Proposal | None:
    """Why nothing was looked for in a decision; None where all were looked through."""
    for each in decisions:
        if why := unreadable(each):
            return Proposal(item, Status.NOT_EXAMINED, why, refs([each.record]))
    return None


def unreadable(decision: Decision) -> str:
    """Why no phrase is looked for in a decision, in a sentence; empty where it can be read."""
    called = f"decision {decision.record.number}"
    if not decision.text.strip():
        return f"The paper of {called} has no text: nothing was looked for."
    if language_of(decision.text):
        return ""
    name = _guessed(decision.text)
    if name:
        return f"{called.capitalize()} is in {name}, in which no phrase is known here: nothing was looked for."
    return f"The text of {called} cannot be read as a language: nothing was looked for."


def alike(decisions: Sequence[Decision]) -> tuple[Found, ...]:
    """Passages of some length that stand in more than one decision, letter by letter but for spaces."""
    blocks = [(each, list(_blocks(each.text))) for each in decisions]
    found = []
    for (one, of_one), (other, of_other) in combinations(blocks, 2):
        there = {flat for _, _, flat in of_other}
        for start, end, flat in of_one:
            if flat in there:
                found.append(_at(one, start, end, f"decision {other.record.number}"))
    return tuple(found[:MOST])


def places(words: str, known: Iterable[str]) -> Iterator[Place]:
    """Where phrases stand in a text, in their order; of two that overlap the first one. At most `MOST` are looked at."""
    found = [Place(*match.span(), phrase) for phrase in known for match in pattern(phrase).finditer(words)]
    end = -1
    for place in sorted(found)[:MOST]:
        if place.start >= end:
            end = place.end
            yield place


def _found(decision: Decision, finder: str) -> Iterator[Found]:
    known = phrases().finders[finder].get(language_of(decision.text), ())
    return (_at(decision, *place) for place in places(decision.text, known))


def _at(decision: Decision, start: int, end: int, phrase: str) -> Found:
    """A place by its bytes, as quotations have it."""
    words = decision.text[start:end]
    before = len(decision.text[:start].encode())
    return Found(decision.record.number, before, before + len(words.encode()), words, phrase)


@cache
def pattern(phrase: str) -> re.Pattern[str]:
    """What a phrase is found by: … stands for up to six words, * for any ending."""
    parts = [r"\s+".join(_word(word) for word in part.split()) for part in phrase.split("…")]
    return re.compile(rf"(?<!\w){_GAP.join(parts)}(?!\w)", re.IGNORECASE)


def _word(word: str) -> str:
    stem = word.removesuffix("*")
    return re.escape(stem).replace("'", "['’]") + (r"\w*" if stem != word else "")


def _blocks(words: str) -> Iterator[tuple[int, int, str]]:
    """Paragraphs of some length: where they stand, and their words on one line."""
    for match in re.finditer(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*", words):
        flat = " ".join(match[0].split())
        if len(flat) >= ALIKE:
            yield match.start(), match.end(), flat


def _guessed(words: str) -> str:
    """The language that most passages of a text are in, by its English name; empty where that cannot be told."""
    step = 2000
    tags = Counter(text.language(words[at : at + step]) for at in range(0, min(len(words), 5 * step), step))
    tag = tags.most_common(1)[0][0]
    name = text.language_name(tag)
    known = tag.partition("-")[0] in phrases().common
    return "" if known or name == tag else name
