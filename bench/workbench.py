"""Uses the workbench as a browser would, for measuring."""

from __future__ import annotations

import getpass
import http.cookiejar
import re
import urllib.parse
import urllib.request

SEARCHES = ("refugee", "新疆", "police", "ئەركىنلىك")


def used(address: str, passphrase: str) -> None:
    """Sign in, search a hundred times, open twenty documents."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    page = browser.open(address + "sign-in").read().decode()
    token = re.search('csrfmiddlewaretoken" value="([^"]+)', page)
    assert token
    form = {"csrfmiddlewaretoken": token[1], "name": getpass.getuser(), "passphrase": passphrase, "next": ""}
    browser.open(address + "sign-in", urllib.parse.urlencode(form).encode()).read()
    for number in range(100):
        words = urllib.parse.quote(SEARCHES[number % len(SEARCHES)])
        page = browser.open(f"{address}library/?q={words}").read().decode()
        assert 'class="hits"' in page
        if number % 5 == 0:
            link = re.search(r'href="/(library/documents/[^"#]+)', page)
            assert link
            browser.open(address + link[1].replace("&amp;", "&")).read()
