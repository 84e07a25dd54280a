"""The dossier of a case as an outline: the account, the facts with what bears on them, the law's questions in their order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from unicodedata import bidirectional

from panah import proof
from panah.cases import queries
from panah.cases.models import Case, Fact, Finding, Statement, Support
from panah.cases.queries import ChosenLaw, Examined
from panah.dossier.exporters.wording import grouped, in_words, isolated
from panah.dossier.outline import AppliedLaw, Block, Citation, Kind, Outline, Paper, Section
from panah.errors import PanahError
from panah.law import Box, Stance, shortened
from panah.library.models import Document, Quotation
from panah.text import language_name

STANCES = {"supports": "Supports", "contradicts": "Contradicts", "silent": "Is silent on it"}

BOXES = {
    Box.GENUINE_EFFORT: "A genuine effort was made to substantiate it",
    Box.ELEMENTS_SUBMITTED: "What is available was submitted, and what is missing was explained",
    Box.COHERENT: "It is coherent and plausible, and does not run counter to available information",
    Box.CREDIBLE: "The applicant is credible in general",
}
"""The conditions of art. 4(5)(a)-(d) of Regulation (EU) 2024/1347, in our words."""

DOUBT = {
    box: f"Benefit of the doubt: Regulation (EU) 2024/1347, art. 4(5)({letter})"
    for box, letter in zip(BOXES, "abcd", strict=True)
}
"""Where the law says so."""


EDITED = (
    "This body of law was edited after it was chosen for this case, and nobody has chosen it again since. The questions "
    "below are those of the later edition; a finding may have been written when a question read otherwise."
)

SHARED = "Stated in several cases of one family; what is said of it here concerns this applicant alone"

LINE = 72
"""Characters of a heading: the contents name each fact and each question on one line."""
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_WITH = re.compile(":|,? with ")


class LawNotChosen(PanahError):
    """No body of law has been chosen for case {reference}: choose one first."""

    status = 409


def outline_of(case: Case, annexes: Sequence[Section] = ()) -> Outline:
    """What the dossier of a case says, and what is annexed to it. Raises `LawNotChosen`."""
    laws = queries.chosen_laws(case)
    if not laws:
        raise LawNotChosen(reference=case.reference)
    return Outline(
        title="Examination of a claim for international protection",
        reference=case.reference,
        called=case.called,
        names=tuple((name.name, name.script) for name in case.names.order_by("pk")),
        frameworks=tuple(_law(law) for law in laws),
        sections=(_account(case), _facts(case), *(_examination(case, law) for law in laws), *annexes),
        gaps=tuple(f"{gap.reason} ({gap.authority})" for gap in queries.gaps(case)),
        papers=tuple(paper_of(document) for document in queries.papers(case)),
    )


def paper_of(document: Document) -> Paper:
    """A document as it is cited."""
    reading = document.reading
    return Paper(
        original=proof.Digest(document.original.digest),
        compartment=document.original.compartment_id,
        size=document.original.size,
        media_type=document.original.media_type,
        title=document.title,
        source=document.source.name if document.source else "",
        date=document.date,
        language=document.language,
        url=document.url,
        reading=proof.Digest(reading.digest) if reading else None,
        extractor=f"{reading.extractor} {reading.version}" if reading else "",
        pages=tuple(reading.pages) if reading else (),
    )


def citation_of(quotation: Quotation) -> Citation:
    """A quotation as it is cited: from the reading that it was taken from, whatever the document's reading is now."""
    reading = quotation.reading
    taken_from = replace(
        paper_of(quotation.document),
        reading=proof.Digest(reading.digest),
        extractor=f"{reading.extractor} {reading.version}",
        pages=tuple(reading.pages),
    )
    return Citation(
        paper=taken_from,
        start=quotation.start,
        end=quotation.end,
        words=quotation.words,
        prefix=quotation.prefix,
        suffix=quotation.suffix,
        page=quotation.page,
    )


def _account(case: Case) -> Section:
    told = tuple(_statement(statement) for statement in queries.statements(case))
    return Section("The account", () if told else (Block(Kind.SILENCE, "No statement is on file."),), told)


def _statement(statement: Statement) -> Section:
    circumstances = [
        statement.occasion,
        f"told {statement.told_on}" if statement.told_on else "",
        f"in {language_name(statement.language)}" if statement.language else "",
        f"through an interpreter ({statement.interpreter})" if statement.interpreter else "",
    ]
    cites = (Citation(paper_of(statement.paper)),) if statement.paper else ()
    text = [Block(Kind.TEXT, paragraph) for paragraph in statement.words.split("\n\n") if paragraph.strip()]
    told = ", ".join(part for part in circumstances if part) or ("In a paper" if cites else "")
    label = [Block(Kind.LABEL, told, cites=cites)] if told else []
    return Section(f"Statement {statement.number}", (*label, *text))


def _facts(case: Case) -> Section:
    stated = tuple(_fact(fact) for fact in queries.facts(case))
    return Section("Material facts", () if stated else (Block(Kind.SILENCE, "No fact has been stated."),), stated)


def _fact(fact: Fact) -> Section:
    blocks = [Block(Kind.TEXT, fact.words)]
    if fact.statement:
        blocks.append(Block(Kind.LABEL, f"From statement {fact.statement.number}"))
    if fact.shared_from_id or fact.shared.exists():
        blocks.append(Block(Kind.LABEL, SHARED))
    for support in fact.supports.all():
        blocks += _support(support)
    weighed = list(_weighed(fact))
    if not fact.supports.all() and not weighed:
        blocks.append(Block(Kind.SILENCE, "Nothing on file bears on it."))
    return Section(_heading(f"Fact {fact.number}", fact.words), (*blocks, *weighed))


def _support(support: Support) -> Iterator[Block]:
    if support.quotation:
        yield Block(Kind.LABEL, STANCES[support.stance])
        yield Block(Kind.QUOTE, support.quotation.words, cites=(citation_of(support.quotation),))
    elif support.paper:
        yield Block(
            Kind.LABEL, f"{STANCES[support.stance]}: {support.paper.title}", cites=(Citation(paper_of(support.paper)),)
        )
    if support.note:
        yield Block(Kind.TEXT, support.note)
    if support.put_at:
        yield Block(Kind.LABEL, f"Put to the applicant: {support.put_at}")
        answered = Block(Kind.TEXT, support.her_answer) if support.her_answer else None
        yield answered or Block(Kind.SILENCE, "No answer is on file.")
    elif support.stance == Stance.CONTRADICTS:
        yield Block(Kind.SILENCE, "Not put to the applicant.")


def _weighed(fact: Fact) -> Iterator[Block]:
    for box, condition in BOXES.items():
        if reason := getattr(fact, box.value):
            yield Block(Kind.LABEL, condition, note=DOUBT[box])
            yield Block(Kind.TEXT, reason)


def _law(law: ChosenLaw) -> AppliedLaw:
    return AppliedLaw(law.framework.title, law.edition, law.chosen, _day(law.chosen_at))


def _examination(case: Case, law: ChosenLaw) -> Section:
    examined = tuple(_element(item) for item in queries.examination(case, law.framework))
    return Section(law.framework.title, tuple(_edition(_law(law))), examined)


def _edition(law: AppliedLaw) -> Iterator[Block]:
    """Which edition was chosen, and when; and where another one was examined under, that one too."""
    chosen = f"Chosen in the edition sha256: {grouped(law.chosen)}, on {in_words(law.chosen_on)}."
    if not law.edited:
        yield Block(Kind.LABEL, "Examined under the edition that was chosen", note=chosen)
        return
    yield Block(Kind.LABEL, "Examined under another edition than the one that was chosen", note=chosen)
    yield Block(Kind.TEXT, EDITED, note=f"Examined under the edition sha256: {grouped(law.edition)}.")


def _element(item: Examined) -> Section:
    element = item.element
    question = Block(Kind.QUESTION, element.asks, note=str(element.authority))
    answer = tuple(_finding(item.finding)) if item.finding else (Block(Kind.SILENCE),)
    beside = [Block(Kind.QUOTE, one.quotation.words, cites=(citation_of(one.quotation),)) for one in item.waiting]
    label = [Block(Kind.LABEL, "Laid beside the question, and weighed in no finding")] if beside else []
    provision = _WITH.split(element.authority.provision)[0]  # all of it stands below the question
    return Section(_heading(f"{provision} ({element.id})", element.asks), (question, *answer, *label, *beside))


def _finding(finding: Finding) -> Iterator[Block]:
    yield Block(Kind.LABEL, f"Finding of {isolated(finding.by)}, {in_words(_day(finding.written_at))}")
    yield Block(Kind.TEXT, finding.words)
    if finding.reasons:
        yield Block(Kind.LABEL, "Reasons")
        for paragraph in finding.reasons.split("\n\n"):
            yield Block(Kind.TEXT, paragraph)
    if numbers := sorted(fact.number for fact in finding.facts.all()):
        yield Block(Kind.LABEL, "Rests on " + ", ".join(f"fact {number}" for number in numbers))
    for quotation in finding.quotations.all():
        yield Block(Kind.QUOTE, quotation.words, cites=(citation_of(quotation),))


def _heading(head: str, words: str) -> str:
    """A heading with a few words of what stands below it, in their own direction.

    Signs that turn words are left out: they might be parted from their counterparts.
    """
    few = shortened(_TURNING.sub("", words), LINE - len(f"{head}: "))
    turns = any(bidirectional(letter) in {"R", "AL"} for letter in few)
    return f"{head}: {isolated(few) if turns else few}"


def _day(at: datetime) -> str:
    return at.astimezone(UTC).date().isoformat()
