"""What a telephone photographs, drawn."""

from __future__ import annotations

import segno


def square(words: str) -> str:
    """A QR code of these words, as an address that an image can have."""
    return str(segno.make(words, error="m").svg_data_uri(scale=5, light="white"))
