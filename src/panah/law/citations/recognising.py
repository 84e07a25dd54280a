"""Finds citations in a text: cases and documents by their forms, provisions and acts by `provisions`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from panah.law.citations.loading import forms
from panah.law.citations.model import FORM_OF_IBID, Citation, Form, Way
from panah.law.citations.provisions import provisions

NEAR = 160
"""Characters before a number in which it must be said of what it is the number."""
CLOSE_BEHIND = 60
"""Characters behind it in which whose it is may still be said."""
RIGHT_BEFORE = 40

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))


def recognise(raw: str) -> tuple[Citation, ...]:
    """The citations of a text in their order, none inside another: where two overlap, the longer counts.

    It takes time in proportion to the text, whatever that is.
    """
    found = [*_of_forms(raw), *provisions(raw)]
    return tuple(_referring(raw, _longest(found)))


def _of_forms(raw: str) -> Iterator[Citation]:
    for form in forms().values():
        for way in form.ways:
            for match in way.pattern.finditer(raw):
                if _stands(raw, match, way):
                    yield from _cited(raw, match, form)


def _stands(raw: str, match: re.Match[str], way: Way) -> bool:
    """Whether a match begins at a word, and what stands before it says that it is one."""
    start = match.start()
    if start and (raw[start - 1].isalnum() or raw[start - 1] in "/_"):
        return False
    if way.unless and way.unless.search(raw, max(0, start - RIGHT_BEFORE), start):
        return False
    return way.near is None or way.near.search(raw, max(0, start - NEAR), start) is not None


def _cited(raw: str, match: re.Match[str], form: Form) -> Iterator[Citation]:
    """What a match cites: one thing, or each of several; those that cannot be of its year are none."""
    several = list(form.each.finditer(raw, match.start(), match.end())) if form.each else []
    for each in several or [match]:
        whole = match if len(several) < 2 else each
        parts = {**match.groupdict(), **each.groupdict()}
        if parts.get("body", "") == "" and form.bodies:
            parts["body"] = _body(raw, match, form)
        citation = _citation(form, whole, _tidy(parts))
        if not citation.year or citation.year >= form.since:
            yield citation


def _body(raw: str, match: re.Match[str], form: Form) -> str:
    """Whose citation it is: who is named last before it, else first behind it; empty where nobody is."""
    near = [
        (found.start(), body)
        for body, pattern in form.bodies.items()
        for found in pattern.finditer(raw, max(0, match.start() - NEAR), match.end())
    ]
    if near:
        return max(near)[1]
    behind = match.end(), min(len(raw), match.end() + CLOSE_BEHIND)
    after = [(found.start(), body) for body, pattern in form.bodies.items() if (found := pattern.search(raw, *behind))]
    return min(after)[1] if after else ""


def _tidy(parts: dict[str, str | None]) -> dict[str, str]:
    """The parts of a citation as its form has them: one space, one kind of dash, no leading zero."""
    found = {name: " ".join((said or "").translate(_DASHES).split()) for name, said in parts.items()}
    if "number" in found:
        found["number"] = found["number"].lstrip("0") or "0"
    if "country" in found and found["country"].islower():
        found = {name: said.upper() for name, said in found.items()}
    return found


def _citation(form: Form, match: re.Match[str], parts: dict[str, str]) -> Citation:
    value = _filled(form.value, parts)
    year = parts.get("year", "")
    return Citation(
        start=match.start(),
        end=match.end(),
        form=form.id,
        value=value,
        sought=tuple(dict.fromkeys(_filled(words, parts) for words in form.sought)),
        year=_four_digits(year) if year else 0,
        is_well_formed=form.well_formed is None or form.well_formed.fullmatch(value) is not None,
    )


def _filled(words: str, parts: dict[str, str]) -> str:
    return words.format_map(_Parts(parts)).replace(" ()", "").strip(" -")


class _Parts(dict[str, str]):
    """Parts of which those that were not said are empty."""

    def __missing__(self, _name: str) -> str:
        return ""


def _four_digits(year: str) -> int:
    """A year; of two digits, those from 50 on are of the last century."""
    number = int(year)
    return number if len(year) > 2 else number + (1900 if number >= 50 else 2000)


def _longest(found: Iterable[Citation]) -> list[Citation]:
    """Without those that overlap a longer one, or one as long that was found before."""
    kept: list[Citation] = []
    for each in sorted(found, key=lambda citation: (citation.start, -citation.end)):
        if kept and each.start < kept[-1].end:
            if each.end - each.start > kept[-1].end - kept[-1].start:
                kept[-1] = each
        else:
            kept.append(each)
    return kept


def _referring(raw: str, found: list[Citation]) -> Iterator[Citation]:
    """The same, each “ibid.” with what it stands for: what was cited last on its line, else on the line before it."""
    before: Citation | None = None
    for each in found:
        if each.form == FORM_OF_IBID:
            if before and _lines_between(raw, before.end, each.start) <= 1:
                each = replace(
                    each, refers_to=before.refers_to or before.value, sought=before.sought, provision=before.provision
                )
            before = each if each.refers_to else None
        else:
            before = each
        yield each


def _lines_between(raw: str, start: int, end: int) -> int:
    """How many lines with words begin between two places."""
    return sum(bool(line.strip(" \t\r.;,)]↑")) for line in raw[start:end].split("\n")[1:])


@cache
def form_names() -> dict[str, str]:
    """What each form is called, by its id."""
    return {form.id: form.name for form in forms().values()}
