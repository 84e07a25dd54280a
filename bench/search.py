"""How quickly is searched in a large workspace: by Tantivy and by FTS5, each beside the same engine used bare.

Texts are the sentences of ../shared/data/scale, put together anew with invented words in between, as many passages as
asked: `bench/search.py PASSAGES` (1,000,000 if nothing is said). The index is made in a workspace of its own; bare engines
get the very same terms in the same process. Of each question, the least of several runs counts: what else the machine does
comes in slices that are longer than most answers. It prints a table, and what is over its bar.
"""

from __future__ import annotations

import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from measuring import Figure
from passages import Passages

HOME = tempfile.mkdtemp(prefix="panah-bench-search-")
os.environ["PANAH_HOME"] = HOME
PASSPHRASE = "a passphrase for measuring"

from panah.site.command import set_up  # noqa: E402

set_up()
import tantivy as bare  # noqa: E402
from django.db import connection  # noqa: E402

from panah import proof, text  # noqa: E402
from panah.search import actions, queries  # noqa: E402
from panah.search.actions import Indexable, Words  # noqa: E402
from panah.search.engines import at_hand, fts5_ranking, memory, sealing, tantivy, terms  # noqa: E402
from panah.search.engines.following import Following  # noqa: E402
from panah.vault import keyring, tables, workspace  # noqa: E402

SHELVES = 4
PORTION = 1_000
QUESTIONS = (
    "police", "Uyghur", "refoulement", "detention camps", "forced labor", "prison torture police", "asylum OR refugee",
    '"arbitrary arrest"', '"freedom of expression"', "journalist arrested court", "deport*", "minister corruption -election",
    "women violence law reports", "religious minority mosque", '"due process" trial', "word17 police", "word4711",
    "government officials impunity security forces abuse", "children school labor", "visa",
)  # fmt: skip


def main(count: int) -> None:
    passages = Passages()
    workspace.hold(keyring.make(Path(HOME), PASSPHRASE))
    tables.make()
    begun = time.perf_counter()
    for first in range(1, count + 1, PORTION):
        numbers = range(first, min(first + PORTION, count + 1))
        things = [Indexable(number, 1 + number % SHELVES, "en", 1 + number // 100) for number in numbers]
        actions.index(kind="passage", things=things, words=Words(passages[number] for number in numbers))
    actions.purge()
    print(
        f"{count} passages in FTS5: {time.perf_counter() - begun:.0f} s, {Path(HOME, 'workspace.db').stat().st_size >> 20} MiB"
    )
    place = memory.Place(terms=queries.terms())
    try:
        for figure in figures(passages, place.folder, count):
            print(figure, flush=True)
    finally:
        at_hand.put_down()
        place.let_go()
        shutil.rmtree(HOME)


def figures(passages: Passages, folder: Path, count: int) -> Iterator[Figure]:
    yield per_core(passages)
    following = Following(folder, passages.texts)
    begun = time.process_time()
    assert following.catch_up()
    print(f"Tantivy caught up from nothing: {count / (time.process_time() - begun):.0f} passages/s of a core")
    print(
        f"its files: {sum(file.stat().st_size for file in following.folder.iterdir()) / queries.terms():.2f} bytes a term"
    )
    yield from by_engine("FTS5", 200, at_hand.put_down, bare_fts5)
    whole = bare_index(following)
    at_hand.take_up(following)
    yield from by_engine("Tantivy", 5, lambda: at_hand.take_up(following), whole)
    yield many()
    yield from unlocking(following, folder, passages)


def per_core(passages: Passages) -> Figure:
    """Normalise, tokenise and index, whole, in processor time: texts are made before."""
    texts = [passages[number] for number in range(20_000)]
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        index = tantivy.Index(Path(folder))
        begun = time.process_time()
        index.add(tantivy.Row(number, "passage", number, 1, "en", 1, terms.line(text.tokens(raw)))
                  for number, raw in enumerate(texts, start=1))  # fmt: skip
        index.commit()
        taken = time.process_time() - begun
        index.close()
    return Figure("a passage normalised, taken apart and indexed by Tantivy", taken / len(texts) * 1e3, 1 / 8, "ms", 1)


def by_engine(name: str, most: float, choose: Callable[[], None], bare_of: Callable[[str], object]) -> Iterator[Figure]:
    choose()
    ours = {question: milliseconds(lambda question=question: ask(question)) for question in QUESTIONS}
    theirs = {question: milliseconds(lambda question=question: bare_of(question)) for question in QUESTIONS}
    over = [ours[question] - theirs[question] for question in QUESTIONS]
    worst = statistics.quantiles(ours.values(), n=20)[-1]
    yield Figure(f"find by {name}, median", statistics.median(ours.values()), most, "ms", len(QUESTIONS))
    yield Figure(f"find by {name}, 95th percentile", worst, most, "ms", len(QUESTIONS))
    yield Figure(f"{name} used bare, median", statistics.median(theirs.values()), most, "ms", len(QUESTIONS))
    yield Figure(
        f"{name} used bare, 95th percentile",
        statistics.quantiles(theirs.values(), n=20)[-1],
        most,
        "ms",
        len(QUESTIONS),
    )
    yield Figure(f"what we add to {name}, median", statistics.median(over), 3, "ms", len(QUESTIONS))
    for question in QUESTIONS:
        print(f"    {name:<8} {question:<60} {ours[question]:>9.2f} {theirs[question]:>9.2f} ms")


def ask(question: str) -> object:
    return queries.find(text.parsed(question), kind="passage", shelves=range(1, SHELVES + 1), limit=20)


def bare_fts5(question: str) -> object:
    """The same words on the same shelves, ranked by FTS5's own bm25()."""
    query = text.parsed(question)
    whole = " OR ".join(fts5_ranking.fts5.expression(query, shelf) for shelf in range(1, SHELVES + 1))
    with connection.cursor() as cursor:
        cursor.execute("SELECT rowid FROM search_fts5 WHERE search_fts5 MATCH %s ORDER BY rank LIMIT 20", [whole])
        return cursor.fetchall()


def bare_index(following: Following) -> Callable[[str], object]:
    """The same words on the same shelves, ranked by Tantivy's own BM25 in the same files, and counted."""
    answering = following.catch_up()
    assert answering
    index = bare.Index.open(str(following.folder))
    index.register_tokenizer("whitespace-whole", bare.TextAnalyzerBuilder(bare.Tokenizer.whitespace()).build())
    searcher = index.searcher()

    def asked(question: str) -> object:
        whole = answering.on_any(text.parsed(question), range(1, SHELVES + 1))
        return searcher.search(whole, 20, count=True).hits

    return asked


def many() -> Figure:
    """The questions of an examination: 40 facts, and what is asked for each of them."""
    dice = random.Random(1)
    words = " ".join(QUESTIONS).replace('"', "").replace("-", "").replace("*", "").replace(" OR ", " ").split()
    asked = [text.parsed(" ".join(dice.sample(words, 3))) for _ in range(400)]
    begun = time.perf_counter()
    queries.find_each(asked, kind="passage", shelves=range(1, SHELVES + 1), limit=20)
    return Figure("400 questions of three words at once", time.perf_counter() - begun, 2, "s", 1)


def unlocking(following: Following, folder: Path, passages: Passages) -> Iterator[Figure]:
    assert following.close()
    key, file, seen = proof.random_key(), Path(HOME) / "search.sealed", following.seen
    begun = time.perf_counter()
    with file.open("wb") as stream:
        for piece in sealing.sealed(following.folder, key):
            stream.write(piece)
    yield Figure(f"sealed, {file.stat().st_size >> 20} MiB", time.perf_counter() - begun, 10, "s", 1)
    again = folder / "again"
    (again / Following.FOLDER).mkdir(parents=True)
    begun = time.perf_counter()
    with file.open("rb") as stream:
        sealing.unseal(stream, key, again / Following.FOLDER)
    other = Following(again, passages.texts, seen)
    at_hand.take_up(other)
    ask("police")
    assert at_hand.engine() is not fts5_ranking
    yield Figure("opened from its seal, and the first question answered", time.perf_counter() - begun, 3, "s", 1)
    other.close()


def milliseconds(work: Callable[[], object], times: int = 7) -> float:
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return min(taken) * 1e3


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
