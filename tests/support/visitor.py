"""Somebody at the workbench, with nothing but HTTP: signs in, fills in forms, hands in papers."""

from __future__ import annotations

import http.client
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

from support.members import code_now, codes_in, secret_in
from support.processes import MEMBER, PASSPHRASE, PASSWORD, PATIENCE, papers_at

BOUNDARY = "a-line-between-papers"
FORM = "application/x-www-form-urlencoded"


class Answer(NamedTuple):
    """What came back."""

    status: int
    location: str
    page: str


class Visitor:
    """One browser."""

    def __init__(self, address: str) -> None:
        self.host = urlsplit(address).netloc
        self.papers = papers_at(self.host)
        self.cookies: dict[str, str] = {}

    def signed_in(self, name: str = MEMBER, passphrase: str = PASSPHRASE) -> Visitor:
        """Sign in: the first time by the passphrase, to choose a password and a telephone; then by what was chosen."""
        if self.fill("/sign-in", name=name, password=passphrase).status == 302:
            return self.begins(name)
        half = self.fill("/sign-in", name=name, password=PASSWORD).location
        assert self.fill(half, code=self.papers[name].pop()).location == "/"
        return self

    def begins(self, name: str = MEMBER) -> Visitor:
        """Choose what somebody chooses who comes in for the first time."""
        assert self.fill("/team/me/password", password=PASSWORD, again=PASSWORD).status == 302
        page = self.look("/team/me/telephone").page
        token, secret = _token(page), secret_in(page)
        body = urlencode({"code": code_now(secret), "csrfmiddlewaretoken": token}).encode()
        self.papers[name] = codes_in(self._ask("POST", "/team/me/telephone", body, FORM).page)
        assert self.look("/").status == 200
        return self

    def look(self, path: str) -> Answer:
        """A page."""
        return self._ask("GET", path)

    def fill(self, path: str, at: str = "", **fields: str) -> Answer:
        """Send the form of the page `at`, or of the page at its own address."""
        token = self.token(at or path)
        body = urlencode({**fields, "csrfmiddlewaretoken": token}).encode()
        return self._ask("POST", path, body, FORM)

    def hand_in(self, papers: Mapping[str, bytes], **fields: str) -> Answer:
        """Papers, by the form of the Add page."""
        return self._ask("POST", "/library/add", self.packed(papers, fields), self.packed_type)

    packed_type = f"multipart/form-data; boundary={BOUNDARY}"

    def packed(self, papers: Mapping[str, bytes], fields: Mapping[str, str]) -> bytes:
        """The body of a request that hands in papers."""
        said = {"collection": "Library", **fields, "csrfmiddlewaretoken": self.token("/library/add")}
        parts: Sequence[bytes] = [
            *(_part(f'name="{name}"', words.encode()) for name, words in said.items()),
            *(_part(f'name="papers"; filename="{name}"', content) for name, content in papers.items()),
        ]
        return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()

    def token(self, path: str) -> str:
        """What a form of a page must carry."""
        return _token(self.look(path).page)

    def headers(self, kind: str = "") -> dict[str, str]:
        """What the browser sends with a request."""
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        return sent | ({"Content-Type": kind, "Origin": f"http://{self.host}"} if kind else {})

    def _ask(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> Answer:
        connection = http.client.HTTPConnection(self.host, timeout=PATIENCE)
        try:
            connection.request(method, path, body, self.headers(kind))
            response = connection.getresponse()
            page = response.read().decode("utf-8", "replace")
        finally:
            connection.close()
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return Answer(response.status, response.headers.get("Location", ""), page)


def _token(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert found, page
    return found[1]


def _part(name: str, content: bytes) -> bytes:
    head = f"--{BOUNDARY}\r\nContent-Disposition: form-data; {name}\r\n\r\n"
    return head.encode() + content + b"\r\n"
