"""How much of a search goes to shelves: the same questions on one shelf alone, and on it among many others.

Prints one number: a search among 20 more small shelves that the asker sees and 50 that she does not, as a multiple of
one in an index that holds nothing else. Time is that of the processor, the least of several runs: the difference is of
a millisecond, and smaller than what other programs take. Runs in a copy of a workspace, which it changes.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Sequence

from panah.site.command import set_up

set_up()
from panah import text  # noqa: E402
from panah.library import queries  # noqa: E402
from panah.library.models import Collection, Passage  # noqa: E402
from panah.search import queries as search  # noqa: E402
from panah.search.actions import Indexable, Words, index, purge  # noqa: E402
from panah.vault import workspace  # noqa: E402
from panah.vault.commands import acting_member  # noqa: E402

SEEN, UNSEEN, EACH, TIMES = 20, 50, 50, 15


def main(questions: Sequence[str]) -> None:
    workspace.unlock(workspace.given_passphrase() or "")
    member, shelf = acting_member(), Collection.objects.get().pk
    purge()  # how many pieces the index is in is another question
    whole = {words: least(lambda words=words: queries.find(member, words)) for words in questions}
    alone = {words: least(lambda words=words: ask(words, [shelf])) for words in questions}
    others = [shelf + number for number in range(1, SEEN + UNSEEN + 1)]
    texts = [queries.words_between(row.document, row.start, row.end) for row in some_passages()]
    for other in others:
        things = [Indexable(other * 1_000_000 + number, other, "", number + 1) for number in range(EACH)]
        index(kind=Passage.KIND, things=things, words=Words(texts[other % 20 * EACH :][:EACH]))
    purge()
    among = {words: least(lambda words=words: ask(words, [shelf, *others[:SEEN]])) for words in questions}
    print(statistics.median(1 + (among[words] - alone[words]) / whole[words] for words in questions))


def some_passages() -> list[Passage]:
    step = max(1, Passage.objects.count() // (20 * EACH))
    return list(Passage.objects.select_related("document__reading").order_by("pk")[::step])[: 20 * EACH]


def ask(words: str, shelves: Sequence[int]) -> None:
    search.find(text.parsed(words), kind=Passage.KIND, shelves=shelves, limit=20)


def least(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(TIMES):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return min(taken)


main(sys.argv[1:])
