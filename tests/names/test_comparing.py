"""Spellings of one name are told from other names, part by part, with a reason in words for every step. All people are invented."""

import pytest

from panah import names
from panah.names import Grade, NameEmpty, NameTooLong, compare
from panah.names.joining import ways

NEAR = {Grade.SAME_SPELLING, Grade.REGULAR}

ONE_NAME = {
    "Uyghur Arabic and Latin": ("ئابدۇرەھىم", "Abdurehim"),
    "Uyghur Cyrillic": ("Абдуреһим", "Abdurehim"),
    "press Latin": ("Abdurahim", "Abdurehim"),
    "a letter doubled": ("Abdurrahim", "Abdurehim"),
    "Chinese after the norm": ("阿卜杜热依木", "Abdurehim"),
    "Chinese before the norm": ("阿布都热依木", "Abdurehim"),
    "traditional characters": ("阿卜杜熱依木", "Abdurehim"),
    "old and new characters": ("阿不都热依木", "阿卜杜热依木"),
    "pinyin of the characters": ("Abudureyimu", "阿卜杜热依木"),
    "the place-name romanisation": ("Dilxat", "Dilshat"),
    "the old Uyghur alphabet": ("Dilxat", "دىلشات"),
    "Turkish": ("Şöhret Gülçehre", "Shöhret Gülchehre"),
    "a Turkish c": ("Erdoğan Cengiz", "Erdoghan Jengiz"),
    "a vowel near to the usual one of its character": ("海亚力", "Xiyal"),
    "Kazakh Cyrillic": ("Нұрлан", "努尔兰"),
    "a ж that is j": ("Жанар", "Janar"),
    "a ж that is zh": ("Жанар", "Zhanar"),
    "an English th": ("Sabith", "Sabit"),
    "Kazakh in Arabic letters": ("نۇرلان", "Нұрлан"),
    "Kazakh with the mark of front vowels": ("ٴبىلال", "Bilal"),
    "Uzbek with an apostrophe": ("G'ulom", "Ghulom"),
    "diaereses not typed": ("Gulnur", "Gülnur"),
    "an Arabic h for a Uyghur e": ("ئابدۇرەهىم", "ئابدۇرەھىم"),
    "LYU": ("Maolyudan", "Maolüdan"),
    "LV": ("Maolvdan", "Maolüdan"),
    "every dot": ("依力哈木•托合提", "依力哈木·托合提"),
    "the zone that machines read": ("TURSUN<<ERKIN", "Tursun Erkin"),
}


class TestOneName:
    @pytest.mark.parametrize(("a", "b"), ONE_NAME.values(), ids=ONE_NAME)
    def test_is_seen_in_two_spellings(self, a: str, b: str):
        assert compare(a, b).grade in NEAR
        assert compare(b, a).grade in NEAR

    def test_in_arabic_without_its_vowels_is_possible(self):
        assert compare("محمد", "Muhammad").grade in {*NEAR, Grade.POSSIBLE}
        assert compare("نورالدين", "努尔丁").grade in {*NEAR, Grade.POSSIBLE, Grade.WEAK}
        assert compare("محمد", "محمود").grade is not Grade.SAME_SPELLING

    def test_that_is_spelled_alike_is_said_to_be(self):
        found = compare("Erkin·Tursun", "erkin tursun")
        assert found.grade is Grade.SAME_SPELLING
        assert [part.grade for part in found.parts] == [Grade.SAME_SPELLING] * 2


class TestAnotherName:
    @pytest.mark.parametrize(
        ("a", "b"),
        [("Memet", "艾山"), ("Erkin", "Tursun"), ("阿卜杜热依木", "古丽娜尔"), ("Нұрлан", "Қанат"), ("محمد", "Tursun")],
    )
    def test_is_different(self, a: str, b: str):
        assert compare(a, b).grade is Grade.DIFFERENT


class TestWholeNames:
    def test_turned_are_said_to_be(self):
        found = compare("依力哈木·吐尔逊", "Tursun Ilham")
        assert found.turned
        assert found.grade is Grade.REGULAR
        assert [str(note) for note in found.notes] == ["the parts stand in another order"]

    def test_that_lack_a_part_are_at_most_possible(self):
        found = compare("Erkin Tursun", "Erkin")
        assert found.grade is Grade.POSSIBLE
        assert found.missing == ("tursun",)
        assert [(part.left, part.right) for part in found.parts] == [("erkin", "erkin"), ("tursun", "")]
        assert str(found.notes[0]) == "the part tursun stands in one of them only"

    def test_that_share_one_part_and_have_others_are_weak_and_by_a_weak_part_different(self):
        asked = "阿卜杜热依木·吐尔逊"
        known = {"Abdurehim": "possible", "Abdurehim Sabir": "weak", "Ghopur Sabir": "different"}
        assert {name: str(compare(asked, name).grade) for name in known} == known
        assert {each.name: str(each.grade) for each in names.rank(asked, known)} == known

    def test_with_a_grandfather_in_any_order(self):
        found = compare("Erkin Tursun Qadir", "Qadir Erkin Tursun")
        assert found.turned
        assert not found.missing

    def test_without_a_dot_are_compared_as_one(self):
        found = compare("依力哈木吐尔逊", "Ilham Tursun")
        assert found.grade in NEAR
        assert compare("Tursun Ilham", "依力哈木吐尔逊").turned

    def test_cut_short_by_a_machine_readable_zone_are_possible(self):
        cut = "ABDUREHIMJAN<<MUHEMMETTURSUNNIYAZQARIHA"
        assert len(cut) == 39
        found = compare(cut, "Abdurehimjan Muhemmettursunniyazqarihaji")
        assert found.grade is Grade.POSSIBLE
        assert compare(cut[:-1], "Abdurehimjan Muhemmettursunniyazqarihaji").grade is not Grade.SAME_SPELLING

    def test_of_which_a_part_cannot_be_read_are_compared_by_the_others(self):
        assert compare("ໂ Erkin", "ໂ Erkin").grade is Grade.SAME_SPELLING
        assert compare("ໂ Erkin", "Erkin").grade is Grade.REGULAR

    def test_of_which_a_shortened_form_is_known_stay_regular_where_they_are(self):
        assert compare("依力哈木·土赫提", "Ilham Tohti").grade is Grade.REGULAR


class TestWays:
    def test_are_tried_in_one_order_whatever_the_machine(self):
        assert [way.slots for way in ways(2, 2)] == [(0, 1), (1, 0), (0, None), (1, None), (None, 0), (None, 1)]
        assert [way.slots for way in ways(3, 1)] == [(0, None, None), (None, 0, None), (None, None, 0)]


class TestReasons:
    def reasons(self, a: str, b: str) -> dict[tuple[str, str], str]:
        return {(step.left, step.right): str(step.reason) for part in compare(a, b).parts for step in part.steps}

    def test_tell_of_each_character(self):
        assert self.reasons("艾尔肯", "Erkin") == {
            ("艾", "e"): "the usual transcription",
            ("尔", "r"): "filler vowel after a consonant",
            ("肯", "kin"): "the usual transcription",
        }

    def test_tell_of_an_h_that_fell(self):
        assert self.reasons("Hemit", "Emit")["h", ""] == "h dropped (regular)"

    def test_tell_of_a_sound_that_is_missing(self):
        assert self.reasons("Tursun", "Tusun")["r", ""] == "r missing"

    def test_tell_of_sounds_that_are_taken_for_one_another(self):
        found = self.reasons("Abdurehim", "Abdurahim")
        assert found["e", "a"] == "e for a (regular)"
        assert self.reasons("Tursun", "Mursun")["t", "m"] == "t for m (not usual)"

    def test_tell_of_a_letter_doubled_and_of_a_vowel_not_written(self):
        assert "a letter doubled" in self.reasons("Abdulla", "Abdula").values()
        assert "a vowel that is not written" in self.reasons("محمد", "Muhammad").values()

    def test_tell_of_an_h_that_no_character_has(self):
        assert self.reasons("艾山", "Hesen")["艾", "he"] == "h dropped (regular)"

    def test_tell_of_a_possible_transcription(self):
        assert "a possible transcription" in self.reasons("艾山", "Asen").values()

    def test_tell_of_what_is_not_transcribed(self):
        found = set(self.reasons("艾山巴", "Hesenlpx").values())
        assert any(reason.endswith("is not transcribed") for reason in found)
        assert "a character that stands for no sound" in self.reasons("艾山巴", "Hesen").values()

    def test_tell_of_a_syllable_that_is_not_there(self):
        assert "a syllable that is not there" in self.reasons("艾山巴", "艾山").values()

    def test_tell_of_characters_that_are_read_alike(self):
        assert self.reasons("阿力木", "阿里木")["力", "里"] == "characters that are read alike"
        assert (
            self.reasons("阿不都拉", "阿卜都拉")["不", "卜"]
            == "a character from before the norm, and the one of the norm"
        )
        assert "syllables that transcribe the same sounds" in self.reasons("吐尔逊", "图尔荪").values()
        assert "syllables that transcribe other sounds" in self.reasons("艾山", "艾力").values()

    def test_tell_of_an_ending_that_is_often_left_out(self):
        found = compare("Adiljan", "Adil")
        assert found.grade is Grade.POSSIBLE
        assert self.reasons("Adiljan", "Adil")["jan", ""] == "an ending that is often left out"
        assert compare("艾尔肯江", "艾尔肯").grade is Grade.POSSIBLE

    def test_tell_of_another_form_of_one_name(self):
        found = compare("Smayil", "司马义")
        assert found.grade in {Grade.REGULAR, Grade.POSSIBLE}
        assert compare("Оспан", "Osman").grade is Grade.POSSIBLE
        assert "another form of one name" in self.reasons("Оспан", "Osman").values()


class TestRefused:
    @pytest.mark.parametrize("name", ["", " ", "123", "😀", "·<·", "'", "हिन्दी", "\u202e"])
    def test_is_a_name_without_letters(self, name: str):
        with pytest.raises(NameEmpty):
            compare(name, "Erkin")
        with pytest.raises(NameEmpty):
            compare("Erkin", name)
        with pytest.raises(NameEmpty):
            names.rank(name, ["Erkin"])
        with pytest.raises(NameEmpty):
            names.spellings(name, names.Script.TURKISH)

    @pytest.mark.parametrize("name", ["a" * 10_000, "阿" * 201, "a " * 9])
    def test_is_a_name_that_is_too_long(self, name: str):
        with pytest.raises(NameTooLong):
            compare("Erkin", name)
