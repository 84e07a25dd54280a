"""Rules of group A: access, law and confidentiality. The function of an item bears its id."""

from __future__ import annotations

from panah.law.checklist.finding import found_in
from panah.law.checklist.model import Proposal
from panah.law.checklist.onfile import Entry, OnFile, refs
from panah.law.checklist.rules.deciding import (
    PACT,
    adequate,
    answered,
    asks,
    deficient,
    each_says,
    listed,
    named,
    on,
    surely_after,
    surely_within,
    under_pact,
    unknown,
)
from panah.law.method import language

_REGIMES = {True: "apr", False: "apd"}
_CALLED = {"apr": "Regulation (EU) 2024/1348", "apd": "Directive 2013/32/EU as it was transposed"}


def a1(file: OnFile) -> Proposal | None:
    """The law follows from the day of lodging; a decision that cites other law is named."""
    lodged, decisions = file.step("lodged"), file.of("decision")
    if lodged is None:
        none = "The day on which the application was lodged is not on file, so the law that applies cannot be derived."
        return unknown("A1", none, refs(decisions)) if decisions else None
    pact = under_pact(lodged.days("day"))
    if pact is None:
        why = f"From {named([lodged])} it cannot be told whether the application was lodged before 12 June 2026."
        return unknown("A1", why, [lodged.ref])
    regime = _REGIMES[pact]
    because = f"The application was lodged on {lodged.said('day')}, so {_CALLED[regime]} applies"
    cited = [each for each in decisions if each.said("regime") in _CALLED and each.said("regime") != regime]
    if cited:
        why = f"{because}; other law is cited in {named(cited)}."
        return deficient("A1", why, [lodged.ref, *refs(cited)])
    if words := found_in(file.decisions, "regime-apd" if pact else "regime-apr"):
        return asks("A1", f"{because}. Is other law applied here?", [lodged.ref], words)
    return adequate("A1", _derived(lodged, regime, decisions), [lodged.ref])


def _derived(lodged: Entry, regime: str, decisions: tuple[Entry, ...]) -> str:
    """The law, and the question that the law itself leaves open."""
    said = (
        f"The application was lodged on {lodged.said('day')}: where a state is bound by it, {_CALLED[regime]} applies."
    )
    days = [found for each in decisions if (found := each.days("day"))]
    if regime == "apd" and any(found.last and found.last >= PACT for found in days):
        said += (
            " Regulation (EU) 2024/1347 has no transitional rule: whether it or Directive 2011/95/EU applies to a decision "
            "taken since 12 June 2026 is for the lawyer to say."
        )
    return said


def a2(file: OnFile) -> Proposal | None:
    """Registered within 5 days, or 3 more where another authority received it; lodged within 21 days of registration."""
    steps = {what: file.step(what) for what in ("made", "registered", "lodged")}
    known = [each for each in steps.values() if each]
    if not known:
        return None
    days = {what: entry.days("day") if entry else None for what, entry in steps.items()}
    made, registered, lodged = days["made"], days["registered"], days["lodged"]
    if not (made and registered and lodged):
        missing = [what for what, found in days.items() if found is None]
        return unknown("A2", f"It is not on file when the application was {listed(missing)}.", refs(known))
    if not under_pact(lodged):
        why = "The application was lodged before 12 June 2026, or may have been: compare the days with national law."
        return asks("A2", why, refs(known))
    if surely_after(made, registered) or surely_after(registered, lodged):
        return unknown("A2", "The steps are not in the order of their days: one of the dates is wrong.", refs(known))
    if surely_within(made, registered, days=8) is False:
        return deficient("A2", "It was registered more than eight days after it was made.", refs(known))
    if surely_within(registered, lodged, days=21) is False:
        return deficient("A2", "It was lodged more than 21 days after it was registered.", refs(known))
    if surely_within(made, registered, days=5) and surely_within(registered, lodged, days=21):
        return adequate("A2", "It was registered within 5 days and lodged within 21 days.", refs(known))
    why = (
        "It was in time only where another authority received it first, or on some of the days that the dates may mean."
    )
    return unknown("A2", why, refs(known))


def a4(file: OnFile) -> Proposal | None:
    """The information is in one of her languages, and its receipt is documented."""
    given, languages = file.of("information"), file.of("language")
    if not given:
        return None
    if not languages:
        return unknown("A4", "Which languages she understands is not on file.", refs(given))
    hers = {language(each.said("language")) for each in languages}
    understood = [each for each in given if language(each.said("language")) in hers]
    if not understood:
        why = f"{named(given)} is in none of the languages that are on file as hers: {listed(sorted(hers))}."
        return deficient("A4", why, [*refs(given), *refs(languages)])
    return each_says("A4", understood, "signed", "Its receipt is not documented", "In her language, and documented")


def a5(file: OnFile) -> Proposal | None:
    """No day of removal falls into a time in which she may remain."""
    rights = [(each, each.days("since"), each.days("until")) for each in file.of("right-to-remain")]
    if not rights:
        return None
    removals = [
        each for kind in ("removal-order", "suspensive-effect") for each in file.of(kind) if each.days("removal")
    ]
    for right, since, until in rights:
        for removal in removals:
            day = removal.days("removal")
            begun = day and since and day.first and since.last and day.first >= since.last
            if begun and (not until or (day and until.first and day.last and day.last <= until.first)):
                why = f"The day of removal in {named([removal])} falls into the time of {named([right])}."
                return deficient("A5", why, [right.ref, removal.ref])
    undated = [right for right, since, _ in rights if since is None]
    if undated:
        return unknown("A5", f"{named(undated)} does not say from when.", refs(undated))
    if removals:
        return unknown("A5", "The days on file do not show whether a removal fell into that time.", refs(removals))
    return adequate("A5", "No removal is on file that falls into that time.", refs(each for each, _, _ in rights))


def a7(file: OnFile) -> Proposal | None:
    """No step of verification reached the alleged persecutor, and none disclosed anything without her consent."""
    steps = file.of("verification")
    if reached := answered(steps, "persecutor").yes:
        why = f"An authority or agent of the alleged persecutor was reached by {named(reached)}."
        return deficient("A7", why, refs(reached))
    if told := [each for each in steps if each.said("disclosed") and each.no("consent")]:
        return deficient("A7", f"Something was disclosed without her written consent in {named(told)}.", refs(told))
    if unsaid := answered(steps, "persecutor").unknown:
        return unknown("A7", f"Whether it reached the alleged persecutor is not said of {named(unsaid)}.", refs(unsaid))
    return adequate("A7", "No step on file reached the alleged persecutor.", refs(steps)) if steps else None


def a8(file: OnFile) -> Proposal | None:
    """No authority compelled her to turn to her consulate."""
    contacts = file.of("consular-contact")
    compelled = answered(contacts, "compelled")
    if compelled.yes:
        return deficient(
            "A8", f"She was compelled to turn to a consulate: {named(compelled.yes)}.", refs(compelled.yes)
        )
    if open_ones := [each for each in compelled.unknown if each.said("initiator") == "authority"]:
        why = f"An authority wanted it, and whether she was compelled is not said: {named(open_ones)}."
        return unknown("A8", why, refs(open_ones))
    return adequate("A8", "Nothing on file shows that she was compelled.", refs(contacts)) if contacts else None


def a9(file: OnFile) -> Proposal | None:
    """Family links and the risk of treatment were examined; a last day that has passed is pointed at."""
    decisions = file.of("responsibility")
    for field in ("family", "treatment"):
        proposed = each_says("A9", decisions, field, "It was not examined", "It was examined")
        if proposed and proposed.status != "adequate":
            return proposed
    dated = [(each, day) for each in decisions if (day := each.days("last-day"))]
    past = [each for each, day in dated if file.today and surely_after(on(file.today), day)]
    if past:
        return asks(
            "A9", f"The last day for the transfer has passed: {named(past)}. Has responsibility moved?", refs(past)
        )
    return adequate("A9", f"Both were examined: {named(decisions)}.", refs(decisions)) if decisions else None


def a10(file: OnFile) -> Proposal | None:
    """A short procedure has a ground of the list; the ground of 20 per cent has reasons on who is represented by it."""
    tracks = file.of("track")
    short = [each for each in tracks if each.said("track") in {"accelerated", "border"}]
    if not short:
        return adequate("A10", f"The regular procedure is used: {named(tracks)}.", refs(tracks)) if tracks else None
    if groundless := [each for each in short if each.said("ground") in {"", "none", "other"}]:
        return deficient("A10", f"No ground of the list is named in {named(groundless)}.", refs(groundless))
    if silent := [each for each in short if each.said("ground") == "j" and not each.said("unrepresentative")]:
        why = (
            f"{named(silent)} rests on the proportion of 20 per cent, and nothing is said on whether that proportion "
            "represents people like her."
        )
        return deficient("A10", why, refs(silent))
    if unreasoned := [each for each in short if not each.said("reasons")]:
        return unknown("A10", f"The reasons for the ground are not on file: {named(unreasoned)}.", refs(unreasoned))
    return adequate("A10", f"A ground of the list is named and reasoned: {named(short)}.", refs(short))


def a11(file: OnFile) -> Proposal | None:
    """Who shows signs of torture leaves a short procedure; the assessment is concluded within 30 days."""
    assessments = file.of("vulnerability")
    short = [each for each in file.of("track") if each.said("track") in {"accelerated", "border"}]
    kept = [
        each for each in assessments if each.yes("torture") and not each.yes("support") and not each.said("reasons")
    ]
    if kept and short:
        why = f"{named(kept)} has indications of torture; {named(short)} was kept, and no reasons for that are on file."
        return deficient("A11", why, [*refs(kept), *refs(short)])
    for each in assessments:
        begins = each.days("began") or each.days("indication")
        ends = each.days("ended") or (on(file.today) if file.today and not each.said("ended") else None)
        kept_time = surely_within(begins, ends, days=30) if begins and ends else None
        if kept_time is False:
            return deficient("A11", f"{named([each])} was not concluded within 30 days.", [each.ref])
        if kept_time is None or not each.days("ended"):
            why = f"When {named([each])} began and was concluded is not known, or one of the dates is wrong."
            return unknown("A11", why, [each.ref])
    return (
        adequate("A11", f"Concluded within 30 days: {named(assessments)}.", refs(assessments)) if assessments else None
    )
