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


@pytest.fixture
def related(new_workspace, tmp_path_factory):
    """A machine on which documents are said to be something to each other, and the folder that it exports."""
    panah = new_workspace.copied(tmp_path_factory.mktemp("related"))
    papers = panah.folder / "papers"
    papers.mkdir()
    for name in ("old", "new", "chinese", "stamp"):
        (papers / f"{name}.txt").write_text(f"An invented paper: {name}.")
    (papers / "box.zip").write_bytes(zipped({"in.txt": b"Packed."}))
    (papers / "m.jsonl").write_text(json.dumps({"file": "new.txt", "charset": "gb18030"}))
    lines = panah.lines("ingest", papers, "--manifest", papers / "m.jsonl")
    ids = {line["path"].rpartition("/")[2]: line["document"] for line in lines}
    panah.does("supersede", ids["old.txt"], ids["new.txt"])
    panah.does(
        "translation", ids["chinese.txt"], ids["new.txt"], "--translator", "A. Invented",
        "--certificate", ids["stamp.txt"], "--certified-on", "2020-05",
    )  # fmt: skip
    panah.does("describe", ids["in.txt"], "--title", "What lay in the box")
    panah.does("collection", "export", "Library", panah.folder / "shelf")
    return panah.folder / "shelf"


def manifest_of(folder):
    return [json.loads(line) for line in (folder / "manifest.jsonl").read_text().splitlines()]


def test_what_documents_are_to_each_other_goes_along(related, new_workspace, tmp_path):
    other = new_workspace.copied(tmp_path)
    for _ in range(2):  # to say it once more changes nothing
        other.lines("ingest", related, "--manifest", related / "manifest.jsonl")
    other.does("collection", "export", "Library", other.folder / "back")
    said, back = manifest_of(related), manifest_of(other.folder / "back")
    assert said[0] == {"manifest": 2}
    assert {"supersedes", "translation_of", "charset"} <= set().union(*said)
    assert {"translator": "A. Invented", "certified_on": "2020-05"}.items() <= next(
        line["translation_of"] for line in said if "translation_of" in line
    ).items()
    assert [line["title"] for line in back if "inside" in line] == ["What lay in the box"]
    for one, another in zip(said[1:], back[1:], strict=True):
        assert {**one, "file": ""} == {**another, "file": ""}


def test_what_is_said_of_a_document_that_is_not_there_is_left_out_and_told(related, new_workspace, tmp_path):
    other = new_workspace.copied(tmp_path)
    for path in related.glob("*-old.txt"):
        path.unlink()
    done = other.run("ingest", related, "--manifest", related / "manifest.jsonl")
    assert (done.code, "Warning: not-here: " in done.err) == (1, True)


def test_a_folder_that_is_there_is_left_alone(machines):
    panah = machines[0]
    done = panah.run("collection", "export", "Library", panah.folder / "papers")
    assert one_line_error(done)[0] == "folder-taken"
    done = panah.run("collection", "export", "Nowhere", panah.folder / "shelf")
    assert one_line_error(done)[0] == "collection-unknown"
