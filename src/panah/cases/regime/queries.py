"""The proceedings of a case, and the law that follows from them: every read. The case was given by a query that looks."""

from __future__ import annotations

from panah import law
from panah.cases.models import Case, Proceedings
from panah.law import CaseDates, Regime

DAYS = ("made", "registered", "lodged", "decided", "notified")


def proceedings(asked: Case) -> Proceedings | None:
    """Those that stand; None where nobody has written them down yet."""
    return Proceedings.objects.filter(case=asked, current=True).first()


def dates(standing: Proceedings) -> CaseDates:
    """Their days, as the law package reads them."""
    return CaseDates(**{day: getattr(standing, f"{day}_on") for day in DAYS})


def regime(asked: Case) -> Regime | None:
    """Which law applies to a case, and what is open; None where nobody has written its proceedings down yet."""
    standing = proceedings(asked)
    return law.applicable(dates(standing), standing.state) if standing else None


def chosen(standing: Proceedings) -> tuple[str, ...]:
    """The ids of the bodies of law that were chosen where the law leaves a question; none where nobody chose."""
    return tuple(standing.regime_choice.split())


def earlier(asked: Case) -> list[Proceedings]:
    """Those that stood before, the newest first."""
    return list(Proceedings.objects.filter(case=asked, current=False).select_related("case").order_by("-at"))
