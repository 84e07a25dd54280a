"""Handing over on the command line, as a user does it, opened by two programs that nobody here wrote."""

import io
import zipfile

import pytest

from panah.proof import age
from support.other_ages import Command, JavaScript
from support.processes import one_line_error
from support.workbench import DEMO

IDENTITY, KEY = age.new_identity()
PROFILE = "- kind: person\n  spellings: [Xiyal*, Ms A]\n- kind: place\n  spellings: [Sapbulaq, Lindvik]\n"


@pytest.fixture(scope="module")
def begun(new_workspace, tmp_path_factory):
    """A workspace with the invented case and a profile; what a test makes is its own."""
    folder = tmp_path_factory.mktemp("handing")
    panah = new_workspace.copied(folder)
    panah.does("case", "import", DEMO)
    (folder / "court.yaml").write_text(PROFILE)
    seen = panah.lines("redact", "2026-001", "--profile", folder / "court.yaml")
    assert [line["spellings"] for line in seen] == [["Xiyal*", "Ms A"], ["Sapbulaq", "Lindvik"]]
    return panah


@pytest.mark.parametrize("program", [Command, JavaScript])
def test_an_age_file_opens_elsewhere_with_the_recipient_s_key(begun, tmp_path, program):
    other, file = program(tmp_path), tmp_path / "case.age"
    begun.does("hand-over", "2026-001", "--export", "--to", KEY, "-o", file)
    plain = other.decrypted(file.read_bytes(), identity=IDENTITY)
    assert "2026-001/case.yaml" in zipfile.ZipFile(io.BytesIO(plain)).namelist()


@pytest.mark.parametrize("program", [Command, JavaScript])
def test_or_with_the_passphrase(begun, tmp_path, program):
    other, file, words = program(tmp_path), tmp_path / "case.age", tmp_path / "words"
    words.write_text("six invented words\n")
    begun.does("hand-over", "2026-001", "--export", "--passphrase-file", words, "-o", file)
    plain = other.decrypted(file.read_bytes(), passphrase="six invented words")
    assert "2026-001/case.yaml" in zipfile.ZipFile(io.BytesIO(plain)).namelist()


def test_recipients_stand_in_a_file_with_remarks(begun, tmp_path):
    keys, file = tmp_path / "court.txt", tmp_path / "case.age"
    keys.write_text(f"# the invented court, 2026\n\n{KEY}\n")
    begun.does("hand-over", "2026-001", "--export", "--to-file", keys, "-o", file)
    assert Command(tmp_path).decrypted(file.read_bytes(), identity=IDENTITY)


@pytest.mark.parametrize("option", ["--to-file", "--passphrase-file"])
def test_a_file_that_is_no_text_is_said_in_one_line(begun, tmp_path, option):
    (tmp_path / "photograph.jpg").write_bytes(b"\xff\xd8\xff")
    for name in ("photograph.jpg", "nowhere", "."):
        done = begun.run("hand-over", "2026-001", "--export", option, tmp_path / name, "-o", tmp_path / "case.age")
        assert one_line_error(done)[0] == "text-file-unreadable"
    assert not (tmp_path / "case.age").exists()


def test_a_file_that_is_there_is_not_written_over(begun, tmp_path):
    (tmp_path / "case.age").write_text("somebody's")
    done = begun.run("hand-over", "2026-001", "--export", "--to", KEY, "-o", tmp_path / "case.age")
    assert one_line_error(done)[0] == "file-exists"
    assert (tmp_path / "case.age").read_text() == "somebody's"


@pytest.mark.parametrize("what", [[], ["--export", "--dossier", "newest"]])
def test_one_thing_is_handed_over(begun, tmp_path, what):
    done = begun.run("hand-over", "2026-001", *what, "--to", KEY, "-o", tmp_path / "case.age")
    assert one_line_error(done)[0] == "one-thing"
    assert not (tmp_path / "case.age").exists()


def test_a_profile_that_is_none_is_refused(begun, tmp_path):
    (tmp_path / "no.yaml").write_text("- kind: sinner\n  spellings: [x]")
    assert one_line_error(begun.run("redact", "2026-001", "--profile", tmp_path / "no.yaml"))[0] == "profile-broken"


def test_what_waits_for_approval_writes_no_file(begun, tmp_path):
    begun.does("approval", "demand", "2026-001")
    try:
        asked, *_ = begun.lines(
            "hand-over", "2026-001", "--redacted", "court", "--to", KEY, "-o", tmp_path / "case.age"
        )
        assert (asked["state"], asked["path"]) == ("waiting", "")
        assert not (tmp_path / "case.age").exists()
        assert one_line_error(begun.run("approval", "approve", "2026-001", asked["id"]))[0] == "not-yours"
        assert one_line_error(begun.run("case", "export", "2026-001", tmp_path / "out"))[0] == "approval-needed"
        assert asked["id"] in [line["id"] for line in begun.lines("approval", "list", "2026-001")]
    finally:
        begun.does("approval", "demand", "2026-001", "--off")
