"""Commands that have documents read once more, and list what was read of them."""

from __future__ import annotations

from collections import Counter
from contextlib import closing

import click

from panah.library import queries
from panah.library.bulk import Readers
from panah.library.extractors.ocr import installed
from panah.library.rereading import Again, RereadOutcome, read_again
from panah.team.acting import now
from panah.vault.commands import Unlocked, acting_member, json_line, tame

SOMETHING_REFUSED = 1


@click.command(cls=Unlocked)
@click.argument("documents", nargs=-1)
@click.option("--all-older", is_flag=True, help="All of which more can be read now than when they were read.")
@click.option("--languages", help="Recognise the words on scans in these (Tesseract: uig+chi_sim).")
@click.option("--json", "as_json", is_flag=True, help="One JSON line per document.")
@click.pass_context
def reread(
    ctx: click.Context, documents: tuple[str, ...], all_older: bool, languages: str | None, as_json: bool
) -> None:
    """Read documents once more: with a newer Panah, in other languages.

    DOCUMENTS are ids, or their first characters. What was read before stays under what was quoted from it, and with the
    document where it cannot be read again. `panah readings` lists what there is.
    """
    member, readers = acting_member(), Readers()
    if bool(documents) == all_older:
        raise click.UsageError("Name documents, or --all-older.")
    chosen = [queries.document(member, each) for each in documents]
    found = queries.older(member, readers.extractors, recognises=bool(installed())) if all_older else chosen
    counted: Counter[Again] = Counter()
    try:
        again = read_again(found, languages=languages, readers=readers, by=member, clock=now)
        with closing(again) as outcomes:
            for outcome in outcomes:
                counted[outcome.outcome] += 1
                json_line(outcome._asdict()) if as_json else click.echo(_reread_line(outcome))
    finally:
        readers.stop()
    if not as_json:
        said = f"{counted[Again.READ]} read anew, {counted[Again.SAME]} as before, {counted[Again.REFUSED]} refused."
        click.echo(said)
    if counted[Again.REFUSED]:
        ctx.exit(SOMETHING_REFUSED)


@click.command(cls=Unlocked)
@click.argument("document")
@click.option("--json", "as_json", is_flag=True, help="One JSON line per reading.")
def readings(document: str, as_json: bool) -> None:
    """List every reading of a document, the newest first: by what it was made, how, and how much is quoted from it."""
    member = acting_member()
    found = queries.document(member, document)
    for reading in queries.readings(member, found):
        record: dict[str, object] = {
            "id": reading.digest, "extractor": reading.extractor, "version": reading.version,
            "made_at": reading.made_at.isoformat(), "options": reading.options, "size": reading.size,
            "current": reading.pk == found.reading_id, "quoted": reading.quoted,  # type: ignore[attr-defined]
        }  # fmt: skip
        if as_json:
            json_line(record)
        else:
            mark = "*" if record["current"] else " "
            options = ", ".join(f"{name} {tame(value)}" for name, value in reading.options.items())
            click.echo(f"{mark} {reading.made_at:%Y-%m-%d %H:%M}  {reading.extractor} {reading.version}  {options}")


def _reread_line(outcome: RereadOutcome) -> str:
    reason = ": ".join(filter(None, [outcome.code, outcome.reason]))
    return f"{outcome.outcome:<8} {outcome.id[:8]}  {tame(outcome.title)}  {reason}".rstrip()
