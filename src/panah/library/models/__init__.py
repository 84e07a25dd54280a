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
from panah.library.models.kin import Apart, Trace
from panah.library.models.naming import Mentions
from panah.library.models.searches import LookedThrough, SavedSearch

__all__ = [
    "Apart",
    "Assessment",
    "Capture",
    "Captured",
    "Collection",
    "DeliveredFile",
    "Delivery",
    "Document",
    "Enclosure",
    "LookedThrough",
    "Mentions",
    "Passage",
    "Quotation",
    "Reading",
    "SavedSearch",
    "Share",
    "Source",
    "Trace",
    "Translation",
]
