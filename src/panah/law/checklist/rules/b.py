"""Rules of group B: the interview and its record. The function of an item bears its id."""

from __future__ import annotations

from collections.abc import Iterable

from panah.law.checklist.finding import found_in, not_looked
from panah.law.checklist.model import Proposal, Ref
from panah.law.checklist.onfile import OnFile, refs
from panah.law.checklist.rules.deciding import (
    adequate,
    answered,
    asks,
    deficient,
    each_says,
    listed,
    named,
    surely_after,
    unknown,
)
from panah.law.method import language
from panah.law.model import Interview


def b1(file: OnFile) -> Proposal | None:
    """There is an interview, or a ground for none with an opportunity to answer in writing."""
    omitted = file.of("interview-omitted")
    if file.interviews:
        return adequate("B1", f"She was interviewed: {_named(file.interviews)}.", _refs(file.interviews))
    if omitted:
        return each_says("B1", omitted, "written", "She could not answer in writing", "She could answer in writing")
    if refused := file.refused():
        why = f"{named(refused)} refuses; neither an interview nor a ground for holding none is on file."
        return deficient("B1", why, refs(refused))
    return None


def b4(file: OnFile) -> Proposal | None:
    """It was interpreted in the language that she prefers."""
    preferred = [each for each in file.of("language") if each.said("how") == "preferred"]
    hers = {language(each.said("language")) for each in preferred}
    if not file.interviews:
        return _told_otherwise(file, hers)
    other = [
        each for each in file.interviews
        if each.interpreter_language and (wanted := {language(each.preferred_language)} if each.preferred_language else hers)
        and language(each.interpreter_language) not in wanted
    ]  # fmt: skip
    if other:
        languages = listed(sorted({language(each.interpreter_language) for each in other}))
        why = f"It was interpreted into {languages}, which is not the language that she prefers: {_named(other)}."
        return deficient("B4", why, [*_refs(other), *refs(preferred)])
    if objected := [each for each in file.interviews if each.objection]:
        return unknown("B4", f"She objected to the interpreter: {_named(objected)}.", _refs(objected))
    silent = [
        each for each in file.interviews if not each.interpreter_language or not (each.preferred_language or hers)
    ]
    if silent:
        why = f"The language of the interpreter, or the one that she prefers, is not on file: {_named(silent)}."
        return unknown("B4", why, _refs(silent))
    return adequate("B4", "It was interpreted into the language that she prefers.", _refs(file.interviews))


def _told_otherwise(file: OnFile, hers: set[str]) -> Proposal | None:
    """Statements through an interpreter in a language that is not the preferred one, where no interview is on file."""
    other = [
        each
        for each in file.tellings
        if each.interpreter and each.language and hers and language(each.language) not in hers
    ]
    if not other:
        return None
    numbers = listed(f"{each.number} ({each.language})" for each in other)
    return asks(
        "B4", f"Statement {numbers} was told in another language than the one that she prefers. Was it hers to choose?"
    )


def b5(file: OnFile) -> Proposal | None:
    """Counselling was offered, and a lawyer could attend."""
    first = [each for each in file.of("legal-assistance") if each.said("stage") == "first"]
    for field, no in (("offered", "Free counselling was not offered"), ("attended", "A lawyer could not attend")):
        proposed = each_says("B5", first, field, no, "")
        if proposed and proposed.status != "adequate":
            return proposed
    return adequate("B5", "Counselling was offered, and a lawyer could attend.", refs(first)) if first else None


def b6(file: OnFile) -> Proposal | None:
    """Recording and transcript are on file, each under its digest."""
    if not file.interviews:
        return None
    lacking = [each for each in file.interviews if not each.recording or not each.transcript]
    if lacking:
        return deficient("B6", f"The recording or the transcript is not on file: {_named(lacking)}.", _refs(lacking))
    return adequate("B6", "Recording and transcript are on file, each under its digest.", _refs(file.interviews))


def b7(file: OnFile) -> Proposal | None:
    """The report was read back with an interpreter."""
    if not file.interviews:
        return None
    if unread := [each for each in file.interviews if each.read_back is False]:
        return deficient("B7", f"The report was not read back to her: {_named(unread)}.", _refs(unread))
    if silent := [each for each in file.interviews if each.read_back is None]:
        return unknown("B7", f"Whether the report was read back is not on file: {_named(silent)}.", _refs(silent))
    return adequate("B7", "The report was read back to her.", _refs(file.interviews))


def b8(file: OnFile) -> Proposal | None:
    """Every material contradiction on file was put to her; a decision that speaks of others is shown."""
    material = [each for each in file.contradictions if each.material is not False]
    if unput := [each for each in material if not each.put_at]:
        labels = listed(each.label for each in unput)
        return deficient(
            "B8", f"Nothing on file shows that this was put to her: {labels}.", [each.ref for each in unput]
        )
    words = found_in(file.decisions, "contradiction")
    if words:
        why = (
            "The decision speaks of contradictions or of what is missing. Where in the transcript was each put to her?"
        )
        return asks("B8", why, [each.ref for each in material], words)
    if material:
        return adequate("B8", "What contradicts was put to her, and where is on file.", [each.ref for each in material])
    return not_looked("B8", file.decisions)


def b12(file: OnFile) -> Proposal | None:
    """The report was accessible before the decision."""
    reports = [each for each in file.of("access") if each.said("to") == "report"]
    if refused := answered(reports, "given").no:
        return deficient("B12", f"Access to the report was not given: {named(refused)}.", refs(refused))
    decided = [each for each in file.of("decision") if each.days("day")]
    for access in reports:
        for decision in decided:
            given, day = access.days("day"), decision.days("day")
            if given and day and surely_after(given, day):
                why = f"Access to the report came after the decision: {named([access, decision])}."
                return deficient("B12", why, [access.ref, decision.ref])
    dated = [each for each in reports if each.days("day")]
    if dated and decided and not _overlap(file):
        return adequate(
            "B12", f"The report was accessible before the decision: {named(dated)}.", [*refs(dated), *refs(decided)]
        )
    return (
        unknown("B12", "When access was given, or when it was decided, is not on file.", refs(reports))
        if reports
        else None
    )


def _overlap(file: OnFile) -> bool:
    """Whether some day of access may be later than some day of decision."""
    given = [found for each in file.of("access") if each.said("to") == "report" and (found := each.days("day"))]
    decided = [found for each in file.of("decision") if (found := each.days("day"))]
    return any(one.last and other.first and one.last > other.first for one in given for other in decided)


def _named(interviews: Iterable[Interview]) -> str:
    return listed(f"Interview {each.id}" for each in interviews)


def _refs(interviews: Iterable[Interview]) -> list[Ref]:
    return [Ref("interview", each.id) for each in interviews]
