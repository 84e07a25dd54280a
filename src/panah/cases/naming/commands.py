"""The command that looks for a name."""

from __future__ import annotations

import click

from panah.cases import queries as cases
from panah.cases.models import Case, Identification
from panah.cases.naming import actions, queries
from panah.cases.naming.actions import Kept
from panah.cases.naming.asking import ask, one_name
from panah.cases.naming.queries import Card, Looked, Stands
from panah.cases.naming.showing import NOTHING, together
from panah.cases.naming.stating import stated
from panah.cases.naming.words import GRADES, OUTCOMES
from panah.names import Part
from panah.team import queries as team
from panah.team.acting import now
from panah.team.actions import look
from panah.team.models import Member
from panah.team.rules import May
from panah.vault.commands import Unlocked, acting_member, json_line, tame


@click.command(cls=Unlocked)
@click.argument("name")
@click.option("--collection", default="", help="Only in this collection.")
@click.option(
    "--for", "reference", metavar="REFERENCE", help="For this case: papers of other cases are not looked through."
)
@click.option(
    "--absent", "reason", help="State that none of what is found is the name, and why; the statement is kept."
)
@click.option("--in", "compartment", help="With --absent and without --for: the compartment that keeps the statement.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line per compatible spelling, or for the statement.")
def names(
    name: str, collection: str, reference: str | None, reason: str | None, compartment: str | None, *, as_json: bool
) -> None:
    """Look for one name in whichever spelling, or state that it is absent.

    A compatible spelling is not yet the same person: that only people can tell. One name at a time, and a handful in a
    minute; the ledger says that you looked for a name, and not for which.
    """
    member = acting_member()
    case = cases.case(member, reference) if reference else None
    kept = _kept(member, case, compartment) if reason is not None else None
    if case:
        look(kind="case", subject=case.reference, compartment=case.compartment, by=member, now=now())
    wanted = one_name(name)
    ask(case=case, by=member, now=now())
    found = queries.look_for(member, wanted, case=case, collection=collection)
    if kept and reason is not None:
        _state(found, kept, reason, member, as_json=as_json)
    else:
        _tell(found, as_json=as_json)


def _kept(member: Member, case: Case | None, compartment: str | None) -> Kept:
    if case:
        return Kept(case.compartment, case)
    if not compartment:
        raise click.UsageError("Say with --for or --in where the statement is kept.")
    return Kept(team.compartment(member, compartment, May.WORK))


def _state(found: Looked, kept: Kept, reason: str, member: Member, *, as_json: bool) -> None:
    made = actions.state_absence(
        kept=kept, sought=found.name, asked=found.asked, reason=reason, by=member, now=now()
    )  # fmt: skip
    said = stated(made)
    if as_json:
        json_line({"id": str(made.pk), "at": made.at.isoformat(), **said._asdict(), "tried": dict(said.tried)})
    else:
        click.echo("\n".join(map(tame, said.text().splitlines())))
        click.echo(f"statement {made.pk}")


def _tell(found: Looked, *, as_json: bool) -> None:
    for card in found.cards:
        if as_json:
            json_line(_record(card))
        else:
            click.echo(_as_text(card))
    if as_json:
        return
    if not found.cards:
        click.echo("No compatible spelling stands in what you may see.")
    if found.more:
        click.echo(f"{found.more} more compatible spellings are further off and not shown; write more of the name.")


def _record(card: Card) -> dict[str, object]:
    spelling = card.spelling
    return {
        "id": spelling.written, "grade": str(spelling.comparison.grade), "turned": spelling.comparison.turned,
        "missing": list(spelling.comparison.missing),
        "parts": [_part(part) for part in spelling.comparison.parts],
        "mentions": spelling.mentions, "documents": spelling.documents,
        "others": card.others, "told_apart": card.told_apart,
        "places": [_place(place) for place in card.places],
    }  # fmt: skip


def _part(part: Part) -> dict[str, object]:
    steps = [{"left": step.left, "right": step.right, "reason": str(step.reason)} for step in part.steps]
    return {"left": part.left, "right": part.right, "grade": str(part.grade), "steps": steps}


def _place(place: Stands) -> dict[str, object]:
    where, known = place.where, place.known
    return {
        "document": str(where.document.pk), "title": where.document.title, "page": where.page, "start": where.start,
        "end": where.end, "words": where.words, "before": where.before, "after": where.after,
        "case": known.case.reference if known else "",
        "said": [
            {"id": str(row.pk), "outcome": row.outcome, "sought": row.sought, "reason": row.reason, "by": row.by,
             "at": row.at.isoformat(), "current": row.current}
            for row in place.said
        ],
    }  # fmt: skip


def _as_text(card: Card) -> str:
    spelling = card.spelling
    lines = [f"{tame(spelling.written)}  ({GRADES[spelling.comparison.grade]})"]
    for part in spelling.comparison.parts:
        lines.append(f"    {tame(part.left) or NOTHING} = {tame(part.right) or NOTHING}")
        lines += [f"        {tame(step.left)} = {tame(step.right)}: {tame(step.reason)}" for step in together(part)]
    if spelling.comparison.turned:
        lines.append("    the parts stand in another order")
    lines.append(f"    places: {spelling.mentions}, in documents: {spelling.documents}")
    lines.append(f"    other full names here that fit as well: {card.others}; told apart: {card.told_apart}")
    for place in card.places:
        lines += _place_as_text(place)
    return "\n".join(lines) + "\n"


def _place_as_text(place: Stands) -> list[str]:
    where = place.where
    said = [row for row in place.said if row.current]
    return [
        f"    {tame(where.before)}[{tame(where.words)}]{tame(where.after)}",
        f"        {tame(where.document.title)}, bytes {where.start}-{where.end}, document {where.document.pk}",
        *(
            f"        {OUTCOMES[Identification.Outcome(row.outcome)]}: {tame(row.reason)} ({tame(row.by)})"
            for row in said
        ),
    ]
