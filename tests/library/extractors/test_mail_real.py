"""Real messages: senders, dates, subjects and what is attached are those that Python's own e-mail package finds."""

import hashlib
import re
from collections import Counter
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

import pytest

from panah.library.extractors.kinds import HEAD, MAIL, media_type
from panah.library.extractors.mail import Mail

SAMPLES = Path(__file__).parents[3].parent / "shared" / "data" / "samples"
MESSAGES = [
    path
    for path in sorted(SAMPLES.rglob("*"))
    if path.suffix in {".eml", ".msg", ".txt", ".mhtml"} and media_type(path.read_bytes()[:HEAD]) == MAIL
]

ADDRESSED = ("From", "Sender", "To", "Cc", "Bcc", "Reply-To")

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not MESSAGES, reason="the real messages, ../shared/data/samples, are not here"),
]


def python_reads(path) -> EmailMessage:
    return BytesParser(policy=policy.default).parsebytes(path.read_bytes())


def fields(text):
    """The fields that we show of the message itself, which are its first paragraph."""
    return [line.split(": ", 1) for line in text.split("\n\n")[0].splitlines() if ": " in line]


def named(path):
    return path.relative_to(SAMPLES).as_posix()


@pytest.fixture(params=MESSAGES, ids=named)
def both(request):
    return Mail().read(request.param.read_bytes()), python_reads(request.param)


class TestAsPythonReadsThem:
    def test_every_address_is_shown(self, both):
        ours, theirs = both
        shown = "".join(value for name, value in fields(ours.text) if name in ADDRESSED).replace(" ", "")
        for field in (field for name in ADDRESSED for field in theirs.get_all(name, [])):
            for address in field.addresses:
                assert address.username.replace(" ", "").strip('"') in shown
                assert address.domain in shown

    def test_the_date_is_the_same(self, both):
        ours, theirs = both
        at = theirs["Date"].datetime if theirs["Date"] else None
        assert ours.about.get("date", "") == (at.date().isoformat() if at else "")

    def test_the_subject_is_the_same(self, both):
        ours, theirs = both
        subject = " ".join(str(theirs["Subject"] or "").split())
        found = ours.about.get("title", "")
        readable = re.escape(subject).replace("\ufffd", ".")  # what Python cannot read may be anything
        assert re.fullmatch(readable, found), (subject, found)

    def test_what_is_attached_is_the_same_to_the_byte(self, both):
        ours, theirs = both
        if "url" in ours.about:  # a saved page keeps its pictures to itself
            assert not ours.inside
            return
        parts = [part for part in theirs.walk() if not part.is_multipart()]
        files = [part for part in parts if part.get_content_maintype() != "text" or part.is_attachment()]
        assert Counter(hashlib.sha256(each.content).digest() for each in ours.inside) == Counter(
            hashlib.sha256(part.get_payload(decode=True) or b"").digest() for part in files
        )
