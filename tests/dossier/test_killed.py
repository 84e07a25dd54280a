"""`panah seal`, killed with -9: nothing is half-done, a second try works, and the ledger is whole."""

from __future__ import annotations

import random
import signal
import time
from pathlib import Path

import pytest

from support.processes import Panah, end, eventually
from support.workbench import DEMO, REFERENCE

CASE = """
panah: case/1
reference: K-1
called: Ms A.
frameworks: [cat-3]
papers:
- {file: papers/a.txt, title: A letter}
facts:
- words: She was held in 2018.
  supports:
  - {stance: supports, quote: {paper: papers/a.txt, words: She was held in 2018.}}
"""

LOOKS = """
from pathlib import Path
from panah import proof
from panah.dossier.models import Dossier
from panah.team import queries as team
from panah.team.actions import Verb
from panah.team.models import LedgerLine
from panah.vault import workspace
from panah.vault.data_keys import of, store_of
from panah.vault.models import DataKey, Original

keys = [key.objects.objects for row in DataKey.objects.all() for key in of(row.compartment_id)]
def opens(path, key):  # whether an object opens to its end with it
    try:
        with path.open("rb") as stored:
            opened = proof.Opened(stored, key)
            return len(opened.read(0, opened.length)) == opened.length
    except proof.SealBroken:
        return False

for path in (workspace.home() / "objects").rglob("*"):
    if path.is_file():
        assert sum(opens(path, key) for key in keys) == 1, path
for original in Original.objects.all():
    assert len(store_of(original.compartment_id).content(proof.Digest(original.digest))) == original.size
assert team.first_broken_line() is None
lines = LedgerLine.objects
assert lines.filter(verb=Verb.SEALED).count() == Dossier.objects.count()
began, taken = lines.filter(verb=Verb.BEGAN_SEALING).count(), lines.filter(verb=Verb.HANDED_OUT).count()
assert taken <= Dossier.objects.count() <= began
"""
"""Reads all that is stored, follows the ledger, and compares what it says with what is there."""


class Sealing:
    """A workspace with a case, in which sealing is killed again and again."""

    def __init__(self, panah: Panah, reference: str) -> None:
        self._panah = panah
        self._reference = reference
        self._folder = panah.folder / "out"
        self._folder.mkdir()
        started = time.monotonic()
        self.seals()
        self.lasts = time.monotonic() - started

    def killed_after(self, seconds: float) -> None:
        """Seal, and kill it after so many seconds, wherever it is then."""
        process, output = self._started()
        time.sleep(seconds)
        end(process, signal.SIGKILL)
        self.is_whole(output)

    def killed_when(self, seen) -> None:
        """Seal, and kill it as soon as something is seen of it."""
        process, output = self._started()
        eventually(lambda: seen(self._panah, output) or process.poll() is not None, "what to kill it at")
        end(process, signal.SIGKILL)
        self.is_whole(output)

    def is_whole(self, output: Path) -> None:
        """Nothing of the dossier is there, or all of it; what is stored can be read; the ledger holds."""
        assert list(self._folder.iterdir()) in ([], [output])
        if output.exists():
            assert self._panah.run(output, program="panah-verify").code == 0
            output.unlink()
        looked = self._panah.python(LOOKS)
        assert (looked.code, looked.err) == (0, "")

    def seals(self) -> None:
        """Seal once more, undisturbed: it verifies."""
        output = self._folder / "again.zip"
        self._panah.does("seal", self._reference, "-o", output)
        self._panah.does(output, program="panah-verify")
        self.is_whole(output)

    def _started(self):
        output = self._folder / "killed.zip"
        return self._panah.start("seal", self._reference, "-o", output), output


def objects(panah: Panah) -> set[Path]:
    return set((panah.home / "objects").rglob("*"))


@pytest.mark.attack
class TestKilled:
    @pytest.fixture
    def sealing(self, panah, tmp_path):
        folder = tmp_path / "case"
        (folder / "papers").mkdir(parents=True)
        (folder / "papers" / "a.txt").write_text("She was held in 2018. Nobody said why.")
        (folder / "case.yaml").write_text(CASE)
        panah.does("case", "import", folder)
        return Sealing(panah, "K-1")

    def test_at_any_moment_it_leaves_nothing_half_done(self, sealing, panah):
        for part in (0.5, 0.9):
            sealing.killed_after(sealing.lasts * part)
        before = objects(panah)
        sealing.killed_when(lambda asked, _output: objects(asked) - before)
        sealing.killed_when(lambda _asked, output: output.exists())
        sealing.seals()


@pytest.mark.attack
class TestKilledAgainAndAgain:
    def test_at_random_moments_it_leaves_nothing_half_done(self, panah):
        panah.does("case", "import", DEMO)
        sealing, chance = Sealing(panah, REFERENCE), random.Random(20261126)
        for _ in range(30):
            sealing.killed_after(chance.uniform(0, sealing.lasts * 1.1))
        sealing.seals()
