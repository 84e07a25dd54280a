"""What a case keeps."""

from panah.cases.models.cases import (
    AppliedFramework,
    Case,
    Fact,
    Finding,
    FindingQuotation,
    HandOver,
    LaidBeside,
    Name,
    RedactionProfile,
    Relative,
    Statement,
    Support,
)
from panah.cases.models.family import FamilyTie
from panah.cases.models.method import Acceptance, Assessment, AssessmentQuotation, Distortion, Explanation, Inventoried
from panah.cases.models.naming import Absence, Beside, Identification, NameAsked
from panah.cases.models.procedure import Answer, AnswerPaper, AnswerQuotation, Dismissal, ProcedureRecord
from panah.cases.models.proceedings import Proceedings
from panah.cases.models.refusal import Reason, ReasonElement, ReasonPaper, Verdict, VerdictPaper, VerdictQuotation
from panah.cases.models.research import Outcome, ProfileWords, Search
from panah.cases.models.telling import Contradiction, Interview

__all__ = [
    "Absence",
    "Acceptance",
    "Answer",
    "AnswerPaper",
    "AnswerQuotation",
    "AppliedFramework",
    "Assessment",
    "AssessmentQuotation",
    "Beside",
    "Case",
    "Contradiction",
    "Dismissal",
    "Distortion",
    "Explanation",
    "Fact",
    "FamilyTie",
    "Finding",
    "FindingQuotation",
    "HandOver",
    "Identification",
    "Interview",
    "Inventoried",
    "LaidBeside",
    "Name",
    "NameAsked",
    "Outcome",
    "ProcedureRecord",
    "Proceedings",
    "ProfileWords",
    "Reason",
    "ReasonElement",
    "ReasonPaper",
    "RedactionProfile",
    "Relative",
    "Search",
    "Statement",
    "Support",
    "Verdict",
    "VerdictPaper",
    "VerdictQuotation",
]
