"""What is said of documents: taken as it is kept, refused with a reason, and named where it is missing."""

from __future__ import annotations

import pytest

from panah.library.places import PlaceUnknown, code_of, name_of
from panah.library.record import NEEDED, Details, Sensitivity, checked, missing, refused

WHOLE = dict.fromkeys(NEEDED, "something")


class TestChecked:
    def test_keeps_codes_of_places_once_and_in_order(self):
        said = checked(Details(places="kazakhstan; CN-xj, China , CN, KZ"))
        assert said.places == "KZ, CN-XJ, CN"

    def test_keeps_concepts_once_and_without_loose_spaces(self):
        assert checked(Details(concepts=" camps;forced  return;; camps; ")).concepts == "camps; forced return"

    def test_leaves_words_of_others_as_they_are(self):
        said = Details(title="=HYPERLINK(1)", author="  O. Invented", date="Spring, perhaps", url="javascript:alert(1)")
        assert checked(said) == said

    @pytest.mark.parametrize(
        ("field", "written", "code"),
        [
            ("period", "last spring", "date-unreadable"),
            ("period", "2019/2017", "date-unreadable"),
            ("accessed", "17.5.2024", "date-unreadable"),
            ("places", "Atlantis", "place-unknown"),
            ("places", "CN-ZZZ", "place-unknown"),
            ("places", "CN, " + "x" * 5000, "place-unknown"),
            ("places", "China\u202e", "place-unknown"),
            ("sensitivity", "very", "sensitivity-unknown"),
        ],
    )
    def test_says_of_each_field_why_it_is_refused(self, field, written, code):
        [(name, error)] = refused(Details(**{field: written}))
        assert (name, error.code) == (field, code)

    @pytest.mark.parametrize("degree", Sensitivity)
    def test_knows_its_degrees_of_sensitivity(self, degree):
        assert checked(Details(sensitivity=degree.upper())).sensitivity == degree


class TestMissing:
    def test_is_nothing_where_everything_is_said(self):
        assert missing(WHOLE) == []

    @pytest.mark.parametrize("name", [name for name in NEEDED if name not in {"source", "url"}])
    def test_names_each_field_of_which_nobody_said_anything(self, name):
        assert missing(WHOLE | {name: ""}) == [name]

    def test_asks_nothing_of_a_source_that_nobody_names(self):
        assert missing(WHOLE | {"source": "", "mandate": "", "bias": ""}) == ["source"]

    def test_asks_for_no_copy_of_what_has_no_address(self):
        assert missing(WHOLE | {"url": "", "archive_url": ""}) == ["url"]


class TestPlaces:
    @pytest.mark.parametrize(
        ("written", "code"), [("CN", "CN"), ("cn", "CN"), ("China", "CN"), (" Türkiye ", "TR"), ("cn-xj", "CN-XJ")]
    )
    def test_are_codes_of_iso_3166(self, written, code):
        assert code_of(written) == code

    @pytest.mark.parametrize("written", ["", " ", "XX", "CN-", "-", "CN-XJ-1", "Xinjiang", "=1+1", "\ud800", "٣"])
    def test_that_it_does_not_know_are_refused(self, written):
        with pytest.raises(PlaceUnknown):
            code_of(written)

    def test_are_called_in_the_readers_language(self):
        assert name_of("KZ") == "Kazakhstan"
        assert name_of("KZ", "ug") == "قازاقىستان"
        assert name_of("CN-XJ", "ug").endswith(f"({name_of('CN', 'ug')})")
        assert name_of("TW") == "Taiwan"
        assert (name_of("ZZ"), name_of("CN-99", "xx")) == ("ZZ", "CN-99")
