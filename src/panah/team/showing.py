"""What a telephone photographs, drawn; and what a browser calls itself, in words that its owner knows."""

from __future__ import annotations

import segno

_BROWSERS = {
    "Firefox/": "Firefox", "Edg": "Edge", "OPR/": "Opera", "Chrome": "Chrome", "CriOS": "Chrome", "Safari/": "Safari",
}  # fmt: skip
"""The first that is said; most say as well that they are those further down."""
_SYSTEMS = {
    "Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows", "Mac OS": "macOS", "Linux": "Linux",
}  # fmt: skip


def square(words: str) -> str:
    """A QR code of these words, as an address that an image can have."""
    return str(segno.make(words, error="m").svg_data_uri(scale=5, light="white"))


def browser(said: str) -> str:
    """A browser and its system, as far as they are known; else what it said."""
    known = [next((name for sign, name in table.items() if sign in said), "") for table in (_BROWSERS, _SYSTEMS)]
    return ", ".join(name for name in known if name) or said
