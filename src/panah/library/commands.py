"""Commands of the library."""

from __future__ import annotations

from itertools import chain

import click

from panah.library import actions, queries
from panah.library.actions.reindexing import Reindexed
from panah.library.kin.actions import mark_again
from panah.library.naming.actions import look_again
from panah.team.acting import now
from panah.vault import actions as vault
from panah.vault import workspace
from panah.vault.commands import Unlocked, acting_member, json_line, open_as_it_is, tame
from panah.vault.rotating import renew_first_keys

OF_SO_MANY = 100
"""An upgrade tells how far it is after so many documents."""


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
        then=chain(
            renew_first_keys(clock=now), map(_tell_reindexed, chain(actions.reindex(), mark_again(), look_again()))
        )
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
