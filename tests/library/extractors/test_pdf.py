"""PDF: the text layer in every script, and files that are locked, broken or pictures.

The documents are typeset here, with the fonts that Panah ships; where a test names another one that the system does not
have, a shipped one is taken.
"""

import io
from importlib.resources import files
from itertools import pairwise

import pikepdf
import pytest
import typst

from panah.library.extractors import DocumentBroken, DocumentLocked, NothingToRead
from panah.library.extractors.kinds import PDF, media_type
from panah.library.extractors.pdf import Pdf

FONTS = '"Noto Serif", "Noto Naskh Arabic", "Noto Serif CJK SC", "Noto Sans Math"'
SHIPPED = typst.Fonts(font_paths=[str(files("panah.dossier") / "fonts")])


def typeset(body, *, width="16cm", language="en"):
    direction = "rtl" if language in {"ug", "ar", "fa"} else "ltr"
    page = (
        f"#set page(width: {width}, height: 10cm)\n#set text(font: ({FONTS}), lang: {language!r}, dir: {direction})\n"
    )
    return typst.compile((page.replace("'", '"') + body).encode(), format="pdf", font_paths=SHIPPED)


def saved(document, **options):
    out = io.BytesIO()
    document.save(out, **options)
    return out.getvalue()


def named(letters):
    """Letters as the map of a font's glyphs names them."""
    return b"<" + letters.encode("utf-16-be").hex().encode() + b">"


def paragraphs(content):
    found = Pdf().read(content)
    return [found.text[start:end] for start, end in found.paragraphs]


WORDS = typeset("The applicant fears return.")


class TestText:
    @pytest.mark.parametrize(
        ("language", "text"),
        [
            ("ug", "لاگېرلىرى ۋە پاناھلىنىش ھوقۇقى، ئۇيغۇرلار تۈركىيەدە پاناھلاندى."),
            ("ug", "ئۇلار قايتۇرۇلمىدى، ئۆلۈم جازاسى، مەكتەپ ۋە ھۆججەت."),
            ("ar", "اللاجئون لا يريدون العودة والملاجئ ممتلئة."),
            ("ar", "الأطفال والإسلام والآلام."),
            ("fa", "پناهجویان از بازگشت هراس دارند."),
            ("zh", "新疆维吾尔自治区的难民申请庇护，害怕被遣返。"),
            ("kk", "Қазақстан Республикасы, Шыңжаң, йод, ұлт, өмір."),
            ("tr", "Türkiye’ye sığınan kişiler, İstanbul, ışık."),
            ("en", "Uyghur ئۇيغۇر, 新疆, 2019."),
        ],
    )
    def test_is_that_of_the_page_in_every_script(self, language, text):
        assert paragraphs(typeset(text, language=language)) == [text]

    @pytest.mark.parametrize(
        ("font", "text"),
        [
            ("Noto Naskh Arabic", "لا إله إلا الله"),
            ("Noto Kufi Arabic", "الله"),
            ("DejaVu Sans", "الأطفال والإسلام والآلام"),
            ("Noto Sans Arabic", "2019 يىلى بالىلىرى"),
            ("DejaVu Sans", "می\u200cترسند"),
        ],
        ids=["lam-lam-heh", "alef-lam-lam-heh", "lam-alef with hamza and madda", "lam-yeh", "a joiner"],
    )
    def test_has_the_letters_of_every_ligature_in_their_order(self, font, text):
        """Fonts draw several letters in one glyph; where a font is missing another one is taken, with fewer of them."""
        assert paragraphs(typeset(f'#set text(font: ("{font}", {FONTS}))\n{text}', language="ar")) == [text]

    def test_keeps_a_character_beyond_the_basic_plane_beside_uyghur(self):
        """Both are turned around with their line: the letters, and the two halves of the other one."""
        [found] = paragraphs(typeset("ئۇيغۇر لاگېرى 𝐀", language="ug"))
        assert sorted(found) == sorted("ئۇيغۇر لاگېرى 𝐀")

    def test_keeps_a_real_alef_before_a_lam(self):
        """Only one glyph for two letters is turned around."""
        assert paragraphs(typeset("ال لا الا لال", language="ar")) == ["ال لا الا لال"]

    @pytest.mark.parametrize(
        ("names", "letters"),
        [
            ("لا", "لا"),
            ("ﻻ", "لا"),
            ("ﳋ", "لخ"),
            ("لخ", "لخ"),
            ("ﷲ", "الله"),
            ("الله", "الله"),
            ("ﯪ", "ئا"),
            ("ئا", "ئا"),
        ],
    )
    def test_has_them_in_order_whether_the_file_names_each_or_one_letter_of_unicode_for_all(self, names, letters):
        """As if the glyph of beh were a ligature of these letters: some programs name them, some the sign for all of them."""
        document = pikepdf.open(io.BytesIO(typeset("د ب د", language="ar")))
        for each in document.objects:
            if isinstance(each, pikepdf.Stream) and named("ب") in (content := each.read_bytes().lower()):
                each.write(content.replace(named("ب"), named(names)))
        assert paragraphs(saved(document)) == [f"د {letters} د"]

    def test_knows_where_each_page_begins(self):
        found = Pdf().read(typeset("First. #pagebreak() Second. #pagebreak() #pagebreak(weak: false) Fourth."))
        pages = pairwise([*found.pages, len(found.text)])
        assert [found.text[start:end].strip() for start, end in pages] == ["First.", "Second.", "", "Fourth."]

    def test_an_empty_page_at_the_end_begins_where_the_text_ends(self, read):
        found = read(PDF, typeset("First. #pagebreak(weak: false) #h(0pt)"))
        assert found.content == b"First."
        assert found.pages == [0, 6]

    def test_parts_paragraphs_at_short_lines_that_end_a_sentence(self):
        body = f"{'The first paragraph goes on. ' * 7}\n\n{'The second one as well. ' * 7}"
        found = paragraphs(typeset(body, width="9cm"))
        assert len(found) == 2
        assert found[1].startswith("The second one")

    def test_parts_paragraphs_at_a_gap_though_the_last_line_is_full_and_ends_nothing(self):
        found = paragraphs(typeset(f"{'Heading without a stop ' * 2}\n\n{'The text goes on. ' * 6}", width="9cm"))
        assert [paragraph.split()[0] for paragraph in found] == ["Heading", "The"]

    def test_puts_words_together_that_a_line_parted(self):
        body = (
            "#set par(justify: true)\n#set text(hyphenate: true)\nextraterritorial misrepresentation characteristically"
        )
        found = " ".join(paragraphs(typeset(body, width="8cm")))
        assert "\u00ad" in found
        assert found.replace("\u00ad", "").split() == ["extraterritorial", "misrepresentation", "characteristically"]

    def test_includes_footnotes(self):
        assert "A source." in "\n".join(paragraphs(typeset("A claim#footnote[A source.].")))

    def test_of_a_page_without_a_text_layer_is_refused(self):
        picture = pikepdf.new()
        picture.add_blank_page()
        picture.add_blank_page()
        with pytest.raises(NothingToRead, match=r"its pages \(2\) are blank"):
            Pdf().read(saved(picture))

    def test_says_which_pages_hold_no_text(self):
        found = Pdf().read(
            typeset("First. #pagebreak() #pagebreak(weak: false) Third. #pagebreak(weak: false) #h(0pt)")
        )
        assert found.found == {"pages_without_text": "2, 4"}
        assert Pdf().read(WORDS).found == {}


class TestAbout:
    def test_is_its_title_and_date(self):
        made = typeset('#set document(title: "A  title", date: datetime(year: 2019, month: 3, day: 1))\nWords.')
        assert Pdf().read(made).about == {"title": "A title", "date": "2019-03-01"}

    @pytest.mark.parametrize(
        ("stated", "read"),
        [
            ("D:20190301", "2019-03-01"),
            ("D:201903", "2019-03"),
            ("D:2019", "2019"),
            ("D:20190301120000+01'00'", "2019-03-01"),
            ("1 March 2019", None),
            ("", None),
        ],
    )
    def test_a_date_is_as_exact_as_it_is_stated(self, stated, read):
        document = pikepdf.open(io.BytesIO(WORDS))
        del document.Root.Metadata
        document.docinfo["/CreationDate"] = stated
        assert Pdf().read(saved(document)).about.get("date") == read


class TestHostile:
    def test_a_document_with_a_password_is_refused(self):
        locked = saved(pikepdf.open(io.BytesIO(WORDS)), encryption=pikepdf.Encryption(owner="owner", user="user"))
        with pytest.raises(DocumentLocked, match="save it without one"):
            Pdf().read(locked)

    def test_a_document_that_only_forbids_copying_is_read(self):
        forbids = pikepdf.Encryption(owner="owner", user="", allow=pikepdf.Permissions(extract=False))
        assert paragraphs(saved(pikepdf.open(io.BytesIO(WORDS)), encryption=forbids)) == ["The applicant fears return."]

    @pytest.mark.parametrize(
        "content",
        [b"", b"%PDF-1.7", WORDS[:100], WORDS[: len(WORDS) // 2], WORDS[:-40], b"words", saved(pikepdf.new())],
        ids=["empty", "a beginning", "a hundred bytes", "half", "no end", "text", "no pages"],
    )
    def test_a_document_that_was_cut_short_is_refused(self, content):
        with pytest.raises(DocumentBroken, match="cannot be opened as a PDF"):
            Pdf().read(content)

    def test_a_document_behind_other_bytes_is_read(self):
        content = b"HTTP/1.1 200 OK\r\n\r\n" + WORDS
        assert media_type(content) == PDF
        assert paragraphs(content) == ["The applicant fears return."]

    def test_a_page_tree_that_goes_in_a_circle_is_one_refusal(self, read):
        document = pikepdf.open(io.BytesIO(WORDS))
        document.Root.Pages.Kids.append(document.Root.Pages)
        assert read(PDF, saved(document))
        assert read(PDF, WORDS).content == b"The applicant fears return."

    def test_a_document_is_read_behind_the_fence_too(self, read):
        found = read(PDF, typeset("ئۇيغۇرلار پاناھلاندى.", language="ug"))
        assert found.content.decode() == "ئۇيغۇرلار پاناھلاندى."
        assert found.paragraphs == [(0, len(found.content))]


class TestAttached:
    def with_files(self, content: bytes, **files: bytes) -> bytes:
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(content)) as document:
            for name, file in files.items():
                document.attachments[f"{name}.txt"] = file
            document.save(out)
        return out.getvalue()

    def test_are_taken_out_as_they_are(self):
        read = Pdf().read(self.with_files(typst.compile(b"Words.", format="pdf"), one=b"First.", two="پاناھ".encode()))
        assert read.text == "Words."
        assert sorted((each.name, each.content) for each in read.inside) == [
            ("one.txt", b"First."), ("two.txt", "پاناھ".encode())
        ]  # fmt: skip

    def test_are_listed_where_the_pages_are_blank(self):
        read = Pdf().read(self.with_files(typst.compile(b"", format="pdf"), one=b"First."))
        assert read.text == "PDF, pages: 1, all of them blank\n\none.txt, 6 bytes"
        assert [each.content for each in read.inside] == [b"First."]
