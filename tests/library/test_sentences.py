"""Why something could not be read, in the language of whoever asks."""

import json

from django.utils.translation import override

from panah.library import actions
from panah.library.extractors.kinds import PDF
from panah.library.extractors.mail import Mail
from panah.library.models import Document
from panah.library.templatetags.readings import found_called
from panah.library.templatetags.sentences import in_words

SIGNED = b"From: a\nTo: b\nDKIM-Signature: v=1; a=rsa-sha256; d=example.org; s=one; h=From; b=AAAA; bh=AAAA\n\nwords\n"
UYGHUR = "ئۇ بۇزۇلغان ياكى كەم: ئۇنى PDF سۈپىتىدە ئاچقىلى بولمايدۇ."


class TestRefusals:
    def test_are_said_in_the_language_of_the_reader_and_kept_in_english(self, shelve):
        document = Document.objects.get(pk=shelve(b"%PDF-1.4 no more", media_type=PDF).pk)
        assert document.refusal_reason == "It is damaged or cut short: it cannot be opened as a PDF."
        with override("ug"):
            assert in_words(document.refusal_reason, document.refusal_parts) == UYGHUR
        assert in_words(document.refusal_reason, document.refusal_parts) == document.refusal_reason

    def test_of_an_older_panah_are_said_as_they_stand(self):
        with override("ug"):
            assert in_words("It is damaged or cut short: it cannot be opened as a PDF.", []).startswith("It is damaged")

    def test_lose_their_parts_with_their_reason(self, shelve, member, now):
        document = shelve(b"%PDF-1.4 no more", media_type=PDF)
        actions.reread(document=document, by=member, now=now)
        assert Document.objects.get(pk=document.pk).refusal_parts == []


class TestSignaturesOfMail:
    def test_are_told_in_the_language_of_the_reader(self):
        found = Mail().read(SIGNED).found
        with override("ug"):
            [(_, said)] = found_called(found)
        assert said == "example.org (one, rsa-sha256): مەزمۇنى ئىمزالانغان پېتى ئەمەس"

    def test_are_told_as_they_stand_where_their_parts_are_others(self):
        found = Mail().read(SIGNED).found
        for parts in ("", "{", "1", "[1]", json.dumps([["it cannot be read", {}]])):
            with override("ug"):
                [(_, said)] = found_called({**found, "dkim_parts": parts})
            assert said == found["dkim"]
