"""Words that are sealed inside the database: read by who has the key of their compartment, and asked for by nobody."""

from __future__ import annotations

import pytest
from django.core.exceptions import FieldError
from django.db import connection, transaction

from panah import proof
from panah.cases import actions as cases
from panah.cases.models import Case, Name
from panah.vault import data_keys
from panah.vault.data_keys import KeyDestroyed
from panah.vault.models import DataKey

SPELLINGS = [
    "Ms A.",
    "ئايپەرى خانىم",
    "阿依帕日",
    "Айпәри",
    "e\u0301é",
    "\u202bرحىم\u202c",
    "🏔",
    "a" * 200,
]


@pytest.fixture
def case(member, library, now):
    return cases.open_case(called="Ms A.", reference="A-1", compartment=library, by=member, now=now)


def written(case, field="called"):
    """What stands in the row."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {field} FROM cases_case WHERE id = %s", [case.pk])
        return cursor.fetchone()[0]


def write(case, words):
    """Write into the row past the field."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_case SET called = %s WHERE id = %s", [words, case.pk])


class TestSealed:
    @pytest.mark.parametrize("words", SPELLINGS)
    def test_words_of_any_script_come_back_as_they_were(self, case, words):
        case.called = words
        case.save()
        assert Case.objects.get().called == words
        assert words not in written(case)

    def test_words_that_look_sealed_come_back_too(self, case):
        case.note = "\x02sealed\x02:1:00"
        case.save()
        assert Case.objects.get().note == "\x02sealed\x02:1:00"

    def test_words_with_lines_and_without_end_come_back(self, case):
        case.note = "خەت\r\n\tline\n" * 5000
        case.save()
        assert Case.objects.get().note == "خەت\r\n\tline\n" * 5000

    def test_the_same_words_are_sealed_otherwise_each_time(self, case):
        before = written(case)
        case.save()
        assert written(case) != before

    def test_none_stay_none(self, case):
        assert (case.note, written(case, "note")) == ("", "")

    def test_the_words_of_a_name_are_sealed_for_the_compartment_of_its_case(self, case, member, now):
        cases.add_name(case=case, name="Ayperi", script="Latn", by=member, now=now)
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM cases_name")
            assert case.compartment.pk.hex in cursor.fetchone()[0]
        assert Name.objects.get().name == "Ayperi"

    def test_what_was_written_before_there_were_seals_is_read_and_then_sealed(self, case):
        write(case, "In plain")
        old = Case.objects.get()
        assert old.called == "In plain"
        old.save()
        assert "In plain" not in written(case)
        assert Case.objects.get().called == "In plain"


class TestAsked:
    @pytest.mark.parametrize("how", ["called", "called__contains", "called__startswith", "called__iexact"])
    def test_no_row_is_found_by_its_words(self, case, how):
        with pytest.raises(FieldError):
            Case.objects.filter(**{how: "Ms A."}).exists()

    def test_words_are_written_by_save_alone(self, case):
        with pytest.raises(FieldError, match="written by save"), transaction.atomic():
            Case.objects.update(called="Ms B.")
        assert Case.objects.get().called == "Ms A."


class TestOpened:
    def test_with_a_key_that_was_replaced_meanwhile(self, case, library, now):
        from panah.vault.actions import add_key

        add_key(compartment=library, now=now)
        assert Case.objects.get().called == "Ms A."
        case.save()
        assert f":{library.keys.get(number=2).pk}:" in written(case)

    def test_not_after_the_key_was_destroyed(self, case, library):
        destroyed = DataKey.objects.filter(compartment=library)
        destroyed.delete()
        data_keys.forget(library.pk)
        with pytest.raises(KeyDestroyed):
            Case.objects.get()

    @pytest.mark.parametrize("place", [-1, -30])
    def test_not_after_a_byte_was_changed(self, case, place):
        box = list(written(case))
        box[place] = "0" if box[place] != "0" else "1"
        write(case, "".join(box))
        with pytest.raises(proof.SealBroken):
            Case.objects.get()

    def test_not_with_the_key_of_another_compartment(self, case, member, now):
        from panah.vault.actions import set_up

        other = set_up(name="Other", by=member, now=now)
        mark, _, box = written(case).split(":")
        moved = f"{mark[: -len(other.pk.hex)]}{other.pk.hex}:{other.keys.get().pk}:{box}"
        write(case, moved)
        with pytest.raises(proof.SealBroken):
            Case.objects.get()
