"""`panah`: one command with subcommands. Help is shown without loading Django, so that it comes at once."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import NamedTuple

import click

from panah.errors import PanahError
from panah.site import crashes, terminal

COULD_NOT = 2


class Lazy(NamedTuple):
    """Where a command is, and what it does in one line (the first line of its docstring; a test compares them)."""

    path: str
    summary: str


COMMANDS = {
    "init": Lazy("panah.vault.commands:init", "Make an encrypted workspace."),
    "upgrade": Lazy("panah.library.commands:upgrade", "Bring the workspace up to date with this Panah."),
    "member": Lazy(
        "panah.site.members.commands:member",
        "Invite members, list them, take one off the team, and name who leads then.",
    ),
    "passphrase": Lazy("panah.vault.commands:passphrase", "Let another passphrase open the workspace."),
    "rotate": Lazy("panah.vault.commands:rotate", "Replace the key of a compartment, while people work."),
    "key": Lazy("panah.vault.commands:key", "Show the key that signs this workspace's dossiers."),
    "ingest": Lazy("panah.library.bulk.commands:ingest", "Take files into the library, and account for each."),
    "delivery": Lazy(
        "panah.library.bulk.commands:delivery", "Look at what was handed in together, pause it, and go on with it."
    ),
    "collection": Lazy(
        "panah.cases.folder.commands:collection",
        "List collections, and write one into a folder that another Panah takes in.",
    ),
    "reread": Lazy("panah.library.rereading.commands:reread", "Read documents once more."),
    "readings": Lazy("panah.library.rereading.commands:readings", "List every reading of a document."),
    "find": Lazy(
        "panah.library.finding.commands:find",
        "Find passages in the library; without words, the documents that pass the filters.",
    ),
    "searches": Lazy(
        "panah.library.finding.commands:searches",
        "List the saved searches, your own and those of your compartments, with what is new in each.",
    ),
    "thesaurus": Lazy(
        "panah.library.concepts.commands:thesaurus",
        "Show what words are called in other languages, and write the thesaurus as SKOS.",
    ),
    "quote": Lazy("panah.library.commands:quote", "Quote words of a document, byte for byte."),
    "check": Lazy(
        "panah.library.checking.commands:check", "Check the quotations and citations of a draft before it is filed."
    ),
    "documents": Lazy(
        "panah.library.sources.commands:documents",
        "List documents, what is known of each, and what nobody has written down yet.",
    ),
    "describe": Lazy("panah.library.sources.commands:describe", "Write down what is known of a document."),
    "source": Lazy(
        "panah.library.sources.commands:source", "List who published documents, and write what is to be known of them."
    ),
    "supersede": Lazy("panah.library.commands:supersede", "Say that one document takes the place of another."),
    "kin": Lazy("panah.library.kin.commands:kin", "List the documents that share wording with one, the older first."),
    "trace": Lazy("panah.library.kin.commands:trace_document", "Say from which root a document comes."),
    "translation": Lazy(
        "panah.library.versions.commands:translation", "Say that a document is the translation of another."
    ),
    "capture": Lazy(
        "panah.library.captures.commands:capture", "Capture pages of the web as they are now, as evidence."
    ),
    "timestamp": Lazy(
        "panah.library.captures.commands:timestamp",
        "Follow up the timestamps of captures (OpenTimestamps), and compare them with blocks of Bitcoin.",
    ),
    "captures": Lazy(
        "panah.library.captures.commands:list_captures", "List the captures that you may see, the newest first."
    ),
    "compartment": Lazy(
        "panah.site.compartments.commands:compartment",
        "Make compartments, and say who belongs to them and what others may read.",
    ),
    "case": Lazy("panah.cases.commands:case", "Import, export, list and keep cases."),
    "law": Lazy("panah.site.law.commands:law", "Read what the law asks, and say which law applies to a case."),
    "examine": Lazy("panah.cases.commands:examine", "Show what the examination of a case has left open."),
    "facts": Lazy("panah.cases.method.commands:facts", "Show where the examination of each fact of a case stands."),
    "account": Lazy(
        "panah.cases.telling.commands:account",
        "List the statements of an account, or put two of them beside each other.",
    ),
    "procedure": Lazy(
        "panah.cases.procedure.commands:procedure", "Show the procedure of a case, item by item of the checklist."
    ),
    "refusal": Lazy(
        "panah.cases.refusal.commands:refusal", "Audit a decision of a case, or list what recurs in several."
    ),
    "grounds": Lazy(
        "panah.cases.refusal.commands:grounds", "Write the grounds of appeal against a decision as a draft (DOCX)."
    ),
    "evidence": Lazy(
        "panah.cases.evidence.commands:evidence", "Look for evidence on each question of the law in a case."
    ),
    "names": Lazy(
        "panah.cases.naming.commands:names", "Look for one name in whichever spelling, or state that it is absent."
    ),
    "seal": Lazy("panah.cases.commands:seal", "Seal the dossier of a case into a bundle that anyone can verify."),
    "redact": Lazy(
        "panah.cases.handing.commands:redact",
        "Keep a redaction profile of a case, and show where what it names stands.",
    ),
    "hand-over": Lazy(
        "panah.cases.handing.commands:hand_over",
        "Encrypt a dossier, a case or a redacted copy to those who are to read it.",
    ),
    "approval": Lazy(
        "panah.cases.handing.commands:approval", "Look at what others ask to hand over, and approve or decline it."
    ),
    "erase": Lazy(
        "panah.cases.commands:erase", "Erase a compartment for ever: its cases, papers, dossiers, and its key."
    ),
    "compact": Lazy("panah.vault.commands:compact", "Rewrite the database without what was deleted."),
    "ledger": Lazy("panah.dossier.commands:ledger", "Check the ledger, sign it, or show what was done to an Original."),
    "backup": Lazy(
        "panah.vault.backups.commands:backup", "Write the whole workspace into one encrypted file, while it is in use."
    ),
    "restore": Lazy(
        "panah.vault.backups.commands:restore", "Make the workspace of a backup anew, on this machine or another."
    ),
    "fixity": Lazy(
        "panah.vault.backups.commands:check_fixity",
        "Digest every stored object again, and name what is not as it was taken in.",
    ),
    "serve": Lazy("panah.site.commands:serve", "Open the workbench for a browser on this machine."),
    "doctor": Lazy(
        "panah.site.doctor.commands:doctor", "Tell what is unsafe on this machine, and what to do about it."
    ),
    "demo": Lazy("panah.site.commands:demo", "Try everything on an invented case."),
}


class Commands(click.Group):
    """Loads Django and a command when the command is asked for, and not before."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """In the order in which one would use them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command itself."""
        if cmd_name not in COMMANDS:
            return None
        gc.disable()  # what is loaded stays to the end: nothing is gained by looking through it for what may go
        set_up()
        module, _, name = COMMANDS[cmd_name].path.partition(":")
        command: click.Command = getattr(import_module(module), name)
        gc.freeze()
        gc.enable()
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run the command. Raises `ToldToStop` for Ctrl+C and for whatever asks for the same."""
        try:
            return super().invoke(ctx)
        except (KeyboardInterrupt, EOFError, click.Abort):
            raise terminal.ToldToStop from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of commands, from the table."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, lazy.summary) for name, lazy in COMMANDS.items()])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="panah", message="%(version)s")
def panah() -> None:
    """Panah: a full and fair individual examination for one person at risk.

    Exit codes: 0 done; 1 done, and something was refused or is broken; 2 could not be done.
    """


def set_up() -> None:
    """Load Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "panah.site.settings")
    import django

    django.setup()


def main() -> None:
    """Run the command line. What cannot be done is one line on standard error: its code, and a sentence."""
    crashes.say_no_words()
    terminal.prepare()
    try:
        sys.exit(_run())
    except PanahError as error:
        click.echo(f"{error.code}: {error.sentence}", err=True)
        sys.exit(COULD_NOT)


def _run() -> int:
    """The exit code of the command that was asked for. Raises whatever kept it from its end."""
    try:
        return panah.main(prog_name="panah", standalone_mode=False) or 0
    except click.exceptions.NoArgsIsHelpError as nothing_asked:
        nothing_asked.show()
        return COULD_NOT
    except click.ClickException as error:
        context = error.ctx if isinstance(error, click.UsageError) else None
        command = context.command_path if context else "panah"
        raise terminal.UsageWrong(reason=" ".join(error.format_message().split()), command=command) from None


if __name__ == "__main__":
    main()
