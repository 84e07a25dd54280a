"""The pages about captures: an address is asked for on the page Add, where that is allowed, and its capture shows how far it is."""

from __future__ import annotations

import csv
import io
import json

import pytest

from panah.library import actions
from panah.library.captures import queries
from panah.library.captures.calendars import upgraded
from panah.library.captures.capturing import capture_one
from panah.library.models import Capture
from panah.proof.bitcoin import read_block_header
from panah.proof.opentimestamps import Attestation, Detached, Tag, Timestamp, Way, read_detached
from panah.team.actions import join
from support.calendars import Calendar, read_by_other
from support.captured import AT, captured
from support.members import signed_in
from support.web import Site, answer

ADD, ASK = "/library/add", "/library/capture"


@pytest.fixture
def desk(demo, db):
    return demo


@pytest.fixture
def client(desk):
    return signed_in(desk.member)


def asking(address: str) -> dict[str, str]:
    return {"page-address": address, "page-collection": "Web", "page-compartment": ""}


class TestAdd:
    def test_has_a_field_only_where_it_is_allowed(self, client, allowed):
        assert 'name="page-address"' in client.get(ADD).content.decode()
        allowed.PANAH_CAPTURE = ""
        page = client.get(ADD).content.decode()
        assert 'name="page-address"' not in page
        assert "<code>PANAH_CAPTURE</code>" in page

    def test_asks_and_shows_how_far_it_is(self, client, allowed, desk):
        with Site({"/": answer("<title>A notice</title><p>Closed.")}) as site:
            asked = client.post(ASK, asking(site.address("/#part")), follow=True)
            assert asked.status_code == 200
            assert "waiting" in asked.content.decode()
            capture = Capture.objects.get(asked=site.address())
            assert (capture.by, capture.collection.name) == (desk.member, "Web")
            capture_one(capture)
        page = client.get(f"/library/captures/{capture.pk}").content.decode()
        assert "captured" in page
        assert str(capture.captured.get(what="page").document_id) in page

    @pytest.mark.parametrize(
        ("address", "code", "status"),
        [("http://10.0.0.1/", "address-forbidden", 403), ("ftp://a.example/", "address-unusable", 400), ("", "", 400)],
    )
    def test_says_what_is_refused_and_keeps_what_was_typed(self, client, allowed, address, code, status):
        before = Capture.objects.count()
        answered = client.post(ASK, asking(address))
        assert answered.status_code == status
        assert code in answered.content.decode()
        assert f'value="{address}"' in answered.content.decode() or not address
        assert Capture.objects.count() == before

    def test_asks_for_nothing_where_it_is_not_allowed(self, client, settings):
        settings.PANAH_CAPTURE = ""
        before = Capture.objects.count()
        assert client.post(ASK, asking("http://example.org/")).status_code == 403
        assert Capture.objects.count() == before


class TestCapture:
    def test_shows_everything_that_is_known_of_it(self, client, desk):
        page = client.get(f"/library/captures/{desk.captured.pk}").content.decode()
        for shown in ("http://lantern.example/n/7", AT, "403", "Tor", "asks programs not to collect it", "CN=lantern.example",
                      "sha256:" + "ab" * 32, "CN=Clock of the tests", "no-browser"):  # fmt: skip
            assert shown in page

    def test_stands_on_the_page_of_its_document(self, client, desk):
        document = desk.captured.captured.get(what="page").document
        page = client.get(f"/library/documents/{document.pk}").content.decode()
        assert "Captured from the web" in page
        assert "The site answered with the error 403" in page
        assert f"/library/captures/{desk.captured.pk}" in page

    def test_that_failed_says_why(self, client, desk):
        page = client.get(f"/library/captures/{desk.not_captured.pk}").content.decode()
        assert "site-unreachable" in page
        assert "Connection refused" in page

    def test_that_waits_where_it_is_not_allowed_any_more_says_so(self, client, desk, settings):
        settings.PANAH_CAPTURE = ""
        Capture.objects.filter(pk=desk.captured.pk).update(state="waiting", ended_at=None)
        assert "not allowed any more" in client.get(f"/library/captures/{desk.captured.pk}").content.decode()

    def test_hands_out_its_time_stamp(self, client, desk):
        answered = client.get(f"/library/captures/{desk.captured.pk}/stamp")
        assert answered.content == b"an invented time-stamp"
        assert answered["Content-Disposition"].endswith('.tsr"')
        assert client.get(f"/library/captures/{desk.not_captured.pk}/stamp").status_code == 404

    def test_is_listed_the_newest_first(self, client, desk):
        newest = captured(desk, notice="<p>Another.")
        page = client.get("/library/captures").content.decode()
        assert page.index(str(newest.pk)) < page.index(str(desk.not_captured.pk)) < page.index(str(desk.captured.pk))


class TestTimestamp:
    def stamped(self, desk, calendar: str) -> Capture:
        """A capture whose timestamp is pending at one calendar, and which another refused."""
        timestamp = Timestamp(b"r" * 32, frozenset({Way((), Attestation.pending(calendar))}))
        answers = [
            {"calendar": calendar, "code": "", "reason": ""},
            {"calendar": "https://ill.example", "code": "calendar-refused", "reason": "It is ill."},
        ]
        return captured(desk, timestamp=Detached(Tag.SHA256, timestamp), calendars=answers)

    def test_says_where_it_is_pending_and_which_calendar_failed(self, client, desk):
        found = self.stamped(desk, "https://calendar.example")
        page = client.get(f"/library/captures/{found.pk}").content.decode()
        assert 'Pending at <bdi dir="ltr">https://calendar.example</bdi> since' in page
        assert "It is ill." in page
        assert "Merkle" not in page

    def test_says_which_block_it_leads_to_and_what_remains_to_be_compared(self, client, desk, allowed):
        with Calendar() as calendar:
            found = self.stamped(desk, calendar.url)
            calendar.wait_for(b"r" * 32)
            block = calendar.mine(912_345)
            allowed.PANAH_OTS_CALENDARS = [calendar.url]
            asked = upgraded(read_detached(bytes(found.timestamp)))
            actions.upgrade_timestamp(capture=found, timestamp=asked.timestamp, **desk.act)
        page = client.get(f"/library/captures/{found.pk}").content.decode()
        assert "Bitcoin, block 912345; nobody here has compared it with the chain." in page
        assert "Pending" not in page
        root = read_block_header(block.header).merkle_root
        assert root.hex() in page
        assert root[::-1].hex() in page

    def test_is_handed_out_as_others_read_it(self, client, desk):
        found = self.stamped(desk, "https://calendar.example")
        answered = client.get(f"/library/captures/{found.pk}/timestamp")
        assert read_by_other(answered.content).file_digest == b"r" * 32
        assert answered["Content-Disposition"].endswith('.ots"')
        assert client.get(f"/library/captures/{desk.captured.pk}/timestamp").status_code == 404


class TestSaved:
    def test_as_a_table_has_a_row_for_every_capture(self, client, desk):
        answered = client.get("/library/captures?as=csv")
        assert answered["Content-Disposition"] == 'attachment; filename="captures.csv"'
        rows = list(csv.DictReader(io.StringIO(answered.getvalue().decode())))
        by_id = {row["id"]: row for row in rows}
        assert len(rows) == Capture.objects.count()
        one = by_id[str(desk.captured.pk)]
        assert (one["outcome"], one["status"], one["exit"]) == ("captured", "403", "tor")
        assert one["document"] == str(desk.captured.captured.get(what="page").document_id)
        assert by_id[str(desk.not_captured.pk)]["code"] == "site-unreachable"
        assert by_id[str(desk.not_captured.pk)]["status"] == ""

    def test_as_json_lines_says_the_same(self, client, desk):
        lines = client.get("/library/captures?as=jsonl").getvalue().decode().splitlines()
        assert [json.loads(line)["id"] for line in lines] == [each.id for each in queries.listed(desk.member)]

    def test_is_no_formula_for_a_spreadsheet(self, desk):
        Capture.objects.filter(pk=desk.not_captured.pk).update(reason="=1+1")
        [line] = [each for each in queries.listed(desk.member) if each.id == str(desk.not_captured.pk)]
        assert "'=1+1" in line.cells()

    @pytest.mark.parametrize("form", ["csv", "jsonl"])
    def test_has_nothing_in_it_for_a_stranger(self, desk, now, form):
        stranger = signed_in(join(name="Invented Stranger", now=now))
        written = stranger.get(f"/library/captures?as={form}").getvalue().decode()
        assert len(written.splitlines()) == (form == "csv")

    def test_of_another_form_is_the_page(self, client):
        assert client.get("/library/captures?as=xls")["Content-Type"].startswith("text/html")
