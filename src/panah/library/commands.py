"""Commands of the library."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Generator, Sequence
from contextlib import closing, contextmanager
from itertools import chain
from pathlib import Path

import click

from panah.library import actions, bulk, queries
from panah.library.actions.reindexing import Reindexed
from panah.library.bulk import FileOutcome, Outcome, Readers
from panah.library.manifest import Listed, read_manifest
from panah.library.queries import Hit, Shelf
from panah.team.acting import now
from panah.team.models import Member
from panah.vault import actions as vault
from panah.vault import workspace
from panah.vault.commands import Unlocked, acting_member, json_line, open_as_it_is, tame
from panah.vault.rotating import renew_first_keys

SOMETHING_REFUSED = 1
OF_SO_MANY = 100
"""An upgrade tells how far it is after so many documents."""


@click.command(cls=Unlocked)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False))
@click.option("--collection", default=actions.GENERAL, show_default=True, help="The collection to put them in.")
@click.option("--compartment", default="", help="The compartment in which the collection stands, where that is open.")
@click.option("--manifest", type=click.Path(path_type=Path), help="JSON lines that say what each file is.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line per file.")
@click.pass_context
def ingest(
    ctx: click.Context, paths: tuple[Path, ...], collection: str, compartment: str, manifest: Path | None, as_json: bool
) -> None:
    """Take files into the library, and account for each.

    Texts, pages, PDF, e-mail, books and office files are read, told by their content; anything else is preserved and
    says why it was not read. Interrupted, it goes on where it was when it is run again. The workspace itself and the
    manifest are no papers, and are passed over in a folder that holds them.
    """
    member = acting_member()
    shelf = queries.shelf(member, collection, compartment=compartment)
    listed = read_manifest(manifest) if manifest else {}
    files = [
        *bulk.regular_files(paths, leaving_out=[workspace.home(), *([manifest] if manifest else [])]),
        *bulk.not_there(listed, paths),
    ]
    report: list[FileOutcome] = []
    try:
        with (
            _progress(len(files), shown=not as_json) as step,
            closing(_taken_in(files, listed, shelf, member)) as outcomes,
        ):
            for outcome in outcomes:
                report.append(outcome)
                step(1)
                if as_json:
                    json_line(outcome._asdict())
    finally:  # stopped or not: what was done is accounted for
        if not as_json:
            click.echo(_report(report))
    if any(outcome.outcome is Outcome.REFUSED for outcome in report):
        ctx.exit(SOMETHING_REFUSED)


@click.command(cls=Unlocked)
@click.argument("words")
@click.option("--collection", default="", help="Only in this collection.")
@click.option("--language", default="", help="Only in documents of this language (BCP 47: en, zh, ug-Arab).")
@click.option(
    "--limit", default=20, show_default=True, type=click.IntRange(1, 10_000), help="How many passages to show."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON line per passage.")
def find(words: str, collection: str, language: str, limit: int, as_json: bool) -> None:
    """Find passages in the library.

    "words in quotes" are a phrase; OR, NOT and brackets work; a star ends the beginning of a word: deport*
    """
    results = queries.find(acting_member(), words, collection=collection, language=language, limit=limit)
    for hit in results.hits:
        if as_json:
            json_line(_hit_record(hit))
        else:
            click.echo(_hit_text(hit))
    if not as_json:
        click.echo(f"{len(results.hits)} of {results.total} passages.")


@click.command(cls=Unlocked)
@click.argument("document")
@click.argument("words")
@click.option("--start", type=click.IntRange(0), help="The byte of the reading at which the words start.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def quote(document: str, words: str, start: int | None, as_json: bool) -> None:
    """Quote words of a document, byte for byte.

    DOCUMENT is the id that `panah ingest` and `panah find` show, or its first characters. The words are compared with
    the stored reading; a quotation that differs by one character is refused.
    """
    member = acting_member()
    quotation = actions.quote(
        document=queries.document(member, document), words=words, start=start, by=member, now=now()
    )
    if as_json:
        json_line({
            "id": str(quotation.pk), "document": str(quotation.document_id), "start": quotation.start,
            "end": quotation.end, "page": quotation.page, "words": quotation.words, "digest": quotation.digest,
            "prefix": quotation.prefix, "suffix": quotation.suffix,
        })  # fmt: skip
    else:
        click.echo(f"“{tame(quotation.words)}”")
        click.echo(f"{tame(quotation.document.title)}, bytes {quotation.start}-{quotation.end}")
        click.echo(f"quotation {quotation.pk}")


@click.command(cls=Unlocked)
@click.argument("older")
@click.argument("newer")
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def supersede(older: str, newer: str, as_json: bool) -> None:
    """Say that one document takes the place of another.

    Quotations from the older one stay, and are shown as gaps in every case that uses them.
    """
    member = acting_member()
    old, new = queries.document(member, older), queries.document(member, newer)
    actions.supersede(older=old, newer=new, by=member, now=now())
    if as_json:
        json_line({"id": str(new.pk), "supersedes": str(old.pk)})
    else:
        click.echo(f"“{tame(new.title)}” takes the place of “{tame(old.title)}”.")


def _taken_in(
    files: list[Path], listed: dict[Path, Listed], shelf: Shelf, member: Member
) -> Generator[FileOutcome, None, None]:
    readers = Readers()
    try:
        yield from bulk.taken_in(files, listed=listed, shelf=shelf, readers=readers, by=member, clock=now)
    finally:
        readers.stop()


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def upgrade(as_json: bool) -> None:
    """Bring the workspace up to date with this Panah.

    What an older one encrypted or indexed in another way is encrypted or indexed again, which takes as long as it did at
    first.
    """
    open_as_it_is()
    vault.bring_up_to_date(then=chain(renew_first_keys(clock=now), map(_tell_reindexed, actions.reindex())))
    if as_json:
        json_line({"id": workspace.public_key(), "version": workspace.schema_version()})
    else:
        click.echo("The workspace is up to date.")


def _tell_reindexed(one: Reindexed) -> None:
    if one.damaged:
        click.echo(f"Warning: the reading of {one.document} is damaged; nothing of it is found.", err=True)
    elif one.left and one.left % OF_SO_MANY == 0:
        click.echo(f"Indexed again; documents left: {one.left}", err=True)


@contextmanager
def _progress(length: int, *, shown: bool):  # type: ignore[no-untyped-def]  # noqa: ANN202
    """A bar on standard error where a person looks at it."""
    if shown and sys.stderr.isatty():
        with click.progressbar(length=length, label="Taking in", file=sys.stderr) as bar:
            yield bar.update
    else:
        yield lambda _step: None


def _report(outcomes: Sequence[FileOutcome]) -> str:
    """A line for each file, and a last one that counts them."""
    counted = Counter(outcome.outcome for outcome in outcomes)
    last = f"{counted[Outcome.READ]} read, {counted[Outcome.ALREADY]} already here, {counted[Outcome.REFUSED]} refused."
    return "\n".join([*map(_report_line, outcomes), last])


def _report_line(outcome: FileOutcome) -> str:
    from panah.errors import one_line

    reason = ": ".join(filter(None, [outcome.code, outcome.reason]))
    return f"{outcome.outcome:<8} {outcome.document[:8]:<8}  {one_line(outcome.path)}  {reason}".rstrip()


def _hit_record(hit: Hit) -> dict[str, object]:
    document, passage = hit.document, hit.passage
    return {
        "id": f"{document.pk}#{passage.start}-{passage.end}",
        "document": str(document.pk),
        "title": document.title,
        "path": document.path,
        "page": passage.page,
        "start": passage.start,
        "end": passage.end,
        "words": hit.words,
        "source": document.source.name if document.source else "",
        "date": document.date,
        "marks": [{"start": start, "end": end} for start, end in hit.marks],
    }


def _hit_text(hit: Hit) -> str:
    document = hit.document
    words = "".join(click.style(tame(piece), bold=True) if marked else tame(piece) for piece, marked in hit.marked())
    place = [document.title, document.source.name if document.source else "", document.date]
    place += [f"page {hit.passage.page}" if hit.passage.page else "", f"bytes {hit.passage.start}-{hit.passage.end}"]
    return f"{words}\n    {', '.join(tame(part) for part in place if part)}\n    document {document.pk}\n"
