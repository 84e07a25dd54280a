"""Makes the papers of the demonstration that are printed, typed or sent, and checks what is quoted from all of them.

    python tools/demo_papers.py FONTS

FONTS is a folder with Noto Serif, Noto Serif CJK SC and UKIJ Tuz Kitab: `src/panah/dossier/fonts`. Papers in plain
text and HTML are kept as they are in `papers/`; for the others there is a text in `sources/`, which becomes a PDF
(`.typ`), a Word document (`.docx.txt`) or a message (`.eml.txt`). The same texts and fonts give the same bytes. At the
end every quotation of every `case.yaml`, also of the cases in `invented/`, is looked for in what Panah reads from its
paper: it must stand there exactly once. So must every line of a statement stand in its own.
"""

from __future__ import annotations

import re
import sys
import unicodedata
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import typst
import yaml
from docx.oxml import OxmlElement
from docx.text.paragraph import Paragraph

from panah.library.extractors import loaded
from panah.library.extractors.kinds import HEAD, media_type
from panah.site.settings import EXTRACTORS

SITE = Path(__file__).resolve().parent.parent / "src" / "panah" / "site"
HERE = SITE / "demo"
FOLDERS = (HERE, *sorted(case.parent for case in (SITE / "invented").glob("*/case.yaml")))
"""Of the case that the demonstration shows, and of the others; all papers of the others are plain text."""
MADE = (2026, 11, 23, 0, 0, 0)
"""The time that every part of a Word document bears."""


def main() -> None:
    """Make every paper that has a source, then check the quotations."""
    fonts = Path(sys.argv[1])
    for source in sorted((HERE / "sources").iterdir()):
        name, _, kind = source.name.partition(".")
        if kind == "typ" and name != "paper":
            content, suffix = typst.compile(source, font_paths=[fonts], ignore_system_fonts=True), "pdf"
        elif kind == "docx.txt":
            content, suffix = typed(source.read_text(encoding="utf-8")), "docx"
        elif kind == "eml.txt":
            content, suffix = sent(source.read_text(encoding="utf-8")), "eml"
        else:
            continue
        (HERE / "papers" / f"{name}.{suffix}").write_bytes(content)
    if wrong := [sentence for folder in FOLDERS for sentence in misquoted(folder)]:
        raise SystemExit("\n".join(wrong))


def typed(text: str) -> bytes:
    """A Word document: the first paragraph is its title, an empty line ends each."""
    document = docx.Document()
    title, *paragraphs = text.strip().split("\n\n")
    document.core_properties.title = title
    document.core_properties.author = "Invented for the demonstration of Panah"
    _directed(document.add_heading(title, level=1))
    for words in paragraphs:
        _directed(document.add_paragraph(words))
    saved = BytesIO()
    document.save(saved)
    return _timeless(saved.getvalue())


def _directed(paragraph: Paragraph) -> None:
    """Let a paragraph that begins with Arabic letters run from right to left."""
    first = next((sign for sign in paragraph.text if sign.isalpha()), "")
    if unicodedata.bidirectional(first) != "AL":
        return
    paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))  # noqa: SLF001
    for run in paragraph.runs:
        run._r.get_or_add_rPr().append(OxmlElement("w:rtl"))  # noqa: SLF001


def _timeless(archive: bytes) -> bytes:
    """The same ZIP archive, its parts in one order and with one time."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(archive)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            part = zipfile.ZipInfo(name, MADE)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return made.getvalue()


def sent(text: str) -> bytes:
    """A message: lines of the header, an empty line, the words."""
    header, _, words = text.partition("\n\n")
    message = EmailMessage(policy=SMTP)
    for line in header.splitlines():
        name, _, value = line.partition(": ")
        message[name] = value
    message.set_content(words, cte="base64" if re.search("[\u0600-\u06ff]", words) else "quoted-printable")
    return message.as_bytes()


def misquoted(folder: Path) -> Iterator[str]:
    """A sentence for each quotation of `case.yaml` that does not stand exactly once in what Panah reads, and for each line
    of a statement that does not stand in it.
    """
    case = yaml.safe_load((folder / "case.yaml").read_text(encoding="utf-8"))
    readings = {paper["file"]: reading(folder / paper["file"]) for paper in case["papers"]}
    for quote in quotes(case):
        times = readings[quote["paper"]].count(quote["words"])
        if times != 1:
            yield f"{quote['paper']} has these words {times} times: {quote['words']}"
    for told in case["statements"]:
        missing = [line for line in told["words"].splitlines() if line not in readings[told["paper"]]]
        yield from (f"{told['paper']} does not have this line of a statement: {line}" for line in missing)


def quotes(case: dict[str, Any]) -> Iterator[dict[str, str]]:
    """Every quotation of a case, beside facts, under findings, and in the decision."""
    for fact in case["facts"]:
        yield from (support["quote"] for support in fact.get("supports", []) if "quote" in support)
    for finding in case.get("findings", []):
        yield from finding.get("quotes", [])
    yield from (reason["quote"] for reason in case.get("refusal", {}).get("reasons", []))


def reading(paper: Path) -> str:
    """The text that Panah's own extractor takes from a paper."""
    content = paper.read_bytes()
    return loaded(EXTRACTORS)[media_type(content[:HEAD], content[-HEAD:])].read(content).text


if __name__ == "__main__":
    main()
