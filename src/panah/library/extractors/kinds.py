"""What kind of thing some bytes are: told by the bytes, never by the name of the file."""

from __future__ import annotations

import re
import struct

from panah.library.extractors import texts

HEAD = 64 * 1024
"""How many of the first, and of the last, bytes are looked at."""

PLAIN, HTML, XML, MAIL, PDF = texts.PLAIN, "text/html", "application/xml", "message/rfc822", "application/pdf"
HOCR, DBF = "text/vnd.hocr+html", "application/vnd.dbf"
_OFFICE = "application/vnd.openxmlformats-officedocument"
DOCX, XLSX, PPTX = (
    f"{_OFFICE}.{kind}" for kind in ("wordprocessingml.document", "spreadsheetml.sheet", "presentationml.presentation")
)
ODT, ODS, ODP = (f"application/vnd.oasis.opendocument.{kind}" for kind in ("text", "spreadsheet", "presentation"))
EPUB, RTF = "application/epub+zip", "application/rtf"
XLS, XLSB = "application/vnd.ms-excel", "application/vnd.ms-excel.sheet.binary.macroenabled.12"
MSG, PST = "application/vnd.ms-outlook", "application/vnd.ms-outlook-pst"
OLE = "application/x-ole-storage"
MBOX, ZIP, TAR = "application/mbox", "application/zip", "application/x-tar"
GZIP, BZIP2, XZ = "application/gzip", "application/x-bzip2", "application/x-xz"
WARC, ARC, WACZ = "application/warc", "application/x-internet-archive", "application/wacz"
PNG, JPEG, TIFF, GIF, WEBP, HEIC = (f"image/{kind}" for kind in ("png", "jpeg", "tiff", "gif", "webp", "heic"))
UNKNOWN = "application/octet-stream"
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/tiff", "image/webp"})
DRAWN = PICTURES | {PDF, HEIC}
"""What is made of pages, or is one, and can be drawn."""

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"GIF8", GIF),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"\x1f\x8b", GZIP),
    (b"PK\x05\x06", ZIP),
    (b"BZh", BZIP2),
    (b"\xfd7zXZ\0", XZ),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"!BDN", PST),
    (b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3", "application/onenote"),
    (b"AC10", "image/vnd.dwg"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (b"WARC/", WARC),
    (b"filedesc://", ARC),
    (b"{\\rtf", RTF),
    (b"%!PS", "application/postscript"),
)
_LATER = (  # not at the first byte
    (257, b"ustar", TAR),
    (8, b"WEBPVP8", WEBP),
    *((4, b"ftyp" + brand, HEIC) for brand in (b"heic", b"heix", b"hevc", b"mif1", b"msf1")),
    (4, b"ftyp", "video/mp4"),
)
_ZIPPED = (  # by the name of a part, or by the first part's content, which is the kind; not all programs write that one
    (b"word/document.xml", DOCX),
    (b"xl/workbook.xml", XLSX),
    (b"xl/workbook.bin", XLSB),
    (b"ppt/presentation.xml", PPTX),
    *((b"mimetype" + kind.encode(), kind) for kind in (EPUB, ODT, ODS, ODP)),
    (b"META-INF/container.xml", EPUB),
    (b"META-INF/manifest.xml", ODT),
    (b"datapackage.json", WACZ),
)
_STREAMS = tuple(
    (f"{name}\0".encode("utf-16-le"), kind)
    for name, kind in (
        ("Workbook", XLS),
        ("__properties_version1.0", MSG),
        ("WordDocument", "application/msword"),
        ("PowerPoint Document", "application/vnd.ms-powerpoint"),
        ("Quill", "application/x-mspublisher"),
        ("SwDocContentMgr", "application/sldworks"),
        ("SwDocMgrTempStorage", "application/sldworks"),
        ("VisioDocument", "application/vnd.visio"),
    )
)
_HTML = re.compile(
    rb"\s*+(?:<\?xml[^>]*+>\s*+)?+(?:(?><!--.*?-->)\s*+)*+"
    rb"<(?:!doctype\s+html|html|head|body|title|meta|link|script|style|base|h[1-6]|p|div|table|article|section|main|"
    rb"span|ul|ol|center|font|br|blockquote|pre)\b",
    re.IGNORECASE | re.DOTALL,
)
"""Nothing in it is tried twice: bytes that nobody wrote must not keep us busy."""
_XML = re.compile(rb"\s*<\?xml\s", re.IGNORECASE)
_HEADER = re.compile(rb"(?:[!-9;-~]+[ \t]*:[^\n]*|From [^\n]*|[ \t][^\n]*|>?[!-9;-~]+:[^\n]*)")
_OF_MAIL = re.compile(
    rb"(?im)^(from|to|cc|subject|date|received|message-id|mime-version|return-path|delivered-to|reply-to|sender|"
    rb"content-type|content-transfer-encoding|x-[\w-]+)[ \t]*:"
)
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SIGNED = re.compile(
    rb"\x30[\x80-\x84][\x00-\xff]{0,4}?\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07([\x02\x03])", re.DOTALL
)
"""What S/MIME signs or encrypts a message with (RFC 5652): the identifier of signed or of enveloped contents."""
_HOCR = re.compile(rb"""class\s*=\s*["']ocr_page\b|name\s*=\s*["']ocr-system["']""")
_DBF_FIELD = re.compile(rb"[A-Z_][A-Z0-9_]{0,10}\x00{1,11}[BCDFGILMNOPQTVWY0+@]", re.IGNORECASE)
_CONTROLS = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f]")


_CALLED = {
    "application/msword": "Word before 2007",
    "application/vnd.ms-powerpoint": "PowerPoint before 2007",
    "application/x-mspublisher": "Publisher",
    "application/vnd.visio": "Visio",
    "application/sldworks": "a drawing of SolidWorks",
    "application/onenote": "OneNote",
    "image/vnd.dxf": "a drawing, DXF",
    "image/vnd.dwg": "a drawing of AutoCAD",
    "application/vnd.sqlite3": "a database of SQLite",
    "application/postscript": "PostScript",
    "application/vnd.rar": "a RAR archive",
    "video/mp4": "a video",
    "application/pkcs7-signature": "the signature of a message, S/MIME",
    "application/pkcs7-mime": "an encrypted message, S/MIME",
    OLE: "a compound file of a program that Panah does not know",
}


def called(media_type: str) -> str:
    """What people call this kind of thing; its media type where they have no name for it."""
    return _CALLED.get(media_type, media_type)


def media_type(head: bytes, tail: bytes = b"") -> str:
    """The media type of something that begins with `head` and ends with `tail`; `UNKNOWN` where we cannot tell."""
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(b"PK\x03\x04"):
        return next((kind for name, kind in _ZIPPED if name in head or name in tail), ZIP)
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return _in_compound(head, tail) if kind == OLE else kind
    for at, magic, kind in _LATER:
        if head.startswith(magic, at):
            return kind
    if signed := _SIGNED.match(head):
        return "application/pkcs7-signature" if signed[1] == b"\x02" else "application/pkcs7-mime"
    return DBF if _is_dbf(head) else _textual(head)


def _in_compound(head: bytes, tail: bytes) -> str:
    """What a compound file of Microsoft's holds, by the name of its main stream, where that stands in what is looked at."""
    return next((kind for name, kind in _STREAMS if name in head or name in tail), OLE)


def unicode_of(content: bytes) -> str:
    """Which encoding of Unicode the bytes would be: by their byte order mark, else as they look.

    UTF-16 without its mark shows by its zeros: every other byte tends to be one. All else is taken for UTF-8.
    """
    if marked := next((name for mark, name in _MARKS if content.startswith(mark)), None):
        return marked
    sample = content[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if len(sample) > 3 and max(even, odd) * 5 > len(sample):
        return "utf-16-be" if even > odd else "utf-16-le"
    return "utf-8"


def _textual(head: bytes) -> str:
    """Text of some kind, or unknown. UTF-16 is looked at as UTF-8."""
    encoding = unicode_of(head)
    plain = head if encoding == "utf-8" else head.decode(encoding, "ignore").encode()
    if len(_CONTROLS.findall(plain)) * 100 > len(plain):
        return UNKNOWN
    if _is_mail(plain):
        return MBOX if plain.startswith(b"From ") else MAIL
    if _HTML.match(plain):
        return HOCR if _HOCR.search(plain) else HTML
    if _XML.match(plain):
        page = HOCR if _HOCR.search(plain) else HTML
        return page if re.search(rb"<html\b", plain[:2000], re.IGNORECASE) else XML
    return texts.kind(plain.decode("utf-8", "replace"), is_whole=len(head) < HEAD)


def _is_dbf(head: bytes) -> bool:
    """A dBASE table: a date of its last change, a length of its header that fits, and a first field with a name and a type."""
    if len(head) < 66 or head[0] & 0x7 not in {0, 1, 2, 3, 4, 5} or not (1 <= head[2] <= 12 and 1 <= head[3] <= 31):
        return False
    (length,) = struct.unpack_from("<H", head, 8)
    return (
        length >= 65
        and bool(_DBF_FIELD.match(head, 32))
        and (length > len(head) or b"\r" in head[length - 265 : length])
    )


def _is_mail(head: bytes) -> bool:
    """At least two header fields that mail has, among unbroken header lines from the first line on."""
    lines = head.replace(b"\r\n", b"\n").lstrip(b"\n").split(b"\n")[:200]
    headers: list[bytes] = []
    for line in lines:
        if not _HEADER.fullmatch(line):
            break
        headers.append(line)
    return len({name.lower() for name in _OF_MAIL.findall(b"\n".join(headers))}) >= 2
