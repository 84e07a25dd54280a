"""A passage says itself in which language it is; what is said of the document counts for those that do not."""

import pytest

from panah.library import actions, queries, rules


class TestLanguageOfMost:
    @pytest.mark.parametrize(
        ("sizes", "tag"),
        [
            ({}, ""),
            ({"en": 10}, "en"),
            ({"en": 10, "ug-Arab": 20}, "ug-Arab"),
            ({"en": 10, "de": 10}, ""),  # half is not most
            ({"": 30, "de": 10}, ""),
        ],
    )
    def test_is_that_of_more_than_half_of_the_bytes(self, sizes, tag):
        assert rules.language_of_most(sizes) == tag


ENGLISH = "The witness said that the police had come to the house at night and taken her brother away."
UYGHUR = "گۇۋاھچى ساقچىلارنىڭ كېچىدە ئۆيگە كېلىپ ئىنىسىنى ئېلىپ كەتكەنلىكىنى ئېيتتى. " * 8


class TestPassages:
    def test_are_found_by_the_language_that_they_say_themselves(self, shelve, member):
        shelve(f"{UYGHUR}\n\n{ENGLISH * 7}".encode(), language="fr")
        assert [queries.find(member, word, language=tag).total for word, tag in TYPED] == [1, 1, 0]

    def test_that_say_none_are_in_the_language_of_the_document_also_when_it_is_said_later(self, shelve, member, now):
        document = shelve(b"No. 17/2019")
        assert queries.find(member, "2019", language="kk").total == 0
        actions.describe(document=document, details=actions.Details(language="kk"), by=member, now=now)
        assert queries.find(member, "2019", language="kk").total == 1

    def test_keep_theirs_whatever_is_said_of_the_document(self, shelve, member, now):
        document = shelve(ENGLISH.encode())
        actions.describe(document=document, details=actions.Details(language="de"), by=member, now=now)
        assert queries.find(member, "witness", language="en").total == 1
        assert queries.find(member, "witness", language="de").total == 0

    def test_propose_the_language_of_their_document(self, shelve):
        assert queries.language_proposed(shelve(ENGLISH.encode())) == "en"
        assert queries.language_proposed(shelve(f"{UYGHUR}\n\n{ENGLISH}".encode())) == "ug-Arab"
        assert queries.language_proposed(shelve(b"No. 17/2019")) == ""


TYPED = [("ساقچى", "ug"), ("witness", "en"), ("witness", "fr")]
