"""A case as a folder of plain files: `docs/reference/case-folder.md` is its specification.

`reading` understands `case.yaml`, `importing` makes a case of it, `exporting` writes one, which `building` puts in place.
"""

from panah.cases.folder.building import FolderMissing, FolderTaken
from panah.cases.folder.exporting import export_case
from panah.cases.folder.importing import PaperMissing, PaperOutside, import_case
from panah.cases.folder.reading import CaseFileBroken
from panah.cases.folder.shelf import export_shelf

__all__ = [
    "CaseFileBroken",
    "FolderMissing",
    "FolderTaken",
    "PaperMissing",
    "PaperOutside",
    "export_case",
    "export_shelf",
    "import_case",
]
