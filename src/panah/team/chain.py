"""The chain of the ledger as the database has it, followed by its texts alone; a long one as two halves, side by side."""

from __future__ import annotations

import os
import threading
from collections.abc import Collection
from dataclasses import replace

from django.db import connection, connections

from panah import proof
from panah.team.models import LedgerBlock, LedgerLine

WORTH_HALVING = 50_000
"""Lines from which on a second process is worth what it takes to start one."""

_TEXTS = """
    SELECT seq, CAST(body AS BLOB), link, CAST(record AS BLOB)
    FROM team_ledgerline LEFT JOIN team_particulars ON line_id = seq WHERE seq > %s AND seq <= %s ORDER BY seq
"""
_STRAY = "SELECT line_id FROM team_particulars WHERE line_id < 1 OR line_id > %s ORDER BY line_id LIMIT 1"
"""What no line has: all lines up to the last were found to be there."""
_END = 2**63 - 1


def followed(marks: Collection[int] = ()) -> proof.Followed:
    """The ledger, followed from its first line by the text alone; with the links of the lines `marks`."""
    found = (_halves(marks) or _stretch(marks)).told()
    with connection.cursor() as cursor:
        stray = None if found.broken else cursor.execute(_STRAY, [found.lines]).fetchone()
    return replace(found, broken=stray[0], reason="there is only what it is about") if stray else found


def followed_on(block: LedgerBlock | None) -> proof.Followed:
    """The lines after a signed block, or from the first on, followed."""
    after, previous = (block.last, proof.Digest(block.link)) if block else (0, proof.GENESIS)
    return _stretch(after=after, previous=previous).told()


def _stretch(
    marks: Collection[int] = (), *, after: int = 0, previous: proof.Digest = proof.GENESIS, until: int = _END
) -> proof.Stretch:
    with connection.cursor() as cursor:
        return proof.follow(cursor.execute(_TEXTS, [after, until]), marks, after=after, previous=previous)


def _halves(marks: Collection[int]) -> proof.Stretch | None:
    """Both halves of a long ledger, the second followed by a process of its own, from the link that is stored for the first.

    None where one process has to do: a second one would not see what a transaction has not written yet, and a process
    of several threads must not be forked.
    """
    if connection.in_atomic_block or threading.active_count() > 1 or len(os.sched_getaffinity(0)) < 2:
        return None
    newest = LedgerLine.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    middle = LedgerLine.objects.filter(seq=newest // 2).first() if newest >= WORTH_HALVING else None
    if not middle:
        return None
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    connections.close_all()  # SQLite's are not to be carried into another process
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as another:
        rest = another.submit(_stretch, marks, after=middle.seq, previous=proof.Digest(middle.link))
        first = _stretch(marks, until=middle.seq)
        return first if first.found.broken else first.then(rest.result())
