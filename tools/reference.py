"""Makes `reference.docx`, from which pandoc takes the page, the styles and the footer of a dossier in DOCX.

    python tools/reference.py

It starts from the one that pandoc carries. `[Reference]` and `[Key]` in the footer are filled in when a dossier is
printed. The fonts named here are found on most machines; a reader's word processor puts others in their place.
"""

from __future__ import annotations

import subprocess
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
import docx.enum.text
import pypandoc
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import BaseStyle

MADE = Path(__file__).resolve().parent.parent / "src" / "panah" / "dossier" / "exporters" / "reference.docx"

INK, FAINT, RULE, DEED = "23211D", "625D53", "CBC4B4", "1F4E5F"
LATIN, ARABIC, HAN, MONO = "Cambria", "Times New Roman", "SimSun", "Consolas"
LARGER = 1.1
"""Letters of Arabic script are drawn smaller in their square than Latin ones."""


class Style(NamedTuple):
    """A paragraph style: sizes and spaces in points."""

    name: str
    size: float = 10.5
    before: float = 0
    after: float = 6
    colour: str = INK
    bold: bool = False
    italic: bool = False
    with_next: bool = False
    borders: tuple[str, ...] = ()
    border: str = RULE
    fill: str = ""
    indent: float = 0


STYLES = (
    Style("Normal"),
    Style("Body Text"),
    Style("First Paragraph"),
    Style("Compact", after=2),
    Style("Title", 24, before=12, after=10, bold=True),
    Style("Kicker", 10, colour=DEED, after=4),
    Style("Applicant", 13, after=6),
    Style("Particular", after=3),
    Style("Notice", before=4, after=4, borders=("top", "left", "bottom", "right"), border="B89A52", fill="FBF6E9"),
    Style("Notice Complete", before=4, after=4, borders=("top", "left", "bottom", "right"), fill="F6F5F1"),
    Style("Heading 1", 15, before=24, after=8, bold=True, with_next=True, borders=("bottom",)),
    Style("Heading 2", 12, before=16, after=6, bold=True, with_next=True),
    Style("Heading 3", 10.5, before=12, after=4, bold=True, with_next=True),
    Style("Heading 4", 10.5, before=10, after=4, italic=True, with_next=True),
    Style("Heading 5", 10.5, before=8, after=4, with_next=True),
    Style("Heading 6", 10.5, before=8, after=4, with_next=True),
    Style("Question", before=8, after=2, bold=True, with_next=True),
    Style("Authority", 8.5, after=3, colour=FAINT),
    Style("Label", 9.5, before=8, after=3, colour=DEED, italic=True, with_next=True),
    Style("Silence", before=6, after=10, colour=FAINT, italic=True, borders=("bottom",)),
    Style("Block Text", before=2, after=8, borders=("left",), indent=14),
    Style("Block Text From Right", before=2, after=8, borders=("right",), indent=14),
    Style("Footnote Text", 8.5, after=2),
    Style("Footer", 8, after=0, colour=FAINT),
)


def main() -> None:
    """Make the file anew; the same versions of pandoc and python-docx give the same bytes."""
    carried = subprocess.run(
        [pypandoc.get_pandoc_path(), "--print-default-data-file=reference.docx"], capture_output=True, check=True
    )
    document = docx.Document(BytesIO(carried.stdout))
    for style in STYLES:
        set_style(paragraph_style(document, style.name), style)
    character_styles(document)
    rules(document)
    page(document)
    made = BytesIO()
    document.save(made)
    MADE.write_bytes(dateless(made.getvalue()))


def paragraph_style(document: Document, name: str) -> BaseStyle:
    """The style of that name, made if there is none."""
    if name in (style.name for style in document.styles):
        return document.styles[name]
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    return style


def set_style(made: BaseStyle, style: Style) -> None:
    """Give a style its letters, spaces and borders."""
    run = made.element.get_or_add_rPr()
    for old in list(run):
        run.remove(old)
    fonts(made, LATIN)
    made.font.size, made.font.bold, made.font.italic = Pt(style.size), style.bold, style.italic
    made.font.color.rgb, made.font.cs_bold = RGBColor.from_string(style.colour), style.bold
    run.find(qn("w:sz")).addnext(element("w:szCs", val=str(round(style.size * LARGER * 2))))
    form = made.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(style.before), Pt(style.after), 1.2
    form.keep_with_next, form.left_indent = style.with_next, Pt(style.indent)
    form.first_line_indent = form.alignment = None
    properties = made.element.get_or_add_pPr()
    for tag in ("w:pBdr", "w:shd"):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
    if style.borders:
        borders = OxmlElement("w:pBdr")
        for side in style.borders:
            borders.append(element(f"w:{side}", val="single", sz="6", space="8", color=style.border))
        properties.insert_element_before(borders, *AFTER_BORDERS)
    if style.fill:
        shade = element("w:shd", val="clear", color="auto", fill=style.fill)
        properties.insert_element_before(shade, *AFTER_BORDERS[1:])


AFTER_BORDERS = (
    "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:bidi", "w:adjustRightInd", "w:spacing",
    "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl", "w:rPr",
)  # fmt: skip
"""What a word processor expects after the borders of a paragraph, in its order."""


def fonts(made: BaseStyle, latin: str) -> None:
    """Name the fonts for the scripts; the names of a theme would come first, so they go."""
    run = made.element.get_or_add_rPr()
    for old in run.findall(qn("w:rFonts")):
        run.remove(old)
    run.insert(0, element("w:rFonts", ascii=latin, hAnsi=latin, cs=ARABIC, eastAsia=HAN))


def character_styles(document: Document) -> None:
    """Digests, and the numbers that stand for characters without a shape."""
    point = document.styles.add_style("Code Point", WD_STYLE_TYPE.CHARACTER)
    for style in (point, document.styles["Verbatim Char"]):
        fonts(style, MONO)
        style.font.size = Pt(8)


def rules(document: Document) -> None:
    """Thin rules between the rows of a table."""
    properties = document.styles["Table"].element.find(qn("w:tblPr"))
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        borders.append(element(f"w:{side}", val="single", sz="4", space="0", color=RULE))
    properties.find(qn("w:tblCellMar")).addprevious(borders)


def page(document: Document) -> None:
    """A4, and a footer of three parts."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.6)
    section.top_margin = section.bottom_margin = Cm(2.5)
    # Pandoc's own says `eachSect`, by which LibreOffice begins again below every heading of the first level.
    restart = section._sectPr.find(f"{qn('w:footnotePr')}/{qn('w:numRestart')}")  # noqa: SLF001  python-docx has no word for it
    restart.set(qn("w:val"), "continuous")
    footer = section.footer.paragraphs[0]
    footer.style = document.styles["Footer"]
    stops = footer.paragraph_format.tab_stops
    stops.clear_all()
    stops.add_tab_stop(Cm(7.9), docx.enum.text.WD_TAB_ALIGNMENT.CENTER)
    stops.add_tab_stop(Cm(15.8), docx.enum.text.WD_TAB_ALIGNMENT.RIGHT)
    footer.add_run("[Reference]\tpage ")
    footer._p.append(field("PAGE"))  # noqa: SLF001
    footer.add_run(" of ")
    footer._p.append(field("NUMPAGES"))  # noqa: SLF001
    footer.add_run("\t[Key]")


def field(name: str) -> OxmlElement:
    """A number that the word processor computes."""
    made = element("w:fldSimple", instr=f" {name} ")
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    made.append(run)
    return made


def element(tag: str, **attributes: str) -> OxmlElement:
    """An element of WordprocessingML."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def dateless(content: bytes) -> bytes:
    """The same file with the date 1 January 1980 on all its parts."""
    made = BytesIO()
    with ZipFile(BytesIO(content)) as parts, ZipFile(made, "w", ZIP_DEFLATED) as even:
        for part in sorted(parts.infolist(), key=lambda part: part.filename):
            even.writestr(ZipInfo(part.filename), parts.read(part), ZIP_DEFLATED)
    return made.getvalue()


if __name__ == "__main__":
    main()
