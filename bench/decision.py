"""How long the Decision page takes: a refusal of thirty pages with sixty marked reasons, beside two thousand papers.

None of the papers is mentioned in it, which is the most that there can be to show. A client in this process asks; what counts
is processor time, so that other programs are not measured. Beside it stands how often the database is asked.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

HOME = tempfile.mkdtemp(prefix="panah-bench-decision-")
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
from refusal import MARKS, PAGES, PAPERS, decision_text  # noqa: E402

from panah import law, proof  # noqa: E402
from panah.cases.models import Case  # noqa: E402
from panah.cases.procedure import actions as procedure  # noqa: E402
from panah.cases.refusal import actions, queries  # noqa: E402
from panah.law.refusal import paragraphs  # noqa: E402
from panah.library.bulk import Readers  # noqa: E402
from panah.library.models import Document  # noqa: E402
from panah.team.actions import join  # noqa: E402
from panah.vault import keyring, tables, workspace  # noqa: E402
from panah.vault.models import Original  # noqa: E402
from support.members import signed_in  # noqa: E402
from support.workbench import Desk  # noqa: E402

REFERENCE, RUNS, MOST = "2026-014", 3, 5_000


def main() -> None:
    """Make the case, ask for its page, and say how long it took."""
    workspace.hold(keyring.make(Path(HOME), "a passphrase for measuring"))
    tables.make()
    readers = Readers(1)
    desk = Desk(join(name="Invented Lawyer", now=datetime.now(UTC)), readers)
    with transaction.atomic():
        case = large_case(desk)
    readers.stop()
    settings.ALLOWED_HOSTS = ["testserver"]
    for figure in figures(signed_in(desk.member), desk, case):
        print(figure, flush=True)
    shutil.rmtree(HOME)


def large_case(desk: Desk) -> Case:
    """A case with a refusal in which reasons are marked, and with many papers from before it."""
    case = desk.case(REFERENCE, "Ms Invented", list(law.USUAL))
    text = decision_text()
    decision = desk.paper(text, shelf=f"Case {REFERENCE}", title="Decision", date="2026-10-05", language="en")
    said = {"outcome": "refused", "day": "2026-10-05"}
    procedure.keep_record(case=case, kind="decision", said=said, paper=decision, **desk.act)
    for paragraph in [each for each in paragraphs(text) if each.part == "reasons"][:MARKS]:
        actions.mark(case=case, decision=decision, words=paragraph.words, start=paragraph.start, **desk.act)
    key = decision.original.key
    originals = Original.objects.bulk_create(
        Original(
            digest=proof.digest_of(str(n).encode()), size=1, media_type="text/plain", compartment=case.compartment,
            key=key, first_received=desk.now(),
        )
        for n in range(PAPERS)
    )  # fmt: skip
    Document.objects.bulk_create(
        Document(
            collection=case.papers, original=original, title=f"Letter {n} of the office of street {n % 90}", added_at=desk.now(),
            date=f"20{n % 20:02}-{n % 12 + 1:02}-{n % 28 + 1:02}", path=f"{n}.txt",
        )
        for n, original in enumerate(originals)
    )  # fmt: skip
    return case


def figures(client: Client, desk: Desk, case: Case) -> Iterator[Figure]:
    """How long the page takes, and the audit without the page."""
    address = f"/cases/{REFERENCE}/decision"
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    what = f"Decision of {PAGES} pages beside {PAPERS:,} papers; the database asked {len(asked)} times"
    yield Figure(what, processor(lambda: client.get(address), RUNS), MOST, "ms", RUNS, QUICKEST)
    paper = queries.paper(desk.member, case)
    taken = processor(lambda: queries.audited(desk.member, case, paper, now=desk.now()), RUNS)
    yield Figure("the audit alone, from the database", taken, MOST, "ms", RUNS, QUICKEST)


if __name__ == "__main__":
    main()
