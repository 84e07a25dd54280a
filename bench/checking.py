"""How long it takes to check a brief of forty pages with a hundred quotations, over as many texts as asked.

`bench/checking.py TEXTS` (40,000 if nothing is said, which make 22,000 passages; 1,800,000 make a million, in some hours).
Texts are those of `passages`, a hundred in a document; short ones are one passage together. Of the quotations, sixty stand
there word for word, ten with something left out, twenty with another word, and ten nowhere; and it says how many of these
were told right.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

HOME = tempfile.mkdtemp(prefix="panah-bench-checking-", dir=os.environ.get("TMPDIR"))
os.environ["PANAH_HOME"] = HOME
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from panah.site.command import set_up  # noqa: E402

set_up()
from datetime import UTC, datetime  # noqa: E402

import yaml  # noqa: E402
from measuring import Figure  # noqa: E402
from passages import Passages  # noqa: E402

from panah.law.citations import Outcome  # noqa: E402
from panah.library import actions, queries  # noqa: E402
from panah.library.checking.queries import check  # noqa: E402
from panah.library.extractors.plain import Plain  # noqa: E402
from panah.library.extractors.supervisor import Text  # noqa: E402
from panah.library.models import Passage  # noqa: E402
from panah.site.searching import Searching, why_fts5  # noqa: E402
from panah.team.actions import join  # noqa: E402
from panah.team.models import Member  # noqa: E402
from panah.vault import keyring, tables, workspace  # noqa: E402
from panah.vault.actions import LIBRARY  # noqa: E402
from panah.vault.actions import set_up as furnish  # noqa: E402
from panah.vault.data_keys import store_of  # noqa: E402

A_DOCUMENT = 100
MOST = 10
"""Seconds."""
TABLE = Path(__file__).resolve().parents[1] / "tests" / "law" / "citations" / "real_forms.yaml"


class Taken(NamedTuple):
    """Seconds."""

    processor: float
    clock: float


def main(count: int) -> None:
    """Make the library, then check the brief by each engine: `panah check` asks FTS5, the workbench Tantivy."""
    workspace.hold(keyring.make(Path(HOME), "a passphrase for measuring"))
    tables.make()
    now = datetime.now(UTC)
    member = join(name="Invented Member", now=now)
    place = furnish(name=LIBRARY, by=member, now=now)
    passages = Passages()
    begun = time.perf_counter()
    for first in range(0, count, A_DOCUMENT):
        _document(
            passages, range(first, min(first + A_DOCUMENT, count)), queries.Shelf(place, f"Library {first % 4}"), member
        )
    size = Path(HOME, "workspace.db").stat().st_size >> 20
    print(f"{Passage.objects.count()} passages, {time.perf_counter() - begun:.0f} s to make, {size} MiB", flush=True)
    brief, meant = _brief(passages, count)
    by_engine("FTS5", member, brief, meant)
    searching = Searching()
    searching.look()
    if why := why_fts5():
        print(f"no Tantivy: {why}")
    else:
        by_engine("Tantivy", member, brief, meant)
    searching.end()
    shutil.rmtree(HOME)


def by_engine(name: str, member: Member, brief: str, meant: list[Outcome]) -> None:
    """Check the brief three times; print what was told right, and how long it took."""
    taken, today = [], datetime.now(UTC).date()
    for _ in range(3):
        begun, used = time.perf_counter(), time.process_time()
        checked = check(member, brief, on=today)
        taken.append(Taken(time.process_time() - used, time.perf_counter() - begun))
    outer = [each for each in checked.quotations if not each.quoted.depth]
    right = sum(each.outcome is outcome for each, outcome in zip(outer, meant, strict=True))
    print(f"{len(brief)} characters; {right} of {len(meant)} quotations told right; {Counter(meant)}")
    print(f"{len(checked.citations)} citations: {Counter(each.outcome for each in checked.citations)}")
    for what, several in zip(("processor time", "by the clock"), zip(*taken, strict=True), strict=True):
        said = f"a brief of forty pages with a hundred quotations, by {name}, {what}"
        print(Figure(said, sorted(several)[1], MOST, "s", 3), flush=True)


def _document(passages: Passages, numbers: range, shelf: queries.Shelf, member) -> None:
    now = datetime.now(UTC)
    words = [passages[number] for number in numbers]
    content = "\n\n".join(words).encode()
    bounds, at = [], 0
    for each in words:
        bounds.append((at, at + len(each.encode())))
        at = bounds[-1][1] + 2
    kept = store_of(shelf.compartment.pk).keep([content])
    said = actions.Details(title=f"Invented report {numbers.start}")
    document, *_ = actions.shelve(
        kept=kept, media_type="text/plain", path="report.txt", shelf=shelf, details=said, by=member, now=now
    )
    actions.read(document=document, extractor=Plain(), text=Text(content, bounds, (), {}, {}), by=member, now=now)


def _brief(passages: Passages, count: int) -> tuple[str, list[Outcome]]:
    """Its words, and what is to be said of each quotation."""
    dice = random.Random(7)
    citing = [row["words"] for row in yaml.safe_load(TABLE.read_text())["citations"]]
    parts, meant = [], []
    for number in range(100):
        words = passages[dice.randrange(count)].split()
        length = min(len(words), dice.randrange(8, 45))
        first = dice.randrange(len(words) - length + 1)
        some = words[first : first + length]
        if number % 10 == 9:
            some = [f"invented{dice.randrange(10**6)}" if n % 2 else word for n, word in enumerate(some)]
        elif number % 10 in {3, 7}:
            some[length // 2] = "otherwise"
        elif number % 10 == 5 and length > 12:
            some[5:7] = ["[...]"]
        meant.append(
            Outcome.NOT_FOUND if number % 10 == 9 else Outcome.DIFFERS if number % 10 in {3, 7} else Outcome.EXACT
        )
        quoted = " ".join(some).replace("“", "‘").replace("”", "’").replace('"', "'")
        parts += [f"As the report says, “{quoted}” ({dice.choice(citing)}).", "Nothing was said of it before. " * 25]
    return "\n\n".join(parts), meant


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40_000)
