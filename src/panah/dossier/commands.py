"""Commands about the ledger: it is compared with what was sealed on it."""

from __future__ import annotations

import click

from panah import proof
from panah.dossier import queries
from panah.team import queries as team
from panah.vault.commands import Unlocked, acting_member, json_line


@click.group()
def ledger() -> None:
    """Check the ledger, or show what was done to an Original."""


@ledger.command(cls=Unlocked)
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
@click.pass_context
def verify(ctx: click.Context, as_json: bool) -> None:
    """Follow the whole chain, and name the first line that was changed, removed or moved.

    Then compare it with every dossier that was sealed here: each names the line on which it stands.
    """
    followed = queries.followed()
    if as_json:
        outcome = "broken" if followed.broken else "ok"
        line = str(followed.broken or followed.lines)
        json_line({"id": line, "outcome": outcome, "reason": followed.reason, "sealed": followed.sealed})
    elif followed.broken:
        click.echo(f"BROKEN at line {followed.broken}: {followed.reason}.")
    else:
        seal = f"; the newest seal stands on line {followed.sealed}" if followed.sealed else ""
        click.echo(f"OK: {followed.lines} lines, unbroken{seal}.")
    if followed.broken:
        ctx.exit(1)


@ledger.command(cls=Unlocked)
@click.argument("digest")
@click.option("--json", "as_json", is_flag=True, help="One JSON line per ledger line.")
def custody(digest: str, as_json: bool) -> None:
    """Show what was done to the Original with this digest (sha256:...), oldest first."""
    for line in team.custody(acting_member(), proof.digest_from(digest)):
        if as_json:
            json_line({"id": str(line.seq), **line.said, "link": line.link})
        else:
            click.echo(f"{line.seq:>6}  {line.at}  {line.by}  {line.verb}  {line.details}")
