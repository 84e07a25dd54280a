"""The page on which a draft is checked."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from panah.library.models import Document
from panah.team.models import LedgerLine
from panah.vault.models import Original
from support.members import signed_in

PAGE = "/library/check"
DRAFT = (
    "It says “guards took the young men of the village to a school”. See Art. 4 Abs. 5 VO (EU) 2024/1347 and C-456/07."
)


@pytest.fixture
def client(desk):
    return signed_in(desk.member)


def dropped(client, content, name="brief.txt", **more):
    answer = client.post(PAGE, {"draft": SimpleUploadedFile(name, content), **more})
    return answer.status_code, answer.content.decode()


class TestPage:
    def test_shows_the_words_of_both_and_leads_to_the_passage(self, client):
        status, said = dropped(client, DRAFT.encode())
        assert status == 200
        assert "<del>young</del>" in said
        assert "<ins>old</ins>" in said
        assert "QR4.5" in said
        assert "Is one of these meant?" in said
        assert f"/library/documents/{Document.objects.get(title='Report').pk}?quoted=" in said

    def test_keeps_nothing_of_the_draft(self, client):
        before = [kind.objects.count() for kind in (Document, Original, LedgerLine)]
        dropped(client, DRAFT.encode())
        assert [kind.objects.count() for kind in (Document, Original, LedgerLine)] == before

    def test_says_that_there_is_nothing_to_check(self, client):
        assert "no citation that Panah recognises" in dropped(client, b"A letter about the weather.")[1]

    @pytest.mark.parametrize(
        ("content", "status", "code"),
        [
            (b"", 400, "draft-not-read"),
            (b"PK\x03\x04" + b"\0" * 50, 400, "draft-of-other-kind"),
            (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, 400, "draft-not-read"),
            (b"%PDF-1.4 and then nothing", 400, "draft-not-read"),
            ("“a, b, c and d” ".encode() * 6_000, 413, "draft-too-long"),
        ],
    )
    def test_says_in_a_sentence_with_a_code_why_a_draft_cannot_be_checked(self, member, content, status, code):
        answered, said = dropped(signed_in(member), content)
        assert (answered, f"<code>{code}</code>" in said) == (status, True)
