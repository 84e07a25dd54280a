"""Chats in text files: each message a paragraph with sender and time; day and month are never guessed."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.library.extractors.kinds import media_type
from panah.library.extractors.texts import CHAT, PLAIN
from panah.library.extractors.whatsapp import ChatLines

LINES = {
    "Android, day first": ("23/01/19, 11:25 - Gulnar: Hello\n24/01/19, 21:26 - Adil: Hi\n", "2019-01-23 11:25"),
    "Android, month first": ("01/23/19, 11:25 - Gulnar: Hello\n01/24/19, 21:26 - Adil: Hi\n", "2019-01-23 11:25"),
    "year first": ("2019-01-23, 11:25 - Gulnar: Hello\n2019-01-24, 21:26 - Adil: Hi\n", "2019-01-23 11:25"),
    "12 hours": ("1/23/19, 1:25 PM - Gulnar: Hello\n1/24/19, 9:26 PM - Adil: Hi\n", "2019-01-23 13:25"),
    "narrow no-break space": (
        "1/23/19, 1:25\u202fPM - Gulnar: Hello\n1/24/19, 9:26\u202fPM - Adil: Hi\n",
        "2019-01-23 13:25",
    ),
    "midnight": ("1/23/19, 12:25 a.m. - Gulnar: Hello\n1/24/19, 9:26 p.m. - Adil: Hi\n", "2019-01-23 00:25"),
    "noon": ("1/23/19, 12:25 p. m. - Gulnar: Hello\n1/24/19, 9:26 p. m. - Adil: Hi\n", "2019-01-23 12:25"),
    "brackets of a telephone of Apple's": (
        "[23.01.19, 11:25:07] Gulnar: Hello\n\u200e[24.01.19, 21:26:08] Adil: Hi\n",
        "2019-01-23 11:25:07",
    ),
    "byte order mark": ("\ufeff[23.01.2019, 11:25:07] Gulnar: Hello\n[24.01.2019, 21:26:08] Adil: Hi\n", "2019-01-23 11:25:07"),
    "Windows' line ends": ("23/01/19, 11:25 - Gulnar: Hello\r\n24/01/19, 21:26 - Adil: Hi\r\n", "2019-01-23 11:25"),
    "a long dash": ("23/01/19, 11:25 – Gulnar: Hello\n24/01/19, 21:26 – Adil: Hi\n", "2019-01-23 11:25"),
    "Chinese": ("2019/1/23 下午1:25 - Gulnar: Hello\n2019/1/24 上午9:26 - Adil: Hi\n", "2019-01-23 13:25"),
    "Chinese, all of it": ("2019年1月23日 下午1:25 - Gulnar: Hello\n2019年1月24日 上午9:26 - Adil: Hi\n", "2019-01-23 13:25"),
    "Turkish": ("23.01.2019 ÖS 1:25 - Gulnar: Hello\n24.01.2019 ÖÖ 9:26 - Adil: Hi\n", "2019-01-23 13:25"),
    "Arabic": ("23\u200f/1\u200f/2019".replace("\u200f", "") + " 1:25 م - Gulnar: Hello\n24/1/2019 9:26 ص - Adil: Hi\n", "2019-01-23 13:25"),
    "Arabic figures": ("٢٣/١/٢٠١٩، ١:٢٥ م - Gulnar: Hello\n٢٤/١/٢٠١٩، ٩:٢٦ ص - Adil: Hi\n", "2019-01-23 13:25"),
    "Finnish": ("23.1.2019 klo 13.25 - Gulnar: Hello\n24.1.2019 klo 9.26 - Adil: Hi\n", "2019-01-23 13:25"),
    "Signal": ("[2019-01-23, 11:25] Gulnar: Hello\n[2019-01-24, 21:26] Adil: Hi\n", "2019-01-23 11:25"),
    "points are of days first": ("[03.01.19, 11:25] Gulnar: Hello\n[04.01.19, 21:26] Adil: Hi\n", "2019-01-03 11:25"),
    "told by the order of the messages": (
        "03/01/19, 11:25 - Gulnar: Hello\n02/02/19, 21:26 - Adil: Hi\n01/03/19, 21:26 - Adil: Hi\n",
        "2019-01-03 11:25",
    ),
}  # fmt: skip

ORDINARY = {
    "a letter": "Dear Gulnar,\n\nI write to you on 23/01/19, 11:25 - as agreed: at last.\n",
    "a diary": "23/01/19, 11:25 - got up\n24/01/19, 11:25 - got up again\n",
    "one line": "23/01/19, 11:25 - Gulnar: Hello\n",
    "a log": "2019-01-23 11:25:07,123 - INFO - started\n2019-01-23 11:25:08,123 - INFO - stopped\n",
    "a chat that is quoted": "She sent me this:\n\n23/01/19, 11:25 - Gulnar: Hello\n24/01/19, 21:26 - Adil: Hi\n",
    "a table of times": "23/01/19 11:25 arrival\n24/01/19 21:26 departure\n",
}


def read(text):
    return ChatLines().read(text.encode())


def paragraphs(text):
    extracted = read(text)
    return [extracted.text[start:end] for start, end in extracted.paragraphs]


class TestChatLines:
    @pytest.mark.parametrize(("text", "first"), LINES.values(), ids=LINES)
    def test_is_recognised_and_each_message_says_when_and_who(self, text, first):
        assert media_type(text.encode()) == CHAT
        assert paragraphs(text)[0] == f"{first} Gulnar: Hello"
        found = read(text).found
        assert (found["senders"], found["system_messages"]) == ("2", "0")

    @pytest.mark.parametrize("text", ORDINARY.values(), ids=ORDINARY)
    def test_ordinary_text_stays_what_it_is(self, text):
        assert media_type(text.encode()) == PLAIN

    def test_dates_that_can_be_read_in_two_ways_stay_as_they_are_written(self):
        text = "03/01/19, 11:25 - Gulnar: Hello\n03/02/19, 9:26 PM - Adil: Hi\n"
        assert paragraphs(text) == ["03/01/19, 11:25 Gulnar: Hello", "03/02/19, 9:26 PM Adil: Hi"]
        assert read(text).found["dates"] == "day and month cannot be told apart: as they are written"
        assert read(text).about == {}

    def test_says_how_it_knows(self):
        assert (
            read(LINES["told by the order of the messages"][0]).found["dates"]
            == "day first, by the order of the messages"
        )
        assert read(LINES["Android, day first"][0]).found["dates"] == "day first"

    def test_dates_that_fit_no_order_stay_as_they_are_written(self):
        text = "33/13/19, 11:25 - Gulnar: Hello\n24/01/19, 21:26 - Adil: Hi\n"
        assert paragraphs(text)[0] == "33/13/19, 11:25 Gulnar: Hello"
        assert "not understood" in read(text).found["dates"]

    def test_a_half_of_the_day_in_an_unknown_word_stays_as_it_is_written(self):
        assert (
            paragraphs("23/01/19, 1:25 xy - Gulnar: Hello\n24/01/19, 9:26 - Adil: Hi")[0]
            == "23/01/19, 1:25 xy Gulnar: Hello"
        )

    def test_lines_of_one_message_stay_together_with_the_empty_ones(self):
        text = "23/01/19, 11:25 - Gulnar: one\n\ntwo 24/01/19: three\n24/01/19, 21:26 - Adil: Hi"
        assert paragraphs(text)[0] == "2019-01-23 11:25 Gulnar: one\n\ntwo 24/01/19: three"

    def test_what_the_program_says_is_marked(self):
        text = "23/01/19, 11:24 - Messages are encrypted.\n23/01/19, 11:25 - A: x\n23/01/19, 11:26 - B: y"
        assert paragraphs(text)[0] == "2019-01-23 11:24 [System] Messages are encrypted."
        assert read(text).found["system_messages"] == "1"

    def test_what_was_sent_along_is_kept(self):
        text = "[23.01.19, 11:25:07] A: \u200e<attached: 00000012-PHOTO.jpg>\n[23.01.19, 11:26:00] B: IMG-1.jpg (file attached)"
        assert paragraphs(text)[0] == "2019-01-23 11:25:07 A: \u200e<attached: 00000012-PHOTO.jpg>"

    def test_says_from_which_day_to_which(self):
        assert read(LINES["year first"][0]).about == {"date": "2019-01-23/2019-01-24"}

    @given(
        st.lists(
            st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1), min_size=2, max_size=5
        )
    )
    def test_keeps_every_word(self, said):
        said = [" ".join(words.split()) or "x" for words in said]
        lines = [f"23/01/19, 11:{minute:02} - Gulnar: {words}" for minute, words in enumerate(said)]
        told = paragraphs("\n".join(lines))
        assert told == [f"2019-01-23 11:{minute:02} Gulnar: {words}".strip() for minute, words in enumerate(said)]

    @given(st.dates(min_value=date(2000, 1, 1)), st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%Y-%m-%d"]))
    def test_never_gives_another_day(self, day, written):
        """What is shown is the day that was meant, or what is written."""
        later = day.replace(day=28)
        text = "".join(f"{at.strftime(written)}, 11:25 - A: x\n" for at in sorted([day, later]))
        extracted = read(text)
        for paragraph, at in zip(extracted.paragraphs, sorted([day, later]), strict=True):
            shown = extracted.text[slice(*paragraph)]
            assert shown.startswith((at.isoformat(), at.strftime(written)))

    def test_a_file_without_a_message_is_its_text(self):
        assert paragraphs("only words") == ["only words"]

    def test_paragraphs_do_not_overlap(self):
        bounds = read("".join(text for text, _ in LINES.values())).paragraphs
        assert all(before[1] < after[0] for before, after in pairwise(bounds))
