"""What a person types into the search box, and what is made of it."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from panah.errors import PanahError
from panah.text import (
    All,
    Any,
    Phrase,
    QueryEmpty,
    QueryOnlyExcludes,
    QueryTooLong,
    QueryUnbalanced,
    Word,
    any_of,
    found_in,
    parsed,
    phrase,
)
from panah.text.querying import DEEPEST, LONGEST


def said(node):
    """A query as it was understood, in a form that can be read: + is and, | is or, - is without, * goes on."""
    match node:
        case Phrase(words, prefix):
            text = " ".join(word.forms[0] for word in words)
            return (f"“{text}”" if len(words) > 1 else text) + "*" * prefix
        case All(parts, without):
            return "(" + " + ".join(map(said, parts)) + "".join(f" - {said(part)}" for part in without) + ")"
        case Any(parts):
            return "(" + " | ".join(map(said, parts)) + ")"


class TestParsed:
    @pytest.mark.parametrize(
        ("query", "meant"),
        [
            ("camp", "camp"),
            ("  camp  ", "camp"),
            ("Türkistan", "turkistan"),
            ("camp prison", "(camp + prison)"),
            ("camp\u3000prison\tgate", "(camp + prison + gate)"),
            ("难民", "难民"),
            ("难民 营地", "(难民 + 营地)"),
            ("camp AND prison", "(camp + prison)"),
            ("AND camp", "camp"),
            ("camp AND", "camp"),
            ("camp and or not", "(camp + and + or + not)"),  # operators are capitals
            ("android notice order", "(android + notice + order)"),
            ("Xinjiang OR 新疆", "(xinjiang | 新疆)"),
            ("a b OR c d", "((a + b) | (c + d))"),
            ("a OR b OR c", "(a | b | c)"),
            ("OR camp OR", "camp"),
            ("a OR OR b", "(a | b)"),
        ],
    )
    def test_reads_words_and_operators(self, query, meant):
        assert said(parsed(query)) == meant

    @pytest.mark.parametrize(
        ("query", "meant"),
        [
            ('"forced return"', "“forced return”"),
            ('"forced return" camp', "(“forced return” + camp)"),
            ('"camp"', "camp"),
            ('"a OR b"', "“a or b”"),
            ('"a AND (b"', "“a and b”"),
            ('"" camp', "camp"),
            ('"a""b"', "(a + b)"),
            ('a"b"c', "(a + b + c)"),
            ("“forced return”", "“forced return”"),  # English
            ("„erzwungene Rückkehr“", "“erzwungene ruckkehr”"),  # German
            ("»erzwungene Rückkehr«", "“erzwungene ruckkehr”"),
            ("« retour forcé »", "“retour force”"),  # French
            ("«مەجبۇرىي قايتۇرۇش»", "“مەجبۇرىى قاىتۇرۇش”"),  # Uyghur, Persian, Russian
            ("”påtvingad retur”", "“patvingad retur”"),  # Swedish
            ("「强制 遣返」", "“强制 遣返”"),  # Chinese
            ("『强制 遣返』", "“强制 遣返”"),
            ("＂forced return＂", "“forced return”"),
        ],
    )
    def test_reads_a_phrase_in_the_quotation_marks_of_any_language(self, query, meant):
        assert said(parsed(query)) == meant

    @pytest.mark.parametrize(
        ("query", "meant"),
        [
            ("well-known", "“well known”"),
            ("A/HRC/51/5", "“a hrc 51 5”"),
            ("O'Brien", "“o brien”"),
            ("l’asile", "“l asile”"),
            ("于2019年", "“于 2019 年”"),
            ("example.org", "“example org”"),
        ],
    )
    def test_reads_what_is_typed_without_a_space_as_a_phrase(self, query, meant):
        assert said(parsed(query)) == meant

    @pytest.mark.parametrize(
        ("query", "meant"),
        [
            ("camp NOT summer", "(camp - summer)"),
            ("camp -summer", "(camp - summer)"),
            ("-summer camp", "(camp - summer)"),
            ("NOT summer camp", "(camp - summer)"),
            ("camp --summer", "(camp - summer)"),
            ("camp -summer -winter", "(camp - summer - winter)"),
            ("camp -well-known", "(camp - “well known”)"),
            ('camp NOT "summer camp"', "(camp - “summer camp”)"),
            ('camp -"summer camp"', "(camp - “summer camp”)"),
            ("camp NOT (summer OR winter)", "(camp - (summer | winter))"),
            ("camp -(summer OR winter)", "(camp - (summer | winter))"),
            ("camp -summer* prison", "(camp + prison - summer*)"),
            ("(-summer camp)", "(camp - summer)"),
            ("camp NOT NOT summer", "(camp - summer)"),
            ("camp NOT AND summer", "(camp - summer)"),
            ("camp NOT OR prison", "(camp | prison)"),
            ("a -b OR c -d", "((a - b) | (c - d))"),
            ("camp - prison", "(camp + prison)"),  # a dash
            ("camp - ", "camp"),
            ("camp NOT", "camp"),
            ('camp NOT ""', "camp"),
        ],
    )
    def test_reads_what_is_excluded(self, query, meant):
        assert said(parsed(query)) == meant

    @pytest.mark.parametrize(
        ("query", "meant"),
        [
            ("(camp)", "camp"),
            ("((camp))", "camp"),
            ("(a OR b) c", "((a | b) + c)"),
            ("a (b OR c) d", "(a + (b | c) + d)"),
            ("a(b)c", "(a + b + c)"),
            ("((a OR b) c) OR d", "(((a | b) + c) | d)"),
            ("() camp", "camp"),
            ("(camp NOT)", "camp"),
            ("(camp AND) (prison OR)", "(camp + prison)"),
            ("（新疆 OR 西藏） 营", "((新疆 | 西藏) + 营)"),  # as a Chinese keyboard types them
        ],
    )
    def test_reads_brackets(self, query, meant):
        assert said(parsed(query)) == meant

    @pytest.mark.parametrize(
        ("query", "meant"),
        [
            ("deport*", "deport*"),
            ("Türk*", "turk*"),
            ("لاگېر*", "لاگېر*"),
            ("deport* camp", "(deport* + camp)"),
            ("l’asil*", "“l asil”*"),
            ('"forced ret*"', "“forced ret”*"),
            ('"forced ret" *', "“forced ret”"),
            ("*port", "port"),
            ("de*port", "“de port”"),
            ("deport**", "deport*"),
            ("deport＊", "deport*"),
            ("新疆*", "新疆"),  # a run of characters goes on anyway
        ],
    )
    def test_reads_a_star_as_words_that_begin_so(self, query, meant):
        assert said(parsed(query)) == meant

    def test_gives_a_word_every_form_that_it_may_have(self):
        assert parsed('"مهكتهپ"') == Phrase((Word(("مەكتەپ", "مھكتھپ", "مهكتهپ"), unspaced=False),))

    @pytest.mark.parametrize("query", ['"camps"', "camps*", "camp-site", "2019", "难民"])
    def test_gives_no_stem_to_what_is_meant_exactly_or_has_none(self, query):
        assert not any(word.stems for word in parsed(query).words)

    def test_gives_a_word_the_stem_that_it_has_in_each_language_of_its_script(self):
        assert {"en·camp", "fr·camp", "de·camps"} <= set(parsed("Camps").words[0].stems)
        assert {"ru·лагер", "kk·лагер"} <= set(parsed("лагерь").words[0].stems)

    def test_gives_an_unspaced_run_one_form(self):
        assert parsed("新疆") == Phrase((Word(("新疆",), unspaced=True),))


class TestAnyOf:
    @pytest.mark.parametrize(
        ("question", "meant"),
        [
            ("What does the report say about the camps?", "(report | say | camps)"),
            ("Was ist das Umerziehungslager?", "(umerziehungslager)"),
            ("Why?", "(why)"),  # where nothing else stands, what is common is asked for
            ("camp NOT -prison", "(camp | prison)"),
            ("难民营", "(难 | 民 | 营 | 难民 | 民营)"),
        ],
    )
    def test_asks_for_any_word_that_says_something(self, question, meant):
        assert said(any_of(question)) == meant

    def test_counts_a_word_as_often_as_it_was_said(self):
        asked = any_of("Which camps are there, what is a camp, and who was sent to camps?")
        assert {said(part): part.weight for part in asked.parts} == {"camps": 2, "camp": 1, "sent": 1}

    def test_refuses_a_question_without_a_word_and_one_too_long(self):
        with pytest.raises(QueryEmpty):
            any_of("…")
        with pytest.raises(QueryTooLong):
            any_of("a" * (LONGEST + 1))


class TestRefused:
    @pytest.mark.parametrize(
        "query",
        ["", " ", "*", "-", "()", '""', '" "', "…", "AND", "OR", "NOT", "AND OR NOT", "(OR)", "'", "\u200f", "-*"],
    )
    def test_a_question_without_a_word(self, query):
        with pytest.raises(QueryEmpty, match="There is no word in “"):
            parsed(query)

    @pytest.mark.parametrize("query", ["-camp", "NOT camp", "-a -b", "a OR -b", "-a OR b", "(-a) b", "c (NOT a)"])
    def test_a_question_that_says_only_what_not_to_find(self, query):
        with pytest.raises(QueryOnlyExcludes) as refused:
            parsed(query)
        assert refused.value.sentence == f"“{query}” says only what not to find; name a word to find as well."

    @pytest.mark.parametrize(
        "query", ["(a", "a)", ")", "(", '"a', 'a"', 'a "b" "', "(a))", "((a)", ")a(", "„a", 'NOT "a', "a -("]
    )
    def test_a_question_with_an_open_bracket_or_quotation_mark(self, query):
        with pytest.raises(QueryUnbalanced) as refused:
            parsed(query)
        assert refused.value.sentence.startswith(f"A bracket or a quotation mark in “{query}” is not closed")

    def test_brackets_nested_deeper_than_anybody_means(self):
        assert said(parsed("(" * DEEPEST + "camp" + ")" * DEEPEST)) == "camp"
        with pytest.raises(QueryUnbalanced, match="nested too deep"):
            parsed("(" * (DEEPEST + 1) + "camp" + ")" * (DEEPEST + 1))

    def test_a_question_of_more_than_2000_characters(self):
        assert said(parsed("c" * LONGEST)) == "c" * LONGEST
        with pytest.raises(QueryTooLong) as refused:
            parsed("c" * (LONGEST + 1))
        assert refused.value.sentence == "A question has at most 2000 characters; this one has 2001."

    @pytest.mark.parametrize(
        ("sign", "code"),
        [
            *((sign, "query-empty") for sign in ("-", "*", "'", '"', "OR ", "AND ", "AND OR ", "- ", '"(" ')),
            *((sign, "query-unbalanced") for sign in ("(", ")", "a(", ")a", "-(", "NOT (", '"" (')),
            *((sign, "query-only-excludes") for sign in ("-a ", "NOT a ", "OR -a ")),
        ],
    )
    def test_two_thousand_characters_of_operators(self, sign, code):
        with pytest.raises(PanahError) as refused:
            parsed((sign * LONGEST)[: LONGEST // len(sign) * len(sign)])
        assert refused.value.code == code

    @pytest.mark.parametrize(("typed", "shown"), [("\n\u202e", "\\n\\u202e"), ("{…}", "{…}"), ("\ud800", "\\ud800")])
    def test_what_was_typed_cannot_break_out_of_the_sentence(self, typed, shown):
        with pytest.raises(QueryEmpty) as refused:
            parsed(typed)
        assert refused.value.sentence == f"There is no word in “{shown}” to look for."

    @pytest.mark.parametrize("query", ["a NOT OR b", "a NOT AND b", "a NOT NOT b", "(a NOT OR b)"])
    def test_an_operator_is_refused_or_read_but_never_looked_for_as_a_word(self, query):
        try:
            understood = said(parsed(query))
        except PanahError as error:
            understood = error.code
        assert not {"and", "or", "not"} & {*re.findall("[a-z]+", understood)}


class TestQuoted:
    @pytest.mark.parametrize(
        ("typed", "quoted"), [("camp", False), ("re-education", False), ('"camp"', True), ("«難民»", True)]
    )
    def test_a_phrase_knows_whether_it_stood_in_quotation_marks(self, typed, quoted):
        assert parsed(typed).quoted is quoted


ANY_QUERY = st.lists(
    st.one_of(
        st.sampled_from(
            ["(", ")", '"', "“", "«", "-", "*", " ", "AND", "OR", "NOT", "camp", "新疆", "l'a", "ھه", "\ud800"]
        ),
        st.text(st.characters(exclude_categories=()), max_size=3),
    ),
    max_size=30,
).map(" ".join) | st.text(st.characters(exclude_categories=()))


class TestAnyQuery:
    @given(ANY_QUERY, st.text())
    @example('(((("', "")
    @example("NOT", "not")
    def test_is_understood_or_refused_with_a_sentence(self, query, raw):
        try:
            outcome = str(found_in(raw, parsed(query)))
        except (QueryEmpty, QueryTooLong, QueryUnbalanced, QueryOnlyExcludes) as error:
            outcome = error.sentence
        assert outcome.isprintable()


def test_a_word_of_a_phrase_that_is_broken_at_the_end_of_a_line_is_that_word():
    assert phrase("the vil-\nlage of melons") == phrase("the village of melons")
