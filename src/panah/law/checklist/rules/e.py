"""Rules of group E: the law applied to the facts. The function of an item bears its id."""

from __future__ import annotations

from panah.law.checklist.finding import found_in, not_looked
from panah.law.checklist.model import Proposal, Ref
from panah.law.checklist.onfile import OnFile, refs
from panah.law.checklist.rules.deciding import (
    adequate,
    answered,
    asks,
    called,
    deficient,
    each_says,
    listed,
    named,
    unknown,
)

_CONDITIONS = ("life", "harm", "refoulement", "torture", "protection")


def e2(file: OnFile) -> Proposal | None:
    """Several acts are assessed together too."""
    acts = file.of("act")
    if len(acts) < 2:
        return None
    return each_says("E2", acts, "cumulatively", "It is not assessed together with the others", "Assessed together")


def e3(file: OnFile) -> Proposal | None:
    """Every reason for persecution that shows in the facts is considered."""
    return each_says("E3", file.of("nexus"), "considered", "The decision leaves this reason out", "Considered")


def e4(file: OnFile) -> Proposal | None:
    """The systematic targeting of a group that is on file is addressed."""
    no = "The decision does not address that the group is systematically targeted"
    return each_says("E4", file.of("group-risk"), "addressed", no, "Addressed")


def e5(file: OnFile) -> Proposal | None:
    """Words in a decision that may expect her to hide are shown."""
    if words := found_in(file.decisions, "discretion"):
        return asks("E5", "Is she expected here to hide, to adapt or to abstain?", _of(file), words)
    return not_looked("E5", file.decisions)


def e6(file: OnFile) -> Proposal | None:
    """Each event and activity since departure is examined."""
    return each_says("E6", file.of("sur-place"), "examined", "The decision does not examine it", "Examined")


def e7(file: OnFile) -> Proposal | None:
    """Each act of intimidation is linked to the risk."""
    acts = answered(file.of("sur-place"), "intimidation").yes
    return each_says("E7", acts, "examined", "The decision concludes nothing from this act of intimidation", "Examined")


def e8(file: OnFile) -> Proposal | None:
    """No place within the country is relied on where the state is the actor."""
    every = file.of("internal-alternative")
    relied = answered(every, "relied")
    if refuted := [each for each in relied.yes if each.yes("state") and not each.yes("limited")]:
        return deficient(
            "E8",
            f"The state is the actor, and a place within the country is relied on: {named(refuted)}.",
            refs(refuted),
        )
    if open_ones := [*relied.unknown, *(each for each in relied.yes if not each.no("state"))]:
        why = f"Who the actor is, how far its power reaches, or whether it is relied on, has to be looked at: {named(open_ones)}."
        return unknown("E8", why, refs(open_ones))
    return (
        adequate("E8", "No place within the country is relied on where the state is the actor.", refs(every))
        if every
        else None
    )


def e9(file: OnFile) -> Proposal | None:
    """Non-refoulement is tested by itself and not balanced; words that may balance are shown."""
    tests = file.of("non-refoulement")
    words = found_in(file.decisions, "balancing")
    if balanced := answered(tests, "balanced").yes:
        why = f"The risk was balanced against danger or conduct: {named(balanced)}."
        return deficient("E9", why, refs(balanced))
    if words:
        return asks("E9", "Is the risk weighed here against danger or conduct?", _of(file), words)
    return each_says("E9", tests, "examined", "It was not examined by itself", "Examined by itself") or not_looked(
        "E9", file.decisions
    )


def e10(file: OnFile) -> Proposal | None:
    """Refugee status is decided before subsidiary protection."""
    decided = [each for each in file.of("decision") if each.said("outcome") in {"refused", "subsidiary"}]
    no = "Subsidiary protection is taken before refugee status, or alone"
    return each_says("E10", decided, "refugee-first", no, "Refugee status is decided first")


def e11(file: OnFile) -> Proposal | None:
    """No exclusion rests on the word of the persecutor, on a notice or on a code alone, and each is individual."""
    every = file.of("exclusion")
    labels = [each for each in every if each.said("source") in {"persecutor", "interpol", "code"}]
    if alone := answered(labels, "beside").no:
        why = f"It rests on the alleged persecutor, on an Interpol notice or on a code alone: {named(alone)}."
        return deficient("E11", why, refs(alone))
    if unsaid := answered(labels, "beside").unknown:
        return unknown("E11", f"What there is beside that source is not said: {named(unsaid)}.", refs(unsaid))
    return each_says("E11", every, "individual", "Individual responsibility was not examined", "Examined individually")


def e13(file: OnFile) -> Proposal | None:
    """Each condition is found met, she could rebut it, and she will be admitted."""
    for test in file.of("safe-country"):
        fields = ("rebuttal",) if test.said("concept") == "origin" else (*_CONDITIONS, "rebuttal", "readmission")
        if unmet := [called(test, field) for field in fields if test.no(field)]:
            return deficient(
                "E13", f"{named([test])}: it is not so that {listed(f'“{each}”' for each in unmet)}.", [test.ref]
            )
        if silent := [called(test, field) for field in fields if not test.yes(field)]:
            return unknown(
                "E13", f"{named([test])} does not say: {listed(f'“{each}”' for each in silent)}.", [test.ref]
            )
    every = file.of("safe-country")
    return adequate("E13", f"Each condition is on file as met: {named(every)}.", refs(every)) if every else None


def e15(file: OnFile) -> Proposal | None:
    """The order names the destination, and onward removal was examined."""
    orders = file.of("removal-order")
    if nowhere := [each for each in orders if not each.said("destination")]:
        return deficient("E15", f"The order names no destination: {named(nowhere)}.", refs(nowhere))
    return each_says(
        "E15", orders, "onward", "Onward removal from there was not examined", "Onward removal was examined"
    )


def _of(file: OnFile) -> tuple[Ref, ...]:
    return refs(each.record for each in file.decisions)
