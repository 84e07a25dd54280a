"""Word documents: what Word shows as text, and files that are none."""

import io
import struct
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from panah.library.extractors import DocumentBomb, DocumentBroken, Extracted, NothingToRead
from panah.library.extractors.docx import Docx
from panah.library.extractors.kinds import DOCX, media_type
from panah.library.extractors.packed import MOST_PARTS, MOST_UNPACKED

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

SMALLEST = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "_rels/.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    f'Type="{RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/_rels/document.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{RELATIONS}/footnotes" Target="footnotes.xml"/>'
    f'<Relationship Id="r2" Type="{RELATIONS}/comments" Target="comments.xml"/></Relationships>',
    "word/document.xml": f"<w:document {W}><w:body><w:p><w:r><w:t>words</w:t></w:r></w:p></w:body></w:document>",
    "word/footnotes.xml": f"<w:footnotes {W}/>",
    "word/comments.xml": f"<w:comments {W}/>",
}
"""The parts of the smallest Word document that has a footnote and a comment part."""


def zipped(parts, compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_body(body, **others):
    return zipped(SMALLEST | {"word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>"} | others)


def saved(document):
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def paragraphs(content):
    found = Docx().read(content)
    return [found.text[start:end] for start, end in found.paragraphs]


class TestText:
    def test_is_that_of_headings_paragraphs_lists_and_tables(self):
        document = docx.Document()
        document.add_heading("Decision", 1)
        document.add_paragraph("The applicant ").add_run("fears").bold = True
        document.add_paragraph("one", style="List Bullet")
        table = document.add_table(1, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = "2019", "11"
        found = paragraphs(saved(document))
        assert found[:2] == ["Decision", "The applicant fears"]
        assert "one" in found[2]
        assert " ".join(found[2:]).split()[-2:] == ["2019", "11"]

    def test_from_right_to_left_is_kept_in_the_order_of_reading(self):
        document = docx.Document()
        paragraph = document.add_paragraph()
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        for words in ("ئۇيغۇرلار ", "لاگېرلاردا ", "2019"):
            run = paragraph.add_run(words)
            rtl = OxmlElement("w:rtl")
            rtl.set(qn("w:val"), "1")
            run._r.get_or_add_rPr().append(rtl)
        assert paragraphs(saved(document)) == ["ئۇيغۇرلار لاگېرلاردا 2019"]

    def test_includes_footnotes(self):
        body = "<w:p><w:r><w:t>claim</w:t></w:r><w:r><w:footnoteReference w:id='1'/></w:r></w:p>"
        note = f"<w:footnotes {W}><w:footnote w:id='1'><w:p><w:r><w:t>its source</w:t></w:r></w:p></w:footnote></w:footnotes>"
        found = "\n".join(paragraphs(with_body(body, **{"word/footnotes.xml": note})))
        assert found.startswith("claim")
        assert "its source" in found

    def test_includes_comments(self):
        body = "<w:p><w:r><w:t>claim</w:t></w:r><w:r><w:commentReference w:id='1'/></w:r></w:p>"
        comment = "<w:comment w:id='1' w:initials='A'><w:p><w:r><w:t>check this</w:t></w:r></w:p></w:comment>"
        comments = f"<w:comments {W}>{comment}</w:comments>"
        assert "check this" in "\n".join(paragraphs(with_body(body, **{"word/comments.xml": comments})))

    def test_keeps_a_line_break_and_a_tab(self):
        body = "<w:p><w:r><w:t>one</w:t><w:br/><w:t>two</w:t><w:tab/><w:t>three</w:t></w:r></w:p>"
        assert paragraphs(with_body(body))[0].split() == ["one", "two", "three"]

    def test_shows_signs_as_they_are(self):
        assert paragraphs(with_body("<w:p><w:r><w:t>a &lt;b&gt; &amp; c</w:t></w:r></w:p>")) == ["a <b> & c"]

    def test_of_pictures_alone_is_refused(self):
        document = docx.Document()
        document.add_paragraph()
        with pytest.raises(NothingToRead, match="no words"):
            Docx().read(saved(document))

    def test_is_told_from_other_archives(self):
        assert media_type(saved(docx.Document())) == DOCX
        assert media_type(zipped(SMALLEST)) == DOCX


class TestAbout:
    def test_is_its_title_and_language(self):
        document = docx.Document()
        document.add_paragraph("words")
        document.core_properties.title, document.core_properties.language = " A  title ", "ug"
        assert Docx().read(saved(document)).about == {"title": "A title", "language": "ug"}

    @pytest.mark.parametrize("core", ["", "<", "<a/>", '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'])
    def test_is_nothing_where_its_properties_are_broken(self, core):
        assert Docx().read(zipped(SMALLEST | {"docProps/core.xml": core})).about == {}

    def test_is_nothing_where_it_has_none(self):
        assert Docx().read(zipped(SMALLEST)) == Extracted("words", [(0, 5)], inside=[])


class TestBroken:
    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"PK\x03\x04",
            b"words",
            zipped(SMALLEST)[:200],
            zipped(SMALLEST)[:-30],
            zipped({"a.txt": "words"}),
            zipped({}),
            zipped({name: part for name, part in SMALLEST.items() if name != "word/document.xml"}),
        ],
        ids=[
            "empty",
            "a beginning",
            "text",
            "cut short",
            "no directory",
            "another archive",
            "an empty one",
            "no document",
        ],
    )
    def test_what_is_no_word_document_is_refused(self, content):
        with pytest.raises(DocumentBroken):
            Docx().read(content)

    @pytest.mark.parametrize(
        "document",
        ["", "<w:document", f"<w:document {W}>", "<html/>", "<a>&b;</a>"],
        ids=["empty", "a beginning", "not closed", "HTML", "undefined entity"],
    )
    def test_a_document_that_is_no_xml_is_refused(self, document):
        with pytest.raises(DocumentBroken):
            Docx().read(zipped(SMALLEST | {"word/document.xml": document}))

    def test_a_part_whose_bytes_changed_is_refused(self):
        for compression in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            content = bytearray(zipped(SMALLEST, compression))
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                at = archive.getinfo("word/document.xml").header_offset + 30 + len("word/document.xml")
            content[at + 5] ^= 0xFF
            with pytest.raises(DocumentBroken):
                Docx().read(bytes(content))

    @pytest.mark.parametrize(
        ("offsets", "value"), [((8, 10), 99), ((6, 8), 1)], ids=["unknown compression", "password"]
    )
    def test_parts_that_cannot_be_unpacked_are_refused(self, offsets, value):
        """The same field stands at two places: in the header of each part, and in the directory."""
        content = zipped(SMALLEST)
        for signature, offset in zip((b"PK\x03\x04", b"PK\x01\x02"), offsets, strict=True):
            for at in [at for at in range(len(content)) if content.startswith(signature, at)]:
                content = content[: at + offset] + struct.pack("<H", value) + content[at + offset + 2 :]
        with pytest.raises(DocumentBroken):
            Docx().read(content)


class TestBombs:
    def test_an_archive_that_says_how_large_it_is(self):
        bomb = zipped(SMALLEST | {"word/media/a.bin": bytes(MOST_UNPACKED)})
        assert len(bomb) < MOST_UNPACKED / 100
        with pytest.raises(DocumentBomb, match="bytes unpack to"):
            Docx().read(bomb)

    def test_an_archive_of_too_many_parts(self):
        with pytest.raises(DocumentBomb, match="parts"):
            Docx().read(zipped(SMALLEST | {f"{number}": "" for number in range(MOST_PARTS)}))

    def test_an_archive_that_lies_about_its_size(self):
        document = SMALLEST["word/document.xml"].replace("words", "words " * 5_000_000)
        content = zipped(SMALLEST | {"word/document.xml": document})
        true, lie = struct.pack("<I", len(document)), struct.pack("<I", 1000)
        assert content.count(true) == 2
        with pytest.raises(DocumentBroken):
            Docx().read(content.replace(true, lie))

    @pytest.mark.parametrize(
        "body",
        [
            "<w:tbl><w:tr><w:tc>" * 3000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 3000,
            "<w:p><w:r><w:t>&lol;</w:t></w:r></w:p>",
        ],
        ids=["nested", "entities"],
    )
    def test_a_document_that_swells_is_one_refusal(self, read, body):
        entities = f'<!DOCTYPE d [<!ENTITY lol0 "lol">{"".join(_entity(level) for level in range(1, 10))}]>'
        document = f"{entities}<w:document {W}><w:body>{body.replace('&lol;', '&lol9;')}</w:body></w:document>"
        assert read(DOCX, zipped(SMALLEST | {"word/document.xml": document})).code in {
            "document-broken",
            "document-bomb",
        }
        assert read(DOCX, zipped(SMALLEST)).content == b"words"


def _entity(level):
    return f'<!ENTITY lol{level} "{f"&lol{level - 1};" * 10}">'
