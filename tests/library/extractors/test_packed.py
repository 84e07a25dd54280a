"""OpenDocument, EPUB, PowerPoint, Excel and RTF: what their programs show as text, and files that are none."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from datetime import date, datetime

import openpyxl
import pytest

from panah.library.extractors import DocumentBomb, DocumentBroken, DocumentLocked, NothingToRead
from panah.library.extractors.epub import Epub
from panah.library.extractors.kinds import EPUB, ODP, ODS, ODT, PPTX, RTF, XLSX, media_type
from panah.library.extractors.odf import OpenDocument
from panah.library.extractors.outline import contents_of
from panah.library.extractors.packed import MOST_PARTS, beside
from panah.library.extractors.pptx import Pptx
from panah.library.extractors.rtf import Rtf
from panah.library.extractors.spreadsheet import Spreadsheet

HALF_PAST_TEN = datetime.fromisoformat("2018-03-01T10:30")
UYGHUR = "ئۇيغۇرلار پاناھلىق تىلىدى"
ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table", "meta")
)
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CORE = f"<cp:coreProperties xmlns:cp='x' {DC}><dc:title> A  title </dc:title><dc:language>ug</dc:language></cp:coreProperties>"


def zipped(parts, kind=""):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        if kind:
            archive.writestr("mimetype", kind, zipfile.ZIP_STORED)
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def odf(body, kind=ODT, **parts):
    content = f"<office:document-content {ODF}><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    return zipped({"content.xml": content, **parts}, kind)


CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="book/a b.opf"/></rootfiles></container>'
)


CHAPTERS = {
    "1.xhtml": "<p>I.</p><h3>Words</h3><p>a</p>",
    "2.xhtml": "<p>II.</p><p>Words</p><h3>More</h3><p>b</p>",
}
NAV = (
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>'
    '<nav epub:type="landmarks"><ol><li><a href="1.xhtml">Not this</a></li></ol></nav>'
    '<nav epub:type="toc"><h2>Contents</h2><ol><li><a href="1.xhtml">Part <b>one</b></a>'
    '<ol><li><a href="1.xhtml#w">Words</a></li></ol></li><li><a href="2.xhtml">Part two</a></li></ol></nav></body></html>'
)
NCX = (
    '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>Part one</text></navLabel>'
    '<content src="1.xhtml"/><navPoint><navLabel><text>Words</text></navLabel><content src="1.xhtml#w"/></navPoint></navPoint>'
    '<navPoint><navLabel><text>Part two</text></navLabel><content src="2.xhtml"/></navPoint></navMap></ncx>'
)
LISTED = {
    "nav": '<item id="n" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>',
    "ncx": '<item id="n" href="toc.ncx" media-type="application/x-dtbncx+xml"/>',
}


def contents(book):
    """The lines of a book's contents, each with the paragraph that it leads to."""
    found = Epub().read(book)
    return [
        (level, title, found.text[slice(*found.paragraphs[paragraph])])
        for level, title, paragraph in contents_of(found.found, len(found.paragraphs))
    ]


def epub(chapters, *, spine=None, listed="", **parts):
    items = "".join(
        f'<item id="{number}" href="{name}" media-type="application/xhtml+xml"/>'
        for number, name in enumerate(chapters)
    )
    order = "".join(f'<itemref idref="{number}"/>' for number in (range(len(chapters)) if spine is None else spine))
    package = (
        f'<package xmlns="http://www.idpf.org/2007/opf" {DC}><metadata><dc:title>The book</dc:title></metadata>'
        f"<manifest>{items}{listed}</manifest><spine>{order}</spine></package>"
    )
    files = {f"book/{name.replace('%20', ' ')}": f"<html><body>{body}</body></html>" for name, body in chapters.items()}
    return zipped({"META-INF/container.xml": CONTAINER, "book/a b.opf": package, **files, **parts}, EPUB)


def pptx(*slides, notes="", **parts):
    listed = "".join(f'<p:sldId xmlns:r="{RELATIONS}" r:id="r{number}"/>' for number in range(len(slides)))
    related = "".join(
        f'<Relationship Id="r{number}" Type="{RELATIONS}/slide" Target="slides/slide{number}.xml"/>'
        for number in range(len(slides))
    )
    files = {
        f"ppt/slides/slide{number}.xml": f"<p:sld xmlns:p='p' {A}>{slide}</p:sld>"
        for number, slide in enumerate(slides)
    }
    if notes:
        files["ppt/slides/_rels/slide0.xml.rels"] = (
            f'<Relationships><Relationship Id="n" Type="{RELATIONS}/notesSlide" Target="../notes/n.xml"/></Relationships>'
        )
        files["ppt/notes/n.xml"] = f"<p:notes xmlns:p='p' {A}>{notes}</p:notes>"
    presentation = f'<p:presentation xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main">{listed}</p:presentation>'
    return zipped(
        {
            "ppt/presentation.xml": presentation,
            "ppt/_rels/presentation.xml.rels": f"<Relationships>{related}</Relationships>",
            **files,
            **parts,
        }
    )


def said(words):
    return f"<a:p><a:r><a:t>{words}</a:t></a:r></a:p>"


def xlsx(**sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def paragraphs(extractor, content):
    found = extractor.read(content)
    return [found.text[start:end] for start, end in found.paragraphs]


class TestOpenDocument:
    def test_is_read_in_its_order(self):
        body = f"<text:h>Decision</text:h><text:p>The <text:span>applicant</text:span> fears</text:p><text:p>{UYGHUR}</text:p>"
        assert paragraphs(OpenDocument(), odf(body)) == ["Decision", "The applicant fears", UYGHUR]

    def test_shows_spaces_as_its_program_does(self):
        body = '<text:p>a\n   b<text:s text:c="3"/>c<text:tab/>d<text:line-break/>e<text:s/>f</text:p>'
        assert paragraphs(OpenDocument(), odf(body)) == ["a b   c\td\ne f"]

    def test_has_its_notes_and_comments_after_the_paragraph(self):
        note = "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Its source.</text:p></text:note-body></text:note>"
        comment = "<office:annotation><text:p>Check this.</text:p></office:annotation>"
        body = f"<text:p>A claim{note}, and another{comment}.</text:p><text:p>Next.</text:p>"
        assert paragraphs(OpenDocument(), odf(body)) == [
            "A claim, and another.",
            "Its source.",
            "Check this.",
            "Next.",
        ]

    def test_has_no_words_that_were_struck_out(self):
        body = "<text:tracked-changes><text:p>No more.</text:p></text:tracked-changes><text:p>Now.</text:p>"
        assert paragraphs(OpenDocument(), odf(body)) == ["Now."]

    def test_of_a_table_row_by_row(self):
        cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
        rows = ["".join(cell.format(word) for word in row) for row in (("Name", "Year"), ("A.", "2018"))]
        body = "<table:table>" + "".join(f"<table:table-row>{row}</table:table-row>" for row in rows) + "</table:table>"
        assert paragraphs(OpenDocument(), odf(body, ODP)) == ["Name\tYear", "A.\t2018"]

    def test_says_its_title_language_and_date(self):
        meta = (
            f"<office:document-meta {ODF} {DC}><office:meta><dc:title>T</dc:title><dc:language>ug</dc:language>"
            "<meta:creation-date>2019-05-01T10:00:00</meta:creation-date></office:meta></office:document-meta>"
        )
        found = OpenDocument().read(odf("<text:p>x</text:p>", **{"meta.xml": meta}))
        assert found.about == {"title": "T", "language": "ug", "date": "2019-05-01"}

    def test_with_a_password_is_locked(self):
        manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
        with pytest.raises(DocumentLocked):
            OpenDocument().read(odf("x", **{"META-INF/manifest.xml": manifest}))

    def test_nested_without_end_is_read_or_refused(self):
        deep = 50_000
        body = "<text:p>" + "<text:span>" * deep + "x" + "</text:span>" * deep + "</text:p>"
        assert paragraphs(OpenDocument(), odf(body)) == ["x"]

    def test_a_million_spaces_are_a_thousand(self):
        assert len(OpenDocument().read(odf('<text:p>a<text:s text:c="1000000000"/>b</text:p>')).text) == 1002


class TestEpub:
    def test_is_read_in_the_order_of_its_spine(self):
        book = epub(
            {"one.xhtml": "<p>One.</p>", "two%20b.xhtml": f"<p>{UYGHUR}</p>", "cover.xhtml": "<p>Not read.</p>"},
            spine=(1, 0),
        )
        assert paragraphs(Epub(), book) == [UYGHUR, "One."]
        assert Epub().read(book).about == {"title": "The book"}

    def test_has_the_headings_of_its_chapters_as_its_contents(self):
        book = epub({"1.xhtml": "<h1>First</h1><p>a</p>", "2.xhtml": "<p>First</p><h2>Second</h2><p>b</p>"})
        assert contents(book) == [(1, "First", "First"), (2, "Second", "Second")]

    @pytest.mark.parametrize("kind", ["nav", "ncx"])
    def test_has_its_own_contents_where_it_has_some(self, kind):
        book = epub(CHAPTERS, **{"book/nav.xhtml": NAV, "book/toc.ncx": NCX}, listed=LISTED[kind])
        assert contents(book) == [(1, "Part one", "I."), (2, "Words", "Words"), (1, "Part two", "II.")]
        assert Epub().read(book).pages == ()

    @pytest.mark.parametrize(
        "nav", ["<nav>", "<html/>", NAV.replace("2.xhtml", "3.xhtml").replace("1.xhtml", "4.xhtml")]
    )
    def test_whose_own_contents_lead_nowhere_has_its_headings(self, nav):
        book = epub(CHAPTERS, **{"book/nav.xhtml": nav}, listed=LISTED["nav"])
        assert contents(book) == [(3, "Words", "Words"), (3, "More", "More")]

    def test_without_a_chapter_that_it_lists_is_read_without_it(self):
        book = epub({"one.xhtml": "<p>One.</p>"}, spine=(0, 7))
        assert paragraphs(Epub(), book) == ["One."]

    def test_that_leads_out_of_itself_finds_nothing(self):
        with pytest.raises(NothingToRead):
            Epub().read(epub({"../../../etc/passwd": "<p>x</p>"}))

    @pytest.mark.parametrize("container", ["", "<container/>", CONTAINER.replace("a b", "none")])
    def test_that_does_not_say_what_is_in_it_is_broken(self, container):
        with pytest.raises(DocumentBroken):
            Epub().read(zipped({"META-INF/container.xml": container}, EPUB))


class TestPptx:
    def test_has_a_page_for_each_slide_with_its_notes(self):
        found = Pptx().read(pptx(said("One"), said("Two") + said("Three"), notes=said("Said aloud")))
        assert [found.text[start:end] for start, end in found.paragraphs] == ["One", "Said aloud", "Two", "Three"]
        assert [found.text[page:].split()[0] for page in found.pages] == ["One", "Two"]

    def test_breaks_lines_where_the_slide_does(self):
        slide = "<a:p><a:r><a:t>One</a:t></a:r><a:br/><a:r><a:t>two</a:t></a:r></a:p>"
        assert paragraphs(Pptx(), pptx(slide)) == ["One\ntwo"]

    def test_says_its_title(self):
        assert Pptx().read(pptx(said("x"), **{"docProps/core.xml": CORE})).about == {
            "title": "A title",
            "language": "ug",
        }

    def test_of_pictures_alone_is_refused(self):
        with pytest.raises(NothingToRead):
            Pptx().read(pptx("", ""))

    def test_whose_slide_is_missing_is_read_without_it(self):
        assert paragraphs(Pptx(), pptx(said("x")).replace(b"slide0.xml", b"slideX.xml", 0)) == ["x"]


class TestSpreadsheet:
    def test_is_read_sheet_by_sheet_and_row_by_row(self):
        rows = [
            ["Name", "Since", "Days"],
            ["A.", date(2018, 3, 1), 12.0],
            [None, None, None],
            [UYGHUR, HALF_PAST_TEN, 0.5],
        ]
        assert paragraphs(Spreadsheet(), xlsx(People=rows, Empty=[])) == [
            "People",
            "Name\tSince\tDays",
            "A.\t2018-03-01\t12",
            f"{UYGHUR}\t2018-03-01T10:30:00\t0.5",
        ]

    def test_shows_no_formula_but_what_came_of_it(self):
        with pytest.raises(NothingToRead):  # nobody computed it yet
            Spreadsheet().read(xlsx(Sums=[["=1+1"]]))

    def test_of_empty_sheets_is_refused(self):
        with pytest.raises(NothingToRead):
            Spreadsheet().read(xlsx(A=[], B=[]))

    @pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
    @pytest.mark.parametrize("said", ["", "<", "<a>", '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'])
    def test_whose_parts_are_broken_is_refused(self, part, said):
        with zipfile.ZipFile(io.BytesIO(xlsx(A=[["x"]]))) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        with pytest.raises((DocumentBroken, NothingToRead)):
            Spreadsheet().read(zipped(parts | {part: said}))


class TestRtf:
    def test_is_read_in_the_code_page_that_it_names(self):
        content = rb"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0 Arial;}}{\info{\title A title}}\f0\'c1\'e5\'e6\'e5\'ed\'f6\par\u1574?\u1735?\par}"
        found = Rtf().read(content)
        assert (found.text, found.about) == ("Беженц\n\nئۇ", {"title": "A title"})

    def test_of_nothing_is_refused(self):
        with pytest.raises(NothingToRead):
            Rtf().read(rb"{\rtf1\ansi{\pict\pngblip 89504e47}}")

    @pytest.mark.parametrize(
        "content",
        [
            b"{\\rtf1" + b"{" * 100_000,
            b"{\\rtf1\\ansicpg99999 x}",
            b"{\\rtf1 \\u99999999999? x}",
            b"{\\rtf1 \\bin99999999999 x}",
        ],
    )
    def test_that_breaks_the_rules_is_read_or_refused(self, content):
        with suppress(DocumentBroken, NothingToRead):
            assert Rtf().read(content).text


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (odf("<text:p>x</text:p>"), ODT), (odf("<text:p>x</text:p>", ODS), ODS), (odf("<text:p>x</text:p>", ODP), ODP),
        (epub({"a.xhtml": "x"}), EPUB), (pptx(said("x")), PPTX), (xlsx(A=[["x"]]), XLSX), (b"{\\rtf1 x}", RTF),
    ],
)  # fmt: skip
def test_are_told_apart_by_their_bytes(content, kind):
    assert media_type(content[:65536], content[-65536:]) == kind


@pytest.mark.parametrize("extractor", [OpenDocument, Epub, Pptx, Spreadsheet])
class TestArchives:
    @pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"words", zipped({}), zipped({"a.txt": "x"})])
    def test_that_are_something_else_are_broken(self, extractor, content):
        with pytest.raises(DocumentBroken):
            extractor().read(content)

    def test_of_too_many_parts_are_bombs(self, extractor):
        with pytest.raises(DocumentBomb):
            extractor().read(zipped(dict.fromkeys(map(str, range(MOST_PARTS + 1)), "")))


@pytest.mark.parametrize("extractor", [OpenDocument, Pptx])
def test_that_define_entities_are_bombs(extractor):
    bomb = '<!DOCTYPE a [<!ENTITY b "cccccccc">]><a>&b;</a>'
    with pytest.raises(DocumentBomb):
        extractor().read(zipped({"content.xml": bomb, "ppt/presentation.xml": bomb}))


@pytest.mark.parametrize(
    ("name", "reference", "part"),
    [
        ("a/b.opf", "c.xhtml", "a/c.xhtml"), ("b.opf", "c.xhtml", "c.xhtml"), ("a/b.opf", "../c%20d.xhtml#e", "c d.xhtml"),
        ("a/b", "/x/y", "x/y"), ("a/b", "../../../../etc/passwd", "etc/passwd"), ("a/b", "", "a"),
    ],
)  # fmt: skip
def test_a_reference_leads_to_a_part_and_never_out(name, reference, part):
    assert beside(name, reference) == part
