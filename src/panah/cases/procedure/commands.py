"""The command that shows how the procedure of a case stands."""

from __future__ import annotations

import click

from panah.cases import queries as cases
from panah.cases.procedure import queries
from panah.team.acting import now
from panah.team.actions import look
from panah.vault.commands import Unlocked, acting_member, json_line, tame


@click.command(cls=Unlocked)
@click.argument("reference")
@click.option("--proposals", "proposed", is_flag=True, help="Only the items on which a rule proposes something.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line per item.")
def procedure(reference: str, proposed: bool, as_json: bool) -> None:
    """Show the procedure of a case, item by item of the checklist.

    A rule only proposes: nothing is answered that a person did not answer or confirm.
    """
    member = acting_member()
    case = cases.case(member, reference)
    look(kind="case", subject=case.reference, compartment=case.compartment, by=member, now=now())
    for each in queries.listed(member, case, now=now()):
        if proposed and not each.proposes:
            continue
        if as_json:
            json_line(each._asdict())
        else:
            click.echo(_as_text(each))


def _as_text(item: queries.Listed) -> str:
    """An item as a few lines: its question, its status, and what a rule says."""
    said = [f"{item.id}  {item.status.replace('_', ' ')}  {item.asks}"]
    said += [f"    {tame(words)}" for words in (item.words, item.reason, item.nothing_found, item.cites) if words]
    if item.proposes:
        said.append(f"    The rule: {item.proposes.replace('_', ' ')}. {tame(item.because)}")
    return "\n".join(said)
