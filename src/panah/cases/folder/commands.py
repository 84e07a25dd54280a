"""Commands that write folders."""

from __future__ import annotations

from pathlib import Path

import click

from panah.cases.folder.shelf import export_shelf
from panah.library import queries as library
from panah.team import queries as team
from panah.team.acting import now
from panah.vault.commands import Unlocked, acting_member, json_line, tame


@click.group()
def collection() -> None:
    """List collections, and write one into a folder that another Panah takes in."""


@collection.command("list", cls=Unlocked)
@click.option("--json", "as_json", is_flag=True, help="One JSON line per collection.")
def list_collections(as_json: bool) -> None:
    """List the collections that you may see, with the number of documents in each."""
    for shelf in library.collections(acting_member()).select_related("compartment"):
        if as_json:
            json_line({"id": str(shelf.pk), "name": shelf.name, "documents": shelf.count})  # type: ignore[attr-defined]
        else:
            click.echo(f"{shelf.count:>7}  {tame(shelf.name)}")  # type: ignore[attr-defined]


@collection.command("export", cls=Unlocked)
@click.argument("name")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--in", "place", default="", help="The compartment in which it stands, where that is open.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def export(name: str, folder: Path, place: str, as_json: bool) -> None:
    """Write the collection NAME into a new folder, in plain: its files, and a manifest with what is said of each.

    On another machine, panah ingest FOLDER --manifest FOLDER/manifest.jsonl adds to a collection what is not there yet,
    and fills in what nobody had said of what is: so what two machines took in becomes one.
    """
    by = acting_member()
    shelf = library.collection_named(by, name, compartment=team.compartment(by, place) if place else None)
    written = export_shelf(shelf, folder, by=by, now=now())
    if as_json:
        json_line({"id": str(shelf.pk), "folder": str(folder), "files": written})
    else:
        click.echo(f"{written} files in {tame(str(folder))}. They are not encrypted.")
