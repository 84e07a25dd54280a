"""Calendars of OpenTimestamps are asked where the operator names them; whatever they answer takes nothing from a capture."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta
from threading import Event

import pytest

from panah.library import actions
from panah.library.captures import calendars, queries
from panah.library.captures.following import Follower, follow
from panah.library.models import Capture
from panah.proof import bitcoin
from panah.proof.opentimestamps import LARGEST_ANSWER, read_detached
from panah.team.actions import admit, join
from panah.team.queries import NotAllowed
from panah.team.rules import Role
from support.calendars import Calendar, read_by_other
from support.entered import entered
from support.web import Proxy, Site, Socks, answer

PAGE = answer("<!doctype html><title>A notice</title><p>The road was closed on Monday.")


@pytest.fixture
def captured(capture):
    """Captures a page, and gives its row as it is kept."""

    def captured(**bounds) -> Capture:
        with Site({"/": PAGE}) as site:
            return Capture.objects.get(pk=capture(site.address(), **bounds).pk)

    return captured


@pytest.fixture
def upgrade(member, now):
    """Asks the calendars again, keeps what came, and gives the row and the answers."""

    def upgrade(before: Capture) -> tuple[Capture, list[calendars.Answered]]:
        found = Capture.objects.get(pk=before.pk)
        asked = calendars.upgraded(read_detached(bytes(found.timestamp)))
        actions.upgrade_timestamp(capture=found, timestamp=asked.timestamp, by=member, now=now)
        return Capture.objects.get(pk=found.pk), asked.answers

    return upgrade


class TestAsked:
    def test_is_nobody_where_nobody_is_named(self, allowed, captured):
        with Calendar() as calendar:
            found = captured()
        assert calendar.asked == []
        assert (found.state, found.timestamp, "calendars" in found.found) == ("captured", None, False)

    def test_gives_a_file_for_the_warc_that_others_read(self, calendar, captured, left):
        found = captured()
        theirs = read_by_other(bytes(found.timestamp))
        assert theirs.file_digest == hashlib.sha256(left(found)["record"]).digest()
        [(_, attestation)] = theirs.timestamp.all_attestations()
        assert attestation.uri == calendar.url
        assert found.found["calendars"] == [{"calendar": calendar.url, "code": "", "reason": "", "parts": []}]
        assert (found.block, found.timestamped) == (None, True)

    def test_sees_no_digest_of_what_was_captured(self, calendar, captured, left):
        found = captured()
        [(line, content)] = calendar.asked
        assert (line, len(content)) == ("POST /digest HTTP/1.1", 32)
        assert content != hashlib.sha256(left(found)["record"]).digest()
        captured()
        assert calendar.asked[1][1] != content

    def test_has_its_digest_in_the_ledger(self, calendar, captured):
        found = captured()
        line = list(entered(kind="capture", subject=str(found.pk)))[-1]
        assert line.details["timestamp"] == f"sha256:{hashlib.sha256(bytes(found.timestamp)).hexdigest()}"

    def test_is_every_one_and_all_stand_in_one_file(self, allowed, captured):
        with Calendar() as one, Calendar() as other:
            allowed.PANAH_OTS_CALENDARS = [one.url, other.url]
            found = captured()
        attestations = read_by_other(bytes(found.timestamp)).timestamp.all_attestations()
        assert {attestation.uri for _, attestation in attestations} == {one.url, other.url}
        assert one.asked == other.asked

    @pytest.mark.parametrize("name", ["proxy", "tor"])
    def test_is_asked_by_the_exit_of_captures(self, allowed, captured, name):
        with Calendar() as calendar, Site({"/": PAGE}) as site:
            port = calendar.server_address[1]
            leads = {"127.0.0.1": site.port, "calendar.example": port}
            with Proxy(leads) if name == "proxy" else Socks(leads) as way:
                allowed.PANAH_CAPTURE, allowed.PANAH_CAPTURE_PROXY = name, f"127.0.0.1:{way.port}"
                allowed.PANAH_OTS_CALENDARS = [f"http://calendar.example:{port}"]
                found = captured()
                assert found.timestamped, found.found["calendars"]
                assert any("calendar.example" in asked for asked in way.asked)
                assert name == "proxy" or len(set(way.names)) == 2  # another way than that of the page


class TestFailed:
    @pytest.mark.parametrize(
        ("said", "reason"),
        [
            ((500, b"we are ill"), "it answered with 500"), ((404, b""), "it answered with 404"),
            ((302, b"http://127.0.0.1:9/"), "it answered with 302"), ((200, b""), "it ends too early"),
            ((200, b"<html>Welcome</html>"), "an operation 0x3c"), ((200, b"\x08" * 5000), "more operations"),
            ((200, b"\xf0" + b"\xff" * 50), "no end"), ((200, bytes(LARGEST_ANSWER + 1)), "larger than 10000 bytes"),
            ((200, bytes(200_000)), "larger than"),
        ],
    )  # fmt: skip
    def test_is_recorded_with_its_reason_and_takes_nothing_away(self, allowed, captured, said, reason, left):
        with Calendar(lambda _line, _content: said) as ill, Calendar() as well:
            allowed.PANAH_OTS_CALENDARS = [ill.url, well.url]
            found = captured()
        assert found.state == "captured"
        assert left(found)["page"]
        first, second = found.found["calendars"]
        assert (first["code"], second["code"]) == ("calendar-refused", "")
        assert reason in first["reason"]
        [(_, attestation)] = read_by_other(bytes(found.timestamp)).timestamp.all_attestations()
        assert attestation.uri == well.url

    def test_that_hangs_is_left_when_its_time_is_up(self, allowed, captured):
        over = Event()

        def hanging(_line, _content):
            over.wait(30)
            return 200, b""

        with Calendar(hanging) as calendar:
            allowed.PANAH_OTS_CALENDARS = [calendar.url]
            try:
                found = captured(calendar=0.2)
            finally:
                over.set()
        assert (found.state, found.timestamp) == ("captured", None)
        assert "took longer than" in found.found["calendars"][0]["reason"]

    def test_that_are_many_are_left_when_the_time_of_all_is_up(self, allowed, captured):
        over = Event()
        with Calendar(lambda _line, _content: (200, bytes(over.wait(30)))) as calendar:
            allowed.PANAH_OTS_CALENDARS = [calendar.url] * 20
            try:
                found = captured(calendar=0.1)
            finally:
                over.set()
        assert len(found.found["calendars"]) == 20
        assert len(calendar.asked) <= 4
        assert {each["code"] for each in found.found["calendars"]} <= {"calendar-refused", "capture-too-slow"}

    @pytest.mark.parametrize("address", ["http://127.0.0.1:1", "http://10.0.0.1", "https://localhost", "http://[::1]"])
    def test_that_is_not_there_or_in_a_private_network_is_said(self, allowed, captured, address):
        allowed.PANAH_OTS_CALENDARS = [address]
        found = captured()
        assert (found.state, found.timestamp, found.timestamped) == ("captured", None, False)
        assert found.found["calendars"][0]["code"] == "calendar-refused"


class TestFollowed:
    """By the workbench itself."""

    @pytest.fixture
    def later(self, calendar, captured):
        """A capture, and the times one and three hours after it ended."""
        found = captured()
        return found, found.ended_at + timedelta(minutes=61), found.ended_at + timedelta(hours=3)

    def test_is_due_an_hour_after_it_was_made_and_an_hour_after_it_was_asked_for(self, calendar, later):
        found, after, much_later = later
        assert list(queries.due_at_calendars(found.ended_at)) == []
        assert list(queries.due_at_calendars(after)) == [found]
        follow(found, now=after)
        assert Capture.objects.get(pk=found.pk).followed_at == after
        assert list(queries.due_at_calendars(after + timedelta(minutes=59))) == []
        assert list(queries.due_at_calendars(much_later)) == [found]

    def test_gets_its_block_and_is_asked_for_no_more(self, calendar, later):
        found, after, much_later = later
        calendar.mine(912_345)
        follow(found, now=after)
        assert Capture.objects.get(pk=found.pk).block == 912_345
        assert list(queries.due_at_calendars(much_later)) == []
        [line] = [
            line for line in entered(kind="original", subject=record_of(found)) if line.verb == "upgraded a timestamp"
        ]
        assert line.by == "panah"

    def test_by_a_calendar_that_fails_is_not_asked_for_again_within_the_hour(self, calendar, later):
        found, after, _ = later
        calendar.answering = lambda _line, _content: (500, b"")
        asked = len(calendar.asked)
        follow(found, now=after)
        assert len(calendar.asked) == asked + 1
        assert list(queries.due_at_calendars(after)) == []

    def test_is_nothing_where_no_calendar_is_named(self, calendar, later, settings):
        settings.PANAH_OTS_CALENDARS = []
        asked = len(calendar.asked)
        follower = Follower()
        follower.run()  # ends at once
        assert len(calendar.asked) == asked

    def test_after_three_days_without_a_block_is_a_warning_of_the_doctor(self, calendar, later):
        found, _, _ = later
        assert queries.long_pending(found.ended_at) == 0
        assert queries.long_pending(found.ended_at + timedelta(days=4)) == 1


class TestUpgraded:
    def test_before_there_is_a_block_stays_pending(self, calendar, captured, upgrade):
        before = captured()
        found, [answered] = upgrade(before)
        assert (answered.failure.code, answered.failed) == ("not-yet-in-block", False)
        assert (bytes(found.timestamp), found.block) == (bytes(before.timestamp), None)
        assert "upgraded a timestamp" not in {line.verb for line in entered(kind="original", subject=record_of(found))}

    def test_has_the_block_beside_what_was_pending_and_its_line(self, calendar, captured, upgrade):
        before = captured()
        block = calendar.mine(912_345)
        found, [answered] = upgrade(before)
        assert answered.failure is None
        assert found.block == 912_345
        known = read_detached(bytes(found.timestamp)).timestamp
        assert read_detached(bytes(before.timestamp)).timestamp.ways < known.ways
        assert bitcoin.compared(known, bitcoin.read_block_header(block.header)).height == 912_345
        assert read_by_other(bytes(found.timestamp)).file_digest.hex() in record_of(found)
        line = list(entered(kind="original", subject=record_of(found)))[-1]
        assert (line.verb, line.details["block"]) == ("upgraded a timestamp", 912_345)
        assert line.details["after"] == f"sha256:{hashlib.sha256(bytes(found.timestamp)).hexdigest()}"

    def test_once_more_changes_nothing(self, calendar, captured, upgrade):
        before = captured()
        calendar.mine(912_345)
        found, _ = upgrade(before)
        lines = len(entered(kind="original", subject=record_of(found)))
        again, _ = upgrade(found)
        assert bytes(again.timestamp) == bytes(found.timestamp)
        assert len(entered(kind="original", subject=record_of(found))) == lines

    def test_by_an_answer_about_another_digest_leads_to_no_block_that_is(self, calendar, captured, upgrade):
        """The answer itself does not show it; the header does."""
        first, other = captured(), captured()
        block = calendar.mine(912_345)
        theirs = read_detached(bytes(other.timestamp)).timestamp.attested()[0].message.hex()
        calendar.answering = lambda line, content: calendar.answer(
            re.sub("/timestamp/[0-9a-f]+", f"/timestamp/{theirs}", line), content
        )
        found, _ = upgrade(first)
        assert found.block == 912_345
        with pytest.raises(bitcoin.MerkleRootDiffers):
            bitcoin.compared(read_detached(bytes(found.timestamp)).timestamp, bitcoin.read_block_header(block.header))

    @pytest.mark.parametrize(
        "said", [(500, b""), (200, b""), (200, b"\x00" + bytes.fromhex("0588960d73d71901") + b"\x02\xff\xff")]
    )
    def test_by_nonsense_keeps_what_was_known(self, calendar, captured, upgrade, said):
        before = captured()
        calendar.answering = lambda _line, _content: said
        found, [answered] = upgrade(before)
        assert (answered.failure.code, answered.failed) == ("calendar-refused", True)
        assert bytes(found.timestamp) == bytes(before.timestamp)

    def test_asks_nobody_whom_the_operator_does_not_name(self, allowed, calendar, captured, upgrade):
        before = captured()
        asked = len(calendar.asked)
        allowed.PANAH_OTS_CALENDARS = []
        _, [answered] = upgrade(before)
        assert answered.failure.code == "calendar-not-named"
        assert len(calendar.asked) == asked

    def test_by_who_may_not_work_there_is_refused(self, calendar, captured, library, member, now):
        found = captured()
        reader = join(name="Invented Reader", now=now)
        admit(compartment=library, member=reader, role=Role.READER, by=member, now=now)
        with pytest.raises(NotAllowed):
            actions.upgrade_timestamp(
                capture=found, timestamp=read_detached(bytes(found.timestamp)), by=reader, now=now
            )
        assert not queries.pending(reader)
        assert [each.pk for each in queries.pending(member)] == [found.pk]


def record_of(capture: Capture) -> str:
    return capture.captured.get(what="record").document.original.digest
