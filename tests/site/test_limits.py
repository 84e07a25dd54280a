"""How much, how long, and how often somebody may ask."""

from __future__ import annotations

import re
import socket
import time
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from panah.site import often
from panah.site.middleware import GUARDS
from panah.site.serving import BARE, HEAD_WITHIN, LONGEST_HEAD
from support.members import signed_in


@pytest.fixture(scope="module")
def served(new_workspace, tmp_path_factory):
    """Where a workbench listens: host and port."""
    with new_workspace.copied(tmp_path_factory.mktemp("served")).served() as (address, _):
        place = urlsplit(address)
        yield place.hostname, place.port


def answered(place, request: bytes) -> str:
    """Everything that is answered until the connection is closed."""
    with socket.create_connection(place, timeout=60) as connection:
        try:
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
            found = b""
            while piece := connection.recv(65536):
                found += piece
        except ConnectionError:  # it had heard enough
            pass
        return found.decode("latin-1")


BROKEN = {
    "no request at all": b"nonsense\r\n\r\n",
    "another protocol": b"GET / HTTP/3.7\r\n\r\n",
    "an old protocol without a host": b"GET / HTTP/0.9\r\n\r\n",
    "an address with a fragment": b"GET /a#b HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "an address of elsewhere": b"GET elsewhere HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "a header without a colon": b"GET / HTTP/1.1\r\nHost: localhost\r\nnonsense\r\n\r\n",
    "a length that is no number": b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -\r\n\r\n",
    "a length beyond all": b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999999999999999\r\n\r\n",
    "an unknown coding": b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: odd\r\n\r\n",
    "a very long address": b"GET /" + b"a" * (LONGEST_HEAD + 1) + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "very many headers": b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X-A: b\r\n" * (LONGEST_HEAD // 8) + b"\r\n",
    "markup in the address": b"GET <script>alert(1)</script> HTTP/1.1\r\nHost: localhost\r\n\r\n",
}  # fmt: skip


class TestTheServer:
    @pytest.mark.parametrize("name", BROKEN)
    def test_guards_what_it_answers_before_any_page_is_asked(self, served, name):
        head, _, body = answered(served, BROKEN[name]).partition("\r\n\r\n")
        assert re.match(r"HTTP/1\.1 (4|5)\d\d ", head)
        lines = set(head.split("\r\n")[1:])
        assert {f"{header}: {value}" for header, value in {**GUARDS, **BARE}.items()} <= lines
        assert len(body.encode("latin-1")) == int(re.search(r"Content-Length: (\d+)", head)[1])
        assert "script" not in body

    def test_waits_no_longer_for_a_head_that_drips(self, served):
        begun = time.monotonic()
        with socket.create_connection(served, timeout=60) as connection:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n")
            try:
                while time.monotonic() < begun + 4 * HEAD_WITHIN:
                    connection.sendall(b"X-A: b\r\n")
                    connection.settimeout(0.5)
                    try:
                        assert not connection.recv(1 << 16)
                        break
                    except TimeoutError:
                        continue
            except ConnectionError:
                pass
        assert time.monotonic() < begun + 4 * HEAD_WITHIN

    def test_names_no_version(self, served):
        head = answered(served, b"GET /sign-in HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        assert "Server: panah\r\n" in head
        assert not re.search(r"cheroot|python|django", head, re.IGNORECASE)


class TestForms:
    def test_with_too_many_fields_are_refused_in_a_sentence(self, client):
        answer = client.post("/cases/2026-001/facts", {f"field{number}": "a" for number in range(201)})
        assert (answer.status_code, "<code>form-too-large</code>" in answer.content.decode()) == (413, True)

    def test_with_too_many_letters_are_refused_in_a_sentence(self, client):
        answer = client.post("/cases/2026-001/facts", {"words": "a" * (8 * 1024 * 1024 + 1)})
        assert (answer.status_code, "<code>form-too-large</code>" in answer.content.decode()) == (413, True)

    def test_with_too_many_files_are_refused_in_a_sentence(self, client, home):
        from django.core.files.uploadedfile import SimpleUploadedFile

        papers = [SimpleUploadedFile(f"{number}.txt", b"a") for number in range(101)]
        answer = client.post("/library/add", {"papers": papers, "collection": "Library"})
        assert (answer.status_code, "<code>form-too-large</code>" in answer.content.decode()) == (413, True)

    def test_that_a_stranger_sends_are_not_read_further_than_that(self, stranger):
        answer = stranger.post("/sign-in", {f"field{number}": "a" for number in range(201)})
        assert answer.status_code == 413


class TestOften:
    def test_every_costly_page_is_a_page(self):
        arguments = {
            "library:again": ["0" * 32],
            "library:original": ["0" * 32],
            "library:page": ["0" * 32, "1"],
            "library:picture": ["0" * 32, "1"],
            "cases:seal": ["A"],
            "cases:bundle": ["A", "0" * 32],
        }
        for name in often.COSTLY:
            given = [
                value if len(value) == 1 else f"{value[:8]}-{value[:4]}-4000-8000-{value[:12]}"
                for value in arguments.get(name, [])
            ]
            assert reverse(name, args=given)

    def test_who_asks_too_often_is_told_to_wait(self, client):
        answers = [client.get("/library/") for _ in range(often.COSTLY["library:search"].most + 1)]
        assert {answer.status_code for answer in answers[:-1]} == {200}
        assert answers[-1].status_code == 429
        assert answers[-1]["Retry-After"] == "60"
        assert "<code>too-often</code>" in answers[-1].content.decode()
        assert client.get("/keys").status_code == 200

    def test_another_browser_waits_for_nobody(self, client, desk):
        for _ in range(often.COSTLY["cases:seal"].most + 1):
            last = client.post("/cases/2026-999/seal")
        assert last.status_code == 429
        other = signed_in(desk.member)
        assert other.post("/cases/2026-999/seal").status_code == 404

    def test_a_minute_later_it_is_answered_again(self):
        asked = often.Asked()
        assert [asked.may("she", "page", 2, now) for now in (0, 1, 2, 59, 60, 60.5, 61)] == [
            True, True, False, False, True, False, True,
        ]  # fmt: skip

    def test_of_very_many_askers_the_longest_silent_is_forgotten(self):
        asked = often.Asked()
        for number in range(often.MOST_ASKERS + 1):
            asked.may(str(number), "page", 1, 0)
        assert not asked.may("1", "page", 1, 1)
        assert asked.may("0", "page", 1, 1)
