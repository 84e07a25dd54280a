"""What somebody can do to the ledger who has the workspace open: its triggers keep out nobody who takes them away."""

from __future__ import annotations

from django.db import connection

from panah import proof
from panah.team.models import LedgerLine

GUARDS = ("UPDATE", "DELETE", "another_place")


def unguard() -> None:
    """Take the triggers away."""
    with connection.cursor() as cursor:
        for guard in GUARDS:
            cursor.execute(f"DROP TRIGGER ledger_refuses_{guard}")


def write_anew(seq: int, **said: str) -> None:
    """Change a line, and link it and every later one again: a whole chain, but another."""
    link = LedgerLine.objects.filter(seq=seq - 1).values_list("link", flat=True).first() or proof.GENESIS
    for line in LedgerLine.objects.filter(seq__gte=seq).order_by("seq"):
        for name, words in said.items() if line.seq == seq else ():
            setattr(line, name, words)
        line.body_digest = proof.body_digest(line.body())
        line.link = link = proof.linked(proof.Digest(link), proof.Digest(line.body_digest))
        line.save(force_update=True)
