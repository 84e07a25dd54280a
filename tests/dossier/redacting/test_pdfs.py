"""Painting over in PDFs: what went is gone from the bytes, and hostile documents cost themselves only.

The documents are typeset here; every person is invented.
"""

import io
import json
import os
import re
import zlib
from importlib.resources import files

import pikepdf
import pypdfium2
import pytest
import typst

from panah.dossier.redacting import Entry, Kind, Profile, Redactor, painted_over, pictures
from panah.dossier.redacting.pdfs import LIMITS
from panah.library.extractors.result import Refusal
from support.processes import descendants

pytestmark = pytest.mark.attack  # each test starts many programs: `make attack` runs them

FONTS = '"Noto Serif", "Noto Naskh Arabic", "Noto Serif CJK SC"'
SHIPPED = typst.Fonts(font_paths=[str(files("panah.dossier") / "fonts")])
NAME = "Qurvanjan Ezimet"
REDACTOR = Redactor(
    Profile(
        (Entry(Kind.PERSON, (NAME, "Ezimet", "ئايشە تۇرسۇن", "لاگېرلار"), 7), Entry(Kind.PLACE, ("伊宁", "Office"), 3))
    )
)


def typeset(body, *, width="16cm", height="6cm"):
    head = f"#set page(width: {width}, height: {height}, margin: 1cm)\n#set text(font: ({FONTS}))\n"
    return typst.compile((head + body).encode(), format="pdf", font_paths=SHIPPED)


def changed(content, change):
    with pikepdf.open(io.BytesIO(content)) as document:
        change(document)
        return saved(document)


def saved(document, **options):
    out = io.BytesIO()
    document.save(out, **options)
    return out.getvalue()


def darkness(content, page=0):
    """The share of black in a page."""
    grey = pypdfium2.PdfDocument(content)[page].render(scale=1, grayscale=True).to_pil().tobytes()
    return sum(level < 40 for level in grey) / len(grey)


def everything_in(content):
    """All bytes, and what is in each of its streams."""
    with pikepdf.open(io.BytesIO(content)) as document:
        streams = [each.read_bytes() for each in document.objects if isinstance(each, pikepdf.Stream)]
    return b"\n".join([content, *streams])


class TestText:
    @pytest.mark.parametrize(
        ("body", "times"),
        [
            (f"Then {NAME} spoke, and Ezimet left.", 2),
            ("Then QURVANJAN\u00a0EZIMET spoke.", 1),
            ("Then Qur-\\\nvanjan Ezi-\\\nmet spoke.", 1),
            (f"#rotate(90deg)[{NAME}]", 1),
            (f"#rotate(33deg)[{NAME}]", 1),
            ('#set text(lang: "ug", dir: rtl)\nئايشە تۇرسۇن لاگېرلار', 2),
            ("English, ئايشە تۇرسۇن, English", 1),
            ("她在伊宁。", 1),
            ("The office, with ligatures.", 1),
            (f"#text(fill: white)[{NAME}]", 1),
            (f"#text(size: 1pt)[{NAME}]", 1),
        ],
    )
    def test_is_painted_over_and_nothing_is_left_to_read(self, body, times):
        content = typeset(f"A first line.\n\n{body}\n\nA last line.")
        painted = painted_over([content], REDACTOR)
        assert painted.counts.total() == times
        assert not pypdfium2.PdfDocument(painted.content)[0].get_textpage().get_text_bounded().strip()
        plain = painted_over([typeset("A first line.\n\nA last line.")], REDACTOR)
        assert darkness(painted.content) > darkness(plain.content)

    def test_nothing_but_pictures_is_in_the_file(self):
        painted = painted_over([typeset(f"Then {NAME} spoke.\n#pagebreak()\nSecond.")], REDACTOR)
        with pikepdf.open(io.BytesIO(painted.content)) as document:
            kinds = {str(each.get("/Subtype", "")) for each in document.objects if isinstance(each, pikepdf.Stream)}
            keys = {key for each in document.objects if isinstance(each, pikepdf.Dictionary) for key in each}
            assert len(document.pages) == 2
            assert not document.get_warnings()
            assert set(document.trailer.keys()) <= {"/Size", "/Root"}
        assert kinds == {"/Image", ""}
        assert keys == {
            "/Type",
            "/Pages",
            "/Count",
            "/Kids",
            "/Parent",
            "/MediaBox",
            "/Resources",
            "/Contents",
        }
        assert b"ezimet" not in everything_in(painted.content).lower()

    def test_other_words_can_still_be_seen(self):
        content = typeset("Nothing of this is named.")
        painted = painted_over([content], REDACTOR)
        assert not painted.counts
        assert darkness(painted.content) == pytest.approx(darkness(content), abs=0.01)

    def test_the_same_document_gives_the_same_bytes(self):
        content = typeset(f"Then {NAME} spoke.")
        assert painted_over([content], REDACTOR).content == painted_over([content], REDACTOR).content

    def test_a_turned_page_is_painted_where_the_words_stand(self):
        content = changed(typeset(f"Then {NAME} spoke."), lambda document: document.pages[0].rotate(90, relative=True))
        painted = painted_over([content], REDACTOR)
        assert painted.counts.total() == 1
        page = pypdfium2.PdfDocument(painted.content)[0]
        assert page.get_width() < page.get_height()
        assert darkness(painted.content) > 0.01


class TestWhatCannotBeSearched:
    def picture(self):
        page = pypdfium2.PdfDocument(typeset(f"A scan of {NAME}."))[0]
        out = io.BytesIO()
        page.render(scale=2).to_pil().save(out, "PDF")
        return out.getvalue()

    def test_a_page_without_text_is_black(self):
        painted = painted_over([self.picture()], REDACTOR)
        assert painted.notes["pages without text"] == 1
        assert darkness(painted.content) > 0.99

    def test_unless_a_person_looked_through_the_pictures(self):
        redactor = Redactor(REDACTOR.profile._replace(pictures=True))
        painted = painted_over([self.picture()], redactor)
        assert not painted.notes
        assert darkness(painted.content) < 0.5

    def test_an_empty_page_stays_white(self):
        document = pikepdf.new()
        document.add_blank_page()
        assert darkness(painted_over([saved(document)], REDACTOR).content) == 0

    def test_a_picture_beside_text_is_black(self):
        def with_a_picture(document):
            image = document.make_stream(b"\xc0" * 100, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=10,
                Height=10, ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8)  # fmt: skip
            name = document.pages[0].add_resource(image, pikepdf.Name.XObject)
            document.pages[0].contents_add(f"q 100 0 0 100 50 20 cm {name} Do Q".encode())

        plain = typeset("Text beside it.")
        painted = painted_over([changed(plain, with_a_picture)], REDACTOR)
        assert painted.notes == {"pictures": 1}
        assert darkness(painted.content) > darkness(plain) + 0.05

    def test_letters_that_the_file_does_not_name_are_black(self):
        def without_names(document):
            for each in document.objects:
                if isinstance(each, pikepdf.Dictionary) and "/ToUnicode" in each:
                    each["/ToUnicode"] = document.make_stream(b"")

        painted = painted_over([changed(typeset(f"{NAME} cannot be read."), without_names)], REDACTOR)
        assert painted.notes.get("unreadable letters") or painted.notes.get("pages without text")
        assert darkness(painted.content) > 0.01

    def test_what_hides_beside_the_page_does_not_go_along(self):
        def hides(document):
            document.docinfo["/Title"] = NAME
            with document.open_metadata() as metadata:
                metadata["dc:title"] = NAME
            document.attachments["hidden.txt"] = NAME.encode()
            document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=f"app.alert('{NAME}')")
            note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FreeText, Rect=[20, 20, 200, 60],
                Contents=NAME, DA="/Helv 12 Tf 0 g")  # fmt: skip
            field = document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, T="n",
                V=NAME, Rect=[20, 70, 200, 90], DA="/Helv 12 Tf 0 g"))  # fmt: skip
            document.pages[0].Annots = document.make_indirect([note, field])
            document.Root.AcroForm = pikepdf.Dictionary(Fields=[field], NeedAppearances=True)
            with document.open_outline() as outline:
                outline.root.append(pikepdf.OutlineItem(NAME, 0))

        painted = painted_over([changed(typeset("A plain page."), hides)], REDACTOR)
        assert painted.notes == {"notes and fields": 2}
        assert not re.search(b"(?i)ezimet|javascript|annot|/info|metadata", everything_in(painted.content))
        assert darkness(painted.content) == pytest.approx(darkness(typeset("A plain page.")), abs=0.01)


class TestHostile:
    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "document-broken"),
            (b"%PDF-1.7\nnothing", "document-broken"),
            (
                saved(pikepdf.open(io.BytesIO(typeset("x"))), encryption=pikepdf.Encryption(owner="o", user="u")),
                "document-locked",
            ),
            (saved(pikepdf.new()), "document-broken"),
        ],
    )
    def test_what_cannot_be_opened_is_left_out_and_says_why(self, content, code):
        refusal = painted_over([content], REDACTOR)
        assert isinstance(refusal, Refusal)
        assert refusal.code == code

    @pytest.mark.parametrize("side", [200_000, 14_400, 0.01])
    def test_a_page_of_any_size_is_a_picture_of_bounded_size(self, side):
        document = pikepdf.new()
        document.add_blank_page()
        document.pages[0].MediaBox = [0, 0, side, 100]
        painted = painted_over([saved(document)], REDACTOR)
        assert not isinstance(painted, Refusal)
        assert len(painted.content) < 1_000_000

    def test_one_that_takes_too_long_or_too_much_is_stopped(self):
        document = pikepdf.new()
        for _ in range(40):
            document.add_blank_page(page_size=(3_000, 3_000))
        content, before = saved(document), descendants(os.getpid())
        assert painted_over([content], REDACTOR, LIMITS._replace(seconds=1)).code == "reading-too-long"
        assert painted_over([content], REDACTOR, LIMITS._replace(memory=1 << 24)).code in {
            "reading-too-costly",
            "extractor-crashed",
        }
        assert painted_over([content], REDACTOR, LIMITS._replace(output=4_000)).code == "reading-too-costly"
        assert [child for child in descendants(os.getpid()) if child not in before] == []

    @pytest.mark.attack
    def test_ten_thousand_pages_are_painted_or_refused(self):
        document = pikepdf.open(io.BytesIO(typeset(f"Then {NAME} spoke.")))
        for _ in range(9_999):
            document.pages.append(document.pages[0])
        painted = painted_over([saved(document)], REDACTOR)
        assert isinstance(painted, Refusal) or painted.counts.total() == 10_000


class TestWhatATakenOverProgramMayHandOver:
    """Pixels and numbers, and nothing else: there is nowhere to put a name."""

    PIXELS = zlib.compress(b"\xff" * 100)

    def forged(self, *, pixels=PIXELS, size=(10, 10, 1), points=(10, 10), end=None, after=b"", **more):
        header = json.dumps({"size": size, "points": points, "length": len(pixels)} | more).encode()
        end = json.dumps(end or {"found": [[0, 1]], "notes": {}}).encode()
        return b"".join([len(header).to_bytes(4, "big"), header, pixels, len(end).to_bytes(4, "big"), end, after])

    def test_what_fits_is_taken(self):
        assert pictures.unpacked(self.forged(), entries=1, known=frozenset()).found == {0: 1}

    @pytest.mark.parametrize(
        "forged",
        [
            {"pixels": PIXELS + b"Ezimet"},
            {"pixels": PIXELS[:-3]},
            {"pixels": zlib.compress(b"\xff" * 99)},
            {"pixels": zlib.compress(b"\xff" * 10_000_000)},
            {"size": (10, 10, 2)},
            {"size": (-10, -10, 1)},
            {"size": (100_000, 100_000, 1)},
            {"points": ("q Ezimet", 10)},
            {"points": (float("nan"), 10)},
            {"points": (float("inf"), 10)},
            {"points": (10, 0)},
            {"length": -1},
            {"length": 1 << 40},
            {"length": "Ezimet"},
            {"end": {"found": [[1, 1]], "notes": {}}},
            {"end": {"found": [["Ezimet", 1]], "notes": {}}},
            {"end": {"found": [[0, 1]], "notes": {"Ezimet": 1}}},
            {"end": {"found": [[0, 1]], "notes": [1]}},
            {"end": {"found": 5, "notes": {}}},
            {"after": b"Ezimet"},
        ],
        ids=str,
    )
    def test_what_does_not_is_no_result(self, forged):
        with pytest.raises(pictures.PicturesBroken):
            pictures.unpacked(self.forged(**forged), entries=1, known=frozenset())

    @pytest.mark.parametrize(
        "result", [b"", b"\0\0\0\0", b"\xff\xff\xff\xff", b"\0\0\0\2[]", b"\0\0\0\2{}", b"\0\0\0\1{"]
    )
    def test_nor_are_bytes_of_any_kind(self, result):
        with pytest.raises(pictures.PicturesBroken):
            pictures.unpacked(result, entries=1, known=frozenset())
