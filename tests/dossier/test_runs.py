from __future__ import annotations

import pytest

from panah.dossier.exporters.runs import Setter


class TestSetter:
    @pytest.mark.parametrize(
        ("text", "said", "rtl", "languages"),
        [
            ("بالىلارنىڭ ياۋاش ئاۋازى", "", True, ["ug"]),
            ("قازاق ٴتىلى", "", True, ["kk"]),
            ("حقوق الإنسان", "", True, ["ar"]),
            ("پناهندگان ایرانی", "", True, ["fa"]),
            ("Қамаудан шыққан соң ол", "", False, ["kk"]),
            ("Он вернулся домой", "", False, ["ru"]),
            ("扣押了她的护照", "", False, ["zh"]),
            ("Die Behörden verweigerten", "de-DE", False, ["de"]),
            ("Die Behörden verweigerten", "zh", False, ["en"]),
            ("The word پاناھ (庇护) and", "", False, ["en", "ug", "en", "zh", "en"]),
            ("2018-يىلى Human Rights", "", True, ["ug", "en"]),
            ("\u2068پاناھ\u2069, exhibit 2", "", False, ["en", "ug", "en"]),
        ],
    )
    def test_tells_direction_and_language(self, text, said, rtl, languages):
        line = Setter().line(text, said)
        assert (line.rtl, [run.lang for run in line.runs]) == (rtl, languages)
        assert "".join(run.text for run in line.runs) == text

    def test_joins_the_lines_of_a_quotation_and_keeps_those_of_a_text(self):
        assert len(Setter().lines("one\ntwo\n\nthree")) == 3
        assert [line.runs[0].text for line in Setter().lines("one\ntwo\n\nthree", flowing=True)] == ["one two", "three"]
        assert Setter().lines("护照\n扣押", flowing=True)[0].runs[0].text == "护照扣押"

    def test_keeps_the_marks_of_a_letter_in_its_run(self):
        assert [run.text for run in Setter().line("हिन्दी বাংলা").runs] == ["हिन्दी ", "বাংলা"]

    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("a\u202eb\u202cc", "a[U+202E]b[U+202C]c"),
            ("a\u2067b\u2069c", "a\u2067b\u2069c"),
            ("a\u2067b", "a[U+2067]b"),
            ("a\u202ab\u2069c", "a[U+202A]b[U+2069]c"),
            ("\u0000", "[U+0000]"),
            ("می\u200cرود", "می\u200cرود"),
            ("x\ufe0f\ufeff", "x"),
        ],
    )
    def test_shows_what_would_turn_the_text_or_could_not_be_seen(self, text, shown):
        assert Setter().plain(text) == shown

    def test_follows_the_paragraph_before_where_a_paragraph_has_no_direction(self):
        assert [line.rtl for line in Setter().lines("پاناھ\n12\npanah\n12")] == [True, True, False, False]
