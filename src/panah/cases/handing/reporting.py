"""What was done to each paper of a redacted copy, in words that name nothing that was replaced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

_HEAD = """REDACTED COPY

This is a copy in which names, places and contacts were replaced by placeholders such as [Person 7]. One placeholder
stands for the same everywhere in this copy. What each stands for, only those know who made the copy.
"""
_TAIL = """WHAT THIS CANNOT PROMISE

- Only what somebody named was replaced, in the spellings that were named. Spelled otherwise it may still stand here.
- Handwriting, faces, voices, stamps and drawings are not searched. Pictures in PDFs are painted over unless the maker
  of this copy looked through them.
- How somebody writes, what happened and when, and what else is known can still tell who it is.
- A black box, or the place of a placeholder, may tell how long a word was.
- Notes, form fields, attachments and earlier states of a PDF are not in this copy.
"""


class PaperReport(NamedTuple):
    """One paper: how often each placeholder stands in it, what else was done, and why it was left out, if it was."""

    paper: str
    title: str
    counts: Mapping[str, int]
    notes: list[str]
    left_out: str


class Report(NamedTuple):
    """Every paper, and what was replaced in what people wrote in the case."""

    papers: list[PaperReport]
    written: Mapping[str, int]

    @property
    def total(self) -> int:
        """How often anything was replaced."""
        return sum(self.written.values()) + sum(sum(paper.counts.values()) for paper in self.papers)


def report_text(report: Report) -> str:
    """The report that goes along with a copy."""
    lines = [_HEAD, "PAPERS", "", *(line for paper in report.papers for line in _paper(paper))]
    lines += ["WHAT WAS WRITTEN IN THE CASE (record.yaml)", "", f"  {_counted(report.written)}", "", _TAIL]
    return "\n".join(lines)


def _paper(paper: PaperReport) -> Iterator[str]:
    yield f"{paper.paper}  {paper.title}"
    yield f"  left out: {paper.left_out}" if paper.left_out else f"  {_counted(paper.counts)}"
    yield from (f"  {note}" for note in paper.notes)
    yield ""


def _counted(counts: Mapping[str, int]) -> str:
    said = [f"{placeholder} {often} times" for placeholder, often in sorted(counts.items())]
    return "; ".join(said) or "nothing was replaced"
