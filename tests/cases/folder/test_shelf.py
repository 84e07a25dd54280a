"""A collection in a folder, and what another machine makes of it."""

from __future__ import annotations

import json

import pytest

from support.archives import zipped
from support.processes import one_line_error


@pytest.fixture
def machines(new_workspace, tmp_path_factory):
    """Two machines, each with papers of its own, and one paper that both have."""
    machines = []
    for number, said in enumerate(({"title": "Invented", "date": "2018"}, {"language": "ug-Arab", "title": "Another"})):
        panah = new_workspace.copied(tmp_path_factory.mktemp(f"machine-{number}"))
        papers = panah.folder / "papers"
        papers.mkdir()
        (papers / "both.txt").write_text("A paper that both machines have.")
        (papers / f"own {number} پاناھ.txt").write_text(f"A paper of machine {number} alone.")
        (papers / "box.zip").write_bytes(zipped({"in.txt": f"Packed on machine {number}.".encode()}))
        (papers / "m.jsonl").write_text(json.dumps({"file": "both.txt", **said}))
        panah.does("ingest", papers, "--manifest", papers / "m.jsonl")
        machines.append(panah)
    return machines


def test_what_two_machines_took_in_becomes_one(machines):
    one, other = machines
    folder = other.folder / "shelf"
    [told] = other.lines("collection", "export", "Library", folder)
    assert told["files"] == 3
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    outcomes = {
        line["path"].rpartition("/")[2]: line
        for line in one.lines("ingest", folder, "--manifest", folder / "manifest.jsonl")
    }
    assert sorted((name[7:] or name, line["outcome"]) for name, line in outcomes.items() if not line["inside"]) == [
        ("both.txt", "already"), ("box.zip", "read"), ("own-1-پاناھ.txt", "read")
    ]  # fmt: skip
    assert "language" in outcomes["000001-both.txt"]["reason"]
    assert one.lines("collection", "list")[0]["documents"] == 7
    [hit] = one.lines("find", '"machine 1 alone"')
    assert (hit["words"], one.does("ledger", "verify").out[:2]) == ("A paper of machine 1 alone.", "OK")


def test_a_folder_that_is_there_is_left_alone(machines):
    panah = machines[0]
    done = panah.run("collection", "export", "Library", panah.folder / "papers")
    assert one_line_error(done)[0] == "folder-taken"
    done = panah.run("collection", "export", "Nowhere", panah.folder / "shelf")
    assert one_line_error(done)[0] == "collection-unknown"
