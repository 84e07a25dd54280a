"""HTML: every word that a reader of the page would see in its text, and nothing that runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.metadata import version
from itertools import groupby

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.encoding import bytes_to_str, detect_encoding
from resiliparse.parse.html import ElementNode, HTMLTree

from panah.library.extractors import Extracted, NothingToRead, assembled
from panah.library.extractors.kinds import HTML, unicode_of
from panah.library.extractors.outline import Heading, outlined
from panah.library.extractors.plain import encoding_said

_NOT_TEXT = [
    "script, style, noscript, template, svg, canvas, iframe, object, select, button, nav, [role=navigation], [hidden]"
]
"""What is not the page's text: what runs, what is drawn, what is filled in, and what leads elsewhere."""

_ABOUT = {
    "title": ("og:title", "dc.title", "dcterms.title", "citation_title"),
    "date": (
        "article:published_time",
        "dc.date",
        "dcterms.date",
        "dcterms.issued",
        "citation_publication_date",
        "date",
    ),
    "source": ("og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher"),
}


class Html:
    """The whole text of the page's body, in the order of the page; no guess at what its main content is."""

    name = "html"
    version = f"3+resiliparse-{version('resiliparse')}"
    media_types = frozenset({HTML})

    def read(self, content: bytes) -> Extracted:
        """Parse as a browser would, drop what is not text, and take the rest paragraph by paragraph."""
        return self.read_as(content, "")

    def read_as(self, content: bytes, charset: str) -> Extracted:
        """The same, of a page whose server named its encoding, which goes before what the page says (HTML, 13.2.3.2)."""
        said = encoding_said(content, charset)
        encoding = said or _encoding(content)
        tree = HTMLTree.parse(content.decode(said, "replace") if said else bytes_to_str(content, encoding))
        about = _about(tree)
        paragraphs = text_of(tree)
        if not paragraphs:
            raise NothingToRead(reason="the page shows no words without its scripts")
        return outlined(assembled(paragraphs, about, {"encoding": encoding}), headings_of(tree))


def text_of(tree: HTMLTree) -> list[str]:
    """The paragraphs of a page."""
    text = extract_plain_text(
        tree, main_content=False, alt_texts=False, links=False, form_fields=False, skip_elements=_NOT_TEXT
    )
    groups = groupby(map(str.strip, text.splitlines()), key=bool)
    return ["\n".join(lines) for has_words, lines in groups if has_words]


def headings_of(tree: HTMLTree) -> Iterator[Heading]:
    """The headings of a page, in their order."""
    for heading in _all(tree, "h1, h2, h3, h4, h5, h6"):
        yield Heading(int(str(heading.tag)[1]), heading.text or "")


def _all(tree: HTMLTree, selector: str) -> Sequence[ElementNode]:
    """Taken as a slice: to step through a live collection asks the whole page anew at each step."""
    return tree.document.query_selector_all(selector)[:] if tree.document else ()


def _encoding(content: bytes) -> str:
    encoding = unicode_of(content)
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return detect_encoding(content, from_html_meta=True) or "windows-1252"
    return encoding


def _about(tree: HTMLTree) -> dict[str, str]:
    metas: dict[str, str] = {}
    for meta in _all(tree, "meta[content]"):
        name = (meta.getattr("property") or meta.getattr("name") or "").lower()
        metas.setdefault(name, " ".join((meta.getattr("content") or "").split()))
    about = {"title": " ".join((tree.title or "").split())}
    for field, names in _ABOUT.items():
        about[field] = about.get(field) or next((metas[name] for name in names if metas.get(name)), "")
    about["language"] = next((str(root.getattr("lang")) for root in _all(tree, "html[lang]")), "")
    return {field: value for field, value in about.items() if value}
