"""A decision in its paragraphs and parts, as readings of papers have it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.law.checklist import ChecklistBroken, Found
from panah.law.refusal import Part, in_sentences, paragraphs
from panah.law.refusal.headings import part_of, read_headings
from panah.law.refusal.plain import page_number, plain
from panah.law.refusal.reading import disorder, stranger

LINES = st.lists(
    st.one_of(
        st.text(max_size=60),
        st.sampled_from(
            ["", "Gründe", "Seite 3 von 8", "3 (8)", "1. Die Anträge werden abgelehnt.", "12", "Skäl för beslutet", "so geht es weiter",
             "Die Antragstellerin hat angegeben, dass sie im Frühjahr", "4.2 Credibility", "\x0c", "\r", "B E S C H E I D", "é\u0301", "۱. سۆز"]
        ),
    ),
    max_size=30,
)  # fmt: skip


def words(text):
    return [each.words for each in paragraphs(text)]


def parts(text):
    return [(each.part.value, each.words) for each in paragraphs(text)]


class TestWordsInTheirSentences:
    @pytest.mark.parametrize(
        ("found", "quoted"),
        [
            ("own passport", "She left with her own\npassport, as is said."),
            ("Nothing", "Nothing happened."),
            ("said. Nothing", "She left with her own\npassport, as is said. Nothing happened."),
            ("Gründe", "Gründe"),
        ],
    )
    def test_are_whole_over_the_end_of_a_line(self, found, quoted):
        decision = "Gründe\n\nEs ist so. She left with her own\npassport, as is said. Nothing happened.\n\n2. The end."
        looked_for = found.replace(" passport", "\npassport")
        start = len(decision[: decision.index(looked_for)].encode())
        place = Found(1, start, start + len(looked_for.encode()), looked_for, "a phrase")
        whole = in_sentences(place, paragraphs(decision))
        assert whole.words == quoted
        assert decision.encode()[whole.start : whole.end].decode() == quoted

    def test_stay_as_they_are_where_no_paragraph_has_them(self):
        place = Found(1, 900, 904, "away", "a phrase")
        assert in_sentences(place, paragraphs("Short.")) == place


class TestParagraphs:
    @given(LINES)
    def test_stand_where_their_bytes_say(self, lines):
        text = "\n".join(lines)
        found = paragraphs(text)
        end = 0
        for number, each in enumerate(found, start=1):
            assert each.number == number
            assert end <= each.start < each.end
            assert text.encode()[each.start : each.end].decode() == each.words
            assert each.words == each.words.strip()
            end = each.end

    @given(LINES)
    def test_leave_out_nothing_but_spaces_and_what_stands_on_every_page(self, lines):
        text = "\n".join(lines)
        if not any(page_number(line.strip()) is not None for line in text.split("\n")):
            assert "".join("".join(words(text)).split()) == "".join(text.split())

    def test_join_the_lines_of_one_paragraph(self):
        text = "The applicant was born in an invented county\nand left it in spring.\n\nShe applied in summer."
        assert words(text) == [
            "The applicant was born in an invented county\nand left it in spring.",
            "She applied in summer.",
        ]

    def test_begin_with_a_number_of_their_own(self):
        text = "1. The application is refused.\n2. She must leave within\n   30 days.\n(3) No costs."
        assert words(text) == [
            "1. The application is refused.",
            "2. She must leave within\n   30 days.",
            "(3) No costs.",
        ]

    def test_do_not_begin_with_a_day_at_the_beginning_of_a_line(self):
        text = "Die Antragstellerin reiste nach eigenen Angaben ein am.\n12. März 2024 und stellte einen Antrag."
        assert len(words(text)) == 1

    def test_begin_with_the_number_behind_the_last_one_whatever_stands_before(self):
        text = "48. The applicant is not a refugee.\n\nSubsidiary protection and obstacles to enforcement\n49. For the same reasons not."
        assert words(text)[-1] == "49. For the same reasons not."

    def test_are_lines_where_a_reading_has_them_so(self):
        one, other = "A long paragraph which stands on a line of its own. " * 4, "Another paragraph, on another line."
        assert words(f"{one}\n{other}") == [one.strip(), other]

    def test_go_on_over_the_end_of_a_page(self):
        text = "Sie hat angegeben, dass sie im Frühjahr von der Polizei\n\nSeite 3 von 8\n\nBescheid 26-W-1188\n\nabgeholt wurde."
        text = f"{text}\n\nSeite 4 von 8\nBescheid 26-W-1188\n\nMehr.\n\nSeite 5 von 8\nBescheid 26-W-1188\n\nEnde."
        [first, *others] = words(text)
        assert first.startswith("Sie hat")
        assert first.endswith("abgeholt wurde.")
        assert others == ["Mehr.", "Ende."]

    def test_keep_their_numbers_whatever_heads_the_pages(self):
        bare = "First.\n\nSecond.\n\nThird.\n\nFourth."
        paged = "First.\n\n1 (3)\nAn Office  Case 12\n\nSecond.\n\n2 (3)\nAn Office  Case 12\n\nThird.\n\n3 (3)\nAn Office  Case 12\n\nFourth."
        assert words(paged) == words(bare)

    @pytest.mark.parametrize("text", ["", "   \n\n ", "\x00", "\ufeff", "1 (2)\n" * 50, "۱۲۳"])
    def test_of_what_says_nothing_are_few(self, text):
        assert len(paragraphs(text)) <= 1

    @pytest.mark.parametrize(
        "text",
        ["x" * 3_000_000, "(" * 300_000, "1. " * 300_000, "a\n" * 200_000, "\n" * 2_000_000, "Seite " * 100_000, "- \n" * 200_000, "1 (2)\n" * 60_000, "Gründe:" * 100_000],
        ids=["one word", "brackets", "numbers", "letters", "empty lines", "pages", "dashes", "marks", "headings"],
    )  # fmt: skip
    def test_of_a_hostile_text_are_found_in_little_time(self, text):
        begun = time.process_time()
        found = paragraphs(text)
        assert time.process_time() - begun < 10
        assert sum(each.end - each.start for each in found) <= len(text.encode())


class TestParts:
    @pytest.mark.parametrize(
        ("line", "part"),
        [
            ("Gründe", Part.REASONS), ("II. Rechtliche Würdigung", Part.REASONS), ("BEGRÜNDUNG:", Part.REASONS), ("Erwägungen", Part.REASONS),
            ("B E S C H E I D", Part.ORDER), ("Entscheid", Part.ORDER), ("I. Sachverhalt", Part.ACCOUNT), ("Rechtsmittelbelehrung", Part.REMEDY),
            ("Lage in der Volksrepublik China", Part.COUNTRY), ("Rechtsgrundlagen", Part.LAW),
            ("Beslut", Part.ORDER), ("Bakgrund", Part.ACCOUNT), ("Vad du har berättat", Part.ACCOUNT), ("Tillämpliga bestämmelser", Part.LAW),
            ("Landinformation", Part.COUNTRY), ("Skäl för beslutet", Part.REASONS), ("Asylverkets bedömning", Part.REASONS), ("Hur man överklagar", Part.REMEDY),
            ("3.2 Bedömning av tillförlitligheten", Part.REASONS), ("Hur du överklagar beslutet", Part.REMEDY),
            ("The facts", Part.ACCOUNT), ("4. Assessment of the claim", Part.REASONS), ("HOW TO APPEAL", Part.REMEDY), ("FACTS AND PROCEDURE", Part.ACCOUNT), ("Information on legal remedies", Part.REMEDY), ("The Office's assessment", Part.REASONS),
            ("Motifs", Part.REASONS), ("III. Motifs de la décision", Part.REASONS), ("Voies de recours", Part.REMEDY), ("En fait", Part.ACCOUNT), ("En droit", Part.REASONS),
            ("Frau T.", None), ("", None), ("12", None),
        ],
    )  # fmt: skip
    def test_are_told_by_headings(self, line, part):
        assert part_of(line) is part

    def test_go_on_until_the_next_heading(self):
        text = "An Office\n\nDecision\n\n1. Refused.\n\nFacts\n\nShe left.\n\nReasons\n\nShe is not believed.\n\nHow to appeal\n\nIn writing."
        assert [each for each, _ in parts(text)] == [
            "head",
            *["order"] * 2,
            *["account"] * 2,
            *["reasons"] * 2,
            *["remedy"] * 2,
        ]

    def test_open_with_a_heading_in_the_line(self):
        assert parts("Entscheid\n\nGründe: Frau T. wird nicht geglaubt.")[-1] == (
            "reasons",
            "Gründe: Frau T. wird nicht geglaubt.",
        )

    def test_come_back_to_that_of_the_section_above(self):
        text = "4 Assessment\n\nFirst.\n\n4.1 Applicable law\n\nArticle 1.\n\n4.2 The arrest in spring\n\nNot believed."
        assert [each for each, _ in parts(text)] == [*["reasons"] * 2, *["law"] * 2, *["reasons"] * 2]

    def test_end_with_the_law_and_the_country_at_the_next_section_of_their_level(self):
        text = "I. Facts\n\nShe left.\n\nII. Applicable law\n\nArticle 1.\n\n1. An Act\n\nArticle 2.\n\nIII. The arrest in spring\n\nNot believed."
        assert [each for each, _ in parts(text)] == [*["account"] * 2, *["law"] * 4, *["reasons"] * 2]

    def test_go_on_with_the_account_over_sections_that_are_not_known(self):
        text = "I. Facts\n\nShe left.\n\nII. The interview of May\n\nShe said so.\n\nIII. Reasons\n\nNot believed."
        assert [each for each, _ in parts(text)] == [*["account"] * 4, *["reasons"] * 2]

    def test_are_not_opened_by_words_of_a_sentence(self):
        text = "Reasons\n\nThe authority comes to the following\nDecision\nwithout further words.\n\nIt hereby gives its\nfacts."
        assert {each for each, _ in parts(text)} == {"reasons"}

    def test_are_not_opened_by_what_heads_every_page(self):
        page = "\n\nSida {} (4)\nBESLUT\n\n"
        text = "Skäl för beslutet\n\nEtt." + "".join(page.format(number) + f"Stycke {number}." for number in (2, 3, 4))
        assert {each for each, _ in parts(text)} == {"reasons"}

    def test_are_read_strictly(self):
        with pytest.raises(ChecklistBroken, match="“verdict” is not known here"):
            read_headings("p.yaml", b"parts: {verdict: {en: [x]}}")


class TestDisorder:
    @pytest.mark.parametrize(
        "text",
        [
            "One.\n\nSeite 1 von 3\n\nTwo.\n\nSeite 3 von 3\n\nThree.\n\nSeite 2 von 3",
            "One.\n\n1 (3)\n\nTwo.\n\n3 (3)\n\nThree.\n\n2 (3)",
            "Page 2 of 2\n\nTwo.\n\nPage 1 of 2\n\nOne.",
        ],
    )
    def test_of_pages_is_said(self, text):
        assert disorder(text).endswith("its pages are not in their order.")

    def test_of_numbered_paragraphs_is_said(self):
        text = "\n\n".join(
            f"{number}. What stands in this paragraph is long enough." for number in (1, 2, 3, 7, 8, 4, 5, 6)
        )
        assert disorder(text).startswith("Paragraph 4 of the decision stands behind paragraph 8")

    @pytest.mark.parametrize(
        "text",
        [
            "Seite 1 von 2\n\nOne.\n\nSeite 2 von 2",
            "\n\n".join(f"{number}. What stands in this paragraph is long enough." for number in (1, 2, 1, 2, 3, 3, 4)),
            "1. What stands in this paragraph is long enough.\n12. March 2024 was the day on which all of this happened.",
            "Directive 2013/32\n\nArticle 4 (2)\n\nArticle 3 (8)",
            "",
        ],
    )
    def test_is_not_said_of_what_is_in_order(self, text):
        assert not disorder(text)


class TestStranger:
    @pytest.mark.parametrize(
        ("text", "names"),
        [
            ("Ms Anna Erfunden applied.", ["Anna Erfunden"]),
            ("ERFUNDEN, Anna, applied.", ["Anna Erfunden"]),
            ("Frau T. wird nicht geglaubt.", ["Ms T."]),
            ("阿依帕日·海亚力女士", ["Aypari", "阿依帕日"]),
            ("Anyone.", []),
            ("Anyone.", ["Ms", "—"]),
        ],
    )
    def test_is_not_somebody_who_is_named(self, text, names):
        assert not stranger(text, names)

    @pytest.mark.parametrize("names", [["Anna Erfunden"], ["Ms B."], ["Anna Erfunden", "阿依帕日"]])
    def test_is_somebody_who_is_not(self, names):
        assert stranger("Herr C. und Anna Anders wurden gehört.", names).startswith("None of the applicant's names")


class TestPlain:
    @given(LINES)
    def test_maps_every_character_back(self, lines):
        raw = "\n".join(lines)
        bare = plain(raw)
        assert all(bare.words[at] == raw[bare.place(at)] for at in range(len(bare.words)))

    def test_puts_words_together_that_a_line_parted(self):
        assert plain("Flucht-\nalternative").words == "Fluchtalternative"
        assert plain("Baden-\nWürttemberg").words == "Baden-\nWürttemberg"

    @pytest.mark.parametrize(
        "line",
        ["Directive 2013/32", "Article 4 (2)", "see the record, page 3 and 4", "art. 3(8)", "26-W-1188", "30 days"],
    )
    def test_takes_no_words_for_a_page_number(self, line):
        assert page_number(line) is None


def test_the_decisions_of_the_invented_cases_have_reasons():
    folder = Path(__file__).parents[3] / "src" / "panah" / "site" / "invented"
    for path in (folder / "couple/papers/06-decision.txt", folder / "interpreted/papers/02-decision-2026.txt"):
        if path.exists():
            assert {Part.ORDER, Part.REASONS} <= {each.part for each in paragraphs(path.read_text())}
