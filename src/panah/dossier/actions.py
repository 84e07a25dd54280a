"""Sealing: from an outline to a bundle that a stranger can verify."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from importlib.resources import files
from uuid import UUID

from django.db import transaction

from panah import proof
from panah.dossier.exporters.annotations import dossier_jsonld, original_path, reading_path
from panah.dossier.exporters.bag import Part, Seal, bag, part_of, part_of_bytes
from panah.dossier.models import Dossier
from panah.dossier.outline import Citation, Exhibit, Footnote, Numbered, Outline, numbered
from panah.dossier.queries import signer
from panah.dossier.sheet import sheet_of
from panah.errors import PanahError
from panah.proof.contents import LEDGER_FORMAT
from panah.team import queries as team
from panah.team.actions import Verb, close_block, enter, stamp_block
from panah.team.models import Compartment, LedgerBlock, LedgerLine, Member
from panah.team.rules import May
from panah.vault import workspace
from panah.vault.actions import preserve
from panah.vault.data_keys import store_of
from panah.vault.store import Kept, ObjectMissing

NOT_STAMPED = "No time-stamp was asked for: the date of the seal is the sealer's own word."
STAMPED = "A time-stamping authority (RFC 3161) confirms when the seal was made; the time-stamp is in the bundle."
BUNDLE_TYPE = "application/zip"


class QuotationDiffers(PanahError):
    """Nothing was sealed: footnote {number} is not what “{title}” has at {place}: “{words}”."""

    status = 409


class QuotationHomeless(PanahError):
    """Nothing was sealed: footnote {number} quotes “{title}”, which has no reading."""

    status = 409


class QuotationUncompared(PanahError):
    """Nothing was sealed: footnote {number} cannot be compared with “{title}”. {reason}"""

    status = 500


class ExhibitUnsound(PanahError):
    """Nothing was sealed: exhibit {number}, “{title}”, cannot be annexed. {reason}"""

    status = 500


def seal(
    *,
    outline: Outline,
    compartment: Compartment,
    by: Member,
    clock: Callable[[], datetime],
    authority: proof.Authority | None = None,
) -> Dossier:
    """Press an outline and seal it. Every quotation is read and compared again first; one that differs refuses the seal.

    The bundle is kept in the compartment whose work it is.

    Raises `NotAllowed`, `QuotationDiffers`, `QuotationUncompared`, `QuotationHomeless`, `ExhibitUnsound`, `PrintFailed`,
    `TimestampRefused`, `LedgerBroken`, `DiskFull`; then nothing is kept but, where it came so far, the ledger's word that
    sealing began.
    """
    team.require(by, compartment, May.SEAL)
    dossier = numbered(outline)
    _compare(dossier)
    evidence = _evidence(dossier)
    made = clock().astimezone(UTC).replace(microsecond=0)
    printed = _printed(dossier, made, by=by, timestamped=authority is not None)
    line = _begun(outline.reference, compartment, printed["dossier.jsonld"].digest, by=by, now=clock())
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
    payload = printed | evidence | {"ledger.jsonl": part_of_bytes(b"".join(ledger))}
    kept = store_of(compartment.pk).keep(bag(_folder(outline.reference, made), payload, plan))
    return _kept(dossier, compartment, kept, plan, made, by=by, now=clock())


def draft(*, outline: Outline, by: Member, now: datetime) -> bytes:
    """An outline as DOCX, unsealed, to be worked on; every quotation is read and compared again first.

    Raises `QuotationDiffers`, `QuotationUncompared`, `QuotationHomeless`, `PrintFailed`.
    """
    from panah.dossier.exporters.docx import docx_of

    dossier = numbered(outline)
    _compare(dossier)
    made = now.astimezone(UTC).replace(microsecond=0).isoformat()
    return docx_of(sheet_of(dossier, prepared_by=by.name, made=made, key="", timestamp=""))


@transaction.atomic
def _kept(
    dossier: Numbered, compartment: Compartment, kept: Kept, plan: Seal, made: datetime, *, by: Member, now: datetime
) -> Dossier:
    """Preserve the bundle, and enter that the dossier is sealed."""
    reference = dossier.outline.reference
    original = preserve(kept=kept, compartment=compartment, media_type=BUNDLE_TYPE, by=by, now=now)
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
    details: dict[str, proof.Canonical] = {"bundle": kept.digest}
    enter(verb=Verb.SEALED, kind="dossier", subject=reference, by=by, now=now, compartment=compartment, details=details)
    close_block(key=plan.key, now=now)
    return sealed


def sign_ledger(*, now: datetime, authority: proof.Authority | None = None) -> LedgerBlock | None:
    """Sign what no block has yet, and return the newest block; where an authority is named, it gets a time-stamp.

    Raises `LedgerBroken`, `TimestampRefused`; where no time-stamp is to be had, the block stays signed without one.
    """
    close_block(key=workspace.signing_key(), now=now)
    block = team.newest_block()
    if authority and block and block.token is None:
        stamp_block(block=block, authority=authority)
        block.refresh_from_db()
    return block


@transaction.atomic
def hand_out(*, dossier: Dossier, by: Member, now: datetime) -> Iterator[bytes]:
    """The bundle of a dossier, piece by piece; the ledger says who took it."""
    compartment, digest = dossier.bundle.compartment, proof.Digest(dossier.bundle.digest)
    team.require(by, compartment, May.SEAL)
    enter(
        verb=Verb.HANDED_OUT, kind="dossier", subject=dossier.reference, by=by, now=now, compartment=compartment,
        details={"bundle": digest},
    )  # fmt: skip
    return store_of(compartment.pk).pieces(digest)


def _compare(dossier: Numbered) -> None:
    """Read each reading once, and compare with it all that is quoted from it."""
    of_reading: dict[proof.Digest | None, list[Footnote]] = {}
    for footnote in dossier.footnotes:
        of_reading.setdefault(footnote.citation.paper.reading, []).append(footnote)
    for reading, footnotes in of_reading.items():
        content = _read(reading, footnotes[0])
        for footnote in footnotes:
            if not _stands_in(content, footnote.citation):
                raise QuotationDiffers(**_named(footnote), place=_place(footnote), words=footnote.citation.words)


def _read(reading: proof.Digest | None, first: Footnote) -> bytes:
    if reading is None:
        raise QuotationHomeless(**_named(first))
    try:
        return store_of(first.citation.paper.compartment).content(reading)
    except (proof.SealBroken, ObjectMissing) as error:
        raise QuotationUncompared(**_named(first), reason=error.sentence) from error


def _stands_in(content: bytes, citation: Citation) -> bool:
    """Whether words, what stands around them, and the page are as the citation says."""
    before, words, after = (each.encode() for each in (citation.prefix, citation.words, citation.suffix))
    return (
        content[citation.start : citation.end] == words
        and content[max(0, citation.start - len(before)) : citation.start] == before
        and content[citation.end : citation.end + len(after)] == after
        and citation.page == citation.paper.page_of(citation.start)
    )


def _named(footnote: Footnote) -> dict[str, object]:
    return {"number": footnote.number, "title": footnote.citation.paper.title}


def _place(footnote: Footnote) -> str:
    citation = footnote.citation
    page = f"page {citation.page}, " if citation.page else ""
    return f"{page}bytes {citation.start}-{citation.end}"


def _printed(dossier: Numbered, made: datetime, *, by: Member, timestamped: bool) -> dict[str, Part]:
    from panah.dossier.exporters.docx import docx_of  # what prints is loaded by whoever seals
    from panah.dossier.exporters.pdf import pdf_of

    sheet = sheet_of(
        dossier,
        prepared_by=by.name,
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
    """The Originals of all exhibits, and their readings. Raises `ExhibitUnsound`."""
    originals = {original_path(each.paper): _stored(each, each.paper.original) for each in dossier.exhibits}
    return originals | {reading_path(reading): _stored(exhibit, reading) for exhibit, reading in dossier.readings()}


def _stored(exhibit: Exhibit, digest: proof.Digest) -> Part:
    try:
        return part_of(partial(store_of(exhibit.paper.compartment).pieces, digest))
    except (proof.SealBroken, ObjectMissing) as error:
        raise ExhibitUnsound(number=exhibit.number, title=exhibit.paper.title, reason=error.sentence) from error


def _begun(reference: str, compartment: Compartment, dossier: proof.Digest, *, by: Member, now: datetime) -> LedgerLine:
    """The line on which the seal stands: if the machine stops now, the ledger says that sealing began and did not end."""
    return enter(
        verb=Verb.BEGAN_SEALING, kind="dossier", subject=reference, by=by, now=now, compartment=compartment,
        details={"dossier": dossier},
    )  # fmt: skip


def _ledger(dossier: Numbered, line: LedgerLine) -> list[bytes]:
    """The custody of every exhibit, with the chain up to `line`, below a header; lines about others by digest alone."""
    originals: dict[UUID, list[str]] = {}
    for exhibit in dossier.exhibits:
        originals.setdefault(exhibit.paper.compartment, []).append(exhibit.paper.original)
    excerpt = team.excerpt(originals, until=line.seq)
    head: dict[str, proof.Canonical] = {"format": LEDGER_FORMAT, "previous": excerpt.previous}
    return [proof.canonical(entry) + b"\n" for entry in (head, *excerpt.lines)]


def _folder(reference: str, made: datetime) -> str:
    return f"panah-{reference}-{made:%Y%m%dT%H%M%S}"
