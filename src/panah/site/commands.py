"""Commands that start the workbench."""

from __future__ import annotations

import os
import subprocess
import sys
import webbrowser
from pathlib import Path

import click
from django.urls import reverse

from panah.site import doctor as asked
from panah.site.demonstration import Demonstration
from panah.site.serving import Workbench
from panah.team import joining, passwords, sittings, succession
from panah.team.acting import now
from panah.vault.commands import Unlocked, acting_member, json_line, new_password, tame


@click.command(cls=Unlocked)
@click.option("--host", default="127.0.0.1", show_default=True, help="An address of this machine alone.")
@click.option("--port", default=8017, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option("--open/--no-open", "opens", default=False, help="Open a browser there.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line, when it listens.")
def serve(host: str, port: int, opens: bool, as_json: bool) -> None:
    """Open the workbench for a browser on this machine.

    It is unlocked as long as this command runs, and locked when it ends.
    """
    with Workbench(host, port) as workbench:
        if as_json:
            json_line({"id": workbench.address})
        else:
            click.echo(f"Panah is open at {workbench.address}  (Ctrl+C closes and locks it)")
        if opens and (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or sys.platform == "darwin"):
            webbrowser.open(workbench.address)
        workbench.serve()
    if not as_json:
        click.echo("Panah is closed, and the workspace is locked.")


@click.command(cls=Unlocked)
@click.option("--json", "as_json", is_flag=True, help="One JSON line for each finding, the safe ones included.")
@click.pass_context
def doctor(ctx: click.Context, as_json: bool) -> None:
    """Tell what is unsafe on this machine, and what to do about it.

    It asks nobody else: not the network, not another machine. What it cannot tell, it says, and never takes for safe.
    """
    found = list(asked.examined())
    for finding in found:
        if as_json:
            json_line({"id": finding.code, **finding._asdict()})
        elif finding.outcome is not asked.Outcome.SAFE:
            click.echo(f"{finding.outcome.upper():<7} {finding.code}: {finding.sentence}\n        {finding.remedy}")
    unsafe = sum(finding.outcome is not asked.Outcome.SAFE for finding in found)
    if not as_json:
        click.echo(f"{len(asked.CHECKS)} checks were made; {unsafe or 'nothing'} to see to.")
    if unsafe:
        ctx.exit(1)


@click.command()
@click.option(
    "--folder", type=click.Path(path_type=Path), default=Path(".demo"), show_default=True, help="Where to make it."
)
@click.option("--port", default=8017, show_default=True, type=click.IntRange(0, 65535), help="Where to serve it.")
def demo(folder: Path, port: int) -> None:
    """Try everything on an invented case.

    Makes a workspace in a folder of its own, imports the case with its papers, finds, examines, seals and verifies, and
    then opens the workbench. DEMO_SERVE=0 in the environment stops before that.
    """
    demonstration = Demonstration(folder)
    try:
        demonstration.run()
        if os.environ.get("DEMO_SERVE") != "0":
            demonstration.serve(port)
    except subprocess.CalledProcessError as failed:
        click.echo(f"demo-stopped: a step of the demonstration ended with exit code {failed.returncode}.", err=True)
        sys.exit(2)


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
