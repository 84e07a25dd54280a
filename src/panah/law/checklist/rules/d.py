"""Rules of group D: country information. The function of an item bears its id."""

from __future__ import annotations

from panah.law.checklist.finding import alike
from panah.law.checklist.model import Proposal
from panah.law.checklist.onfile import OnFile, refs
from panah.law.checklist.rules.deciding import adequate, answered, asks, deficient, each_says, named, unknown
from panah.law.currency import all_before, latest


def d1(file: OnFile) -> Proposal | None:
    """An assessment of risk rests on country information on people like her."""
    assessments = file.of("risk-assessment")
    used = [each for each in file.of("coi-use") if each.said("about") == "risk"]
    if assessments and not used:
        why = f"{named(assessments)} is on file, and no country information on the risk for people like her."
        return deficient("D1", why, refs(assessments))
    if general := [each for each in used if not each.said("region")]:
        return unknown("D1", f"On which region and group it is, is not said: {named(general)}.", refs(general))
    return adequate("D1", f"It is on her region and group: {named(used)}.", refs(used)) if used else None


def d2(file: OnFile) -> Proposal | None:
    """Some of it is from after the newest known turning point."""
    used = file.of("coi-use")
    if undated := [each for each in used if latest(each.said("date")) is None]:
        return unknown("D2", f"It has no date: {named(undated)}.", refs(undated))
    point = all_before([each.said("date") for each in used])
    if point:
        why = f"All of it is from before {point.date}: {point.words}."
        return deficient("D2", why, refs(used))
    return adequate("D2", "Some of it is later than the newest known turning point.", refs(used)) if used else None


def d3(file: OnFile) -> Proposal | None:
    """It comes from more than one root."""
    used = file.of("coi-use")
    if not used:
        return None
    roots = {(each.said("root") or each.said("source")).casefold() for each in used}
    if "" in roots:
        silent = [each for each in used if not (each.said("root") or each.said("source"))]
        return unknown("D3", f"From whom it comes is not said: {named(silent)}.", refs(silent))
    if len(roots) == 1:
        return deficient(
            "D3", f"All of it comes from one root: {used[0].said('root') or used[0].said('source')}.", refs(used)
        )
    return adequate("D3", f"It comes from {len(roots)} distinct roots.", refs(used))


def d4(file: OnFile) -> Proposal | None:
    """Where a law of the country is cited, so is how it is applied."""
    laws = [each for each in file.of("coi-use") if each.said("about") == "law"]
    practice = [each for each in file.of("coi-use") if each.said("about") == "practice"]
    if laws and not practice:
        return deficient("D4", f"A law is cited, and nothing on how it is applied: {named(laws)}.", refs(laws))
    return adequate("D4", "Both the law and how it is applied are cited.", refs([*laws, *practice])) if laws else None


def d5(file: OnFile) -> Proposal | None:
    """Where a targeted group is on file, so are the fate of those returned and the reach of the state abroad."""
    groups = file.of("group-risk")
    used = [each for each in file.of("coi-use") if each.said("about") in {"returnees", "abroad"}]
    if groups and not used:
        why = (
            f"{named(groups)} is on file, and no country information on those who were returned or on the reach of the "
            "state abroad."
        )
        return deficient("D5", why, refs(groups))
    return adequate("D5", f"It is examined: {named(used)}.", refs(used)) if used else None


def d6(file: OnFile) -> Proposal | None:
    """What each transit or third country does was examined."""
    return each_says(
        "D6", file.of("third-country"), "examined", "Its practice was not examined", "Its practice was examined"
    )


def d7(file: OnFile) -> Proposal | None:
    """Each source was disclosed and is quoted exactly."""
    used = file.of("coi-use")
    if altered := answered(used, "exact").no:
        return deficient("D7", f"Its words are not those that the decision quotes: {named(altered)}.", refs(altered))
    disclosed = each_says("D7", used, "disclosed", "It was not disclosed", "It was disclosed")
    if disclosed is None or disclosed.status != "adequate":
        return disclosed
    if unread := answered(used, "exact").unknown:
        return unknown("D7", f"Whether it is quoted exactly is not said: {named(unread)}.", refs(unread))
    return adequate("D7", "Each source was disclosed, and is quoted exactly.", refs(used))


def d8(file: OnFile) -> Proposal | None:
    """Passages that stand alike in several decisions of the case are shown; nothing is concluded from them."""
    if words := alike(file.decisions):
        return asks("D8", "These passages stand alike in several decisions. Where does each deal with her?", (), words)
    return None
