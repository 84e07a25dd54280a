"""Rules of group F: decision, remedy and clocks. The function of an item bears its id."""

from __future__ import annotations

from panah.law.checklist.model import Proposal
from panah.law.checklist.onfile import Entry, OnFile, refs
from panah.law.checklist.rules.deciding import (
    adequate,
    answered,
    asks,
    called,
    deficient,
    each_says,
    later,
    listed,
    named,
    on,
    surely_after,
    surely_within,
    under_pact,
    unknown,
)
from panah.law.method import language
from panah.text import Period

_NEEDED = ("destination", "removal", "hour", "contact", "held")
"""What a request for interim measures says on its face, beside the decisions that are attached to it."""


def f1(file: OnFile) -> Proposal | None:
    """The decision is written, with reasons in fact and in law that are about her."""
    decisions = file.of("decision")
    for field in ("written", "in-fact", "in-law"):
        no = f"It is not so: “{called(decisions[0], field)}”" if decisions else ""
        proposed = each_says("F1", decisions, field, no, "")
        if proposed and proposed.status != "adequate":
            return proposed
    return adequate("F1", "It is written, with reasons in fact and in law.", refs(decisions)) if decisions else None


def f2(file: OnFile) -> Proposal | None:
    """She was told how and when, in her language where no lawyer represents her."""
    notices = file.of("remedy-notice")
    stated = each_says("F2", notices, "stated", "It is not stated how and when to challenge it", "")
    if stated is None or stated.status != "adequate":
        return stated
    hers = {language(each.said("language")) for each in file.of("language")}
    alone = [each for each in notices if not each.yes("represented")]
    if foreign := [
        each for each in alone if hers and each.said("language") and language(each.said("language")) not in hers
    ]:
        return deficient(
            "F2", f"No lawyer represents her, and it is in none of her languages: {named(foreign)}.", refs(foreign)
        )
    if silent := [each for each in alone if not each.said("language") or not hers]:
        why = f"In which language it is, or which languages she understands, is not on file: {named(silent)}."
        return unknown("F2", why, refs(silent))
    return adequate("F2", f"She was told how and when to challenge it: {named(notices)}.", refs(notices))


def f4(file: OnFile) -> Proposal | None:
    """The time to appeal lies in the frame of the law, and all papers name the same last day."""
    lasts = [each for kind in ("remedy-notice", "appeal") for each in file.of(kind) if each.days("last-day")]
    if not lasts:
        return None
    if len({each.said("last-day") for each in lasts}) > 1:
        return deficient(
            "F4", f"The last day differs: {named(lasts)}. Until it is settled, keep the earlier.", refs(lasts)
        )
    notified = next((each for each in file.of("decision") if each.days("notified")), None)
    last, begins = lasts[0].days("last-day"), notified.days("notified") if notified else None
    if notified is None or begins is None or last is None:
        return unknown("F4", "When the decision was notified is not on file.", refs(lasts))
    lodged = file.step("lodged")
    if not under_pact(lodged.days("day") if lodged else None):
        why = "Lodged before 12 June 2026, or not known to be later: compare the time with national law."
        return asks("F4", why, [notified.ref, *refs(lasts)])
    return _in_frame(file, notified, begins, last, lasts)


def _in_frame(file: OnFile, notified: Entry, begins: Period, last: Period, lasts: list[Entry]) -> Proposal:
    """APR art. 67(7): 5 to 10 days after a short procedure or as inadmissible, else two weeks to a month."""
    rests_on = [notified.ref, *refs(lasts)]
    quick = notified.said("outcome") == "inadmissible" or any(
        each.said("track") in {"accelerated", "border"} for each in file.of("track")
    )
    least, most = ("5 days", "10 days") if quick else ("two weeks", "a month")
    ends = {"days": 5} if quick else {"days": 14}
    if last.last and begins.first and last.last < later(begins.first, **ends):
        return deficient("F4", f"The time ends sooner than {least} after notification.", rests_on)
    if not (last.first and begins.last and last.first >= later(begins.last, **ends)):
        return unknown(
            "F4", "The dates are not exact enough to tell whether the time is as long as the law demands.", rests_on
        )
    if surely_within(begins, last, **({"days": 10} if quick else {"months": 1})) is False:
        return asks(
            "F4",
            f"The time is longer than {most}. Was the last day a weekend or a holiday, or is the day of notification another?",
            rests_on,
        )
    return adequate("F4", f"The time lies between {least} and {most}.", rests_on)


def f5(file: OnFile) -> Proposal | None:
    """No day of removal before a court ruled, where the appeal does not stop it by itself."""
    every = file.of("suspensive-effect")
    pending = [each for each in file.of("appeal") if not each.said("decided")]
    for effect in every:
        removal, ruled = effect.days("removal"), effect.days("decided")
        if removal and effect.yes("automatic") and pending:
            return deficient(
                "F5",
                f"A day of removal is set while the appeal is pending: {named([effect, *pending])}.",
                [effect.ref, *refs(pending)],
            )
        if removal and effect.no("automatic") and (ruled is None or surely_after(ruled, removal)):
            return deficient(
                "F5", f"The day of removal comes before the ruling on a stay: {named([effect])}.", [effect.ref]
            )
    if silent := answered(every, "automatic").unknown:
        return unknown("F5", f"Whether the appeal stops removal by itself is not said: {named(silent)}.", refs(silent))
    open_ones = [each for each in every if each.no("automatic") and not each.days("decided")]
    if open_ones:
        return unknown("F5", f"No ruling on a stay is on file yet: {named(open_ones)}.", refs(open_ones))
    return adequate("F5", "No removal before the appeal, or the ruling on a stay.", refs(every)) if every else None


def f6(file: OnFile) -> Proposal | None:
    """Legal aid, interpretation and the file are given; what is withheld is tested by the court."""
    every = file.of("appeal-guarantee")
    untested = [each for each in every if each.yes("secret") and each.no("tested")]
    if untested:
        return deficient(
            "F6", f"Evidence was withheld, and the court did not test it: {named(untested)}.", refs(untested)
        )
    for field in ("aid", "interpreter", "file"):
        no = f"It was not given: “{called(every[0], field)}”" if every else ""
        proposed = each_says("F6", every, field, no, "")
        if proposed and proposed.status != "adequate":
            return proposed
    if unsaid := [each for each in every if each.yes("secret") and not each.yes("tested")]:
        return unknown("F6", f"Whether the court tested what was withheld is not said: {named(unsaid)}.", refs(unsaid))
    return adequate("F6", f"Given: {named(every)}.", refs(every)) if every else None


def f7(file: OnFile) -> Proposal | None:
    """What is new was assessed again before removal."""
    no = "Non-refoulement was not assessed again although something is new"
    return each_says("F7", file.of("removal-review"), "reassessed", no, "Assessed again")


def f8(file: OnFile) -> Proposal | None:
    """A request for interim measures lacks nothing that must stand in it."""
    for request in file.of("interim-measure"):
        missing = [called(request, field) for field in _NEEDED if not request.said(field)]
        if not request.yes("decisions"):
            missing.append(called(request, "decisions"))
        if missing:
            return deficient(
                "F8", f"{named([request])} lacks: {listed(f'“{each}”' for each in missing)}.", [request.ref]
            )
    every = file.of("interim-measure")
    return adequate("F8", f"Nothing is lacking: {named(every)}.", refs(every)) if every else None


def f9(file: OnFile) -> Proposal | None:
    """The decision came within 6 months, 3 where accelerated; never later than 21."""
    lodged, decision = file.step("lodged"), next(iter(file.of("decision")), None)
    begins = lodged.days("day") if lodged else None
    ends = decision.days("day") if decision else (on(file.today) if file.today else None)
    if lodged is None:
        return None
    rests_on = refs([lodged, decision] if decision else [lodged])
    if begins is None or ends is None:
        return unknown("F9", "When it was lodged, or when it was decided, is not on file.", rests_on)
    if surely_after(begins, ends):
        return unknown(
            "F9", "The decision is dated before the application was lodged: one of the dates is wrong.", rests_on
        )
    months = 3 if any(each.said("track") == "accelerated" for each in file.of("track")) else 6
    if surely_within(begins, ends, months=21) is False:
        return deficient("F9", "It took longer than 21 months, which no extension allows.", rests_on)
    if surely_within(begins, ends, months=months):
        if decision is None:
            return asks("F9", f"Not decided yet; the time of {months} months still runs.", rests_on)
        return adequate("F9", f"It was decided within {months} months.", rests_on)
    return unknown(
        "F9",
        f"It took longer than {months} months, or may have. Was the time extended, and with what reasons?",
        rests_on,
    )


def f10(file: OnFile) -> Proposal | None:
    """Kept no longer than ten years after the final decision; an erasure is proven."""
    for each in file.of("retention"):
        final, until, erased = each.days("final"), each.days("until"), each.days("erased")
        if erased and each.no("proof"):
            return deficient("F10", f"The erasure is not proven: {named([each])}.", [each.ref])
        if final and until and surely_within(final, until, months=120) is False:
            return deficient(
                "F10", f"Kept for longer than ten years after the final decision: {named([each])}.", [each.ref]
            )
        if until and not erased and file.today and surely_after(on(file.today), until):
            return deficient("F10", f"The time has passed, and no erasure is on file: {named([each])}.", [each.ref])
        if not final or not (until or erased):
            return unknown(
                "F10",
                f"When it was finally decided, or until when it is kept, is not said: {named([each])}.",
                [each.ref],
            )
    every = file.of("retention")
    return adequate("F10", f"Within the time of the law: {named(every)}.", refs(every)) if every else None
