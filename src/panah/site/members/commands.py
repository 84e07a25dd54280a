"""Commands about the members of the team."""

from __future__ import annotations

import click
from django.urls import reverse

from panah.team import joining, passwords, sittings, succession
from panah.team.acting import now
from panah.vault.commands import Unlocked, acting_member, json_line, new_password, tame


@click.group()
def member() -> None:
    """Invite members, list them, take one off the team, and name who leads then."""


@member.command(cls=Unlocked)
@click.argument("name")
@click.option("--at", default="http://localhost:8017", show_default=True, help="Where the workbench is reached.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def invite(name: str, at: str, as_json: bool) -> None:
    """Make an address by which NAME joins, once, within three days. It is shown once."""
    token = joining.invite(name=name, by=acting_member(), now=now())
    address = at.rstrip("/") + reverse("team:join", args=[token])
    if as_json:
        json_line({"id": address, "name": name})
    else:
        click.echo(f"Give this address to {tame(name)}, by a way that nobody else reads. It opens once:\n{address}")


@member.command("list", cls=Unlocked)
@click.option("--json", "as_json", is_flag=True, help="One JSON line per member.")
def list_members(as_json: bool) -> None:
    """List the members."""
    acting_member()
    for row in joining.members():
        if as_json:
            json_line({"id": row.name, "joined_at": row.joined_at.isoformat(), "administers": row.administers})
        else:
            click.echo(f"{tame(row.name)}{'  (administers)' if row.administers else ''}")


@member.command(cls=Unlocked)
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def remove(name: str, as_json: bool) -> None:
    """Take NAME off the team: from then on nothing opens for NAME, whatever browser is still signed in."""
    by = acting_member()
    joining.leave(member=joining.member(name), by=by, now=now())
    waiting, shut = succession.counted()
    if as_json:
        json_line({"id": name, "outcome": "left", "without_lead": waiting, "shut": shut})
        return
    click.echo(f"{tame(name)} is no longer on the team.")
    if waiting:
        click.echo(f"Compartments without a lead: {waiting}. Name one: panah member succeed NAME.")
    if shut:
        click.echo(f"Compartments to which nobody belongs any more, so that nobody opens them: {shut}.")


@member.command(cls=Unlocked)
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def succeed(name: str, as_json: bool) -> None:
    """Make NAME lead of every compartment that has no lead and to which NAME belongs already."""
    by = acting_member()
    number = joining.succeed(member=joining.member(name), by=by, now=now())
    if as_json:
        json_line({"id": name, "outcome": "leads", "compartments": number})
    else:
        click.echo(f"{tame(name)} now leads compartments that nobody led: {number}.")


@member.command(cls=Unlocked)
@click.option("--lost", is_flag=True, help="The only member has lost her password: the passphrase is enough.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def password(lost: bool, as_json: bool) -> None:
    """Choose another password for the acting member. Every browser is signed out by it."""
    who = joining.alone() if lost else acting_member()
    passwords.choose(member=who, password=new_password(who.name), now=now(), lost=lost)
    sittings.end_all(member=who)
    if as_json:
        json_line({"id": who.name, "outcome": "chosen"})
    else:
        click.echo(f"{tame(who.name)} has a new password.")
