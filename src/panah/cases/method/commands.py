"""The command that shows where the examination of each fact stands."""

from __future__ import annotations

import click

from panah.cases import queries as cases
from panah.cases.method import queries
from panah.cases.method.queries import Staged
from panah.team.acting import now
from panah.team.actions import look
from panah.vault.commands import Unlocked, acting_member, json_line, tame


@click.command(cls=Unlocked)
@click.argument("reference")
@click.option("--json", "as_json", is_flag=True, help="One JSON line per fact.")
def facts(reference: str, as_json: bool) -> None:
    """Show where the examination of each fact of a case stands: which stages are reached, which are open.

    That says what was done, and nothing of whether the fact is true.
    """
    member = acting_member()
    case = cases.case(member, reference)
    look(kind="case", subject=case.reference, compartment=case.compartment, by=member, now=now())
    for staged in queries.stages(member, case):
        if as_json:
            json_line(_record(staged))
        else:
            stages = ", ".join(f"{name.name}: {state}" for name, state in staged.lines if state != "uncalled")
            click.echo(f"{staged.fact.id}. {tame(staged.fact.words)}\n    {stages}")


def _record(staged: Staged) -> dict[str, object]:
    fact, stage = staged.fact, staged.stage
    return {
        "id": fact.id, "words": fact.words, "reached": list(stage.reached), "open": list(stage.open),
        "not_called_for": list(stage.not_called_for), "assessed": [each.indicator for each in fact.assessed],
        "acceptance": fact.acceptance or "", "past_harm": fact.past_harm, "used_in": list(fact.used_in),
    }  # fmt: skip
