"""Every write to the library."""

from panah.library.actions.capturing import (
    Came,
    CaptureAbandoned,
    Piece,
    ask_calendars,
    ask_capture,
    end_capture,
    fail_capture,
    give_back_capture,
    take_on_capture,
    upgrade_timestamp,
)
from panah.library.actions.claiming import MOST_ATTEMPTS, ReadingAbandoned, give_back, refuse, take_on, try_again
from panah.library.actions.delivering import DeliveryDone, DeliveryUnderWay, account, deliver, go_on, leave, pause
from panah.library.actions.describing import (
    AlreadySuperseded,
    OfAnotherCompartment,
    SupersedesAnother,
    SupersedesItself,
    describe,
    fill,
    supersede,
)
from panah.library.actions.enclosing import CarriesTooMuch, NestedTooDeep, enclose
from panah.library.actions.erasing import StillCited, erase
from panah.library.actions.quoting import NotReadYet, WordsDiffer, WordsTwice, quote
from panah.library.actions.reading import read, take_over_reading
from panah.library.actions.reindexing import reindex
from panah.library.actions.rereading import reread
from panah.library.actions.sharing import NotShared, SharedWithItself, share, unshare
from panah.library.actions.shelving import GENERAL, Shelved, hand_out, shelve
from panah.library.record import Details

__all__ = [
    "GENERAL",
    "MOST_ATTEMPTS",
    "AlreadySuperseded",
    "Came",
    "CaptureAbandoned",
    "CarriesTooMuch",
    "DeliveryDone",
    "DeliveryUnderWay",
    "Details",
    "NestedTooDeep",
    "NotReadYet",
    "NotShared",
    "OfAnotherCompartment",
    "Piece",
    "ReadingAbandoned",
    "SharedWithItself",
    "Shelved",
    "StillCited",
    "SupersedesAnother",
    "SupersedesItself",
    "WordsDiffer",
    "WordsTwice",
    "account",
    "ask_calendars",
    "ask_capture",
    "deliver",
    "describe",
    "enclose",
    "end_capture",
    "erase",
    "fail_capture",
    "fill",
    "give_back",
    "give_back_capture",
    "go_on",
    "hand_out",
    "leave",
    "pause",
    "quote",
    "read",
    "refuse",
    "reindex",
    "reread",
    "share",
    "shelve",
    "supersede",
    "take_on",
    "take_on_capture",
    "take_over_reading",
    "try_again",
    "unshare",
    "upgrade_timestamp",
]
