"""Files that were put into papers of office programs are taken out as they are; what is no file is said to be left."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.library.extractors import NothingToRead, embedded
from panah.library.extractors.docx import Docx
from panah.library.extractors.embedded import in_compound, in_parts, packaged
from panah.library.extractors.kinds import ODT
from panah.library.extractors.odf import OpenDocument
from panah.library.extractors.packed import Packed
from panah.library.extractors.pptx import Pptx
from panah.library.extractors.spreadsheet import Spreadsheet
from support import packages
from support.archives import zipped
from support.outlook import compound
from support.packages import native, with_parts, word, workbook

LETTER = b"They came at night, and asked for the names. " * 3
PDF = b"%PDF-1.4\ninvented"
STATEMENT = "The statement of the witness."
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


def odf_part(kind, body):
    return f'<o:document-content xmlns:o="{OFFICE}" xmlns:t="{TEXT}"><o:body><o:{kind}>{body}</o:{kind}></o:body></o:document-content>'.encode()


def inside(extracted):
    return [(each.name, each.content) for each in extracted.inside]


class TestWord:
    def test_gives_the_file_that_windows_packed_with_its_name(self):
        read = Docx().read(
            with_parts(word(STATEMENT), {"word/embeddings/oleObject1.bin": native("letter.txt", LETTER)})
        )
        assert inside(read) == [("letter.txt", LETTER)]
        assert read.text == STATEMENT

    @pytest.mark.parametrize(
        ("kept", "named"),
        [
            ({"name": "letter.txt", "unicode": "گۇۋاھلىق.txt"}, "گۇۋاھلىق.txt"),
            ({"name": r"C:\their\folder\letter.txt"}, "letter.txt"),
            ({"name": "../../letter.txt"}, "letter.txt"),
        ],
    )
    def test_calls_it_as_it_was_called(self, kept, named):
        name = kept.pop("name")
        assert packaged(packages.packaged(name, LETTER, **kept)) == (named, LETTER)

    def test_gives_a_workbook_byte_for_byte(self):
        book = workbook("Name", "Nobody")
        read = Docx().read(with_parts(word(STATEMENT), {"word/embeddings/Microsoft_Excel_Worksheet.xlsx": book}))
        assert inside(read) == [("Microsoft_Excel_Worksheet.xlsx", book)]
        assert Spreadsheet().read(read.inside[0].content).text.endswith("Name\n\nNobody")

    @pytest.mark.parametrize("stream", ["CONTENTS", "Package", "EmbeddedOdf"])
    def test_gives_a_file_that_a_program_keeps_whole_in_its_object(self, stream):
        held = compound({stream: PDF, "\x01Ole": bytes(20)})
        assert inside(Docx().read(with_parts(word(STATEMENT), {"word/embeddings/a.bin": held}))) == [("a.bin", PDF)]

    def test_gives_an_older_paper_of_office_as_it_is(self):
        older = compound({"WordDocument": bytes(600), "1Table": bytes(600)})
        assert inside(Docx().read(with_parts(word(STATEMENT), {"word/embeddings/a.doc": older}))) == [("a.doc", older)]

    @pytest.mark.parametrize(
        ("held", "why"),
        [
            (compound({"Equation Native": bytes(90)}), "an object of another program"),
            (compound({"CONTENTS": bytes(90)}), "an object of another program"),
            (compound({"\x01Ole10Native": b"\x0a\0\0\0" + bytes(10)}), "an object of another program"),
            (native("letter.txt", LETTER, here=False), "it is damaged"),
            (compound({"\x01Ole10Native": packages.packaged("letter.txt", LETTER)[:-9]}), "it is damaged"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(40), "it is damaged"),
        ],
    )
    def test_says_what_it_leaves_below_its_words(self, held, why):
        read = Docx().read(with_parts(word(STATEMENT), {"word/embeddings/a.bin": held}))
        assert not read.inside
        assert [read.text[start:end] for start, end in read.paragraphs] == [STATEMENT, f"a.bin [not taken out: {why}]"]

    def test_without_words_of_its_own_is_read_for_what_it_carries(self):
        read = Docx().read(with_parts(word(), {"word/embeddings/a.bin": native("letter.txt", LETTER)}))
        assert read.text == f"A Word document without words of its own\n\nletter.txt, {len(LETTER)} bytes"
        with pytest.raises(NothingToRead):
            Docx().read(word())

    def test_gives_no_more_than_there_may_be(self, monkeypatch):
        monkeypatch.setattr(embedded, "MOST_OBJECTS", 2)
        parts = {f"word/embeddings/{name}.txt": name.encode() for name in "abc"}
        read = Docx().read(with_parts(word(STATEMENT), parts))
        assert inside(read) == [("a.txt", b"a"), ("b.txt", b"b")]
        assert "The rest [not taken out: more than 2 objects stand in it]" in read.text


class TestWorkbook:
    def test_gives_what_was_put_into_it(self):
        read = Spreadsheet().read(
            with_parts(workbook("Date"), {"xl/embeddings/oleObject1.bin": native("letter.txt", LETTER)})
        )
        assert inside(read) == [("letter.txt", LETTER)]
        assert read.text == "Sheet\n\nDate"

    def test_of_before_2007_gives_it_too(self):
        book = compound(
            {
                "Workbook": bytes(5000),
                "MBD00000001": {"\x01Ole10Native": packages.packaged("letter.txt", LETTER)},
                "MBD00000002": {"CONTENTS": PDF},
                "MBD00000003": {"Workbook": bytes(600)},
                "_VBA_PROJECT_CUR": {"CONTENTS": PDF},
            }
        )
        contents = in_compound(book)
        assert [(each.name, each.content) for each in contents.inside] == [("letter.txt", LETTER), ("MBD00000002", PDF)]
        assert "MBD00000003 [not taken out: an object of another program]" in contents.extracted([]).text


class TestPresentation:
    def test_gives_what_was_put_into_it_and_counts_its_pages_as_before(self):
        slide = (
            '<p:sld xmlns:p="p" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
            "<a:p><a:r><a:t>A slide.</a:t></a:r></a:p></p:sld>"
        )
        order = (
            '<p:presentation xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
            ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
            '<p:sldIdLst><p:sldId r:id="r1"/></p:sldIdLst></p:presentation>'
        )
        relations = '<Relationships><Relationship Id="r1" Target="slides/slide1.xml" Type="x/slide"/></Relationships>'
        parts = {
            "ppt/presentation.xml": order.encode(),
            "ppt/_rels/presentation.xml.rels": relations.encode(),
            "ppt/slides/slide1.xml": slide.encode(),
            "ppt/embeddings/a.bin": native("letter.txt", LETTER),
        }
        read = Pptx().read(zipped(parts))
        assert (read.text, list(read.pages), inside(read)) == ("A slide.", [0], [("letter.txt", LETTER)])


class TestOpenDocument:
    def test_gives_objects_of_other_programs_and_reads_its_own_after_it(self):
        parts = {
            "mimetype": ODT.encode(),
            "content.xml": odf_part("text", f"<t:p>{STATEMENT}</t:p>"),
            "Object 1": native("letter.txt", LETTER),
            "Object 2/content.xml": odf_part("text", "<t:p>A table of names.</t:p>"),
            "Object 3/content.xml": odf_part("chart", "<t:p>12</t:p>"),
            "ObjectReplacements/Object 1": b"a drawing of it",
        }
        read = OpenDocument().read(zipped(parts))
        assert (read.text, inside(read)) == (f"{STATEMENT}\n\nA table of names.", [("letter.txt", LETTER)])


class TestParts:
    @given(st.binary(max_size=300))
    def test_are_taken_out_or_left_whatever_is_in_them(self, stream):
        held = zipped({"xl/embeddings/a.bin": compound({"\x01Ole10Native": stream or b"\0"})})
        read = in_parts(Packed(held)).extracted([])
        assert read.text.startswith("a.bin") or inside(read)
        assert sum(len(each.content) for each in read.inside) <= len(stream)
