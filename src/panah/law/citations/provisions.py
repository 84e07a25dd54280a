"""Finds provisions in a text, such as “Art. 4 Abs. 5 VO (EU) 2024/1347”, and acts of the Union by their numbers.

A provision is a unit (article, section, paragraph) with its numbers, beside the name of an instrument: behind it in most
languages, before it in some. Without an instrument beside it nothing is said, for nobody could look it up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from panah.law.citations.loading import grammar, instruments
from panah.law.citations.model import FORM_OF_LAW, Citation, Provision, Unit
from panah.law.citations.patterns import DASH, patterns, plain

FARTHEST = 130
"""Characters before a unit in which the instrument may stand that it belongs to."""
LONGEST_WORD, LONGEST_UNIT, LONGEST_ROW = 16, 40, 40
"""Characters before a number in which its unit stands, alone and with a chapter; and of several numbers before a sign."""
MOST_TOGETHER = 30
"""Provisions that are listed one after the other."""
_FIRST_ACT, _LAST_ACT = 1952, 2099
_ALONE = re.compile(r"\s(\d{1,2})(?=\s[^\W\d])")
_ANCHOR = re.compile(r"\d{1,3}|§")
_IN_ROW = re.compile(rf"\d{{1,3}}(?:\s?[a-z](?!\w))?(?:\s?{DASH}\s?\d{{1,3}}(?:\s?[a-z](?!\w))?)?")
_RANGE = re.compile(rf"\s?{DASH}\s?")


class Item(NamedTuple):
    """One provision of a list, of an instrument that is not known yet."""

    start: int
    end: int
    provision: Provision


class Listed(NamedTuple):
    """What stands at the word for a unit: the provisions of a list, and where it ends."""

    unit: Unit
    start: int
    end: int
    items: list[Item]


def provisions(raw: str) -> Iterator[Citation]:
    """The provisions and acts that a text cites. Those that overlap are all told."""
    for match in patterns().act.finditer(raw):
        if _begins(raw, match.start()) and (act := act_of(match)):
            yield _citation(match.start(), match.end(), Provision(act))
    waiting: list[Listed] = []
    for listed in _lists(raw):
        if waiting and not _follows(raw, waiting[-1], listed):
            waiting.clear()
        waiting.append(listed)
        if beside := _beside(raw, listed):
            yield from _of_instrument(waiting, *beside)
            waiting.clear()


def _follows(raw: str, one: Listed, other: Listed) -> bool:
    """Whether nothing but “and” stands between two lists of the same units: 5 kap. 1 § och 12 kap. 19 § utlänningslagen."""
    link = patterns().link.match(raw, one.end)
    return link is not None and link.end() == other.start and one.unit is other.unit


def _lists(raw: str) -> Iterator[Listed]:
    """The lists of provisions, by the first number of each, or by the sign behind it."""
    words, behind = patterns().unit_words, 0
    for anchor in _ANCHOR.finditer(raw):
        at, listed = anchor.start(), None
        if at < behind:
            continue
        if anchor[0] == "§":
            row = patterns().row.search(raw, max(behind, at - LONGEST_ROW), at)
            listed = row and _swedish(raw, row, anchor.end())
        elif raw[max(0, at - LONGEST_WORD) : at].rstrip().endswith(words):
            listed = _listed(raw, at)
        if listed:
            behind = listed.end  # whether it has an instrument or not: the rest of a list ends where the list does
            yield listed


def act_of(match: re.Match[str]) -> str:
    """The CELEX number of an act that is named with its kind and its numbers; empty where neither of these is a year."""
    kind, one, other = patterns().letters[" ".join(match["kind"].split())], match["one"], match["other"]
    year, number = (other, one) if match["no"] or not _is_year(one) else (one, other)
    if not _is_year(year):
        return ""
    return f"3{year if len(year) == 4 else f'19{year}'}{kind}{number.zfill(4)}"


def title_of(instrument: str) -> str:
    """What an instrument is called; an act that is none of ours by its number, as the Union cites it."""
    if known := instruments().get(instrument):
        return known.title
    year, kind, number = instrument[1:5], instrument[5], int(instrument[6:10])
    called = {"R": "Regulation", "L": "Directive", "D": "Decision", "F": "Framework Decision"}[kind]
    if kind == "F":
        return f"{called} {year}/{number}/JHA"
    union = "EU" if int(year) > 2009 else "EC" if int(year) > 1993 else "EEC"
    if int(year) >= 2015:
        return f"{called} ({union}) {year}/{number}"
    return f"{called} ({union}) No {number}/{year}" if kind == "R" else f"{called} {year}/{number}/{union}"


def value_of(provision: Provision) -> str:
    """A provision as it is written here, whatever language it was cited in."""
    title = title_of(provision.instrument)
    if not provision.number:
        return title
    known = instruments().get(provision.instrument)
    unit = {Unit.SECTION: "s.", Unit.PARAGRAPH: "para.", Unit.RULE: "rule"}.get(
        known.unit if known else Unit.ARTICLE, "art."
    )
    chapter = f"ch. {provision.chapter}, " if provision.chapter else ""
    until = f"-{provision.until}" if provision.until else ""
    rest = "".join(f"({part})" for part in (provision.paragraph, provision.point) if part)
    return f"{title}, {chapter}{unit} {provision.number}{until}{rest}"


def _citation(start: int, end: int, provision: Provision) -> Citation:
    sought = title_of(provision.instrument)
    return Citation(start, end, FORM_OF_LAW, value_of(provision), sought=(sought,), provision=provision)


def _beside(raw: str, listed: Listed) -> tuple[str, int, int] | None:
    """The instrument that stands behind a list, or else before it, and where all of it begins and ends; None without one."""
    start, end = listed.start, listed.end
    behind = patterns().behind.match(raw, end)
    if behind and (instrument := _instrument(behind, listed.unit)):
        return instrument, start, behind.end()
    begun = max(0, start - FARTHEST)
    before = patterns().before.search(raw[begun:start])
    if before and (instrument := _instrument(before, listed.unit)):
        return instrument, begun + before.start("name" if before["name"] else "kind"), end
    return None


def _of_instrument(lists: Sequence[Listed], instrument: str, start: int, end: int) -> Iterator[Citation]:
    """The provisions of some lists, which are all of one instrument; it belongs to the one beside which it stands."""
    items = [item for listed in lists for item in listed.items]
    items[0] = items[0]._replace(start=min(start, items[0].start))
    items[-1] = items[-1]._replace(end=end)
    for item in items:
        yield _citation(item.start, item.end, item.provision._replace(instrument=instrument))


def _instrument(match: re.Match[str], unit: Unit) -> str:
    """The id of the instrument that a match names; empty where it is not cited by such units."""
    if match["kind"]:
        return act_of(match) if unit is Unit.ARTICLE else ""
    called = patterns().named[plain(match["name"])]
    return next((one for one in called if instruments()[one].unit is unit), "")


def _listed(raw: str, at: int) -> Listed | None:
    """The provisions whose first number stands there, behind the word for a unit; None where that is no such number."""
    begun = max(0, at - LONGEST_UNIT)
    unit_word = patterns().unit.search(raw[begun:at])
    if unit_word is None or not _begins(raw, begun + unit_word.start()):
        return None
    start, word = begun + unit_word.start(), plain(unit_word["word"])
    unit, several = patterns().unit_of[word], word in grammar().many
    first = _item(raw, start, at, unit_word["chapter"] or "")
    if first is None:
        return None
    items = [first]
    while len(items) < MOST_TOGETHER and (link := patterns().link.match(raw, items[-1].end)):
        further = _further(raw, link, items[-1], unit, several=several)
        if further is None:
            break
        if further.provision.until:
            items.pop()
        items.append(further)
    return Listed(unit, start, items[-1].end, items)


def _swedish(raw: str, row: re.Match[str], end: int) -> Listed:
    """12 kap. 1 och 2 §§: the numbers stand before their sign."""
    end, paragraph, point = _parts(raw, end + raw.startswith("§", end))
    if paragraph and not point and (number := _ALONE.match(raw, end)):  # första stycket 1
        end, point = number.end(), number[1]
    items = []
    for number in _IN_ROW.finditer(row["row"]):
        one, _, last = (_tight(part) for part in _RANGE.sub("-", number[0]).partition("-"))
        at = row.start("row") + number.start()
        found = Provision("", _tight(row["chapter"] or ""), one, last, paragraph, point)
        items.append(Item(at, at + len(number[0]), found))
    items[0] = items[0]._replace(start=row.start())
    items[-1] = items[-1]._replace(end=end)
    return Listed(Unit.SECTION, row.start(), end, items)


def _further(raw: str, link: re.Match[str], last: Item, unit: Unit, *, several: bool) -> Item | None:
    """What follows after “and”, a comma or a dash: a provision, or another part of the one before; None where it is neither."""
    before, at = last.provision, link.end()
    word = patterns().again.match(raw, at)
    again = word is not None and patterns().unit_of[word["word"]] is unit
    if not again:
        end, paragraph, point = _parts(raw, at)
        if end > at:
            return Item(at, end, before._replace(paragraph=paragraph or before.paragraph, point=point))
        if word:
            return None
    item = _item(raw, at, word.end() if word else at, before.chapter)
    if item is None or again:
        return item
    found = item.provision
    if link["to"] and not before.paragraph and not found.paragraph:
        return Item(last.start, item.end, before._replace(until=found.number))
    if before.paragraph and not several and not found.paragraph:
        return Item(at, item.end, before._replace(paragraph=found.number, point=found.point))
    return item


def _item(raw: str, start: int, at: int, chapter: str) -> Item | None:
    number = patterns().number.match(raw, at)
    if not number:
        return None
    end, paragraph, point = _parts(raw, number.end())
    return Item(start, end, Provision("", chapter, _tight(number[1]), "", paragraph, point))


def _parts(raw: str, at: int) -> tuple[int, str, str]:
    """The paragraph and the point that stand there, empty where there is none, and where they end."""
    said = []
    for pattern in (patterns().paragraph, patterns().point):
        match = pattern.match(raw, at)
        said.append(match[match.lastindex or 0] if match else "")
        at = match.end() if match else at
    for _ in range(3):
        if passed := patterns().passed.match(raw, at):
            at = passed.end()
    return at, grammar().ordinals.get(said[0], said[0]), said[1]


def _tight(number: str) -> str:
    return "".join(number.split())


def _is_year(digits: str) -> bool:
    return len(digits) == 2 or (len(digits) == 4 and _FIRST_ACT <= int(digits) <= _LAST_ACT)


def _begins(raw: str, start: int) -> bool:
    """Whether something begins there, and is not the end of a longer word or number."""
    return start == 0 or not raw[start].isalnum() or not (raw[start - 1].isalnum() or raw[start - 1] in "_/")
