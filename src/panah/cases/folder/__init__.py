"""A case as a folder of plain files: `docs/reference/case-folder.md` is its specification.

`reading` understands `case.yaml`, `importing` makes a case of it, `exporting` writes one.
"""

from panah.cases.folder.exporting import FolderMissing, FolderTaken, export_case
from panah.cases.folder.importing import PaperMissing, PaperOutside, import_case
from panah.cases.folder.reading import CaseFileBroken

__all__ = [
    "CaseFileBroken",
    "FolderMissing",
    "FolderTaken",
    "PaperMissing",
    "PaperOutside",
    "export_case",
    "import_case",
]
