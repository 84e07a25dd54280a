"""How quickly is a name found in a workspace with a million mentions, by the function that page and command use.

`bench/naming.py MENTIONS PARTS`: a workspace is made of passages with so many invented names (1,000,000 if nothing is said),
each of two parts of one script out of ../shared/data/names; with PARTS, out of so many distinct invented parts instead.
The first question opens the names; of the others the 50th and 95th percentile are said, in processor time and by the clock,
and what the opened names take in memory, as the kernel counts it.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

HOME = tempfile.mkdtemp(prefix="panah-bench-naming-")
os.environ["PANAH_HOME"] = HOME
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from panah.site.command import set_up  # noqa: E402

set_up()
from collections.abc import Sequence  # noqa: E402
from datetime import UTC, datetime  # noqa: E402
from typing import NamedTuple  # noqa: E402

import psutil  # noqa: E402
from measuring import Figure  # noqa: E402

from names import forms, rows  # noqa: E402
from panah import names  # noqa: E402
from panah.cases.naming.queries import look_for  # noqa: E402
from panah.library.bulk import Readers  # noqa: E402
from panah.library.naming import index  # noqa: E402
from panah.library.naming.packing import Mention, packed  # noqa: E402
from panah.site.searching import Searching, why_fts5  # noqa: E402
from panah.team.actions import join  # noqa: E402
from panah.vault import keyring, tables, workspace  # noqa: E402
from support.workbench import Desk  # noqa: E402

A_PASSAGE, A_DOCUMENT, A_BOX = 5, 5_000, 5_000
"""Names in a passage, in a document, in a box."""
ASKED = 40
MOST, MOST_BYTES, FIRST = 50, 60, 60
SCRIPTS = {"ug-Latn": " ", "Latn(inf": " ", "ug-Arab": " ", "zh-Hans": "·", "ug-Cyrl": " ", "kk-Cyrl": " "}
"""The scripts of names, and what stands between the parts in them."""
SYLLABLES = tuple(
    f"{first}{vowel}{last}" for first in "bdghjkmnpqrstxyz" for vowel in "aeiou" for last in ("", "n", "r", "l")
)


class Spelled(NamedTuple):
    """A name as it is written, and its parts."""

    written: str
    parts: tuple[str, ...]


class Names:
    """Invented names: parts of one script, put together by chance; some parts are commoner than others."""

    def __init__(self, distinct: int) -> None:
        self._dice = random.Random(11)
        if distinct:
            self._parts = {"ug-Latn": sorted(set(map(self._invented, range(distinct))))}
        else:
            both = rows("dev.tsv") + rows("val.tsv")
            self._parts = {script: forms(both, script) for script in SCRIPTS}
        self.distinct = sum(map(len, self._parts.values()))

    def _invented(self, number: int) -> str:
        dice = random.Random(number)
        return "".join(dice.choice(SYLLABLES) for _ in range(dice.choice((2, 3, 3, 4)))).capitalize()

    def drawn(self) -> Spelled:
        script = self._dice.choice(list(self._parts))
        own = self._parts[script]
        two = [own[int(len(own) * self._dice.random() ** 1.5)] for _ in range(2)]
        written = SCRIPTS[script].join(two)
        return Spelled(written, names.parts(written))


def main(count: int, distinct: int) -> None:
    workspace.hold(keyring.make(Path(HOME), "a passphrase for measuring"))
    tables.make()
    readers = Readers(1)
    desk = Desk(join(name="Invented Member", now=datetime.now(UTC)), readers)
    source = Names(distinct)
    asked = [source.drawn().written for _ in range(ASKED)]
    look_for(desk.member, asked[0])  # tables and programs that any question needs are no part of what mentions take
    for first in range(0, count, A_DOCUMENT):
        entered(desk, source, min(A_DOCUMENT, count - first), first)
    readers.stop()
    size = Path(HOME, "workspace.db").stat().st_size >> 20
    print(f"{count:,} mentions of {source.distinct:,} distinct parts; {size} MiB", flush=True)
    print(*opened(desk, count), *each_asked("FTS5", desk, asked), sep="\n", flush=True)
    searching = Searching()
    searching.look()
    if why := why_fts5():
        print(f"no Tantivy: {why}")
    else:
        print(*each_asked("Tantivy", desk, asked), sep="\n", flush=True)
    searching.end()
    shutil.rmtree(HOME)


def entered(desk: Desk, source: Names, count: int, first: int) -> None:
    """A document whose names are kept as they were written into it, whatever the rules take for names."""
    text, at, kept = "", 0, list[Mention]()
    pieces = list[str]()
    for number in range(count):
        name = source.drawn()
        lead = f"On day {first + number} there came " if number % A_PASSAGE == 0 else ", "
        end = ", and nobody else.\n\n" if number % A_PASSAGE == A_PASSAGE - 1 else ""
        start = at + len(lead.encode())
        until = start + len(name.written.encode())
        kept.append(Mention(start, until, name.parts))
        pieces += [lead, name.written, end]
        at = until + len(end.encode())
    text = "".join(pieces)
    document = desk.paper(text, path=f"{first}.txt", title=f"An invented book {first}")
    boxes = [packed(kept[begin : begin + A_BOX]) for begin in range(0, count, A_BOX)]
    index.keep(document, document.reading, boxes)


def opened(desk: Desk, count: int) -> list[Figure]:
    """The first question, which opens the names of all shelves."""
    before = psutil.Process().memory_info().rss
    clock, processor = time.perf_counter(), time.process_time()
    look_for(desk.member, "Adil Tursun")
    used, waited = time.process_time() - processor, time.perf_counter() - clock
    memory = (psutil.Process().memory_info().rss - before) / count
    return [
        Figure("the first question, processor time", used, FIRST, "s", 1),
        Figure("  ... by the clock", waited, FIRST, "s", 1),
        Figure("memory a mention", memory, MOST_BYTES, "bytes", 1),
    ]


def each_asked(engine: str, desk: Desk, asked: Sequence[str]) -> list[Figure]:
    """One name after another, by one engine of the full text."""
    used, waited, cards = [], [], 0
    for name in asked:
        clock, processor = time.perf_counter(), time.process_time()
        cards += len(look_for(desk.member, name).cards)
        used.append((time.process_time() - processor) * 1e3)
        waited.append((time.perf_counter() - clock) * 1e3)
    print(f"{engine}: {cards / len(asked):.1f} spellings shown for a question")
    return [
        Figure(
            f"{what}, {engine}", sorted(each)[int(share * len(each))], MOST, "ms", len(each), f"{ordinal} percentile"
        )
        for what, each in (("processor time", used), ("wall time", waited))
        for ordinal, share in (("50th", 0.5), ("95th", 0.95))
    ]


if __name__ == "__main__":
    main(*(int(given) for given in [*sys.argv[1:], *("1000000", "0")[len(sys.argv) - 1 :]]))
