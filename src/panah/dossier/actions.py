"""Sealing: from an outline to a bundle that a stranger can verify."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from importlib.resources import files

from django.db import transaction

from panah import proof
from panah.dossier.exporters.annotations import dossier_jsonld, original_path, reading_path
from panah.dossier.exporters.bag import Part, Seal, bag, part_of, part_of_bytes
from panah.dossier.exporters.docx import docx_of
from panah.dossier.exporters.pdf import pdf_of
from panah.dossier.models import Dossier
from panah.dossier.outline import Citation, Footnote, Numbered, Outline, numbered
from panah.dossier.queries import signer
from panah.dossier.sheet import sheet_of
from panah.errors import PanahError
from panah.team import queries as team
from panah.team.actions import Verb, enter
from panah.team.models import LedgerLine, Member
from panah.vault import workspace
from panah.vault.actions import preserve
from panah.vault.store import Kept

NOT_STAMPED = "No time-stamp was asked for: the date of the seal is the sealer's own word."
STAMPED = "A time-stamping authority (RFC 3161) confirms when the seal was made; the time-stamp is in the bundle."
BUNDLE_TYPE = "application/zip"


class QuotationDiffers(PanahError):
    """Nothing was sealed: footnote {number} does not have the words of “{title}”, bytes {start}-{end}: “{words}”."""

    status = 409


class QuotationHomeless(PanahError):
    """Nothing was sealed: footnote {number} quotes “{title}”, which has no reading."""

    status = 409


def seal(
    *,
    outline: Outline,
    by: Member,
    clock: Callable[[], datetime],
    authority: proof.Authority | None = None,
) -> Dossier:
    """Press an outline and seal it. Every quotation is read and compared again first; one that differs refuses the seal.

    Raises `QuotationDiffers`, `SealBroken`, `PrintFailed`, `TimestampRefused`, `DiskFull`; then nothing is kept but the
    ledger's word that sealing began.
    """
    dossier = numbered(outline)
    for footnote in dossier.footnotes:
        _compare(footnote)
    made = clock().astimezone(UTC).replace(microsecond=0)
    printed = _printed(dossier, made, timestamped=authority is not None)
    line = _begun(outline.reference, printed["dossier.jsonld"].digest, by=by, now=clock())
    ledger = _ledger(dossier, line)
    plan = Seal(
        made=made.isoformat(),
        key=workspace.signing_key(),
        footnotes=len(dossier.footnotes),
        ledger_lines=len(ledger) - 1,
        ledger_seq=line.seq,
        ledger_link=proof.Digest(line.link),
        authority=authority,
    )
    payload = printed | _evidence(dossier) | {"ledger.jsonl": part_of_bytes(b"".join(ledger))}
    kept = workspace.store().keep(bag(_folder(outline.reference, made), payload, plan))
    return _kept(dossier, kept, plan, made, by=by, now=clock())


@transaction.atomic
def _kept(dossier: Numbered, kept: Kept, plan: Seal, made: datetime, *, by: Member, now: datetime) -> Dossier:
    """Preserve the bundle, and enter that the dossier is sealed."""
    reference = dossier.outline.reference
    original = preserve(kept=kept, media_type=BUNDLE_TYPE, by=by, now=now)
    sealed = Dossier.objects.create(
        reference=reference,
        bundle=original,
        sealed_at=made,
        by=by.name,
        footnotes=len(dossier.footnotes),
        exhibits=len(dossier.exhibits),
        gaps=len(dossier.outline.gaps),
        timestamped=plan.authority is not None,
    )
    enter(verb=Verb.SEALED, kind="dossier", subject=reference, by=by, now=now, details={"bundle": kept.digest})
    return sealed


@transaction.atomic
def hand_out(*, dossier: Dossier, by: Member, now: datetime) -> Iterator[bytes]:
    """The bundle of a dossier, piece by piece; the ledger says who took it."""
    details: dict[str, proof.Canonical] = {"bundle": dossier.bundle_id}
    enter(verb=Verb.HANDED_OUT, kind="dossier", subject=dossier.reference, by=by, now=now, details=details)
    return workspace.store().pieces(proof.Digest(dossier.bundle_id))


def _compare(footnote: Footnote) -> None:
    citation = footnote.citation
    if citation.paper.reading is None:
        raise QuotationHomeless(number=footnote.number, title=citation.paper.title)
    content = workspace.store().content(citation.paper.reading)
    words = citation.words.encode()
    if content[citation.start : citation.end] != words or not _surrounded(content, citation):
        raise QuotationDiffers(
            number=footnote.number,
            title=citation.paper.title,
            start=citation.start,
            end=citation.end,
            words=citation.words,
        )


def _surrounded(content: bytes, citation: Citation) -> bool:
    before, after = citation.prefix.encode(), citation.suffix.encode()
    stands_before = content[max(0, citation.start - len(before)) : citation.start]
    return stands_before == before and content[citation.end : citation.end + len(after)] == after


def _printed(dossier: Numbered, made: datetime, *, timestamped: bool) -> dict[str, Part]:
    sheet = sheet_of(
        dossier,
        made=made.isoformat(),
        key=signer(),
        timestamp=STAMPED if timestamped else NOT_STAMPED,
    )
    page = files("panah.proof").joinpath("verify.html").read_bytes()
    return {
        "dossier.pdf": part_of_bytes(pdf_of(sheet)),
        "dossier.docx": part_of_bytes(docx_of(sheet)),
        "dossier.jsonld": part_of_bytes(dossier_jsonld(dossier, made=made.isoformat())),
        "verify.html": part_of_bytes(page),
    }


def _evidence(dossier: Numbered) -> dict[str, Part]:
    """The Originals of all exhibits, and the readings of those that have one."""
    store = workspace.store()
    found: dict[str, Part] = {}
    for exhibit in dossier.exhibits:
        found[original_path(exhibit.paper)] = part_of(partial(store.pieces, exhibit.paper.original))
        if exhibit.paper.reading:
            found[reading_path(exhibit.paper.reading)] = part_of(partial(store.pieces, exhibit.paper.reading))
    return found


def _begun(reference: str, dossier: proof.Digest, *, by: Member, now: datetime) -> LedgerLine:
    """The line on which the seal stands: if the machine stops now, the ledger says that sealing began and did not end."""
    return enter(
        verb=Verb.BEGAN_SEALING, kind="dossier", subject=reference, by=by, now=now, details={"dossier": dossier}
    )


def _ledger(dossier: Numbered, line: LedgerLine) -> list[bytes]:
    """The custody of every exhibit, with the chain up to `line`, below a header; lines about others by digest alone."""
    originals = [str(exhibit.paper.original) for exhibit in dossier.exhibits]
    excerpt = team.excerpt(originals, until=line.seq)
    head: dict[str, proof.Canonical] = {"format": "panah-ledger/1", "previous": excerpt.previous}
    return [proof.canonical(entry) + b"\n" for entry in (head, *excerpt.lines)]


def _folder(reference: str, made: datetime) -> str:
    return f"panah-{reference}-{made:%Y%m%dT%H%M%S}"
