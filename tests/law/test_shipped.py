"""The bodies of law that are shipped are sound, and honest about what nobody verified."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from panah import proof
from panah.law import (
    USUAL,
    FrameworkUnknown,
    NotInTheLaw,
    Trigger,
    edition,
    examinable,
    framework,
    frameworks,
    lawbook,
    parallels,
    placed,
    read_framework,
    source,
)
from panah.law.compiling import Lawbook, compiled, opened
from panah.law.loading import COMPILED, SHIPPED
from panah.law.reading import gathered
from panah.law.reading_regimes import FILE, read_regimes

ELEMENTS = [element for one in frameworks().values() for element in one.elements]
UNPAIRED = {"APD33"}
"""Provisions of a directive to which none of its regulation corresponds, or none that is asked here."""
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
            framework("qd-2004-83")
        assert caught.value.sentence == "There is no body of law “qd-2004-83”."
        assert caught.value.status == 404

    def test_is_compiled_from_its_files_and_names_the_edition_of_each(self):
        sources = {one: files("panah.law").joinpath("frameworks", f"{one}.yaml").read_bytes() for one in SHIPPED}
        read = gathered(read_framework(f"{one}.yaml", bytes_) for one, bytes_ in sources.items())
        known = Lawbook(
            read,
            {one: str(proof.digest_of(bytes_)) for one, bytes_ in sources.items()},
            read_regimes(FILE, files("panah.law").joinpath(FILE).read_bytes(), read),
        )
        assert compiled(known) == files("panah.law").joinpath(COMPILED).read_bytes()
        assert opened(compiled(known)) == known == lawbook()
        assert {one: source(one) for one in SHIPPED} == sources
        assert [edition(one) for one in SHIPPED] == [known.editions[one] for one in SHIPPED]

    def test_names_every_body_of_law_in_what_is_said_of_when_it_applies(self):
        assert lawbook().regimes.frameworks == set(SHIPPED)

    def test_finds_an_element_by_its_id_alone(self):
        assert placed("APR12.2").framework.id == "apr-2024-1348"
        with pytest.raises(NotInTheLaw) as caught:
            placed("APR99")
        assert caught.value.sentence == "There is no body of law “APR99”, and no element of that id."

    @pytest.mark.parametrize(
        ("one", "other"), [("QR4.5", "QD4.5"), ("APR12.2", "APD16"), ("APR34.2", "APD10.3"), ("RC33", "E3.chain")]
    )
    def test_shows_a_parallel_of_both_whichever_names_the_other(self, one, other):
        assert other in {place.element.id for place in parallels(placed(one).element)}
        assert one in {place.element.id for place in parallels(placed(other).element)}

    def test_shows_parallels_in_the_order_of_the_law_and_each_once(self):
        order = [element.id for element in ELEMENTS]
        for element in ELEMENTS:
            shown = [place.element.id for place in parallels(element)]
            assert shown == sorted(set(shown), key=order.index)
            assert element.id not in shown

    def test_pairs_every_provision_of_the_directives_with_one_of_the_regulations(self):
        for old, new in (("apd-2013-32", "apr-2024-1348"), ("qd-2011-95", "qr-2024-1347")):
            for element in framework(old).elements:
                shown = {place.framework.id for place in parallels(element)}
                assert new in shown or element.id in UNPAIRED, element.id

    def test_tells_the_claim_from_the_procedure(self):
        examined = {one.id for one in examinable()}
        assert examined == set(SHIPPED) - {
            "echr-13", "apr-2024-1348", "apd-2013-32", "ammr-2024-1351", "dublin-604-2013",
        }  # fmt: skip
        mixed = [element.id for one in ("charter", "iccpr") for element in framework(one).guarantees]
        assert mixed == ["CH41", "CH47", "ICCPR13"]
        assert set(USUAL) <= examined

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
        assert set(element.parallel) <= OWN_IDS - {element.id}

    @pytest.mark.parametrize("element", ELEMENTS, ids=lambda element: element.id)
    def test_has_an_address_at_which_the_text_can_be_read(self, element):
        assert re.fullmatch(r"https?://[a-z.]+/\S*", element.authority.address)

    def test_marks_as_verified_only_what_was_compared_with_its_text(self):
        verified = {element.id for element in ELEMENTS if element.authority.verified}
        articles = {element.id for one in ("qr-2024-1347", "apr-2024-1348") for element in framework(one).elements}
        responsible = {element.id for element in framework("ammr-2024-1351").elements} - {"AMMR25"}
        national = {
            *("SE-UtlL12.1", "SE-UtlL12.2", "SE-UtlL12.8a", "SE-FL44", "NO-utl82", "NO-utl93", "NO-utl90", "NO-fvl29"),
            *("CH-AsylG3", "CH-AsylG3.4", "CH-AsylG5", "CH-AsylG7"),
        }
        assert verified == articles | responsible | national | {"CAT3.1", "CAT3.2", "GC4.4", "E.MABG"}

    def test_says_from_which_day_it_applies_and_what_is_open(self):
        qualification = framework("qr-2024-1347")
        assert (qualification.in_force_from, qualification.trigger) == ("2026-06-12", Trigger.UNSETTLED)
        assert "That question is open" in qualification.applies
