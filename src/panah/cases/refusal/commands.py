"""The commands of the audit of a refusal."""

from __future__ import annotations

from pathlib import Path

import click

from panah.cases import queries as cases
from panah.cases.refusal import queries
from panah.cases.refusal.printing import draft
from panah.cases.refusal.recurring import Recurring
from panah.cases.refusal.recurring import recurring as recurring_in
from panah.team.acting import now
from panah.team.actions import look
from panah.vault.commands import Unlocked, acting_member, json_line, tame
from panah.vault.files import failures_said, write_new


@click.command(cls=Unlocked)
@click.argument("reference", required=False)
@click.option(
    "--decision", "number", type=click.IntRange(min=1), help="The number of its record; left out: the last one."
)
@click.option("--recurring", is_flag=True, help="Paragraphs that stand word for word in decisions of several cases.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line per proposal.")
def refusal(reference: str | None, number: int | None, recurring: bool, as_json: bool) -> None:
    """Audit a decision of a case, or list what recurs in several.

    A rule only proposes: nothing is a ground that a person did not accept or correct.
    """
    if recurring == bool(reference):
        raise click.UsageError("Say which case, or --recurring.")
    if reference:
        _audit(reference, number or 0, as_json=as_json)
    else:
        _recurring(as_json=as_json)


@click.command(cls=Unlocked)
@click.argument("reference")
@click.option(
    "--decision", "number", type=click.IntRange(min=1), help="The number of its record; left out: the last one."
)
@click.option("--docx", type=click.Path(path_type=Path), required=True, help="The new file.")
def grounds(reference: str, number: int | None, docx: Path) -> None:
    """Write the grounds of appeal against a decision as a draft (DOCX).

    Only what a person accepted or corrected is in it.
    """
    member = acting_member()
    case = cases.case(member, reference)
    paper = queries.paper(member, case, number or 0)
    with failures_said(docx):
        write_new(docx, [draft(case=case, decision=paper, by=member, now=now())])
    click.echo(f"Written: {tame(str(docx))}")


def _audit(reference: str, number: int, *, as_json: bool) -> None:
    member = acting_member()
    case = cases.case(member, reference)
    look(kind="case", subject=case.reference, compartment=case.compartment, by=member, now=now())
    found = queries.audited(member, case, queries.paper(member, case, number), now=now())
    for each in queries.listed(found):
        if as_json:
            json_line(each._asdict())
        else:
            click.echo(_as_text(each))
    for sentence in found.audit.not_looked:
        click.echo(tame(sentence), err=True)


def _as_text(line: queries.Listed) -> str:
    """A proposal as a few lines: its sentence, its authority, the words of the decision, and the verdict."""
    said = [f"{line.id}  {line.verdict or 'open'}", f"    {tame(line.sentence)}", f"    {tame(line.authority)}"]
    said += [f"    {tame(words)}" for words in (line.words, line.ground, line.reason) if words]
    return "\n".join(said)


def _recurring(*, as_json: bool) -> None:
    found = recurring_in(acting_member())
    for number, each in enumerate(found.recurring, start=1):
        if as_json:
            json_line({"id": str(number), "files": each.files, "words": each.words, "places": _places(each)})
        else:
            click.echo(f"In {each.files} files: {', '.join(_places(each))}\n    {tame(each.words)}")
    if not found.recurring:
        click.echo(f"Nothing recurs: looked at {found.decisions} decisions of {found.cases} cases.", err=True)


def _places(each: Recurring) -> list[str]:
    return [
        f"{place.case.reference}, decision {place.record.number}, {place.paragraph.number}" for place in each.places
    ]
