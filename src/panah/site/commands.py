"""Commands that start the workbench."""

from __future__ import annotations

import os
import subprocess
import sys
import webbrowser
from pathlib import Path

import click

from panah.site.demonstration import Demonstration
from panah.site.serving import Workbench
from panah.vault.commands import Unlocked, json_line


@click.command(cls=Unlocked)
@click.option("--host", default="127.0.0.1", show_default=True, help="An address of this machine alone.")
@click.option("--port", default=8017, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option("--open/--no-open", "opens", default=False, help="Open a browser there.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line, when it listens.")
def serve(host: str, port: int, opens: bool, as_json: bool) -> None:
    """Open the workbench for a browser on this machine.

    It is unlocked as long as this command runs, and locked when it ends.
    """
    with Workbench(host, port) as workbench:
        if as_json:
            json_line({"id": workbench.address})
        else:
            click.echo(f"Panah is open at {workbench.address}  (Ctrl+C closes and locks it)")
        if opens and (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or sys.platform == "darwin"):
            webbrowser.open(workbench.address)
        workbench.serve()
    if not as_json:
        click.echo("Panah is closed, and the workspace is locked.")


@click.command()
@click.option(
    "--folder", type=click.Path(path_type=Path), default=Path(".demo"), show_default=True, help="Where to make it."
)
@click.option("--port", default=8017, show_default=True, type=click.IntRange(0, 65535), help="Where to serve it.")
@click.option("--all", "others", is_flag=True, help="Take in the other invented cases too.")
def demo(folder: Path, port: int, others: bool) -> None:
    """Try everything on an invented case.

    Makes a workspace in a folder of its own, imports the case with its papers, finds, examines, seals and verifies, and
    then opens the workbench. DEMO_SERVE=0 in the environment stops before that.
    """
    demonstration = Demonstration(folder, others=others)
    try:
        demonstration.run()
        if os.environ.get("DEMO_SERVE") != "0":
            demonstration.serve(port)
    except subprocess.CalledProcessError as failed:
        click.echo(f"demo-stopped: a step of the demonstration ended with exit code {failed.returncode}.", err=True)
        sys.exit(2)
