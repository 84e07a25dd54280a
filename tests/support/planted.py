"""Rare words, planted in everything that is handed in, and a search for them in every byte that is left lying about."""

from __future__ import annotations

import base64
import io
import re
import zlib
from collections.abc import Iterator
from email.message import EmailMessage
from importlib.resources import files
from pathlib import Path

import docx
import psutil
import typst

ENGLISH, CHINESE, UYGHUR = "Zanzquorvexide", "龘靐齉爩鱻", "قاراڭغۇلۇقبەلگە"
PLANTED = (ENGLISH, CHINESE, UYGHUR)
ALL = " ".join(PLANTED)

SENTENCE = f"The witness said {ENGLISH}; 她说{CHINESE}；{UYGHUR} دېدى."
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "utf-7")
_COMPRESSED = re.compile(rb"x[\x01\x5e\x9c\xda]|\x1f\x8b\x08")
_MEMBER_OF_A_ZIP = re.compile(rb"PK\x03\x04.{22}(..)(..)", re.DOTALL)
_MOST = 1 << 20


def papers() -> dict[str, bytes]:
    """The words in every kind of document that is read, and in the names of most."""
    return {
        f"{UYGHUR}.txt": SENTENCE.encode(),
        f"{CHINESE}.txt": SENTENCE.encode("utf-16"),
        f"{ENGLISH}.html": f"<title>{ALL}</title><p>{SENTENCE}</p>".encode(),
        f"{ENGLISH} {CHINESE}.docx": _docx(),
        f"{ENGLISH}.pdf": _pdf(),
        f"{ENGLISH}.eml": _mail(),
        f"{UYGHUR}.jpg": b"\xff\xd8\xff\xe0" + SENTENCE.encode(),
    }


def needles() -> set[bytes]:
    """The words as bytes: in every encoding, in every case, as the index folds them, and halves of them."""
    words = {form for word in PLANTED for form in (word, word.lower(), word.upper(), word[: len(word) // 2 + 1])}
    encoded = {word.encode(encoding) for word in words for encoding in _ENCODINGS}
    in_base64 = {base64.b64encode(b" " * shift + word)[4:-4] for word in encoded for shift in range(3)}
    return {needle for needle in encoded | in_base64 if len(needle) >= 8}


def found_in(content: bytes) -> set[bytes]:
    """Which of the words stand in these bytes, plain or compressed."""
    looked_at = [content, *_unpacked(content)]
    return {needle for needle in needles() for bytes_ in looked_at if needle in bytes_}


def found_under(folder: Path) -> dict[str, set[bytes]]:
    """Where under a folder the words stand: in the bytes of a file, or in its name."""
    traces = {}
    for path in folder.rglob("*"):
        name = str(path.relative_to(folder)).encode("utf-8", "surrogateescape")
        content = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        if found := found_in(name + b"\n" + content):
            traces[str(path)] = found
    return traces


def found_in_open_files(process: int) -> dict[str, set[bytes]]:
    """Where the words stand in files that a process and its children hold open, with or without a name, on any disk."""
    traces = {}
    running = [psutil.Process(process), *psutil.Process(process).children(recursive=True)]
    for descriptor in (found for each in running for found in Path(f"/proc/{each.pid}/fd").iterdir()):
        target = str(descriptor.readlink()) if descriptor.is_symlink() else ""
        on_disk = target.startswith("/") and not target.startswith(("/memfd:", "/dev/", "/proc/"))
        if found := found_in(descriptor.read_bytes()) if on_disk and descriptor.is_file() else set():
            traces[target] = found
    return traces


def is_noise(content: bytes) -> bool:
    """Whether these bytes cannot be told from chance: nothing in them lets itself be compressed."""
    return len(zlib.compress(content, 9)) >= 0.99 * len(content)


def _unpacked(content: bytes) -> Iterator[bytes]:
    for start in _COMPRESSED.finditer(content):
        yield from _inflated(content[start.start() :], 47)
    for member in _MEMBER_OF_A_ZIP.finditer(content):
        head = sum(int.from_bytes(length, "little") for length in member.groups())
        yield from _inflated(content[member.end() + head :], -15)
    yield from _inflated(content, -15)


def _inflated(content: bytes, window: int) -> Iterator[bytes]:
    try:
        yield zlib.decompressobj(window).decompress(content, _MOST)
    except zlib.error:
        return


def _docx() -> bytes:
    document, out = docx.Document(), io.BytesIO()
    document.core_properties.title = ALL
    document.add_paragraph(SENTENCE)
    document.save(out)
    return out.getvalue()


def _pdf() -> bytes:
    fonts = typst.Fonts(font_paths=[str(files("panah.dossier") / "fonts")])
    page = f'#set text(font: ("Noto Serif", "Noto Naskh Arabic", "Noto Serif CJK SC"))\n{SENTENCE}'
    return typst.compile(page.encode(), format="pdf", font_paths=fonts)


def _mail() -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"{ENGLISH} <a@invented.example>", "b@invented.example", ALL
    mail.set_content(SENTENCE)
    mail.add_attachment(
        f"{SENTENCE}\n".encode(), maintype="application", subtype="octet-stream", filename=f"{CHINESE}.bin"
    )
    return mail.as_bytes()
