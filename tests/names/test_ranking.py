"""Many spellings beside one are in the order, and have the words, that `compare` gives to each. All names are invented."""

import random

import pytest

from panah.names import Grade, NameEmpty, compare, rank

SPELLINGS = [
    "Abdurehim", "Abdurrahman", "ئابدۇرەھىم", "阿卜杜热依木", "阿卜杜热合曼", "Абдуреһим", "عبد الرحيم", "عبدالرحيم", "Erkin", "艾尔肯", "Еркін",
    "Abudureyimu", "Erkin Tursun", "艾尔肯·吐尔逊", "吐尔逊·艾尔肯", "艾尔肯吐尔逊", "Erkinjan Tursun", "Memet", "Muhemmet", "买买提", "Erkin Tursun Adil",
    "Adil", "Adiljan", "Nurgül", "Нұргүл", "努尔古丽", "محمد", "Smayil", "司马义", "叶尔肯", "Maolvdan", "Xalmurat", "Qasim Ciger", "㐀㐁", "A", "汗",
]  # fmt: skip


class TestRank:
    @pytest.mark.parametrize("asked", SPELLINGS)
    def test_judges_as_compare_does(self, asked: str):
        found = rank(asked, SPELLINGS)
        assert {each.place for each in found} == set(range(len(SPELLINGS)))
        costs = [compare(asked, each.name)._cost for each in found]
        assert costs == pytest.approx(sorted(costs), abs=1e-3)
        near = [each for each in found if each.grade is not Grade.DIFFERENT]
        assert [each.grade for each in near[:10]] == [compare(asked, each.name).grade for each in near[:10]]

    def test_puts_the_best_first(self):
        assert rank("阿卜杜热依木", ["Erkin", "Abdurehim", "Memet"])[0].name == "Abdurehim"

    def test_puts_last_what_cannot_be_read(self):
        found = rank("Erkin", ["", "Erkin", "a" * 300, "7"])
        assert [each.place for each in found] == [1, 0, 2, 3]
        assert found[-1].grade is Grade.DIFFERENT

    def test_of_nothing_is_nothing(self):
        assert rank("Erkin", []) == []

    def test_says_of_the_same_spelling_that_it_is(self):
        assert rank("Erkin Tursun", ["ERKIN TURSUN", "Erkin"])[0].grade is Grade.SAME_SPELLING

    def test_does_not_depend_on_the_order_of_the_candidates(self):
        mixed = random.Random(1).sample(SPELLINGS, len(SPELLINGS))
        assert rank("艾尔肯", mixed)[0].name == rank("艾尔肯", SPELLINGS)[0].name

    def test_refuses_a_name_without_letters(self):
        with pytest.raises(NameEmpty):
            rank("?", SPELLINGS)

    @pytest.mark.parametrize(
        ("asked", "first", "second"),
        [
            ("Amangül", "ئاماڭۈل", "ئامانگۈل"),
            ("ئايشە", "Ayshe", "Ayşe"),
            ("Nurlan", "Нұрлан", "Нурлан"),
            ("Kamal", "Камал", "Камаль"),
            ("Erkin", "艾尔肯", "艾爾肯"),
            ("Salam", "سالام", "سلام"),
        ],
    )
    def test_puts_the_letters_of_uyghur_before_others_for_the_same_sounds(self, asked: str, first: str, second: str):
        assert [each.name for each in rank(asked, [second, first])] == [first, second]
