"""Commands that take in files, and account for each."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import click

from panah import proof
from panah.errors import one_line
from panah.library import actions, bulk, queries, saving
from panah.library.bulk import FileOutcome, Outcome, Readers
from panah.library.bulk import queries as deliveries
from panah.library.bulk.delivering import delivered
from panah.library.bulk.rehearsing import rehearsed
from panah.library.bulk.relating import relate
from panah.library.manifest import Listed, ManifestChanged, Related, read_manifest, read_relations
from panah.library.models import Delivery
from panah.library.queries import Shelf
from panah.team.acting import now
from panah.team.models import Member
from panah.vault import workspace
from panah.vault.commands import Unlocked, acting_member, json_line

SOMETHING_REFUSED = 1


@click.command(cls=Unlocked)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False))
@click.option("--collection", default=actions.GENERAL, show_default=True, help="The collection to put them in.")
@click.option("--compartment", default="", help="The compartment in which the collection stands, where that is open.")
@click.option("--manifest", type=click.Path(path_type=Path), help="JSON lines that say what each file is.")
@click.option("--dry-run", is_flag=True, help="Take in nothing; tell what would become of each file.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line per file.")
@click.pass_context
def ingest(
    ctx: click.Context,
    paths: tuple[Path, ...],
    collection: str,
    compartment: str,
    manifest: Path | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Take files into the library, and account for each.

    Texts, pages, PDF, mail, books, office files and archives are read, told by their content, with what stands inside
    them; anything else is preserved and says why it was not read. Interrupted or paused, it goes on where it was when it
    is run again, or with `panah delivery resume`. The workspace itself and the manifest are no papers, and are passed over
    in a folder that holds them.
    """
    member = acting_member()
    shelf = queries.shelf(member, collection, compartment=compartment)
    listed = read_manifest(manifest) if manifest else {}
    related = read_relations(manifest) if manifest else []
    files = [
        *bulk.regular_files(paths, leaving_out=[workspace.home(), *([manifest] if manifest else [])]),
        *bulk.not_there(listed, paths),
    ]
    if dry_run:
        if _account(rehearsed(files, listed=listed, shelf=shelf), len(files), as_json=as_json):
            ctx.exit(SOMETHING_REFUSED)
        return
    delivery = actions.deliver(
        files=((file, bulk.shown(file)) for file in files),
        shelf=shelf,
        manifest=(str(manifest.absolute()), _digest(manifest)) if manifest else ("", ""),
        by=member,
        now=now(),
    )
    _go_on(ctx, delivery, (listed, related), member, as_json=as_json)


@click.group()
def delivery() -> None:
    """Look at what was handed in together, pause it, and go on with it."""


@delivery.command("list", cls=Unlocked)
@click.option("--json", "as_json", is_flag=True, help="One JSON line per delivery.")
def list_deliveries(as_json: bool) -> None:
    """List the deliveries of your compartments, the newest first."""
    for each in deliveries.deliveries(acting_member()):
        counted = deliveries.counted(each)
        if as_json:
            json_line({
                "id": str(each.pk), "began_at": each.began_at.isoformat(), "ended_at": saving.moment(each.ended_at),
                "collection": each.collection, **counted._asdict(),
            })  # fmt: skip
        else:
            state = "done" if each.ended_at else f"{counted.waiting} files wait"
            click.echo(f"{str(each.pk)[:8]}  {each.began_at:%Y-%m-%d %H:%M}  {one_line(each.collection)}  {state}")


@delivery.command("show", cls=Unlocked)
@click.argument("reference")
@click.option("--csv", "as_csv", is_flag=True, help="As a table (CSV), one row per file.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line per file.")
def show_delivery(reference: str, as_csv: bool, as_json: bool) -> None:
    """Account for every file of a delivery, and for what stood inside them."""
    lines = deliveries.report(deliveries.delivery(acting_member(), reference))
    if as_csv:
        sys.stdout.writelines(saving.table(deliveries.Reported._fields, lines))
    elif as_json:
        for line in lines:
            json_line(line._asdict())
    else:
        told = list(lines)
        for line in told:
            click.echo(_report_line(line))
        counted = Counter(line.outcome for line in told)
        click.echo(", ".join(f"{count} {outcome}" for outcome, count in sorted(counted.items())) + ".")


@delivery.command("resume", cls=Unlocked)
@click.argument("reference")
@click.option("--json", "as_json", is_flag=True, help="One JSON line per file.")
@click.pass_context
def resume_delivery(ctx: click.Context, reference: str, as_json: bool) -> None:
    """Go on with a delivery: take in the files that have no outcome yet."""
    member = acting_member()
    found = deliveries.delivery(member, reference)
    if found.manifest and _digest(Path(found.manifest)) != found.manifest_digest:
        raise ManifestChanged(path=found.manifest)
    listed = read_manifest(Path(found.manifest)) if found.manifest else {}
    related = read_relations(Path(found.manifest)) if found.manifest else []
    actions.go_on(delivery=found, by=member)
    _go_on(ctx, found, (listed, related), member, as_json=as_json)


@delivery.command("pause", cls=Unlocked)
@click.argument("reference")
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def pause_delivery(reference: str, as_json: bool) -> None:
    """Have the program that takes in a delivery stop after what it has begun."""
    member = acting_member()
    found = deliveries.delivery(member, reference)
    actions.pause(delivery=found, by=member)
    if as_json:
        json_line({"id": str(found.pk), "outcome": "pausing"})
    else:
        click.echo("It stops after what it has begun.")


def _go_on(
    ctx: click.Context,
    delivery: Delivery,
    manifest: tuple[dict[Path, Listed], list[Related]],
    member: Member,
    *,
    as_json: bool,
) -> None:
    """Take in what waits; where it was paused, say what is left, and how to go on; else say what they are to each other."""
    (listed, related), count = manifest, deliveries.counted(delivery).waiting
    refused = _account(_taken_in(delivery, listed, member), count, as_json=as_json)
    left = deliveries.counted(delivery).waiting
    if left and not as_json:
        click.echo(f"{left} files wait. To go on: panah delivery resume {str(delivery.pk)[:8]}")
    if not left:
        shelf = Shelf(delivery.compartment, delivery.collection)
        for error in relate(related=related, shelf=shelf, by=member, now=now()):
            click.echo(f"Warning: {error}", err=True)
            refused = True
    if refused:
        ctx.exit(SOMETHING_REFUSED)


def _taken_in(delivery: Delivery, listed: dict[Path, Listed], member: Member) -> Generator[FileOutcome, None, None]:
    readers = Readers()
    try:
        with closing(delivered(delivery, listed=listed, readers=readers, by=member, clock=now)) as outcomes:
            yield from outcomes
    finally:
        readers.stop()


def _account(outcomes: Generator[FileOutcome, None, None], count: int, *, as_json: bool) -> bool:
    """Tell each outcome; whether there was something refused among them."""
    report: list[FileOutcome] = []
    try:
        with _progress(count, shown=not as_json) as step, closing(outcomes):
            for outcome in outcomes:
                report.append(outcome)
                step(0 if outcome.inside else 1)
                if as_json:
                    json_line(outcome._asdict())
    finally:  # stopped or not: what was done is accounted for
        if not as_json:
            click.echo(_report(report))
    return any(outcome.outcome is Outcome.REFUSED for outcome in report)


@contextmanager
def _progress(length: int, *, shown: bool) -> Iterator[Callable[[int], None]]:
    """A bar on standard error where a person looks at it."""
    if shown and sys.stderr.isatty():
        with click.progressbar(length=length, label="Taking in", file=sys.stderr) as bar:
            yield bar.update
    else:
        yield lambda _step: None


def _report(outcomes: Sequence[FileOutcome]) -> str:
    """A line for each file, and a last one that counts them."""
    counted = Counter(outcome.outcome for outcome in outcomes)
    would = f"{counted[Outcome.WOULD]} would be taken in" if counted[Outcome.WOULD] else f"{counted[Outcome.READ]} read"
    last = f"{would}, {counted[Outcome.ALREADY]} already here, {counted[Outcome.REFUSED]} refused."
    return "\n".join([*map(_report_line, outcomes), last])


def _report_line(outcome: FileOutcome | deliveries.Reported) -> str:
    reason = ": ".join(filter(None, [outcome.code, outcome.reason]))
    return f"{outcome.outcome:<8} {outcome.document[:8]:<8}  {one_line(outcome.path)}  {reason}".rstrip()


def _digest(manifest: Path) -> str:
    return proof.digest_of(manifest.read_bytes())
