"""What some bytes are is told by the bytes, never by a name."""

import io
import subprocess
import sys
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.library.extractors.kinds import DOCX, HEAD, HTML, MAIL, PDF, PLAIN, UNKNOWN, XML, media_type

UYGHUR = "ئۇيغۇرلار پاناھلىق تىلىدى. "
CHINESE = "难民申请庇护，害怕被遣返。"


def archive(*names, stored=()):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in stored:
            written.writestr(name, content, zipfile.ZIP_STORED)
        for name in names:
            written.writestr(name, "x" * 100)
    return out.getvalue()


OFFICE = "application/vnd.openxmlformats-officedocument"
ZIPPED = {
    "Word": (archive("[Content_Types].xml", "word/document.xml"), DOCX),
    "Excel": (archive("[Content_Types].xml", "xl/workbook.xml"), f"{OFFICE}.spreadsheetml.sheet"),
    "PowerPoint": (archive("ppt/presentation.xml"), f"{OFFICE}.presentationml.presentation"),
    "EPUB": (archive(stored=[("mimetype", "application/epub+zip")]), "application/epub+zip"),
    "OpenDocument": (
        archive(stored=[("mimetype", "application/vnd.oasis.opendocument.text")]),
        "application/vnd.oasis.opendocument.text",
    ),
    "EPUB whose first part is another": (archive("OEBPS/a.html", "META-INF/container.xml"), "application/epub+zip"),
    "OpenDocument that does not say of what kind": (
        archive("content.xml", "META-INF/manifest.xml"),
        "application/vnd.oasis.opendocument.text",
    ),
    "web archive": (archive("datapackage.json", "archive/data.warc.gz"), "application/wacz"),
    "photographs": (archive("a.jpg", "b.jpg"), "application/zip"),
}

BINARY = {
    "PDF": (b"%PDF-1.7\n%\xe2\xe3", PDF),
    "PDF behind a header of a scanner": (b"\x00\x01scan" * 50 + b"%PDF-1.4", PDF),
    "PNG": (b"\x89PNG\r\n\x1a\n\0\0", "image/png"),
    "WebP": (b"RIFF\x24\0\0\0WEBPVP8 ", "image/webp"),
    "JPEG": (b"\xff\xd8\xff\xe0\0\x10JFIF", "image/jpeg"),
    "GIF": (b"GIF89a", "image/gif"),
    "TIFF": (b"II*\0\x08", "image/tiff"),
    "TIFF, big-endian": (b"MM\0*", "image/tiff"),
    "HEIC": (b"\0\0\0\x18ftypheic", "image/heic"),
    "MP4": (b"\0\0\0\x18ftypmp42", "video/mp4"),
    "gzip": (b"\x1f\x8b\x08", "application/gzip"),
    "7-Zip": (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    "RAR": (b"Rar!\x1a\x07\x01\0", "application/vnd.rar"),
    "old Excel": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "Workbook".encode("utf-16-le") + bytes(9),
        "application/vnd.ms-excel",
    ),
    **{
        name: (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream.encode("utf-16-le") + bytes(9), kind)
        for name, stream, kind in (
            ("Outlook's message", "__properties_version1.0", "application/vnd.ms-outlook"),
            ("old Word", "WordDocument", "application/msword"),
            ("old PowerPoint", "PowerPoint Document", "application/vnd.ms-powerpoint"),
            ("Publisher", "Quill", "application/x-mspublisher"),
            ("SolidWorks", "SwDocContentMgr", "application/sldworks"),
        )
    },
    "a compound file of another kind": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    "Outlook": (b"!BDN\0", "application/vnd.ms-outlook-pst"),
    "a signature": (bytes.fromhex("308006092a864886f70d010702a080"), "application/pkcs7-signature"),
    "an encrypted message": (bytes.fromhex("3082010006092a864886f70d010703a0"), "application/pkcs7-mime"),
    "OneNote": (bytes.fromhex("e4525c7b8cd8a74daeb15378d02996d3") + bytes(9), "application/onenote"),
    "SQLite": (b"SQLite format 3\0", "application/vnd.sqlite3"),
    "web archive": (b"WARC/1.1\r\n", "application/warc"),
    "RTF": (b"{\\rtf1\\ansi", "application/rtf"),
    "PostScript": (b"%!PS-Adobe-3.0", "application/postscript"),
    "zeros": (bytes(100), UNKNOWN),
    "noise": (bytes(range(256)), UNKNOWN),
    "text with many controls": (b"ab\x01\x02\x03" * 20, UNKNOWN),
}

TEXTUAL = {
    "nothing": (b"", PLAIN),
    "words": (b"The applicant fears return.", PLAIN),
    "Uyghur": (UYGHUR.encode(), PLAIN),
    "windows-1251": ("Беженцы просят убежища".encode("windows-1251"), PLAIN),
    "GB 18030": (CHINESE.encode("gb18030"), PLAIN),
    "byte order mark": ("\ufeffwords".encode(), PLAIN),
    "UTF-16": ("The applicant".encode("utf-16"), PLAIN),
    "UTF-16 in Uyghur": ((UYGHUR * 5).encode("utf-16"), PLAIN),
    "UTF-16 in Chinese": ((CHINESE * 5).encode("utf-16"), PLAIN),
    "UTF-16, big-endian": ("\ufeffThe applicant".encode("utf-16-be"), PLAIN),
    "UTF-16 without a mark": ("The applicant fears return".encode("utf-16-le"), PLAIN),
    "UTF-16, big-endian, without a mark": ("The applicant fears return".encode("utf-16-be"), PLAIN),
    "a form feed": (b"page\x0cpage", PLAIN),
    "terminal colours": (b"\x1b[31mred\x1b[0m", PLAIN),
    "one stray control": (b"word " * 100 + b"\x01", PLAIN),
    "HTML": (b"<!DOCTYPE html><html><p>x", HTML),
    "HTML in capitals": (b"<HTML><BODY>", HTML),
    "HTML after spaces and a comment": (b"\n  <!-- saved from url -->\n<html>", HTML),
    "HTML that is a fragment": (b"<p>words</p>", HTML),
    "XHTML": (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x"><html xmlns="y">', HTML),
    "XHTML with another type": (b'<?xml version="1.0"?><!DOCTYPE something><html>', HTML),
    "HTML in UTF-16": ("<html><p>x".encode("utf-16"), HTML),
    "HTML in UTF-16 in Uyghur": (f"<html><p>{UYGHUR * 5}".encode("utf-16"), HTML),
    "XML": (b"<?xml version='1.0'?><judgment>", XML),
    "XML with a mark": (b"\xef\xbb\xbf<?xml version='1.0'?><a/>", XML),
    "XML that names HTML far down": (b"<?xml version='1.0'?><a>" + b" " * 3000 + b"<html>", XML),
    "a sign, not a tag": (b"<3 <pre-trial", PLAIN),
    "mail": (b"From: a@example.org\r\nTo: b@example.org\r\nSubject: x\r\n\r\nwords", MAIL),
    "mail with a folded header": (b"Subject: a\n b\nFrom: c\n\nwords", MAIL),
    "mail that only a program wrote": (b"X-Mailer: y\nMessage-ID: <1@example.org>\n\nwords", MAIL),
    "mail with its envelope": (
        b"From a@example.org Fri Mar  1 10:00:00 2019\nFrom: a\nTo: b\n\nwords",
        "application/mbox",
    ),
    "mailbox": (
        b"From a Fri Mar  1 10:00:00 2019\nFrom: a\nTo: b\n\nwords\n\nFrom b Fri Mar  1 11:00:00 2019\nFrom: b\nTo: a\n\nx",
        "application/mbox",
    ),
    "a letter that begins like mail": (b"Subject: your decision\n\nDear Sir", PLAIN),
    "a drawing": (b"  0\r\nSECTION\r\n  2\r\nHEADER\r\n", "image/vnd.dxf"),
    "a drawing with a remark": (b"999\nmade by x\n0\nSECTION\n2\nHEADER\n", "image/vnd.dxf"),
    "a play": (b"From: the beginning\nwords", PLAIN),
    "a list of terms": (b"Term: meaning\nOther: meaning\n", PLAIN),
}


class TestMediaType:
    @pytest.mark.parametrize(("content", "kind"), BINARY.values(), ids=BINARY)
    def test_of_what_programs_read(self, content, kind):
        assert media_type(content) == kind

    @pytest.mark.parametrize(("content", "kind"), ZIPPED.values(), ids=ZIPPED)
    def test_of_what_is_packed(self, content, kind):
        assert media_type(content[:HEAD], content[-HEAD:]) == kind

    def test_of_a_large_word_file_is_told_by_its_directory(self):
        """LibreOffice writes the text behind the pictures: its name may stand only at the end."""
        large = archive("word/document.xml", stored=[("word/media/picture.png", bytes(2 * HEAD))])
        assert media_type(large[:HEAD]) == "application/zip"
        assert media_type(large[:HEAD], large[-HEAD:]) == DOCX

    @pytest.mark.parametrize(("content", "kind"), TEXTUAL.values(), ids=TEXTUAL)
    def test_of_text(self, content, kind):
        assert media_type(content) == kind

    @given(st.binary(max_size=400), st.binary(max_size=100))
    def test_is_told_of_any_bytes(self, head, tail):
        assert "/" in media_type(head, tail)

    @given(st.text(), st.sampled_from(["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"]))
    def test_is_told_of_any_text_in_any_encoding(self, text, encoding):
        assert "/" in media_type(text.encode(encoding))

    def test_is_told_of_bytes_that_would_tire_a_pattern(self):
        """In a process of its own, which is ended where it does not end by itself."""
        told = subprocess.run([sys.executable, "-c", TIRING], capture_output=True, text=True, timeout=60, check=True)
        assert "/" in told.stdout


TIRING = """
from panah.library.extractors.kinds import HEAD, media_type
for head in (
    b"<!-- -->" * 8000, b"<!-- --> " * 7000 + b"<p>", b"<!--" * 20_000, b"<!-- a" * 10_000, b"<?xml " * 10_000,
    b" " * HEAD + b"<html", b"\\n" * HEAD, b"a:" * 30_000, b":\\n" * 30_000, b"a: b\\n " * 10_000, b"From " * 12_000,
    b"23/01/19, 11:25 - " * 4000, b"23/01/19, 1:25 " + b"a " * 30_000, b"1/1/1 a.a.a.a.a.a.a. " * 3000, b'["' + b"\\\\" * 30_000,
    b'["a", ' * 10_000 + b"x", b"999\\nx\\n" * 8000, b"0 \\n \\n" * 10_000, b'a,"' * 20_000, b"a,b\\n" * 15_000, b"[1.1.1, a" * 8000,
    b"From a 2019\\nFrom: a\\nTo: b\\n" + b"\\n\\nFrom 1111 2019 11111111111111" * 1000, b"\\x00a" * 30_000,
):
    print(media_type(head[:HEAD]))
"""
