"""The command that checks a draft."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path

import click

from panah.law.citations import Outcome
from panah.library.checking import drafts, queries
from panah.library.checking.drafts import Draft
from panah.library.checking.results import Checked, CheckedCitation, CheckedQuotation, Source
from panah.library.extractors.kinds import HEAD
from panah.team.acting import now
from panah.vault.commands import Unlocked, acting_member, json_line, tame

UNSOUND = 1
SHOWN = 110
"""Characters of the draft's words that a line shows."""


@click.command(cls=Unlocked)
@click.argument("draft", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--collection", default="", help="Compare only with the texts of this collection.")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day whose law counts, if not today.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line per quotation and citation.")
@click.pass_context
def check(ctx: click.Context, /, draft: Path, collection: str, day: datetime | None, as_json: bool) -> None:
    """Check the quotations and citations of a draft before it is filed.

    DRAFT is a Word document, a PDF or a text. It is read and not kept. Each quotation is compared word for word with the
    library, each citation is looked up in the library and in the law. The exit code is 1 where something differs or is
    not found.
    """
    member = acting_member()
    read = _read(draft)
    checked = queries.check(member, read.words, on=_day(day), collection=collection)
    for each in checked:
        if as_json:
            json_line(_record(each))
        else:
            click.echo(_as_text(each))
    if not as_json:
        click.echo(_summary(checked, read))
    if not checked.is_sound:
        ctx.exit(UNSOUND)


def _day(day: datetime | None) -> date:
    return (day or now()).date()


def _read(path: Path) -> Draft:
    with path.open("rb") as stream:
        size = os.fstat(stream.fileno()).st_size
        head = stream.read(HEAD)
        stream.seek(max(0, size - HEAD))
        tail = stream.read(HEAD)
        stream.seek(0)
        return drafts.read(head=head, tail=tail, size=size, pieces=iter(lambda: stream.read(1 << 18), b""))


def _record(each: CheckedQuotation | CheckedCitation) -> dict[str, object]:
    source = each.source
    common: dict[str, object] = {
        "id": f"{each.start_byte}-{each.end_byte}",
        "kind": "quotation" if isinstance(each, CheckedQuotation) else "citation",
        "outcome": str(each.outcome), "words": each.words, "reason": str(each.reason),
        "document": str(source.document.pk) if source else "",
        "title": source.document.title if source else "",
        "start": source.start if source else None, "end": source.end if source else None,
        "page": source.page if source else None,
    }  # fmt: skip
    if isinstance(each, CheckedQuotation):
        return common | {"source_words": "".join(piece.words for piece in each.theirs)}
    cited = each.cited
    return common | {
        "form": cited.form, "value": cited.refers_to or cited.value, "elements": list(each.elements),
        "near": list(each.near),
    }  # fmt: skip


def _as_text(each: CheckedQuotation | CheckedCitation) -> str:
    words = " ".join(each.words.split())
    shown = words if len(words) <= SHOWN else words[: SHOWN - 1] + "…"
    lines = [f"{each.outcome:<13}  {f'“{tame(shown)}”' if isinstance(each, CheckedQuotation) else tame(shown)}"]
    lines.append(tame(each.reason))
    if each.source:
        lines.append(_place(each.source))
    if isinstance(each, CheckedCitation) and each.near:
        lines.append("Is one of these meant? " + "; ".join(map(tame, each.near)))
    if each.outcome is Outcome.DIFFERS and isinstance(each, CheckedQuotation):
        for called, pieces in (("draft", each.ours), ("source", each.theirs)):
            said = "".join(f"[[{piece.words}]]" if piece.differs else piece.words for piece in pieces)
            lines.append(f"{called:>6}: {tame(said)}")
    return "\n               ".join(lines)


def _place(source: Source) -> str:
    document = source.document
    page = f", page {source.page}" if source.page else ""
    at = f", bytes {source.start}-{source.end}" if source.end else ""
    return f"{tame(document.title or document.path)}{page}{at}  document {document.pk}"


def _summary(checked: Checked, read: Draft) -> str:
    counts = {outcome: sum(each.outcome is outcome for each in checked) for outcome in Outcome}
    said = ", ".join(f"{count} {outcome.replace('-', ' ')}" for outcome, count in counts.items())
    whole = f"{len(checked.quotations)} quotations, {len(checked.citations)} citations: {said}."
    if read.was_recognised:
        whole += (
            "\nSome pages are pictures: their words were recognised by a machine, and may differ from what is printed."
        )
    return whole
