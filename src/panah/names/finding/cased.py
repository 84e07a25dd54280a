"""Names in text whose script has capital letters."""

from __future__ import annotations

from panah.names.finding.judging import Tongues, judged
from panah.names.finding.mention import Mention, mention
from panah.names.finding.runs import Segment, Word, runs, segments
from panah.names.finding.words import Kind

_UNSAID = frozenset({Kind.INITIAL, Kind.PARTICLE, Kind.CAPITALS})
"""By such a part alone nobody is called."""


def names_in(raw: str) -> list[Mention]:
    """The names in `raw`: first those that something speaks for, then single parts of these that stand elsewhere in it."""
    tongues = Tongues(raw)
    found: list[list[Word]] = []
    left: list[Word] = []
    called: set[str] = set()
    for segment in (segment for run in runs(raw) for segment in segments(raw, run)):
        name = judged(segment, raw, tongues)
        if name:
            found.append(name)
            called |= _called(name, segment)
        left += _left(segment, name)
    found += [[word] for word in left if _core(word) in called]
    return [mention(raw, name[0].start, name[-1].end) for name in found]


def _called(name: list[Word], segment: Segment) -> set[str]:
    """By which parts of a name somebody may be called in what follows."""
    if len(name) == 1 and not segment.called:
        return set()
    return {_core(word) for word in name if word.kind not in _UNSAID}


def _left(segment: Segment, name: list[Word]) -> list[Word]:
    """Words of a segment that are no part of a name that was found there."""
    if segment.is_group:
        return []
    found = {word.start for word in name}
    return [word for word in segment.words if word.start not in found and word.kind not in _UNSAID]


def _core(word: Word) -> str:
    """A part without its article: Suhaimi of al-Suhaimi."""
    return word.form.rpartition("-")[2] if word.form.startswith(("al-", "el-")) else word.form
