"""Commands about the workspace, and the base of every command that needs it unlocked."""

from __future__ import annotations

import getpass
import os
import re
from pathlib import Path
from typing import Any

import click

from panah import proof
from panah.errors import PanahError
from panah.team import joining, knocking, passwords
from panah.team import queries as team
from panah.team.acting import now
from panah.team.models import Member
from panah.team.rules import May
from panah.vault import actions, keyring, rotating, workspace

_COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Controls, but not the tab and the line end: a terminal would obey them."""
_LINE_ENDS = {ord(end): f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"}
_NAME, _PASSWORD, _PROVEN = "panah.name", "panah.password", "panah.proven"
SHORT = 12
"""A passphrase of fewer characters is warned about: whoever takes the disk can try them all."""


class PassphraseNeeded(PanahError):
    """The workspace is locked: give its passphrase at the prompt, in PANAH_PASSPHRASE_FILE, or in PANAH_PASSPHRASE."""

    status = 403


class PassphrasesDiffer(PanahError):
    """The two passphrases are not the same."""


class TextFileUnreadable(PanahError):
    """The file {file} cannot be read: {reason}."""


class MemberMissing(PanahError):
    """The workspace has no member yet; it was not made to its end. Make another with: panah init."""


class MemberNotNamed(PanahError):
    """This workspace has more than one member: say who acts, with --as NAME or in PANAH_MEMBER."""


class MemberUnproven(PanahError):
    """This name and password are not those of a member."""

    status = 403


class PasswordNeeded(PanahError):
    """A member acts here by a password: give it at the prompt, in PANAH_PASSWORD_FILE, or in PANAH_PASSWORD."""

    status = 403


class Spoken(click.Command):
    """A command whose words are text. A path need not be; a name, a reference or a question that is not is refused."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Raises click's own error of a parameter."""
        rest = super().parse_args(ctx, args)
        for parameter in self.params:
            said = ctx.params.get(parameter.name or "")
            if any(
                isinstance(words, str) and not _is_text(words)
                for words in (said if isinstance(said, tuple) else (said,))
            ):
                raise click.BadParameter("this is not text in UTF-8.", ctx, parameter)
        return rest


class Unlocked(Spoken):
    """A command that runs in the unlocked workspace; its help needs no passphrase. It is told who acts."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        said = "Who acts, where there is more than one member."
        self.params.append(
            click.Option(
                ["--as", "acting"], metavar="NAME", help=said, envvar="PANAH_MEMBER", expose_value=False, callback=_note
            )
        )

    def invoke(self, ctx: click.Context) -> Any:
        """Unlock, run, lock again."""
        if not workspace.exists():
            raise keyring.WorkspaceMissing(home=workspace.home())
        workspace.unlock(given_or_asked())
        ctx.meta[_PASSWORD] = workspace.given_password()  # whether it is needed or not: no child process inherits it
        try:
            return super().invoke(ctx)
        finally:
            workspace.lock()


def _note(ctx: click.Context, _option: click.Parameter, name: str | None) -> None:
    ctx.meta[_NAME] = name


@click.command(cls=Spoken)
@click.option("--member", metavar="NAME", help="Your name in the workspace. Default: your name on this machine.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def init(member: str | None, as_json: bool) -> None:
    """Make an encrypted workspace.

    It is made in PANAH_HOME, or in the folder where this machine keeps the data of programs. The passphrase opens it
    and cannot be recovered: write it down and keep it away from the machine.
    """
    if workspace.exists():
        raise keyring.WorkspaceExists(home=workspace.home())
    passphrase = _given()
    passphrase = asked_twice("Passphrase for the new workspace") if passphrase is None else passphrase
    joined = actions.begin(passphrase=passphrase, name=member or _login_name(), now=now())
    warn_if_short(passphrase)
    public = workspace.public_key()
    if as_json:
        json_line({"id": public, "home": str(workspace.home()), "member": joined.name})
    else:
        click.echo(f"Made a workspace in {workspace.home()}, with the member {joined.name}.")
        click.echo(f"Its dossiers are signed by the key {proof.fingerprint(public)}")
    workspace.lock()


@click.command(cls=Unlocked)
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def key(as_json: bool) -> None:
    """Show the key that signs this workspace's dossiers.

    Give it to those who will receive dossiers, by another way than the dossier itself: panah-verify --key.
    """
    public = workspace.public_key()
    if as_json:
        json_line({"id": public, "fingerprint": proof.fingerprint(public)})
    else:
        click.echo(f"{public}\nfingerprint {proof.fingerprint(public)}")


@click.command(cls=Unlocked)
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def passphrase(as_json: bool) -> None:
    """Let another passphrase open the workspace.

    The new one is asked for at the terminal, or read from PANAH_NEW_PASSPHRASE_FILE. What is stored stays as it is: only
    the key that opens it is wrapped anew. A copy of the old keyring, in a backup, still opens with the old passphrase.
    """
    member = acting_member()
    new = workspace.given_new_passphrase()
    new = asked_twice("New passphrase for the workspace") if new is None else new
    actions.change_passphrase(passphrase=new, by=member, now=now())
    warn_if_short(new)
    if as_json:
        json_line({"id": workspace.public_key()})
    else:
        click.echo("The new passphrase opens the workspace; the old one does not any more.")


@click.command(cls=Unlocked)
@click.argument("compartment")
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def rotate(compartment: str, as_json: bool) -> None:
    """Replace the key of a compartment, while people work.

    Everything that it sealed is encrypted anew, and the old key is destroyed. Broken off, it goes on when it is run again.
    """
    member = acting_member()
    place = team.compartment(member, compartment, May.ROTATE)
    done = sum(1 for _ in rotating.rotate(compartment=place, by=member, clock=now))
    if as_json:
        json_line({"id": str(place.pk), "encrypted": done})
    else:
        click.echo(f"The key of {place} was replaced: {done} things were encrypted anew.")


def open_as_it_is() -> None:
    """Open the workspace, whatever the version of its tables."""
    workspace.hold(keyring.opened(workspace.home(), given_or_asked()))


def acting_member() -> Member:
    """Who acts on the command line: known by the passphrase, and by a password where she has chosen one.

    Raises `MemberMissing`, `MemberNotNamed`, `MemberUnproven`, `PasswordNeeded`, `Wait`.
    """
    ctx = click.get_current_context(silent=True)
    said: dict[str, Any] = ctx.meta if ctx else {}
    if _PROVEN not in said:
        said[_PROVEN] = _proven(said.get(_NAME), said.get(_PASSWORD))
    proven: Member = said[_PROVEN]
    return proven


def _proven(name: str | None, password: str | None) -> Member:
    if not Member.objects.exists():
        raise MemberMissing
    if name is None:
        only = list(joining.members()[:2])
        if len(only) != 1:
            raise MemberNotNamed
        name = only[0].name
    member = joining.members().filter(name=name).first()
    if member and not member.has_usable_password():
        return member
    whose = [knocking.name(name)]
    knocking.require_none(whose, now())
    password = asked(f"Password of {tame(name)}", PasswordNeeded) if password is None else password
    if not proof.password_fits(password, member.password if member else "") or member is None:
        knocking.refused(whose=whose, member=member, now=now())
        raise MemberUnproven
    return member


def new_password(name: str) -> str:
    """A new password, from PANAH_NEW_PASSWORD_FILE or asked for twice. Raises `PasswordNeeded`, `PasswordsDiffer`."""
    given = workspace.given_new_password()
    if given is not None:
        return given
    first = asked(f"New password of {tame(name)}", PasswordNeeded)
    if first != asked("The same again", PasswordNeeded):
        raise passwords.PasswordsDiffer
    return first


@click.command(cls=Unlocked)
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def compact(as_json: bool) -> None:
    """Rewrite the database without what was deleted.

    An erasure does it by itself. Needed only where another program kept it from doing so.
    """
    actions.compact()
    if as_json:
        json_line({"id": workspace.public_key()})
    else:
        click.echo("The database holds nothing of what was deleted.")


def confirmed(what: str) -> str:
    """What a person types at the terminal to be sure; empty where nobody sits there."""
    return str(click.prompt(what, err=True)) if workspace.asks_on_terminal() else ""


def text_of(file: Path) -> str:
    """What a file says. Raises `TextFileUnreadable`."""
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise TextFileUnreadable(file=file, reason=error.strerror) from None
    except UnicodeDecodeError:
        raise TextFileUnreadable(file=file, reason="it is not text") from None


def json_line(record: dict[str, Any]) -> None:
    """One record for a machine to read; its first key is `id`.

    It is one line to every reader: what JSON takes for a letter and others for the end of a line is written as an escape.
    """
    import json

    click.echo(json.dumps(record, ensure_ascii=False).translate(_LINE_ENDS))


def tame(words: str) -> str:
    """Words of a document as a terminal may show them: what would command it is shown as an escape."""
    return _COMMANDS.sub(lambda sign: sign[0].encode("unicode_escape").decode(), words)


def given_or_asked() -> str:
    """The passphrase of the workspace, from the environment or the terminal. Raises `PassphraseNeeded`."""
    given = _given()
    return asked("Passphrase") if given is None else given


def _given() -> str | None:
    """What the environment gives; whoever leaves it open to others is told."""
    file = os.environ.get("PANAH_PASSPHRASE_FILE")
    given = workspace.given_passphrase()
    if file and workspace.others_can_read(Path(file)):
        click.echo("Warning: others on this machine can read the passphrase file; chmod 600 keeps them out.", err=True)
    return given


def asked_twice(what: str) -> str:
    """A new passphrase, typed by a person at the terminal. Raises `PassphrasesDiffer`, `PassphraseNeeded`."""
    first = asked(what)
    if first != asked("The same again"):
        raise PassphrasesDiffer
    return first


def warn_if_short(passphrase: str) -> None:
    """Say so where a new passphrase could be found by trying."""
    if len(passphrase) < SHORT:
        click.echo(f"Warning: a passphrase shorter than {SHORT} characters can be found by trying.", err=True)


def asked(what: str, needed: type[PanahError] = PassphraseNeeded) -> str:
    """What a person types at the terminal, unseen. Raises what says that it is needed, where nobody sits there."""
    if not workspace.asks_on_terminal():
        raise needed
    try:
        return str(click.prompt(what, hide_input=True, err=True))
    except UnicodeDecodeError:
        raise workspace.PassphraseNotText from None


def _is_text(words: str) -> bool:
    return not any("\ud800" <= letter <= "\udfff" for letter in words)


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "member"
