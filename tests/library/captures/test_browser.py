"""Pages as a browser shows them: drawn from what was recorded, apart from everything, and each as if there were no other."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys

import psutil
import pytest

from panah.library import captures
from support.processes import eventually
from support.warcs import of_kind
from support.web import Site, Socks, answer, leads_to

SCRIPT = """<!doctype html><title>Drawn</title><link rel=stylesheet href=/a.css><p id=p>waiting</p><script>
document.cookie = "left=behind"; localStorage.setItem("left", "behind");
fetch("/data").then(a => a.text()).then(t => document.getElementById("p").textContent = t + seen);
const seen = " cookie:" + (document.cookie ? "set" : "none");
fetch("/cached");
fetch("/post", {method: "POST", body: "a secret"}).catch(() => 0);
</script>"""
LOOKS = """<!doctype html><title>Looks</title><p id=p></p><script>
document.getElementById("p").textContent =
  "cookie[" + document.cookie + "] store[" + (localStorage.getItem("left") || "") + "]";
fetch("/cached").then(a => a.text()).then(t => document.getElementById("p").textContent += t);
</script>"""


@pytest.fixture
def drawing(allowed):
    """There is a browser."""
    allowed.PANAH_CAPTURE_BROWSER = "chromium"
    if not captures.browser():
        pytest.skip("no Chromium on this machine, so no page was drawn")
    return allowed


@pytest.fixture
def capture_drawn(drawing, capture):
    def capture_drawn(address: str, **bounds):
        found = capture(address, **bounds)
        if found.found.get("undrawn", {}).get("code") == "browser-not-apart":
            pytest.skip("this machine lets nobody start a browser apart from its network, so no page was drawn")
        return found

    return capture_drawn


@pytest.fixture
def words_of(readers):
    def words_of(capture) -> str:
        printed = readers.read(capture.captured.get(what="print").document)
        return " ".join(printed.content.decode().split())

    return words_of


class TestDrawn:
    def test_is_what_the_page_shows_and_all_of_it_is_in_the_record(self, capture_drawn, left, words_of):
        answers = {
            "/go": leads_to("/"),
            "/": answer(SCRIPT),
            "/data": answer("loaded"),
            "/a.css": answer("p{color:red}", kind="text/css"),
        }
        with Site(answers) as site:
            found = capture_drawn(site.address("/go"))
        assert set(left(found)) == {"record", "page", "picture", "print"}, found.found
        assert left(found)["picture"].startswith(b"\x89PNG")
        assert "loaded" in words_of(found)
        assert site.paths.count("/") == site.paths.count("/go") == 1
        recorded = {each.target for each in of_kind(left(found)["record"], "response")}
        assert {site.address(path) for path in ("/", "/data", "/a.css")} <= recorded
        assert {head.split()[0] for head in site.asked} == {"GET"}
        assert not [
            head
            for head in site.asked
            if "a secret" in head or "\r\ncookie" in head.lower() or "referer" in head.lower()
        ]

    @pytest.mark.attack
    def test_asks_nobody_but_who_the_page_names(self, capture_drawn):
        with Site({"/": answer(SCRIPT), "/data": answer("loaded")}) as site, Socks({"site.example": site.port}) as tor:
            capture_drawn(site.address())
            from django.conf import settings

            settings.PANAH_CAPTURE, settings.PANAH_CAPTURE_PROXY = "tor", f"127.0.0.1:{tor.port}"
            found = capture_drawn("http://site.example/")
        assert found.state == "captured"
        assert set(tor.asked) == {"site.example:80"}
        assert set(site.paths) <= {"/", "/data", "/cached", "/a.css", "/favicon.ico"}

    def test_over_a_safe_line_is_drawn_and_the_certificates_are_the_site_s(
        self, capture_drawn, trusted, left, words_of
    ):
        with Site({"/": answer(SCRIPT), "/data": answer("loaded")}, trusted.site("127.0.0.1")) as site:
            found = capture_drawn(site.address())
        assert "loaded" in words_of(found)
        pems = of_kind(left(found)["record"], "metadata", "application/pem-certificate-chain")
        assert len(pems) >= 3
        assert all(trusted.roots.read_bytes() in each.block for each in pems)

    def test_cannot_look_into_our_own_network(self, capture_drawn, words_of, settings):
        inside = Site({"/": answer("a secret of the house")})
        with inside:
            settings.PANAH_CAPTURE_PRIVATE = ["127.0.0.1"]
            page = f"<!doctype html><p>Seen:<iframe src='http://127.0.0.2:{inside.port}/'></iframe><iframe src='file:///etc/hostname'></iframe>"
            with Site({"/": answer(page)}) as site:
                found = capture_drawn(site.address())
        assert "secret" not in words_of(found)
        assert inside.asked == []


class TestApart:
    def test_nothing_of_one_capture_is_in_the_next(self, capture_drawn, words_of):
        count = iter(range(9))

        def counted(line) -> None:
            line.sendall(answer(f" asked{next(count)}", Cache_Control="max-age=99999"))

        answers = {"/": answer(SCRIPT, Set_Cookie="sent=1; Path=/"), "/looks": answer(LOOKS), "/cached": counted}
        with Site(answers) as site:
            capture_drawn(site.address())
            second = capture_drawn(site.address("/looks"))
        assert "cookie[] store[] asked1" in words_of(second)

    def test_what_people_keep_is_hidden_from_it_and_it_has_no_network(self, tmp_path):
        kept = tmp_path / "kept.txt"
        kept.write_text("a secret of the house")
        looks = f"cat {kept} /root/* /home/*/*; ls /tmp /dev/shm /var /run; tail -n +3 /proc/net/dev | cut -d: -f1"
        seen = inside(looks)
        assert "secret" not in seen
        assert seen.split()[-1] == "lo"
        assert not [word for word in seen.split() if not word.endswith(":") and word != "lo"]

    @pytest.mark.attack
    def test_nothing_of_the_browser_runs_on(self, capture_drawn):
        before = {each.pid for each in chromiums()}
        with Site({"/": answer(SCRIPT)}) as site:
            capture_drawn(site.address())
        eventually(lambda: {each.pid for each in chromiums()} <= before, "the browser's end", seconds=20)


class TestUndrawn:
    def test_page_of_another_kind_is_kept_without_a_picture(self, capture_drawn, left):
        with Site({"/": answer(b"%PDF-1.7 no more", kind="application/pdf")}) as site:
            found = capture_drawn(site.address())
        assert found.found["undrawn"]["code"] == "no-page"
        assert set(left(found)) == {"record", "page"}

    @pytest.mark.attack
    def test_page_that_never_ends_is_drawn_as_far_as_it_came(self, capture_drawn, left):
        page = "<!doctype html><p>Here.<script>setInterval(() => fetch('/more' + Math.random()), 100)</script>"
        with Site({"/": answer(page)}) as site:
            found = capture_drawn(site.address(), rendering=8, requests=30)
        assert found.state == "captured"
        assert "picture" in left(found) or found.found["undrawn"]["code"] == "capture-too-slow"

    def test_by_a_program_that_is_no_browser_is_said_and_the_page_is_kept(self, drawing, capture, left):
        drawing.PANAH_CAPTURE_BROWSER = shutil.which("true")
        with Site({"/": answer(SCRIPT)}) as site:
            found = capture(site.address())
        assert (found.state, found.found["undrawn"]["code"]) == ("captured", "browser-failed")
        assert "page" in left(found)
        assert "/a.css" in site.paths


def inside(script: str) -> str:
    """What a shell says that is started as the browser is."""
    ours, theirs = socket.socketpair()
    (hears, telling), (told, tells) = os.pipe(), os.pipe()
    handed = [theirs.fileno(), hears, tells]
    shell = ["/bin/sh", "-c", f"({script}) >&4 2>/dev/null"]
    command = [sys.executable, "-I", "-m", "panah.library.captures.apart", *map(str, handed), "--", *shell]
    with ours, theirs, subprocess.Popen(command, pass_fds=handed):
        for end in (hears, telling, tells):
            os.close(end)
        theirs.close()
        _, doors, _, _ = socket.recv_fds(ours, 16, 1)
        if not doors:
            pytest.skip("this machine lets nobody start a program apart from its network, so that was not looked at")
        os.close(doors[0])
        with os.fdopen(told) as said:
            return said.read()


def chromiums() -> list[psutil.Process]:
    return [each for each in psutil.process_iter(["cmdline"]) if "/tmp/profile" in " ".join(each.info["cmdline"] or [])]
