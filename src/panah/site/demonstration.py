"""The demonstration: the commands that a user would type, run one after the other on an invented case."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from panah.errors import PanahError

CASE = Path(__file__).parent / "demo"
OTHERS = Path(__file__).parent / "invented"
"""The other invented cases, a folder each; `docs/cases.md` tells what they show."""
REFERENCE = "2026-001"
NAME, PASSPHRASE, PASSWORD = "demo", "an invented passphrase", "an invented password"
SHOWN_CODES = 3
MARK = "this-is-the-panah-demonstration"


class FolderNotOurs(PanahError):
    """{folder} is there already and is not an earlier demonstration; nothing in it was touched."""


class Demonstration:
    """Everything happens in one folder, with commands of this installation."""

    def __init__(self, folder: Path, *, others: bool = False) -> None:
        self._folder = folder.absolute()
        self._others = others
        self._bundle = self._folder / f"dossier-{REFERENCE}.zip"
        self._environment = {
            **os.environ,
            "PANAH_HOME": str(self._folder / "workspace"),
            "PANAH_PASSPHRASE": PASSPHRASE,
        }

    def run(self) -> None:
        """From nothing to a verified dossier. Raises `FolderNotOurs`; a step that fails, CalledProcessError."""
        self._clear()
        click.echo("Everybody and everything in this demonstration is invented.\n")
        self._step("panah", "init", "--member", NAME)
        self._step("panah", "case", "import", str(CASE))
        for case in sorted(OTHERS.iterdir()) if self._others else ():
            self._step("panah", "case", "import", str(case))
        self._step("panah", "find", "پاسپورت", "--limit", "1")
        self._step("panah", "find", "护照 OR passport", "--limit", "2")
        self._step("panah", "examine", REFERENCE)
        self._step("panah", "refusal", REFERENCE)
        self._step("panah", "seal", REFERENCE, "-o", str(self._bundle))
        self._step("panah-verify", str(self._bundle), "--key", self._fingerprint())
        click.echo(f"\nThe sealed dossier is {self._bundle}; unpack it and open data/dossier.pdf, or data/verify.html.")

    def serve(self, port: int) -> None:
        """Open the workbench until it is ended."""
        codes = subprocess.run(
            [sys.executable, "-m", "panah.site.demo_member", PASSWORD],
            env=self._environment, check=True, capture_output=True, text=True,
        ).stdout.split()  # fmt: skip
        click.echo(
            f"\nSign in with the name “{NAME}”, the password “{PASSWORD}” and, where a telephone would show a code,"
        )
        click.echo("one of these recovery codes; each works once:\n")
        for code in codes[:SHOWN_CODES]:
            click.echo(f"    {code}")
        click.echo("\nMake more on the page Team, What I sign in with. On the command line, the member acts with:")
        click.echo(f"    PANAH_PASSWORD='{PASSWORD}'")
        self._step("panah", "serve", "--port", str(port), "--open")

    def _clear(self) -> None:
        """Make the folder anew; only an earlier demonstration is removed."""
        if self._folder.exists():
            if not (self._folder / MARK).is_file():
                raise FolderNotOurs(folder=self._folder)
            shutil.rmtree(self._folder)
        self._folder.mkdir(parents=True)
        (self._folder / MARK).touch()

    def _step(self, program: str, *arguments: str) -> None:
        click.echo(click.style(f"\n$ {program} {' '.join(_quoted(arguments))}", bold=True))
        sys.stdout.flush()
        subprocess.run([_beside_us(program), *arguments], env=self._environment, check=True)

    def _fingerprint(self) -> str:
        shown = subprocess.run(
            [_beside_us("panah"), "key"], env=self._environment, check=True, capture_output=True, text=True
        )
        return shown.stdout.splitlines()[0]


def _beside_us(program: str) -> str:
    return str(Path(sys.executable).parent / program)


def _quoted(arguments: Sequence[str]) -> list[str]:
    return [f"'{argument}'" if " " in argument else argument for argument in arguments]
