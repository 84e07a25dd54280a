"""What a bundle is made of: the names in it, and the statement that is signed. `docs/reference/bundle.md` is its specification.

A bundle is a bag (RFC 8493) in a ZIP file:

    NAME/bagit.txt, bag-info.txt            what every bag has
    NAME/manifest-sha256.txt                digests of all that is under data/
    NAME/tagmanifest-sha256.txt             digests of all the files beside data/
    NAME/seal.json                          the statement: canonical JSON
    NAME/seal.sig                           the key and its signature over the statement
    NAME/seal.tsr, seal-authority.pem       the time-stamp over the signature, and its authority's roots, if there is one
    NAME/data/dossier.jsonld                every footnote, as W3C Web Annotations
    NAME/data/dossier.pdf, dossier.docx, ledger.jsonl, verify.html, originals/, readings/
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Self

from panah.errors import PanahError
from panah.proof.canonical import Canonical, NotCanonical, canonical
from panah.proof.digest import Digest
from panah.proof.signing import PublicKey, SigningKey, public_key, signature, signature_holds

FORMAT = "panah-dossier/1"

BAGIT, BAG_INFO = "bagit.txt", "bag-info.txt"
MANIFEST, TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
SEAL, SIGNATURE, STAMP, STAMP_ROOTS = "seal.json", "seal.sig", "seal.tsr", "seal-authority.pem"
DOSSIER, LEDGER = "data/dossier.jsonld", "data/ledger.jsonl"
SIGNED_TAGS = (BAGIT, BAG_INFO, MANIFEST)
TAGS = frozenset({BAGIT, BAG_INFO, MANIFEST, TAG_MANIFEST, SEAL, SIGNATURE, STAMP, STAMP_ROOTS})
"""The files that may lie beside data/; what else lies there, nobody signed."""

NO_STAMP, RFC_3161 = "none", "rfc3161"


def signed_tags(timestamp: str) -> tuple[str, ...]:
    """The files beside data/ that a statement with this `timestamp` is about: with one, its authority's roots too."""
    return (*SIGNED_TAGS, STAMP_ROOTS) if timestamp == RFC_3161 else SIGNED_TAGS


_CONTEXT = b"panah seal 1\n"
"""Stands before the statement when it is signed, so that the signature fits nothing else."""


class SealUnreadable(PanahError):
    """The seal cannot be read: {reason}."""


@dataclass(frozen=True)
class Statement:
    """What the sealer signs."""

    made: str
    """When, by the sealer's clock: ISO 8601, UTC."""
    key: PublicKey
    tags: dict[str, Digest]
    """The digests of the files of `signed_tags`; through the manifest, of everything under data/."""
    files: int
    footnotes: int
    ledger_lines: int
    ledger_seq: int
    ledger_link: Digest
    """Number and link of the last ledger line in the bundle."""
    timestamp: str
    """`rfc3161` where a time-stamp was asked for and must be there, else `none`."""
    format: str = FORMAT

    def as_bytes(self) -> bytes:
        """The canonical form, which is what is stored and signed."""
        return canonical(asdict(self))

    @classmethod
    def read(cls, text: bytes) -> Self:
        """A statement in exactly its canonical form. Raises `SealUnreadable`."""
        found = parsed(text, SEAL)
        if found.get("format") != FORMAT:
            raise SealUnreadable(reason=f"its format is not {FORMAT}")
        if found.keys() != _KINDS.keys() or any(type(found[name]) is not kind for name, kind in _KINDS.items()):
            raise SealUnreadable(reason=f"{SEAL} does not have the fields of {FORMAT}")
        return cls(**found)  # type: ignore[arg-type]  # their kinds were compared just now


_KINDS: dict[str, type] = {
    "made": str, "key": str, "tags": dict, "files": int, "footnotes": int, "ledger_lines": int, "ledger_seq": int,
    "ledger_link": str, "timestamp": str, "format": str,
}  # fmt: skip
"""The kind of each field of a statement, as JSON writes it."""


def signed(statement: Statement, key: SigningKey) -> bytes:
    """The content of `seal.sig`."""
    return canonical({"key": public_key(key), "signature": signature(_CONTEXT + statement.as_bytes(), key)})


def signer_of(statement: Statement, signature_file: bytes) -> PublicKey | None:
    """The key that signed the statement, or None where the signature does not hold. Raises `SealUnreadable`."""
    found = parsed(signature_file, SIGNATURE)
    match found:
        case {"key": str(key), "signature": str(signed_as)} if key == statement.key and len(found) == 2:
            holds = signature_holds(_CONTEXT + statement.as_bytes(), signed_as, statement.key)
            return statement.key if holds else None
    return None


def parsed(text: bytes, name: str) -> dict[str, Canonical]:
    """A JSON object in exactly its canonical form: nothing in it can be read in two ways. Raises `SealUnreadable`."""
    try:
        found = json.loads(text.decode())
        written = canonical(found)
    except (ValueError, RecursionError, NotCanonical):
        raise SealUnreadable(reason=f"{name} is not canonical JSON") from None
    if not isinstance(found, dict) or written != text:
        raise SealUnreadable(reason=f"{name} is not a JSON object in canonical form")
    return found
