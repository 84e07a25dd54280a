"""What a page needs to be seen: its pictures and style sheets, told by its tags. No parser, no script: one look over it.

It is for machines without a browser. A page is a stranger's, so nothing here is tried twice, however it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from panah.library.captures.addresses import Address, AddressUnusable, address_of

LOOKED_AT = 1 << 20
"""How many bytes of a page, or of a style sheet, are looked through."""

_TAG = re.compile(r"<(img|link|source|input|video|base|body)\b([^>]{1,4000}+)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"([a-z-]{1,20}+)\s*+=\s*+(?:\"([^\"]{0,2000}+)\"|'([^']{0,2000}+)'|([^\s\"'>]{1,2000}+))", re.IGNORECASE
)
_STYLED = re.compile(r"(?:\burl\(\s*+[\"']?|@import\s++[\"'])([^\"')\s]{1,2000}+)", re.IGNORECASE)
_PICTURES = {
    "img": ("src", "srcset"),
    "source": ("src", "srcset"),
    "input": ("src",),
    "video": ("poster",),
    "body": ("background",),
}
_SHEETS = {"stylesheet", "icon", "shortcut"}


def of_page(page: bytes, at: Address) -> Iterator[Address]:
    """The addresses of pictures and style sheets of a page that was found at an address, each once."""
    text = page[:LOOKED_AT].decode("utf-8", "replace")
    base, written = at, []
    for tag in _TAG.finditer(text):
        name = tag[1].lower()
        said = {each[1].lower(): each[2] or each[3] or each[4] or "" for each in _ATTRIBUTE.finditer(tag[2])}
        if name == "base":
            base = next(_addresses([said.get("href", "")], at), base)
        elif name == "link" and _SHEETS & set(said.get("rel", "").lower().split()):
            written.append(said.get("href", ""))
        else:
            written += [_first(said[each]) for each in _PICTURES.get(name, ()) if each in said]
    written += _STYLED.findall(text)
    yield from dict.fromkeys(_addresses(written, base))


def of_sheet(sheet: bytes, at: Address) -> Iterator[Address]:
    """The addresses that a style sheet names, each once."""
    found = _STYLED.findall(sheet[:LOOKED_AT].decode("utf-8", "replace"))
    yield from dict.fromkeys(_addresses(found, at))


def _addresses(written: list[str], base: Address) -> Iterator[Address]:
    for each in written:
        if not each or each.lstrip()[:5].lower() == "data:":
            continue
        try:
            yield address_of(each.replace("&amp;", "&"), base)
        except AddressUnusable:
            continue


def _first(said: str) -> str:
    """The first of several pictures of one thing in several sizes, without its size."""
    return said.split(",", maxsplit=1)[0].split(maxsplit=1)[0] if said.split(",", maxsplit=1)[0].split() else ""
