"""What a `case.yaml` says of the method is read strictly, and refused in one sentence."""

from __future__ import annotations

import pytest

from panah.cases.folder import CaseFileBroken, import_case
from panah.cases.folder.reading import read_case_file
from panah.cases.telling.actions import PlaceOutside

HEAD = "panah: case/1\ncalled: Ms A.\nstatements: [{words: They came.}]\n"
FACT = "facts:\n  - words: They came.\n    "
HOSTILE = {
    "an indicator that is none": (f"{FACT}assessments: [{{indicator: CI.demeanour, words: a}}]\n", "the method knows no “CI.demeanour”"),
    "a statement that is not there": (f"{FACT}assessments: [{{indicator: CI.det, words: a, statements: [2]}}]\n", "there is no statement 2"),
    "a conclusion that is none": (f"{FACT}acceptances: [{{accepted: likely}}]\n", "“likely” is none of accepted, by_doubt, not_accepted"),
    "a score": (f"{FACT}acceptances: [{{accepted: accepted, score: 7}}]\n", "“score” is not known here"),
    "an explanation asked for nowhere": (f"{FACT}explanations: [{{put_at: ''}}]\n", "a text is expected, and this one is empty"),
    "a factor that is none": ("distortions: [{factor: lies, words: a}]\n", "the method knows no “lies”"),
    "a slot that is none": ("inventory: [{slot: wealth, presence: present}]\n", "the method knows no “wealth”"),
    "a slot twice": ("inventory: [{slot: age, presence: absent}, {slot: age, presence: absent}]\n", "the place age stands here twice"),
    "a paper that is not listed": ("inventory: [{slot: age, presence: absent, papers: [x]}]\n", "x is not among the papers above"),
    "a place in no statement": ("contradictions: [{a: {statement: 2, end: 1}, b: {statement: 1, end: 1}, judged: open}]\n", "there is no statement 2"),
    "a place before the beginning": ("contradictions: [{a: {statement: 1, start: -1, end: 1}, b: {statement: 1, end: 1}, judged: open}]\n", "a whole number is expected"),
    "a judgement that is none": ("contradictions: [{a: {statement: 1, end: 1}, b: {statement: 1, end: 2}, judged: lie}]\n", "“lie” is none of open, contradiction, clarification, interpreter, irrelevant"),
    "a fact that is not there": ("contradictions: [{a: {statement: 1, end: 1}, b: {statement: 1, end: 2}, judged: open, fact: 1}]\n", "there is no fact 1"),
    "a sex that is none": ("interviews: [{interpreter_sex: x}]\n", "“x” is none of female, male"),
    "a mode that is none": ("interviews: [{mode: letter}]\n", "“letter” is none of in_person, remote"),
}  # fmt: skip


@pytest.mark.parametrize(("more", "complaint"), list(HOSTILE.values()), ids=list(HOSTILE))
def test_what_is_not_known_is_refused(more, complaint):
    with pytest.raises(CaseFileBroken) as caught:
        read_case_file((HEAD + more).encode())
    assert complaint in caught.value.sentence
    assert caught.value.sentence.endswith("Nothing was imported.")


def test_a_place_outside_the_words_is_refused_and_no_case_comes(desk, tmp_path):
    from panah.cases.models import Case

    page = HEAD + "contradictions: [{a: {statement: 1, end: 99}, b: {statement: 1, end: 2}, judged: open}]\n"
    (tmp_path / "case.yaml").write_text(page)
    with pytest.raises(PlaceOutside) as caught:
        import_case(tmp_path, by=desk.member, clock=desk.now)
    assert caught.value.sentence == "The place 0–99 does not lie in the words of statement 1."
    assert not Case.objects.exists()
