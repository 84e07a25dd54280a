"""Rules of group C: facts and evidence. The function of an item bears its id."""

from __future__ import annotations

from panah.law.checklist.model import Proposal
from panah.law.checklist.onfile import OnFile, Stated, refs
from panah.law.checklist.rules.deciding import (
    adequate,
    answered,
    deficient,
    each_says,
    listed,
    named,
    not_applicable,
    unknown,
)
from panah.law.model import Box

SLOTS = 10
"""The kinds of evidence of QR art. 4(2)(b)."""


def c1(file: OnFile) -> Proposal | None:
    """Each of the ten kinds of evidence is there, or absent and explained."""
    if not file.inventory:
        return None
    absent = sorted(slot for slot, presence in file.inventory.items() if presence == "absent")
    if absent:
        return deficient("C1", f"Absent, and not explained: {listed(absent)}.", ())
    if len(file.inventory) < SLOTS:
        return unknown("C1", f"{SLOTS - len(file.inventory)} of the {SLOTS} kinds of evidence are not inventoried.", ())
    return adequate("C1", "Each of the ten kinds of evidence is present, or its absence is explained.", ())


def c3(file: OnFile) -> Proposal | None:
    """The decision deals with each submission."""
    return each_says(
        "C3", file.of("submission"), "considered", "The decision does not deal with it", "The decision deals with it"
    )


def c4(file: OnFile) -> Proposal | None:
    """What bears on the application is translated."""
    every = file.of("translation")
    lacking = [each for each in every if each.said("status") != "done"]
    if untranslated := answered(lacking, "relevant").yes:
        why = f"It bears on the application and is not translated, or not wholly: {named(untranslated)}."
        return deficient("C4", why, refs(untranslated))
    if unsaid := answered(lacking, "relevant").unknown:
        return unknown("C4", f"Whether it bears on the application is not said: {named(unsaid)}.", refs(unsaid))
    return adequate("C4", "What bears on the application is translated.", refs(every)) if every else None


def c5(file: OnFile) -> Proposal | None:
    """Of each original that was kept, a copy was given at once, or it came back."""
    kept = file.of("kept-original")
    gone = [each for each in kept if not each.said("returned")]
    return each_says("C5", gone, "copied", "Neither returned nor copied", "A copy was given") or (
        adequate("C5", f"Returned: {named(kept)}.", refs(kept)) if kept else None
    )


def c8(file: OnFile) -> Proposal | None:
    """Past harm that was accepted, and a refusal, need good reasons why it will not be repeated."""
    harms, refused = file.of("past-harm"), file.refused()
    accepted = answered(harms, "accepted")
    if refused and (bare := [each for each in accepted.yes if not each.said("good-reasons")]):
        why = f"{named(bare)} was accepted, {named(refused)} refuses, and no good reasons are given that it will not be repeated."
        return deficient("C8", why, [*refs(bare), *refs(refused)])
    if accepted.unknown:
        return unknown("C8", f"Whether it was accepted is not said: {named(accepted.unknown)}.", refs(accepted.unknown))
    return adequate("C8", f"Determined: {named(harms)}.", refs(harms)) if harms else None


def c9(file: OnFile) -> Proposal | None:
    """Each fact that nothing supports has a reason in all four boxes."""
    alone = [each for each in file.facts if not each.supported]
    bare = [each for each in alone if _missing(each)]
    if bare:
        said = "; ".join(f"fact {each.number}: {_missing(each)} of 4" for each in bare)
        return deficient(
            "C9",
            f"Conditions that are not reasoned of facts that nothing supports: {said}.",
            [each.ref for each in bare],
        )
    if alone:
        return adequate(
            "C9", "All four conditions are reasoned of each fact that nothing supports.", [each.ref for each in alone]
        )
    if file.facts:
        return not_applicable("C9", "Something supports each fact.", [each.ref for each in file.facts])
    return None


def _missing(fact: Stated) -> int:
    return sum(box not in fact.boxes for box in Box)


def c10(file: OnFile) -> Proposal | None:
    """Where torture is claimed, an examination was requested or explained, and its report weighed with the rest."""
    every = file.of("medical-exam")
    claimed = answered(every, "claimed").yes
    if not claimed:
        told = bool(every) and not answered(every, "claimed").unknown
        return not_applicable("C10", "Torture is neither claimed nor shown.", refs(every)) if told else None
    if neither := [each for each in claimed if each.said("offered") == "neither"]:
        return deficient("C10", f"An examination was neither requested nor explained: {named(neither)}.", refs(neither))
    if ignored := [each for each in claimed if each.yes("report") and each.said("weighed") in {"not", "afterwards"}]:
        return deficient("C10", f"The report was not weighed together with the rest: {named(ignored)}.", refs(ignored))
    open_ones = [
        each for each in claimed if not each.said("offered") or (each.yes("report") and not each.said("weighed"))
    ]
    if open_ones:
        why = f"Whether an examination was offered, or how its report was weighed, is not said: {named(open_ones)}."
        return unknown("C10", why, refs(open_ones))
    return adequate(
        "C10", f"Offered, and weighed with the rest where there is a report: {named(claimed)}.", refs(claimed)
    )


def c11(file: OnFile) -> Proposal | None:
    """No report is discounted because she was disbelieved before, and no demeanour is held against her."""
    late = [each for each in file.of("medical-exam") if each.said("weighed") == "afterwards"]
    if late:
        why = f"The order is wrong: the report was weighed only after she was disbelieved: {named(late)}."
        return deficient("C11", why, refs(late))
    seen = [
        each for each in file.of("credibility-finding") if each.said("indicator") == "demeanour" and each.yes("against")
    ]
    return deficient("C11", f"Demeanour is held against her: {named(seen)}.", refs(seen)) if seen else None


def c12(file: OnFile) -> Proposal | None:
    """Each finding of implausibility names country information."""
    found = [each for each in file.of("credibility-finding") if each.said("indicator") == "plausibility"]
    no = "What is called implausible rests on no country information"
    return each_says("C12", found, "country-information", no, "It names country information")
