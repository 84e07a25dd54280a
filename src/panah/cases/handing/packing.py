"""Many files as one ZIP file, piece by piece: nothing lies on a disk in plain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from panah.cases.folder.exporting import Export, Pieces
from panah.cases.handing.copying import Copied
from panah.cases.models import Case
from panah.dossier.exporters.bag import part_of
from panah.proof.container import File, packed
from panah.team.models import Member

ZIP = "application/zip"


def case_packed(case: Case, by: Member) -> Iterator[bytes]:
    """A case as its folder would be, in a ZIP file. Raises `PaperWithheld`."""
    files: dict[str, Pieces] = {}
    Export(case, by, files.__setitem__).write()
    return packed(_file(f"{case.reference}/{name}", files[name]) for name in sorted(files, key=str.encode))


def copy_packed(copied: Iterable[Copied]) -> Iterator[bytes]:
    """A redacted copy in a ZIP file. Raises what making the copy raises."""
    return packed(_file(f"copy/{each.name}", partial(iter, [each.content])) for each in copied)


def _file(name: str, pieces: Pieces) -> File:
    part = part_of(pieces)
    return File(name, part.size, part.crc, part.pieces)
