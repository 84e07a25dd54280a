"""The headers and cookies of a real workbench, judged by a program that nobody here wrote: DrHeaderPlus, with its own rules."""

from __future__ import annotations

import http.client

import pytest

from support.visitor import Visitor

drheader = pytest.importorskip("drheader.core", reason="DrHeaderPlus is not installed: nobody judged the headers")

ACCEPTED = {
    "Strict-Transport-Security": "there is no TLS on the loopback; behind TLS it is sent (docs/adr/0018)",
    "Cache-Control": "no-store alone forbids what max-age=0 would forbid",
    "Content-Security-Policy": "img-src takes data:, with which Pico draws its arrows; no script or style comes so",
    "Content-Security-Policy - img-src": "as above",
    "Referrer-Policy": "same-origin tells other hosts nothing at all, which is less than each that the rules know",
    "Server": "it says panah, and no version",
}
"""What the rules find, and why it stays."""


@pytest.fixture(scope="module")
def visitor(new_workspace, tmp_path_factory):
    with new_workspace.copied(tmp_path_factory.mktemp("audited")).served() as (address, _):
        yield Visitor(address).signed_in()


def headers_of(visitor: Visitor, path: str, *, method: str = "GET", stranger: bool = False) -> dict:
    """The headers of an answer; of cookies, a list."""
    connection = http.client.HTTPConnection(visitor.host, timeout=60)
    try:
        connection.request(method, path, headers={} if stranger else visitor.headers())
        answer = connection.getresponse()
        answer.read()
        found = {name: value for name, value in answer.getheaders() if name != "Set-Cookie"}
        cookies = answer.headers.get_all("Set-Cookie")
        return found | ({"Set-Cookie": cookies} if cookies else {})
    finally:
        connection.close()


ASKED = {
    "the door": ("GET", "/sign-in", True), "the docket": ("GET", "/", False), "no page": ("GET", "/nowhere", False),
    "a redirect": ("GET", "/cases", False), "a form's address": ("GET", "/sign-out", False),
    "a forged form": ("POST", "/cases/", False), "what no page takes": ("PUT", "/library/add", False),
}  # fmt: skip


class TestDrHeader:
    @pytest.mark.parametrize("name", ASKED)
    def test_finds_nothing_but_what_is_accepted_with_a_reason(self, visitor, name):
        method, path, stranger = ASKED[name]
        found = drheader.Drheader(headers=headers_of(visitor, path, method=method, stranger=stranger)).analyze(
            cross_origin_isolated=True
        )
        assert {finding.rule for finding in found} <= set(ACCEPTED), found

    def test_finds_a_cookie_that_is_open_to_scripts(self, visitor):
        headers = headers_of(visitor, "/sign-in", stranger=True)
        assert headers["Set-Cookie"]
        headers["Set-Cookie"] = [cookie.replace("HttpOnly", "") for cookie in headers["Set-Cookie"]]
        assert any("Set-Cookie" in finding.rule for finding in drheader.Drheader(headers=headers).analyze())

    def test_finds_a_policy_that_lets_scripts_in(self, visitor):
        headers = headers_of(visitor, "/sign-in", stranger=True)
        headers["Content-Security-Policy"] = "default-src 'self'; script-src 'unsafe-inline'"
        found = drheader.Drheader(headers=headers).analyze()
        assert any("script-src" in finding.rule or "unsafe-inline" in str(finding) for finding in found)
