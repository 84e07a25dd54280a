"""Whatever is given for a name, there is an answer or one clear sentence, soon."""

import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panah.names import NameEmpty, NameTooLong, Roll, Script, compare, parts, rank, spellings

HOSTILE = {
    "nothing": "",
    "one letter": "a",
    "one character": "阿",
    "ten thousand letters": "a" * 10_000,
    "as long as may be": "a" * 200,
    "as many characters as may be": "阿" * 200,
    "what can be cut in very many ways": "ana" * 66,
    "as many parts as may be": "a b c d e f g h",
    "scripts mixed in one part": "Erkиnئە肯",
    "a right-to-left override": "\u202eErkin\u202c",
    "nothing but marks": "\u0301" * 50,
    "marks on one letter": "a" + "\u0301" * 150,
    "digits": "123 456",
    "emoji": "👨‍👩‍👧 Erkin",
    "SQL": "'; DROP TABLE names; --",
    "FTS operators": 'NEAR("a" AND *) OR -b^2',
    "Han outside the repertoire": "㐀㐁\U00020000\U0002a6d0",
    "a lone surrogate": "Erk\ud800in",
    "nul": "Erk\0in",
    "Thai": "สวัสดี",
    "another surrogate": "\udfff",
}


def asked(name: str) -> None:
    for question in (
        lambda: parts(name),
        lambda: compare(name, "Abdurehim Tursun"),
        lambda: compare("阿卜杜热依木·吐尔逊", name),
        lambda: rank(name, ["Erkin", name]),
        lambda: rank("Erkin", [name]),
        lambda: found(name),
        *(
            lambda script=script: spellings(name, script)
            for script in (Script.UYGHUR_ARABIC, Script.CHINESE, Script.PINYIN)
        ),
    ):
        with suppress(NameEmpty, NameTooLong):
            question()


def found(name: str) -> None:
    roll = Roll()
    roll.add([parts(name), ("erkin",)])
    roll.find(parts(name))


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_an_answer_or_a_sentence(name: str):
    begun = time.process_time()
    asked(name)
    assert time.process_time() - begun < 5


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=40))
def test_any_text(name: str):
    asked(name)


@settings(max_examples=20, deadline=None)
@given(st.text(alphabet="abdehilmnrstu阿卜杜热依木ەاىلۇабдурһ·< '", min_size=1, max_size=24))
def test_what_looks_like_a_name(name: str):
    asked(name)
