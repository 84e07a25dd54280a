"""Outlines: footnotes and exhibits are numbered in the order of reading."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from panah import law, proof
from panah.cases import actions
from panah.cases.models import AppliedFramework
from panah.cases.outlining import LawNotChosen, outline_of
from panah.dossier.outline import Block, Citation, Kind, Outline, Paper, Section, numbered
from panah.law import Box, Stance
from panah.library.models import Quotation, Reading


def paper(name: str, reading: str = "") -> Paper:
    read = proof.digest_of((reading or name).encode())
    return Paper(
        original=proof.digest_of(name.encode()),
        size=1,
        media_type="text/plain",
        title=name,
        compartment=uuid4(),
        reading=read,
    )


A, B, C = paper("A"), paper("B"), paper("C")


def words(of: Paper, start: int = 0) -> Citation:
    return Citation(of, start, start + 5, "words")


def outline(*sections: Section, papers: tuple[Paper, ...] = ()) -> Outline:
    return Outline(
        title="T", reference="R", called="C", names=(), frameworks=(), sections=sections, gaps=(), papers=papers,
    )  # fmt: skip


def section(*cites: Citation, inner: tuple[Section, ...] = ()) -> Section:
    return Section("S", tuple(Block(Kind.QUOTE, cites=(cite,)) for cite in cites), inner)


class TestNumbered:
    def test_an_empty_outline_has_no_numbers(self):
        assert numbered(outline())[1:] == ((), ())

    def test_footnotes_are_numbered_in_the_order_of_reading_inner_sections_after_their_heading(self):
        found = numbered(
            outline(section(words(A, 1), inner=(section(words(B, 2)), section(words(A, 3)))), section(words(C, 4)))
        )
        assert [(note.number, note.citation.start, note.exhibit) for note in found.footnotes] == [
            (1, 1, 1), (2, 2, 2), (3, 3, 1), (4, 4, 3),
        ]  # fmt: skip

    def test_the_same_words_cited_twice_are_two_footnotes_and_one_exhibit(self):
        found = numbered(outline(section(words(A), words(A))))
        assert ([note.number for note in found.footnotes], len(found.exhibits)) == ([1, 2], 1)

    def test_a_whole_paper_is_an_exhibit_and_no_footnote(self):
        found = numbered(outline(section(Citation(A), words(B), Citation(B))))
        assert [exhibit.paper for exhibit in found.exhibits] == [A, B]
        assert [(note.number, note.exhibit) for note in found.footnotes] == [(1, 2)]

    def test_papers_that_nothing_cites_come_last_and_no_paper_twice(self):
        found = numbered(outline(section(words(B)), papers=(A, B, C, A)))
        assert [(exhibit.number, exhibit.paper) for exhibit in found.exhibits] == [(1, B), (2, A), (3, C)]

    def test_two_readings_of_one_original_are_one_exhibit(self):
        other = paper("A", reading="another")
        found = numbered(outline(section(words(A), words(other))))
        assert len(found.exhibits) == 1
        assert found.exhibit_of(other) == 1
        assert [note.citation.paper.reading for note in found.footnotes] == [A.reading, other.reading]

    def test_a_label_has_title_source_and_date_as_far_as_they_are_known(self):
        known = Paper(A.original, 1, "text/plain", "Note", A.compartment, source="Desk", date="2018")
        assert (known.label, A.label) == ("Note, Desk, 2018", "A")


class TestOutlineOfACase:
    def test_needs_a_law(self, desk):
        with pytest.raises(LawNotChosen, match="No body of law has been chosen for case N") as refused:
            outline_of(desk.case("N"))
        assert refused.value.status == 409

    def test_of_an_empty_case_shows_its_silences(self, desk):
        found = outline_of(desk.case("E", frameworks=["cat-3"]))
        account, facts, law, glance, procedure = found.sections
        assert [block.kind for block in (*account.blocks, *facts.blocks, *procedure.blocks)] == [Kind.SILENCE] * 3
        assert {element.blocks[1].kind for element in law.sections} == {Kind.SILENCE}
        assert glance.blocks[0].text == law.title
        assert glance.blocks[1].text.startswith("Not examined: CAT3.1, ")
        assert len(found.gaps) == len(law.sections) + 1
        assert found.gaps[-1] == "None of the 74 guarantees of the checklist has been examined in this file."

    def test_says_everything_that_was_written_about_a_fact(self, desk):
        case = desk.case("F", frameworks=["cat-3"])
        letter = desk.paper("She was held.", title="Letter")
        fact = desk.fact(case, "She was held in 2018.", supported_by=desk.quote(letter, "She was held."))
        against = actions.support(fact=fact, stance=Stance.CONTRADICTS, paper=letter, note="A note.", **desk.act)
        actions.put_to_applicant(support=against, put_at="Interview", her_answer="No.", **desk.act)
        unput = desk.paper("She was not held.", title="Report")
        actions.support(fact=fact, stance=Stance.CONTRADICTS, paper=unput, **desk.act)
        actions.weigh(fact=fact, boxes={Box.CREDIBLE: "She is."}, **desk.act)
        (section,) = outline_of(case).sections[1].sections
        assert [(block.kind, block.text) for block in section.blocks] == [
            (Kind.TEXT, "She was held in 2018."),
            (Kind.LABEL, "Supports"), (Kind.QUOTE, "She was held."),
            (Kind.LABEL, "Contradicts: Letter"), (Kind.TEXT, "A note."),
            (Kind.LABEL, "Put to the applicant: Interview"), (Kind.TEXT, "No."),
            (Kind.LABEL, "Contradicts: Report"), (Kind.SILENCE, "Not put to the applicant."),
            (Kind.LABEL, "The applicant is credible in general"), (Kind.TEXT, "She is."),
        ]  # fmt: skip
        assert section.blocks[-2].note == "Benefit of the doubt: Regulation (EU) 2024/1347, art. 4(5)(d)"

    @pytest.mark.parametrize(
        ("said", "label"),
        [
            ({"words": "I was held."}, None),
            ({"words": "I was held.", "told_on": "2024-05~"}, "told 2024-05~"),
            ({"words": "I was held.", "occasion": "Screening", "language": "ug"}, "Screening, in Uyghur"),
            ({"in_paper": True}, "In a paper"),
        ],
    )
    def test_says_of_a_statement_what_is_known_of_it(self, desk, said, label):
        case = desk.case("F", frameworks=["cat-3"])
        paper = desk.paper("I was held.") if said.pop("in_paper", False) else None
        actions.record_statement(case=case, paper=paper, **said, **desk.act)
        (section,) = outline_of(case).sections[0].sections
        assert next((block.text for block in section.blocks if block.kind is Kind.LABEL), None) == label

    def test_cites_the_reading_that_words_were_taken_from(self, desk):
        case = desk.case("F", frameworks=["cat-3"])
        letter = desk.paper("She was held.")
        desk.fact(case, supported_by=desk.quote(letter, "was held"))
        taken_from = letter.reading.digest
        letter.reading = desk.paper("Another text.").reading
        letter.save()
        (citation,) = (cite for cite in outline_of(case).citations() if not cite.whole)
        assert citation.paper.reading == taken_from
        assert Reading.objects.get(digest=taken_from).extractor in citation.paper.extractor

    def test_asks_the_database_no_more_often_the_more_is_quoted(self, desk):
        case, counts = desk.case("F", frameworks=["cat-3"]), []
        said = {"framework_id": "cat-3", "element_id": "CAT3.1", "words": "Yes.", "reasons": "So."}
        for number in range(3):
            letter = desk.paper(f"Paper {number}: she was held.", shelf="Case F")
            actions.record_statement(case=case, paper=letter, **desk.act)
            quotation = desk.quote(letter, "she was held")
            fact = desk.fact(case, supported_by=quotation)
            actions.support(fact=fact, stance=Stance.SUPPORTS, paper=letter, **desk.act)
            actions.find(case=case, **said, quotations=Quotation.objects.all(), **desk.act)
            with CaptureQueriesContext(connection) as asked:
                outline_of(case)
            counts.append(len(asked))
        assert counts[0] == counts[2]

    def test_has_every_paper_of_the_case_cited_or_not(self, desk):
        case = desk.case("F", frameworks=["cat-3"])
        papers = [desk.paper(f"Paper {n}.", shelf="Case F", title=f"Paper {n}") for n in range(3)]
        found = numbered(outline_of(case))
        assert [exhibit.paper.original for exhibit in found.exhibits] == [paper.original.digest for paper in papers]
        assert found.footnotes == ()


NOW = proof.digest_of(law.source("cat-3"))
EARLIER = proof.digest_of(b"the same law, as it was")


class TestEditions:
    @pytest.fixture
    def case(self, desk):
        return desk.case("F", frameworks=["cat-3"])

    def test_below_each_body_of_law_stands_which_was_chosen_and_when(self, case):
        found = outline_of(case)
        (applied,) = found.frameworks
        assert (applied.edition, applied.chosen, applied.chosen_on) == (NOW, NOW, "2026-11-23")
        assert found.sections[2].title == applied.label == law.framework("cat-3").title
        (label,) = found.sections[2].blocks
        assert label.text == "Examined under the edition that was chosen"
        assert label.note == f"Chosen in the edition sha256: {in_eights(NOW)}, on 23 November 2026."

    def test_that_differ_are_both_named_and_the_first_page_says_so(self, case):
        AppliedFramework.objects.update(digest=EARLIER)
        found = outline_of(case)
        (applied,) = found.frameworks
        assert (applied.edition, applied.chosen) == (NOW, EARLIER)
        assert applied.label == f"{applied.title} (edited since it was chosen)"
        label, notice = found.sections[2].blocks
        assert label.text == "Examined under another edition than the one that was chosen"
        assert label.note == f"Chosen in the edition sha256: {in_eights(EARLIER)}, on 23 November 2026."
        assert notice.text.startswith("This body of law was edited after it was chosen for this case")
        assert notice.note == f"Examined under the edition sha256: {in_eights(NOW)}."

    def test_that_differ_are_no_gap_and_chosen_again_are_the_same(self, desk, case):
        before = outline_of(case)
        AppliedFramework.objects.update(digest=EARLIER)
        assert outline_of(case).gaps == before.gaps
        actions.choose_frameworks(case=case, framework_ids=["cat-3"], **desk.act)
        assert outline_of(case) == before


class TestFindings:
    def test_say_who_wrote_them_and_when(self, desk):
        case, written = desk.case("F", frameworks=["cat-3"]), datetime(2026, 11, 2, 23, 30, tzinfo=UTC)
        said = {"framework_id": "cat-3", "element_id": "CAT3.1", "words": "Yes.", "reasons": "So."}
        actions.find(case=case, **said, author="Counsel", written_at=written, **desk.act)
        element = outline_of(case).sections[2].sections[0]
        assert [(block.kind, block.text) for block in element.blocks[1:]] == [
            (Kind.LABEL, "Finding of \u2068Counsel\u2069, 2 November 2026"), (Kind.TEXT, "Yes."),
            (Kind.LABEL, "Reasons"), (Kind.TEXT, "So."),
        ]  # fmt: skip


class TestHeadings:
    @pytest.mark.parametrize(
        ("words", "heading"),
        [
            ("She left China on 9 September.", "Fact 1: She left China on 9 September."),
            ("She left China, " + "and left it again, " * 9, "Fact 1: She left China, and left it again, and left it again, and left…"),
            ("She\n\nleft.", "Fact 1: She left."),
            ("ئۇ كەتتى.", "Fact 1: \u2068ئۇ كەتتى.\u2069"),
            ("She is \u2068ئايپەرى\u2069.", "Fact 1: \u2068She is ئايپەرى.\u2069"),
            ("\u202eShe left.\u202c", "Fact 1: She left."),
        ],
        ids=["short", "long", "of two lines", "from the right", "mixed", "turned"],
    )  # fmt: skip
    def test_of_facts_have_their_first_words_and_the_sentence_stays_whole_below(self, desk, words, heading):
        case = desk.case("F", frameworks=["cat-3"])
        fact = desk.fact(case, words)
        (section,) = outline_of(case).sections[1].sections
        assert (section.title, section.blocks[0].text) == (heading, fact.words)

    def test_of_questions_have_the_provision_and_their_first_words_on_one_line(self, desk):
        case = desk.case("F", frameworks=["echr-3", "cat-3", "qr-2024-1347"])
        headings = [section.title for law in outline_of(case).sections[2:] for section in law.sections]
        assert headings[1].startswith("art. 4(2) (QR4.2): For each of the subjects that the law lists")
        assert headings[-1].startswith("art. 13 (E13): Is there a remedy in which an independent body")
        assert all(len(heading) <= 72 for heading in headings)


def in_eights(edition: str) -> str:
    digits = edition.removeprefix("sha256:")
    return " ".join(digits[at : at + 8] for at in range(0, 64, 8))
