"""The command that looks for evidence."""

from __future__ import annotations

import click

from panah.cases import queries as cases
from panah.cases.evidence import queries
from panah.cases.evidence.queries import Laid, Lead
from panah.cases.models import Search
from panah.cases.research.actions import keep
from panah.team.acting import now
from panah.team.actions import look
from panah.vault.commands import Unlocked, acting_member, json_line, tame


@click.command(cls=Unlocked)
@click.argument("reference")
@click.option(
    "--element", "elements", multiple=True, help="Only this question of the law. May be given more than once."
)
@click.option("--collection", "names", multiple=True, help="Only this collection. May be given more than once.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line per question of the law.")
def evidence(reference: str, elements: tuple[str, ...], names: tuple[str, ...], as_json: bool) -> None:
    """Look for evidence on each question of the law in a case.

    It asks the words of the facts, of the profile, and of the concepts of each question; the search is kept in the
    research trail of the case. Nothing is put into the case.
    """
    member = acting_member()
    case = cases.case(member, reference)
    look(kind="case", subject=case.reference, compartment=case.compartment, by=member, now=now())
    found = queries.evidence(member, case, names=names, elements=elements)
    keep(case=case, through=Search.Through.FINDER, asked=found.asked, by=member, now=now())
    for laid in found.laid:
        if as_json:
            json_line(_record(laid))
        else:
            click.echo(_as_text(laid))


def _record(laid: Laid) -> dict[str, object]:
    asked = [
        {
            "kind": one.question.kind.value, "words": list(one.question.words), "facts": list(one.question.facts),
            "concepts": [concept.id for concept in one.question.concepts], "passages": one.passages,
        }
        for one in laid.answered
    ]  # fmt: skip
    return {
        "id": laid.element.id, "framework": laid.framework.id, "asks": laid.element.asks, "asked": asked,
        "passages": [_passage(lead) for lead in laid.leads], "more": laid.more,
    }  # fmt: skip


def _passage(lead: Lead) -> dict[str, object]:
    hit = lead.hit
    return {
        "document": str(hit.document.pk), "title": hit.document.title, "date": hit.document.date,
        "page": hit.passage.page, "start": hit.passage.start, "end": hit.passage.end, "words": hit.words,
        "same_root": [str(other.document.pk) for other in lead.under],
    }  # fmt: skip


def _as_text(laid: Laid) -> str:
    lines = [f"{laid.element.id}  {laid.element.asks}"]
    for lead in laid.leads:
        hit = lead.hit
        lines += [
            f"    {tame(hit.document.date) or 'undated'}  {tame(hit.document.title)}",
            f"        {tame(hit.words)}",
        ]
        lines += [f"        same root: {tame(other.document.title)}" for other in lead.under]
    nothing = "; ".join(" + ".join(map(tame, one.question.words)) for one in laid.nothing)
    lines += [f"    {len(laid.answered)} asked" + (f", nothing on: {nothing}" if nothing else "")]
    return "\n".join(lines) + "\n"
