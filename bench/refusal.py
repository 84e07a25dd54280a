"""How long the audit of a refusal takes: 30 pages against 2,000 papers, 40 sources and 60 marked reasons. No database.

Beside it: reading its paragraphs, looking for the papers, and reading a text of 100 MB. What counts is processor time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from measuring import Figure

from panah import law
from panah.law.checklist import Found
from panah.law.checklist.onfile import Decision, Entry, OnFile
from panah.law.citations import Outcome
from panah.law.model import Fact, Record
from panah.law.refusal import Quoted, Reason, Refusal, Source, Submitted, audit, paragraphs, wordings
from panah.law.refusal.mentions import mentions

PAGES, PAPERS, MARKS, SOURCES, RUNS = 30, 2_000, 60, 40, 5
SENTENCE = (
    "The applicant states that she was questioned in spring about her family, and the authority does not doubt that; "
)
JUDGED = "it finds that she left legally with her own passport and could settle elsewhere, as the note of {day} May 2024 says."
LARGE = 100_000_000


def decision_text() -> str:
    """Some thirty pages: numbered paragraphs under the headings of a decision, and the number of each page."""
    body, number = list[str](), 0
    for page in range(1, PAGES + 1):
        heading = {1: "Decision", 2: "Facts", 6: "Applicable law", 8: "Country information", 12: "Reasons"}.get(page)
        body += [heading] if heading else []
        for _ in range(6):
            number += 1
            body.append(f"{number}. {SENTENCE * 3}{JUDGED.format(day=number % 28 + 1)}")
        body.append(f"Page {page} of {PAGES}")
    return "\n\n".join(body)


def refusal() -> Refusal:
    """A refusal with everything that the audit looks at."""
    text = decision_text()
    found = paragraphs(text)
    marked = [each for each in found if each.part == "reasons"][:MARKS]
    entry = Entry("decision", 1, {"day": "2026-10-05", "outcome": "refused"})
    lodged = Entry("event", 1, {"what": "lodged", "day": "2026-07-02"})
    frameworks = tuple(law.examinable())
    places = [Found(1, each.start, each.end, each.words, "") for each in marked]
    return Refusal(
        decision=entry, text=text, language="en", paragraphs=found,
        reasons=tuple(
            Reason(str(n), each.number, each.start, each.end, each.words, facts=(str(n),), concludes=law.Acceptance.NOT_ACCEPTED)
            for n, each in enumerate(marked)
        ),
        record=Record(tuple(Fact(str(n), "She was questioned.") for n in range(MARKS))),
        file=OnFile(records=(entry, lodged), decisions=(Decision(entry, text),)),
        frameworks=frameworks, raised=frozenset(element.id for each in frameworks for element in each.claims),
        submitted=tuple(
            Submitted(
                str(n), n + 500, f"Letter {n} of the office of street {n % 90} / Brief {n} des Amtes",
                f"20{n % 20:02}-{n % 12 + 1:02}-{n % 28 + 1:02}", (f"Office {n % 90} of Nowhere", "张三李四"),
            )
            for n in range(PAPERS)
        ),
        sources=tuple(
            Source(str(n), f"Note {n}", date=str(2010 + n % 16), words=tuple(places[n : n + 1])) for n in range(SOURCES)
        ),
        quoted=tuple(Quoted(each, Outcome.DIFFERS, "It differs.") for each in places),
        names=("Anna Erfunden",),
    )  # fmt: skip


def figures() -> Iterator[Figure]:
    """The audit, and its parts."""
    made = refusal()
    wordings(), audit(made)
    size = f"{PAGES} pages, {len(made.text) // 1000} kB, {len(audit(made).defects)} proposals"
    yield Figure(f"audit of a refusal ({size}) against {PAPERS} papers", processor(lambda: audit(made)), 5, "s", RUNS)
    yield Figure(f"its {PAPERS} papers looked for", processor(lambda: mentions(made)), 2, "s", RUNS)
    yield Figure("its paragraphs read", processor(lambda: paragraphs(made.text)), 0.5, "s", RUNS)
    large = (SENTENCE * 4 + "\n\n") * (LARGE // (4 * len(SENTENCE)))
    yield Figure("paragraphs of 100 MB", processor(lambda: paragraphs(large), 1), 60, "s", 1)


def processor(work: Callable[[], object], runs: int = RUNS) -> float:
    """The processor time that some work takes: the quickest of its runs."""
    taken = []
    for _ in range(runs):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return min(taken)


if __name__ == "__main__":
    for figure in figures():
        print(figure, flush=True)
