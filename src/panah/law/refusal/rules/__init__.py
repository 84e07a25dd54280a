"""The rules of the audit, one function for each, in the order in which they are listed. They propose; a human decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from panah.law.refusal.loading import Fault
from panah.law.refusal.model import Defect, Refusal
from panah.law.refusal.rules import examination, papers, procedure, sources, wording

RULES: Mapping[Fault, Callable[[Refusal], Iterator[Defect]]] = MappingProxyType(
    {
        Fault.ELEMENT_NOT_ADDRESSED: examination.element_not_addressed,
        Fault.PAPER_NOT_MENTIONED: papers.paper_not_mentioned,
        Fault.PRESUMPTION_NOT_APPLIED: examination.presumption_not_applied,
        Fault.CONTRADICTION_NOT_PUT: examination.contradiction_not_put,
        Fault.EXPLANATION_NOT_SOUGHT: examination.explanation_not_sought,
        Fault.NOT_ACCEPTED_WITHOUT_REASONS: examination.not_accepted_without_reasons,
        Fault.COI_BEFORE_TURNING_POINT: sources.before_turning_point,
        Fault.COI_SUPERSEDED: sources.superseded,
        Fault.COI_ONE_ROOT: sources.one_root,
        Fault.QUOTATION_DIFFERS: sources.quotation_differs,
        Fault.QUOTATION_NOT_FOUND: sources.quotation_not_found,
        Fault.RELOCATION_STATE_ACTOR: wording.relocation_state_actor,
        Fault.DISCRETION: wording.discretion,
        Fault.BALANCING: wording.balancing,
        Fault.PERSECUTOR_LABEL: wording.persecutor_label,
        Fault.EMBASSY_CHECK: wording.embassy_check,
        Fault.EXIT_WITH_OWN_PASSPORT: wording.exit_with_own_passport,
        Fault.NO_DESTINATION: wording.no_destination,
        Fault.WRONG_REGIME: procedure.wrong_regime,
        Fault.AUTHORITY_LATE: procedure.authority_late,
        Fault.GUARANTEE_DEFICIENT: procedure.guarantee_deficient,
    }
)
