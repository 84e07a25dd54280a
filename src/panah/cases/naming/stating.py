"""A statement of absence as it is read: fixed words around what was asked, and a human's reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from django.db import transaction

from panah.cases.models import Absence
from panah.cases.naming.actions import NotForACase
from panah.cases.naming.record import read
from panah.cases.naming.words import WRITTEN_IN
from panah.dossier.exporters.wording import in_words, isolated
from panah.library import actions as library
from panah.library.models import Document
from panah.library.queries import Shelf
from panah.team import queries as team
from panah.team.models import Member
from panah.team.rules import May
from panah.vault.data_keys import store_of

TITLE = "Statement of absence"
SAYS = (
    "In the documents of these collections, as they stood here then and as far as they had been read, no name was found that "
    "{by} takes for this one. It does not say that the name stands nowhere else."
)
ASIDE = {
    0: "No compatible spelling was found.",
    1: "One compatible spelling was found, shown, and put aside. It is the name of somebody else and is not listed.",
}
SEVERAL_ASIDE = (
    "{n} compatible spellings were found, shown, and put aside. They are names of others and are not listed."
)
UNREAD = {1: "1 more document could not be read, or waits to be read."}
SEVERAL_UNREAD = "{n} more documents could not be read, or wait to be read."
PAPERS = "Beside these, the papers of cases that its author sees."
OF_THE_CASE = "Beside these, the papers of the case."
NORMAL = "Several spellings of one person's name are usual where it passes between scripts."


class Stated(NamedTuple):
    """What a statement says, line by line."""

    sought: str
    by: str
    at: str
    collections: tuple[str, ...]
    documents: str
    tried: list[tuple[str, tuple[str, ...]]]
    """Each script or style of writing, in words, and the spellings in it."""
    aside: str
    reason: str
    says: str

    def text(self) -> str:
        """As a paper."""
        return "\n\n".join(self._paragraphs()) + "\n"

    def _paragraphs(self) -> Iterator[str]:
        yield TITLE
        yield f"Name that was looked for: {isolated(self.sought)}\nBy: {isolated(self.by)}\nOn: {self.at}"
        where = "\n".join(f"- {isolated(each)}" for each in self.collections)
        yield f"Where:\n{where}\n{self.documents}" if where else f"Where: {self.documents}"
        tried = (f"- {script}: {', '.join(map(isolated, each))}" for script, each in self.tried)
        yield "\n".join(("Spellings that were tried, with whatever is written alike:", *tried))
        yield self.aside
        yield f"Reason: {self.reason}"
        yield f"{self.says} {NORMAL}"


def stated(made: Absence) -> Stated:
    """What a statement of absence says."""
    asked = read(made.asked)
    documents = "1 document was read." if asked.documents == 1 else f"{asked.documents} documents were read."
    unread = UNREAD.get(asked.unread, SEVERAL_UNREAD.format(n=asked.unread)) if asked.unread else ""
    papers = OF_THE_CASE if made.case else PAPERS
    return Stated(
        sought=made.sought,
        by=made.by,
        at=in_words(made.at.astimezone(UTC).replace(microsecond=0).isoformat()),
        collections=asked.collections,
        documents=" ".join(filter(None, (documents, unread, papers if asked.papers else ""))),
        tried=[(called, asked.tried[script]) for script, called in WRITTEN_IN.items() if script in asked.tried],
        aside=ASIDE.get(asked.put_aside, SEVERAL_ASIDE.format(n=asked.put_aside)),
        reason=made.reason,
        says=SAYS.format(by=isolated(made.by)),
    )


@transaction.atomic
def shelve(*, absence: Absence, by: Member, now: datetime) -> Document:
    """Put a statement among the papers of its case, where it is read and can be quoted. Raises `NotForACase`."""
    team.require(by, absence.compartment, May.WORK)
    case = absence.case
    if case is None:
        raise NotForACase
    if absence.paper:
        return absence.paper
    kept = store_of(case.compartment.pk).keep([stated(absence).text().encode()])
    day = absence.at.date().isoformat()
    details = library.Details(title=f"{TITLE}, {day}", author=absence.by, date=day, language="en")
    shelf = Shelf(case.compartment, case.papers.name)
    document, *_ = library.shelve(
        kept=kept, media_type="text/plain", path=f"absence-{day}.txt", shelf=shelf, details=details, by=by, now=now
    )
    absence.paper = document
    absence.save(update_fields=["paper"])
    return document
