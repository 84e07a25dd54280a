"""WACZ: a web archive packed with lists of its pages, digests, and, where somebody signed it, a seal."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

import certifi

from panah import proof
from panah.library.extractors import DocumentBroken, Extracted
from panah.library.extractors.contents import Contents
from panah.library.extractors.kinds import WACZ
from panah.library.extractors.packed import Packed
from panah.library.extractors.warc import gather, verdict
from panah.proof import web_archives

PACKAGE, SEAL = "datapackage.json", "datapackage-digest.json"


class Wacz:
    """The pages of the archives in it. Its digests are compared, and its seal is checked."""

    name = "wacz"
    version = f"2+fastwarc-{version('fastwarc')}"
    media_types = frozenset({WACZ})

    def __init__(self) -> None:
        self._roots = Path(certifi.where()).read_bytes()

    def read(self, content: bytes) -> Extracted:
        """Go through the archives. Raises `DocumentBroken`, `DocumentBomb`, `NothingToRead`."""
        packed = Packed(content)
        described = _parsed(packed.part(PACKAGE))
        contents, tally = Contents(), Counter[str]()
        titles = dict(_titles(packed))
        for name in sorted(packed.names):
            if name.startswith("archive/") and not name.endswith("/"):
                gather(packed.part(name), contents, tally, titles)
        files = _files(packed, described)
        seal = self._seal(packed)
        metadata = described.get("metadata")
        title = described.get("title") or (metadata.get("title") if isinstance(metadata, dict) else "") or ""
        about = {"title": str(title), "date": str(described.get("created", ""))[:10]}
        return contents.extracted(
            ["Web archive (WACZ)", files, verdict(tally), seal],
            {name: value for name, value in about.items() if value},
            {"files": files, "seal": seal, **{name: str(count) for name, count in tally.items()}},
        )

    def _seal(self, packed: Packed) -> str:
        if SEAL not in packed.names:
            return "It has no seal."
        said = _parsed(packed.part(SEAL))
        digest = f"sha256:{proof.hexadecimal(proof.digest_of(packed.part(PACKAGE)))}"
        if said.get("hash") != digest:
            return "Its list of files is not the one that was digested."
        signed = said.get("signedData")
        if not isinstance(signed, dict):
            return "Its list of files is digested; nobody signed it."
        try:
            seal = web_archives.archive_seal(signed, digest, self._roots)
        except web_archives.SealDoesNotHold as error:
            return error.sentence
        by = f"the web site {seal.by}" if seal.by else "a key of which nothing is known"
        return f"Its seal holds: signed by {by}, at {seal.at} by its own clock. {_stamped(seal.stamp)}"


def _stamped(stamp: web_archives.ArchiveStamp | None) -> str:
    """What the time-stamp of a seal is worth."""
    if stamp is None:
        return "It has no time-stamp."
    which = "which is known" if stamp.known else "not among those that you trust"
    return f"Its time-stamp holds: {stamp.at:%Y-%m-%d %H:%M:%S} UTC, signed by {stamp.by}, under {stamp.root}, {which}."


def _files(packed: Packed, described: Mapping[str, object]) -> str:
    """What came of comparing the digests of the files."""
    resources = described.get("resources")
    listed = [each for each in resources if isinstance(each, dict)] if isinstance(resources, list) else []
    broken = [str(each.get("path")) for each in listed if not _is_as_listed(packed, each)]
    if not listed:
        return "It lists no files."
    return f"Files compared: {len(listed)}; " + (
        f"these are not as they are listed: {', '.join(broken)[:300]}."
        if broken
        else "all of them are as they are listed."
    )


def _is_as_listed(packed: Packed, listed: Mapping[str, object]) -> bool:
    path, stats = str(listed.get("path")), listed.get("stats")
    said = listed.get("hash") or (stats.get("hash") if isinstance(stats, dict) else None)
    if path not in packed.names or not isinstance(said, str):
        return False
    label = said if ":" in said else f"{listed.get('hashing', 'sha256')}:{said}"
    return web_archives.recorded_digest_holds(label, packed.part(path))


def _titles(packed: Packed) -> Iterator[tuple[str, str]]:
    """Titles of pages by their addresses, as the lists of pages have them."""
    for name in sorted(packed.names):
        if not (name.startswith("pages/") and name.endswith(".jsonl")):
            continue
        for line in packed.part(name).splitlines():
            try:
                page = json.loads(line)
            except (ValueError, RecursionError):
                continue
            if isinstance(page, dict) and page.get("url") and page.get("title"):
                yield str(page["url"]), str(page["title"])


def _parsed(content: bytes) -> dict[str, object]:
    try:
        said = json.loads(content)
    except (ValueError, RecursionError):
        raise DocumentBroken(reason="what it says of itself is no JSON") from None
    if not isinstance(said, dict):
        raise DocumentBroken(reason="what it says of itself is no list of names and values")
    return said
