"""What the dossier and the ledger of a bundle say, read strictly."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from panah.errors import PanahError
from panah.proof import bundle
from panah.proof.canonical import Canonical
from panah.proof.chain import Link, body_digest, first_break
from panah.proof.digest import Digest, digest_from


class CheckFailed(PanahError):
    """{reason}"""


class NotKnown(PanahError):
    """{reason}"""


class Footnote(NamedTuple):
    """A checkable citation: bytes `start` up to `end` of the reading `source` are `exact`, between `prefix` and `suffix`."""

    number: int
    label: str
    source: str
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    digest: str

    @classmethod
    def read(cls, annotation: Canonical) -> Footnote:
        """A footnote from its annotation. Raises `CheckFailed`."""
        match annotation:
            case {
                "number": int(number),
                "label": str(label),
                "digest": str(digest),
                "target": {
                    "source": str(source),
                    "selector": [
                        {"type": "DataPositionSelector", "start": int(start), "end": int(end)},
                        {
                            "type": "TextQuoteSelector",
                            "exact": str(exact),
                            "prefix": str(prefix),
                            "suffix": str(suffix),
                        },
                    ],
                },
            } if type(number) is type(start) is type(end) is int and 0 <= start < end:
                return cls(number, label, source, start, end, exact, prefix, suffix, digest)
        raise CheckFailed(reason="the footnote is not written as the bundle format asks")


LEDGER_FORMAT = "panah-ledger/2"
_FORMATS = (LEDGER_FORMAT, "panah-ledger/1", None)
"""None, for the first bundles were checked without a look at it."""


class Excerpt(NamedTuple):
    """A stretch of the ledger: every link, and the bodies that are not withheld."""

    links: list[Link]
    bodies: list[Mapping[str, Canonical]]
    """Each with what it is about."""

    @classmethod
    def read(cls, text: bytes) -> Excerpt:
        """A header with the link before the first line; then lines with their body, or its digest where it is withheld.

        Raises `CheckFailed`, also where a link does not stand on the one before it.
        """
        header, *lines = [bundle.parsed(line, "a line of the ledger") for line in text.removesuffix(b"\n").split(b"\n")]
        if header.get("format") not in _FORMATS:
            raise CheckFailed(reason=f"the ledger is written in a format other than {LEDGER_FORMAT}")
        ledger = cls([], [])
        for line in lines:
            match line:
                case {"seq": int(seq), "link": str(link), "body": dict(body)} if (
                    type(seq) is type(body.get("seq")) is int and body["seq"] == seq
                ):
                    ledger.links.append(Link(seq, body_digest(body), Digest(link)))
                    ledger.bodies.append(_whole(line, body) if header.get("format") == LEDGER_FORMAT else body)
                case {"seq": int(seq), "link": str(link), "body_digest": str(digest)} if type(seq) is int:
                    ledger.links.append(Link(seq, digest_from(digest), Digest(link)))
                case _:
                    raise CheckFailed(reason=f"ledger line {len(ledger.links) + 1} cannot be read")
        if broken := first_break(digest_from(str(header.get("previous"))), ledger.links):
            raise CheckFailed(
                reason=f"the ledger is broken at line {broken.seq}: it was changed, or one before it is gone"
            )
        return ledger


def _whole(line: Mapping[str, Canonical], body: Mapping[str, Canonical]) -> Mapping[str, Canonical]:
    """A body with what it is about, which is the record that its `what` is the digest of. Raises `CheckFailed`."""
    match body.get("what"), line.get("what"):
        case None, None:  # of the time when a body said all itself
            return body
        case str(digest), dict(record) if record.keys() == _RECORD and not _RECORD & body.keys():
            if body_digest(record) == digest:
                return {**record, **body}
    raise CheckFailed(reason=f"ledger line {body['seq']} is about something else than it says")


_RECORD = {"details", "kind", "salt", "subject"}
