from __future__ import annotations

import io
import re
import zipfile
from typing import NamedTuple

import docx
import pikepdf
import pypdfium2
import pytest
from docx.oxml.ns import qn

from panah.dossier.exporters.docx import docx_of
from panah.dossier.exporters.pdf import missing_glyphs, pdf_of
from support.sheets import CHINESE, ENGLISH, GERMAN, KAZAKH, MARKUP, UYGHUR, block, exhibit, quoting, section, sheet


def pages(pdf):
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]


def squeezed(text):
    """Without spaces, line ends and unseen characters."""
    return re.sub("[\\s\u200b-\u200f\u2066-\u2069\ufffe]", "", text)


def squeezed_pdf(pdf):
    return squeezed("".join(pages(pdf)))


def letters_of(word):
    """The letters of a word in no order: pdfium reads a lam-alef, and the first word of a line, from the wrong side."""
    return "".join(sorted(re.sub("[^\u0620-\u06ff]", "", word)))


def boxes(pdf, page=1):
    """Every character of a page, and its left, bottom, right and top."""
    text = pypdfium2.PdfDocument(pdf)[page].get_textpage()
    return [(text.get_text_range(place, 1), text.get_charbox(place)) for place in range(text.count_chars())]


class PrintedLine(NamedTuple):
    """The words of a line, and where it ends, in points."""

    words: str
    right: float


def lines_of(page):
    """The lines of a page, from its top."""
    found = {}
    for place in range(page.count_chars()):
        left, bottom, right, _ = page.get_charbox(place, loose=True)
        found.setdefault(round(bottom), []).append((left, page.get_text_range(place, 1), right))
    for height in sorted(found, reverse=True):
        line = sorted(found[height])
        yield PrintedLine("".join(character for _, character, _ in line).strip(), max(right for *_, right in line))


def line_of(pdf, letter):
    """The characters on both sides of a letter on the first page after the cover, from left to right."""
    found = boxes(pdf)
    height = next(box[1] for character, box in found if character == letter)
    line = sorted((box[0], character) for character, box in found if abs(box[1] - height) < 12)
    return "".join(character for _, character in line).strip()


class TestPdfWords:
    def test_prints_two_hundred_quotations_each_with_its_number_and_its_footnote(self):
        texts = [f"({n}) {(ENGLISH, CHINESE, KAZAKH, GERMAN)[n % 4]}" for n in range(1, 201)]
        found = squeezed_pdf(pdf_of(quoting(*texts)))
        for number, text in enumerate(texts, start=1):
            assert squeezed(text) + str(number) in found
            note = (
                f"Report 1, An invented observatory, 2018-09-09, exhibit 1, page {number}, bytes {number}00-{number}42"
            )
            assert f"{number}{squeezed(note)}" in found

    def test_prints_every_footnote_on_the_page_of_its_quotation(self):
        quotations = [f"Quotation-{n:03}. " + ENGLISH * (n % 4) for n in range(1, 81)]
        for page in pages(pdf_of(quoting(*quotations))):
            quoted = re.findall(r"Quotation-0*(\d+)\.", page)
            assert quoted == re.findall(r"bytes\s(\d+)00-", page)

    @pytest.mark.parametrize("between", [" ", "\n\n"], ids=["one paragraph", "many paragraphs"])
    def test_breaks_a_quotation_that_is_longer_than_a_page(self, between):
        found = [page.count("A.") for page in pages(pdf_of(quoting(between.join(["A."] * 2000))))]
        assert (sum(found), len([count for count in found if count]) > 1) == (2000 + 1, True)  # one stands on the cover

    def test_prints_uyghur_words_with_all_their_letters(self):
        found = {letters_of(word) for word in "".join(pages(pdf_of(quoting(UYGHUR)))).split()}
        assert {letters_of(word) for word in UYGHUR.split()} <= found

    @pytest.mark.parametrize("ending", ["", " Watch", " 12"])
    def test_puts_the_number_at_the_left_end_of_a_line_that_runs_from_the_right(self, ending):
        assert line_of(pdf_of(quoting(f"ئۇيغۇر قىز{ending}")), "ق").startswith("1")

    def test_puts_the_number_at_the_right_end_of_an_english_line_that_ends_in_uyghur(self):
        assert line_of(pdf_of(quoting("Shelter: پاناھ")), "پ").endswith("1")

    def test_keeps_latin_letters_behind_the_words_in_a_heading_that_runs_from_the_right(self):
        line = line_of(pdf_of(sheet(section("ماۋزۇ (Q)"))), "م")
        assert line.index("Q") < line.index("م")

    def test_prints_what_looks_like_markup_as_it_is(self):
        text = "\n".join(MARKUP)
        blocks = [block(kind, text, note=MARKUP[0]) for kind in ("text", "question", "label", "silence")]
        found = squeezed_pdf(pdf_of(sheet(section(MARKUP[0], *blocks), title=MARKUP[2], gaps=MARKUP, called=MARKUP[1])))
        assert all(found.count(squeezed(words)) >= 5 for words in MARKUP)

    def test_does_not_obey_an_override_of_direction(self):
        found = squeezed_pdf(pdf_of(quoting("invoice\u202efdp.exe")))
        assert "invoiceU+202Efdp.exe" in found

    def test_breaks_words_that_are_wider_than_the_page(self):
        made = pdf_of(sheet(section("W" * 90, block("text", "W" * 300), block("label", "ئ" * 200)), title="W" * 90))
        for page in range(len(pypdfium2.PdfDocument(made))):
            assert all(left >= 60 and right <= 535 for _, (left, _, right, _) in boxes(made, page) if right > left)

    def test_says_what_was_not_examined_in_its_place(self):
        assert "Not examined." in "".join(pages(pdf_of(sheet(section("Article 3", block("silence"))))))

    def test_says_what_not_verified_means_where_it_stands(self):
        noted = sheet(section("Article 3", block("question", "Is there?", note="Article 3 [not verified]")))
        for given, said in ((noted, 1), (sheet(section("Facts"), gaps=["A [not verified]"]), 1), (sheet(), 0)):
            assert squeezed_pdf(pdf_of(given)).count(squeezed("nobody has yet compared")) == said

    def test_names_kinds_and_languages_of_exhibits_as_people_do(self):
        odd = exhibit(2, "xx") | {"media_type": "image/png"}
        said = squeezed_pdf(pdf_of(sheet(section("Facts"), exhibits=[exhibit(1, "ug-Arab"), odd])))
        assert squeezed("2018-09-09 · Uyghur (Arabic script) · PDF · 48,213 bytes") in said
        assert squeezed("2018-09-09 · xx · image/png · 48,213 bytes") in said

    def test_names_exhibits_with_both_digests(self):
        found = squeezed_pdf(pdf_of(sheet(section("Facts", block("text", "See", exhibits=[2])))))
        assert "See[Exhibit2]" in found
        assert f"{2:064x}" in found
        assert f"{1002:064x}" in found


class TestPdfFirstPage:
    def test_says_what_is_open_however_long_the_title_is(self):
        gaps = [f"Question {number} has no answer" for number in range(1, 41)]
        first = pages(pdf_of(sheet(section("Facts"), gaps=gaps, title="A very long title. " * 60)))[0]
        assert "This examination is not complete" in first
        assert "40 matters remain open." in first
        assert "Question 1 has no answer" in first
        assert re.search("and 34 more under “What remains open”, page \\d", first)

    def test_says_that_an_answer_need_not_be_right_when_nothing_is_open(self):
        first = squeezed(pages(pdf_of(sheet(section("Facts"))))[0])
        assert squeezed("was left without an answer. This says nothing about whether an answer is right.") in first

    def test_lists_every_gap_in_its_section(self):
        gaps = [f"Question {number} has no answer" for number in range(1, 41)]
        found = squeezed_pdf(pdf_of(sheet(section("Facts"), gaps=gaps)))
        assert all(f"{number}.Question{number}hasnoanswer" in found for number in range(1, 41))

    def test_says_in_which_script_a_name_is_written(self):
        names = [
            {"name": "ئايپەرى", "script": "Arab", "note": ""},
            {"name": "Аҧсны", "script": "Abcd", "note": "earlier name, until 2009"},
        ]
        (first, *_) = pages(pdf_of(sheet(section("Facts"), names=names)))
        assert "in Arabic script" in first
        assert squeezed("Abcd; earlier name, until 2009") in squeezed(first)

    def test_says_when_no_key_vouches_for_it(self):
        assert "not sealed" in pages(pdf_of(sheet(section("Facts"), key="")))[0]


class TestPdfContents:
    def test_align_the_number_of_a_page_with_the_last_line_of_its_heading(self):
        titles = [f"Fact {number}: {'她' * 70 if number % 2 else 'She left.'}" for number in range(1, 11)]
        page = pypdfium2.PdfDocument(pdf_of(sheet(*(section(title) for title in titles))))[1].get_textpage()
        dotted = [line for line in lines_of(page) if "...." in line.words]
        assert len(dotted) == len(titles) + 3
        assert all(re.search(r"\.\s*\d+$", line.words) for line in dotted)
        assert max(line.right for line in dotted) - min(line.right for line in dotted) < 1


@pytest.fixture(scope="module")
def made():
    return pdf_of(quoting(ENGLISH, UYGHUR, CHINESE, KAZAKH))


class TestPdfFile:
    def test_is_the_same_every_time(self, made):
        assert pdf_of(quoting(ENGLISH, UYGHUR, CHINESE, KAZAKH)) == made

    def test_has_title_language_date_and_tags(self, made):
        with pikepdf.open(io.BytesIO(made)) as pdf:
            assert pdf.Root.Lang == "en"
            assert pdf.docinfo["/Title"] == "Examination of a claim"
            assert pdf.docinfo["/CreationDate"] == "D:20261123120000Z"
            kinds = [str(tag.S) for tag in tags(pdf.Root.StructTreeRoot)]
            assert kinds.count("/Note") == 4
            assert {"/H1", "/BlockQuote", "/Table", "/TH", "/L"} <= set(kinds)
            spoken = {str(tag.Lang) for tag in tags(pdf.Root.StructTreeRoot) if "/Lang" in tag}
            assert {"ug", "zh", "kk"} <= spoken

    def test_says_that_it_is_made_for_archives_and_for_everyone(self, made):
        with pikepdf.open(io.BytesIO(made)) as pdf, pdf.open_metadata() as about:
            assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("2", "A")
            assert about["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"

    def test_carries_its_fonts(self, made):
        with pikepdf.open(io.BytesIO(made)) as pdf:
            fonts = {str(font.BaseFont)[8:]: font for page in pdf.pages for font in page.Resources.Font.values()}
            held = [set(font.DescendantFonts[0].FontDescriptor.keys()) for font in fonts.values()]
        assert {"NotoSerif-Regular", "UKIJTuzKitab", "NotoSerifCJKsc-Regular-Identity-H"} <= set(fonts)
        assert all(keys & {"/FontFile2", "/FontFile3"} for keys in held)


class TestMissingGlyphs:
    def test_are_printed_as_numbers_and_named_at_the_end(self):
        given = quoting("smile 😀 and \ue000", "plain")
        assert missing_glyphs(given) == {"😀", "\ue000"}
        found = squeezed_pdf(pdf_of(given))
        assert "smileU+1F600andU+E000" in found
        assert "initsplace:U+E000,U+1F600." in found

    def test_are_none_in_the_languages_that_are_quoted_most(self):
        traditional, tibetan, tigrinya, korean = "當地警察機關扣押了護照", "བོད་ཡིག", "ትግርኛ", "한국어"
        texts = (
            ENGLISH,
            UYGHUR,
            CHINESE,
            KAZAKH,
            GERMAN,
            traditional,
            tibetan,
            tigrinya,
            korean,
            "پناه",
            "မြန်မာ",
            "עברית",
        )
        assert missing_glyphs(quoting(*texts)) == frozenset()

    def test_take_in_a_mark_whose_letter_is_in_another_font(self):
        assert missing_glyphs(quoting("中\u0308")) == {"\u0308"}

    @pytest.mark.parametrize("text", ["\x00\x1b[31m", "\ud800", "\ufffe\uffff", "\u2066 never closed", "\u202d"])
    def test_are_characters_that_a_reader_could_not_see(self, text):
        assert missing_glyphs(quoting(text)) == set(re.sub(r"[\[\]a-z0-9 ]", "", text))
        assert pdf_of(quoting(text))
        assert docx_of(quoting(text))


def opened(made):
    return docx.Document(io.BytesIO(made))


class TestDocx:
    def parts(self, made):
        with zipfile.ZipFile(io.BytesIO(made)) as parts:
            return {name: parts.read(name).decode() for name in parts.namelist()}

    def test_has_real_footnotes_in_their_order(self):
        parts = self.parts(docx_of(quoting(*[f"{ENGLISH} {n}" for n in range(1, 201)])))
        assert parts["word/document.xml"].count("<w:footnoteReference ") == 200
        assert [int(n) for n in re.findall(r"bytes\s(\d+)00-", parts["word/footnotes.xml"])] == list(range(1, 201))

    def test_numbers_footnotes_through_to_the_end_for_every_word_processor(self):
        document = self.parts(docx_of(sheet(section("Facts"), section("Law"))))["word/document.xml"]
        assert re.findall(r'<w:numRestart w:val="(\w+)"', document) == ["continuous"]

    def test_marks_what_runs_from_the_right(self):
        made = opened(docx_of(quoting(f"{UYGHUR} (Human Rights)", ENGLISH, f"Shelter: {UYGHUR}")))
        uyghur, english, mixed = [p for p in made.paragraphs if p.style.name.startswith("Block Text")]
        assert uyghur.paragraph_format.element.pPr.find(qn("w:bidi")) is not None
        assert english.paragraph_format.element.pPr.find(qn("w:bidi")) is None
        assert mixed.paragraph_format.element.pPr.find(qn("w:bidi")) is None
        for paragraph in (uyghur, mixed):
            runs = {run.text.strip("( ") for run in paragraph.runs if run.font.rtl}
            assert UYGHUR in runs
            assert not any("Human" in run or "Shelter" in run for run in runs)
        assert 'w:val="ug"' in uyghur._p.xml

    def test_sets_footnotes_from_the_left_even_under_a_line_from_the_right(self):
        assert "w:bidi" not in self.parts(docx_of(quoting(UYGHUR)))["word/footnotes.xml"]

    def test_prints_what_looks_like_markup_as_it_is(self):
        made = docx.Document(
            io.BytesIO(docx_of(sheet(section(MARKUP[0], block("text", "\n".join(MARKUP))), gaps=MARKUP)))
        )
        text = "\n".join(paragraph.text for paragraph in made.paragraphs)
        assert all(text.count(words) >= 3 for words in MARKUP)

    def test_says_what_is_open_before_anything_else(self):
        made = opened(docx_of(sheet(section("Facts"), gaps=["Question 1 has no answer"])))
        before = [p.text for p in made.paragraphs if not p.style.name.startswith("Heading")][:8]
        assert "One matter remains open." in "".join(before)
        assert "1. Question 1 has no answer" in before

    def test_of_a_draft_speaks_of_no_seal_no_bundle_and_no_examination(self):
        made = opened(docx_of(sheet(section("Facts"), gaps=["Sources are not compared yet"], key="")))
        told = "\n".join(paragraph.text for paragraph in made.paragraphs)
        assert all(words in told for words in ("Draft, not sealed", "Before it is filed", "How to check this draft"))
        assert not any(words in told for words in ("dossier is", "ZIP", "the bundle", "may be removed", "examined"))

    def test_begins_a_new_page_after_the_cover_and_breaks_no_exhibit(self):
        document = self.parts(docx_of(sheet(section("Facts"), section("Law"))))["word/document.xml"]
        assert document.count("<w:pageBreakBefore/>") == 1
        assert document.index("<w:pageBreakBefore/>") < document.index(">Facts<") < document.index(">Law<")
        assert document.count("<w:cantSplit/>") == 2

    def test_says_once_under_which_laws(self):
        made = opened(docx_of(sheet(section("Facts"), frameworks=["Law A", "Law B"])))
        assert "Bodies of law: Law A\nLaw B" in [paragraph.text for paragraph in made.paragraphs]

    def test_lists_exhibits_in_a_table(self):
        table = opened(docx_of(sheet(section("Facts")))).tables[0]
        assert [row.cells[0].text for row in table.rows] == ["No.", "1", "2"]
        assert squeezed(f"{2:064x}") in squeezed(table.rows[2].cells[1].text)

    def test_is_the_same_every_time_and_has_its_date(self):
        made = docx_of(quoting(ENGLISH, UYGHUR))
        assert docx_of(quoting(ENGLISH, UYGHUR)) == made
        properties = opened(made).core_properties
        assert (properties.title, properties.created.isoformat()) == (
            "Examination of a claim",
            "2026-11-23T12:00:00+00:00",
        )

    def test_has_reference_and_key_on_every_page(self):
        footer = self.parts(docx_of(sheet(section("Facts"), reference="<2026> & 14")))["word/footer1.xml"]
        assert "&lt;2026&gt; &amp; 14" in footer
        assert "key 8254 c329 a928 50f6 …" in footer


def tags(element):
    """Every structure element of a tagged PDF."""
    if isinstance(element, pikepdf.Dictionary) and "/S" in element:
        yield element
    children = element.get("/K") if isinstance(element, pikepdf.Dictionary) else None
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary):
            yield from tags(child)
