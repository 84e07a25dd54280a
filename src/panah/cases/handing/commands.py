"""Commands that hand over: profiles, requests, approvals, and the encrypted file."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import click
import yaml

from panah.cases import queries as cases
from panah.cases.commands import FileExists, require_writable
from panah.cases.handing import actions, queries
from panah.cases.handing.copying import Preview, preview
from panah.cases.models import Case, HandOver
from panah.dossier import queries as dossiers
from panah.dossier.redacting import Kind
from panah.errors import PanahError
from panah.proof import age
from panah.team.acting import now
from panah.team.models import Member
from panah.vault.commands import Unlocked, acting_member, json_line, tame, text_of
from panah.vault.files import Nascent

NEWEST = "newest"
_FILE = click.Path(path_type=Path)


class ProfileBroken(PanahError):
    """{file} is no redaction profile: a list of entries with `kind` (person, place, contact, other) and `spellings`."""


class OneThing(PanahError):
    """Say what to hand over: --dossier, --export, --redacted or --request, and only one of them."""


class NoDossier(PanahError):
    """Nothing is sealed in this case yet."""

    status = 404


@click.command(cls=Unlocked)
@click.argument("reference")
@click.option("--profile", "file", type=_FILE, help="Keep this profile (YAML).")
@click.option("--name", default="", help="What the profile is called. One of the same name is replaced.")
@click.option("--pictures", is_flag=True, help="You looked through every picture: they may go along.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line per entry.")
def redact(reference: str, file: Path | None, name: str, pictures: bool, as_json: bool) -> None:
    """Keep a redaction profile of a case, and show where what it names stands.

    The copy itself is made by: panah hand-over REFERENCE --redacted NAME.
    """
    member = acting_member()
    case = cases.case(member, reference)
    if file:
        wanted = name.strip() or file.stem
        old = next((each for each in queries.profiles(member, case) if each.called == wanted), None)
        kept = actions.keep_profile(
            case=case, called=wanted, entries=_entries(file), pictures=pictures, profile=old, by=member, now=now()
        )
    else:
        kept = queries.profile(member, case, name)
    _show(preview(case, member, queries.redactor(kept)), as_json=as_json)


@click.command("hand-over", cls=Unlocked)
@click.argument("reference")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The age file to write.")
@click.option("--to", "keys", multiple=True, help="A recipient's public key (age1...). May be given more than once.")
@click.option("--to-file", type=_FILE, help="A file of public keys.")
@click.option("--passphrase", is_flag=True, help="Encrypt it to a passphrase, which is asked for.")
@click.option("--passphrase-file", type=_FILE, help="The passphrase in a file.")
@click.option("--dossier", default="", help="Hand over a sealed dossier: its id, or newest.")
@click.option("--export", is_flag=True, help="Hand over the case as it is.")
@click.option("--redacted", default="", help="Hand over a redacted copy by this profile.")
@click.option("--request", type=click.UUID, help="Hand over what was asked for before.")
@click.option("--reason", default="", help="Why, for whoever approves it.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def hand_over(
    reference: str, output: Path | None, keys: tuple[str, ...], to_file: Path | None, passphrase: bool,
    passphrase_file: Path | None, dossier: str, export: bool, redacted: str, request: UUID | None, reason: str,
    as_json: bool,
) -> None:  # fmt: skip
    """Encrypt a dossier, a case or a redacted copy to those who are to read it.

    Where the case demands a second pair of eyes, this asks for it; give --request once it is approved.
    """
    member = acting_member()
    case = cases.case(member, reference)
    if sum(map(bool, (dossier, export, redacted, request))) != 1:
        raise OneThing
    if request:
        asked = queries.hand_over(member, case, request)
    else:
        to = [*keys, *(age.listed(text_of(to_file)) if to_file else [])]
        asked = actions.ask(
            case=case, wanted=_wanted(member, case, dossier, redacted), recipients=to,
            passphrase=passphrase or bool(passphrase_file), reason=reason, by=member, now=now(),
        )  # fmt: skip
    written = _written(asked, output, passphrase_file, member) if request or not asked.needs_approval else None
    _say(asked, written, as_json=as_json)


@click.group()
def approval() -> None:
    """Look at what others ask to hand over, and approve or decline it."""


@approval.command("list", cls=Unlocked)
@click.argument("reference")
@click.option("--json", "as_json", is_flag=True, help="One JSON line per hand-over.")
def list_approvals(reference: str, as_json: bool) -> None:
    """List what was asked for in a case."""
    member = acting_member()
    for asked in queries.hand_overs(member, cases.case(member, reference)):
        if as_json:
            json_line(_said(asked))
        else:
            to = ", ".join(queries.keys_of(asked)) or "a passphrase"
            click.echo(f"{asked.pk}  {_state(asked)}  {asked.what}, asked by {tame(asked.asked_by.name)}, to {to}")
            click.echo(f"    {asked.content.digest}  {tame(asked.reason)}")


@approval.command(cls=Unlocked)
@click.argument("reference")
@click.argument("request", type=click.UUID)
@click.option("--why", default="", help="The reason.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def approve(reference: str, request: UUID, why: str, as_json: bool) -> None:
    """Approve what another member asked to hand over."""
    _decide(reference, request, why, approve=True, as_json=as_json)


@approval.command(cls=Unlocked)
@click.argument("reference")
@click.argument("request", type=click.UUID)
@click.option("--why", default="", help="The reason.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def decline(reference: str, request: UUID, why: str, as_json: bool) -> None:
    """Decline what another member asked to hand over."""
    _decide(reference, request, why, approve=False, as_json=as_json)


@approval.command(cls=Unlocked)
@click.argument("reference")
@click.option("--off", is_flag=True, help="Demand it no more.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def demand(reference: str, off: bool, as_json: bool) -> None:
    """Demand that nothing leaves a case without another member's approval."""
    member = acting_member()
    case = cases.case(member, reference)
    actions.demand_approval(case=case, demanded=not off, by=member, now=now())
    if as_json:
        json_line({"id": reference, "demanded": not off})
    else:
        click.echo("Everything may leave it." if off else "Nothing leaves it without another member's approval.")


def _decide(reference: str, request: UUID, why: str, *, approve: bool, as_json: bool) -> None:
    member = acting_member()
    asked = queries.hand_over(member, cases.case(member, reference), request)
    actions.decide(asked=asked, approve=approve, why=why, by=member, now=now())
    _say(queries.hand_over(member, asked.case, request), None, as_json=as_json)


def _wanted(member: Member, case: Case, dossier: str, redacted: str) -> actions.Wanted:
    if redacted:
        return actions.Wanted(profile=queries.profile(member, case, redacted))
    if not dossier:
        return actions.Wanted()
    if dossier == NEWEST:
        newest = dossiers.of_reference(member, case.compartment, case.reference).first()
        if newest is None:
            raise NoDossier
        return actions.Wanted(dossier=newest)
    try:
        return actions.Wanted(dossier=dossiers.one(member, case.compartment, case.reference, UUID(dossier)))
    except ValueError:
        raise dossiers.DossierUnknown from None


def _written(asked: HandOver, output: Path | None, passphrase_file: Path | None, member: Member) -> Path:
    """Write the file, whole or not at all. Raises `FileExists`, `FolderMissing`, `NotWritable`."""
    if output is None:
        raise click.UsageError("Missing option '-o' / '--output'.")
    require_writable(output)
    lock = actions.lock_of(asked=asked, passphrase="" if queries.keys_of(asked) else _passphrase(passphrase_file))
    file = Nascent(output.absolute().parent)
    try:
        age.encrypt(actions.hand_over(asked=asked, by=member, now=now()), file, lock)
        file.christen(output)
    except FileExistsError:
        raise FileExists(path=output) from None
    finally:
        file.discard()
    return output


def _passphrase(file: Path | None) -> str:
    if file:
        return text_of(file).rstrip("\r\n")
    return str(click.prompt("Passphrase of the file", hide_input=True, confirmation_prompt=True, err=True))


def _entries(file: Path) -> list[tuple[Kind, list[str]]]:
    try:
        said = yaml.safe_load(text_of(file))
        return [(Kind(entry["kind"]), [str(each) for each in entry["spellings"]]) for entry in said]
    except (yaml.YAMLError, ValueError, KeyError, TypeError):
        raise ProfileBroken(file=file.name) from None


def _show(seen: Preview, *, as_json: bool) -> None:
    for entry in seen.standing:
        if as_json:
            json_line({"id": entry.placeholder, "spellings": entry.spellings, "papers": dict(entry.papers),
                "written": entry.written})  # fmt: skip
            continue
        click.echo(f"{entry.placeholder:<14} {entry.total:>5}  {tame(', '.join(entry.spellings))}")
        for title, often in entry.papers:
            click.echo(f"{'':<14} {often:>5}  {tame(title)}")
    if as_json:
        return
    if seen.inside:
        words = ", ".join(f"{tame(word)} ({often})" for word, often in sorted(seen.inside.items()))
        click.echo(f"Longer words in which a spelling stands; they stay, unless it ends in *: {words}")
    if seen.missed:
        click.echo(f"Names of the applicant that the profile does not name: {tame(', '.join(seen.missed))}")
    if seen.unsearched:
        click.echo(f"Papers without a text, which cannot be searched: {tame(', '.join(seen.unsearched))}")


def _state(asked: HandOver) -> str:
    if asked.handed_at:
        return "handed over"
    if asked.approved is not None:
        return "approved" if asked.approved else "declined"
    return "waiting" if asked.needs_approval else "free"


def _said(asked: HandOver) -> dict[str, object]:
    return {
        "id": str(asked.pk), "what": str(asked.what), "state": _state(asked), "content": asked.content.digest,
        "recipients": queries.keys_of(asked), "asked_by": asked.asked_by.name, "reason": asked.reason,
    }  # fmt: skip


def _say(asked: HandOver, written: Path | None, *, as_json: bool) -> None:
    if as_json:
        json_line({**_said(asked), "state": "handed over" if written else _state(asked), "path": str(written or "")})
    elif written:
        click.echo(f"Handed over into {written}: {asked.content.size} bytes in plain, {asked.content.digest}.")
        click.echo("Open it with: age -d -i KEY-FILE, or any program that reads the age format.")
    elif _state(asked) == "waiting":
        click.echo(f"Asked for; another member has to approve it. Then: --request {asked.pk}")
    else:
        click.echo(f"{asked.pk} is {_state(asked)}.")
