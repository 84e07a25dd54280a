"""The command that lists the tellings of an account, or compares two of them."""

from __future__ import annotations

import click

from panah.cases import queries as cases
from panah.cases.models import Case, Contradiction
from panah.cases.telling import queries
from panah.cases.telling.comparing import Beside, Said
from panah.cases.telling.queries import Tellings
from panah.team.acting import now
from panah.team.actions import look
from panah.vault.commands import Unlocked, acting_member, json_line, tame


@click.command(cls=Unlocked)
@click.argument("reference")
@click.option(
    "--compare", type=(int, int), default=None, metavar="NUMBER NUMBER", help="Put two statements beside each other."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON line per statement, or per row of what is compared.")
def account(reference: str, compare: tuple[int, int] | None, as_json: bool) -> None:
    """List the statements of an account, or put two of them beside each other, sentence by sentence.

    Two statements in different languages are put beside each other paragraph by paragraph: their words are not compared.
    """
    member = acting_member()
    case = cases.case(member, reference)
    look(kind="case", subject=case.reference, compartment=case.compartment, by=member, now=now())
    if compare is None:
        _list(case, as_json=as_json)
        return
    told = queries.compared(member, case, *compare)
    for row, marked in told.rows:
        if as_json:
            json_line(_record(told, row, marked))
        elif row.differs:
            sides = [tame(_words(told, row, number)) or "—" for number in (0, 1)]
            click.echo(f"{row.number}. {'moved' if row.moved else 'differs'}\n    {sides[0]}\n    {sides[1]}")
    if not as_json:
        found = told.comparison
        click.echo(
            f"{found.differences} differences." if found.aligned else "The languages differ: nothing is compared."
        )


def _list(case: Case, *, as_json: bool) -> None:
    for told in cases.statements(case):
        said = {"told_on": told.told_on, "occasion": told.occasion, "language": told.language, "words": told.words}
        if as_json:
            json_line({"id": str(told.number), **said})
        else:
            click.echo(f"{told.number}. {tame(', '.join(filter(None, list(said.values())[:3])))}")


def _record(told: Tellings, row: Beside, marked: Contradiction | None) -> dict[str, object]:
    return {
        "id": str(row.number), "aligned": told.comparison.aligned, "differs": row.differs, "moved": row.moved,
        "one": _words(told, row, 0), "other": _words(told, row, 1), "one_at": row.place_in_one,
        "other_at": row.place_in_other, "marked": str(marked.number) if marked else "",
    }  # fmt: skip


def _words(told: Tellings, row: Beside, which: int) -> str:
    side: Said | None = (row.one, row.other)[which]
    return told.both[which].words[side.start : side.end] if side else ""
