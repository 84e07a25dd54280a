"""Mailboxes of Outlook. Nobody but Outlook writes them: what is read here is a real one, where it is."""

import random
from pathlib import Path

import pytest

from panah.library.extractors import DocumentBroken
from panah.library.extractors.kinds import HEAD, MAIL, PST, media_type
from panah.library.extractors.mail import Mail
from panah.library.extractors.pst import Pst
from panah.library.extractors.supervisor import Refusal, Text

REAL = Path(__file__).parents[3].parent / "shared/data/samples/apache+tika/test-documents__testPST_variousBodyTypes.pst"


@pytest.fixture(scope="module")
def mailbox() -> bytes:
    if not REAL.exists():
        pytest.skip("the real mailbox, ../shared/data/samples, is not here")
    return REAL.read_bytes()


class TestPst:
    @pytest.mark.real
    def test_each_message_is_a_document_that_is_read_as_mail(self, mailbox):
        assert media_type(mailbox[:HEAD]) == PST
        found = Pst().read(mailbox)
        assert found.text.startswith("Mailbox of Outlook, 4 messages\n\nTop of Outlook data file/Inbox/tmp/00001.eml, ")
        assert {media_type(each.content[:HEAD]) for each in found.inside} == {MAIL}
        read = [Mail().read(each.content) for each in found.inside]
        assert [each.about["title"] for each in read] == ["original email", *["FW: original email"] * 3]
        assert all("Date: Wed, 30 Aug 2017" in each.text for each in read)
        assert all(len(each.text.split("\n\n", 1)[1]) > 20 for each in read)  # as text, as HTML, as rich text
        assert b"not the bytes that were sent" in found.inside[0].content

    @pytest.mark.real
    def test_is_read_in_the_confined_process(self, mailbox, read):
        found = read(PST, mailbox)
        assert isinstance(found, Text)
        assert len(found.inside) == 4

    @pytest.mark.real
    def test_one_that_is_damaged_anywhere_is_a_text_or_one_refusal(self, mailbox, read):
        chance = random.Random(7)
        for _ in range(12):
            damaged = bytearray(mailbox[: chance.choice([len(mailbox), chance.randrange(len(mailbox))])])
            for _ in range(200):
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
            outcome = read(PST, b"!BDN" + bytes(damaged[4:]))
            assert isinstance(outcome, Text) or (isinstance(outcome, Refusal) and outcome.code)

    @pytest.mark.parametrize("content", [b"", b"!BDN", b"!BDN" + bytes(2000), b"words"])
    def test_what_is_none_is_refused(self, content):
        with pytest.raises(DocumentBroken, match="mailbox of Outlook"):
            Pst().read(content)
