"""Pages of the method and of the account, as a lawyer uses them."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from panah.cases import actions as cases
from panah.cases.entering import edition, edition_of
from panah.cases.method import actions as method
from panah.cases.models import Fact
from panah.cases.telling import actions as telling
from panah.law import Acceptance, Box, Presence, Stance
from support.members import signed_in

ANEW = "This was written anew after your page was made"


@pytest.fixture
def client(desk):
    return signed_in(desk.member)


@pytest.fixture
def fact(desk, case):
    return desk.fact(case)


@pytest.fixture
def told(desk, case):
    for words in ("They came in May. I left.", "They came in June. I left. It rained."):
        cases.record_statement(case=case, words=words, language="en", **desk.act)


@pytest.fixture
def at(case):
    def at(name: str, *args: object) -> str:
        return reverse(f"cases:{name}", args=[case.reference, *args])

    return at


def over_in(page: str, action: str) -> str:
    """The hidden edition of the form that posts to an address."""
    form = page[page.index(f'action="{action}') :] if action else page[page.index('<form method="post">') :]
    return re.search(r'name="over" value="(\d+)"', form)[1]


class TestTwoMembers:
    def test_the_second_keeps_her_words_and_sees_the_others(self, desk, case, client, element):
        address = reverse("cases:element", args=[case.reference, "cat-3", element.id])
        hers = over_in(client.get(address).content.decode(), "")
        cases.find(
            case=case,
            framework_id="cat-3",
            element_id=element.id,
            words="Theirs.",
            reasons="Their reasons.",
            **desk.act,
        )
        answer = client.post(address, {"words": "Mine.", "reasons": "My reasons.", "over": hers})
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "wrote this after your page was made" in page
        for words in ("Mine.", "My reasons.", "Theirs.", "Their reasons."):
            assert words in page
        again = client.post(address, {"words": "Mine.", "reasons": "My reasons.", "over": over_in(page, "")})
        assert again.status_code == 302
        assert case.findings.get(current=True).words == "Mine."

    def test_so_it_is_for_an_indicator(self, desk, client, fact, at):
        address = at("assess", fact.number, "CI.det")
        hers = over_in(client.get(at("fact", fact.number)).content.decode(), address)
        method.assess(fact=fact, indicator="CI.det", words="Theirs.", **desk.act)
        answer = client.post(address, {"words": "Mine.", "over": hers})
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "Mine." in page
        assert "Theirs." in page
        assert client.post(address, {"words": "Mine.", "over": over_in(page, address)}).status_code == 302

    def test_and_for_what_is_concluded(self, desk, client, fact, at):
        method.conclude(fact=fact, accepted=Acceptance.NOT_ACCEPTED, reasons="Theirs.", **desk.act)
        answer = client.post(at("conclude", fact.number), {"accepted": "accepted", "reasons": "Mine.", "over": "0"})
        assert answer.status_code == 409
        assert "Mine." in (page := answer.content.decode())
        assert "Theirs." in page

    def test_and_for_a_place_of_the_inventory(self, desk, case, client, at):
        address = at("slot", "age")
        method.take_inventory(case=case, slot="age", presence=Presence.ABSENT, words="Theirs.", **desk.act)
        sent = {"presence": "present", "words": "Mine.", "over": "0"}
        answer = client.post(address, sent)
        page = answer.content.decode()
        assert answer.status_code == 409
        assert f"{desk.member.name} wrote this after your page was made" in page
        assert "Mine." in page
        assert "Theirs." in page
        assert case.inventory.get().words == "Theirs."
        assert client.post(address, {**sent, "over": over_in(page, address)}).status_code == 302
        assert case.inventory.get().words == "Mine."

    @pytest.mark.parametrize(
        ("name", "sent"),
        [
            ("contradiction", {"judged": "contradiction", "material": "no", "material_reason": "Mine."}),
            ("put-contradiction", {"put_at": "Mine."}),
        ],
    )
    def test_and_for_a_difference(self, desk, case, client, told, at, name, sent):
        one, other = case.statements.order_by("number")
        row = telling.mark(case=case, a=telling.Place(one, 0, 4), b=telling.Place(other, 5, 9), **desk.act)
        seen = edition(row.at)
        telling.put_contradiction(contradiction=row, put_at="Theirs.", **desk.act)
        answer = client.post(at(name, 1), {**sent, "over": seen})
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "wrote this after your page was made" in page
        assert "Mine." in page
        assert "Theirs." in page
        assert case.contradictions.get().put_at == "Theirs."
        assert (
            client.post(at(name, 1), {**sent, "over": over_in(page, at(name, 1) if "put" in name else "")}).status_code
            == 302
        )

    def test_and_for_the_reasons_of_benefit_of_the_doubt(self, desk, client, fact, at):
        address = at("weigh", fact.number)
        hers = over_in(client.get(at("fact", fact.number)).content.decode(), address)
        cases.weigh(fact=fact, boxes={Box.COHERENT: "Theirs."}, **desk.act)
        answer = client.post(address, {"credible": "Mine.", "over": hers})
        page = answer.content.decode()
        assert answer.status_code == 409
        assert ANEW in page
        assert "Mine." in page
        assert "Theirs." in page
        assert (fact.coherent, Fact.objects.get().credible) == ("Theirs.", "")
        assert client.post(address, {"credible": "Mine.", "over": over_in(page, address)}).status_code == 302
        assert Fact.objects.get().credible == "Mine."

    def test_and_for_what_was_put_to_the_applicant(self, desk, client, fact, at):
        said = desk.quote(desk.paper("She was not held."), "She was not held.")
        against = cases.support(fact=fact, stance=Stance.CONTRADICTS, quotation=said, **desk.act)
        address, sent = at("put", against.pk), {"put_at": "Mine."}
        hers = over_in(client.get(at("fact", fact.number)).content.decode(), address)
        cases.put_to_applicant(support=against, put_at="Theirs.", her_answer="No.", **desk.act)
        answer = client.post(address, {**sent, "over": hers})
        page = answer.content.decode()
        assert answer.status_code == 409
        assert ANEW in page
        assert "Mine." in page
        assert "Theirs." in page
        assert fact.supports.get().put_at == "Theirs."
        assert client.post(address, {**sent, "over": over_in(page, address)}).status_code == 302
        assert fact.supports.get().put_at == "Mine."

    def test_and_for_an_interview(self, desk, case, client, told, at):
        address = at("interview", 1)
        first, second = case.statements.order_by("number")
        row = telling.record_interview(case=case, held=telling.Held(statement=first, read_back=True), **desk.act)
        hers = over_in(client.get(address).content.decode(), "")
        theirs = telling.Held(statement=second, place="Theirs.", read_back=False)
        telling.change_interview(interview=row, held=theirs, **desk.act)
        answer = client.post(address, {"place": "Mine.", "over": hers})
        page = answer.content.decode()
        assert answer.status_code == 409
        assert ANEW in page
        assert "Mine." in page
        assert "Theirs." in page
        assert case.interviews.get().place == "Theirs."
        assert client.post(address, {"place": "Mine.", "over": over_in(page, "")}).status_code == 302
        assert case.interviews.get().place == "Mine."


class TestEdition:
    def test_is_nothing_where_nothing_was_written(self, fact):
        assert edition_of(fact, cases.WEIGHED) == 0

    def test_tells_what_stands_in_which_field(self, fact):
        seen = set()
        for box in Box:
            for words in ("So.", "Not so."):
                setattr(fact, box.value, words)
                seen.add(edition_of(fact, cases.WEIGHED))
            setattr(fact, box.value, "")
        assert len(seen) == 2 * len(Box)

    def test_what_is_wrong_for_another_reason_is_no_leave_to_replace_theirs(self, desk, client, fact, at):
        address = at("assess", fact.number, "CI.det")
        method.assess(fact=fact, indicator="CI.det", words="Theirs.", **desk.act)
        page = client.post(address, {"words": "", "over": "0"}).content.decode()
        assert client.post(address, {"words": "Mine.", "over": over_in(page, address)}).status_code == 409

    def test_who_does_not_say_what_she_saw_replaces_nothing(self, desk, client, fact, at):
        method.assess(fact=fact, indicator="CI.det", words="Theirs.", **desk.act)
        assert client.post(at("assess", fact.number, "CI.det"), {"words": "Mine."}).status_code == 409


class TestFact:
    def test_shows_its_stages_and_the_usual_misuse_beside_each_indicator(self, client, fact, at):
        page = client.get(at("fact", fact.number)).content.decode()
        assert "<bdi>asserted</bdi>: reached" in page
        assert "<bdi>evidenced</bdi>: open" in page
        assert "<bdi>explanation sought</bdi>: not called for" in page
        assert page.count("Usual misuse:") == 5

    def test_takes_an_explanation_and_gives_it_back(self, client, fact, at):
        client.post(at("explain", fact.number), {"put_at": "Interview, 00:12:30", "her_answer": "So."})
        page = client.get(at("fact", fact.number)).content.decode()
        assert "Interview, 00:12:30" in page
        client.post(at("withdraw-explanation", fact.number, fact.explanations.get().pk))
        assert not fact.explanations.exists()

    @pytest.mark.parametrize("name", ["explain", "conclude"])
    def test_says_what_is_missing_in_a_form(self, client, fact, at, name):
        assert client.post(at(name, fact.number), {}).status_code == 400

    def test_knows_no_indicator_that_the_method_does_not(self, client, fact, at):
        assert client.post(at("assess", fact.number, "CI.demeanour"), {"words": "a"}).status_code == 404


class TestInventory:
    def test_fills_a_place(self, client, case, at):
        assert client.post(at("slot", "age"), {"presence": "explained", "words": "They took it."}).status_code == 302
        assert "They took it." in client.get(at("inventory")).content.decode()

    def test_keeps_what_was_typed_where_it_is_refused(self, client, at):
        answer = client.post(at("slot", "age"), {"presence": "explained", "words": ""})
        assert "An absence that is explained needs its explanation in words." in answer.content.decode()
        assert answer.status_code == 400


class TestCircumstances:
    def test_are_written_down_and_taken_out(self, client, case, at):
        client.post(at("distortions"), {"factor": "trauma", "words": "A report says so."})
        assert "A report says so." in client.get(at("distortions")).content.decode()
        client.post(at("withdraw-distortion", 1))
        assert not case.distortions.exists()


class TestCompare:
    def test_leads_from_a_difference_to_what_it_is(self, client, case, told, at):
        assert client.get(at("choose-tellings"), {"number": 1, "beside": 2})["Location"] == at("compare", 1, 2)
        page = client.get(at("compare", 1, 2)).content.decode()
        assert "<del>May</del>" in page
        assert "<ins>June</ins>" in page
        address, other = (each.replace("&amp;", "&") for each in re.findall(r'href="([^"]+mark\?[^"]+)"', page))
        form = client.get(address).content.decode()
        assert "They came in May." in form
        sent = {
            "a": case.statements.get(number=1).pk, "a_words": "They came in May.", "a_start": 0, "judged": "clarification",
            "b": case.statements.get(number=2).pk, "b_words": "They came in June.", "b_start": 0,
        }  # fmt: skip
        assert client.post(address, sent)["Location"] == at("contradiction", 1)
        assert "a clarification" in client.get(at("compare", 1, 2)).content.decode()
        assert 'name="a_start" value="25"' in client.get(other).content.decode()

    def test_says_why_two_languages_are_not_aligned(self, client, desk, case, told, at):
        cases.record_statement(case=case, words="他们五月来了。", language="zh", **desk.act)
        page = client.get(at("compare", 1, 3)).content.decode()
        assert "their words cannot be compared" in page
        assert page.count('type="radio"') == 2

    @pytest.mark.parametrize(
        ("sent", "sentence"),
        [
            ({"a_words": "They came in 1917."}, "do not stand in statement 1"),
            ({"b": ""}, "Name either another statement or words of a paper."),
            ({"material": "yes"}, "Say whether it is material together with the reason, or neither."),
        ],
    )
    def test_refuses_in_a_sentence_what_cannot_be_marked(self, client, case, told, at, sent, sentence):
        one, other = case.statements.order_by("number")
        good = {"a": one.pk, "a_words": "in May", "b": other.pk, "b_words": "in June", "judged": "open"}
        assert sentence in client.post(at("mark"), good | sent).content.decode()

    @pytest.mark.parametrize(
        "query", ["a=1-9-5", "a=x", "a=1-0-99999", "a=9-0-1", "a=" + "9" * 30 + "-0-1", "a=1--1-2", "a=²-0-1"]
    )
    def test_names_no_place_in_an_address_that_is_none(self, client, told, at, query):
        page = client.get(f"{at('mark')}?{query}")
        assert page.status_code == 200
        assert 'name="a_start" value' not in page.content.decode()

    def test_judges_puts_and_takes_out(self, client, desk, case, told, at):
        one, other = case.statements.order_by("number")
        telling.mark(case=case, a=telling.Place(one, 0, 4), b=telling.Place(other, 5, 9), **desk.act)
        said = {"judged": "contradiction", "material": "no", "material_reason": "A detail."}
        client.post(at("contradiction", 1), {**said, "over": edition(case.contradictions.get().at)})
        said = {"put_at": "Interview", "her_answer": "It was June."}
        client.post(at("put-contradiction", 1), {**said, "over": edition(case.contradictions.get().at)})
        page = client.get(at("contradictions")).content.decode()
        for words in ("a contradiction", "It is not material:", "A detail.", "Interview", "It was June."):
            assert words in page
        assert client.post(at("put-contradiction", 1), {"put_at": ""}).status_code == 400
        client.post(at("withdraw-contradiction", 1))
        assert not case.contradictions.exists()


class TestInterviews:
    def test_say_which_language_was_asked_for_and_which_was_spoken(self, client, at):
        sent = {
            "preferred_language": "ug",
            "interpreter_language": "zh",
            "interpreter_dialect": "Mandarin",
            "read_back": "no",
        }
        assert client.post(at("interviews"), sent)["Location"] == at("interview", 1)
        for address in (at("interviews"), at("interview", 1)):
            page = client.get(address).content.decode()
            assert (
                "The applicant asked for <bdi>Uyghur</bdi>; the interpreter spoke <bdi>Chinese (Mandarin)</bdi>."
                in page
            )

    def test_show_the_digest_of_what_was_recorded(self, client, desk, case, at):
        paper = desk.paper("[00:00:01] Where?", shelf="Case 2026-014")
        telling.record_interview(case=case, held=telling.Held(transcript=paper), **desk.act)
        assert paper.original.digest in client.get(at("interview", 1)).content.decode()

    def test_refuse_a_day_that_is_none_and_keep_the_rest(self, client, case, at):
        answer = client.post(at("interviews"), {"held_on": "the other day", "place": "Lindvik"})
        assert answer.status_code == 400
        assert 'value="Lindvik"' in answer.content.decode()
        assert not case.interviews.exists()
