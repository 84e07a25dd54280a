"""The commands that capture pages of the web, list captures, and follow up their timestamps."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Generator
from contextlib import closing
from typing import NamedTuple, TextIO

import click

from panah.errors import PanahError, one_line
from panah.library import actions, captures, queries, saving
from panah.library.bulk import Readers
from panah.library.captures import calendars
from panah.library.captures import queries as kept
from panah.library.captures.addresses import LONGEST
from panah.library.captures.capturing import capture_one
from panah.library.models import Capture
from panah.library.queries import Shelf
from panah.library.worker import read_one
from panah.proof.bitcoin import BlockHeader, Root, compared, read_block_header, roots
from panah.proof.opentimestamps import Timestamp, read_detached
from panah.team import queries as team
from panah.team.acting import now
from panah.team.models import Member
from panah.team.rules import May
from panah.vault.commands import Unlocked, acting_member, json_line, tame

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


@click.command("captures", cls=Unlocked)
@click.option("--csv", "as_csv", is_flag=True, help="As a table (CSV), one row per capture.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line per capture.")
def list_captures(as_csv: bool, as_json: bool) -> None:
    """List the captures that you may see, the newest first."""
    lines = kept.listed(acting_member())
    if as_csv:
        sys.stdout.writelines(saving.table(kept.Listed._fields, lines))
        return
    for line in lines:
        if as_json:
            json_line(line._asdict())
        else:
            outcome = " ".join(filter(None, [line.outcome, line.status, line.code]))
            click.echo(f"{line.id[:8]}  {line.asked_at[:16]}  {outcome:<14}  {tame(line.asked)}")


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
        saving.moment(capture.stamped_at),
        {what: str(document.pk) for what, document in left.items()},
    )  # fmt: skip


def _line(told: Told) -> str:
    reason = ": ".join(filter(None, [told.code, told.reason]))
    led = f" -> {told.reached}" if told.reached not in {"", told.asked} else ""
    lines = [f"{told.outcome:<8} {told.status or '':<3}  {told.asked}{led}  {reason}".rstrip()]
    lines += [f"    {what:<7} document {document}" for what, document in told.documents.items()]
    return "\n".join(lines)


@click.group()
def timestamp() -> None:
    """Follow up the timestamps of captures (OpenTimestamps), and compare them with blocks of Bitcoin."""


@timestamp.command(cls=Unlocked)
@click.argument("captured", nargs=-1, metavar="[CAPTURES]...")
@click.option("--json", "as_json", is_flag=True, help="One JSON line per capture.")
@click.pass_context
def upgrade(ctx: click.Context, captured: tuple[str, ...], as_json: bool) -> None:
    """Ask the calendars what became of what is pending with them, and keep it.

    All captures are asked for that no calendar has put into a block of Bitcoin yet, or those that are named, by their
    ids or the beginning of them. What was pending stays in the timestamp, beside what it became.
    """
    member = acting_member()
    if not captures.allowed():
        raise captures.CaptureNotAllowed
    found = [kept.capture(member, each) for each in captured] or list(kept.pending(member))
    failed = False
    for each in found:
        answers = _upgraded(each, member)
        failed |= any(answer.failed for answer in answers)
        if as_json:
            said = [answer.said() for answer in answers]
            json_line({"id": str(each.pk), "asked": each.asked, "block": each.block, "calendars": said})
        else:
            click.echo("\n".join(_upgrade_lines(each, answers)))
    if not as_json and not found:
        click.echo("Nothing is pending.")
    if failed:
        ctx.exit(SOMETHING_FAILED)


def _upgraded(capture: Capture, member: Member) -> list[calendars.Answered]:
    """Ask for one capture, and keep what came. Raises `NotAllowed` before anybody is asked."""
    team.require(member, capture.compartment, May.WORK)
    asked = calendars.upgraded(read_detached(kept.timestamp_of(member, capture.pk)))
    if asked.timestamp:
        actions.upgrade_timestamp(capture=capture, timestamp=asked.timestamp, by=member, now=now())
    return asked.answers


def _upgrade_lines(capture: Capture, answers: list[calendars.Answered]) -> list[str]:
    state = "pending" if capture.block is None else f"block {capture.block}"
    said = [f"    {each.calendar}  {each.failure.sentence if each.failure else 'answered'}" for each in answers]
    return [f"{str(capture.pk)[:8]}  {state:<12}  {capture.asked}", *map(one_line, said)]


@timestamp.command(cls=Unlocked)
@click.argument("captured", metavar="CAPTURE")
@click.option("--header", default="", help="The header of a block of Bitcoin: 160 hexadecimal digits.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def check(captured: str, header: str, as_json: bool) -> None:
    """Say which blocks the timestamp of a capture leads to, and compare one with its header.

    Panah has no copy of the chain. It says which Merkle root the block of which height must have; with --header, whether
    that is the root in a header, and when this was made. That the block stands in the chain is for you to compare.
    """
    found = kept.capture(acting_member(), captured)
    known = read_detached(kept.timestamp_of(acting_member(), found.pk)).timestamp
    read = read_block_header(header) if header else None
    root = compared(known, read) if read else None
    if as_json:
        json_line({
            "id": str(found.pk), "record": f"sha256:{known.message.hex()}",
            "pending": [each.attestation.calendar for each in known.attested() if each.attestation.calendar],
            "blocks": [_root_record(each) for each in roots(known)],
            "header": _header_record(read, root) if read and root else None,
        })  # fmt: skip
        return
    click.echo("\n".join(_check_lines(known)))
    if read and root:
        click.echo(
            f"The header has the Merkle root of block {root.height}, and says {read.time:%Y-%m-%d %H:%M:%S} UTC.\n"
            f"Compare with the chain: block {root.height} is {read.digest}."
        )


def _header_record(read: BlockHeader, root: Root) -> dict[str, object]:
    return {"block": read.digest, "time": read.time.isoformat(), "height": root.height}


def _root_record(root: Root) -> dict[str, object]:
    return {"height": root.height, "merkle_root": root.in_header, "printed": root.as_printed}


def _check_lines(known: Timestamp) -> list[str]:
    """What is pending, and what remains to be compared with the chain."""
    lines = [f"Digest of the record: sha256:{known.message.hex()}"]
    lines += [f"pending at {each.attestation.calendar}" for each in known.attested() if each.attestation.calendar]
    for root in roots(known):
        lines += [
            f"block {root.height} of Bitcoin, if its Merkle root is, as explorers print it:",
            f"    {root.as_printed}",
            "    and in the order of the header:",
            f"    {root.in_header}",
        ]
    return lines
