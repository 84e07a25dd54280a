"""The confined reader with the extractors that Panah comes with."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings

from panah.library.extractors import loaded, paths_of
from panah.library.extractors.supervisor import Refusal, Supervisor, Text

Read = Callable[[str, bytes], Text | Refusal]


@pytest.fixture(scope="package")
def supervisor() -> Iterator[Supervisor]:
    with Supervisor(paths_of(loaded(settings.EXTRACTORS))) as running:
        yield running


@pytest.fixture(scope="package")
def read(supervisor: Supervisor) -> Read:
    """Reads a document of a media type as the library does: in a process that may do nothing else."""

    def reading(media_type: str, content: bytes) -> Text | Refusal:
        return supervisor.read(media_type=media_type, size=len(content), pieces=[content])

    return reading
