"""One family of errors: each has a stable code and a sentence that people read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.errors import Failure, PanahError, one_line
from panah.text import QueryTooLong


class WordsDiffer(PanahError):
    """The words “{words}” do not stand
    at byte {start} of the reading.

    This paragraph is for programmers: {nothing} is filled in here.
    """


class HTTPSOnly2Refused(WordsDiffer):
    """A name with digits and capitals."""

    status = 409


class Unsaid(PanahError):
    pass


class TestPanahError:
    def test_has_its_own_name_as_its_code(self):
        assert WordsDiffer.code == "words-differ"
        assert HTTPSOnly2Refused.code == "httpsonly2-refused"
        assert PanahError.code == "panah-error"

    def test_says_the_first_paragraph_of_its_docstring_on_one_line(self):
        error = WordsDiffer(words="forced return", start=12)
        assert error.sentence == "The words “forced return” do not stand at byte 12 of the reading."
        assert str(error) == f"words-differ: {error.sentence}"

    def test_keeps_its_facts(self):
        assert WordsDiffer(words="a", start=1).facts == {"words": "a", "start": 1}

    def test_has_a_template_for_the_handbook(self):
        assert WordsDiffer.template() == "The words “{words}” do not stand at byte {start} of the reading."
        assert Unsaid.template() == ""

    def test_answers_with_400_unless_it_says_otherwise(self):
        assert (WordsDiffer.status, HTTPSOnly2Refused.status) == (400, 409)

    def test_knows_its_whole_family(self):
        family = list(PanahError.family())
        assert {WordsDiffer, HTTPSOnly2Refused, QueryTooLong} <= set(family)
        assert family.index(WordsDiffer) < family.index(HTTPSOnly2Refused)

    def test_is_never_raised_with_a_fact_missing(self):
        with pytest.raises(KeyError, match="start"):
            WordsDiffer(words="a")

    @pytest.mark.parametrize(
        ("fact", "shown"),
        [
            ("a\nb", "a\\nb"),
            ("\x1b[31m", "\\x1b[31m"),
            ("\u202egpj.exe", "\\u202egpj.exe"),
            ("\ud800", "\\ud800"),
            ("\U000e0001", "\\U000e0001"),
            ("{start} {0}", "{start} {0}"),
            ("پاناھ 难民 é", "پاناھ 难民 é"),
            (None, "None"),
            (b"\xff", "b'\\xff'"),
        ],
    )
    def test_a_fact_cannot_break_out_of_its_line(self, fact, shown):
        assert (
            WordsDiffer(words=fact, start=0).sentence == f"The words “{shown}” do not stand at byte 0 of the reading."
        )

    @pytest.mark.parametrize(
        "fact", ["{start}", "{0}", "{words.__class__.__init__.__globals__}", "%s %(start)s", "{", "}}"]
    )
    def test_a_fact_is_never_a_template(self, fact):
        assert WordsDiffer(words=fact, start=0).sentence == f"The words “{fact}” do not stand at byte 0 of the reading."


class TestOneLine:
    @given(st.text(st.characters(exclude_categories=())))
    def test_any_text_becomes_one_printable_line(self, text):
        line = one_line(text)
        assert line.isprintable()
        assert len(line.splitlines()) <= 1

    @given(st.text().filter(str.isprintable))
    def test_what_can_be_printed_is_not_changed(self, text):
        assert one_line(text) == text


class TestFailure:
    def test_is_falsy_and_says_why(self):
        failure = Failure("the seal is broken")
        assert not failure
        assert failure.reason == "the seal is broken"
        assert repr(failure) == "Failure('the seal is broken')"
