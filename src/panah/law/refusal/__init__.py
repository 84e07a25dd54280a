"""The audit of a refusal: what it never examined, never put to her, quoted wrongly or took from the persecutor.

`paragraphs` reads a decision; `audit` compares it with the examination that it refuses, and proposes faults, each with its
authority and its places. Marks are a human's; phrases only ask; nothing comes of a proposal that a human does not accept.
"""

from panah.law.refusal.auditing import audit
from panah.law.refusal.loading import About, Fault, Wording, wordings
from panah.law.refusal.model import (
    Audit,
    Defect,
    Paragraph,
    Part,
    Quoted,
    Reason,
    Refusal,
    Source,
    Submitted,
)
from panah.law.refusal.reading import in_sentences, paragraphs

__all__ = [
    "About",
    "Audit",
    "Defect",
    "Fault",
    "Paragraph",
    "Part",
    "Quoted",
    "Reason",
    "Refusal",
    "Source",
    "Submitted",
    "Wording",
    "audit",
    "in_sentences",
    "paragraphs",
    "wordings",
]
