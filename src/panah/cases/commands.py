"""Commands about cases."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from textwrap import indent

import click

from panah.cases import actions, erasing, folder, queries
from panah.cases.erasing import Reason
from panah.cases.models import Case
from panah.cases.outlining import Addressee, LawNotChosen
from panah.dossier import actions as dossiers
from panah.dossier import queries as dossier
from panah.errors import PanahError
from panah.team import queries as team
from panah.team import stamping
from panah.team.acting import now
from panah.team.actions import look
from panah.team.models import Member
from panah.team.rules import May
from panah.vault.commands import Unlocked, acting_member, confirmed, json_line, tame
from panah.vault.files import Nascent, write_new

EDITED = "law-edited"
"""The rule in a JSON line about a body of law that was edited since it was chosen: no rule of the law package's."""


class FileExists(PanahError):
    """{path} is already there; nothing was written over it."""


class NotConfirmed(PanahError):
    """Nothing was erased: the name that was given is not that of the compartment."""


@click.group()
def case() -> None:
    """Import, export, list and keep cases."""


@case.command("list", cls=Unlocked)
@click.option("--json", "as_json", is_flag=True, help="One JSON line per case.")
def list_cases(as_json: bool) -> None:
    """List the cases."""
    for row in queries.cases(acting_member()):
        if as_json:
            json_line({"id": row.reference, "called": row.called, "opened_at": row.opened_at.isoformat()})
        else:
            click.echo(f"{row.reference:<12} {tame(row.called)}")


@case.command("import", cls=Unlocked)
@click.argument("source", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--reference", default="", help="Give the case another reference than its file says.")
@click.option(
    "--compartment", default="", help="Put it into this compartment. Default: one of its own, which you lead."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def import_case(source: Path, reference: str, compartment: str, as_json: bool) -> None:
    """Import a case from a folder with case.yaml and its papers."""
    member = acting_member()
    place = team.compartment(member, compartment, May.WORK) if compartment else None
    imported = folder.import_case(source, reference=reference, compartment=place, by=member, clock=now)
    if as_json:
        json_line({"id": imported.reference, "called": imported.called})
    else:
        click.echo(f"Imported case {imported.reference}: {tame(imported.called)}")


@case.command("export", cls=Unlocked)
@click.argument("reference")
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def export_case(reference: str, target: Path, as_json: bool) -> None:
    """Export a case to a new folder: case.yaml, the papers and their readings, in plain text."""
    member = acting_member()
    written = folder.export_case(queries.case(member, reference), target, by=member, now=now())
    if as_json:
        json_line({"id": reference, "path": str(target), "files": written})
    else:
        click.echo(f"Exported case {reference} to {target}: {written} files, not encrypted.")


@case.command("relatives", cls=Unlocked)
@click.argument("reference")
@click.option("--reveal", is_flag=True, help="Show them. The ledger says who was shown them.")
@click.option(
    "--json", "as_json", is_flag=True, help="One JSON line per relative; without --reveal, one that counts them."
)
def relatives(reference: str, reveal: bool, as_json: bool) -> None:
    """Say how many relatives of the applicant are written down, or show them."""
    member = acting_member()
    asked = _looked_at(member, reference)
    if not reveal:
        count = asked.relatives.count()
        if as_json:
            json_line({"id": reference, "relatives": count})
        else:
            click.echo(f"{count} written down; --reveal shows them.")
        return
    for each in actions.reveal(case=asked, by=member, now=now()):
        if as_json:
            json_line({
                "id": str(each.number), "name": each.name, "relation": each.relation, "whereabouts": each.whereabouts,
                "note": each.note,
            })  # fmt: skip
        else:
            said = ", ".join(filter(None, (each.name, each.relation, each.whereabouts)))
            click.echo(f"{each.number}. {tame(said)}" + (f"\n{indent(tame(each.note), '    ')}" if each.note else ""))


@case.command("retain", cls=Unlocked)
@click.argument("reference")
@click.option(
    "--until", type=click.DateTime(["%Y-%m-%d"]), required=True, metavar="DATE", help="The last day: 2031-12-31."
)
@click.option("--reason", required=True, help="Why until then.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def retain(reference: str, until: datetime, reason: str, as_json: bool) -> None:
    """Say until which day a case is kept, and why. After that day the docket asks to erase it."""
    member = acting_member()
    asked = queries.case(member, reference)
    actions.retain(case=asked, until=until.date(), reason=reason, by=member, now=now())
    if as_json:
        json_line({"id": reference, "until": asked.retain_until})
    else:
        click.echo(f"{reference} is kept until {asked.retain_until}.")


@case.command("hold", cls=Unlocked)
@click.argument("reference")
@click.option("--reason", default="", help="Why it may not be erased.")
@click.option("--lift", is_flag=True, help="Let it be erased again when its day has passed.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def hold(reference: str, reason: str, lift: bool, as_json: bool) -> None:
    """Forbid to erase a case, whatever day it is, or lift that."""
    member = acting_member()
    asked = queries.case(member, reference)
    if lift:
        actions.lift_hold(case=asked, by=member, now=now())
    else:
        actions.hold(case=asked, reason=reason, by=member, now=now())
    if as_json:
        json_line({"id": reference, "held": not lift})
    else:
        click.echo(f"{reference} is held." if not lift else f"{reference} is not held any more.")


@click.command(cls=Unlocked)
@click.argument("reference")
@click.option(
    "--json", "as_json", is_flag=True, help="One JSON line per gap, and per body of law that was edited since."
)
@click.option("--currency", "stale", is_flag=True, help="Also what may have been overtaken since.")
def examine(reference: str, stale: bool, as_json: bool) -> None:
    """Show what the examination of a case has left open.

    A body of law that was edited since it was chosen is named too; that is no gap, and not counted as one. Nor is what
    may have been overtaken.
    """
    member = acting_member()
    asked = _looked_at(member, reference)
    if not queries.frameworks(asked):
        raise LawNotChosen(reference=reference)
    edited, gaps = queries.edited_laws(asked), queries.gaps(asked)
    for gap in gaps:
        if as_json:
            json_line({
                "id": gap.id, "rule": gap.rule, "element": gap.element, "fact": gap.fact, "reason": gap.reason,
                "authority": gap.authority, "contradiction": gap.contradiction,
            })  # fmt: skip
        else:
            click.echo(f"{tame(gap.reason)}\n    {gap.authority}\n")
    if stale:
        _say_stale(member, asked, as_json=as_json)
    for each in edited:
        if as_json:
            json_line({
                "id": f"{EDITED}:{each.framework.id}", "rule": EDITED, "element": "", "fact": "", "reason": _said_of(each),
                "authority": "", "contradiction": "",
            })  # fmt: skip
        else:
            click.echo(f"{_said_of(each)}\n")
    if not as_json:
        click.echo(f"{len(gaps)} open." if gaps else "Nothing that was asked is left without an answer.")


def _say_stale(member: Member, asked: Case, *, as_json: bool) -> None:
    from panah.cases.currency.queries import currency  # the thesaurus is loaded by whoever asks for it

    for mark in currency(member, asked, now=now()):
        if as_json:
            json_line({
                "id": mark.id, "rule": f"currency-{mark.why}", "element": "", "fact": str(mark.fact),
                "reason": mark.reason, "authority": str(mark.point.authority) if mark.point else "",
                "contradiction": "",
            })  # fmt: skip
        else:
            click.echo(f"{tame(mark.reason)}\n")


@click.command(cls=Unlocked)
@click.argument("reference")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The ZIP file to write.")
@click.option(
    "--for", "reader", type=click.Choice([each.value for each in Addressee]), default=Addressee.COURT.value,
    show_default=True, help="Who will read it: what stands in it, and in which order.",
)  # fmt: skip
@click.option("--research", is_flag=True, help="Annex every search that was made for the case.")
@click.option("--without-timestamp", is_flag=True, help="Do not ask the time-stamping authority that is configured.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def seal(reference: str, output: Path, reader: str, research: bool, without_timestamp: bool, as_json: bool) -> None:
    """Seal the dossier of a case into a bundle that anyone can verify.

    Every quotation is read and compared again first. The bundle is written to OUTPUT, and kept in the workspace.
    """
    member = acting_member()
    asked = queries.case(member, reference)
    edited = queries.edited_laws(asked)
    queries.require_free(asked)
    require_writable(output)
    authority = None if without_timestamp else stamping.authority()
    addressee = Addressee(reader)
    sealed = actions.seal(case=asked, addressee=addressee, research=research, by=member, clock=now, authority=authority)
    try:
        write_new(output, dossiers.hand_out(dossier=sealed, by=member, now=now()))
    except FileExistsError:
        raise FileExists(path=output) from None
    if as_json:
        json_line({
            "id": str(sealed.pk), "path": str(output), "quotations": sealed.footnotes, "gaps": sealed.gaps,
            "edited": [each.framework.id for each in edited],
        })  # fmt: skip
    else:
        click.echo(f"Sealed {reference} into {output}: {sealed.footnotes} quotations, {sealed.exhibits} exhibits.")
        click.echo(f"{sealed.gaps} gaps remain; the dossier names them." if sealed.gaps else "No gaps remain.")
        for each in edited:
            click.echo(f"{_said_of(each)} The dossier says so.")
        click.echo(f"Signed by {dossier.signer()}. Check it with: panah-verify {output}")


@click.command(cls=Unlocked)
@click.argument("compartment")
@click.option(
    "--reason", type=click.Choice([reason.name.lower() for reason in Reason]), required=True, help="For the ledger."
)
@click.option(
    "--confirm", default="", help="The name of the compartment once more; it is asked for where it is not given."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def erase(compartment: str, reason: str, confirm: str, as_json: bool) -> None:
    """Erase a compartment for ever: its cases, papers, dossiers, and its key.

    There is no way back but a backup that was made before. The ledger keeps that it was erased, by whom, when and how
    much it was, and nothing of what stood in it.
    """
    member = acting_member()
    place = team.compartment(member, compartment, May.ERASE)
    if (confirm or confirmed("Its name once more, to erase it for ever")) != place.name:
        raise NotConfirmed
    erased = erasing.erase(compartment=place, reason=Reason[reason.upper()], by=member, clock=now)
    if as_json:
        json_line({"id": str(place.pk), **erased._asdict()})
    else:
        click.echo(f"Erased: {erased.cases} cases, {erased.documents} documents, {erased.dossiers} dossiers.")


def _looked_at(member: Member, reference: str) -> Case:
    """A case that is about to be shown, which is a look at it."""
    asked = queries.case(member, reference)
    look(kind="case", subject=asked.reference, compartment=asked.compartment, by=member, now=now())
    return asked


def _said_of(law: queries.ChosenLaw) -> str:
    """That a body of law was edited since it was chosen."""
    chosen = f"{law.chosen_at:%Y-%m-%d} in the edition {law.chosen}"
    return (
        f"{law.framework.title} was edited since it was chosen for this case, on {chosen}: "
        "read what changed, then choose it again."
    )


def require_writable(output: Path) -> None:
    """Find out before anything is sealed. Raises `FileExists`, `FolderMissing`, `NotWritable`."""
    if os.path.lexists(output):
        raise FileExists(path=output)
    parent = output.absolute().parent
    if not parent.is_dir():
        raise folder.FolderMissing(path=parent)
    Nascent(parent).discard()
