"""The command that says which document is the translation of which."""

from __future__ import annotations

import click

from panah.library import queries
from panah.library.versions.actions import translate
from panah.team.acting import now
from panah.vault.commands import Unlocked, acting_member, json_line, tame


@click.command(cls=Unlocked)
@click.argument("original")
@click.argument("document")
@click.option("--translator", default="", help="Who made the translation.")
@click.option("--certificate", default="", help="The document in which somebody answers for it.")
@click.option("--certified-on", default="", help="When it was certified (EDTF).")
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def translation(
    original: str, document: str, translator: str, certificate: str, certified_on: str, as_json: bool
) -> None:
    """Say that a document is the translation of another.

    The workbench shows both side by side. Said again, it replaces what was said before.
    """
    member = acting_member()
    one, other = queries.document(member, original), queries.document(member, document)
    paper = queries.document(member, certificate) if certificate else None
    translate(
        original=one, translation=other, translator=translator, certificate=paper, certified_on=certified_on, by=member,
        now=now(),
    )  # fmt: skip
    if as_json:
        json_line({"id": str(other.pk), "original": str(one.pk), "translator": translator})
    else:
        click.echo(f"“{tame(other.title)}” is the translation of “{tame(one.title)}”.")
