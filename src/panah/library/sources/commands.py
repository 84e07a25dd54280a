"""Commands that tell what is known of documents and of their sources, and that write it down."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from panah.library import actions
from panah.library import queries as library
from panah.library.record import NEEDED, Details, SourceType
from panah.library.sources import queries
from panah.library.sources.actions import assess as write_assessment
from panah.library.sources.queries import Record
from panah.team.acting import now
from panah.vault.commands import Unlocked, acting_member, json_line, tame


@click.command(cls=Unlocked)
@click.option("--collection", default="", help="Only in this collection.")
@click.option("--incomplete", is_flag=True, help="Only those of whose record something is missing.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line per document.")
def documents(collection: str, incomplete: bool, as_json: bool) -> None:
    """List documents, what is known of each, and what nobody has written down yet."""
    member = acting_member()
    rows = library.documents(member).order_by("title", "pk")
    if collection:
        rows = rows.filter(collection=library.collection_named(member, collection))
    for one in queries.records(member, rows.iterator()):
        if incomplete and not one.missing:
            continue
        if as_json:
            json_line(_record_of(one))
        else:
            lacks = f"not written down: {', '.join(one.missing)}" if one.missing else "its record is complete"
            click.echo(f"{one.document.pk.hex[:8]}  {tame(one.document.title or one.document.path)}\n    {lacks}")


def _record_of(one: Record) -> dict[str, object]:
    document = one.document
    return {
        "id": str(document.pk), **{name: one.known[name] for name in (*NEEDED, "concepts")}, "path": document.path,
        "collection": document.collection.name, "state": document.state, "original": document.original.digest,
        "supersedes": str(document.supersedes_id or ""), "missing": one.missing,
    }  # fmt: skip


def _each_field(command: Callable[..., None]) -> Callable[..., None]:
    """An option for every field of the record."""
    for name in reversed(Details._fields):
        command = click.option(f"--{name.replace('_', '-')}", name, help=_HELP.get(name, ""))(command)
    return command


_HELP = {
    "source": "Who published it.",
    "date": "When it was published, as its source writes it.",
    "period": "When that happened which it tells of (EDTF): 2017-04/2019.",
    "places": "Countries and parts of them (ISO 3166), with commas: CN, CN-XJ.",
    "concepts": "What it is about, with semicolons.",
    "language": "A language tag: en, zh, ug-Arab.",
    "url": "Where it stood.",
    "accessed": "When it was fetched (EDTF).",
    "archive_url": "Where somebody else keeps a copy.",
    "sensitivity": "public, internal or endangering.",
}


@click.command(cls=Unlocked)
@click.argument("document")
@_each_field
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def describe(document: str, as_json: bool, **said: Any) -> None:
    """Write down what is known of a document.

    What is not named stays as it is; an empty value takes it away. DOCUMENT is its id, or its first characters.
    """
    member = acting_member()
    found = library.document(member, document)
    details = Details(
        **{**library.said_of(found), **{name: value for name, value in said.items() if value is not None}}
    )
    actions.describe(document=found, details=details, by=member, now=now())
    [one] = queries.records(member, [library.document(member, found.pk)])
    if as_json:
        json_line(_record_of(one))
    else:
        lacks = f"Not written down: {', '.join(one.missing)}." if one.missing else "Its record is complete."
        click.echo(f"“{tame(one.document.title)}”: written down. {lacks}")


@click.group()
def source() -> None:
    """List who published documents, and write what is to be known of them."""


@source.command(name="list", cls=Unlocked)
@click.option("--json", "as_json", is_flag=True, help="One JSON line per source.")
def list_(as_json: bool) -> None:
    """Say of each source how many documents there are, and how often somebody wrote of it."""
    for one in queries.counted(acting_member()):
        if as_json:
            json_line({
                "id": str(one.pk), "name": one.name, "compartment": one.compartment.name,
                "documents": one.count, "assessments": one.assessed,  # type: ignore[attr-defined]
            })  # fmt: skip
        else:
            click.echo(f"{tame(one.name)}  ({one.count} documents, assessed {one.assessed} times)")  # type: ignore[attr-defined]


@source.command(cls=Unlocked)
@click.argument("name")
@click.option("--compartment", default="", help="The compartment in which the source is meant, by name or id.")
@click.option(
    "--type", "source_type", type=click.Choice([kind.value for kind in SourceType]), help="What kind of source it is."
)
@click.option("--mandate", help="Who they are, and on whose behalf they speak.")
@click.option("--method", help="How they come to know what they write.")
@click.option("--bias", help="What they are known to leave out or to colour.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def assess(name: str, compartment: str, source_type: str | None, as_json: bool, **words: str | None) -> None:
    """Write of a source what is to be known of it: words, never a score.

    What is not named stays as it was written last; every earlier version is kept, with its date and its writer.
    """
    member = acting_member()
    found = queries.source_named(member, name, compartment=compartment)
    newest = next(iter(queries.assessments(member, found)), None)
    kind = source_type or (newest.source_type if newest else "")
    said = {field: (getattr(newest, field, "") if value is None else value) for field, value in words.items()}
    written = write_assessment(
        source=found, source_type=SourceType(kind) if kind else None, **said, by=member, now=now()
    )
    if as_json:
        json_line({"id": str(found.pk), "source_type": written.source_type, **said})
    else:
        click.echo(f"“{tame(found.name)}”: written down.")
