"""The bodies of law that are shipped are sound, and honest about what nobody verified."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from panah.law import FrameworkUnknown, framework, frameworks
from panah.law.loading import SHIPPED

ELEMENTS = [element for one in frameworks().values() for element in one.elements]
OWN_IDS = {element.id for element in ELEMENTS}


class TestWhatIsShipped:
    def test_is_every_file_in_the_fixed_order(self):
        assert tuple(frameworks()) == SHIPPED
        assert {one.name for one in files("panah.law").joinpath("frameworks").iterdir()} == {
            f"{one}.yaml" for one in SHIPPED
        }

    def test_is_read_once(self):
        assert frameworks() is frameworks()

    def test_is_found_by_its_id(self):
        assert framework("echr-3").short == "European Convention on Human Rights"

    def test_is_unknown_where_nobody_shipped_it(self):
        with pytest.raises(FrameworkUnknown) as caught:
            framework("qd-2011-95")
        assert caught.value.sentence == "There is no body of law “qd-2011-95”."
        assert caught.value.status == 404

    def test_carries_its_file(self):
        for one in frameworks().values():
            assert one.source == files("panah.law").joinpath("frameworks", f"{one.id}.yaml").read_bytes()

    @pytest.mark.parametrize("element", ELEMENTS, ids=lambda element: element.id)
    def test_asks_a_question_says_a_sentence_and_names_evidence(self, element):
        assert element.asks[0].isupper()
        assert element.asks.endswith("?")
        assert element.says.endswith(".")
        assert element.evidence
        assert element.concepts
        assert len(element.asks) <= 300
        assert len(element.says) <= 480

    @pytest.mark.parametrize("element", ELEMENTS, ids=lambda element: element.id)
    def test_speaks_of_the_applicant_without_supposing_a_gender(self, element):
        assert not re.search(r"\b(he|she|his|her|hers|him)\b", f"{element.asks} {element.says}", re.IGNORECASE)

    @pytest.mark.parametrize("element", ELEMENTS, ids=lambda element: element.id)
    def test_refers_to_elements_that_exist_and_not_to_itself(self, element):
        named = {one for one in element.parallel if re.fullmatch(r"(QR|CAT|GC|E)[0-9A-Za-z.-]+", one)}
        assert named <= OWN_IDS - {element.id}

    @pytest.mark.parametrize("element", ELEMENTS, ids=lambda element: element.id)
    def test_has_an_address_at_which_the_text_can_be_read(self, element):
        assert re.fullmatch(r"https?://[a-z.]+/\S*", element.authority.address)

    def test_marks_as_verified_only_what_was_compared_with_its_text(self):
        verified = {element.id for element in ELEMENTS if element.authority.verified}
        articles = {element.id for element in framework("qr-2024-1347").elements}
        assert verified == articles | {"CAT3.1", "CAT3.2", "GC4.4", "E.MABG"}

    def test_says_from_which_day_it_applies_and_what_is_open(self):
        qualification = framework("qr-2024-1347")
        assert qualification.applies_from == "2026-06-12"
        assert "That question is open" in qualification.applies
