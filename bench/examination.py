"""How long the pages of a large case take: 60 facts, 300 supports, every body of law, every item of the procedure answered.

A client in this process asks; what counts is processor time, so that other programs are not measured. Beside it stands how
often the database is asked.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

HOME = tempfile.mkdtemp(prefix="panah-bench-examination-")
os.environ["PANAH_HOME"] = HOME
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from panah.site.command import set_up  # noqa: E402

set_up()
from collections.abc import Iterator  # noqa: E402
from datetime import UTC, datetime  # noqa: E402

from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from measuring import QUICKEST, Figure, processor  # noqa: E402

from panah import law  # noqa: E402
from panah.cases import actions, queries  # noqa: E402
from panah.cases.method import actions as method  # noqa: E402
from panah.cases.models import Case  # noqa: E402
from panah.cases.outlining import outline_of  # noqa: E402
from panah.cases.procedure import actions as procedure  # noqa: E402
from panah.cases.telling import actions as telling  # noqa: E402
from panah.law import Acceptance, Judged, Stance, checklist  # noqa: E402
from panah.library.bulk import Readers  # noqa: E402
from panah.team.actions import join  # noqa: E402
from panah.vault import keyring, tables, workspace  # noqa: E402
from support.members import signed_in  # noqa: E402
from support.workbench import Desk  # noqa: E402

FACTS, BESIDE, PAPERS, RUNS = 60, 5, 20, 5
REFERENCE = "2026-014"
PAGES = {
    "Examination": "examination", "map": "examination/map", "Facts": "facts", "Fact": "facts/7", "Procedure": "procedure",
    "item of the procedure": "procedure/A3", "Dossier": "dossier", "element": "examination/cat-3/CAT3.1",
    "Differences": "contradictions", "Difference": "contradictions/1", "Inventory": "inventory", "Family": "family",
}  # fmt: skip
LARGE = {"Examination", "Procedure"}
"""The pages for which a time is promised."""
MOST = 300
OTHERS = 1_000


def main() -> None:
    """Make the case, ask for its pages, and say how long they took."""
    workspace.hold(keyring.make(Path(HOME), "a passphrase for measuring"))
    tables.make()
    readers = Readers(1)
    desk = Desk(join(name="Invented Lawyer", now=datetime.now(UTC)), readers)
    with transaction.atomic():
        case = large_case(desk)
    readers.stop()
    settings.ALLOWED_HOSTS = ["testserver"]
    for figure in figures(signed_in(desk.member), case):
        print(figure, flush=True)
    shutil.rmtree(HOME)


def large_case(desk: Desk) -> Case:
    """A case in which everything was done that can be done, many times."""
    case = desk.case(REFERENCE, "Ms Invented", list(law.frameworks()))
    sentences = [
        [f"Witness {paper} saw her on day {n} near the passport office." for n in range(FACTS * BESIDE // PAPERS)]
        for paper in range(PAPERS)
    ]
    papers = [
        desk.paper(" ".join(said), path=f"{n}.txt", title=f"Paper {n}", date=str(2016 + n % 9))
        for n, said in enumerate(sentences)
    ]
    quotations = [desk.quote(paper, words) for paper, said in zip(papers, sentences, strict=True) for words in said]
    for words in ("I was held in 2018. I left in spring.", "I was held in 2019. I left in autumn."):
        actions.record_statement(case=case, words=words, language="en", **desk.act)
    one, other = queries.statements(case)
    for number in range(FACTS):
        fact = desk.fact(
            case, f"On day {number} she was held near the passport office, and asked about her family abroad."
        )
        for place, quotation in enumerate(quotations[number * BESIDE : (number + 1) * BESIDE]):
            actions.support(fact=fact, quotation=quotation, stance=list(Stance)[place % 3], **desk.act)
        for indicator in law.method().indicators:
            method.assess(
                fact=fact, indicator=indicator, words="It was looked at.", quotations=quotations[number : number + 1],
                statements=[one], **desk.act,
            )  # fmt: skip
        method.seek_explanation(fact=fact, put_at="second interview", her_answer="I was.", **desk.act)
        method.conclude(fact=fact, accepted=Acceptance.ACCEPTED, reasons="It is so.", **desk.act)
        places = telling.Place(one, 0, 5 + number % 10), telling.Place(other, 0, 6 + number % 10)
        telling.mark(
            case=case,
            a=places[0],
            b=places[1],
            judgement=telling.Judgement(Judged.CONTRADICTION, fact=fact),
            **desk.act,
        )
    facts = list(case.facts.order_by("number"))
    for number, (framework, element) in enumerate((each, asked) for each in law.examinable() for asked in each.claims):
        actions.find(
            case=case, framework_id=framework.id, element_id=element.id, words="She would be held.", reasons="Because.",
            facts=facts[number % FACTS :][:3], quotations=quotations[number : number + 2], **desk.act,
        )  # fmt: skip
    for item in checklist.checklist().items:
        procedure.answer(
            case=case, item=item.id, status=checklist.Status.DEFICIENT, words="It was not done.",
            citing=procedure.Citing(quotations=quotations[:2], facts=facts[:2]), **desk.act,
        )  # fmt: skip
    return case


def figures(client: Client, case: Case) -> Iterator[Figure]:
    """How long each page takes, the outline of a dossier, and `law.examine` of the whole case."""
    for name, address in PAGES.items():
        whole = f"/cases/{REFERENCE}/{address}"
        assert client.get(whole).status_code == 200, whole
        with CaptureQueriesContext(connection) as asked:
            client.get(whole)
        most = MOST if name in LARGE else OTHERS
        what = f"{name} of a case of 60 facts; the database asked {len(asked)} times"
        yield Figure(what, processor(lambda whole=whole: client.get(whole), RUNS), most, "ms", RUNS, QUICKEST)  # type: ignore[misc]
    with CaptureQueriesContext(connection) as asked:
        outline_of(case)
    what = f"outline of its dossier; the database asked {len(asked)} times"
    yield Figure(what, processor(lambda: outline_of(case), RUNS), OTHERS, "ms", RUNS, QUICKEST)
    record = queries.record(case)
    taken = processor(lambda: [law.examine(record, each) for each in law.examinable()], RUNS)
    yield Figure("law.examine of it under every body of law", taken, 20, "ms", RUNS, QUICKEST)


if __name__ == "__main__":
    main()
