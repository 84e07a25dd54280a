"""The records of a WARC, as another's reader reads them."""

from __future__ import annotations

import io
from typing import NamedTuple

from fastwarc.warc import ArchiveIterator

from panah import proof


class Record(NamedTuple):
    """A record: its kind, its header fields by their names in lower case, and its block."""

    kind: str
    fields: dict[str, str]
    block: bytes

    @property
    def target(self) -> str:
        return self.fields.get("warc-target-uri", "")

    @property
    def said(self) -> dict[str, str]:
        """The fields of its block."""
        lines = self.block.decode().splitlines()
        return dict(line.split(": ", 1) for line in lines if ": " in line)


def records(content: bytes) -> list[Record]:
    """All of them. Each must have the digest that it says."""
    found = []
    for each in ArchiveIterator(io.BytesIO(content), parse_http=False):
        fields = {name.lower(): value for name, value in each.headers.items()}
        found.append(Record(fields["warc-type"], fields, each.reader.read()))
    assert all(record.fields["warc-block-digest"] == proof.digest_of(record.block) for record in found)
    return found


def of_kind(content: bytes, kind: str, media_type: str = "") -> list[Record]:
    """Those of a kind."""
    return [r for r in records(content) if r.kind == kind and r.fields.get("content-type", "").startswith(media_type)]
