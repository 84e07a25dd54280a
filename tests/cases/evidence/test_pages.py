"""The evidence finder and the research trail in the browser and on the command line."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from urllib.parse import urlsplit

import pytest

from panah.cases.actions import choose_frameworks
from panah.cases.evidence.laid import laid_beside
from panah.cases.models import Outcome, Search, Support
from panah.cases.research import queries as research
from panah.cases.research.actions import keep
from panah.cases.research.annex import annex
from panah.cases.research.record import Asked, Put
from panah.dossier.actions import hand_out
from panah.law import framework
from panah.team.actions import admit
from panah.team.models import Member
from panah.team.rules import Role
from support.members import signed_in
from support.roles import colleague

PAGE = "/cases/2026-014/evidence"
TRAIL = "/cases/2026-014/research"
TORTURE = "Former prisoners from Sapbulaq describe torture in the lamp factory, and name the officers who were there."


@pytest.fixture
def client(member):
    return signed_in(member)


@pytest.fixture
def report(desk):
    return desk.paper(TORTURE, path="report.txt", title="The lamp factory", date="2019-05")


def body(answer):
    return b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()


class TestEvidencePage:
    def test_lays_out_passages_with_what_was_asked_and_what_gave_nothing(self, client, case, report):
        page = body(client.get(f"{PAGE}?element=CAT3.1"))
        assert "name the officers" in page
        assert "The lamp factory" in page
        assert '<span class="silence">nothing</span>' in page
        assert Search.objects.get().through == "finder"

    def test_is_one_search_when_it_is_looked_at_again(self, client, case, report):
        for _ in range(2):
            client.get(f"{PAGE}?element=CAT3.1")
        assert Search.objects.count() == 1
        client.get(f"{PAGE}?element=GC4.12")
        assert Search.objects.count() == 2

    def test_puts_words_beside_a_fact_and_keeps_that_they_were_used(self, client, desk, case, report):
        fact = desk.fact(case)
        client.get(f"{PAGE}?element=CAT3.1")
        search = Search.objects.get()
        address = f"{PAGE}/passages/{report.passages.get().pk}?search={search.pk}"
        assert TORTURE in body(client.get(address))
        assert not Support.objects.exists()
        answer = client.post(
            address, {"words": "name the officers", "beside": f"fact {fact.number}", "stance": "contradicts"}
        )
        assert answer.headers["Location"] == "/cases/2026-014/facts/1"
        assert (Support.objects.get().quotation.words, Support.objects.get().stance) == (
            "name the officers",
            "contradicts",
        )
        [made] = research.trail(desk.member, case)
        assert [used.words for used in made.used] == ["name the officers"]

    def test_keeps_what_was_typed_where_the_words_differ(self, client, desk, case, report):
        fact = desk.fact(case)
        address = f"{PAGE}/passages/{report.passages.get().pk}"
        answer = client.post(
            address, {"words": "name no officers", "beside": f"fact {fact.number}", "stance": "supports"}
        )
        assert answer.status_code == 409
        assert "name no officers" in body(answer)
        for nonsense in ({"beside": "fact 9"}, {"beside": "cat-3 CAT9"}, {"beside": f"fact {fact.number}"}, {}):
            assert client.post(address, {"words": "officers", **nonsense}).status_code == 400
        assert not Support.objects.exists()

    def test_lays_words_beside_a_question_of_the_law(self, client, desk, case, report):
        address = f"{PAGE}/passages/{report.passages.get().pk}?element=CAT3.1"
        assert '<option value="cat-3 CAT3.1" selected>' in body(client.get(address))
        said = {"words": "name the officers", "beside": "cat-3 CAT3.1"}
        element = "/cases/2026-014/examination/cat-3/CAT3.1"
        assert client.post(address, said).headers["Location"] == element
        assert client.post(address, said).status_code == 409
        page = body(client.get(element))
        assert "Laid beside the question" in page
        assert re.search(r'name="quotations"[^>]* checked', page)
        assert "1 quotation lies beside it" in body(client.get("/cases/2026-014/examination"))
        [laid] = laid_beside(case)
        assert client.post(f"{PAGE}/laid/{laid.pk}/take-up").headers["Location"] == element
        assert "Laid beside the question" not in body(client.get(element))
        assert client.post(f"{PAGE}/laid/{laid.pk}/take-up").status_code == 404

    def test_has_a_page_for_the_words_of_the_profile(self, client, case):
        assert client.post(f"{PAGE}/words", {"place": "Sapbulaq"}).headers["Location"] == PAGE
        assert "Sapbulaq" in body(client.get(f"{PAGE}/words"))
        assert "Sapbulaq" in body(client.get(PAGE))

    def test_offers_nothing_to_a_reader_that_changes_the_case(self, desk, case, report):
        reader = colleague(desk, case.compartment, "reader")
        page = body(signed_in(reader).get(PAGE))
        assert "data-use" not in page
        assert signed_in(reader).get(f"{PAGE}/words").status_code == 403


class TestQuotationPage:
    """Where a quotation that was just made is put to use."""

    @pytest.fixture
    def address(self, desk, report):
        return f"/cases/use/{desk.quote(report, 'name the officers').pk}?case=2026-014"

    def test_offers_every_fact_and_every_question_of_the_claim(self, client, desk, case, address):
        desk.fact(case, "She was held in 2018.")
        choose_frameworks(case=case, framework_ids=["cat-3", "apr-2024-1348", "qr-2024-1347"], **desk.act)
        offered = re.findall(r'<option value="([^"]+ [^"]+)"', body(client.get(address)))
        asked = [f"{law} {one.id}" for law in ("cat-3", "qr-2024-1347") for one in framework(law).claims]
        assert offered[0] == "fact 1"
        assert sorted(offered[1:]) == sorted(asked)

    def test_puts_it_beside_a_fact_with_a_note(self, client, desk, case, address):
        desk.fact(case)
        said = {"beside": "fact 1", "stance": "silent", "note": "It names nobody."}
        assert client.post(address, said).headers["Location"] == "/cases/2026-014/facts/1"
        assert [(each.stance, each.note) for each in Support.objects.all()] == [("silent", "It names nobody.")]
        assert client.post(address, said).status_code == 409

    def test_lays_it_beside_a_question_whose_finding_may_rest_on_it(self, client, case, address):
        element = "/cases/2026-014/examination/cat-3/CAT3.1"
        assert client.post(address, {"beside": "cat-3 CAT3.1"}).headers["Location"] == element
        page = body(client.get(element))
        assert "It lies beside the question." in page
        assert re.search(r'name="quotations"[^>]* checked', page)
        assert client.post(address, {"beside": "cat-3 CAT3.1"}).status_code == 409

    def test_loses_no_note_on_a_question(self, client, case, address):
        answer = client.post(address, {"beside": "cat-3 CAT3.1", "note": "Of whom?"})
        assert answer.status_code == 400
        assert "its finding says" in body(answer)
        assert "Of whom?</textarea>" in body(answer)
        assert not laid_beside(case)

    def test_takes_no_fact_without_a_stance_and_nothing_of_another_law(self, client, desk, case, address):
        desk.fact(case)
        for nonsense in (
            {"beside": "fact 1"},
            {"beside": "fact 2", "stance": "silent"},
            {"beside": "echr-3 E3.fg"},
            {"stance": "silent"},
        ):
            assert client.post(address, nonsense).status_code == 400
        assert not Support.objects.exists()
        assert not laid_beside(case)

    def test_lets_a_reader_put_it_nowhere(self, desk, case, report, address):
        reader = signed_in(colleague(desk, case.compartment, "reader"))
        assert reader.post(address, {"beside": "cat-3 CAT3.1"}).status_code == 404  # she cannot see the quotation
        admit(
            compartment=report.compartment,
            member=Member.objects.get(name="Invented Colleague"),
            role=Role.READER,
            **desk.act,
        )
        assert reader.post(address, {"beside": "cat-3 CAT3.1"}).status_code == 403
        assert not laid_beside(case)


class TestTrail:
    def test_keeps_a_search_that_is_made_for_the_case(self, client, desk, case, report):
        page = body(client.get("/library/?q=torture&for=2026-014&order=newest"))
        assert "is kept for case 2026-014" in page
        [made] = research.trail(desk.member, case)
        assert (made.search.through, made.asked.puts[0].words, made.asked.passages) == ("library", ("torture",), 1)
        assert "酷刑" in made.asked.concepts["torture"].labels
        assert "for=" not in made.asked.address
        opening = f"{TRAIL}/{made.search.pk}/documents/{report.pk}"
        assert opening in page
        answer = client.get(f"{opening}?at=0&for=2026-014")
        assert urlsplit(answer.headers["Location"]).path == f"/library/documents/{report.pk}"
        [made] = research.trail(desk.member, case)
        assert [one.title for one in made.opened] == ["The lamp factory"]

    def test_keeps_what_is_quoted_from_a_document_that_was_opened_from_a_search(self, client, desk, case, report):
        client.get("/library/?q=torture&for=2026-014")
        client.get(f"{TRAIL}/{Search.objects.get().pk}/documents/{report.pk}")
        desk.fact(case, supported_by=desk.quote(report, "name the officers"))
        [made] = research.trail(desk.member, case)
        assert [one.words for one in made.used] == ["name the officers"]

    def test_keeps_nothing_of_a_search_outside_a_case(self, client, desk, case, report):
        page = body(client.get("/library/?q=torture"))
        assert "is kept for case" not in page
        client.get(f"/library/documents/{report.pk}?q=torture")
        desk.fact(case, supported_by=desk.quote(report, "name the officers"))
        assert not Search.objects.exists()
        assert not Outcome.objects.exists()
        assert "No search has been made" in body(client.get(TRAIL))

    def test_can_be_turned_off_on_the_page(self, client, case, report):
        page = body(client.get("/library/?q=torture&for=2026-014"))
        assert '<a href="?q=torture">Do not keep it</a>' in page

    def test_is_kept_for_no_case_that_she_does_not_see(self, desk, case, report):
        stranger = colleague(desk, desk.shelf("Library").compartment, "worker", "Invented Stranger")
        for reference in ("2026-014", "2026-999"):
            assert signed_in(stranger).get(f"/library/?q=torture&for={reference}").status_code == 404
        assert not Search.objects.exists()

    def test_says_what_found_nothing(self, client, case, report):
        client.get("/library/?q=zebra&for=2026-014")
        page = body(client.get(TRAIL))
        assert "zebra" in page
        assert "1 gave nothing" in page

    def test_is_saved_as_a_table_and_as_json_lines(self, client, case, report):
        client.get("/library/?q=torture&for=2026-014")
        client.get("/library/?q=%3Dzebra&for=2026-014")
        rows = list(csv.DictReader(io.StringIO(body(client.get(f"{TRAIL}?as=csv")))))
        assert [(row["words"], row["passages"]) for row in rows] == [("torture", "1"), ("'=zebra", "0")]
        lines = [json.loads(line) for line in body(client.get(f"{TRAIL}?as=jsonl")).splitlines()]
        assert [line["words"] for line in lines] == ["torture", "=zebra"]
        assert next(iter(lines[0])) == "id"


class TestAnnex:
    def test_prints_what_was_asked_what_was_found_and_what_was_used(self, client, desk, case, report):
        fact = desk.fact(case)
        client.get("/library/?q=zebra&for=2026-014")
        client.get(f"{PAGE}?element=CAT3.1")
        search = Search.objects.get(through="finder")
        address = f"{PAGE}/passages/{report.passages.get().pk}?search={search.pk}"
        client.post(address, {"words": "name the officers", "beside": f"fact {fact.number}", "stance": "supports"})
        section = annex(research.trail(desk.member, case))
        library, finder = ([block.text for block in each.blocks] for each in section.sections)
        assert library[0] == "Search in the library"
        assert library[library.index("Found nothing") + 1].strip("\u2068\u2069") == "zebra"
        assert any("torture" in text and "CAT3.1" in text and "1 passage" in text for text in finder)
        assert "“name the officers”" in finder[finder.index("Used") + 1]

    def test_is_sealed_where_somebody_wants_it_and_not_otherwise(self, desk, case, report):
        keep(case=case, through=Search.Through.LIBRARY, asked=Asked((Put(("Sapbulaq",), 0),)), **desk.act)
        with_it, without_it = (
            zipfile.ZipFile(io.BytesIO(b"".join(hand_out(dossier=desk.seal(case, research=wanted), **desk.act))))
            for wanted in (True, False)
        )
        assert annexed(with_it)
        assert not annexed(without_it)


def annexed(bundle) -> bool:
    [name] = [name for name in bundle.namelist() if name.endswith("dossier.docx")]
    words = zipfile.ZipFile(io.BytesIO(bundle.read(name))).read("word/document.xml").decode()
    return "how evidence was looked for" in words and "Sapbulaq" in words
