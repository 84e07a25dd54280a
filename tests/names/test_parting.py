"""A written name is taken apart at every dot and dash, and nothing unseen stays in it."""

import pytest

from panah.names import parts

TAKEN_APART = {
    "the dot of the norm": ("伊力哈木·土赫提", ("伊力哈木", "土赫提")),
    "a bullet": ("伊力哈木•土赫提", ("伊力哈木", "土赫提")),
    "a Japanese dot": ("伊力哈木・土赫提", ("伊力哈木", "土赫提")),
    "a full stop": ("伊力哈木.土赫提", ("伊力哈木", "土赫提")),
    "a space": ("Erkin  Tursun", ("erkin", "tursun")),
    "no dot": ("伊力哈木土赫提", ("伊力哈木土赫提",)),
    "a hyphen": ("Abd-ar-Rahim", ("abd", "ar", "rahim")),
    "Han beside Latin": ("艾尔肯Erkin", ("艾尔肯", "erkin")),
    "the zone that machines read": ("TURSUN<<ERKIN<ADIL<<<<", ("tursun", "erkin", "adil")),
    "a right-to-left override": ("\u202eErkin", ("erkin",)),
    "a joiner": ("ئە\u200cركىن", ("ئەركىن",)),
    "a combining mark": ("Gu\u0308lnar", ("gülnar",)),
    "a mark that no letter takes": ("Erk\u0332in", ("erkin",)),
    "a capital İ": ("İsmail", ("ismail",)),
    "every apostrophe": ("Qurʼan’jan", ("qur'an'jan",)),
    "digits and signs": ("Erkin 2 Tursun!", ("erkin", "tursun")),
    "full width": ("Ｅｒｋｉｎ", ("erkin",)),
    "nothing": ("", ()),
}


@pytest.mark.parametrize(("name", "wanted"), TAKEN_APART.values(), ids=TAKEN_APART)
def test_the_parts_of_a_name(name: str, wanted: tuple[str, ...]):
    assert parts(name) == wanted
