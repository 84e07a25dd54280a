"""The pages of an Original beside its text: who sees them, what is kept of them, and what is never sent."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from panah.library.actions import erase
from panah.library.extractors.kinds import media_type
from panah.library.pages import album as albums
from panah.library.pages import turning
from panah.library.pages.album import Album, Marked, PageNotDrawn, PageUnknown, Size
from panah.library.pages.turning import beside, marked
from panah.team.actions import admit, join
from panah.team.models import LedgerLine
from panah.team.rules import Role
from support.members import signed_in
from support.pictures import heic, pdf, picture, without_second_page
from support.workbench import DEMO, Desk

PDF = "application/pdf"
REPORT = (DEMO / "papers" / "07-medical-report.pdf").read_bytes()


@pytest.fixture
def desk(member, readers):
    return Desk(member, readers)


@pytest.fixture(scope="module")
def album():
    return Album()


@pytest.fixture
def scan(desk):
    """Two sheets without a text: they are not read, and yet they can be looked at."""
    return desk.paper(pdf((100, 200), (200, 100)), path="scan.pdf", kind=PDF, title="A scan")


@pytest.fixture
def report(desk):
    return desk.paper(REPORT, path="report.pdf", kind=PDF, title="A report")


def size_of(png: bytes) -> tuple[int, int]:
    return Image.open(io.BytesIO(png), formats=["PNG"]).size


class TestAlbum:
    def test_has_each_page_in_three_sizes(self, album, scan):
        assert album.pages(scan.original) == 2
        sizes = [size_of(album.picture(scan.original, 2, size)) for size in Size]
        assert sizes == [(140, 70), (900, 450), (1800, 900)]

    @pytest.mark.parametrize("page", [0, 3, 10**30])
    def test_knows_no_page_that_is_not_there(self, album, scan, page):
        with pytest.raises(PageUnknown):
            album.picture(scan.original, page)

    def test_says_why_a_page_cannot_be_shown(self, album, desk):
        broken = desk.paper(b"%PDF-1.7\nbroken", path="broken.pdf", kind=PDF)
        with pytest.raises(PageNotDrawn, match="cannot be opened as a PDF"):
            album.picture(broken.original, 1)
        assert album.pages(broken.original) == 0

    def test_draws_small_pictures_together_and_asks_for_none_twice(self, desk, monkeypatch):
        papers = desk.paper(pdf(*[(100, 100)] * 30), path="many.pdf", kind=PDF, read=False)
        album, asked = Album(), []
        draw = album._supervisor.draw
        monkeypatch.setattr(
            album._supervisor, "draw", lambda wanted, **how: asked.append(wanted.pages) or draw(wanted, **how)
        )
        for page in (14, 13, 24, 14, 25):
            album.picture(papers.original, page, Size.SMALL)
        assert asked == [list(range(13, 25)), list(range(25, 37))]
        album.picture(papers.original, 14)
        album.picture(papers.original, 14)
        assert asked[2:] == [[14]]

    def test_keeps_no_more_than_there_is_room_for_and_nothing_for_long(self, scan, monkeypatch):
        album = Album()
        monkeypatch.setattr(albums, "MOST_BYTES", 3_000)
        for size in Size:
            album.picture(scan.original, 1, size, Marked("x" * size))
        assert album._bytes <= 3_000
        assert len(album._leaves) < 3
        monkeypatch.undo()
        monkeypatch.setattr(albums, "KEPT_SECONDS", -1)
        album.picture(scan.original, 2)
        assert album._kept(next(reversed(album._leaves))) is None

    def test_forgets_what_is_erased(self, desk, scan, monkeypatch):
        albums.ALBUM.picture(scan.original, 1)
        erase(compartment=scan.compartment)
        assert not [key for key in albums.ALBUM._leaves if key[0] == scan.compartment.pk]


class TestBeside:
    def test_is_the_page_with_those_around_it(self, desk):
        many = desk.paper(pdf(*[(100, 100)] * 30), path="many.pdf", kind=PDF, read=False)
        assert beside(many, 1) == (1, 30, 0, 2, range(1, 13))
        assert beside(many, 20) == (20, 30, 19, 21, range(15, 27))
        assert beside(many, 10**9) == (30, 30, 29, 0, range(19, 31))

    def test_is_nothing_where_there_are_no_pages(self, desk):
        assert beside(desk.paper("Words."), 1) is None
        assert beside(desk.paper(b"%PDF-1.7\n", path="x.pdf", kind=PDF), 1) is None

    def test_marks_of_a_quotation_what_stands_on_the_page(self, report):
        second = report.reading.pages[1]
        assert marked(report, 1, q="scar", quoted="0-40") == Marked(
            "Invented paper for the demonstration of ", exact=True
        )
        assert marked(report, 2, q="scar", quoted=f"0-{second + 4}").words.strip()
        assert marked(report, 2, q="scar", quoted="0-40") == Marked()
        for nonsense in ("", "-", "9-3", "x-y", f"0-{'9' * 30}"):
            assert marked(report, 1, q="scar", quoted=nonsense) == Marked("scar")


class TestPages:
    def test_show_the_original_beside_the_text_and_lead_on(self, desk, report):
        client = signed_in(desk.member)
        page = client.get(f"/library/documents/{report.pk}?page=2").content.decode()
        assert f"/library/documents/{report.pk}/pages/2/picture" in page
        assert "Page 2 of 2" in page
        assert '?page=1#page-1"' in page
        large = client.get(f"/library/documents/{report.pk}/pages/2")
        assert "size=large" in large.content.decode()

    def test_of_a_scan_are_shown_though_nobody_could_read_it(self, desk, scan):
        page = signed_in(desk.member).get(f"/library/documents/{scan.pk}").content.decode()
        assert "nothing-to-read" in page
        assert "/pages/1/picture" in page

    def test_are_sent_as_png_that_no_browser_keeps(self, desk, report):
        answer = signed_in(desk.member).get(f"/library/documents/{report.pk}/pages/1/picture?q=scar&size=small")
        assert answer.headers["Content-Type"] == "image/png"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert size_of(answer.content)[0] == 140

    def test_of_a_picture_are_made_anew(self, desk):
        """Whatever stands in the file beside its pixels stays there."""
        photo = desk.paper(
            picture("PNG") + b"<script>alert(1)</script>", path="photo.png", kind="image/png", read=False
        )
        answer = signed_in(desk.member).get(f"/library/documents/{photo.pk}/pages/1/picture")
        assert size_of(answer.content) == (60, 40)
        assert b"script" not in answer.content

    @pytest.mark.parametrize("address", ["pages/3", "pages/0", "pages/3/picture", f"pages/{10**40}/picture"])
    def test_that_are_not_there_are_not_found(self, desk, scan, address):
        assert signed_in(desk.member).get(f"/library/documents/{scan.pk}/{address}").status_code == 404

    def test_say_why_a_page_cannot_be_shown(self, desk):
        broken = desk.paper(without_second_page(), path="broken.pdf", kind=PDF)
        answer = signed_in(desk.member).get(f"/library/documents/{broken.pk}/pages/2")
        assert (answer.status_code, "page-not-drawn" in answer.content.decode()) == (409, True)

    @pytest.mark.parametrize("address", ["", "/picture", "/picture?size=small"])
    def test_do_not_exist_for_a_stranger(self, report, now, address):
        stranger = join(name="Invented Stranger", now=now)
        albums.ALBUM.picture(report.original, 1, Size.SMALL)
        assert signed_in(stranger).get(f"/library/documents/{report.pk}/pages/1{address}").status_code == 404

    def test_are_a_look_at_the_document(self, desk, report, now):
        reader = join(name="Invented Reader", now=now)
        admit(compartment=report.compartment, member=reader, role=Role.READER, **desk.act)
        assert signed_in(reader).get(f"/library/documents/{report.pk}/pages/1/picture").status_code == 200
        assert LedgerLine.objects.order_by("-seq").first().verb == "looked at"

    @pytest.mark.parametrize("kind", ["WEBP", "HEIF"])
    def test_of_a_photograph_stand_beside_its_text(self, desk, kind):
        content = heic() if kind == "HEIF" else picture(kind)
        photo = desk.paper(content, path="photo", kind=media_type(content))
        client = signed_in(desk.member)
        assert (
            f"/library/documents/{photo.pk}/pages/1/picture"
            in client.get(f"/library/documents/{photo.pk}").content.decode()
        )
        answer = client.get(f"/library/documents/{photo.pk}/pages/1/picture")
        assert size_of(answer.content) == (60, 40)

    def test_of_a_photograph_that_nothing_here_opens_say_what_to_do(self, desk, monkeypatch):
        photo = desk.paper(heic(), path="photo.heic", kind="image/heic")
        monkeypatch.setattr(turning, "opens_heic", lambda: False)
        page = signed_in(desk.member).get(f"/library/documents/{photo.pk}").content.decode()
        assert "make ocr" in page
        assert "/pages/1/picture" not in page
