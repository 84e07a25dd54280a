"""Captures in the background: they are done while people work, and whatever ends the program leaves nothing half."""

from __future__ import annotations

import random
import signal
from functools import partial

import pytest

from support.processes import end, eventually
from support.web import Site, answer

_ASK = """
from datetime import UTC, datetime
from panah.library import actions, captures, queries
from panah.team.models import Member
member = Member.objects.get()
shelf = queries.shelf(member, "Web")
for address in sys.argv[1:]:
    actions.ask_capture(
        address=captures.address_to_ask(address), shelf=shelf, by=member, now=datetime.now(UTC))
"""
_STATES = """
import json
from panah.library.models import Capture, Document
print(json.dumps({"states": sorted(Capture.objects.values_list("state", flat=True)), "documents": Document.objects.count(),
    "left": sorted(Capture.objects.values_list("captured__what", flat=True), key=lambda what: what or "")}))
"""


@pytest.fixture
def panah(new_workspace, tmp_path):
    copy = new_workspace.copied(tmp_path)
    copy.environment |= {
        "PANAH_CAPTURE": "direct", "PANAH_CAPTURE_PRIVATE": "127.0.0.0/8", "PANAH_CAPTURE_BROWSER": "0",
    }  # fmt: skip
    return copy


def states(panah) -> dict:
    [said] = panah.python(_STATES).lines()
    return said


def test_what_waits_is_captured_and_read_while_the_workbench_runs(panah):
    with Site({"/": answer("<!doctype html><title>A notice</title><p>The zinnia road was closed.")}) as site:
        panah.python(_ASK, site.address(), site.address("/none"))
        assert states(panah)["states"] == ["waiting", "waiting"]
        with panah.served():
            eventually(lambda: panah.lines("find", "zinnia"), "the captured page")
            eventually(lambda: states(panah)["states"] == ["captured", "captured"], "both captures")
    assert panah.does("ledger", "verify").out.startswith("OK")


def test_nothing_is_asked_for_once_it_is_not_allowed_any_more(panah):
    with Site({}) as site:
        panah.python(_ASK, site.address())
        panah.environment.pop("PANAH_CAPTURE")
        with panah.served():
            panah.lines("find", "zinnia")
    assert site.called == 0
    assert states(panah)["states"] == ["waiting"]


@pytest.mark.parametrize("how", [signal.SIGKILL, pytest.param(signal.SIGTERM, marks=pytest.mark.attack)])
def test_ended_in_the_middle_it_leaves_nothing_and_is_done_the_next_time(panah, how):
    stuck = []
    with Site({"/": lambda line: stuck.append(line.recv(1))}) as site:
        panah.python(_ASK, site.address())
        before = panah.files().keys()
        with panah.served() as (_, process):
            eventually(lambda: site.paths, "that it is asked for")
            end(process, how)
        assert states(panah) == {"states": ["waiting"], "documents": 0, "left": [None]}
        assert {name for name in panah.files().keys() - before if name.startswith("objects/")} == set()
        site.answers["/"] = answer("<p>At last.")
        with panah.served():
            eventually(lambda: states(panah)["states"] == ["captured"], "the capture")


def came(site: Site, count: int) -> bool:
    return len(site.asked) >= count


@pytest.mark.attack
def test_killed_at_any_moment_each_is_whole_or_waits(panah):
    """Four times: whatever is there is all there, what was killed too often is given up, and the ledger holds."""
    moments = random.Random(20261127)
    with Site({"/": answer("<!doctype html><title>A notice</title><p>Closed." + "x" * 300_000)}) as site:
        for _ in range(4):
            panah.python(_ASK, site.address())
            with panah.served() as (_, process):
                asked = moments.randrange(1, 3)
                eventually(partial(came, site, asked), "some requests")
                end(process, signal.SIGKILL)
            site.asked.clear()
            assert panah.does("ledger", "verify").out.startswith("OK")
        with panah.served():
            eventually(lambda: "waiting" not in states(panah)["states"], "the end of all captures")
        said = states(panah)
        whole = said["states"].count("captured")
        assert said["left"] == [None] * (4 - whole) + ["page"] * whole + ["record"] * whole
        assert panah.does("fixity", "--json").lines() == []
