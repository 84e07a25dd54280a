"""The commands that show what shares wording with a document, and say to what it traces."""

from __future__ import annotations

from collections.abc import Iterator

import click

from panah.library import queries as library
from panah.library.kin import queries, roots
from panah.library.kin.actions import take_back, tell_apart, trace
from panah.library.kin.queries import Kin
from panah.library.kin.roots import MarkUnknown
from panah.library.models import Apart, Document, Trace
from panah.team.acting import now
from panah.team.models import Member
from panah.vault.commands import Unlocked, acting_member, json_line, tame


@click.command(cls=Unlocked)
@click.argument("document")
@click.option("--all", "everything", is_flag=True, help="Also those that have but single passages in common.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line per document.")
def kin(document: str, everything: bool, as_json: bool) -> None:
    """List the documents that share wording with one, the older first."""
    member = acting_member()
    found = queries.kindred(member, library.document(member, document))
    for one in sorted([*found.close, *(found.distant if everything else [])], key=queries.older_first):
        if as_json:
            json_line(_record(one))
        else:
            click.echo(
                f"{tame(one.document.date) or 'undated'}  {tame(one.document.title)}\n    {one.passages} of {one.of} passages, "
                f"about {one.words} words, {one.share:.0%}\n    document {one.document.pk}"
            )
    if not as_json and found.distant and not everything:
        click.echo(f"{len(found.distant)} more have single passages in common: --all lists them.")


@click.command("trace", cls=Unlocked)
@click.argument("document")
@click.option("--to", default="", help="The document from which it has what it says.")
@click.option("--root", default="", help="What it comes from that is not here: a witness, an agency, a list.")
@click.option(
    "--apart-from", default="", help="A document with which it does not share its root, though it shares wording."
)
@click.option("--because", default="", help="What in the texts shows it.")
@click.option("--withdraw", is_flag=True, help="Take back that it was said.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line per mark that the document has then.")
def trace_document(
    document: str, to: str, root: str, apart_from: str, because: str, withdraw: bool, as_json: bool
) -> None:
    """Say from which root a document comes.

    It traces to another document, or to a named root that is not here; or it is apart from a document with which it
    shares wording. Without an option, what is said of it is listed.
    """
    member = acting_member()
    found = library.document(member, document)
    target = library.document(member, to or apart_from) if to or apart_from else None
    if sum(map(bool, (to, root, apart_from))) > 1:
        raise click.UsageError("Say one of --to, --root and --apart-from.")
    if withdraw:
        take_back(mark=_said(member, found, target, root, apart=bool(apart_from)), by=member, now=now())
    elif apart_from and target:
        tell_apart(document=found, other=target, because=because, by=member, now=now())
    elif to or root or because:
        trace(document=found, to=target, root=root, because=because, by=member, now=now())
    for mark in _marks(member, found):
        if as_json:
            json_line(_said_record(mark))
        else:
            click.echo(f"{tame(str(mark))}: {tame(mark.because)} ({mark.by.name}, {mark.at:%Y-%m-%d})")


def _marks(member: Member, document: Document) -> Iterator[Trace | Apart]:
    marks = roots.marks(member, document)
    yield from marks.traces
    yield from marks.apart


def _said(member: Member, document: Document, target: Document | None, root: str, *, apart: bool) -> Trace | Apart:
    """The mark that says so. Raises `MarkUnknown`."""
    name = " ".join(root.split())
    for mark in _marks(member, document):
        if isinstance(mark, Trace) and not apart and (mark.to, mark.root) == (target, name):
            return mark
        if isinstance(mark, Apart) and apart and target in {mark.document, mark.other}:
            return mark
    raise MarkUnknown


def _record(one: Kin) -> dict[str, object]:
    return {
        "id": str(one.document.pk), "title": one.document.title, "date": one.document.date, "passages": one.passages,
        "of": one.of, "words": one.words, "share": round(one.share, 3), "close": one.close, "here": one.here,
        "there": one.there,
    }  # fmt: skip


def _said_record(mark: Trace | Apart) -> dict[str, object]:
    traced = isinstance(mark, Trace)
    return {
        "id": str(mark.pk), "document": str(mark.document_id), "says": "traces-to" if traced else "apart",
        "to": str((mark.to_id or "") if isinstance(mark, Trace) else mark.other_id),
        "root": mark.root if isinstance(mark, Trace) else "", "because": mark.because, "by": mark.by.name,
        "at": mark.at.isoformat(),
    }  # fmt: skip
