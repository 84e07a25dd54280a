"""A name has its regular spellings in every script, and they lead back to it."""

import pytest

from panah.names import Grade, Script, compare, every_spelling, spellings

ABDUREHIM = {
    Script.UYGHUR_ARABIC: "ئابدۇرەھىم",
    Script.UYGHUR_LATIN: "Abdurehim",
    Script.UYGHUR_CYRILLIC: "Абдурәһим",
    Script.UYGHUR_OLD_LATIN: "Abdurəⱨim",
    Script.RUSSIAN: "Абдурахим",
    Script.MACHINE_READABLE: "ABDUREHIM",
    Script.CHINESE: "阿卜杜热依木",
    Script.CHINESE_OLD: "阿不都热依木",
    Script.CHINESE_TRADITIONAL: "阿卜杜熱依木",
    Script.PINYIN: "Abudoureyimu",
}


class TestSpellings:
    @pytest.mark.parametrize(("script", "wanted"), ABDUREHIM.items(), ids=ABDUREHIM)
    def test_of_a_name_of_one_part(self, script: Script, wanted: str):
        assert wanted in spellings("Abdurehim", script)

    @pytest.mark.parametrize("name", ["Erkin Tursun", "阿卜杜热依木·吐尔逊", "ئابدۇرەھىم", "Abdurehim", "Qï"])
    def test_in_every_script_are_those_of_each(self, name: str):
        each = {script: tuple(spellings(name, script)) for script in Script}
        assert every_spelling(name) == {script: found for script, found in each.items() if found}

    @pytest.mark.parametrize("script", Script)
    @pytest.mark.parametrize("name", ["Erkin Tursun", "Gülnar", "Dilshat", "艾尔肯·吐尔逊"])
    def test_lead_back_to_the_name(self, script: Script, name: str):
        found = spellings(name, script)
        assert found
        assert compare(found[0], name).grade in {Grade.SAME_SPELLING, Grade.REGULAR, Grade.POSSIBLE}

    def test_begin_with_a_hamza_in_uyghur_arabic(self):
        assert spellings("Eli Ayishe", Script.UYGHUR_ARABIC) == ["ئەلى ئايىشە"]

    def test_read_an_ambiguous_letter_as_uyghur_latin_does(self):
        assert spellings("Xaliq", Script.UYGHUR_ARABIC) == ["خالىق"]

    def test_leave_out_what_nobody_can_read(self):
        assert spellings("㐀 Erkin", Script.UYGHUR_LATIN) == ["Erkin"]
        assert spellings("Erkin ໂ", Script.UYGHUR_LATIN) == ["Erkin"]

    def test_have_one_sound_for_the_two_of_j_in_xinjiang(self):
        assert spellings("Нұржан", Script.CHINESE) == spellings("Nurjan", Script.CHINESE)
