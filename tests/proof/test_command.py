"""`panah-verify`, as the reader of a dossier runs it."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from panah.proof import bundle
from panah.proof.command import main
from panah.proof.signing import fingerprint, public_key
from support import bundles
from support.authority import LocalAuthority
from support.bundles import KEY, OTHER_KEY, draft, packed, sealed
from support.spoiled import WHOLE, WITHOUT_KEY


@pytest.fixture
def bundle_at(tmp_path):
    """Writes a bundle, and gives its path."""

    def bundle_at(data=WHOLE):
        path = tmp_path / "bundle.zip"
        path.write_bytes(data)
        return str(path)

    return bundle_at


@pytest.fixture
def said(capsys):
    """Runs the command: its exit code, the lines that it prints, and what it says on standard error."""

    def said(*arguments):
        code = main(arguments)
        out, err = capsys.readouterr()
        return code, out.splitlines(), err

    return said


class TestVerdict:
    def test_ends_with_0_and_says_that_the_signer_is_not_known(self, said, bundle_at):
        code, lines, err = said(bundle_at())
        assert (code, err) == (0, "")
        assert lines[-1].startswith("OK: the bundle is whole, all 3 footnotes verify, but the signer is not known to")
        assert fingerprint(public_key(KEY)) in lines[-1]

    def test_has_a_line_for_each_footnote_and_counts_the_rest(self, said, bundle_at):
        _, lines, _ = said(bundle_at())
        assert [line.split()[:2] for line in lines if "bytes" in line] == [["1", "OK"], ["2", "OK"], ["3", "OK"]]
        assert "        file  OK         12 checked" in lines
        assert "     custody  OK         2 checked" in lines

    @pytest.mark.parametrize("given_as", [fingerprint(public_key(KEY)), public_key(KEY)])
    def test_knows_the_signer_by_fingerprint_key_or_file(self, said, bundle_at, tmp_path, given_as):
        (tmp_path / "key.txt").write_text(f"{given_as}\n")
        for key in (given_as, str(tmp_path / "key.txt")):
            code, lines, _ = said(bundle_at(), "--key", key)
            assert (code, lines[-1]) == (
                0,
                "OK: the bundle is whole, all 3 footnotes verify, and signed by the key you gave.",
            )

    def test_ends_with_1_where_another_key_signed(self, said, bundle_at):
        code, lines, _ = said(bundle_at(), "--key", public_key(OTHER_KEY))
        assert code == 1
        assert lines[-1].startswith("BROKEN: this bundle does not verify (signer: signed by ")

    @pytest.mark.parametrize("case", WITHOUT_KEY)
    def test_ends_with_1_and_says_what_is_broken(self, said, bundle_at, case):
        code, lines, _ = said(bundle_at(WITHOUT_KEY[case]()))
        assert code == 1
        assert any("  BROKEN     " in line for line in lines)
        assert lines[-1].startswith("BROKEN: this bundle does not verify (")

    def test_ends_with_2_where_a_time_stamp_cannot_be_checked(self, said, bundle_at, tmp_path, monkeypatch):
        stamped = bundles.stamped(draft(), LocalAuthority(tmp_path / "authority"))
        monkeypatch.setitem(sys.modules, "rfc3161_client", None)
        code, lines, _ = said(bundle_at(packed(stamped)))
        assert code == 2
        assert lines[-1].startswith("UNCHECKED: not everything could be checked (timestamp: ")

    def test_takes_the_roots_of_the_authority(self, said, bundle_at, tmp_path):
        authority = LocalAuthority(tmp_path / "authority")
        path = bundle_at(packed(bundles.stamped(draft(), authority)))
        code, lines, _ = said(path, "--authority", str(authority.roots_file))
        assert code == 0
        assert any(line.startswith("   authority  OK") for line in lines)

    def test_prints_one_json_line_for_each_check(self, said, bundle_at):
        code, lines, _ = said(bundle_at(), "--json")
        checks = [json.loads(line) for line in lines]
        assert code == 0
        assert {tuple(check) for check in checks} == {("id", "kind", "outcome", "reason")}
        assert [check["id"] for check in checks if check["outcome"] != "ok"] == ["signer"]


class TestNotChecked:
    @pytest.mark.parametrize("data", [b"", b"hello"], ids=["empty", "text"])
    def test_what_is_no_bundle(self, said, bundle_at, data):
        code, lines, err = said(bundle_at(data))
        assert (code, lines) == (2, [])
        assert err.startswith("container-unreadable: This is not a bundle: ")
        assert err.count("\n") == 1

    def test_what_is_not_there(self, said, tmp_path):
        code, _, err = said(str(tmp_path / "gone\n.zip"))
        assert code == 2
        assert err.count("\n") == 1

    def test_by_a_key_that_is_none(self, said, bundle_at):
        code, lines, err = said(bundle_at(), "--key", "my friend’s key")
        assert (code, lines) == (2, [])
        assert err.startswith("key-unreadable: ")

    def test_by_roots_that_are_not_there(self, said, bundle_at, tmp_path):
        code, lines, err = said(bundle_at(), "--authority", str(tmp_path / "gone.pem"))
        assert (code, lines) == (2, [])
        assert err.startswith("file-unreadable: ")
        assert err.count("\n") == 1

    def test_what_was_asked_wrongly(self, said, capsys):
        with pytest.raises(SystemExit) as ended:
            main(["--keys"])
        assert ended.value.code == 2
        assert capsys.readouterr().err.startswith("usage-wrong: ")

    def test_what_nobody_could_be_told(self, bundle_at, monkeypatch, capsys):
        with Path("/dev/full").open("w", encoding="utf-8") as full:
            monkeypatch.setattr(sys, "stdout", full)
            assert main([bundle_at()]) == 2
        assert capsys.readouterr().err == "output-lost: The answer could not be written: No space left on device.\n"


class TestTerminalOfFewLetters:
    def test_is_told_the_verdict_with_numbers_in_the_place_of_letters(self, bundle_at, monkeypatch):
        of = draft()
        of.dossier["items"][0]["label"] = "护照"
        heard = io.BytesIO()
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(heard, encoding="ascii"))
        assert main([bundle_at(packed(sealed(of)))]) == 0
        sys.stdout.flush()
        assert rb"\u62a4\u7167" in heard.getvalue()


class TestHostileWords:
    def test_cannot_move_the_cursor_or_turn_the_line(self, said, bundle_at):
        of = draft()
        of.dossier["items"][0]["label"] = "\x1b[2J\u202e\nOK: all is well"
        _, lines, _ = said(bundle_at(packed(sealed(of))))
        assert all(line.isprintable() for line in lines)
        assert sum(line.startswith("OK: ") for line in lines) == 1

    def test_of_a_path_cannot_either(self, said, bundle_at):
        files = sealed(draft()) | {"data/\x1b[2J\n\u202e": b""}
        code, lines, _ = said(bundle_at(packed(files)))
        assert code == 1
        assert all(line.isprintable() for line in lines)


class TestAlone:
    def test_it_loads_neither_django_nor_what_talks_to_the_network(self):
        loaded = "import sys, panah.proof.command, panah.proof.verify; print(*sys.modules)"
        names = subprocess.run(
            [sys.executable, "-c", loaded], check=True, capture_output=True, text=True
        ).stdout.split()
        assert not {"django", "ssl", "socket", "urllib.request", "panah.proof.network"} & set(names)
        assert {name.split(".")[1] for name in names if name.startswith("panah.")} == {"proof", "errors"}


class TestReaderWhoLeaves:
    def test_does_not_change_the_verdict(self, bundle_at, monkeypatch):
        reading, writing = os.pipe()
        os.close(reading)
        path = bundle_at(WITHOUT_KEY["seal rewritten"]())
        with os.fdopen(writing, "w") as broken_pipe:
            monkeypatch.setattr(sys, "stdout", broken_pipe)
            assert main([path]) == 1


class TestCalledByAProgram:
    def test_writes_into_whatever_takes_its_lines(self, bundle_at, monkeypatch):
        monkeypatch.setattr(sys, "stdout", io.StringIO())
        assert main([bundle_at()]) == 0
        assert sys.stdout.getvalue().splitlines()[-1].startswith("OK: ")


def test_a_bundle_names_its_files_as_the_specification_does():
    assert set(sealed(draft())) >= bundle.TAGS - {bundle.STAMP, bundle.STAMP_ROOTS}
