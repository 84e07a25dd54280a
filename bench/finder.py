"""How quickly is evidence looked for in a case with forty facts, for every question of three bodies of law, in a large library.

Texts are paragraphs of ../shared/data/scale, put together anew with invented words in between, as many passages as asked:
`bench/finder.py PASSAGES` (100,000 if nothing is said). By FTS5, and by Tantivy where there is a memory-backed directory. Of
three runs the quickest counts, and the first, which opens the thesaurus, is said beside it.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

HOME = tempfile.mkdtemp(prefix="panah-bench-finder-")
os.environ["PANAH_HOME"] = HOME
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from panah.site.command import set_up  # noqa: E402

set_up()
import gzip  # noqa: E402
import json  # noqa: E402
import random  # noqa: E402
from datetime import UTC, datetime  # noqa: E402

from measuring import SHARED, Figure  # noqa: E402

from panah import law  # noqa: E402
from panah.cases.evidence import actions, queries  # noqa: E402
from panah.cases.models import Case  # noqa: E402
from panah.library.bulk import Readers  # noqa: E402
from panah.library.models import Passage  # noqa: E402
from panah.site.searching import Searching, why_fts5  # noqa: E402
from panah.team.actions import join  # noqa: E402
from panah.vault import keyring, tables, workspace  # noqa: E402
from support.workbench import Desk  # noqa: E402

A_DOCUMENT = 1_000
FACTS = 40
MOST = 2_000
PROFILE = {
    "group": "Uyghur",
    "religion": "Muslim",
    "occupation": "teacher",
    "place": "Kashgar\nUrumqi",
    "events": "passport",
}


def paragraphs() -> list[str]:
    """Real paragraphs that are neither headings nor pages."""
    with gzip.open(SHARED / "scale" / "us_state_hr_2016_2024.jsonl.gz", "rt", encoding="utf-8") as lines:
        reports = [json.loads(line)["text"] for line in lines]
    return [part for report in reports for part in report.split("\n") if 150 < len(part) < 1_200]


def varied(part: str, dice: random.Random) -> str:
    """A paragraph with invented words in between."""
    words = part.split()
    for _ in range(3):
        words.insert(dice.randrange(len(words) + 1), f"word{int(dice.paretovariate(0.6)) % 100_000}")
    return " ".join(words)


def main(count: int) -> None:
    """Make the library and the case, ask, and say how long it took."""
    workspace.hold(keyring.make(Path(HOME), "a passphrase for measuring"))
    tables.make()
    readers, dice, parts = Readers(1), random.Random(5), paragraphs()
    desk = Desk(join(name="Invented Lawyer", now=datetime.now(UTC)), readers)
    for first in range(0, count, A_DOCUMENT):
        text = "\n\n".join(varied(dice.choice(parts), dice) for _ in range(min(A_DOCUMENT, count - first)))
        desk.paper(
            text, path=f"{first}.txt", title=f"Report {first}", date=str(2016 + first // A_DOCUMENT % 9), language="en"
        )
    case = desk.case("2026-014", "Ms Invented", list(law.USUAL))
    actions.describe(case=case, words=PROFILE, **desk.act)
    for _ in range(FACTS):
        desk.fact(case, dice.choice(parts).split(". ")[0][:200])
    readers.stop()
    print(f"{Passage.objects.count()} passages, {FACTS} facts")
    by_engine("FTS5", desk, case)
    searching = Searching()
    searching.look()
    if why := why_fts5():
        print(f"no Tantivy: {why}")
    else:
        by_engine("Tantivy", desk, case)
    searching.end()
    shutil.rmtree(HOME)


def by_engine(name: str, desk: Desk, case: Case) -> None:
    """Ask three times; print how long the first took, and the quickest."""
    taken = [ask(desk, case) for _ in range(3)]
    found = queries.evidence(desk.member, case)
    print(f"{len(found.asked.puts)} questions, {len(found.laid)} elements; the first time {taken[0] * 1e3:.0f} ms")
    print(
        Figure(f"evidence on every question of a case, by {name}", min(taken) * 1e3, MOST, "ms", len(taken)), flush=True
    )


def ask(desk: Desk, case: Case) -> float:
    """Look for all evidence; seconds."""
    begun = time.perf_counter()
    queries.evidence(desk.member, case)
    return time.perf_counter() - begun


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
