"""The command that captures pages of the web."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator
from contextlib import closing
from typing import NamedTuple, TextIO

import click

from panah.errors import PanahError, one_line
from panah.library import actions, captures, queries
from panah.library.bulk import Readers
from panah.library.captures.addresses import LONGEST
from panah.library.captures.capturing import capture_one
from panah.library.models import Capture
from panah.library.queries import Shelf
from panah.library.worker import read_one
from panah.team.acting import now
from panah.team.models import Member
from panah.vault.commands import Unlocked, acting_member, json_line

SOMETHING_FAILED = 1


class NothingAsked(PanahError):
    """Name the address of a page, or a list of them with --list."""


class Told(NamedTuple):
    """The line of one address in the report."""

    id: str
    """The capture's; the address itself where it was not even asked for."""
    asked: str
    outcome: str
    code: str
    reason: str
    status: int
    reached: str
    exit: str
    record: str
    """The digest of the WARC; empty where nothing was received."""
    stamped_at: str
    documents: dict[str, str]


@click.command(cls=Unlocked)
@click.argument("addresses", nargs=-1)
@click.option(
    "--list",
    "listed",
    type=click.File(encoding="utf-8", errors="replace"),
    help="A file with one address a line; - is standard input.",
)
@click.option("--collection", default=actions.GENERAL, show_default=True, help="The collection to put them in.")
@click.option("--compartment", default="", help="The compartment in which the collection stands, where that is open.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line per address.")
@click.pass_context
def capture(
    ctx: click.Context,
    addresses: tuple[str, ...],
    listed: TextIO | None,
    collection: str,
    compartment: str,
    as_json: bool,
) -> None:
    """Capture pages of the web as they are now, as evidence.

    Off unless PANAH_CAPTURE says by which way: the site sees that somebody asks, and from where. What was sent and what
    came is kept byte for byte in a WARC, with certificates and times; beside it the page, and, where there is a browser,
    its picture and its print. A page that cannot be had is an outcome, and is recorded too. In a list, empty lines and
    those that begin with # are passed over.
    """
    member = acting_member()
    if not captures.allowed():
        raise captures.CaptureNotAllowed
    asked = [*addresses, *_lines_of(listed)]
    if not asked:
        raise NothingAsked
    shelf = queries.shelf(member, collection, compartment=compartment)
    counted: Counter[str] = Counter()
    with closing(_captured(asked, shelf, member)) as outcomes:
        for told in outcomes:
            counted[told.outcome] += 1
            if as_json:
                json_line(told._asdict())
            else:
                click.echo(_line(told))
    if not as_json:
        click.echo(f"{counted['captured']} captured, {counted['failed']} failed, {counted['refused']} refused.")
    if counted["failed"] or counted["refused"]:
        ctx.exit(SOMETHING_FAILED)


def _lines_of(listed: TextIO | None) -> list[str]:
    lines = [line.strip() for line in listed] if listed else []
    return [line for line in lines if line and not line.startswith("#")]


def _captured(asked: list[str], shelf: Shelf, member: Member) -> Generator[Told, None, None]:
    """Capture one after the other, and have read what came of each."""
    readers = Readers(1)
    try:
        for written in asked:
            try:
                address = captures.address_to_ask(written)
                found = actions.ask_capture(address=address, shelf=shelf, by=member, now=now(), at_once=True)
            except PanahError as refused:
                shown = one_line(written[:LONGEST])
                yield Told(f"address:{shown}", shown, "refused", refused.code, refused.sentence, 0, "", "", "", "", {})
                continue
            capture_one(found)
            yield _told(found, readers)
    finally:
        readers.stop()


def _told(capture: Capture, readers: Readers) -> Told:
    """The outcome of a capture, whose documents are read by now."""
    left = {each.what: each.document for each in capture.captured.select_related("document__original")}
    for document in left.values():
        read_one(document, readers)
    return Told(
        str(capture.pk), capture.asked, capture.state, capture.code, capture.reason, capture.status, capture.reached,
        capture.exit, left["record"].original.digest if left else "",
        capture.stamped_at.isoformat() if capture.stamped_at else "",
        {what: str(document.pk) for what, document in left.items()},
    )  # fmt: skip


def _line(told: Told) -> str:
    reason = ": ".join(filter(None, [told.code, told.reason]))
    led = f" -> {told.reached}" if told.reached not in {"", told.asked} else ""
    lines = [f"{told.outcome:<8} {told.status or '':<3}  {told.asked}{led}  {reason}".rstrip()]
    lines += [f"    {what:<7} document {document}" for what, document in told.documents.items()]
    return "\n".join(lines)
