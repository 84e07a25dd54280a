"""The command that tells what is unsafe here."""

from __future__ import annotations

import click

from panah.site import doctor as asked
from panah.site.searching import why_fts5
from panah.vault.commands import Unlocked, json_line


@click.command(cls=Unlocked)
@click.option("--json", "as_json", is_flag=True, help="One JSON line for each finding, the safe ones included.")
@click.pass_context
def doctor(ctx: click.Context, as_json: bool) -> None:
    """Tell what is unsafe on this machine, and what to do about it.

    It asks nobody else: not the network, not another machine. What it cannot tell, it says, and never takes for safe.
    A warning tells what somebody chose and what it costs: it alone is no failure.
    """
    found = list(asked.examined())
    for finding in found:
        if as_json:
            json_line({"id": finding.code, **finding._asdict()})
        elif finding.outcome is not asked.Outcome.SAFE:
            click.echo(f"{finding.outcome.upper():<7} {finding.code}: {finding.sentence}\n        {finding.remedy}")
    calling = sum(finding.calls for finding in found)
    if not as_json:
        why = why_fts5()
        click.echo(f"Search in the workbench: FTS5; {why}." if why else "Search in the workbench: Tantivy, in memory.")
        click.echo(f"{len(asked.CHECKS)} checks were made; {calling or 'nothing'} to see to.")
    if calling:
        ctx.exit(1)
