"""What the library keeps."""

from panah.library.models.captures import Capture, Captured
from panah.library.models.documents import (
    Assessment,
    Collection,
    DeliveredFile,
    Delivery,
    Document,
    Enclosure,
    Passage,
    Quotation,
    Reading,
    Share,
    Source,
    Translation,
)

__all__ = [
    "Assessment",
    "Capture",
    "Captured",
    "Collection",
    "DeliveredFile",
    "Delivery",
    "Document",
    "Enclosure",
    "Passage",
    "Quotation",
    "Reading",
    "Share",
    "Source",
    "Translation",
]
