"""What kind of thing some bytes are: told by the bytes, never by the name of the file."""

from __future__ import annotations

import re

HEAD = 64 * 1024
"""How many of the first, and of the last, bytes are looked at."""

PLAIN, HTML, XML, MAIL, PDF = "text/plain", "text/html", "application/xml", "message/rfc822", "application/pdf"
_OFFICE = "application/vnd.openxmlformats-officedocument"
DOCX, XLSX, PPTX = (
    f"{_OFFICE}.{kind}" for kind in ("wordprocessingml.document", "spreadsheetml.sheet", "presentationml.presentation")
)
ODT, ODS, ODP = (f"application/vnd.oasis.opendocument.{kind}" for kind in ("text", "spreadsheet", "presentation"))
EPUB, RTF = "application/epub+zip", "application/rtf"
XLS, XLSB = "application/vnd.ms-excel", "application/vnd.ms-excel.sheet.binary.macroenabled.12"
OLE = "application/x-ole-storage"
MBOX, ZIP, TAR = "application/mbox", "application/zip", "application/x-tar"
GZIP, BZIP2, XZ = "application/gzip", "application/x-bzip2", "application/x-xz"
WARC, ARC, WACZ = "application/warc", "application/x-internet-archive", "application/wacz"
UNKNOWN = "application/octet-stream"

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"\x1f\x8b", GZIP),
    (b"PK\x05\x06", ZIP),
    (b"BZh", BZIP2),
    (b"\xfd7zXZ\0", XZ),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"!BDN", "application/vnd.ms-outlook-pst"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (b"WARC/", WARC),
    (b"filedesc://", ARC),
    (b"{\\rtf", RTF),
    (b"%!PS", "application/postscript"),
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
_STREAMS = (("Workbook\0".encode("utf-16-le"), XLS),)
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
_CONTROLS = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f]")


def media_type(head: bytes, tail: bytes = b"") -> str:
    """The media type of something that begins with `head` and ends with `tail`; `UNKNOWN` where we cannot tell."""
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(b"PK\x03\x04"):
        return next((kind for name, kind in _ZIPPED if name in head or name in tail), ZIP)
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return _in_compound(head, tail) if kind == OLE else kind
    if head[257:262] == b"ustar":
        return TAR
    if head[4:8] == b"ftyp":
        return "image/heic" if head[8:12] in {b"heic", b"heix", b"mif1"} else "video/mp4"
    return _textual(head)


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
        return HTML
    if _XML.match(plain):
        return HTML if re.search(rb"<html\b", plain[:2000], re.IGNORECASE) else XML
    return PLAIN


def _is_mail(head: bytes) -> bool:
    """At least two header fields that mail has, among unbroken header lines from the first line on."""
    lines = head.replace(b"\r\n", b"\n").lstrip(b"\n").split(b"\n")[:200]
    headers: list[bytes] = []
    for line in lines:
        if not _HEADER.fullmatch(line):
            break
        headers.append(line)
    return len({name.lower() for name in _OF_MAIL.findall(b"\n".join(headers))}) >= 2
