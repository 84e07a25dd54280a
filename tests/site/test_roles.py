"""What each role is shown: a page has the forms of what may be done, and a stranger has no page."""

from __future__ import annotations

import re

import pytest

from panah.cases import actions
from panah.cases.models import Case
from panah.library.models import Document
from panah.team.models import LedgerLine
from support.members import signed_in
from support.roles import colleague, former, lines

_CASE = "/cases/2026-001"
CASE_PAGES = ["/", "/facts", "/facts/2", "/examination", "/examination/cat-3/CAT3.1", "/dossier", "/keeping", "/names"]
ACTS = [
    ("/", {"words": "B"}),
    ("/names", {"name": "B", "script": "Latn"}),
    ("/names/beside", {"county": "B"}),
    ("/relatives/add", {"name": "B"}),
    ("/relatives/1", {"name": "B"}),
    ("/relatives/1/remove", {}),
    ("/facts", {"words": "B"}),
    ("/facts/2/weigh", {"coherent": "B"}),
    ("/examination/cat-3/CAT3.1", {"words": "B", "reasons": "B"}),
    ("/frameworks", {"frameworks": "cat-3"}),
    ("/retain", {"until": "2031-12-31", "reason": "B"}),
    ("/hold", {"reason": "B"}),
    ("/lift-hold", {}),
]  # fmt: skip
LEADS = {"/retain", "/hold", "/lift-hold"}


@pytest.fixture
def place(desk):
    return desk.invented.compartment


@pytest.fixture
def browser(desk, place):
    """The browser of somebody in a role."""

    def browser(who: str):
        if who == "former":
            return signed_in(former(desk, place))
        return signed_in(colleague(desk, place, None if who == "stranger" else who))

    return browser


def forms(answer) -> list[str]:
    """The forms in the main part of a page that write, by where they lead; empty for the page itself."""
    main = answer.content.decode().partition('<main id="main"')[2].partition("</main>")[0]
    writing = [part.partition(">")[0] for part in main.split("<form ")[1:] if 'method="post"' in part.partition(">")[0]]
    return [form.partition('action="')[2].partition('"')[0] for form in writing]


def masked(answer) -> str:
    """A page without the tokens of its forms, which are never the same."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


class TestReader:
    @pytest.mark.parametrize("page", CASE_PAGES)
    def test_reads_every_page_of_a_case_and_finds_no_form(self, browser, page):
        answer = browser("reader").get(_CASE + page)
        assert answer.status_code == 200
        assert forms(answer) == []

    @pytest.mark.parametrize(("address", "said"), ACTS)
    def test_is_refused_every_act(self, browser, address, said):
        before = list(Case.objects.values())
        reader = browser("reader")
        reader.get(f"{_CASE}/")
        lines_before = LedgerLine.objects.count()
        assert reader.post(_CASE + address, said).status_code in {403, 409}
        assert (LedgerLine.objects.count(), list(Case.objects.values())) == (lines_before, before)

    def test_is_not_offered_to_quote_into_the_case(self, browser, address):
        page = browser("reader").get(address("a quotation")).content.decode()
        assert 'name="fact"' not in page

    def test_sees_a_document_without_what_changes_it(self, browser, desk):
        reader = browser("reader")
        found = reader.get(f"/library/documents/{desk.scan.pk}")
        assert forms(found) == []
        assert "Save it" in found.content.decode()
        assert reader.post(f"/library/documents/{desk.scan.pk}/again").status_code == 403
        assert reader.post(f"/library/documents/{desk.scan.pk}/describe", {"title": "B"}).status_code == 403


class TestWorker:
    @pytest.mark.parametrize("page", CASE_PAGES)
    def test_finds_a_form_where_something_may_be_done(self, browser, page):
        found = forms(browser("worker").get(_CASE + page))
        assert bool(found) == (page not in {"/examination", "/keeping"})

    @pytest.mark.parametrize(("address", "said"), ACTS)
    def test_does_all_but_what_is_the_lead_s(self, browser, address, said):
        answer = browser("worker").post(_CASE + address, said)
        refused = address in LEADS
        assert (answer.status_code in {403, 409}) == refused
        assert (answer.status_code == 302) != refused

    def test_is_not_shown_what_is_overdue(self, browser, desk):
        Case.objects.filter(pk=desk.invented.pk).update(retain_until="")
        actions.retain(case=desk.invented, until=_long_ago(), reason="So.", **desk.act)
        assert "has passed" not in browser("worker").get("/").content.decode()


class TestStranger:
    @pytest.mark.parametrize("who", ["stranger", "former"])
    @pytest.mark.parametrize("page", CASE_PAGES)
    def test_has_no_page_of_a_case(self, browser, who, page):
        asker = browser(who)
        there, nowhere = (asker.get(f"/cases/{reference}{page}") for reference in ("2026-001", "2026-999"))
        assert (there.status_code, nowhere.status_code) == (404, 404)
        assert masked(there).replace("2026-001", "2026-999") == masked(nowhere)

    @pytest.mark.parametrize("who", ["stranger", "former"])
    def test_can_do_nothing_in_it(self, browser, who):
        asker = browser(who)
        before = LedgerLine.objects.count()
        assert {asker.post(_CASE + address, said).status_code for address, said in ACTS} == {404}
        assert asker.post(f"{_CASE}/relatives").status_code == 404
        assert LedgerLine.objects.count() == before

    @pytest.mark.parametrize("who", ["stranger", "former"])
    def test_sees_no_compartment_but_her_own(self, browser, desk, place, who):
        asker = browser(who)
        assert place.name not in asker.get("/compartments/").content.decode()
        assert asker.get(f"/compartments/{place.pk}").status_code == 404
        for act in ("admit", "release", "share", "shares/1/end"):
            assert asker.post(f"/compartments/{place.pk}/{act}", {"member": desk.member.name}).status_code == 404

    def test_is_not_reminded_of_what_is_overdue(self, browser, desk):
        actions.retain(case=desk.invented, until=_long_ago(), reason="So.", **desk.act)
        assert "2026-001" not in browser("stranger").get("/").content.decode()


class TestRelatives:
    WORDS = ("His family must not learn", "Nothing is sent there", "Imprisoned since April")

    def told(self, answer) -> bool:
        page = answer.content.decode()
        return any(words in page for words in self.WORDS)

    @pytest.mark.parametrize("who", ["lead", "worker", "reviewer"])
    def test_are_shown_on_the_page_that_was_asked_for_and_on_no_other(self, browser, who):
        asker = browser(who)
        hidden = asker.get(f"{_CASE}/")
        assert "2 relatives are written down." in hidden.content.decode()
        assert not self.told(hidden)
        before = len(lines("revealed"))
        assert self.told(asker.post(f"{_CASE}/relatives"))
        assert len(lines("revealed")) == before + 1
        for page in CASE_PAGES:
            assert not self.told(asker.get(_CASE + page))

    def test_are_counted_for_a_reader_and_not_shown(self, browser):
        reader = browser("reader")
        assert "2 relatives are written down." in reader.get(f"{_CASE}/").content.decode()
        assert reader.post(f"{_CASE}/relatives").status_code == 403

    def test_are_not_shown_by_a_link(self, client):
        assert client.get(f"{_CASE}/relatives").status_code == 405
        assert not self.told(client.get(f"{_CASE}/?revealed=1"))

    def test_are_not_kept_by_the_browser(self, client):
        assert client.post(f"{_CASE}/relatives")["Cache-Control"] == "no-store"

    def test_a_form_that_is_refused_keeps_what_was_typed(self, client):
        answer = client.post(f"{_CASE}/relatives/1", {"whereabouts": "Typed just now"})
        assert answer.status_code == 400
        assert "Typed just now" in answer.content.decode()
        assert "relative-untold" in answer.content.decode()

    def test_are_written_changed_and_taken_out(self, client, desk):
        assert client.post(f"{_CASE}/relatives/add", {"name": "Invented Aunt"}).status_code == 302
        assert client.post(f"{_CASE}/relatives/3", {"name": "Invented Uncle"}).status_code == 302
        assert "Invented Uncle" in client.post(f"{_CASE}/relatives").content.decode()
        assert client.post(f"{_CASE}/relatives/3/remove").status_code == 302
        assert "Invented Uncle" not in client.post(f"{_CASE}/relatives").content.decode()
        assert client.post(f"{_CASE}/relatives/3/remove").status_code == 404


class TestLooking:
    @pytest.mark.parametrize("page", CASE_PAGES)
    def test_at_a_page_of_a_case_is_a_line(self, browser, page):
        reader = browser("reader")
        before = len(lines("looked at"))
        for _ in range(2):
            reader.get(_CASE + page)
        told = lines("looked at")[before:]
        assert [(line.by, line.kind, line.subject) for line in told] == [("Invented Colleague", "case", "2026-001")]

    def test_at_a_document_is_a_line(self, browser, desk):
        reader = browser("reader")
        before = len(lines("looked at"))
        reader.get(f"/library/documents/{desk.scan.pk}")
        told = lines("looked at")[before:]
        assert [(line.kind, line.subject) for line in told] == [("document", str(desk.scan.pk))]

    def test_by_the_lead_and_a_search_and_a_list_are_none(self, browser, client, desk):
        before = len(lines("looked at"))
        for page in CASE_PAGES:
            client.get(_CASE + page)
        client.get(f"/library/documents/{desk.scan.pk}")
        reader = browser("reader")
        for address in ("/", "/cases/", "/library/", "/library/?q=passport", "/compartments/"):
            reader.get(address)
        assert len(lines("looked at")) == before


class TestChoosing:
    def test_a_case_is_opened_in_a_compartment_of_its_own_or_in_one_that_is_chosen(self, client, desk):
        said = {"called": "B", "frameworks": "cat-3"}
        client.post("/cases/", said | {"reference": "OWN"})
        assert Case.objects.get(reference="OWN").compartment.name == "Case OWN"
        chosen = desk.invented.compartment
        client.post("/cases/", said | {"reference": "IN", "compartment": str(chosen.pk)})
        assert Case.objects.get(reference="IN").compartment == chosen

    def test_no_case_is_opened_where_one_may_not_work(self, browser, place):
        reader = browser("reader")
        assert str(place.pk) not in reader.get("/cases/").content.decode()
        said = {"called": "B", "reference": "B", "frameworks": "cat-3", "compartment": str(place.pk)}
        assert reader.post("/cases/", said).status_code == 400
        assert not Case.objects.filter(reference="B").exists()

    def test_papers_go_where_they_were_sent(self, client, desk, place):
        from django.core.files.uploadedfile import SimpleUploadedFile

        page = client.get("/library/add").content.decode()
        assert '<select name="compartment"' in page
        papers = SimpleUploadedFile("letter.txt", b"An invented letter.")
        said = {"papers": papers, "collection": "New shelf", "compartment": str(place.pk)}
        assert client.post("/library/add", said).status_code == 302
        assert Document.objects.get(path="letter.txt").collection.compartment == place

    def test_who_works_in_one_compartment_is_not_asked(self, browser, place):
        page = browser("worker").get("/library/add").content.decode()
        assert '<select name="compartment"' not in page


class TestKeeping:
    def test_is_said_held_and_lifted_on_its_page(self, client, desk):
        assert (
            client.post(f"{_CASE}/retain", {"until": "2031-12-31", "reason": "The office's rule."}).status_code == 302
        )
        assert client.post(f"{_CASE}/hold", {"reason": "An inquiry."}).status_code == 302
        page = client.get(f"{_CASE}/keeping").content.decode()
        assert "Until 31 December 2031" in page
        assert "An inquiry." in page
        assert client.post(f"{_CASE}/lift-hold").status_code == 302
        assert "An inquiry." not in client.get(f"{_CASE}/keeping").content.decode()

    @pytest.mark.parametrize("until", ["", "soon", "2031", "2031-02-30", "31.12.2031", "9" * 400])
    def test_needs_a_day(self, client, until):
        assert client.post(f"{_CASE}/retain", {"until": until, "reason": "B"}).status_code == 400

    def test_is_asked_for_on_the_docket_when_the_day_has_passed(self, client, desk):
        actions.retain(case=desk.invented, until=_long_ago(), reason="So.", **desk.act)
        page = client.get("/").content.decode()
        assert "the day until which it is kept has passed (23 November 2020)" in page
        actions.hold(case=desk.invented, reason="An inquiry.", **desk.act)
        assert "has passed" not in client.get("/").content.decode()


def _long_ago():
    from datetime import date

    return date(2020, 11, 23)
