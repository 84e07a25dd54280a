"""The lines of a ledger as the text that was digested, and the blocks in which they are signed.

`docs/reference/ledger.md` is the specification. A line's body is canonical JSON. It has the digest of a second text,
its record, which says what the line is about and which an erasure may take away: the chain holds without it. Bodies
that an older Panah wrote are flat: they say all themselves.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from typing import TypeGuard

from panah.proof.canonical import Canonical, NotCanonical, canonical, read_canonical
from panah.proof.chain import GENESIS
from panah.proof.digest import Digest, hexadecimal
from panah.proof.signing import PublicKey, SigningKey, signature, signature_holds

BLOCK = "panah-ledger-block/1"
ERASED = "erased"
"""The verb of the line that explains why records of a compartment are gone: the compartment is its subject."""

_NOT_THE_NEXT = "one before it was removed, or it was moved"
_BLOCK_CONTEXT = b"panah ledger block 1\n"
_WORDS = r'[^"\\\x00-\x1f]*+'
_TEXT = f'"{_WORDS}"'
_BODY = re.compile(
    rf'\{{"at":{_TEXT},"by":{_TEXT}(?:,"compartment":"({_WORDS})")?+,"seq":([1-9][0-9]{{0,14}}+),'
    rf'"verb":"({_WORDS})","what":"({_WORDS})"\}}'
)
_VALUE = rf"(?:{_TEXT}|0|[1-9][0-9]{{0,14}}+)"
_PAIR = rf'"([a-z_]++)":{_VALUE}'
_RECORD = re.compile(
    rf'\{{"details":\{{(?:{_PAIR}(?:,{_PAIR}(?:,{_PAIR}(?:,{_PAIR})?+)?+)?+)?+\}},'
    rf'"kind":{_TEXT},"salt":{_TEXT},"subject":"({_WORDS})"\}}'
)
"""How nearly all bodies and records are written. What matches, with its keys in order, is canonical: it can be read in
one way only. The rest is parsed and written again, which takes three times as long."""

_FLAT = {"at": str, "by": str, "details": dict, "kind": str, "salt": str, "seq": int, "subject": str, "verb": str}
_SHORT = {"at": str, "by": str, "seq": int, "verb": str, "what": str}
_ABOUT = {"details": dict, "kind": str, "salt": str, "subject": str}


@dataclass
class Followed:
    """What came of following a ledger from its first line, or a stretch of it."""

    lines: int = 0
    """The last one that holds."""
    withheld: int = 0
    """How many of them have no record any more, because their compartment was erased."""
    broken: int = 0
    """The first line that is not as it was; 0 where all hold."""
    reason: str = ""
    links: dict[int, str] = field(default_factory=dict)
    """The links of the lines that were asked for."""

    def breaks(self, seq: int, why: Exception) -> Followed:
        """The same, broken at a line."""
        reason = str(why) if isinstance(why, LineBroken) else "its text can be read in more than one way, or in none"
        return replace(self, broken=seq, reason=reason)


@dataclass
class Stretch:
    """What came of following some lines, one after another: which records are gone, a later stretch may still explain."""

    after: int
    """The line before its first."""
    previous: Digest
    """The link of that line."""
    found: Followed
    link: Digest
    """The link of the last line, where all hold."""
    gone: dict[str | None, list[int]] = field(default_factory=dict)
    """Of each compartment, the lines that have no record any more."""
    erased: dict[str | None, int] = field(default_factory=dict)
    """Of each compartment, the last line that says that it was erased."""

    def then(self, later: Stretch) -> Stretch:
        """This stretch, of which all lines hold, and the one that was followed from its end on."""
        if (later.after, later.previous) != (self.found.lines, self.link):
            return replace(self, found=self.found.breaks(later.after + 1, LineBroken(_NOT_THE_NEXT)))
        places = self.gone.keys() | later.gone.keys()
        return replace(
            self,
            found=replace(later.found, links=self.found.links | later.found.links),
            link=later.link,
            gone={place: self.gone.get(place, []) + later.gone.get(place, []) for place in places},
            erased=self.erased | later.erased,
        )

    def told(self) -> Followed:
        """What came of it. Only a later line *erased* explains why a record is gone."""
        if self.found.broken:
            return self.found
        gone = [(seq, compartment) for compartment, lines in self.gone.items() for seq in lines]
        unexplained = [seq for seq, compartment in gone if seq > self.erased.get(compartment, 0)]
        if unexplained:
            return self.found.breaks(
                min(unexplained), LineBroken("what it is about was removed, and no erasure says so")
            )
        return replace(self.found, withheld=len(gone))


class LineBroken(Exception):
    """Why a line does not hold; never shown as it is."""


def follow(
    rows: Iterable[tuple[int, bytes, str, bytes | None]],
    marks: Collection[int] = (),
    *,
    after: int = 0,
    previous: Digest = GENESIS,
) -> Stretch:
    """Follow the chain from line `after`, whose link is `previous`; stops at the first line that is broken.

    Each record is compared with the digest in its line.
    Each row is a line as it is stored: its place, the text of its body, its link, and its record, if there is one.
    Everything is computed from the text. Keeps the links of the lines `marks`, as far as it came.
    """
    found, wanted = Followed(after), frozenset(marks)
    stretch = Stretch(after, previous, found, previous)
    before, sha256 = bytes.fromhex(hexadecimal(previous)), hashlib.sha256
    for seq, body, link, record in rows:
        before = sha256(before + sha256(body).digest()).digest()
        try:
            if seq != found.lines + 1:
                raise LineBroken(_NOT_THE_NEXT)
            if link != f"sha256:{before.hex()}":
                raise LineBroken("it was changed, or one before it was changed, removed or moved")
            _read(stretch, seq, body, record)
        except (LineBroken, UnicodeDecodeError, NotCanonical) as error:
            return replace(stretch, found=found.breaks(seq, error))
        found.lines = seq
        if seq in wanted:
            found.links[seq] = link
    return replace(stretch, link=Digest(f"sha256:{before.hex()}"))


def _read(stretch: Stretch, seq: int, body: bytes, record: bytes | None) -> None:
    """Read a line and its record. Raises `LineBroken`, `NotCanonical`, `UnicodeDecodeError`."""
    short = _BODY.fullmatch(body.decode())
    compartment, number, verb, what = short.groups() if short else _said(body)
    if number != str(seq):
        raise LineBroken("its text has another number")
    if record is not None:
        if what != f"sha256:{hashlib.sha256(record).hexdigest()}":
            raise LineBroken("what it is about was changed")
        usual = _RECORD.fullmatch(record.decode())
        parts = usual.groups() if usual else ()
        subject = parts[-1] if parts and _in_order(parts[:-1]) else _subject(record)
        if verb == ERASED:
            stretch.erased[subject.replace("-", "")] = seq
    elif what is not None:
        stretch.gone.setdefault(compartment, []).append(seq)


def _said(body: bytes) -> tuple[str | None, str, str, str | None]:
    """Compartment, number, verb and the digest of the record, which a flat one has not.

    Raises `LineBroken`, `NotCanonical`.
    """
    line = read_canonical(body)
    if _has(line, _FLAT):
        return None, str(line["seq"]), str(line["verb"]), None
    if _has(line, _SHORT) or _has(line, _SHORT | {"compartment": str}):
        return str(line.get("compartment", "")) or None, str(line["seq"]), str(line["verb"]), str(line["what"])
    raise LineBroken("it is not written as a line of the ledger")


def _subject(record: bytes) -> str:
    """Raises `LineBroken`, `NotCanonical`, `UnicodeDecodeError`."""
    about = read_canonical(record)
    if _has(about, _ABOUT):
        return str(about["subject"])
    raise LineBroken("what it is about is not written as a record of the ledger")


@lru_cache
def _in_order(keys: tuple[str | None, ...]) -> bool:
    there = [key for key in keys if key]
    return there == sorted(set(there))


def _has(found: Canonical, kinds: Mapping[str, type]) -> TypeGuard[dict[str, Canonical]]:
    return (
        isinstance(found, dict)
        and found.keys() == kinds.keys()
        and all(type(found[name]) is kind for name, kind in kinds.items())
    )


@dataclass(frozen=True)
class Block:
    """What a workspace signs about its lines `first` to `last`; all lines are in one block after another."""

    workspace: PublicKey
    first: int
    last: int
    link: Digest
    """The link of the last of them: through it, all lines before are signed too."""
    at: str
    """When, by the workspace's clock: ISO 8601, UTC."""
    format: str = BLOCK

    def as_bytes(self) -> bytes:
        """The canonical form, which is what is signed."""
        return canonical(asdict(self))


def block_signature(block: Block, key: SigningKey) -> str:
    """The signature of a block: 128 hexadecimal digits."""
    return signature(_BLOCK_CONTEXT + block.as_bytes(), key)


def block_holds(block: Block, signed: str) -> bool:
    """Whether a block was signed by the key of the workspace that it names."""
    return signature_holds(_BLOCK_CONTEXT + block.as_bytes(), signed, block.workspace)
