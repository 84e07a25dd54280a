"""The pages of a decision: marked, decided on, ordered and downloaded, without any script."""

from __future__ import annotations

import csv
import io
import json
import re

import mammoth
import pytest

from panah.cases.models import Reason, Verdict
from panah.cases.refusal import actions
from support.members import signed_in
from support.roles import colleague

PAGE = "/cases/2026-014/decision"


@pytest.fixture
def client(member):
    return signed_in(member)


def body(answer) -> str:
    return b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()


def sent(ruling, act: str, **more) -> dict[str, str]:
    """What the form of a proposal sends."""
    given = {"act": act, "defect": ruling.id, "shown": ruling.sentence, "over": str(ruling.seen), "reason": "It is so."}
    return given | more


class TestDecision:
    def test_is_named_among_the_papers_with_one_click(self, desk, client, case):
        assert "No decision is on file yet" in body(client.get(PAGE))
        paper = desk.paper("The application is refused.", shelf="Case 2026-014", title="Decision", date="2026-10-05")
        assert "This is the decision" in body(client.get(PAGE))
        answer = client.post(f"{PAGE}/take", {"paper": paper.pk, "outcome": "refused"})
        assert answer.headers["Location"] == f"{PAGE}/1"
        assert "The application is refused." in body(client.get(PAGE))
        record = case.procedure_records.get()
        assert (record.kind, record.paper, json.loads(record.said)["day"]) == ("decision", paper, "2026-10-05")

    def test_stands_in_numbered_paragraphs_with_what_was_found_and_marked(self, client, decision, mark):
        mark()
        page = body(client.get(PAGE))
        assert re.findall(r'id="paragraph-(\d+)"', page) == ["1", "2", "3", "4", "5"]
        assert '<mark class="reason" id="in-text-1" data-reason="1">Her account of the house search' in page
        assert re.search(r'<mark class=" found" >discreet</mark>', page)
        assert "Reason</a>" not in page

    def test_is_saved_as_a_table_and_as_lines(self, client, letter, decision, rule):
        rule(actions.accept, "discretion", reason="=1+1")
        rows = list(csv.DictReader(io.StringIO(body(client.get(f"{PAGE}/1?as=csv")))))
        lines = [json.loads(line) for line in body(client.get(f"{PAGE}/1?as=jsonl")).splitlines()]
        assert [row["id"] for row in rows] == [line["id"] for line in lines]
        of = {line["rule"]: line for line in lines}
        assert (of["discretion"]["verdict"], of["discretion"]["asks"], of["discretion"]["reason"]) == (
            "accepted",
            "yes",
            "=1+1",
        )
        assert of["paper-not-mentioned"]["verdict"] == ""
        assert "'=1+1" in {row["reason"] for row in rows}

    @pytest.mark.parametrize("text", ["", "   ", "ꖔ ꕃꔤ ꖔ"])
    def test_that_cannot_be_read_says_so_and_loses_nothing(self, desk, client, case, text):
        paper = desk.paper(text, shelf="Case 2026-014", title="Decision", path="odd.txt")
        client.post(f"{PAGE}/take", {"paper": paper.pk, "outcome": "refused"})
        answer = client.get(PAGE)
        assert answer.status_code == 200
        assert "What could not be looked at" in body(answer) or text.strip()
        assert case.papers.documents.get() == paper

    @pytest.mark.parametrize("address", ["/7", "/7/grounds", "/7/grounds.docx", "/reasons/7", "/grounds"])
    def test_there_is_none_but_those_on_file(self, client, case, address):
        assert client.get(PAGE + address).status_code == 404

    def test_lets_a_reader_read_and_no_more(self, desk, client, case, letter, decision, mark, rule):
        mark()
        rule(actions.accept, "discretion")
        other = signed_in(colleague(desk, case.compartment, "reader", "Invented Reader"))
        for address in ("", "/1", "/1/grounds"):
            page = body(other.get(PAGE + address)).partition("<main")[2]
            assert "discreet" in page
            assert "<form" not in page
        assert other.get(f"{PAGE}/1/grounds.docx").status_code == 403


class TestMark:
    def test_by_the_number_of_a_paragraph(self, desk, client, case, decision):
        fact = desk.fact(case)
        said = {
            "paragraph": "4",
            "questions": ["cat-3/CAT3.1"],
            "facts": [fact.pk],
            "concludes": "not_accepted",
            "over": "0",
        }
        assert client.post(f"{PAGE}/1/mark", said).headers["Location"] == f"{PAGE}/1#reason-1"
        kept = Reason.objects.get()
        assert kept.quotation.words.startswith("She has not explained")
        assert (kept.concludes, kept.elements.get().element) == ("not_accepted", "CAT3.1")

    def test_by_words_of_a_paragraph(self, client, decision):
        client.post(f"{PAGE}/1/mark", {"paragraph": "5", "words": "in a discreet manner", "over": "0"})
        assert Reason.objects.get().quotation.words == "in a discreet manner"

    def test_is_changed_and_taken_away(self, client, decision, mark):
        kept = mark()
        assert "Her account of the house search" in body(client.get(f"{PAGE}/reasons/1"))
        said = {"words": "The application is refused.", "note": "Short.", "over": str(kept.pk)}
        assert client.post(f"{PAGE}/reasons/1", said).headers["Location"] == f"{PAGE}/1#reason-1"
        anew = Reason.objects.get(current=True)
        assert (anew.number, anew.note) == (1, "Short.")
        client.post(f"{PAGE}/reasons/1/withdraw", {"over": str(anew.pk)})
        assert not Reason.objects.filter(current=True).exists()

    def test_tells_the_second_of_two_members_and_keeps_what_she_typed(self, client, decision, mark):
        mark()
        answer = client.post(
            f"{PAGE}/reasons/1", {"words": "The application is refused.", "note": "Mine.", "over": "0"}
        )
        assert answer.status_code == 409
        assert "Mine.</textarea>" in body(answer)

    @pytest.mark.parametrize(
        ("said", "status"),
        [
            ({}, 400), ({"paragraph": "99"}, 400), ({"paragraph": "x"}, 400), ({"words": "Nothing of it."}, 409),
            ({"paragraph": "4", "questions": ["cat-3/CAT3.99"]}, 400), ({"paragraph": "4", "facts": ["9" * 30]}, 400),
            ({"paragraph": "4", "concludes": "accepted"}, 400), ({"paragraph": "4", "concludes": "guilty"}, 400),
            ({"paragraph": "4", "papers": ["00000000-0000-4000-8000-000000000000"]}, 400), ({"words": "\x00"}, 400),
            ({"paragraph": "4", "start": "9" * 30}, 400), ({"words": "refused", "start": "1"}, 409), ({"paragraph": "4", "over": "-1"}, 400),
        ],
    )  # fmt: skip
    def test_refuses_what_no_page_sends(self, client, decision, said, status):
        assert client.post(f"{PAGE}/1/mark", said).status_code == status
        assert not Reason.objects.exists()


class TestRule:
    def test_accepts_corrects_and_sets_aside(self, client, letter, decision, proposed):
        paper, words = proposed("paper-not-mentioned"), proposed("discretion")
        assert "Letter of the aunt" in body(client.get(f"{PAGE}/1/rule", {"defect": paper.id}))
        assert client.get(f"{PAGE}/1/rule", {"defect": "weather"}).status_code == 409
        assert client.post(f"{PAGE}/1/rule", sent(paper, "correct", words="It was on file.")).status_code == 302
        assert client.post(f"{PAGE}/1/rule", sent(words, "dismiss", reason="It is about the city.")).status_code == 302
        page = body(client.get(PAGE))
        for seen in ("A ground in other words", "It was on file.", "Set aside", "It is about the city."):
            assert seen in page
        page = body(client.get(f"{PAGE}/grounds"))
        assert "It was on file." in page
        assert "discreet" not in page

    def test_demands_a_reason_and_keeps_what_was_typed(self, client, letter, decision, proposed):
        answer = client.post(
            f"{PAGE}/1/rule", sent(proposed("discretion"), "accept", reason="", sought="That she be heard.")
        )
        assert answer.status_code == 400
        assert "That she be heard.</textarea>" in body(answer)
        assert not Verdict.objects.exists()

    @pytest.mark.parametrize(
        "wrong", [{"act": "decide"}, {"defect": "x" * 500}, {"shown": "Another sentence."}, {"over": "-1"}, {"reason": "x" * 20_001}]
    )  # fmt: skip
    def test_refuses_what_no_page_sends(self, client, letter, decision, proposed, wrong):
        assert client.post(f"{PAGE}/1/rule", sent(proposed("discretion"), "accept") | wrong).status_code in {400, 409}
        assert not Verdict.objects.exists()

    def test_tells_the_second_of_two_members(self, client, letter, decision, proposed, rule):
        seen = proposed("discretion")
        rule(actions.dismiss, "discretion")
        assert client.post(f"{PAGE}/1/rule", sent(seen, "accept", over="7")).status_code == 409


class TestGrounds:
    @pytest.fixture
    def grounds(self, letter, rule):
        return [rule(actions.accept, "paper-not-mentioned"), rule(actions.accept, "discretion")]

    def test_move_up_and_down(self, client, decision, grounds):
        first, second = (each.pk for each in grounds)

        def order() -> list[str]:
            return re.findall(r'<li id="ground-(\d+)"', body(client.get(f"{PAGE}/1/grounds")))

        client.post(f"{PAGE}/1/grounds/{second}/move", {"to": "up"})
        assert order() == [str(second), str(first)]
        client.post(f"{PAGE}/1/grounds/{second}/move", {"to": "down"})
        client.post(f"{PAGE}/1/grounds/{first}/move", {"to": "up"})
        assert order() == [str(first), str(second)]
        assert client.post(f"{PAGE}/1/grounds/999/move", {"to": "up"}).status_code == 404

    def test_say_what_is_asked_for(self, client, decision, grounds):
        ground = grounds[0].pk
        client.post(f"{PAGE}/1/grounds/{ground}/ask", {"sought": "That she be heard anew.", "over": str(ground)})
        assert "That she be heard anew." in body(client.get(f"{PAGE}/1/grounds"))

    def test_are_a_draft_with_a_footnote_for_each_passage(self, client, case, decision, grounds):
        answer = client.get(f"{PAGE}/1/grounds.docx")
        assert answer.status_code == 200
        html = mammoth.convert_to_html(io.BytesIO(body_bytes(answer))).value
        for seen in (
            grounds[0].ground,
            grounds[1].ground,
            "Ground 1",
            "discreet",
            "Letter of the aunt",
            "This is a draft",
        ):
            assert seen in html
        assert "footnote" in html

    def test_are_no_draft_where_there_are_none(self, client, decision):
        assert client.get(f"{PAGE}/1/grounds.docx").status_code == 409

    def test_leave_no_case_in_which_another_member_has_to_approve(self, client, case, decision, grounds):
        type(case).objects.filter(pk=case.pk).update(two_pairs_of_eyes=True)
        assert client.get(f"{PAGE}/1/grounds.docx").status_code == 403


def body_bytes(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


class TestRecurring:
    LONG = "The Office notes in general that passports are handed out to persons of good standing alone. " * 3

    def case_with(self, desk, reference: str, text: str):
        case = desk.case(reference, "Ms Invented", ["cat-3"])
        paper = desk.paper(text, shelf=f"Case {reference}", title="Decision")
        from panah.cases.procedure.actions import keep_record

        keep_record(case=case, kind="decision", said={"outcome": "refused"}, paper=paper, **desk.act)
        return case

    def test_shows_what_stands_word_for_word_in_several_cases(self, desk, client):
        self.case_with(desk, "2026-014", f"One.\n\n{self.LONG}")
        self.case_with(desk, "2026-015", f"{self.LONG.replace(' notes', chr(10) + 'notes')}\n\nTwo.")
        page = body(client.get("/cases/recurring"))
        assert "In 2 of your cases" in page
        assert "2026-014" in page
        assert "2026-015" in page
        assert "One." not in page

    def test_neither_shows_nor_counts_a_case_that_she_does_not_see(self, desk, client):
        first = self.case_with(desk, "2026-014", self.LONG)
        self.case_with(desk, "2026-015", self.LONG)
        other = signed_in(colleague(desk, first.compartment, "reader", "Invented Reader"))
        page = body(other.get("/cases/recurring"))
        assert "No paragraph stands" in page
        assert "looked at: 1. Cases that you see and that have one: 1." in page
        assert "2026-015" not in page
