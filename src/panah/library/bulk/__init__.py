"""Takes in many files: preserves each, has it read beside the next, and accounts for every single one."""

from panah.library.bulk.files import (
    FileChanged,
    FileNotAsListed,
    FileNotRegular,
    FileUnreadable,
    FileVanished,
    not_there,
    preserved,
    regular_files,
    shown,
)
from panah.library.bulk.readers import Readers, ReadingStopped
from panah.library.bulk.taking import FileOutcome, Outcome, taken_in

__all__ = [
    "FileChanged",
    "FileNotAsListed",
    "FileNotRegular",
    "FileOutcome",
    "FileUnreadable",
    "FileVanished",
    "Outcome",
    "Readers",
    "ReadingStopped",
    "not_there",
    "preserved",
    "regular_files",
    "shown",
    "taken_in",
]
