"""The grounds of appeal as a draft for a word processor."""

from __future__ import annotations

from datetime import datetime

from panah.cases import queries as cases
from panah.cases.cited import cited_documents
from panah.cases.entering import entered
from panah.cases.models import Case
from panah.cases.outlining import frameworks_of
from panah.cases.outlining.grounds import TITLE, sections_of
from panah.cases.refusal import queries
from panah.dossier import actions as dossiers
from panah.dossier.outline import Outline, Section
from panah.errors import PanahError
from panah.library.models import Document
from panah.team.actions import Verb
from panah.team.models import Member
from panah.team.rules import May

DRAFT = "This is a draft: until somebody has read it as a whole, it is nobody's argument."
UNDECIDED = "Nobody has decided on {number} of the faults that the audit of the decision proposes."


class NoGrounds(PanahError):
    """No ground has been accepted against this decision yet."""

    status = 409


def draft(*, case: Case, decision: Document, by: Member, now: datetime) -> bytes:
    """The grounds against a decision as DOCX, with a footnote for each passage; the ledger says who took it.

    It holds fixed words, what people accepted or wrote, and quotations that are compared again first. Raises
    `NotAllowed`, `ApprovalNeeded`, `NoGrounds`, `PaperWithheld`, `QuotationDiffers`, `PrintFailed`.
    """
    cases.require_free(case)
    rows = queries.grounds(by, case, decision)
    if not rows:
        raise NoGrounds
    cited_documents(by, case)
    found = queries.audited(by, case, decision, now=now)
    undecided = [UNDECIDED.format(number=found.open)] if found.open else []
    outline = Outline(
        title=f"{TITLE} (draft)",
        reference=case.reference,
        called=case.called,
        names=(),
        frameworks=frameworks_of(case),
        sections=(Section(TITLE, (), tuple(sections_of(rows))),),
        gaps=(DRAFT, *undecided, *found.audit.not_looked),
    )
    printed = dossiers.draft(outline=outline, by=by, now=now)
    entered(Verb.EXPORTED, case, {"grounds": len(rows)}, may=May.EXPORT, by=by, now=now)
    return printed
