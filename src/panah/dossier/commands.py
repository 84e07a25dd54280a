"""Commands about the ledger: it is compared with what was sealed on it."""

from __future__ import annotations

from collections.abc import Iterator

import click

from panah import proof
from panah.dossier import actions, queries
from panah.errors import PanahError
from panah.team import queries as team
from panah.team import stamping
from panah.team.acting import now
from panah.vault.commands import Unlocked, acting_member, json_line


class AuthorityUnnamed(PanahError):
    """A time-stamp was asked for, but PANAH_TSA_URL names no authority."""


@click.group()
def ledger() -> None:
    """Check the ledger, sign it, or show what was done to an Original."""


@ledger.command(cls=Unlocked)
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
@click.pass_context
def verify(ctx: click.Context, as_json: bool) -> None:
    """Follow the whole chain, and name the first line that was changed, removed or moved.

    Then compare it with every block that was signed, and with every dossier that was sealed here.
    """
    followed = queries.followed()
    told = followed.ledger
    if as_json:
        outcome, line = ("broken", followed.broken) if followed.broken else ("ok", told.lines)
        json_line(
            {
                "id": str(line), "outcome": outcome, "reason": followed.reason, "sealed": followed.sealed,
                "signed": told.signed, "stamped": told.stamped, "withheld": told.withheld,
            }
        )  # fmt: skip
    elif followed.broken:
        click.echo(f"BROKEN at line {followed.broken}: {followed.reason}.")
    else:
        click.echo(f"OK: {told.lines} lines, unbroken{''.join(_how_far(followed))}.")
    if followed.broken:
        ctx.exit(1)


def _how_far(followed: queries.Followed) -> Iterator[str]:
    told = followed.ledger
    yield f"; signed up to line {told.signed}" if told.signed else "; not signed yet"
    if told.stamped:
        yield f", with a time-stamp up to line {told.stamped}"
    if followed.sealed:
        yield f"; the newest seal stands on line {followed.sealed}"
    if told.withheld:
        yield f"; what {told.withheld} of them are about was erased"


@ledger.command(cls=Unlocked)
@click.option(
    "--timestamp", is_flag=True, help="Ask the authority that is configured for a time-stamp: uses the network."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def sign(timestamp: bool, as_json: bool) -> None:
    """Sign the lines that no signed block has yet.

    The workbench does it by itself once an hour, after a thousand lines, and when it ends; a seal does it too.
    """
    authority = stamping.authority() if timestamp else None
    if timestamp and authority is None:
        raise AuthorityUnnamed
    block = actions.sign_ledger(now=now(), authority=authority)
    last, stamped = (block.last, block.token is not None) if block else (0, False)
    if as_json:
        json_line({"id": str(last), "timestamp": stamped})
    else:
        click.echo(f"The ledger is signed up to line {last}{', with a time-stamp' if stamped else ''}.")


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
