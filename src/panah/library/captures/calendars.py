"""Calendars of OpenTimestamps: asked for a timestamp of what a capture received, and later for what became of it.

Only those are asked that the operator names, each by the exit of captures and each by a way of its own.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import NamedTuple

from django.conf import settings

from panah import proof
from panah.errors import PanahError, Phrase, taken_apart
from panah.library.captures import Bounds, Deadline, chosen_exit
from panah.library.captures.addresses import Address, address_of
from panah.library.captures.fetching import Budget, Fetcher
from panah.proof.opentimestamps import (
    LARGEST_ANSWER,
    Attested,
    Detached,
    OpentimestampsUnreadable,
    Operation,
    Tag,
    Timestamp,
    new_nonce,
    read_timestamp,
)

_ALL = 3
"""How many times the patience for one calendar there is for all."""
_LARGEST_HEAD = 64 * 1024
_ACCEPT = {"Accept": "application/vnd.opentimestamps.v1"}


class CalendarRefused(PanahError):
    """The calendar {calendar} gave no timestamp: {reason}."""

    status = 502


class CalendarNotNamed(PanahError):
    """The calendar {calendar} was not asked: PANAH_OTS_CALENDARS does not name it."""

    status = 403


class NotYetInBlock(PanahError):
    """The calendar {calendar} has put it into no block of Bitcoin yet; that takes some hours, at times a day."""

    status = 404


class Answered(NamedTuple):
    """What came of asking a calendar."""

    calendar: str
    failure: PanahError | None = None

    @property
    def failed(self) -> bool:
        """Whether it should have answered otherwise: to wait for a block is no failure."""
        return self.failure is not None and not isinstance(self.failure, NotYetInBlock)

    def said(self) -> dict[str, str]:
        """As a program reads it."""
        if self.failure is None:
            return {"calendar": self.calendar, "code": "", "reason": ""}
        return {"calendar": self.calendar, "code": self.failure.code, "reason": self.failure.sentence}

    def kept(self) -> dict[str, object]:
        """As the row of a capture keeps it: with the parts of the reason."""
        return {**self.said(), "parts": taken_apart(self.failure.sentence) if self.failure else []}


class Asked(NamedTuple):
    """What is known now, and what each calendar answered. There is no timestamp where none of them gave one."""

    timestamp: Detached | None
    answers: list[Answered]


def timestamped(digest: proof.Digest, patience: float) -> Asked:
    """Ask every calendar that the operator names; with none named, nobody. What fails is an answer, and raises nothing.

    The calendars see a digest that nobody else can make again: random bytes are digested with it. `patience` is for one
    of them, in seconds.
    """
    if not settings.PANAH_OTS_CALENDARS:
        return Asked(None, [])
    of = bytes.fromhex(proof.hexadecimal(digest))
    steps = (new_nonce(), Operation(Tag.SHA256))
    sent = steps[1](steps[0](of))
    found: Timestamp | None = None
    answers: list[Answered] = []
    deadline = Deadline(_ALL * patience)
    for calendar in settings.PANAH_OTS_CALENDARS:
        try:
            answer = _asked(f"{calendar}/digest", sent, Deadline(patience, within=deadline), content=sent)
            answer = answer.after(*steps, of=of)
            found = found.merged(answer) if found else answer
            answers.append(Answered(calendar))
        except PanahError as error:
            answers.append(Answered(calendar, error))
    return Asked(Detached(Tag.SHA256, found) if found else None, answers)


def upgraded(known: Detached, patience: float = Bounds().calendar) -> Asked:
    """Ask the calendars for what is pending with them. What fails is an answer, and raises nothing."""
    found, deadline = known.timestamp, Deadline(_ALL * patience)
    answers: list[Answered] = []
    for each in found.attested():
        calendar = each.attestation.calendar
        if not calendar:
            continue
        try:
            found = found.upgraded(_further(each, Deadline(patience, within=deadline)))
            answers.append(Answered(calendar))
        except PanahError as error:
            answers.append(Answered(calendar, error))
    return Asked(known._replace(timestamp=found), answers)


def _further(pending: Attested, deadline: Deadline) -> Timestamp:
    """What a calendar knows by now of a message. Raises `CalendarNotNamed`, `NotYetInBlock`, `CalendarRefused`."""
    calendar = pending.attestation.calendar
    if calendar.rstrip("/") not in settings.PANAH_OTS_CALENDARS:
        raise CalendarNotNamed(calendar=calendar)
    answer = _asked(f"{calendar.rstrip('/')}/timestamp/{pending.message.hex()}", pending.message, deadline)
    if answer.block is None:
        raise NotYetInBlock(calendar=calendar)
    return answer


def _asked(address: str, message: bytes, deadline: Deadline, *, content: bytes = b"") -> Timestamp:
    """What a calendar answers about a message. Raises `CalendarRefused`, `NotYetInBlock`, `CaptureNotAllowed`."""
    asked = address_of(address)
    fetcher = Fetcher(chosen_exit(), settings.PANAH_CAPTURE_AGENT, Budget(LARGEST_ANSWER + _LARGEST_HEAD))
    answer = fetcher.fetch(asked, deadline, _ACCEPT, content)
    if answer.failure:
        raise CalendarRefused(calendar=_calendar(asked), reason=answer.failure.sentence)
    if answer.status == HTTPStatus.NOT_FOUND and not content:
        raise NotYetInBlock(calendar=_calendar(asked))
    if answer.status != HTTPStatus.OK:
        raise CalendarRefused(
            calendar=_calendar(asked), reason=Phrase("it answered with {status}", status=answer.status)
        )
    try:
        return read_timestamp(answer.body, message)
    except OpentimestampsUnreadable as error:
        raise CalendarRefused(calendar=_calendar(asked), reason=str(error.facts["reason"])) from None


def _calendar(asked: Address) -> str:
    return f"{asked.scheme}://{asked.authority}"
