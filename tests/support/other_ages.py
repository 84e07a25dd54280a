"""Two implementations of the age format that nobody here wrote: Debian's `age`, and `age-encryption` for JavaScript."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import shutil
import subprocess
import termios
from collections.abc import Sequence
from pathlib import Path

import pytest

TOOL = Path(__file__).parents[2] / "tools" / "age"


class Refused(Exception):
    """The other implementation did not do it."""


class Command:
    """The `age` command. It asks for a passphrase at its terminal, so it gets one."""

    def __init__(self, folder: Path) -> None:
        if not shutil.which("age"):
            pytest.skip("the age command is not installed here: apt-get install age")
        self._folder = folder

    def encrypted(self, plain: bytes, *, to: Sequence[str] = (), passphrase: str = "") -> bytes:
        if passphrase:
            return self._asked(["age", "-p"], plain, [passphrase, passphrase])
        return self._piped(["age", *(word for each in to for word in ("-r", each))], plain)

    def decrypted(self, stored: bytes, *, identity: str = "", passphrase: str = "") -> bytes:
        if passphrase:
            return self._asked(["age", "-d"], stored, [passphrase])
        (self._folder / "identity").write_text(identity)
        return self._piped(["age", "-d", "-i", str(self._folder / "identity")], stored)

    def _piped(self, command: list[str], given: bytes) -> bytes:
        done = subprocess.run(command, input=given, capture_output=True, check=False)
        if done.returncode:
            raise Refused(done.stderr)
        return done.stdout

    def _asked(self, command: list[str], given: bytes, answers: list[str]) -> bytes:
        """Answer each question at a terminal of its own; what goes in and comes out are files."""
        into, out = self._folder / "given", self._folder / "made"
        into.write_bytes(given)
        out.unlink(missing_ok=True)
        ours, theirs = pty.openpty()
        process = subprocess.Popen(
            [*command, "-o", out, into], stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509
        )  # fmt: skip
        os.close(theirs)
        try:
            self._answer(ours, answers)
            if process.wait(60):
                raise Refused(command)
        finally:
            os.close(ours)
        return out.read_bytes() if out.exists() else b""  # it makes no file for an empty content

    def _answer(self, terminal: int, answers: list[str]) -> None:
        for answer in answers:
            assert select.select([terminal], [], [], 60)[0], "it asked nothing"
            while ":" not in (said := os.read(terminal, 4096).decode()):
                assert said
            os.write(terminal, f"{answer}\n".encode())
        try:
            while select.select([terminal], [], [], 60)[0] and os.read(terminal, 4096):
                pass
        except OSError:  # it ended
            pass


class JavaScript:
    """`age-encryption`, the age of browsers, in Node."""

    def __init__(self, _folder: Path) -> None:
        if not shutil.which("node") or not (TOOL / "node_modules" / "age-encryption").is_dir():
            pytest.skip("age-encryption is not installed here: npm ci in tools/age")

    def encrypted(self, plain: bytes, *, to: Sequence[str] = (), passphrase: str = "") -> bytes:
        return self._run(plain, "encrypt", *(("passphrase", passphrase) if passphrase else ("key", to[0])))

    def decrypted(self, stored: bytes, *, identity: str = "", passphrase: str = "") -> bytes:
        return self._run(stored, "decrypt", *(("passphrase", passphrase) if passphrase else ("key", identity)))

    def _run(self, given: bytes, *arguments: str) -> bytes:
        done = subprocess.run(["node", TOOL / "age.mjs", *arguments], input=given, capture_output=True, check=False)
        if done.returncode:
            raise Refused(done.stderr)
        return done.stdout
