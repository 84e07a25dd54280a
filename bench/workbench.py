"""Uses the workbench as a browser would, for measuring."""

from __future__ import annotations

import base64
import getpass
import http.cookiejar
import re
import time
import urllib.parse
import urllib.request
from datetime import UTC, datetime, timedelta

from panah import proof

SEARCHES = ("refugee", "新疆", "police", "ئەركىنلىك")
PASSWORD = "four invented words here"


class Browser:
    """One browser at the workbench."""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        # Browsers send cookies that are for TLS alone to this machine as well.
        jar = http.cookiejar.CookieJar(http.cookiejar.DefaultCookiePolicy(secure_protocols=("https", "http")))
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))

    def look(self, path: str) -> str:
        return self._opener.open(self.address + path).read().decode()

    def token(self, path: str) -> str:
        found = re.search('csrfmiddlewaretoken" value="([^"]+)', self.look(path))
        assert found
        return found[1]

    def send(self, path: str, token: str, **said: str) -> str:
        form = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **said}).encode()
        request = urllib.request.Request(self.address + path, form, {"Origin": self.address})
        return self._opener.open(request).read().decode()

    def begin(self, passphrase: str) -> bytes:
        """Sign in for the first time; what the telephone holds."""
        self.send("/sign-in", self.token("/sign-in"), name=getpass.getuser(), password=passphrase)
        self.send("/team/me/password", self.token("/team/me/password"), password=PASSWORD, again=PASSWORD)
        page = self.look("/team/me/telephone")
        token, digits = re.search('csrfmiddlewaretoken" value="([^"]+)', page), re.search("(?:[A-Z2-7]{4} ?){8}", page)
        assert token
        assert digits
        secret = base64.b32decode(digits[0].replace(" ", ""))
        self.send(
            "/team/me/telephone", token[1], code=proof.code_now(secret, datetime.now(UTC) - timedelta(seconds=30))
        )
        return secret


def signing_in(address: str, times: int) -> list[float]:
    """Seconds that the first half of signing in takes: name and password, until the second factor is asked for."""
    taken = []
    for _ in range(times):
        browser = Browser(address)
        token = browser.token("/sign-in")
        begun = time.perf_counter()
        assert 'autocomplete="one-time-code"' in browser.send(
            "/sign-in", token, name=getpass.getuser(), password=PASSWORD
        )
        taken.append(time.perf_counter() - begun)
    return taken


def used(address: str, passphrase: str) -> None:
    """Sign in, search a hundred times, open twenty documents."""
    browser = Browser(address)
    browser.begin(passphrase)
    for number in range(100):
        words = urllib.parse.quote(SEARCHES[number % len(SEARCHES)])
        page = browser.look(f"/library/?q={words}")
        assert 'class="hits"' in page
        if number % 5 == 0:
            link = re.search(r'href="(/library/documents/[^"#]+)', page)
            assert link
            browser.look(link[1].replace("&amp;", "&"))
