"""`case.yaml` is read strictly: what is not in its specification is refused with its line, before anything is imported."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from time import monotonic

import pytest

from panah import law
from panah.cases.folder import CaseFileBroken
from panah.cases.folder.reading import read_case_file
from panah.law import Box, Stance
from support.workbench import DEMO

HEAD = "panah: case/1\ncalled: Ms A.\n"
PAPER = "papers:\n- file: papers/a.txt\n"
FACT = "facts:\n- words: She was held.\n"


def read(rest: str):
    return read_case_file((HEAD + rest).encode())


BROKEN = {
    "empty": ("", 1, "the file is empty"),
    "only a comment": ("# nothing\n", 1, "the file is empty"),
    "not a mapping": ("- panah\n", 1, "a mapping is expected"),
    "words": ("panah\n", 1, "a mapping is expected"),
    "no format": ("called: A\n", 1, "“panah” is missing"),
    "another format": ("panah: case/2\ncalled: A\n", 1, "only case/1 is known"),
    "called nothing": ("panah: case/1\ncalled: ''\n", 2, "a text is expected, and this one is empty"),
    "not called": ("panah: case/1\n", 1, "“called” is missing"),
    "a tab": ("panah: case/1\n\tcalled: A\n", 2, "it is not YAML"),
    "a bracket left open": ("panah: case/1\ncalled: [A\n", 3, "it is not YAML"),
    "a quote left open": ('panah: case/1\ncalled: "A\n', 3, "it is not YAML"),
    "two documents": (HEAD + "---\n" + HEAD, 3, "it is not YAML"),
    "an unknown key": (HEAD + "colour: red\n", 3, "“colour” is not known here"),
    "a key twice": (HEAD + "note: a\nnote: b\n", 4, "“note” stands here twice"),
    "the first key twice": (HEAD + "panah: case/1\n", 3, "“panah” stands here twice"),
    "a merge": (HEAD + "<<: {note: a}\n", 3, "“<<” is not known here"),
    "a list for a text": (HEAD + "note: [a]\n", 3, "a text is expected"),
    "a mapping for a text": (HEAD + "reference: {a: b}\n", 3, "a text is expected"),
    "a text for a list": (HEAD + "names: Ayperi\n", 3, "a list is expected"),
    "a mapping for a list": (HEAD + "papers: {file: a}\n", 3, "a list is expected"),
    "a text in a list of mappings": (HEAD + "papers: [a]\n", 3, "a mapping is expected"),
    "a Python object": (HEAD + "note: !!python/object/apply:os.system [id]\n", 3, "a text is expected"),
    "a tag of its own": (HEAD + "note: !secret a\n", 3, "a text is expected"),
    "bytes": (HEAD + "note: !!binary aGk=\n", 3, "a text is expected"),
    "a number by its tag": (HEAD + "note: !!int 7\n", 3, "a text is expected"),
    "nothing where a list is expected": (HEAD + "facts:\n", 3, "a list is expected"),
    "nested too deep": (HEAD + "note: " + "[" * 5000, 3, "it is not YAML (nested too deep)"),
    "an escape that is no character": (HEAD + 'note: "\\U99999999"\n', 1, "an escape names no character"),
    "a character that turns the text": (HEAD + 'reference: "a\\u202eb"\n', 3, "a character of this text cannot be seen"),
    "a null character": (HEAD + 'reference: "a\\0b"\n', 3, "a character of this text cannot be seen"),
    "a law that nobody knows": (HEAD + "frameworks: [cat-3, sea]\n", 3, "there is no body of law “sea”"),
    "a name without a script": (HEAD + "names:\n- name: Ayperi\n", 4, "“script” is missing"),
    "a name without a name": (HEAD + "names:\n- {name: '', script: Latn}\n", 4, "a text is expected, and this one is empty"),
    "a name from no paper": (HEAD + "names:\n- {name: A, script: Latn, paper: p}\n", 4, "p is not among the papers above"),
    "a relative who is nobody": (HEAD + "relatives:\n- {whereabouts: Here}\n", 4, "a name or a relation is expected"),
    "a relative with a script": (HEAD + "relatives:\n- {name: A, script: Latn}\n", 4, "“script” is not known here"),
    "a relative as a text": (HEAD + "relatives: [A]\n", 3, "a mapping is expected"),
    "a paper without a file": (HEAD + "papers:\n- title: A\n", 4, "“file” is missing"),
    "a paper twice": (HEAD + PAPER + "- file: papers/a.txt\n", 5, "the paper papers/a.txt stands here twice"),
    "a paper with a digest": (HEAD + PAPER + "  sha256: abc\n", 5, "“sha256” is not known here"),
    "a version of a later paper": (HEAD + PAPER + "  supersedes: papers/b.txt\n- file: papers/b.txt\n", 5, "papers/b.txt is not among the papers above"),
    "a version of itself": (HEAD + PAPER + "  supersedes: papers/a.txt\n", 5, "papers/a.txt is not among the papers above"),
    "a statement from no paper": (HEAD + "statements:\n- {words: A, paper: p}\n", 4, "p is not among the papers above"),
    "a statement with a date of birth": (HEAD + "statements:\n- {words: A, born: 1997}\n", 4, "“born” is not known here"),
    "a fact without words": (HEAD + "facts:\n- statement: 1\n", 4, "“words” is missing"),
    "a fact from no statement": (HEAD + FACT + "  statement: 1\n", 5, "there is no statement 1"),
    "a fact from statement nought": (HEAD + "statements: [{words: A}]\n" + FACT + "  statement: 0\n", 6, "there is no statement 0"),
    "a fact from a negative statement": (HEAD + FACT + "  statement: -1\n", 5, "a whole number is expected"),
    "a fact from statement one and a half": (HEAD + FACT + "  statement: 1.5\n", 5, "a whole number is expected"),
    "a fact from a statement of many digits": (HEAD + FACT + f"  statement: {'9' * 16}\n", 5, "a whole number is expected"),
    "a fact from a statement in other digits": (HEAD + FACT + "  statement: ١\n", 5, "a whole number is expected"),
    "a stance that is none": (HEAD + PAPER + FACT + "  supports:\n  - {stance: proves, paper: papers/a.txt}\n", 8, "“proves” is none of supports, contradicts, silent"),
    "a support without a stance": (HEAD + PAPER + FACT + "  supports:\n  - {paper: papers/a.txt}\n", 8, "“stance” is missing"),
    "a support by nothing": (HEAD + FACT + "  supports:\n  - {stance: silent}\n", 6, "either a quote or a paper is expected"),
    "a support by both": (HEAD + PAPER + FACT + "  supports:\n  - {stance: silent, paper: papers/a.txt, quote: {paper: papers/a.txt, words: a}}\n", 8, "either a quote or a paper is expected"),
    "a support by no paper": (HEAD + FACT + "  supports:\n  - {stance: silent, paper: p}\n", 6, "p is not among the papers above"),
    "a quote without words": (HEAD + PAPER + FACT + "  supports:\n  - {stance: silent, quote: {paper: papers/a.txt}}\n", 8, "“words” is missing"),
    "a quote of no paper": (HEAD + FACT + "  supports:\n  - {stance: silent, quote: {paper: p, words: a}}\n", 6, "p is not among the papers above"),
    "a quote that ends somewhere": (HEAD + PAPER + FACT + "  supports:\n  - {stance: silent, quote: {paper: papers/a.txt, words: a, end: 7}}\n", 8, "“end” is not known here"),
    "a quote that starts before the start": (HEAD + PAPER + FACT + "  supports:\n  - {stance: silent, quote: {paper: papers/a.txt, words: a, start: -7}}\n", 8, "a whole number is expected"),
    "a condition that is none": (HEAD + FACT + "  doubt: {sympathetic: very}\n", 5, "“sympathetic” is not known here"),
    "a finding of no law": (HEAD + "findings:\n- {framework: sea, element: S1, words: A}\n", 4, "there is no body of law “sea”"),
    "a finding on no question": (HEAD + "findings:\n- {framework: cat-3, element: QR4.1, words: A}\n", 4, "cat-3 has no element QR4.1"),
    "a finding without words": (HEAD + "findings:\n- {framework: cat-3, element: CAT3.1}\n", 4, "“words” is missing"),
    "a finding on no fact": (HEAD + "findings:\n- {framework: cat-3, element: CAT3.2, words: A, facts: [1]}\n", 4, "there is no fact 1"),
    "a finding that stands perhaps": (HEAD + "findings:\n- {framework: cat-3, element: CAT3.2, words: A, current: yes}\n", 4, "true or false is expected"),
    "a finding written some day": (HEAD + "findings:\n- {framework: cat-3, element: CAT3.2, words: A, written_at: soon}\n", 4, "a date and time is expected"),
    "a procedure of something else": (HEAD + "procedure: {score: []}\n", 3, "“score” is not known here"),
    "a record of no kind": (HEAD + "procedure:\n  records:\n  - {kind: rumour, number: 1, said: {}}\n", 5, "there is no kind of record “rumour”"),
    "a record of number nought": (HEAD + "procedure:\n  records:\n  - {kind: child, number: 0, said: {who: A}}\n", 5, "there is no record 0"),
    "a record that lacks what it must say": (HEAD + "procedure:\n  records:\n  - {kind: child, number: 1, said: {heard: 'yes'}}\n", 5, "“Which child (no name)”: this has to be said"),
    "a record with a field of its own": (HEAD + "procedure:\n  records:\n  - {kind: child, number: 1, said: {who: A, born: 1997}}\n", 5, "“Child”: it has no field “born”"),
    "a record from no paper": (HEAD + "procedure:\n  records:\n  - {kind: child, number: 1, said: {who: A}, paper: p}\n", 5, "p is not among the papers above"),
    "an answer to no item": (HEAD + "procedure:\n  answers:\n  - {item: Z1, status: unknown}\n", 5, "the checklist has no item Z1"),
    "an answer that clears": (HEAD + "procedure:\n  answers:\n  - {item: A1, status: cleared}\n", 5, "“cleared” is none of not_examined, adequate"),
    "an answer that rests on nothing": (HEAD + "procedure:\n  answers:\n  - {item: A1, status: adequate, words: A}\n", 5, "an answer cites something, or says where it was looked in vain"),
    "an answer that does not say why not": (HEAD + "procedure:\n  answers:\n  - {item: A1, status: not_applicable, nothing_found: A}\n", 5, "a reason is expected why it does not apply"),
    "an answer on no record": (HEAD + "procedure:\n  answers:\n  - {item: A1, status: adequate, records: [1]}\n", 5, "there is no record 1"),
    "an answer from no search": (HEAD + "procedure:\n  answers:\n  - {item: A1, status: adequate, nothing_found: A, searches: [1]}\n", 5, "there is no search 1"),
    "a dismissal without a reason": (HEAD + "procedure:\n  dismissals:\n  - {item: A1, proposed: A, reason: ''}\n", 5, "what was proposed, and a reason, are expected"),
    "opened on a day that is none": (HEAD + "opened_at: 2026-02-30T10:00:00\n", 3, "a date and time is expected"),
    "opened before time began": (HEAD + "opened_at: 0001-01-01T00:00:00+14:00\n", 3, "a date and time is expected"),
    "opened after time ends": (HEAD + "opened_at: 9999-12-31T23:00:00-14:00\n", 3, "a date and time is expected"),
}  # fmt: skip


class TestRefused:
    @pytest.mark.parametrize(("text", "line", "reason"), BROKEN.values(), ids=BROKEN)
    def test_with_its_line_and_its_reason(self, text, line, reason):
        with pytest.raises(CaseFileBroken) as refused:
            read_case_file(text.encode())
        assert refused.value.sentence.startswith(f"case.yaml: line {line}: {reason}")
        assert refused.value.sentence.endswith(". Nothing was imported.")
        assert refused.value.code == "case-file-broken"

    @pytest.mark.parametrize(
        ("content", "line"), [(b"\xff\xfe", 1), (HEAD.encode() + b"note: caf\xe9\n", 3), (b"\xed\xa0\x80", 1)]
    )
    def test_where_it_is_not_utf_8(self, content, line):
        with pytest.raises(CaseFileBroken, match=f"line {line}: it is not UTF-8"):
            read_case_file(content)

    @pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b[2J"])
    def test_where_it_holds_what_no_text_has(self, character):
        with pytest.raises(CaseFileBroken, match="line 3: it is not YAML"):
            read(f"note: a{character}b\n")


class TestBombs:
    def test_aliases_that_multiply_are_refused(self):
        support = "{stance: silent, paper: papers/a.txt}"
        fact = f"&f {{words: A, supports: [{', '.join([support] * 300)}]}}"
        started = monotonic()
        with pytest.raises(CaseFileBroken):
            read(PAPER + f"facts:\n- {fact}\n" + "- *f\n" * 300)
        assert monotonic() - started < 5

    def test_a_billion_laughs_are_refused(self):
        text = "a: &a [l, l]\n" + "".join(
            f"{n}: &{n} [{', '.join([f'*{m}'] * 9)}]\n" for m, n in zip("abcdefgh", "bcdefghi", strict=True)
        )
        with pytest.raises(CaseFileBroken, match="line 1: “a” is not known here"):
            read_case_file(text.encode())

    def test_a_long_text_is_read(self):
        assert len(read("note: |\n" + "  Words and words.\n" * 20_000).note) == 20_000 * 17 - 1


class TestRead:
    def test_proceedings_are_read_with_the_days_that_are_known(self):
        told = "proceedings: {state: SE, lodged: 2026-06-11, by: Invented Lawyer, at: 2026-07-09T08:40:00+00:00}\n"
        came = read(told).proceedings
        assert (came.state, came.dates, came.choice) == ("SE", law.CaseDates(lodged=date(2026, 6, 11)), [])
        with pytest.raises(CaseFileBroken, match="“2026-06-31” is not a day as in 2026-06-12"):
            read(told.replace("2026-06-11", "2026-06-31"))

    def test_little_is_needed(self):
        entries = read("")
        assert (entries.called, entries.frameworks) == ("Ms A.", list(law.USUAL))
        said = entries._asdict()
        said |= {name: [each for part in said[name] for each in part] for name in ("procedure", "refusal", "naming")}
        assert {name for name, value in said.items() if value} == {"called", "frameworks"}

    @pytest.mark.parametrize("words", ["yes", "null", "~", "2026-11-23", "0x1f", "1e3", "=", "no", "Norway"])
    def test_nothing_is_guessed_from_how_a_text_looks(self, words):
        assert read(f"note: {words}\n").note == words

    def test_times_without_a_zone_are_utc(self):
        assert read("opened_at: 2026-11-23T10:00:00\n").opened_at == datetime(2026, 11, 23, 10, tzinfo=UTC)
        east = read("opened_at: 2026-11-23T10:00:00+06:00\n").opened_at
        assert east == datetime(2026, 11, 23, 10, tzinfo=timezone(timedelta(hours=6)))

    def test_words_are_kept_as_they_stand(self):
        words = "  ئالدى، “كەينى”  —  😀\n\n- not: a list\n# not a comment"
        block = "".join(f"        {line}\n" for line in words.split("\n"))
        quote = f"    quote:\n      paper: papers/a.txt\n      words: |2-\n{block}"
        (fact,) = read(PAPER + FACT + f"  supports:\n  - stance: silent\n{quote}").facts
        assert fact.supports[0].quote.words == words

    def test_the_specification_s_example_is_read(self):
        from pathlib import Path

        page = Path(__file__).parents[3] / "docs" / "reference" / "case-folder.md"
        example = page.read_text(encoding="utf-8").partition("```yaml\n")[2].partition("```")[0]
        listed = "papers:\n" + "".join(
            f"  - file: {file}\n"
            for file in (
                "papers/00-old.txt",
                "papers/02-interview.docx",
                "papers/03-letter.eml",
                "papers/04-report.pdf",
            )
        )
        found = read_case_file(example.replace("papers:\n", listed, 1).replace("[1, 2]", "[1]").encode())
        assert found.facts[0].supports[0].quote.start == 1042
        assert found.facts[0].doubt.keys() == set(Box)

    def test_the_demonstration_is_read(self):
        found = read_case_file((DEMO / "case.yaml").read_bytes())
        assert (found.called, found.reference, len(found.papers)) == ("Ms A.", "2026-001", 19)
        assert {support.stance for fact in found.facts for support in fact.supports} == set(Stance)
