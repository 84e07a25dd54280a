"""`panah check`, as scripts and people meet it."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from support.processes import one_line_error

REPORT = "In the spring, guards took the old men of the village to a school that had become a camp."
SOUND = "It says “guards took the old men of the village to a school”. See Art. 4 Abs. 5 VO (EU) 2024/1347."
DRAFT = "It says “guards took the young men of the village to a school”, and “the old men”. See Case C-456/07 and Article 14 ECHR."
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@pytest.fixture(scope="module")
def panah(new_workspace, tmp_path_factory):
    """A workspace with a report in it, and drafts beside it."""
    panah = new_workspace.copied(tmp_path_factory.mktemp("checking"))
    (panah.folder / "report.txt").write_text(REPORT)
    panah.does("ingest", panah.folder / "report.txt")
    for name, words in (("sound.txt", SOUND), ("draft.txt", DRAFT), ("empty.txt", "")):
        (panah.folder / name).write_text(words)
    (panah.folder / "sound.docx").write_bytes(word_document(SOUND))
    (panah.folder / "picture.bin").write_bytes(bytes(range(256)) * 20)
    return panah


def word_document(words: str) -> bytes:
    """The least that is a Word document with a paragraph."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as parts:
        parts.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/></Types>',
        )
        parts.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        parts.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body></w:document>',
        )
    return file.getvalue()


class TestCheck:
    @pytest.mark.parametrize("name", ["sound.txt", "sound.docx"])
    def test_ends_well_where_everything_stands_as_it_is_quoted(self, panah, name):
        done = panah.run("check", panah.folder / name)
        assert (done.code, done.err) == (0, "")
        assert "1 quotations, 1 citations: 2 exact, 0 differs" in done.out

    def test_ends_with_one_where_something_differs_or_is_not_found(self, panah):
        done = panah.run("check", panah.folder / "draft.txt")
        assert done.code == 1
        assert "draft: guards took the [[young]] men" in done.out
        assert "source: guards took the [[old]] men" in done.out

    def test_prints_a_line_for_each_with_its_bytes(self, panah):
        done = panah.run("check", panah.folder / "draft.txt", "--json")
        lines = [json.loads(line) for line in done.out.splitlines()]
        assert [(line["kind"], line["outcome"]) for line in lines] == [
            ("quotation", "differs"), ("quotation", "not-checkable"), ("citation", "not-found"), ("citation", "not-checkable"),
        ]  # fmt: skip
        start, end = map(int, lines[0]["id"].split("-"))
        assert DRAFT.encode()[start:end].decode() == f"“{lines[0]['words']}”"
        assert lines[0]["source_words"] == "guards took the old men of the village to a school"

    def test_keeps_nothing(self, panah):
        before = panah.lines("documents")
        panah.run("check", panah.folder / "draft.txt")
        assert panah.lines("documents") == before

    @pytest.mark.parametrize(
        ("name", "code"), [("empty.txt", "draft-not-read"), ("picture.bin", "draft-of-other-kind")]
    )
    def test_says_in_one_sentence_why_a_draft_cannot_be_checked(self, panah, name, code):
        assert one_line_error(panah.run("check", panah.folder / name))[0] == code
