"""The audit of a whole decision: its order, its twins, what it could not look at, and decisions that are none."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.law.checklist.onfile import Entry
from panah.law.refusal import Audit, Fault, Refusal, Submitted, audit
from panah.law.refusal.mentions import mentions
from support.refused import decision_text, refused

FULL = {
    "frameworks": ["qr-2024-1347"],
    "raised": ["QR9.3", "QR4.4"],
    "names": ["Anna Erfunden"],
    "under": {
        "order": "1. Anna Erfunden is to be removed.",
        "account": "She said that she is a terrorist in the eyes of the state.",
        "reasons": "It is accepted that she was held.\n\nShe could be discreet.\n\nShe can settle elsewhere in the country.",
        "remedy": "An appeal has no effect on removal.",
    },
    "facts": [{"id": "2", "words": "She was held.", "past_harm": "true"}],
    "marks": [{"words": "It is accepted that she was held.", "facts": ["2"], "concludes": "accepted"}],
    "papers": [{"id": "p1", "title": "Medical report"}],
    "records": {"sur-place": [{"what": "a demonstration", "examined": "no"}]},
}


def alone(text: str, **said: object) -> Audit:
    return audit(replace(Refusal(Entry("decision", 1), text, ""), **said))


class TestAudit:
    def test_proposes_in_the_order_of_the_decision_and_then_of_the_rules(self):
        assert [each.id for each in audit(refused(FULL)).defects] == [
            "no-destination:2", "presumption-not-applied:2", "discretion:7", "relocation-state-actor:8",
            "element-not-addressed:QR9.3", "paper-not-mentioned:p1", "guarantee-deficient:E6",
        ]  # fmt: skip

    def test_does_not_say_once_more_that_a_question_is_open_whose_presumption_was_not_applied(self):
        assert "element-not-addressed:QR4.4" not in {each.id for each in audit(refused(FULL)).defects}

    def test_gives_every_proposal_an_id_of_its_own_that_stays_when_another_reason_is_marked(self):
        before = {each.id for each in audit(refused(FULL)).defects}
        more = FULL | {"marks": [*FULL["marks"], {"words": "She could be discreet.", "elements": ["QR9.3"]}]}
        after = {each.id for each in audit(refused(more)).defects}
        assert before - after == {"element-not-addressed:QR9.3"}
        assert not after - before

    def test_counts_what_was_looked_at(self):
        assert audit(refused(FULL)).looked == {
            "paragraphs": 10, "reasons": 1, "questions": 2, "papers": 1, "sources": 0, "quotations": 0,
        }  # fmt: skip

    def test_of_nothing_proposes_nothing_and_says_so(self):
        found = alone("")
        assert found.defects == ()
        assert found.not_looked[0] == "The paper of decision 1 has no text: nothing was looked for."

    def test_reads_paragraphs_and_language_where_they_are_not_given(self):
        text = decision_text(
            "de",
            {
                "order": "1. Der Antrag wird abgelehnt.",
                "reasons": "Ihr ist zuzumuten, sich unauffällig zu verhalten, und das ist alles, was dazu zu sagen ist.",
            },
        )
        assert [each.rule for each in alone(text).defects] == ["discretion"]

    def test_cites_old_law_or_new_by_the_day_of_lodging(self):
        def law(day):
            row = FULL | {"records": {"event": [{"what": "lodged", "day": day}]} if day else {}}
            [found] = [each for each in audit(refused(row)).defects if each.rule == Fault.PAPER_NOT_MENTIONED]
            return found.authority

        assert law("2026-07-02") == "Regulation (EU) 2024/1348, art. 34(2)(a)"
        assert law("2026-03-02").startswith("Directive 2011/95/EU, art. 4(3)(b)")
        assert law("") == f"{law('2026-07-02')}; {law('2026-03-02')}"

    @pytest.mark.parametrize("agreed", [[], ["dublin-604-2013"]])
    def test_cites_no_law_of_the_union_where_only_that_on_responsibility_or_none_was_chosen(self, agreed):
        row = FULL | {"frameworks": ["cat-3", "ch-asylg", *agreed]}
        found = {each.rule: each.authority for each in audit(refused(row)).defects}
        assert "Directive" not in found["no-destination"]
        assert "Regulation" not in found["no-destination"]
        assert found["paper-not-mentioned"]


class TestNotLooked:
    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("", "has no text"),
            ("xqz wvk plm qrt zzz kkk lll mmm nnn ooo " * 5, "cannot be read as a language"),
            ("Wniosek o udzielenie ochrony międzynarodowej został oddalony, ponieważ organ nie uwierzył wnioskodawczyni. " * 4, "is in Polish"),
            ("ᴉɟǝp ǝɥʇ ɹǝpun sɯɐᴉɔ ǝɥʇ ʇɐɥʇ puɐ ʎʇᴉɹoɥʇnɐ " * 5, "cannot be read as a language"),
            ("阿依帕日的申请被驳回。" * 20, "is in Chinese"),
        ],
        ids=["empty", "gibberish", "Polish", "upside down", "Chinese"],
    )  # fmt: skip
    def test_says_why_a_decision_cannot_be_read_and_blames_it_for_nothing(self, text, says):
        found = alone(text, submitted=(Submitted("p1", 1, "Medical report"),), names=("Anna Erfunden",))
        assert found.defects == ()
        assert says in found.not_looked[0]
        assert found.looked["papers"] == 0

    def test_says_that_pages_are_not_in_their_order(self):
        pages = {"reasons": "One.\n\nPage 3 of 3\n\nThree.\n\nPage 2 of 3\n\nTwo."}
        assert any("not in their order" in each for each in audit(refused({"under": pages})).not_looked)

    def test_says_that_it_may_be_the_decision_of_somebody_else(self):
        row = FULL | {"names": ["Benno Anders"]}
        assert any("None of the applicant's names" in each for each in audit(refused(row)).not_looked)
        assert not any("None of the applicant's names" in each for each in audit(refused(FULL)).not_looked)

    def test_of_a_decision_that_was_looked_at_in_every_way_is_nothing(self):
        row = FULL | {
            "records": {"event": [{"what": "lodged", "day": "2026-07-02"}]},
            "sources": [{"id": "s", "title": "Note", "date": "2026"}],
        }
        assert audit(refused(row)).not_looked == ()

    def test_says_that_nothing_was_compared_that_is_quoted(self):
        row = FULL | {"under": FULL["under"] | {"country": "The note says: “Nobody who comes back is held for long.”"}}
        assert "What the decision quotes was compared with nothing." in audit(refused(row)).not_looked


class TestHostile:
    @given(st.text(max_size=400), st.sampled_from(["", "en", "de", "sv", "fr"]))
    def test_words_are_audited_whatever_they_are(self, text, language):
        papers = (Submitted("p", 1, text[:50], text[50:60], (text[60:80],)),)
        found = alone(text, language=language, submitted=papers, names=(text[:10],))
        for defect in found.defects:
            for each in defect.words:
                assert text.encode()[each.start : each.end].decode() == each.words

    @pytest.mark.parametrize(
        "text",
        ["could " * 1_0000, "not " * 1_0000 + "discreet", "discreet " * 2500, "Exhibit 1, 2 and " * 2500, "12 March 20" * 2500, "removal to " * 4_000, "1." * 22500, "Anlage 1-" * 4500, "“" * 22500],
        ids=range(9),
    )  # fmt: skip
    def test_long_words_are_audited_in_little_time(self, text):
        begun = time.process_time()
        whole = decision_text("en", {"order": text, "reasons": text})
        alone(whole, language="en", submitted=(Submitted("p", 7, "could removal not discreet", "2024-03-12"),))
        assert time.process_time() - begun < 15


class TestMentions:
    def test_say_where_by_bytes_of_the_decision(self):
        text = "Désolé: the paper of 12 March 2024 is on file."
        [found] = mentions(
            refused(
                {"under": {"account": text}, "papers": [{"id": "p", "number": "9", "title": "Ö", "date": "2024-03-12"}]}
            )
        )
        whole = decision_text("en", {"account": text}).encode()
        assert (found.by, whole[found.words.start : found.words.end].decode()) == ("date", "12 March 2024")

    def test_say_what_was_looked_for_in_vain_and_no_more(self):
        [found] = mentions(refused({"papers": [{"id": "p", "number": "9", "title": "Report", "date": "2024"}]}))
        assert found.looked == ("as number 9", "by its title")
