"""Names in the browser: found, explained, judged by a human with a reason, or stated to be absent."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from panah.cases.models import Absence, Identification, Name, NameAsked
from panah.cases.naming import actions, asking, queries
from panah.cases.naming.actions import Kept
from panah.library.models import Quotation
from panah.team.models import LedgerLine
from support.members import signed_in
from support.roles import colleague

NAME = "Abdurehim Tursun"
OUTCOMES = Identification.Outcome


def look(client, **asked):
    answer = client.get(f"/names/?{urlencode(asked, doseq=True)}")
    return answer.status_code, answer.content.decode()


def at(document, start=9, end=42, sought=NAME, **more) -> str:
    said = {"document": document.pk, "start": start, "end": end, "sought": sought, **more}
    return f"/names/identify?{urlencode(said)}"


def place_of(letter) -> dict[str, int]:
    words = "阿卜杜热依木·吐尔逊"
    return {"start": 9, "end": 9 + len(words.encode())}


class TestLooking:
    def test_shows_the_name_part_by_part_with_reasons_in_words_and_no_number(self, client, letter):
        status, page = look(client, q=NAME)
        assert status == 200
        card = page[page.index('<ol class="names"') : page.index("</ol>\n")]
        for words in ("regular transcription", "the usual transcription", "阿卜杜热依木·吐尔逊", "An invented letter"):
            assert words in page
        assert not re.search(r"\d+(?:\.\d+)? ?%|0\.\d", card)

    def test_leads_to_the_words_in_the_document(self, client, letter):
        _, page = look(client, q=NAME)
        address = re.search(rf"/library/documents/{letter.pk}\?quoted=(\d+)-(\d+)", page)
        document = client.get(address[0].replace("&amp;", "&")).content.decode()
        assert "<mark" in document
        assert "阿卜杜热依木·吐尔逊" in document

    def test_says_how_many_others_may_bear_the_name(self, client, desk, letter):
        desk.paper("A clerk wrote Abdurehim Mamat and then left.\n", path="b.txt")
        _, page = look(client, q="Abdurehim")
        assert page.count("1 other full name here fits it as well.") == 2

    def test_shows_what_tells_namesakes_apart_beside_the_name_and_finds_nothing_by_it(
        self, client, desk, case, passport
    ):
        actions.write_beside(
            case=case, said={"born": "1987", "county": "Sapbulaq", "father": "Tursun Baqi"}, **desk.act
        )
        _, page = look(client, q=NAME)
        for words in ("1987", "Sapbulaq", "Tursun Baqi"):
            assert words in page
        _, page = look(client, q="Tursun Baqi")
        assert "Sapbulaq" not in page or "this part" in page

    def test_leaves_out_papers_of_other_cases_when_it_is_for_a_case(self, client, desk, case, passport):
        desk.case("2026-015", "Mr Invented")
        _, page = look(client, q=NAME, **{"for": "2026-015"})
        assert "An invented passport" not in page
        _, page = look(client, q=NAME, **{"for": "2026-014"})
        assert "An invented passport" in page

    def test_says_nothing_stands_there_where_nothing_does(self, client, letter):
        status, page = look(client, q="Invented Nobody")
        assert status == 200
        assert "No compatible spelling" in page


class TestIdentifying:
    def said(self, client, letter, outcome="same", reason="The passport has the same day of birth.", **more):
        place = Identification._meta.get_field("case").related_model.objects.first()
        form = {"outcome": outcome, "reason": reason, "sought": NAME, "place": f"case:{place.pk}", **more}
        return client.post(at(letter, **place_of(letter)), form)

    def test_is_kept_with_reason_author_and_time(self, client, member, case, letter):
        assert self.said(client, letter).status_code == 302
        row = Identification.objects.get()
        assert (row.outcome, row.by, row.current, row.case) == ("same", member.name, True, case)
        assert row.quotation.words == "阿卜杜热依木·吐尔逊"
        _, page = look(client, q=NAME)
        assert "The passport has the same day of birth." in page

    def test_needs_a_reason(self, client, case, letter):
        assert self.said(client, letter, reason=" ").status_code == 400
        assert not Identification.objects.exists()

    def test_said_later_stands_in_its_place_and_both_stay(self, client, case, letter):
        for outcome in ("same", "different", "unclear"):
            self.said(client, letter, outcome, reason=f"Because {outcome}.")
        rows = Identification.objects.order_by("at", "pk")
        assert sorted((row.outcome, row.current) for row in rows) == [
            ("different", False), ("same", False), ("unclear", True),
        ]  # fmt: skip
        page = client.get("/names/said").content.decode()
        assert page.count("Because ") == 3
        assert page.count("Replaced since:") == 2

    def test_merges_nothing_and_changes_no_spelling_of_the_applicant(self, client, case, letter):
        self.said(client, letter)
        assert not case.names.exists()

    def test_lets_a_human_take_the_name_as_a_spelling_of_the_applicant(self, client, case, letter):
        self.said(client, letter)
        assert '<option value="Hans" selected>' in client.get("/names/said").content.decode(), "the script it is in"
        client.post(f"/names/said/{Identification.objects.get().pk}/spelling", {"script": "Hans"})
        kept = Name.objects.get(case=case)
        assert (kept.name, kept.script, kept.quotation.document) == ("阿卜杜热依木·吐尔逊", "Hans", letter)

    def test_takes_a_name_that_is_broken_over_two_lines_as_one_line(self, desk, case):
        words = "Abdurehim\nTursun"
        paper = desk.paper(f"It was the clerk of the town who wrote {words} into the book.", path="book.txt")
        made = actions.identify(
            kept=Kept(case.compartment, case), sought=NAME, document=paper, words=words, start=39, outcome=OUTCOMES.SAME,
            reason="Her own book.", **desk.act,
        )  # fmt: skip
        assert actions.take_spelling(identification=made, script="Latn", **desk.act).name == NAME

    def test_is_refused_to_whoever_only_reads(self, desk, case, letter):
        reader = colleague(desk, case.compartment, "reader")
        with pytest.raises(Exception, match="not-allowed"):
            actions.identify(
                kept=Kept(case.compartment, case), sought=NAME, document=letter, words="阿卜杜热依木", start=9,
                outcome=OUTCOMES.SAME, reason="R", by=reader, now=desk.now(),
            )  # fmt: skip
        assert not Quotation.objects.exists()

    def test_is_seen_by_nobody_outside_of_the_case(self, client, desk, case, letter):
        self.said(client, letter)
        other = colleague(desk, letter.compartment, "worker")
        page = signed_in(other).get(f"/names/?{urlencode({'q': NAME})}").content.decode()
        assert "An invented letter" in page
        assert "day of birth" not in page
        assert "day of birth" not in signed_in(other).get("/names/said").content.decode()

    def test_at_a_place_that_is_not_there_is_a_page_that_is_not_there(self, client, letter):
        for address in (
            at(letter, 0, 10_000),
            at(letter, 5, 5),
            at(letter, 1, 3),
            "/names/identify",
            "/names/identify?document=x",
        ):
            assert client.get(address).status_code == 404


class TestAbsence:
    def stated(self, client, case, **more):
        form = {"sought": "Invented Nobody", "reason": "None is of her town.", "place": f"case:{case.pk}", **more}
        return client.post("/names/absent", form)

    def test_says_the_spellings_tried_where_when_and_by_whom(self, client, member, case, letter):
        answer = self.stated(client, case, sought="Abdukerim Nobody")
        page = client.get(answer["Location"]).content.decode()
        for words in (
            "Abdukerim Nobody",
            "None is of her town.",
            member.name,
            "Library",
            "Uyghur, Cyrillic script",
            "Абдукерим",
        ):
            assert words in page

    def test_counts_what_was_put_aside_and_names_nobody(self, client, case, letter):
        answer = self.stated(client, case, sought=NAME)
        page = client.get(answer["Location"]).content.decode()
        assert "One compatible spelling was found" in page
        assert "An invented letter" not in page

    def test_does_not_name_collections_of_other_cases(self, client, desk, case, letter):
        desk.case("2026-015", "Mr Invented")
        answer = self.stated(client, case)
        assert "2026-015" not in client.get(answer["Location"]).content.decode()

    def test_needs_a_reason(self, client, case, letter):
        assert self.stated(client, case, reason="").status_code == 400
        assert not Absence.objects.exists()

    def test_becomes_a_paper_of_the_case_that_is_quoted_like_any(self, client, desk, readers, case, letter):
        from panah.library import actions as library

        answer = self.stated(client, case)
        for _ in range(2):
            client.post(answer["Location"] + "/paper")
        paper = Absence.objects.get().paper
        assert list(case.papers.documents.all()) == [paper]
        assert library.take_on(document=paper, extractor=readers.extractors.get("text/plain"), **desk.act)
        readers.record(paper, readers.read(paper), **desk.act)
        assert desk.quote(paper, "None is of her town.").document == paper

    def test_is_seen_by_nobody_outside_of_the_case(self, client, desk, case, letter):
        address = self.stated(client, case)["Location"]
        other = colleague(desk, letter.compartment, "worker")
        assert signed_in(other).get(address).status_code == 404


class TestOfOneName:
    @pytest.mark.parametrize(
        "several", ["A B; C D", "A B\nC D", "A | B", "A, B, C", "阿里、买买提", "one two three four five six seven"]
    )
    def test_a_list_is_refused(self, client, letter, several):
        status, page = look(client, q=several)
        assert (status, "one-name-only" in page) == (400, True)
        assert not NameAsked.objects.exists()

    def test_several_fields_are_refused(self, client, letter):
        assert look(client, q=["A B", "C D"])[0] == 400

    def test_no_address_and_no_command_takes_more_than_one(self):
        from panah.cases.naming.commands import names
        from panah.cases.naming.urls import urlpatterns

        assert [each.nargs for each in names.params if each.param_type_name == "argument"] == [1]
        assert not [each.name for each in names.params if each.multiple or each.name in {"batch", "file", "table"}]
        assert {each.name for each in urlpatterns} == {
            "names", "identify", "said", "take-spelling", "absent", "absence", "shelve-absence",
        }  # fmt: skip

    def test_a_handful_is_asked_in_a_minute_and_no_more_in_any_browser(self, member, letter):
        for _ in range(asking.A_HANDFUL):
            assert look(signed_in(member), q=NAME)[0] == 200
        status, page = look(signed_in(member), q=NAME)
        assert (status, "asked-too-often" in page) == (429, True)
        assert "An invented letter" not in page

    def test_after_a_minute_she_may_ask_again(self, desk, member, now):
        for _ in range(asking.A_HANDFUL):
            asking.ask(case=None, by=member, now=now)
        with pytest.raises(asking.AskedTooOften):
            asking.ask(case=None, by=member, now=now)
        asking.ask(case=None, by=member, now=now + timedelta(seconds=61))
        assert NameAsked.objects.count() == 1

    def test_the_ledger_says_that_she_looked_and_neither_for_whom_nor_what_was_found(self, client, letter):
        before = LedgerLine.objects.count()
        look(client, q=NAME)
        [line] = LedgerLine.objects.order_by("seq")[before:]
        assert line.verb == "looked for a name"
        for word in ("Abdurehim", "Tursun", "阿卜杜热依木", str(letter.pk)):
            assert word not in line.body + line.particulars.record

    def test_stating_an_absence_counts_as_asking(self, client, member, case, now):
        TestAbsence().stated(client, case)
        assert NameAsked.objects.count() == 1


class TestNothingIsInferred:
    def test_no_word_for_what_a_person_is_stands_in_what_is_said_of_names(self):
        from pathlib import Path

        import panah

        source = Path(panah.__file__).parent
        files = [*source.glob("cases/naming/*"), *source.glob("cases/templates/cases/naming/*"), *source.glob("library/naming/*"), source / "cases/models/naming.py", source / "library/models/naming.py", source / "cases/templates/cases/names.html"]  # fmt: skip
        words = re.compile(r"ethnic|nationalit|\brace\b|\borigin\b|looks like|minorit|Turkic|Muslim", re.IGNORECASE)
        said = {file.name: words.findall(file.read_text()) for file in files if file.is_file()}
        assert not {name: found for name, found in said.items() if found}

    def test_json_has_these_keys_and_no_other(self, desk, member, letter):
        from panah.cases.naming.commands import _record

        [card] = queries.look_for(member, NAME).cards
        assert list(_record(card)) == [
            "id", "grade", "turned", "missing", "parts", "mentions", "documents", "others", "told_apart", "places",
        ]  # fmt: skip
