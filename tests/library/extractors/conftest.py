"""The confined reader with the extractors that Panah comes with."""

from collections.abc import Callable, Iterator

import pytest

from panah.library.extractors.kinds import DOCX, HTML, MAIL, PDF, PLAIN, XML
from panah.library.extractors.supervisor import Refusal, Supervisor, Text

ENABLED = [
    f"panah.library.extractors.{name}"
    for name in ("plain.Plain", "html.Html", "xml.Xml", "pdf.Pdf", "docx.Docx", "mail.Mail")
]

Read = Callable[[str, bytes], Text | Refusal]


@pytest.fixture(scope="package")
def supervisor() -> Iterator[Supervisor]:
    with Supervisor(ENABLED, [PLAIN, HTML, XML, PDF, DOCX, MAIL]) as running:
        yield running


@pytest.fixture(scope="package")
def read(supervisor: Supervisor) -> Read:
    """Reads a document of a media type as the library does: in a process that may do nothing else."""

    def reading(media_type: str, content: bytes) -> Text | Refusal:
        return supervisor.read(media_type=media_type, size=len(content), pieces=[content])

    return reading
