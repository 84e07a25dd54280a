"""The press: what it refuses to print, how it fails, and what it may not do."""

from __future__ import annotations

import subprocess
import sys

import pytest

from panah.dossier.exporters import process
from panah.dossier.exporters.docx import docx_of
from panah.dossier.exporters.pdf import pdf_of
from panah.dossier.exporters.process import PrintFailed
from support.sheets import ENGLISH, GERMAN, block, exhibit, quoting, section, sheet


def broken(**changes):
    given = quoting(ENGLISH, GERMAN)
    for path, value in changes.items():
        target = given
        *way, last = [int(step) if step.isdigit() else step for step in path.split("__")]
        for step in way:
            target = target[step]
        target[last] = value
    return given


@pytest.mark.parametrize("printer", [pdf_of, docx_of])
class TestRefuses:
    @pytest.mark.parametrize(
        "given",
        [
            {},
            {"sections": []},
            broken(made="yesterday"),
            broken(title=None),
            broken(footnotes__1__number=3),
            broken(sections__0__blocks__0__notes=[2], sections__0__blocks__1__notes=[1]),
            broken(sections__0__blocks__1__notes=[]),
            broken(sections__0__blocks__1__exhibits=[9]),
            broken(sections__0__blocks__1__kind="verse"),
            broken(exhibits__0__number=7),
        ],
    )
    def test_a_sheet_whose_parts_do_not_agree(self, printer, given):
        with pytest.raises(PrintFailed) as failure:
            printer(given)
        assert ENGLISH not in failure.value.sentence
        assert len(failure.value.sentence) < 300

    def test_a_file_that_takes_too_long(self, printer, monkeypatch):
        monkeypatch.setattr(process, "SECONDS", 0.001)
        with pytest.raises(PrintFailed, match="longer than"):
            printer(quoting(ENGLISH))

    def test_nothing_that_is_only_strange(self, printer):
        given = sheet(
            section("", block("text", ""), block("quote", "", notes=[1]), block("label", "\u200b"), level=7),
            section("\u200d", block("question", "\n\n", note="\t"), level=0),
            footnotes=1, title="", reference="", called="", names=[], prepared_by="", frameworks=[],
            made="2026-11-23", timestamp="", exhibits=[exhibit(1) | {"title": "", "source": "", "url": "", "reading": ""}],
        )  # fmt: skip
        assert printer(given) == printer(given)


class TestPress:
    def test_cannot_write_a_file(self, tmp_path):
        attempt = (
            "import pathlib, sys; from panah.dossier.exporters.press import confine; confine();"
            "pathlib.Path(sys.argv[1]).write_text('words')"
        )
        ended = subprocess.run(
            [sys.executable, "-I", "-c", attempt, tmp_path / "words"], capture_output=True, check=False
        )
        assert b"File too large" in ended.stderr
        assert not (tmp_path / "words").read_bytes()
