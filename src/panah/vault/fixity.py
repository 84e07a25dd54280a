"""Fixity: whether every stored content is still, bit by bit, what was taken in."""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from panah import proof
from panah.team.actions import Verb, enter
from panah.team.models import Member
from panah.vault import data_keys, held, maintenance, workspace
from panah.vault.models import BrokenContent, FixityPass
from panah.vault.sqlcipher.base import DiskFailing
from panah.vault.store import ObjectMissing

SAVED_EVERY_SECONDS = 5.0
THREADS = 2
"""Reading, decrypting and digesting let other threads run."""


class Broken(NamedTuple):
    """A content that is not as it was taken in: its object, whose it is, and the code of what is wrong."""

    path: str
    digest: proof.Digest
    compartment: UUID
    code: str


class Pace:
    """How a check goes: with all its hands, unless told otherwise."""

    threads = THREADS

    def ready(self) -> None:
        """Each thread that reads calls this first."""

    def rest(self, seconds: float) -> None:
        """After a content that took so long."""

    def is_over(self) -> bool:
        """Whether to stop now."""
        return False


class Calm(Pace):
    """Beside other work: one thread, after everybody else, and as long at rest as at work. It can be ended."""

    threads = 1

    def __init__(self) -> None:
        self._ending = threading.Event()

    def ready(self) -> None:
        """Linux has a priority for each thread."""
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 19)

    def rest(self, seconds: float) -> None:
        """Not longer than until it is ended."""
        self._ending.wait(seconds)

    def is_over(self) -> bool:
        """Whether it was ended."""
        return self._ending.is_set()

    def end(self) -> None:
        """Stop soon: within one piece of a content."""
        self._ending.set()


def check(*, by: Member | None, now: datetime, pace: Pace | None = None) -> FixityPass:
    """Digest every content again; where a check was broken off, go on with it.

    A finished check is a line of the ledger. One that its pace ended is not finished. Raises `FixityChecking`.
    """
    began = time.monotonic()
    with maintenance.checking():
        going = FixityPass.objects.filter(finished_at=None).first() or FixityPass.objects.create(began_at=now)
        contents = held.contents_now((going.digest, going.key))
        finished = _go_on(going, contents, pace or Pace())
        if finished:
            _finish(going, by=by, now=now + timedelta(seconds=time.monotonic() - began))
    return going


def broken_now() -> Iterator[Broken]:
    """Every content that is not as it was taken in; nothing is written down."""
    return (broken for _, broken in _looked_at(held.contents_now(), Pace()) if broken)


def _go_on(going: FixityPass, contents: Iterable[held.Held], pace: Pace) -> bool:
    """Look at contents, and write down now and then how far it is; False where it was ended before the last."""
    found: list[Broken] = []
    saved = time.monotonic()
    for content, broken in _looked_at(contents, pace):
        going.digest, going.key = content.digest, content.key
        going.checked += 1
        going.size += content.size
        found += [broken] if broken else []
        if time.monotonic() - saved > SAVED_EVERY_SECONDS:
            _save(going, found)
            found, saved = [], time.monotonic()
    _save(going, found)
    return not pace.is_over()


@transaction.atomic
def _save(going: FixityPass, found: Iterable[Broken]) -> None:
    going.save()
    for each in found:
        BrokenContent.objects.create(
            found_by=going, compartment_id=each.compartment, digest=each.digest, path=each.path, code=each.code
        )


@transaction.atomic
def _finish(going: FixityPass, *, by: Member | None, now: datetime) -> None:
    going.finished_at = now
    going.save()
    details: dict[str, proof.Canonical] = {
        "checked": going.checked, "size": going.size, "broken": going.broken.count()
    }  # fmt: skip
    subject = workspace.public_key()
    enter(verb=Verb.CHECKED_FIXITY, kind="workspace", subject=subject, by=by, now=now, details=details)


class _Ended(Exception):
    """It was told to stop."""


def _looked_at(contents: Iterable[held.Held], pace: Pace) -> Iterator[tuple[held.Held, Broken | None]]:
    """Each content in turn, and what is wrong with it; not those after it was told to stop."""
    openers = held.openers()
    with ThreadPoolExecutor(pace.threads, initializer=pace.ready) as readers:
        coming: deque[tuple[held.Held, Future[str]]] = deque()
        rest = (content for content in contents if content.key in openers)  # else it was erased a moment ago
        try:
            for content in rest:
                coming.append((content, readers.submit(_code, content, openers[content.key], pace)))
                if len(coming) > pace.threads:
                    yield _judged(*coming.popleft(), openers)
            while coming:
                yield _judged(*coming.popleft(), openers)
        except _Ended:
            readers.shutdown(cancel_futures=True)


def _judged(
    content: held.Held, reading: Future[str], openers: Mapping[int, held.Opens]
) -> tuple[held.Held, Broken | None]:
    """What a reading found. Where it is bad, the store is asked once more: a key may have been replaced meanwhile."""
    opens = openers[content.key]
    code = reading.result()
    if code and (code := _found_again(content.digest, opens.compartment)):
        path = opens.path_of(content.digest).as_posix()
        return content, Broken(path, content.digest, opens.compartment, code)
    return content, None


def _found_again(digest: proof.Digest, compartment: UUID) -> str:
    """The code of what is wrong with a content that should be there; empty where nothing is, or where it was erased."""
    try:
        for _ in data_keys.store_of(compartment).pieces(digest):
            pass
    except data_keys.KeyDestroyed:
        return ""
    except (ObjectMissing, proof.SealBroken) as wrong:
        return wrong.code if held.is_held(digest, compartment) else ""
    except OSError:
        return DiskFailing.code
    return ""


def _code(content: held.Held, opens: held.Opens, pace: Pace) -> str:
    """What is wrong with a stored content, in a thread without the database; empty where nothing is."""
    began = time.monotonic()
    digester = proof.Digester()
    try:
        with (workspace.home() / opens.path_of(content.digest)).open("rb") as stored:
            for piece in proof.decrypted(stored, opens.objects.objects):
                digester.update(piece)
                if pace.is_over():
                    raise _Ended
    except FileNotFoundError:
        return ObjectMissing.code
    except OSError:
        return DiskFailing.code
    except proof.SealBroken as wrong:
        return wrong.code
    pace.rest(time.monotonic() - began)
    return "" if digester.digest() == content.digest else proof.SealBroken.code
