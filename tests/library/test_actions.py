"""What the library promises when it writes."""

from __future__ import annotations

import pytest

from panah import proof
from panah.library import actions
from panah.library.bulk import Readers
from panah.vault import workspace


@pytest.fixture(scope="module")
def readers():
    readers = Readers(1)
    yield readers
    readers.stop()


@pytest.fixture
def shelve(member, now, readers):
    def shelve(
        content: bytes, *, collection: str = "Library", media_type: str = "text/plain", read: bool = True, **said: str
    ):
        kept = workspace.store().keep([content])
        document, _ = actions.shelve(
            kept=kept, media_type=media_type, path="paper.txt", collection=collection,
            details=actions.Details(**said), by=member, now=now,
        )  # fmt: skip
        if read and actions.take_on(
            document=document, extractor=readers.extractors.get(media_type), by=member, now=now
        ):
            readers.record(document, readers.read(document), by=member, now=now)
        return document

    return shelve


class TestQuote:
    def test_cites_the_words_by_the_bytes_at_which_they_stand(self, shelve, member, now):
        document = shelve("پاناھ. She left in 2016.".encode())
        quotation = actions.quote(document=document, words="She left", by=member, now=now)
        assert (quotation.start, quotation.end) == (12, 20)
        assert quotation.digest == proof.digest_of(b"She left")
        assert (quotation.prefix, quotation.suffix) == ("پاناھ. ", " in 2016.")
