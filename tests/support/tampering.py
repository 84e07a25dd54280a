"""What somebody can do to the ledger who has the workspace open: its triggers keep out nobody who takes them away."""

from __future__ import annotations

import json
from typing import Any

from django.db import connection

from panah import proof
from panah.team.models import LedgerLine, Particulars

GUARDS = {
    "ledger": ("refuses_UPDATE", "refuses_DELETE", "refuses_another_place"),
    "particulars": ("refuse_UPDATE", "refuse_DELETE", "refuse_another_line"),
    "blocks": ("refuse_UPDATE", "refuse_DELETE", "refuse_another_place"),
}


def unguard() -> None:
    """Take the triggers away."""
    sql(*(f"DROP TRIGGER {table}_{guard}" for table, guards in GUARDS.items() for guard in guards))


def sql(*statements: str) -> None:
    """Do what no action does."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def unsign() -> None:
    """Take every signed block away."""
    sql("DELETE FROM team_ledgerblock")


def rewritten(seq: int, /, **said: Any) -> str:
    """The text of a line with other words in it, and another record where they stand there."""
    line = LedgerLine.objects.get(seq=seq)
    body, record = json.loads(line.body), json.loads(line.record or "{}")
    record |= {name: words for name, words in said.items() if name in record}
    body |= {name: words for name, words in said.items() if name not in record}
    if "what" in body and record and "what" not in said:
        text = proof.canonical(record)
        Particulars.objects.filter(line=seq).update(record=text.decode())
        body["what"] = proof.digest_of(text)
    return proof.canonical(body).decode()


def write_anew(seq: int, /, **said: Any) -> None:
    """Change a line, and link it and every later one again: a whole chain, but another."""
    before = LedgerLine.objects.filter(seq=seq - 1).values_list("link", flat=True).first()
    link = proof.Digest(before) if before else proof.GENESIS
    for number in LedgerLine.objects.filter(seq__gte=seq).order_by("seq").values_list("seq", flat=True):
        body = rewritten(number, **(said if number == seq else {}))
        link = proof.linked(link, proof.digest_of(body.encode()))
        LedgerLine.objects.filter(seq=number).update(body=body, link=link)


def remove(*, first: int, last: int = 10**9) -> None:
    """Take lines away, with all that belongs to them."""
    Particulars.objects.filter(line__gte=first, line__lte=last).delete()
    LedgerLine.objects.filter(seq__gte=first, seq__lte=last).delete()


def move(seq: int, to: int) -> None:
    """Give a line another place, with all that belongs to it."""
    sql(f"UPDATE team_particulars SET line_id = {to} WHERE line_id = {seq}")
    sql(f"UPDATE team_ledgerline SET seq = {to} WHERE seq = {seq}")
