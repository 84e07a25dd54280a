"""The spellings of the applicant's name: kept, quoted, taken out again, marked as earlier names, and printed for courts."""

from __future__ import annotations

import io
import re
import zipfile

from panah.cases.naming import actions
from panah.cases.outlining import outline_of
from panah.team.models import LedgerLine
from support.members import signed_in
from support.roles import colleague

NAME = "Abdurehim Tursun"


def note(client) -> str:
    answer = client.get("/cases/2026-014/names/note.docx")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as docx:
        return re.sub("<[^>]+>", "", docx.read("word/document.xml").decode())


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
