"""Words of decisions that a rule shows, and the same words where they mean nothing: in four languages, by a table."""

from __future__ import annotations

from pathlib import Path

import pytest

from panah.law.refusal import audit
from panah.law.refusal.finding import judged, stretches
from panah.law.refusal.loading import Fault, wordings
from panah.law.refusal.rules import RULES
from support.refused import HEADINGS, refused, rows

TABLE = rows(Path(__file__).parent / "tables" / "wording.yaml")
FRESH = rows(Path(__file__).parent / "fresh.yaml")
SENTENCES = [
    (rule, tongue, kind, sentence)
    for rule, tongues in TABLE.items()
    for tongue, kinds in tongues.items()
    for kind, sentences in kinds.items()
    for sentence in sentences
]
OTHERS = ("account", "law", "country", "remedy")


def raised(rule, tongue, sentence, part):
    """How often a rule speaks of a sentence under the heading of a part."""
    under = {"order": "1. …", "reasons": "2. …"} | {part: sentence}
    return list(RULES[rule](refused({"language": tongue, "under": under})))


def at_home(rule):
    return "order" if rule == Fault.NO_DESTINATION else "reasons"


@pytest.mark.parametrize(("rule", "tongue", "kind", "sentence"), SENTENCES, ids=lambda each: str(each)[:70])
def test_words_are_shown_only_where_they_are_reasons(rule, tongue, kind, sentence):
    found = raised(rule, tongue, sentence, at_home(rule))
    assert len(found) == (kind == "found")
    if kind == "found":
        [defect] = found
        assert all(each.words in sentence for each in defect.words)
        assert not [part for part in OTHERS if raised(rule, tongue, sentence, part)]


def share_right(kind, *, speaks):
    """Of the fresh sentences of a kind, the part of which the rules rightly speak or are silent."""
    asked = [
        bool(raised(rule, tongue, sentence, "reasons")) is speaks
        for rule, tongues in FRESH.items()
        for tongue, kinds in tongues.items()
        for sentence in kinds[kind]
    ]
    return sum(asked) / len(asked)


def test_phrases_find_most_of_what_nobody_had_thought_of():
    assert share_right("does", speaks=True) >= 0.8
    assert share_right("does-not", speaks=False) >= 0.65


class TestTable:
    def test_tries_every_rule_with_phrases_in_each_language(self):
        with_phrases = {rule for rule, wording in wordings().items() if wording.finder}
        assert set(TABLE) == with_phrases
        for rule, tongues in TABLE.items():
            assert set(tongues) == set(HEADINGS), rule
            assert all(set(kinds) == {"found", "innocent"} for kinds in tongues.values())


class TestPlaces:
    def test_are_found_across_the_ends_of_lines_and_pages(self):
        words = "Die Antragstellerin hat eine inländische Flucht-\nalternative, und ihr Verhalten ist un-\n\nSeite 3 von 8\n\nauffällig."
        refusal = refused({"language": "de", "under": {"reasons": words}})
        found = [each for part in stretches(refusal, judged(refusal), "relocation") for each in part.words]
        assert [each.words for each in found] == ["inländische Flucht-\nalternative"]
        assert refusal.text.encode()[found[0].start : found[0].end].decode() == found[0].words

    def test_stand_in_a_paragraph_in_which_a_reason_is_marked_whatever_its_heading(self):
        row = {"under": {"account": "She could be discreet about it.", "reasons": "…"}}
        assert not audit(refused(row)).defects
        marked = refused(row | {"marks": [{"words": "could be discreet"}]})
        assert [each.rule for each in audit(marked).defects] == ["discretion"]

    def test_are_looked_for_everywhere_where_no_heading_is_known_and_that_is_said(self):
        refusal = refused({"under": {"account": "She could be discreet about it."}})
        found = audit(refusal)
        assert [each.rule for each in found.defects] == ["discretion"]
        assert any("No heading says where the reasons" in each for each in found.not_looked)

    def test_of_one_paragraph_are_one_proposal(self):
        words = "She could be discreet. He could be discreet as well.\n\nThey could be discreet."
        found = audit(refused({"under": {"reasons": words}})).defects
        assert [len(each.words) for each in found] == [2, 1]
        assert len({each.id for each in found}) == 2
