"""Documents that were made to hurt, and bytes that nobody made: each is a text or one refusal, and the next one is read."""

import io
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panah.library.extractors.kinds import (
    ARC,
    BZIP2,
    DBF,
    DOCX,
    EPUB,
    GIF,
    GZIP,
    HEIC,
    HOCR,
    HTML,
    JPEG,
    MAIL,
    MBOX,
    MSG,
    ODS,
    ODT,
    PDF,
    PLAIN,
    PNG,
    PPTX,
    PST,
    RTF,
    TAR,
    TIFF,
    UNKNOWN,
    WACZ,
    WARC,
    WEBP,
    XLS,
    XLSB,
    XLSX,
    XML,
    XZ,
    ZIP,
    media_type,
)  # fmt: skip
from panah.library.extractors.supervisor import Refusal, Text
from panah.library.extractors.texts import CALENDAR, CHAT, CSV, JSON, VCARD
from support.depth import tried

PACKED = [DOCX, XLSX, XLSB, ODS, PPTX, ODT, EPUB]
HOLDING = [ZIP, TAR, GZIP, BZIP2, XZ, WARC, ARC, WACZ]
TOLD = [MSG, PST, CHAT, CSV, JSON, VCARD, CALENDAR, HOCR, DBF]
PICTURES = [PNG, JPEG, TIFF, GIF, WEBP, HEIC]
KINDS = [PLAIN, HTML, XML, MAIL, MBOX, PDF, RTF, XLS, *TOLD, *PACKED, *HOLDING, *PICTURES]
MEGABYTE = 1 << 20
LOG = b"a line of the log of a ship that never came home\n" * 21_400
"""A megabyte."""


def archive(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as written:
        for name, content in parts.items():
            written.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def is_whole(outcome):
    """A refusal with a code and a sentence; or a text in UTF-8 whose paragraphs and pages lie in it."""
    if isinstance(outcome, Refusal):
        return bool(outcome.code and outcome.sentence)
    length = len(outcome.content)
    places = [place for paragraph in outcome.paragraphs for place in paragraph]
    return places == sorted(places) and all(0 <= place <= length for place in [*places, *outcome.pages]) and places


@pytest.fixture
def survived(read):
    """What becomes of a document; after it another one of the same kind must still be read."""

    def reading(kind, content):
        outcome = read(kind, content)
        assert is_whole(outcome)
        assert read(PLAIN, b"next").content == b"next"
        return outcome

    return reading


class TestHostileDocuments:
    @pytest.mark.parametrize("kind", KINDS)
    def test_nothing_at_all_is_empty(self, survived, kind):
        assert survived(kind, b"").code == "document-empty"

    @pytest.mark.parametrize("kind", KINDS)
    @pytest.mark.parametrize(
        "content",
        [
            b" \n",
            bytes(1000),
            bytes(range(256)) * 10,
            b"PK\x03\x04" + bytes(100),
            b"%PDF-1.7\n" + b"<" * 5000,
            b"<" * 100_000,
        ],
        ids=["spaces", "zeros", "noise", "a beginning of a ZIP", "a beginning of a PDF", "open brackets"],
    )
    def test_bytes_of_another_kind_are_text_or_one_refusal(self, survived, kind, content):
        assert survived(kind, content)

    @pytest.mark.parametrize("kind", [PDF, XML, XLS, *PACKED, *HOLDING, *PICTURES])
    def test_words_that_are_no_document_are_refused(self, survived, kind):
        assert survived(kind, b"only words").code == "document-broken"

    @pytest.mark.parametrize("kind", PACKED)
    def test_a_photograph_archive_called_a_document_is_refused(self, survived, kind):
        assert survived(kind, archive(**{"a.jpg": b"\xff\xd8\xff"})).code == "document-broken"

    @pytest.mark.parametrize("kind", PACKED)
    def test_an_archive_that_unpacks_to_far_more_is_refused(self, survived, kind):
        bomb = archive(word__document=b"", **{"word__media.bin": bytes(201 * MEGABYTE)})
        assert len(bomb) < 2 * MEGABYTE
        assert survived(kind, bomb).code == "document-bomb"

    @pytest.mark.parametrize("cell", ["XFD1048576", "A1048576", "ZZZZZZ99999999999", "1", ""])
    def test_a_sheet_with_one_cell_far_away_is_read_or_refused(self, survived, cell):
        content = io.BytesIO()
        book = openpyxl.Workbook()
        book.active["A1"], book.active["B2"] = "near", "far"
        book.save(content)
        with zipfile.ZipFile(content) as saved:
            parts = {name: saved.read(name) for name in saved.namelist()}
        sheet = parts["xl/worksheets/sheet1.xml"].replace(b'r="B2"', f'r="{cell}"'.encode())
        assert survived(XLSX, archive(**parts | {"xl/worksheets/sheet1.xml": sheet}))

    @pytest.mark.parametrize(
        "content",
        [
            b"<div>" * 200_000 + b"words",
            b"<table><tr><td>" * 30_000 + b"words",
            b"<b><i><a href=x>" * 20_000 + b"words",
            b"<p hidden>" * 2000 + b"words",
            b"<script>" * 50_000 + b"words",
            b"<!--" * 50_000 + b"words",
            b"&" * 500_000,
            b"<p " + b"a=b " * 200_000 + b">words",
        ],
        ids=["boxes", "tables", "inline", "hidden", "scripts", "comments", "ampersands", "attributes"],
    )
    def test_a_page_nested_or_spun_out_without_end_is_text_or_one_refusal(self, survived, content):
        assert survived(HTML, content)

    def test_markup_nested_without_end_is_refused(self, survived):
        assert survived(XML, b"<a>" * 1_000_000).code == "document-bomb"

    @pytest.mark.parametrize(
        ("kind", "content"),
        [
            (CHAT, b"23/01/19, 11:25 - A: " + b"x\n" * 400_000),
            (CHAT, b"23/01/19, 11:25 - " * 60_000),
            (CHAT, b"23/01/19, 1:25 " + b"a" * 500_000),
            (JSON, b'{"a": ' * 300_000),
            (JSON, b'{"a": 1' + b"0" * 500_000 + b"}"),
            (CSV, b'a,"b\n' * 100_000),
            (VCARD, b"BEGIN:VCARD\n" + b"NOTE;A=B;" * 50_000 + b":x"),
            (VCARD, b"BEGIN:VCARD\n" + b"NOTE;ENCODING=QUOTED-PRINTABLE:=\n=\n" * 30_000),
            (VCARD, b"BEGIN:VCARD\nNOTE:x\n" + b" y\n" * 200_000),
            (DBF, b"\x03\x77\x01\x17" + b"\xff" * 28 + b"NAME\0\0\0\0\0\0\0C" + bytes(20) + b"\r" * 70_000),
        ],
    )
    def test_a_chat_or_a_table_spun_out_without_end_is_text_or_one_refusal(self, survived, kind, content):
        assert survived(kind, content)

    @pytest.mark.attack
    def test_mail_of_very_many_parts_is_read_as_far_as_it_goes(self, survived):
        parts = b"--x\n\nwords\n" * 50_000
        found = survived(MAIL, b"From: a\nTo: b\nContent-Type: multipart/mixed; boundary=x\n\n" + parts)
        assert b"[Not read: more than 20000 parts]" in found.content


@pytest.mark.attack
class TestLargeDocuments:
    """A hundred megabytes: read where memory allows it, else refused; never a crash."""

    @pytest.mark.parametrize(
        ("kind", "head"),
        [(HTML, b"<p>"), (XML, b"<a>"), (MAIL, b"From: a\nTo: b\n\n"), (PDF, b"%PDF-1.7\n"), (DOCX, b"PK\x03\x04")],
        ids=["HTML", "XML", "mail", "PDF", "Word"],
    )
    def test_are_text_or_one_refusal(self, supervisor, survived, kind, head):
        pieces = [head, *[LOG] * 100]
        outcome = supervisor.read(media_type=kind, size=sum(map(len, pieces)), pieces=pieces)
        assert isinstance(outcome, Text) or outcome.code in {"reading-too-costly", "document-broken"}
        assert survived(PLAIN, b"words").content == b"words"

    def test_plain_text_is_read(self, supervisor, survived):
        pieces = [LOG] * 40
        outcome = supervisor.read(media_type=PLAIN, size=sum(map(len, pieces)), pieces=pieces)
        assert outcome.content == b"".join(pieces)
        assert survived(PLAIN, b"words").content == b"words"


class TestAnyBytes:
    @pytest.mark.parametrize("kind", KINDS)
    @settings(deadline=None, max_examples=tried(6))
    @given(content=st.binary(min_size=1, max_size=300))
    def test_are_a_text_or_one_refusal(self, read, kind, content):
        assert is_whole(read(kind, content))

    @settings(deadline=None, max_examples=tried(20))
    @given(content=st.one_of(st.binary(min_size=1, max_size=300), st.text(min_size=1).map(str.encode)))
    def test_are_a_text_or_one_refusal_as_what_they_look_like(self, read, content):
        kind = media_type(content)
        outcome = read(kind, content)
        assert is_whole(outcome)
        assert kind != UNKNOWN or outcome.code == "kind-unknown"
