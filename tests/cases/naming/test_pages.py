"""Names in the browser: found, explained, judged by a human with a reason, or stated to be absent."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from panah.cases.models import Absence, Identification, Name, NameAsked
from panah.cases.naming import actions, asking, queries
from panah.cases.naming.actions import Kept
from panah.cases.outlining import outline_of
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


def note(client) -> str:
    answer = client.get("/cases/2026-014/names/note.docx")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as docx:
        return re.sub("<[^>]+>", "", docx.read("word/document.xml").decode())


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


class TestSpellings:
    PAGE = "/cases/2026-014/names"

    def test_are_kept_with_script_and_paper_and_the_words_are_quoted(self, client, case, passport):
        said = {"name": NAME, "script": "Latn", "paper": passport.pk, "shown": "on"}
        assert client.post(self.PAGE, said).status_code == 302
        kept = case.names.get()
        assert (kept.name, kept.script, kept.paper, kept.quotation.words) == (NAME, "Latn", passport, NAME)
        page = client.get(self.PAGE).content.decode()
        assert f"{passport.pk}?quoted={kept.quotation.start}-" in page

    def test_that_do_not_stand_in_the_paper_are_refused_and_what_was_typed_stays(self, client, case, passport):
        answer = client.post(self.PAGE, {"name": "Abdurahim", "script": "Latn", "paper": passport.pk, "shown": "on"})
        assert (answer.status_code, "Abdurahim" in answer.content.decode()) == (409, True)
        assert not case.names.exists()

    def test_stand_in_a_picture_without_being_quoted(self, client, case, passport):
        client.post(self.PAGE, {"name": "Abdurahim", "script": "Latn", "paper": passport.pk})
        assert (case.names.get().paper, case.names.get().quotation) == (passport, None)

    def test_make_a_note_for_courts_with_sources_and_hers(self, client, case, passport):
        assert client.get(f"{self.PAGE}/note.docx").status_code == 409
        client.post(self.PAGE, {"name": NAME, "script": "Latn", "paper": passport.pk, "shown": "on"})
        words = note(client)
        for each in ("DB65/T 2189-2005", "uhrp.org", NAME, "An invented passport", "[not verified]"):
            assert each in words


class TestTakenOut:
    """A spelling that was entered by mistake."""

    PAGE = TestSpellings.PAGE

    def enter(self, client, case, name=NAME):
        client.post(self.PAGE, {"name": name, "script": "Latn"})
        return case.names.filter(out_at=None).last()

    def out(self, client, name, reason="It is the clerk's."):
        return client.post(f"{self.PAGE}/{name.pk}/out", {"reason": reason})

    def test_stays_in_the_record_with_reason_author_and_time(self, client, member, desk, case):
        kept = self.enter(client, case)
        assert self.out(client, kept).status_code == 302
        kept.refresh_from_db()
        assert (kept.name, kept.out_reason, kept.out_by) == (NAME, "It is the clerk's.", member.name)
        page = client.get(self.PAGE).content.decode()
        assert "1 spelling that was taken out" in page
        assert "It is the clerk" in page
        line = LedgerLine.objects.order_by("seq").filter(verb="withdrew").last()
        assert f'"spelling":{kept.pk}' in line.body.replace(" ", "") + line.particulars.record.replace(" ", "")
        assert NAME not in line.body + line.particulars.record

    def test_needs_a_reason(self, client, case):
        kept = self.enter(client, case)
        assert self.out(client, kept, reason=" ").status_code == 400
        assert case.names.get().out_at is None

    def test_stands_no_more_above_the_case_in_the_note_or_in_a_dossier(self, client, desk, case):
        self.enter(client, case, "Rena Tursun")
        self.out(client, self.enter(client, case))
        assert NAME not in client.get("/cases/2026-014/").content.decode()
        assert [each.name for each in outline_of(case).names] == ["Rena Tursun"]
        assert NAME not in note(client)

    def test_entered_again_stands_again_and_what_was_taken_out_stays(self, client, case):
        self.out(client, self.enter(client, case))
        self.enter(client, case)
        assert [row.out_at is None for row in case.names.order_by("pk")] == [False, True]
        assert NAME in client.get("/cases/2026-014/").content.decode()

    def test_twice_says_who_did_it_before(self, client, member, case):
        kept = self.enter(client, case)
        self.out(client, kept)
        answer = self.out(client, kept, reason="Once more.")
        assert (answer.status_code, f"{member.name} wrote this after" in answer.content.decode()) == (409, True)
        assert case.names.get().out_reason == "It is the clerk's."

    def test_is_refused_to_whoever_only_reads(self, client, desk, case):
        kept = self.enter(client, case)
        reader = signed_in(colleague(desk, case.compartment, "reader"))
        assert self.out(reader, kept).status_code == 403
        assert reader.post(f"{self.PAGE}/{kept.pk}/earlier", {"earlier": "on"}).status_code == 403
        assert (case.names.get().out_at, case.names.get().earlier) == (None, False)

    def test_of_another_case_does_not_exist(self, client, desk, case):
        kept = self.enter(client, case)
        desk.case("2026-015", "Mr Invented")
        assert client.post(f"/cases/2026-015/names/{kept.pk}/out", {"reason": "No."}).status_code == 404
        assert client.post(f"/cases/2026-015/names/{2**70}/earlier", {}).status_code == 404


class TestEarlierNames:
    PAGE = TestSpellings.PAGE

    def mark(self, client, name, **said):
        page = client.get(self.PAGE).content.decode()
        form = page[page.index(f"names/{name.pk}/earlier") :]
        over = re.search(r'name="over" value="(\d+)"', form)[1]
        return client.post(f"{self.PAGE}/{name.pk}/earlier", {"over": over, **said})

    def entered(self, client, case, **said):
        client.post(self.PAGE, {"name": NAME, "script": "Latn", **said})
        return case.names.get()

    def test_are_shown_with_since_and_until_in_her_words(self, client, case):
        kept = self.entered(client, case, earlier="on", since="birth", until="her marriage in 2009")
        assert tuple(getattr(kept, field) for field in actions.Earlier._fields) == (
            True,
            "birth",
            "her marriage in 2009",
        )
        page = client.get(self.PAGE).content.decode()
        for words in ("earlier name", "birth", "her marriage in 2009"):
            assert words in page

    def test_are_marked_and_unmarked_later(self, client, case):
        kept = self.entered(client, case)
        assert self.mark(client, kept, earlier="on", until="2009").status_code == 302
        kept.refresh_from_db()
        assert (kept.earlier, kept.until) == (True, "2009")
        assert self.mark(client, kept, until="2009").status_code == 302
        kept.refresh_from_db()
        assert (kept.earlier, kept.until) == (False, "")

    def test_are_not_marked_over_what_another_wrote_meanwhile(self, client, case, desk):
        kept = self.entered(client, case)
        old = client.get(self.PAGE).content.decode()
        actions.mark_earlier(name=kept, when=actions.Earlier(True, "", "2009"), **desk.act)
        over = re.search(r'name="over" value="(\d+)"', old)[1]
        answer = client.post(f"{self.PAGE}/{kept.pk}/earlier", {"over": over, "earlier": "on", "until": "2010"})
        assert answer.status_code == 409
        assert "What the other member wrote stands above." in answer.content.decode()
        kept.refresh_from_db()
        assert kept.until == "2009"

    def test_stand_by_themselves_in_the_note_and_are_called_so_on_the_cover(self, client, case):
        self.entered(client, case, earlier="on", since="birth", until="her marriage in 2009")
        words = note(client)
        for each in (
            "Earlier names of this applicant",
            "since birth, until her marriage in 2009",
        ):
            assert each in words
        assert "The spellings of this applicant" not in words
        [name] = outline_of(case).names
        assert name.note == "earlier name, since \u2068birth\u2069, until \u2068her marriage in 2009\u2069"

    def test_stand_not_among_those_of_today_above_the_case(self, client, case):
        self.entered(client, case, earlier="on")
        assert NAME not in client.get("/cases/2026-014/").content.decode()


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
