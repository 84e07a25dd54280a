"""A page is captured as it was: what was sent, what came, who answered. Whatever goes wrong is an outcome, and is kept."""

from __future__ import annotations

import gzip
import socket
from datetime import timedelta

import pytest

from panah import proof
from panah.library import actions, captures
from panah.library.captures.capturing import capture_one
from panah.library.models import Capture, Document
from panah.library.queries import Shelf
from panah.proof import read_stamp
from panah.team.actions import admit, join, release
from panah.team.rules import Role
from support.authority import LocalAuthority
from support.entered import entered
from support.warcs import of_kind, records
from support.web import Listening, Site, answer, leads_to

PAGE = "<!doctype html><title>A notice</title><p>The road was closed on Monday."


class TestPage:
    def test_is_kept_byte_for_byte_and_can_be_read(self, capture, left, readers):
        with Site({"/news": (sent := answer(PAGE, X_Odd="kept  as it is"))}) as site:
            found = capture(site.address("/news"))
        warc, page = left(found)["record"], left(found)["page"]
        assert page == PAGE.encode()
        [response] = [each for each in of_kind(warc, "response") if each.target == site.address("/news")]
        assert response.block == sent
        assert response.fields["warc-payload-digest"] == proof.digest_of(page)
        assert response.fields["warc-ip-address"] == "127.0.0.1"
        document = found.captured.get(what="page").document
        assert (document.url, document.path) == (site.address("/news"), "127.0.0.1/news")
        assert readers.read(document).about["title"] == "A notice"

    def test_is_asked_for_without_a_word_of_who_asks(self, capture):
        with Site({"/": answer(PAGE, Set_Cookie="seen=1; Path=/"), "/again": answer(PAGE)}) as site:
            capture(site.address("/"))
            capture(site.address("/again"))
        for head in site.asked:
            names = [line.partition(":")[0].lower() for line in head.splitlines()[1:] if line]
            assert names == ["host", "user-agent", "accept", "accept-language", "accept-encoding", "connection"]
            assert "panah" not in head.lower()

    def test_that_the_site_refuses_is_its_answer(self, capture, left):
        with Site({"/paid": answer("<p>Subscribers only.", status="402 Payment Required")}) as site:
            found = capture(site.address("/paid"))
        assert (found.state, found.status) == ("captured", 402)
        assert left(found)["page"] == b"<p>Subscribers only."

    def test_in_pieces_is_whole(self, capture, left):
        pieces = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n<p>A\r\n7;x=y\r\n notice\r\n0\r\n\r\n"
        with Site({"/": pieces}) as site:
            found = capture(site.address())
        assert left(found)["page"] == b"<p>A notice"
        [response] = [each for each in of_kind(left(found)["record"], "response") if each.target == site.address()]
        assert response.block == pieces

    def test_packed_is_unpacked_for_the_shelf_and_kept_packed_in_the_record(self, capture, left):
        with Site({"/": answer(gzip.compress(PAGE.encode()), Content_Encoding="gzip")}) as site:
            found = capture(site.address())
        assert left(found)["page"] == PAGE.encode()
        assert gzip.compress(b"")[:4] in left(found)["record"]

    def test_is_read_in_the_encoding_that_its_server_named(self, capture, readers):
        with Site(
            {"/": answer("<p>Её увезли.".encode("windows-1251"), kind="text/html; charset=Windows-1251")}
        ) as site:
            found = capture(site.address())
        read = readers.read(found.captured.get(what="page").document)
        assert (read.content.decode(), read.found["encoding"]) == ("Её увезли.", "cp1251")

    def test_stands_in_its_record_for_whoever_reads_that(self, capture, readers):
        """The archive is read by another part, which compares every digest: none differs, however the answer was framed."""
        pieces = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n<p>A notice\r\n0\r\n\r\n"
        with Site({"/": pieces}) as site:
            found = capture(site.address())
        record, page = (found.captured.get(what=what).document for what in ("record", "page"))
        read = readers.read(record)
        assert (read.found["digests_broken"], int(read.found["digests"]) >= 4) == ("0", True), read
        readers.record(record, read, by=None, now=found.ended_at)
        assert [row.document for row in record.encloses.all()] == [page]

    def test_without_a_browser_brings_its_pictures_and_style_sheets(self, capture, left):
        linked = '<link rel="stylesheet" href="/a.css"><img src=/b.png><img src="/b.png"><a href="/c">c</a><img src="data:,x">'
        sheet = answer("body{background:url(d.png)}", kind="text/css")
        with Site({"/": answer(PAGE + linked), "/a.css": sheet, "/b.png": answer(b"\x89PNG")}) as site:
            found = capture(site.address())
        assert site.paths == ["/", "/a.css", "/b.png", "/d.png"]
        assert found.found["undrawn"]["code"] == "no-browser"
        assert {site.address(path) for path in site.paths} <= {each.target for each in records(left(found)["record"])}

    def test_brings_no_more_of_them_than_is_allowed(self, capture):
        with Site({"/": answer(PAGE + "".join(f"<img src=/{n}.png>" for n in range(50)))}) as site:
            capture(site.address(), requisites=5)
        assert len(site.paths) == 6


class TestWay:
    def test_is_kept_step_by_step(self, capture, left):
        with Site({"/a": leads_to("/b"), "/b": leads_to("c?x=1", "301 Moved"), "/c?x=1": answer(PAGE)}) as site:
            found = capture(site.address("/a"))
        assert [(hop["address"], hop["status"]) for hop in found.found["hops"]] == [
            (site.address("/a"), 302), (site.address("/b"), 301), (site.address("/c?x=1"), 200)
        ]  # fmt: skip
        assert (found.asked, found.reached) == (site.address("/a"), site.address("/c?x=1"))

    def test_that_has_no_end_is_left(self, capture, left):
        with Site({"/": leads_to("/")}) as site:
            found = capture(site.address(), redirects=3)
        assert (found.state, found.code) == ("failed", "redirects-endless")
        assert "record" in left(found)

    @pytest.mark.parametrize(
        ("address", "code"),
        [
            ("file:///etc/hostname", "redirect-broken"), ("ftp://127.0.0.1/", "redirect-broken"),
            ("http://u:p@127.0.0.1/", "redirect-broken"), ("http://10.0.0.1/", "address-forbidden"),
            ("http://169.254.169.254/latest", "address-forbidden"), ("http://[::1]/", "address-forbidden"),
        ],
    )  # fmt: skip
    def test_that_leads_into_our_own_network_is_not_followed(self, capture, left, address, code):
        with Site({"/": leads_to(address)}) as site:
            found = capture(site.address())
        assert (found.state, found.code) == ("failed", code)
        assert b"Location: " + address.encode() in left(found)["record"]

    def test_is_asked_once_where_a_page_needs_the_same_thing_twice(self, capture):
        with Site({"/": leads_to("/p"), "/p": answer(PAGE + "<img src=/p>")}) as site:
            capture(site.address())
        assert site.paths == ["/", "/p"]


class TestRobots:
    @pytest.mark.parametrize(
        ("said", "kept"),
        [
            (answer("User-agent: *\nDisallow: /secret", kind="text/plain"), "allowed"),
            (answer("User-agent: *\nDisallow: /", kind="text/plain"), "disallowed"),
            (answer("no", status="404 Not Found"), "none"),
            (answer("no", status="503 Busy"), "unknown"),
        ],
    )
    def test_are_recorded_and_stop_nobody(self, capture, left, said, kept):
        with Site({"/": answer(PAGE), "/robots.txt": said}) as site:
            found = capture(site.address())
        assert (found.state, found.found["robots"]) == ("captured", kept)
        assert site.address("/robots.txt") in {each.target for each in of_kind(left(found)["record"], "response")}


class TestSafeLine:
    def test_keeps_the_certificates_that_were_shown(self, capture, left, trusted):
        with Site({"/": answer(PAGE)}, trusted.site("127.0.0.1")) as site:
            found = capture(site.address())
        assert found.state == "captured", found.reason
        [own, root] = found.found["certificates"]
        assert own["issuer"] == root["subject"] == "CN=Root of the web of the tests"
        pem = of_kind(left(found)["record"], "metadata", "application/pem-certificate-chain")
        assert trusted.roots.read_bytes() in pem[-1].block
        assert found.found["tls"] == "TLSv1.3"

    def test_that_nobody_vouches_for_is_not_used_and_its_certificates_are_kept(self, capture, left, certified):
        with Site({"/": answer(PAGE)}, certified.site("127.0.0.1")) as site:
            found = capture(site.address())
        assert (found.state, found.code, found.status) == ("failed", "certificate-untrusted", 0)
        assert site.asked == []
        assert found.found["certificates"][0]["subject"] == "CN=127.0.0.1"

    @pytest.mark.parametrize("wrong", ["another name", "expired"])
    def test_under_a_wrong_certificate_is_not_used(self, capture, trusted, wrong):
        context = (
            trusted.site("127.0.0.9") if wrong == "another name" else trusted.site("127.0.0.1", ends=-timedelta(days=1))
        )
        with Site({"/": answer(PAGE)}, context) as site:
            found = capture(site.address())
        assert (found.code, site.asked) == ("certificate-untrusted", [])

    def test_to_something_that_speaks_no_tls_is_none(self, capture):
        with Listening(lambda line: line.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as other:
            found = capture(f"https://127.0.0.1:{other.port}/")
        assert (found.state, found.code) == ("failed", "line-unsafe")


def drip(line: socket.socket) -> None:
    """A head that never ends: a byte, and a byte, until the other side has had enough."""
    line.settimeout(0.02)
    line.sendall(b"HTTP/1.1 200 OK\r\nX: ")
    while True:
        line.sendall(b"a")
        try:
            if not line.recv(1):
                return
        except TimeoutError:
            continue


class TestHostile:
    @pytest.mark.parametrize(
        ("said", "code"),
        [
            (b"", "answer-unreadable"),
            (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort", "answer-cut"),
            (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n99\r\nshort", "answer-cut"),
            (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nshort", "answer-cut"),
            (b"SSH-2.0-OpenSSH\r\n", "answer-unreadable"),
            (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n", "answer-unreadable"),
            (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n", "answer-unreadable"),
            (b"HTTP/1.1 999999 OK\r\n\r\n", "answer-unreadable"),
            (answer(b"x" * 200_001), "answer-too-large"),
            (answer(gzip.compress(bytes(10_000_000)), Content_Encoding="gzip"), "answer-too-large"),
            (answer(b"not packed", Content_Encoding="gzip"), "answer-unreadable"),
            (answer(b"packed", Content_Encoding="br"), "answer-unreadable"),
        ],
        ids=["nothing", "too little", "a cut piece", "no number", "another language", "many headers", "a long header",
             "no status", "too much", "a bomb", "no gzip", "a packing nobody asked for"],
    )  # fmt: skip
    def test_is_an_outcome_and_what_came_is_kept(self, capture, left, said, code):
        with Site({"/": said}) as site:
            found = capture(site.address(), size=200_000)
        assert (found.state, found.code) == ("failed", code), found.reason
        if said:
            assert said[:40] in left(found)["record"]
        assert [line.verb for line in entered(kind="capture", subject=str(found.pk))][-1] == "not captured"

    def test_answer_that_drips_is_broken_off(self, capture, left):
        with Site({"/": drip}) as site:
            found = capture(site.address(), patience=0.3)
        assert (found.state, found.code) == ("failed", "capture-too-slow")
        assert b"HTTP/1.1 200 OK\r\nX: aa" in left(found)["record"]
        [response] = [each for each in of_kind(left(found)["record"], "response") if each.target == site.address()]
        assert response.fields["warc-truncated"] == "time"

    def test_site_that_is_not_there_is_an_outcome(self, capture, left):
        with Site({}) as site:
            gone = site.address()
        found = capture(gone)
        assert (found.state, found.code, found.status) == ("failed", "site-unreachable", 0)
        assert of_kind(left(found)["record"], "metadata")[-1].said["failure"] == "site-unreachable"


class TestNames:
    def test_that_lead_home_as_well_are_refused_whichever_comes_first(self, capture, monkeypatch, settings):
        settings.PANAH_CAPTURE_PRIVATE = []
        asked = []

        def resolved(host, port, *_more, **_named):
            asked.append(host)
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ("93.184.216.34", "127.0.0.1")]

        monkeypatch.setattr(socket, "getaddrinfo", resolved)
        found = capture("http://rebound.example/")
        assert found.code == "address-forbidden"
        assert set(asked) == {"rebound.example"}

    def test_are_resolved_once_and_the_answer_is_kept(self, capture, left, monkeypatch, settings):
        settings.PANAH_CAPTURE_PRIVATE = ["site.example"]
        once = iter([True, True])

        def resolved(host, port, *_more, **_named):
            if host == "site.example":
                assert next(once), "a name was asked for a second time for one line"
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

        with Site({"/": answer(PAGE)}) as site:
            monkeypatch.setattr(socket, "getaddrinfo", resolved)
            found = capture(site.address(host="site.example"))
        assert found.state == "captured", found.reason
        [dns, *_] = of_kind(left(found)["record"], "response", "text/dns")
        assert (dns.target, dns.block.splitlines()[1]) == ("dns:site.example", b"site.example. IN A 127.0.0.1")


class TestTimeStamp:
    def test_is_over_the_warc_itself(self, capture, left, settings, tmp_path):
        authority = LocalAuthority(tmp_path / "authority")
        settings.PANAH_TSA_ROOTS = str(authority.roots_file)
        with Site({"/": answer(PAGE)}) as site, authority.serving() as named:
            settings.PANAH_TSA_URL = named.url
            found = capture(site.address())
        stamp = read_stamp(bytes(found.token), left(found)["record"], authority.roots)
        assert (stamp.at, stamp.by) == (found.stamped_at, found.found["stamper"])
        assert authority.openssl_agrees(bytes(found.token), left(found)["record"])

    def test_that_is_refused_takes_nothing_away_and_is_said(self, capture, left, settings, tmp_path):
        authority = LocalAuthority(tmp_path / "authority")
        settings.PANAH_TSA_ROOTS = str(authority.roots_file)
        with Site({"/": answer(PAGE)}) as site, authority.serving(lambda _asked: (500, b"")) as named:
            settings.PANAH_TSA_URL = named.url
            found = capture(site.address())
        assert (found.state, found.token, found.stamped_at) == ("captured", None, None)
        assert found.found["unstamped"]["code"] == "timestamp-refused"
        assert left(found)["page"] == PAGE.encode()


class TestAsked:
    def test_is_not_where_nobody_allows_it(self, settings, member, library, now):
        settings.PANAH_CAPTURE = ""
        address = captures.address_to_ask("http://example.org/")
        with pytest.raises(captures.CaptureNotAllowed):
            actions.ask_capture(address=address, shelf=Shelf(library, "Web"), by=member, now=now)
        assert not Capture.objects.exists()

    def test_has_its_lines_without_the_address(self, capture, now):
        with Site({"/": answer(PAGE)}) as site:
            found = capture(site.address())
        lines = entered(kind="capture", subject=str(found.pk))
        assert [line.verb for line in lines] == ["asked for a capture", "captured"]
        assert site.address() not in str([line.details for line in lines])
        assert lines[1].details["record"] == found.captured.get(what="record").document.original.digest

    def test_by_somebody_who_may_not_any_more_is_not_done(self, allowed, library, member, now):
        address = captures.address_to_ask("http://127.0.0.1:9/")
        other = join(name="Invented Other", now=now)
        admit(compartment=library, member=other, role=Role.WORKER, by=member, now=now)
        found = actions.ask_capture(address=address, shelf=Shelf(library, "Web"), by=other, now=now, at_once=True)
        release(compartment=library, member=other, by=member, now=now)
        capture_one(found)
        assert (found.state, found.code) == ("failed", "not-allowed")

    def test_begun_too_often_is_given_up(self, allowed, member, library, now):
        address = captures.address_to_ask("http://127.0.0.1:9/")
        found = actions.ask_capture(address=address, shelf=Shelf(library, "Web"), by=member, now=now)
        Capture.objects.update(attempts=3)
        found.refresh_from_db()
        assert actions.take_on_capture(capture=found, now=now) is False
        assert (found.state, found.code) == ("failed", "capture-abandoned")

    def test_is_done_by_one_alone(self, allowed, member, library, now):
        address = captures.address_to_ask("http://127.0.0.1:9/")
        found = actions.ask_capture(address=address, shelf=Shelf(library, "Web"), by=member, now=now, at_once=True)
        assert actions.take_on_capture(capture=found, now=now) is False
        actions.give_back_capture(capture=found)
        assert actions.take_on_capture(capture=found, now=now) is True

    def test_goes_with_its_compartment(self, capture, library):
        with Site({"/": answer(PAGE)}) as site:
            capture(site.address())
        assert actions.erase(compartment=library) == 2
        assert not Capture.objects.exists()
        assert not Document.objects.exists()
