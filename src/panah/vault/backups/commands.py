"""Commands that keep a workspace safe from the disk it lies on."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from panah.errors import PanahError
from panah.proof import age
from panah.team import queries as team
from panah.team.acting import now
from panah.team.joining import require_administering
from panah.team.models import Member
from panah.vault import commands, fixity, keyring, queries, workspace
from panah.vault.backups import making, restoring
from panah.vault.commands import Spoken, Unlocked, json_line
from panah.vault.models import BrokenContent

FOUND_BROKEN = 1
_FILE = click.Path(path_type=Path)


class LockAmbiguous(PanahError):
    """A backup is encrypted either to recipients or to a passphrase, not to both: age allows no other way."""


@click.command(cls=Unlocked)
@click.argument("file", type=_FILE)
@click.option("--to", "to", multiple=True, metavar="RECIPIENT", help="An age recipient, age1…; may be given again.")
@click.option("--to-file", type=_FILE, help="A file with a recipient on each line.")
@click.option("--passphrase", "by_passphrase", is_flag=True, help="Ask for a passphrase of the backup's own.")
@click.option("--json", "as_json", is_flag=True, help="JSON lines: an object that is gone, and at last the backup.")
def backup(file: Path, to: tuple[str, ...], to_file: Path | None, by_passphrase: bool, as_json: bool) -> None:
    """Write the whole workspace into one encrypted file, while it is in use.

    The file is in the age format; whoever has an identity of one of its recipients, or its passphrase, opens it with
    panah restore. Inside, everything is still encrypted under the workspace's own passphrase. The passphrase of the
    backup is taken from the file that PANAH_BACKUP_PASSPHRASE_FILE names, or asked for.
    """
    made = making.back_up(file=file, lock=_lock(to, to_file, by_passphrase), by=commands.acting_member(), now=now())
    for path in made.missing:
        _say_broken(path, "", "object-missing", as_json=as_json)
    if as_json:
        json_line({"id": made.digest, "path": str(file), "size": made.size, "objects": made.objects, "code": ""})
    else:
        click.echo(f"Backed up into {file}: {made.objects} objects, {made.size} bytes, {made.digest}")
    sys.exit(FOUND_BROKEN if made.missing else 0)


@click.command(cls=Spoken)
@click.argument("file", type=_FILE)
@click.argument("home", type=_FILE, required=False)
@click.option(
    "--identity", type=_FILE, help="A file with your age identity. Without it, the backup's passphrase is asked."
)
@click.option("--json", "as_json", is_flag=True, help="JSON lines: what was broken already, and at last the workspace.")
def restore(file: Path, home: Path | None, identity: Path | None, as_json: bool) -> None:
    """Make the workspace of a backup anew, on this machine or another.

    HOME must be empty, or not there yet; without it, PANAH_HOME counts. Every entry is compared with the signed list of
    the backup, the ledger is followed, and every stored object is digested again, before there is a workspace. What was
    broken already when it was backed up is told, with exit code 1.
    """
    if home:
        workspace.settle_in(home.absolute())
    if workspace.exists():
        raise keyring.WorkspaceExists(home=workspace.home())
    key = age.identities(commands.text_of(identity)) if identity else age.Passphrase(_backup_passphrase())
    restored = restoring.restore(file=file, way=restoring.Way(key, commands.given_or_asked()), now=now())
    for each in restored.broken:
        _say_broken(each.path, "", each.code, as_json=as_json)
    if as_json:
        line = {"id": str(workspace.home()), "objects": restored.objects, "broken": len(restored.broken)}
        json_line({**line, "ledger_broken_at": restored.ledger_broken_at, "code": ""})
    else:
        click.echo(f"Restored into {workspace.home()}: {restored.objects} objects.")
        if restored.ledger_broken_at:
            click.echo(
                f"BROKEN: line {restored.ledger_broken_at} of the ledger was changed before the backup was made."
            )
    sys.exit(FOUND_BROKEN if restored.broken or restored.ledger_broken_at else 0)


@click.command(name="fixity", cls=Unlocked)
@click.option("--json", "as_json", is_flag=True, help="A JSON line for each object that is broken.")
def check_fixity(as_json: bool) -> None:
    """Digest every stored object again, and name what is not as it was taken in.

    A check that was broken off goes on where it was. Restore what is broken from a backup. Exit code 1 if anything is.
    """
    member = commands.acting_member()
    require_administering(member)
    done = fixity.check(by=member, now=now())
    broken = list(queries.broken_contents().filter(found_by=done))
    for each in broken:
        _say_broken(each.path, _digest_for(member, each), each.code, as_json=as_json)
    if not as_json:
        verdict = f"BROKEN: {len(broken)} of" if broken else "OK:"
        click.echo(f"{verdict} {done.checked} stored objects, {done.size} bytes.")
    sys.exit(FOUND_BROKEN if broken else 0)


def _lock(to: tuple[str, ...], to_file: Path | None, by_passphrase: bool) -> age.Recipients | age.Passphrase:
    recipients = [*to, *(age.listed(commands.text_of(to_file)) if to_file else [])]
    if recipients and by_passphrase:
        raise LockAmbiguous
    return age.Passphrase(_backup_passphrase(new=True)) if by_passphrase else age.recipients(recipients)


def _backup_passphrase(*, new: bool = False) -> str:
    given = workspace.given_backup_passphrase()
    if given is not None:
        return given
    if not new:
        return commands.asked("Passphrase of the backup")
    words = commands.asked_twice("Passphrase for the backup")
    commands.warn_if_short(words)
    return words


def _digest_for(member: Member, broken: BrokenContent) -> str:
    """The digest of a content only for who may see its compartment: to others it would tell what is there."""
    return broken.digest if team.compartments(member).filter(pk=broken.compartment_id).exists() else ""


def _say_broken(path: str, digest: str, code: str, *, as_json: bool) -> None:
    if as_json:
        json_line({"id": path, "digest": digest, "code": code})
    else:
        click.echo(f"BROKEN: {path}  {code}  {digest}".rstrip())
