"""Pictures: what the file says of itself, and files that are cut short, swollen, or not what they begin as."""

import struct
import zlib

import pytest
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base
from PIL.TiffImagePlugin import IFDRational

from panah.library.extractors import DocumentBomb, DocumentBroken
from panah.library.extractors.kinds import GIF, HEIC, JPEG, PLAIN, PNG, TIFF, WEBP, media_type
from panah.library.extractors.picture import ENOUGH, MOST_PAGES, HeicNotOpened, Photograph, Picture
from panah.library.extractors.supervisor import Refusal, Text
from support import pictures
from support.scans import saved

WHITE = Image.new("RGB", (80, 60), "white")
FORMATS = {"PNG": PNG, "JPEG": JPEG, "TIFF": TIFF, "GIF": GIF, "WEBP": WEBP}


def photograph(**said):
    """The EXIF of a photograph, each thing by its name."""
    exif = Image.Exif()
    for name, value in said.items():
        exif[getattr(Base, name)] = value
    return exif


def lines(content, extractor=Picture):
    return extractor().read(content).text.split("\n")


def chunk(name, content):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def promised(width, height):
    """A PNG that promises so many pixels and has few."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


def heic():
    return pictures.heic(WHITE.size, "white", exif=photograph(Model="An invented telephone").tobytes())


class TestSaid:
    @pytest.mark.parametrize("kind", FORMATS)
    def test_a_picture_of_each_format_tells_its_size(self, kind):
        content = saved(WHITE, kind)
        assert media_type(content) == FORMATS[kind]
        found = Picture().read(content)
        assert found.text == f"Picture: {kind}, 80 × 60 pixels"
        assert found.found == {"pages_without_text": "1", "pictures": "1"}
        assert (list(found.paragraphs), list(found.pages)) == ([(0, len(found.text))], [len(found.text)])

    def test_a_photograph_tells_when_where_with_what_and_by_whom_it_was_taken(self):
        exif = photograph(Make="Invented", Model="Camera 1", Artist="A Photographer", DateTime="2024:05:18 09:00:00")
        exif.get_ifd(IFD.Exif).update({36867: "2024:05:17 10:11:12", 36881: "+08:00"})
        north, east = ((IFDRational(degrees), IFDRational(30), IFDRational(0)) for degrees in (43, 87))
        exif.get_ifd(IFD.GPSInfo).update(
            {GPS.GPSLatitudeRef: "N", GPS.GPSLatitude: north, GPS.GPSLongitudeRef: "E", GPS.GPSLongitude: east,
             GPS.GPSAltitude: IFDRational(812), GPS.GPSAltitudeRef: b"\0"}
        )  # fmt: skip
        found = Picture().read(saved(WHITE, "JPEG", exif=exif))
        assert found.text.split("\n")[1:] == [
            "Maker of the camera: Invented",
            "Camera: Camera 1",
            "Author: A Photographer",
            "Taken: 2024-05-17 10:11:12 +08:00",
            "Changed: 2024-05-18 09:00:00",
            "Place: 43.50000, 87.50000, 812 m above the sea",
        ]
        assert found.about == {"date": "2024-05-17"}

    @pytest.mark.parametrize(
        ("degrees", "side"),
        [
            ((IFDRational(91), IFDRational(0), IFDRational(0)), "N"),
            ((IFDRational(1, 0), IFDRational(0), IFDRational(0)), "N"),
            ((IFDRational(1), IFDRational(0)), "N"),
            ("43", "N"),
        ],
    )
    def test_a_place_that_cannot_be_is_not_told(self, degrees, side):
        exif = photograph()
        right = (IFDRational(1), IFDRational(0), IFDRational(0))
        exif.get_ifd(IFD.GPSInfo).update(
            {GPS.GPSLatitudeRef: side, GPS.GPSLatitude: degrees, GPS.GPSLongitudeRef: "W", GPS.GPSLongitude: right}
        )
        assert not [line for line in lines(saved(WHITE, "TIFF", exif=exif)) if line.startswith("Place")]

    def test_what_it_says_stays_on_its_line_and_short(self):
        said = lines(saved(WHITE, "JPEG", exif=photograph(ImageDescription="one\ntwo\x1b[2J" + "x" * 5000)))
        assert len(said) == 2
        assert said[1].startswith("Title: one two [2Jxxx")
        assert len(said[1]) < 600

    def test_a_comment_in_sixteen_bits_is_read(self):
        exif = photograph()
        exif.get_ifd(IFD.Exif)[37510] = b"UNICODE\0" + "پاناھ".encode("utf-16")
        assert "Comment: پاناھ" in lines(saved(WHITE, "JPEG", exif=exif))

    def test_every_page_of_a_tiff_is_one_to_be_read(self):
        found = Picture().read(saved(WHITE, "TIFF", save_all=True, append_images=[WHITE, WHITE]))
        assert found.found["pictures"] == "1, 2, 3"
        assert len(found.pages) == 3


class TestPicture:
    def test_stands_as_the_camera_noted(self):
        content = saved(WHITE, "JPEG", exif=photograph(Orientation=6))
        assert Picture().picture(content, 1).size == (60, 80)

    @pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
    def test_of_any_colours_is_grey(self, mode):
        assert Picture().picture(saved(WHITE.convert("L").convert(mode), "PNG"), 1).mode == "L"

    def test_shows_paper_where_it_is_transparent(self):
        clear = Image.new("RGBA", (10, 10), (0, 0, 0, 0))
        assert Picture().picture(saved(clear, "PNG"), 1).getextrema() == (255, 255)

    def test_is_made_smaller_where_it_is_larger_than_need_be(self):
        large = Image.new("L", (6000, 5000), 255)
        for kind in ("JPEG", "PNG"):
            grey = Picture().picture(saved(large, kind), 1)
            assert ENOUGH / 4 < grey.width * grey.height <= ENOUGH

    def test_that_is_not_there_is_said(self):
        with pytest.raises(DocumentBroken, match="page 2"):
            Picture().picture(saved(WHITE, "TIFF"), 2)


class TestHostile:
    @pytest.mark.parametrize("kind", FORMATS)
    @pytest.mark.parametrize("part", [0.2, 0.6, 0.95])
    def test_one_that_is_cut_short_is_one_refusal_or_read(self, read, kind, part):
        noisy = Image.effect_noise((300, 200), 90).convert("RGB")
        content = saved(noisy, kind)
        outcome = read(FORMATS[kind], content[: int(len(content) * part)])
        assert isinstance(outcome, Refusal)
        assert outcome.code == "document-broken"
        assert read(PLAIN, b"next").content == b"next"

    @pytest.mark.parametrize(("width", "height"), [(60_000, 60_000), (2**31 - 1, 2**31 - 1), (120_000_001, 1)])
    def test_one_that_promises_far_too_many_pixels_is_refused_before_it_is_unpacked(self, read, width, height):
        assert read(PNG, promised(width, height)).code == "document-bomb"
        with pytest.raises(DocumentBomb):
            Picture().picture(promised(width, height), 1)

    @pytest.mark.attack
    def test_a_hundred_million_pixels_are_read(self, supervisor):
        content = saved(Image.new("L", (10_000, 10_000), 255), "PNG")
        outcome = supervisor.read(media_type=PNG, size=len(content), pieces=[content], languages="")
        assert isinstance(outcome, Text)
        assert outcome.content == "Picture: PNG, 10000 × 10000 pixels".encode()

    @pytest.mark.attack
    def test_a_tiff_of_pages_without_end_is_refused(self, read):
        tiny = Image.new("1", (8, 8))
        assert read(TIFF, saved(tiny, "TIFF", save_all=True, append_images=[tiny] * MOST_PAGES)).code == "document-bomb"

    def test_one_format_that_is_called_another_is_what_it_is(self, read):
        assert read(PNG, saved(WHITE, "GIF")).content.startswith(b"Picture: GIF")
        assert read(HEIC, saved(WHITE, "GIF")).content.startswith(b"Picture: GIF")


class TestHeic:
    def test_is_read_confined_as_any_other(self, supervisor):
        content = heic()
        assert media_type(content) == HEIC
        found = supervisor.read(media_type=HEIC, size=len(content), pieces=[content], languages="")
        assert found.content.decode().split("\n") == ["Picture: HEIF, 80 × 60 pixels", "Camera: An invented telephone"]

    def test_that_is_cut_short_is_refused(self, read):
        content = heic()
        assert read(HEIC, content[: len(content) // 2]).code == "document-broken"

    def test_without_what_opens_it_is_refused_with_what_to_do(self):
        refused = HeicNotOpened()
        assert refused.code == "heic-not-opened"
        assert "make ocr" in refused.sentence
        assert Photograph.media_types == {HEIC}
