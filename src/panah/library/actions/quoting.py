"""Words of a reading, cited byte for byte."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from panah import proof
from panah.errors import PanahError
from panah.library import queries, rules
from panah.library.models import Document, Quotation, Reading
from panah.team.actions import Verb, enter
from panah.team.models import Member


class WordsDiffer(PanahError):
    """The reading does not have these words {where}: “{words}”."""

    status = 409


class WordsTwice(PanahError):
    """The reading has these words {times} times: “{words}”; say at which byte they start, or quote more of them."""

    status = 409


class NotReadYet(PanahError):
    """“{title}” has no reading to quote from."""

    status = 409


@transaction.atomic
def quote(
    *,
    document: Document,
    words: str,
    start: int | None = None,
    reading: Reading | None = None,
    by: Member | None,
    now: datetime,
) -> Quotation:
    """Cite words of a document's reading, or of an older `reading` of its Original.

    Without `start` the words must stand in it exactly once. The reading is read again and digested again: one that is
    not what was stored raises `SealBroken`, words that differ by one byte raise `WordsDiffer`.
    """
    reading = reading or document.reading
    if reading is None or reading.original_id != document.original_id:
        raise NotReadYet(title=document.title)
    content = queries.content(reading)
    begin = _place(content, words, start)
    end = begin + len(words.encode())
    context = rules.context_of(content, begin, end)
    quotation, new = Quotation.objects.get_or_create(
        document=document, reading=reading, start=begin, end=end,
        defaults={
            "words": words,
            "digest": proof.digest_of(words.encode()),
            "prefix": context.prefix,
            "suffix": context.suffix,
            "page": rules.page_of(begin, reading.pages),
            "made_at": now,
        },
    )  # fmt: skip
    if new:
        _entered(quotation, by=by, now=now)
    return quotation


def _entered(quotation: Quotation, *, by: Member | None, now: datetime) -> None:
    """The line in the custody of the Original that says which bytes were quoted."""
    document = quotation.document
    enter(
        verb=Verb.QUOTED, kind="original", subject=document.original.digest, by=by, now=now,
        compartment=document.compartment,
        details={"reading": quotation.reading.digest, "start": quotation.start, "end": quotation.end},
    )  # fmt: skip


def _place(content: bytes, words: str, start: int | None) -> int:
    """The byte at which `words` stand. Raises `WordsDiffer` or `WordsTwice`."""
    try:
        wanted = words.encode()
    except UnicodeEncodeError:
        wanted = b""
    if start is not None:
        same = wanted and content[start : start + len(wanted)] == wanted
        if not same or start < 0 or not rules.whole_characters(content, start, start + len(wanted)):
            raise WordsDiffer(where=f"at byte {start}", words=words)
        return start
    places = rules.stands_at(content, words) if wanted.strip() else []
    if not places:
        raise WordsDiffer(where="anywhere", words=words)
    if len(places) > 1:
        raise WordsTwice(times=len(places), words=words)
    return places[0]
