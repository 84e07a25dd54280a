"""How quickly texts that share wording are found: marks of passages, and the page that lists the kin of a yearly report.

The nine yearly reports on some countries of ../shared/data/scale, as many countries as asked: `bench/kin.py COUNTRIES` (6 if
nothing is said). No bar was set for these; what they are held to is what keeps a page usable.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

HOME = tempfile.mkdtemp(prefix="panah-bench-kin-")
os.environ["PANAH_HOME"] = HOME
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from panah.site.command import set_up  # noqa: E402

set_up()
from datetime import UTC, datetime  # noqa: E402

from measuring import SHARED, Figure, seconds  # noqa: E402

from panah import text  # noqa: E402
from panah.library.bulk import Readers  # noqa: E402
from panah.library.kin import queries  # noqa: E402
from panah.library.models import Document, Passage  # noqa: E402
from panah.team.actions import join  # noqa: E402
from panah.vault import keyring, tables, workspace  # noqa: E402
from support.workbench import Desk  # noqa: E402

A_PAGE = 1_000
A_PASSAGE = 125


def reports(countries: int) -> list[dict[str, str]]:
    """All years of the first so many countries, by their names."""
    with gzip.open(SHARED / "scale" / "us_state_hr_2016_2024.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    chosen = set(islice(dict.fromkeys(sorted(row["slug"] for row in rows)), countries))
    return [row for row in rows if row["slug"] in chosen]


def main(countries: int) -> None:
    """Take the reports in, then ask of some which share their wording."""
    workspace.hold(keyring.make(Path(HOME), "a passphrase for measuring"))
    tables.make()
    readers, found = Readers(1), reports(countries)
    desk = Desk(join(name="Invented Researcher", now=datetime.now(UTC)), readers)
    papers = [
        desk.paper(row["text"], path=f"{number}.txt", title=row["title"], date=str(row["year"]), language="en")
        for number, row in enumerate(found)
    ]
    readers.stop()
    print(f"{len(papers)} reports, {Passage.objects.count()} passages")
    print(marking([part for row in found for part in row["text"].split("\n\n")]), flush=True)
    print(asking(desk, papers), flush=True)
    shutil.rmtree(HOME)


def marking(passages: list[str]) -> Figure:
    """Processor time of the marks of a passage."""
    begun = time.process_time()
    for passage in passages:
        text.marks_of(passage)
    taken = (time.process_time() - begun) / len(passages)
    return Figure("the marks of a passage, processor time", taken * 1e6, A_PASSAGE, "µs", 1)


def asking(desk: Desk, papers: list[Document]) -> Figure:
    """The kin of every ninth report, each asked three times."""
    some = papers[::9]
    taken = [seconds(lambda paper=paper: queries.kindred(desk.member, paper), 3) for paper in some]
    return Figure("which documents share the wording of a report", statistics.median(taken) * 1e3, A_PAGE, "ms", 3)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 6)
