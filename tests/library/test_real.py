"""The real documents: what is found in them is what a plain scan of their texts finds.

They are not part of the repository. Where they are absent, these tests are skipped and say so.
"""

import re
from collections import Counter
from pathlib import Path

import pytest

from panah.library import queries
from panah.library.bulk import regular_files, taken_in
from panah.library.manifest import read_manifest
from panah.library.models import Document
from panah.library.queries import Shelf
from panah.text import pieces

COI = Path(__file__).parents[3] / "shared" / "data" / "coi"
SCANS = {
    "难民": "难民",
    "新疆": "新疆",
    '"forced return"': r"(?i)\bforced\s+return\b",
    '"ھوقۇقى"': r"(?<!\w)ھوقۇقى(?!\w)",
    "ھوقۇق*": r"(?<!\w)ھوقۇق\w*",
}
"""Questions, the last two with a word of the declaration of human rights in Uyghur; and the pattern that a scan looks for."""

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not COI.exists(), reason="the real documents, ../shared/data/coi, are not here"),
]


@pytest.fixture
def take_in(member, library, now, readers):
    """Takes in real files with their manifest; how it went, counted."""

    def take_in(files):
        outcomes = taken_in(
            regular_files(files), listed=read_manifest(COI / "manifest.jsonl"), shelf=Shelf(library, "Library"), readers=readers,
            by=member, clock=lambda: now,
        )  # fmt: skip
        return Counter((outcome.outcome.value, outcome.code) for outcome in outcomes)

    return take_in


def scanned(content, pattern):
    """The byte ranges at which a pattern stands in a text."""
    text = content.decode()
    for match in re.finditer(pattern, text):
        start = len(text[: match.start()].encode())
        yield start, start + len(match[0].encode())


class TestFind:
    def test_finds_every_word_that_a_plain_scan_finds_and_nothing_else(self, take_in, member):
        texts = sorted(COI.glob("*.txt"))
        said = [path for path in texts if any(re.search(scan, path.read_text()) for scan in SCANS.values())]
        silent = [path for path in texts if path not in said][:10]
        assert take_in([*said, *silent]) == {("read", ""): len(said) + len(silent)}
        contents = {document.pk: queries.content(document.reading) for document in Document.objects.all()}
        for question, pattern in SCANS.items():
            results = queries.find(member, question, widen=False, limit=10_000)
            found = {(hit.document.pk, *mark) for hit in results.hits for mark in hit.marks}
            plain = {(pk, *place) for pk, content in contents.items() for place in scanned(content, pattern)}
            assert plain, question
            assert plain <= found, question
            for pk, start, end in found - plain:  # other spellings, and words with a sign between them
                words = contents[pk][start:end].decode()
                assert [piece.form for piece in pieces(words)] == [piece.form for piece in pieces(question)], words


class TestRaw:
    def test_pages_and_markup_are_read_and_hold_no_markup(self, take_in):
        files = sorted((COI / "raw").iterdir())
        assert take_in(files) == {("read", ""): len(files)}
        for document in Document.objects.all():
            content = queries.content(document.reading).decode()
            assert len(content) > 200
            assert not re.search(r"</(?:p|div|span|a|td|li)>", content)
