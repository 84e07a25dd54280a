"""Commands of the library."""

from __future__ import annotations

from itertools import chain

import click

from panah.library import actions, queries
from panah.library.actions.reindexing import Reindexed
from panah.library.kin.actions import mark_again
from panah.library.queries import Hit
from panah.team.acting import now
from panah.vault import actions as vault
from panah.vault import workspace
from panah.vault.commands import Unlocked, acting_member, json_line, open_as_it_is, tame
from panah.vault.rotating import renew_first_keys

OF_SO_MANY = 100
"""An upgrade tells how far it is after so many documents."""


@click.command(cls=Unlocked)
@click.argument("words")
@click.option("--collection", default="", help="Only in this collection.")
@click.option("--language", default="", help="Only in documents of this language (BCP 47: en, zh, ug-Arab).")
@click.option(
    "--limit", default=20, show_default=True, type=click.IntRange(1, 10_000), help="How many passages to show."
)
@click.option("--exactly", is_flag=True, help="Only these words, and not what the thesaurus has for them.")
@click.option(
    "--without", multiple=True, metavar="CONCEPT", help="Add nothing by this concept, which is named by its id."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON line per passage.")
def find(
    words: str, collection: str, language: str, limit: int, exactly: bool, without: tuple[str, ...], as_json: bool
) -> None:
    """Find passages in the library.

    "words in quotes" are a phrase; OR, NOT and brackets work; a star ends the beginning of a word: deport*

    Where the words are what the thesaurus calls a concept, its other labels are looked for as well, in all languages.
    """
    results = queries.find(
        acting_member(), words, collection=collection, language=language, widen=not exactly,
        without=frozenset(without), limit=limit,
    )  # fmt: skip
    added = {addition.concept.id: addition for addition in results.added}
    for hit in results.hits:
        if as_json:
            json_line({**_hit_record(hit), "added": list(added)})
        else:
            click.echo(_hit_text(hit))
    if not as_json:
        for concept_id, addition in added.items():
            labels = "; ".join(label for labels in addition.labels.values() for label in labels)
            click.echo(f"Also looked for, by {concept_id}: {tame(labels)}")
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


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def upgrade(as_json: bool) -> None:
    """Bring the workspace up to date with this Panah.

    What an older one encrypted or indexed in another way is encrypted or indexed again, which takes as long as it did at
    first.
    """
    open_as_it_is()
    vault.bring_up_to_date(
        then=chain(renew_first_keys(clock=now), map(_tell_reindexed, chain(actions.reindex(), mark_again())))
    )
    if as_json:
        json_line({"id": workspace.public_key(), "version": workspace.schema_version()})
    else:
        click.echo("The workspace is up to date.")


def _tell_reindexed(one: Reindexed) -> None:
    if one.damaged:
        click.echo(f"Warning: the reading of {one.document} is damaged; nothing of it is found.", err=True)
    elif one.left and one.left % OF_SO_MANY == 0:
        click.echo(f"Indexed again; documents left: {one.left}", err=True)


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
