"""Checks a bundle from the outside, with nothing but the bundle.

`verified` yields one `Check` for each thing that could be wrong. The steps follow the specification of the bundle
(`docs/reference/bundle.md`) by number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import NamedTuple

from panah.errors import PanahError
from panah.proof import bundle
from panah.proof.bundle import Statement
from panah.proof.canonical import Canonical
from panah.proof.container import ContainerBroken
from panah.proof.contents import CheckFailed, Excerpt, Footnote, NotKnown
from panah.proof.digest import Digest, digest_from, digest_of
from panah.proof.manifest import manifest_text, read_manifest
from panah.proof.signing import fingerprint
from panah.proof.timestamp import TimestampBroken, TimestampUnchecked, read_stamp
from panah.proof.unpacking import Files, leads_out, opened

CUSTODY = "taken in"
"""The ledger's verb for an Original's arrival."""


class Outcome(StrEnum):
    """How a check ended. What did not run is `unchecked`, never `ok`."""

    OK = "ok"
    BROKEN = "broken"
    UNCHECKED = "unchecked"


class Kind(StrEnum):
    """What was checked."""

    CONTAINER = "container"
    MANIFEST = "manifest"
    FILE = "file"
    SEAL = "seal"
    SIGNATURE = "signature"
    SIGNER = "signer"
    TIMESTAMP = "timestamp"
    AUTHORITY = "authority"
    FOOTNOTE = "footnote"
    CUSTODY = "custody"
    LEDGER = "ledger"


KNOWN_TO_THE_READER = frozenset({Kind.SIGNER, Kind.AUTHORITY})
"""Only the reader can say whom she knows: where she did not, these stay unchecked and do not change the exit code."""


class Check(NamedTuple):
    """One check: what it looked at, how it ended, and why in words."""

    id: str
    kind: Kind
    outcome: Outcome
    reason: str


class Known(NamedTuple):
    """Whom the reader knows beforehand."""

    signer: str | None = None
    """The fingerprint of the key that must have signed."""
    authority: bytes | None = None
    """The root certificates (PEM) of the time-stamping authority that she trusts."""


def verified(path: Path, known: Known = Known()) -> Iterator[Check]:  # noqa: B008
    """Every check of the bundle at `path`. Raises `ContainerUnreadable` for what is no bundle at all."""
    try:
        with opened(path) as files:
            container = (
                "unpacked: there is no container to check" if path.is_dir() else "every byte of it is as it was written"
            )
            yield Check("container", Kind.CONTAINER, Outcome.OK, container)
            yield from _Bundle(files, known).checks()
    except ContainerBroken as error:
        yield Check("container", Kind.CONTAINER, Outcome.BROKEN, error.sentence)


class _Bundle:
    """One pass over a bundle; later steps use what earlier ones read."""

    def __init__(self, files: Files, known: Known) -> None:
        self._files = files
        self._known = known
        self._paths = files.paths()
        self._digests: dict[str, Digest] = {}
        self._footnotes = 0
        self._ledger = Excerpt([], [])

    def checks(self) -> Iterator[Check]:
        yield from self._every_file()
        try:
            dossier = bundle.parsed(self._text(bundle.DOSSIER), bundle.DOSSIER)
        except PanahError as error:
            yield Check("dossier", Kind.FOOTNOTE, Outcome.BROKEN, error.sentence)
            dossier = {}
        yield from self._every_footnote(dossier)
        yield from self._reporting("ledger", Kind.LEDGER, self._follow_the_ledger)
        yield from self._every_custody(dossier)
        yield from self._reporting("seal", Kind.SEAL, self._compare_the_seal)
        yield from self._who_signed()
        yield from self._when()

    # Steps 1 and 2: each file has the digest that its manifest gives, and there is no other file.

    def _every_file(self) -> Iterator[Check]:
        for path in sorted(self._paths):
            self._digests[path] = digest_of(self._files.bytes_of(path))
        payload = {path for path in self._paths if path.startswith("data/")}
        tags = self._paths - payload - {bundle.TAG_MANIFEST}
        yield from self._against(bundle.MANIFEST, payload)
        yield from self._against(bundle.TAG_MANIFEST, tags)

    def _against(self, manifest: str, present: set[str]) -> Iterator[Check]:
        try:
            listed = read_manifest(manifest, self._text(manifest))
        except PanahError as error:
            yield Check(manifest, Kind.MANIFEST, Outcome.BROKEN, error.sentence)
            return
        for path in sorted(present | listed.keys()):
            reason = self._wrong_with(path, listed)
            yield Check(f"file:{path}", Kind.FILE, Outcome.BROKEN if reason else Outcome.OK, reason or "as listed")
        if manifest_text(listed) != self._text(manifest) or not self._files.intact(manifest):
            yield Check(manifest, Kind.MANIFEST, Outcome.BROKEN, f"{manifest} is not written as a bundle writes it")

    def _wrong_with(self, path: str, listed: Mapping[str, Digest]) -> str | None:
        if path not in self._digests:
            return f"{path} is missing"
        if not path.startswith("data/") and path not in bundle.TAGS:
            return f"{path} was added: a bundle has no such file beside data/"
        if leads_out(path):
            return f"{path} leads out of the bundle"
        if path not in listed:
            return f"{path} was added: it is in no manifest"
        if self._digests[path] != listed[path]:
            return f"{path} was changed: its digest is {self._digests[path]}, the manifest has {listed[path]}"
        if not self._files.intact(path):
            return f"{path} does not match the checksum of the container"
        return None

    # Step 3: each footnote's words stand in its reading, byte for byte.

    def _every_footnote(self, dossier: dict[str, Canonical]) -> Iterator[Check]:
        for position, item in enumerate(_list(dossier.get("items")), start=1):
            self._footnotes += 1
            yield from self._reporting(f"footnote-{position}", Kind.FOOTNOTE, partial(self._footnote, item, position))

    def _footnote(self, annotation: Canonical, position: int) -> str:
        note = Footnote.read(annotation)
        if note.number != position:
            raise CheckFailed(reason=f"it is numbered {note.number}")
        reading = self._bytes(f"data/{note.source}")
        place = f"bytes {note.start}-{note.end}"
        words = bytes(reading[note.start : note.end])
        if words != note.exact.encode():
            raise CheckFailed(reason=f"{note.label}, {place}: the reading has other words there")
        if digest_of(words) != note.digest:
            raise CheckFailed(reason=f"{note.label}, {place}: the words do not have the digest of the footnote")
        before = bytes(reading[max(0, note.start - len(note.prefix.encode())) : note.start])
        after = bytes(reading[note.end : note.end + len(note.suffix.encode())])
        if (before, after) != (note.prefix.encode(), note.suffix.encode()):
            raise CheckFailed(reason=f"{note.label}, {place}: the words around the quotation are others")
        return f"{note.label}, {place}"

    # Step 4: the ledger is one chain, and each exhibit has a line that says when it was taken in.

    def _follow_the_ledger(self) -> str:
        self._ledger = Excerpt.read(self._text(bundle.LEDGER))
        return f"{len(self._ledger.links)} lines, unbroken"

    def _every_custody(self, dossier: dict[str, Canonical]) -> Iterator[Check]:
        for position, item in enumerate(_list(dossier.get("exhibits")), start=1):
            yield from self._reporting(f"custody-{position}", Kind.CUSTODY, partial(self._custody, item))

    def _custody(self, exhibit: Canonical) -> str:
        match exhibit:
            case {"number": str(number), "original": {"path": str(path), "digest": str(digest)}, **rest}:
                pass
            case _:
                raise CheckFailed(reason="an exhibit has no original")
        if self._digests.get(f"data/{path}") != digest_from(digest):
            raise CheckFailed(reason=f"exhibit {number}: {path} is not the original with digest {digest}")
        match rest.get("reading"):
            case {"path": str(read_from), "digest": str(read_as)}:
                if self._digests.get(f"data/{read_from}") != digest_from(read_as):
                    raise CheckFailed(reason=f"exhibit {number}: {read_from} is not the reading with digest {read_as}")
            case unread if unread is not None:
                raise CheckFailed(reason=f"exhibit {number}: its reading is not written as the bundle format asks")
        arrivals = [
            body for body in self._ledger.bodies if (body.get("verb"), body.get("subject")) == (CUSTODY, digest)
        ]
        if not arrivals:
            raise CheckFailed(reason=f"exhibit {number}: the ledger does not say when it was taken in")
        return f"exhibit {number}: taken in {arrivals[0].get('at')}"

    # Step 5: the statement is about these files, footnotes and ledger lines, and no others.

    def _compare_the_seal(self) -> str:
        statement = self._statement()
        found_tags = {tag: self._digests.get(tag) for tag in bundle.signed_tags(statement.timestamp)}
        for tag in sorted(found_tags.keys() | statement.tags.keys()):
            if tag not in found_tags or found_tags[tag] != statement.tags.get(tag, ""):
                raise CheckFailed(reason=f"the seal is about another {tag}")
        last = self._ledger.links[-1] if self._ledger.links else None
        for what, found, sealed in (
            ("files", sum(path.startswith("data/") for path in self._paths), statement.files),
            ("footnotes", self._footnotes, statement.footnotes),
            ("ledger lines", len(self._ledger.links), statement.ledger_lines),
            ("ledger number", last and last.seq, statement.ledger_seq),
            ("ledger link", last and last.link, statement.ledger_link),
        ):
            if found != sealed:
                raise CheckFailed(reason=f"{what}: the seal says {sealed}, the bundle has {found}")
        return f"sealed {statement.made}: {statement.files} files, {statement.footnotes} footnotes"

    def _statement(self) -> Statement:
        return Statement.read(self._text(bundle.SEAL))

    # Step 6: the signature, and whose it is.

    def _who_signed(self) -> Iterator[Check]:
        yield from self._reporting("signature", Kind.SIGNATURE, self._check_the_signature)
        yield from self._reporting("signer", Kind.SIGNER, self._compare_the_signer)

    def _check_the_signature(self) -> str:
        signer = bundle.signer_of(self._statement(), self._text(bundle.SIGNATURE))
        if signer is None:
            raise CheckFailed(reason="the signature is not over this statement by the key it names")
        return f"by the key {fingerprint(signer)}"

    def _compare_the_signer(self) -> str:
        found = fingerprint(self._statement().key)
        if self._known.signer is None:
            raise NotKnown(reason=f"the signer is not known to this reader: compare the key {found} with her own word")
        if found != self._known.signer:
            raise CheckFailed(reason=f"signed by {found}, not by the key you gave")
        return "by the key you gave"

    # Step 7: the time-stamp, and whose it is.

    def _when(self) -> Iterator[Check]:
        try:
            promised = self._statement().timestamp
        except PanahError as error:
            yield Check("timestamp", Kind.TIMESTAMP, Outcome.BROKEN, error.sentence)
            return
        if promised == bundle.NO_STAMP:
            yield from self._reporting("timestamp", Kind.TIMESTAMP, self._no_stamp)
            return
        yield from self._reporting("timestamp", Kind.TIMESTAMP, self._stamp)
        yield from self._reporting("authority", Kind.AUTHORITY, self._compare_the_authority)

    def _no_stamp(self) -> str:
        for path in (bundle.STAMP, bundle.STAMP_ROOTS):
            if path in self._paths:
                raise CheckFailed(reason=f"{path} was added: the seal says that no time-stamp was made")
        return "no time-stamp was made: the date of the seal is the sealer's own word"

    def _stamp(self) -> str:
        return self._stamped_under(self._text(bundle.STAMP_ROOTS))

    def _stamped_under(self, roots: bytes) -> str:
        try:
            found = read_stamp(self._text(bundle.STAMP), self._text(bundle.SIGNATURE), roots)
        except TimestampUnchecked as error:
            raise NotKnown(reason=error.sentence) from error
        except TimestampBroken as error:
            raise CheckFailed(reason=error.sentence) from error
        return f"{found.at.isoformat()} by {found.by}"

    def _compare_the_authority(self) -> str:
        if self._known.authority is None:
            raise NotKnown(reason="the time-stamping authority is not known to this reader: give its root certificate")
        return self._stamped_under(self._known.authority)

    def _reporting(self, name: str, kind: Kind, check: Callable[[], str]) -> Iterator[Check]:
        try:
            yield Check(name, kind, Outcome.OK, check())
        except NotKnown as error:
            yield Check(name, kind, Outcome.UNCHECKED, error.sentence)
        except PanahError as error:
            yield Check(name, kind, Outcome.BROKEN, error.sentence)

    def _bytes(self, path: str) -> memoryview:
        if path not in self._paths:
            raise CheckFailed(reason=f"{path} is missing")
        return self._files.bytes_of(path)

    def _text(self, path: str) -> bytes:
        return bytes(self._bytes(path))


def _list(value: Canonical) -> list[Canonical]:
    return value if isinstance(value, list) else []
