"""Pages drawn in a confined process: what they look like, and what becomes of those that nobody can draw."""

from __future__ import annotations

import json
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from panah.library.extractors.confine import Limits
from panah.library.extractors.drawing import MARK
from panah.library.extractors.kinds import media_type
from panah.library.extractors.result import TALLEST, ExtractorCrashed, Picture, Pictures, Wanted, unpacked_pictures
from panah.library.extractors.supervisor import Refusal, Supervisor
from panah.library.pages.album import DRAWERS
from support.pictures import film, heic, pdf, picture, without_second_page
from support.workbench import DEMO

REPORT = DEMO / "papers" / "07-medical-report.pdf"
RED = (255, 0, 0)


@pytest.fixture(scope="module")
def supervisor():
    with Supervisor(DRAWERS, Limits(memory=1 << 29, seconds=5, output=1 << 26)) as running:
        yield running


@pytest.fixture
def draw(supervisor):
    def draw(content: bytes, *pages: int, width: int = 90, words: str = "", exact: bool = False):
        kind = media_type(content[:65536])
        wanted = Wanted(pages, width, words, exact)
        return supervisor.draw(wanted, media_type=kind, size=len(content), pieces=[content])

    return draw


def colours(drawn: Picture) -> dict[tuple[int, int, int], int]:
    """How often each colour stands on a picture."""
    picture = Image.frombytes("RGB", (drawn.width, drawn.height), drawn.pixels)
    return {colour: often for often, colour in picture.getcolors(1 << 24)}


class TestPdf:
    def test_is_drawn_page_by_page_as_wide_as_is_wanted(self, draw):
        drawn = draw(pdf((100, 200), (200, 100)), 2, 1)
        assert drawn.pages == 2
        assert [(each.width, each.height) for each in drawn.drawn] == [(90, 45), (90, 180)]
        assert colours(drawn.drawn[0]) == {RED: 90 * 45}

    def test_tells_how_many_pages_there_are_without_drawing_one(self, draw):
        assert draw(pdf(*[(100, 100)] * 3000)) == Pictures(3000, [])

    @pytest.mark.parametrize("page", [0, -1, 3, 2**31, 2**70])
    def test_has_no_picture_of_a_page_that_is_not_there(self, draw, page):
        assert draw(pdf((100, 100), (100, 100)), page).drawn == [Picture(0, 0, b"")]

    @pytest.mark.parametrize(
        "size", [(1e9, 1e9), (1, 1e9), (1e9, 1), (0, 0), (-100, 50), (0.0001, 0.0001), (14_400, 14_400), (3, 99_999)]
    )
    def test_of_any_size_is_a_picture_of_a_bearable_one(self, draw, size):
        [drawn] = draw(pdf(size), 1, width=900).drawn
        assert 0 < drawn.width <= 900
        assert 0 < drawn.height <= TALLEST

    @pytest.mark.parametrize(("words", "exact"), [("scar", False), ("one scar", True), ("sca* OR nothing", False)])
    def test_has_marks_where_the_words_stand(self, draw, words, exact):
        [plain], [marked] = (
            draw(REPORT.read_bytes(), 1, width=600, words=asked, exact=exact).drawn for asked in ("", words)
        )
        assert MARK not in colours(plain)
        assert colours(marked)[MARK] > 50

    @pytest.mark.parametrize("words", ['"', "zebra", "NOT scar", "(" * 40, "\ud800", "x" * 3000])
    def test_has_no_marks_where_nothing_is_asked_for_or_found(self, draw, words):
        assert MARK not in colours(draw(REPORT.read_bytes(), 1, width=300, words=words).drawn[0])

    def test_that_is_broken_is_refused_with_a_reason(self, draw):
        whole = pdf((100, 100))
        assert draw(whole[:60], 1).code == "document-broken"
        assert draw(b"%PDF-1.7\n", 1).code == "document-broken"

    def test_whose_page_is_broken_is_drawn_but_for_that_page(self, draw):
        drawn = draw(without_second_page(), 1, 2)
        assert (drawn.pages, [each.width for each in drawn.drawn]) == (2, [90, 0])

    def test_that_draws_for_ever_is_stopped_and_the_next_is_drawn(self):
        """Squares laid over each other, through which one sees: nothing of them may be left out."""
        slow = pdf((4000, 4000), content=b"/A gs 0.5 g " + b"0 0 4000 4000 re 1 1 3998 3998 re f* " * 400_000)
        with Supervisor(DRAWERS, Limits(memory=1 << 29, seconds=1, output=1 << 26)) as impatient:
            refused = impatient.draw(Wanted([1], 1800), media_type="application/pdf", size=len(slow), pieces=[slow])
            assert isinstance(refused, Refusal)
            assert refused.code in {"reading-too-long", "reading-too-costly"}
            after = pdf((100, 100))
            drawn = impatient.draw(Wanted([1], 90), media_type="application/pdf", size=len(after), pieces=[after])
            assert drawn.drawn[0].pixels


class TestPicture:
    @pytest.mark.parametrize("kind", ["PNG", "GIF", "TIFF", "JPEG", "WEBP", "HEIF"])
    def test_is_drawn_no_larger_than_it_is(self, draw, kind):
        drawn = draw(heic() if kind == "HEIF" else picture(kind), 1)
        assert (drawn.pages, drawn.drawn[0].width, drawn.drawn[0].height) == (1, 60, 40)
        [(red, green, blue)] = {max(colours(drawn.drawn[0]), key=colours(drawn.drawn[0]).get)}
        assert red > 240
        assert max(green, blue) < 16

    @pytest.mark.parametrize(
        ("mode", "colour"),
        [("RGBA", (255, 0, 0, 0)), ("LA", (0, 0)), ("1", 1), ("I;16", 65535), ("P", 0), ("CMYK", (0, 0, 0, 0))],
    )
    def test_of_every_kind_of_pixel_stands_on_white_paper(self, draw, mode, colour):
        content = picture("TIFF" if mode in {"CMYK", "I;16"} else "PNG", mode=mode, colour=colour)
        [drawn] = draw(content, 1).drawn
        assert len(colours(drawn)) == 1
        assert mode == "P" or set(colours(drawn)) == {(255, 255, 255)}

    def test_of_many_sheets_has_many_pages(self, draw):
        content = picture("TIFF", frames=3)
        assert [bool(each.pixels) for each in draw(content, 3, 4).drawn] == [True, False]
        assert draw(content).pages == 3

    @pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
    def test_that_moves_is_the_picture_that_it_begins_with(self, draw, kind):
        content = film(kind, "red", "blue", "lime")
        drawn = draw(content, 1, 2)
        assert (drawn.pages, [bool(each.pixels) for each in drawn.drawn]) == (1, [True, False])
        [(red, green, blue)] = {max(colours(drawn.drawn[0]), key=colours(drawn.drawn[0]).get)}
        assert red > 240
        assert max(green, blue) < 16

    def test_as_large_as_a_telephone_takes_them_is_drawn_in_time(self, draw):
        [drawn] = draw(heic((4032, 3024)), 1, width=900).drawn
        assert (drawn.width, drawn.height) == (900, 675)

    def test_is_turned_as_its_camera_was(self, draw):
        exif = Image.Exif()
        exif[0x0112] = 6
        [drawn] = draw(picture("JPEG", exif=exif), 1).drawn
        assert (drawn.width, drawn.height) == (40, 60)

    def test_of_a_billion_pixels_is_refused(self, draw):
        header = b"".join(map(_chunk, [(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))]))
        bomb = b"\x89PNG\r\n\x1a\n" + header + _chunk((b"IDAT", zlib.compress(bytes(100)))) + _chunk((b"IEND", b""))
        assert draw(bomb, 1).code == "document-bomb"

    @pytest.mark.parametrize("kind", ["PNG", "GIF", "TIFF", "JPEG", "WEBP"])
    @pytest.mark.parametrize("keep", [5, 20, 60])
    def test_that_is_cut_short_is_refused(self, draw, kind, keep):
        refused = draw(picture(kind, (300, 200), colour="blue")[:keep].ljust(16, b"\0"), 1)
        assert refused.code in {"document-broken", "kind-unknown", "kind-not-read"}


def _chunk(part: tuple[bytes, bytes]) -> bytes:
    name, content = part
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def framed(header: object, rest: bytes = b"") -> bytes:
    written = json.dumps(header).encode()
    return len(written).to_bytes(4, "big") + written + rest


class TestHeic:
    def test_that_is_cut_short_is_refused(self, draw):
        content = heic((300, 200))
        assert draw(content[: len(content) // 2], 1).code == "document-broken"

    def test_has_one_page(self, draw):
        drawn = draw(heic(), 1, 2)
        assert (drawn.pages, [bool(each.pixels) for each in drawn.drawn]) == (1, [True, False])


class TestForgedResults:
    """A process that a document took over hands over what it likes."""

    @pytest.mark.parametrize(
        ("header", "rest"),
        [
            ({"pages": 1, "sizes": [[2, 2]]}, bytes(11)),
            ({"pages": 1, "sizes": [[2, 2]]}, bytes(13)),
            ({"pages": 1, "sizes": [[91, 1]]}, bytes(273)),
            ({"pages": 1, "sizes": [[1, TALLEST + 1]]}, bytes(3 * TALLEST + 3)),
            ({"pages": 1, "sizes": [[-1, -1]]}, bytes(3)),
            ({"pages": -1, "sizes": [[1, 1]]}, bytes(3)),
            ({"pages": 1, "sizes": []}, b""),
            ({"pages": 1, "sizes": [[1, 1], [1, 1]]}, bytes(6)),
            ({"pages": 1, "sizes": [[1.5, 1]]}, bytes(3)),
            ({"pages": 1, "sizes": [[1]]}, bytes(3)),
            ({"pages": "1", "sizes": [[1, 1]]}, bytes(3)),
            ({"pages": 1, "sizes": [[1, 1]], "more": 1}, bytes(3)),
            ({"code": "x", "sentence": "y", "parts": []}, b"<script>"),
            ([], b""),
        ],
    )
    def test_are_none(self, header, rest):
        with pytest.raises(ExtractorCrashed):
            unpacked_pictures(framed(header, rest), Wanted([1], 90))

    @given(st.binary(max_size=200))
    def test_of_any_bytes_are_none(self, written):
        with pytest.raises(ExtractorCrashed):
            unpacked_pictures(written, Wanted([1], 90))

    def test_that_keep_to_the_letter_are_pixels_and_nothing_else(self):
        found = unpacked_pictures(framed({"pages": 7, "sizes": [[1, 2]]}, b"<html>"), Wanted([3], 90))
        assert found == Pictures(7, [Picture(1, 2, b"<html>")])
