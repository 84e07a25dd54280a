"""Small sealed bundles, whole and spoiled, made with the package that seals and checks the real ones."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from panah.proof import bundle, container
from panah.proof.bundle import Statement, signed
from panah.proof.canonical import canonical
from panah.proof.chain import GENESIS, body_digest, linked
from panah.proof.digest import Digest, digest_of
from panah.proof.manifest import DECLARATION, manifest_text, tag_text
from panah.proof.signing import SigningKey, public_key
from support.authority import LocalAuthority

KEY, OTHER_KEY = SigningKey(bytes(range(32))), SigningKey(bytes(range(1, 33)))
TOP = "dossier-2026-014"
MADE = "2026-05-04T10:11:12Z"

ENGLISH = """Eradicating Ideological Viruses

Interviewees described how officials came to stay in their homes for days at a time.
"They asked my children whether we prayed," one woman said. Nobody could refuse them.
"""
UYGHUR = """بىرىنچى باب

ئۇلار ئۆيىمىزگە كېلىپ، بالىلىرىمدىن «ناماز ئوقۇمسىلەر؟» دەپ سورىدى. ھېچكىم رەت قىلالمايتتى.
"""
CHINESE = """第一章

他们来到我家住了几天，𠀋问孩子们我们是否祷告。没有人能拒绝。
"""
READINGS = {"readings/en.txt": ENGLISH, "readings/zh.txt": CHINESE}
EXHIBITS = (("A1", "originals/report.html", "readings/en.txt"), ("A2", "originals/witness.txt", "readings/zh.txt"))
FOOTNOTES = (
    ("HRW, “Eradicating Ideological Viruses”, p. 3", "readings/en.txt", "They asked my children whether we prayed"),
    ("Witness statement, part 1, p. 1", "readings/zh.txt", "𠀋问孩子们我们是否祷告"),
    (
        "Witness statement, part 2, p. 1",
        "readings/zh.txt",
        "ئۇلار ئۆيىمىزگە كېلىپ، بالىلىرىمدىن «ناماز ئوقۇمسىلەر؟» دەپ سورىدى",
    ),
)


@dataclass
class Draft:
    """What is to be sealed; tests spoil it before it is."""

    files: dict[str, bytes]
    """Originals, readings and whatever else lies under data/, by the path below it."""
    dossier: dict[str, Any]
    ledger: list[dict[str, Any]]

    def payload(self) -> dict[str, bytes]:
        ledger = b"".join(canonical(line) + b"\n" for line in self.ledger)
        named = {f"data/{path}": content for path, content in self.files.items()}
        return {bundle.LEDGER: ledger, bundle.DOSSIER: canonical(self.dossier), **named}


def draft() -> Draft:
    """Two readings in three languages, three footnotes, two exhibits, and a ledger with one line withheld."""
    files = {
        "dossier.pdf": b"%PDF-1.7 not really\n",
        "originals/report.html": b"<!doctype html><title>Report</title>" + bytes(range(256)),
        "originals/witness.txt": (CHINESE + UYGHUR).encode(),
        "readings/en.txt": ENGLISH.encode(),
        "readings/zh.txt": (CHINESE + UYGHUR).encode(),
    }
    items = [footnote(files, number, *note) for number, note in enumerate(FOOTNOTES, start=1)]
    exhibits = [
        {
            "number": number,
            "original": {"path": original, "digest": digest_of(files[original])},
            "reading": {"path": reading, "digest": digest_of(files[reading])},
        }
        for number, original, reading in EXHIBITS
    ]
    dossier = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "AnnotationPage",
        "items": items,
        "exhibits": exhibits,
    }
    return Draft(files, dossier, ledger([digest_of(files[original]) for _, original, _ in EXHIBITS]))


def footnote(files: Mapping[str, bytes], number: int, label: str, source: str, words: str) -> dict[str, Any]:
    """A W3C Web Annotation on the place where `words` stand in the reading."""
    text = files[source].decode()
    at = text.index(words)
    start = len(text[:at].encode())
    end = start + len(words.encode())
    return {
        "type": "Annotation",
        "number": number,
        "label": label,
        "digest": digest_of(words.encode()),
        "target": {
            "source": source,
            "selector": [
                {"type": "DataPositionSelector", "start": start, "end": end},
                {
                    "type": "TextQuoteSelector",
                    "exact": words,
                    "prefix": text[max(0, at - 12) : at],
                    "suffix": text[at + len(words) :][:12],
                },
            ],
        },
    }


def ledger(originals: list[Digest], withheld: int = 42) -> list[dict[str, Any]]:
    """A header and five lines, from number 40 on; one is withheld, and shows its digest only."""
    subjects = ["case", originals[0], "somebody else's paper", originals[1], "dossier"]
    verbs = ["opened", "taken in", "taken in", "taken in", "sealed"]
    lines: list[dict[str, Any]] = [{"previous": GENESIS}]
    previous = GENESIS
    for seq, (verb, subject) in enumerate(zip(verbs, subjects, strict=True), start=40):
        body = {"seq": seq, "at": f"2026-05-04T10:00:{seq}Z", "verb": verb, "subject": subject, "by": "ئايگۈل"}
        previous = linked(previous, body_digest(body))
        shown = {"body_digest": body_digest(body)} if seq == withheld else {"body": body}
        lines.append({"seq": seq, "link": previous, **shown})
    return lines


def newer(ledger: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same ledger as `panah-ledger/2` has it: what a line is about stands beside its body."""
    lines: list[dict[str, Any]] = [{"format": "panah-ledger/2", "previous": GENESIS}]
    previous = GENESIS
    for line in ledger[1:]:
        shown, about = {"body_digest": line.get("body_digest")}, None
        if "body" in line:
            about = {"details": {}, "kind": "invented", "salt": "0" * 32, "subject": line["body"]["subject"]}
            body = {**{name: line["body"][name] for name in ("seq", "at", "verb", "by")}, "what": body_digest(about)}
            shown = {"body": body, "what": about}
        previous = linked(previous, body_digest(shown["body"]) if about else shown["body_digest"])
        lines.append({"seq": line["seq"], "link": previous, **shown})
    return lines


def sealed(
    of: Draft, key: SigningKey = KEY, claims: Mapping[str, Any] | None = None, beside: Mapping[str, bytes] | None = None
) -> dict[str, bytes]:
    """The files of a bundle over the draft; `claims` are fields of the statement that say something else.

    `beside` are files that the statement is about, too, and that do not lie under data/.
    """
    files = {**of.payload(), **(beside or {})}
    files[bundle.BAGIT] = DECLARATION
    files[bundle.BAG_INFO] = tag_text({"Bag-Software-Agent": "panah", "External-Identifier": "2026-014"})
    files[bundle.MANIFEST] = manifest_of(files)
    return signed_over(files, statement(files, of, key, claims), key)


def statement(
    files: Mapping[str, bytes], of: Draft, key: SigningKey = KEY, claims: Mapping[str, Any] | None = None
) -> Statement:
    """What the sealer says about these files."""
    last = {"seq": 39, "link": GENESIS} | of.ledger[-1]
    true = Statement(
        made=MADE,
        key=public_key(key),
        tags={tag: digest_of(files[tag]) for tag in (*bundle.SIGNED_TAGS, bundle.STAMP_ROOTS) if tag in files},
        files=sum(path.startswith("data/") for path in files),
        footnotes=len(of.dossier.get("items", [])),
        ledger_lines=len(of.ledger) - 1,
        ledger_seq=last["seq"],
        ledger_link=last["link"],
        timestamp=bundle.NO_STAMP,
    )
    return replace(true, **(claims or {}))


def signed_over(files: Mapping[str, bytes], said: Statement, key: SigningKey = KEY) -> dict[str, bytes]:
    """The files with their statement, signature and last manifest."""
    return tagged({**files, bundle.SEAL: said.as_bytes(), bundle.SIGNATURE: signed(said, key)})


def manifest_of(files: Mapping[str, bytes]) -> bytes:
    """The manifest of what lies under data/."""
    return manifest_text({path: digest_of(files[path]) for path in files if path.startswith("data/")})


def tagged(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files with a last manifest that fits them: anyone can make it, with no key at all."""
    tags = [path for path in files if not path.startswith("data/") and path != bundle.TAG_MANIFEST]
    return {**files, bundle.TAG_MANIFEST: manifest_text({path: digest_of(files[path]) for path in tags})}


def packed(files: Mapping[str, bytes], top: str = f"{TOP}/") -> bytes:
    """The ZIP file."""
    in_order = sorted(files.items(), key=lambda item: item[0].encode())
    return b"".join(container.packed(_file(top + path, content) for path, content in in_order))


def _file(path: str, content: bytes) -> container.File:
    return container.File(path, len(content), zlib.crc32(content), lambda: [content])


def unpacked(files: Mapping[str, bytes], folder: Path) -> Path:
    """The files in a folder."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


class Part(NamedTuple):
    """A stretch of a ZIP file."""

    name: str
    start: int
    end: int


def parts(zipped: bytes) -> Iterator[Part]:
    """Every header, name and content of the ZIP file, its directory entries and its end."""
    at = 0
    while zipped[at : at + 4] == b"PK\x03\x04":
        size, name_length = struct.unpack_from("<IH", zipped, at + 22)
        name = zipped[at + 30 : at + 30 + name_length].decode().removeprefix(f"{TOP}/")
        yield Part(f"header of {name}", at, at + 30)
        yield Part(f"path of {name}", at + 30, at + 30 + name_length)
        at += 30 + name_length
        yield Part(name, at, at + size)
        at += size
    while zipped[at : at + 4] == b"PK\x01\x02":
        name_length = struct.unpack_from("<H", zipped, at + 28)[0]
        name = zipped[at + 46 : at + 46 + name_length].decode().removeprefix(f"{TOP}/")
        yield Part(f"directory entry of {name}", at, at + 46 + name_length)
        at += 46 + name_length
    yield Part("end", at, len(zipped))


def flipped(zipped: bytes, at: int, bit: int = 0) -> bytes:
    """The same with one bit the other way round."""
    return zipped[:at] + bytes([zipped[at] ^ 1 << bit]) + zipped[at + 1 :]


def stamped(of: Draft, authority: LocalAuthority, algorithm: str = "sha256") -> dict[str, bytes]:
    """The files of a bundle whose signature has a time-stamp."""
    claims = {"timestamp": bundle.RFC_3161}
    files = sealed(of, claims=claims, beside={bundle.STAMP_ROOTS: authority.roots})
    return tagged({**files, bundle.STAMP: authority.stamp(files[bundle.SIGNATURE], "-cert", f"-{algorithm}")})
