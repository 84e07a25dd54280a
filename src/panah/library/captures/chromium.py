"""A browser that has just been born, knows nobody, and is gone when its page is drawn. It is told what to do by a pipe.

The pipe speaks Chromium's own protocol: JSON, each message ended by a zero byte.
"""

from __future__ import annotations

import base64
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple

from panah.errors import PanahError
from panah.library.captures import CaptureTooSlow, Deadline, apart
from panah.library.captures.apart import PORT

LARGEST_MESSAGE = 1 << 28
"""Bytes of a message of the browser's: a picture of a page, or the page printed."""

WIDTH, HEIGHT, TALLEST = 1280, 1024, 16_000
"""Pixels of a window, and of the picture of a long page."""
_WITHOUT = (
    "IsolateOrigins", "site-per-process", "OptimizationHints", "MediaRouter", "Translate", "HttpsUpgrades",
    "InterestFeedContentSuggestions", "CertificateTransparencyComponentUpdater", "DialMediaRouteProvider",
    "AutofillServerCommunication",
)  # fmt: skip
_FLAGS = (
    "--headless=new", "--remote-debugging-pipe", "--user-data-dir=/tmp/profile", "--no-first-run", "--disable-gpu",
    f"--proxy-server=http://127.0.0.1:{PORT}", "--proxy-bypass-list=<-loopback>", "--disable-quic",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1", "--user-agent=nobody", "--no-pings",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp", "--disable-background-networking", "--disable-sync",
    "--disable-component-update", "--disable-default-apps", "--disable-extensions", "--disable-domain-reliability",
    "--disable-client-side-phishing-detection", "--disable-breakpad", "--metrics-recording-only", "--mute-audio",
    "--hide-scrollbars", "--no-default-browser-check", "--disable-search-engine-choice-screen",
    f"--disable-features={','.join(_WITHOUT)}",
)  # fmt: skip


class BrowserNotApart(PanahError):
    """This system lets nobody start a browser apart from its network and files, so the page was not drawn."""

    status = 500


class BrowserFailed(PanahError):
    """The browser did not draw the page: {reason}. What was received is kept."""

    status = 502


class Drawn(NamedTuple):
    """A page as a browser shows it: what it calls itself, where the browser was in the end, a picture, and its print."""

    title: str
    address: str
    picture: bytes
    print: bytes


class Chromium:
    """One running browser. Raises `BrowserFailed` where it says so, hangs up or says too much; `CaptureTooSlow`."""

    def __init__(self, telling: int, told: int, deadline: Deadline) -> None:
        self._telling, self._told, self._deadline = telling, told, deadline
        self._heard = bytearray()
        self._number = 0
        self._session = ""

    def attach(self) -> None:
        """Open a page of its own to speak to from now on."""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]

    def ask(self, method: str, **said: Any) -> dict[str, Any]:
        """What the browser answers."""
        number = self._say(method, said)
        while True:
            message = self._hear()
            if message.get("id") == number:
                if "error" in message:
                    raise BrowserFailed(reason=str(message["error"].get("message"))[:200])
                result: dict[str, Any] = message["result"]
                return result
            self._answer(message)

    def await_event(self, event: str, seconds: float) -> bool:
        """Whether something happens within so many seconds."""
        limit = Deadline(seconds, within=self._deadline)
        try:
            while True:
                message = self._hear(limit)
                if message.get("method") == event:
                    return True
                self._answer(message)
        except CaptureTooSlow:
            self._deadline.left()
            return False

    def _answer(self, message: dict[str, Any]) -> None:
        """A page that asks its reader something is told no."""
        if message.get("method") == "Page.javascriptDialogOpening":
            self._say("Page.handleJavaScriptDialog", {"accept": False})

    def _say(self, method: str, said: dict[str, Any]) -> int:
        self._number += 1
        session = {"sessionId": self._session} if self._session else {}
        message = json.dumps({"id": self._number, "method": method, "params": said, **session}).encode() + b"\0"
        try:
            while message:
                message = message[os.write(self._telling, message) :]
        except OSError:
            raise BrowserFailed(reason="it ended") from None
        return self._number

    def _hear(self, limit: Deadline | None = None) -> dict[str, Any]:
        while (end := self._heard.find(0)) < 0:
            ready, _, _ = select.select([self._told], [], [], (limit or self._deadline).left())
            piece = os.read(self._told, 1 << 20) if ready else b""
            if ready and not piece:
                raise BrowserFailed(reason="it ended")
            self._heard += piece
            if len(self._heard) > LARGEST_MESSAGE:
                raise BrowserFailed(reason="it says too much")
        written = bytes(self._heard[:end])
        del self._heard[: end + 1]
        try:
            message: dict[str, Any] = json.loads(written)
        except ValueError:
            raise BrowserFailed(reason="it cannot be understood") from None
        return message


@contextmanager
def started(
    program: str, hidden: Sequence[str], flags: Sequence[str], deadline: Deadline
) -> Iterator[tuple[Chromium, socket.socket]]:
    """A new browser apart from everything, and the socket at which it asks for the web. Raises `BrowserNotApart`."""
    ours, theirs = socket.socketpair()
    (hears, telling), (told, tells) = os.pipe(), os.pipe()
    handed = [theirs.fileno(), hears, tells]
    command = [sys.executable, "-I", "-m", apart.__name__, *map(str, handed), *hidden, "--", program, *_FLAGS, *flags]
    with ours:
        process = subprocess.Popen(
            command, pass_fds=handed, start_new_session=True, env={"LANG": "C.UTF-8"},
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        theirs.close()
        os.close(hears)
        os.close(tells)
        try:
            yield Chromium(telling, told, deadline), _door(ours, deadline)
        finally:
            os.close(telling)
            os.close(told)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _door(ours: socket.socket, deadline: Deadline) -> socket.socket:
    """What listens in the network of the browser."""
    try:
        _, (door, *_more), _, _ = socket.recv_fds(deadline.bind(ours), 16, 1)
    except (OSError, ValueError):  # it could not go apart, and ended
        raise BrowserNotApart from None
    listening = socket.socket(fileno=door)
    listening.settimeout(None)
    return listening


def drawn(browser: Chromium, address: str, agent: str, quiet: Callable[[float], bool], deadline: Deadline) -> Drawn:
    """Open a page, wait until it has everything, take a picture of it and print it. Raises `BrowserFailed`."""
    browser.attach()
    browser.ask("Page.enable")
    browser.ask("Emulation.setUserAgentOverride", userAgent=agent, acceptLanguage="en")
    browser.ask("Emulation.setDeviceMetricsOverride", width=WIDTH, height=HEIGHT, deviceScaleFactor=1, mobile=False)
    opened = browser.ask("Page.navigate", url=address)
    if failed := opened.get("errorText"):
        raise BrowserFailed(reason=str(failed)[:200])
    browser.await_event("Page.loadEventFired", deadline.left() / 2)
    quiet(time.monotonic() + deadline.left() / 2)
    place = browser.ask("Page.getFrameTree")["frameTree"]["frame"]["url"]
    title = browser.ask("Runtime.evaluate", expression="document.title")["result"].get("value", "")
    size = browser.ask("Page.getLayoutMetrics")["cssContentSize"]
    part = {"x": 0, "y": 0, "width": min(size["width"], 2 * WIDTH), "height": min(size["height"], TALLEST), "scale": 1}
    picture = browser.ask("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=part)["data"]
    printed = browser.ask("Page.printToPDF", printBackground=True, preferCSSPageSize=True)["data"]
    return Drawn(str(title)[:500], str(place)[:2000], base64.b64decode(picture), base64.b64decode(printed))
