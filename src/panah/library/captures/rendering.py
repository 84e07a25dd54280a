"""Has a page drawn by a browser of its own, which gets from the web what the capture gets for it, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

from panah.library.captures import Deadline
from panah.library.captures.chromium import Drawn, drawn, started
from panah.library.captures.relay import Relay
from panah.library.captures.visiting import Visit
from panah.proof.certificates import passing_certificate
from panah.vault import workspace


def rendered(address: str, visit: Visit, program: str, agent: str) -> Drawn:
    """A page as `program` shows it. What it asks for is part of the visit, written down and bounded like the page itself.

    Raises `BrowserNotApart`, `BrowserFailed`, `CaptureTooSlow`; then no picture was made.
    """
    deadline = Deadline(visit.bounds.rendering, within=visit.deadline)
    own = passing_certificate()
    hidden = sorted({str(Path.home()), str(workspace.home()), os.path.realpath(workspace.home())})
    with (
        started(program, hidden, [f"--ignore-certificate-errors-spki-list={own.pin}"], deadline) as (browser, door),
        Relay(door, visit, agent, own.pem) as relay,
    ):
        return drawn(browser, address, agent, relay.until_quiet, deadline)
