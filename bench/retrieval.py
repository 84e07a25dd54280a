"""`make bench-retrieval`: how well the index ranks, on collections with questions and judgements that nobody here wrote.

Beside it stands a plain BM25 of this program (k1 0.9, b 0.4; NFKC, lower case; Han by characters and pairs), asked by all
words of a question. Ours is the real index in a workspace of its own, by FTS5, asked by `text.any_of`. nDCG@10 and recall@100,
each the mean over the questions that have judgements.

    python bench/retrieval.py [--most N] [--widen] [COLLECTION ...]

`--most` asks only N questions of a collection, evenly chosen. `--widen` adds the labels of the thesaurus, for those
collections whose questions and documents are in several languages.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import sys
import tempfile
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from heapq import nlargest
from itertools import pairwise
from math import log, log2
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from measuring import SHARED

if TYPE_CHECKING:
    from panah.text import Node

TOP, DEEP = 10, 100
ONE_LANGUAGE = ("cisi", "cranfield", "hr_questions_to_article", "kazqad_rc_val")
PARTS = tuple(f"xquad_r:{language}" for language in ("ar", "de", "en", "ru", "tr", "zh"))
"""Questions of one language of a collection in several, and its documents in that language."""
SEVERAL = ("xquad_r", "ntrex_docs", "treaty_articles_en_zh")

Search = Callable[[str], list[str]]


class Collection(NamedTuple):
    name: str
    documents: Mapping[str, str]
    questions: Mapping[str, str]
    judged: Mapping[str, Mapping[str, int]]


class Score(NamedTuple):
    ndcg: float
    recall: float


def collection(name: str, most: int) -> Collection:
    folder, _, language = name.partition(":")
    begins = f"{language}-" if language else ""
    documents = {row["_id"]: _text_of(row) for row in _rows(folder, "corpus") if row["_id"].startswith(begins)}
    judged: dict[str, dict[str, int]] = defaultdict(dict)
    with (SHARED / "ir" / folder / "qrels" / "test.tsv").open(newline="") as rows:
        for question, document, grade in csv.reader(rows, delimiter="\t"):
            if document in documents and int(grade) > 0:
                judged[question][document] = int(grade)
    rows_asked = [row for row in _rows(folder, "queries") if row["_id"] in judged and row["_id"].startswith(begins)]
    chosen = rows_asked[:: max(1, len(rows_asked) // most)][:most] if most else rows_asked
    return Collection(name, documents, {row["_id"]: row["text"] for row in chosen}, judged)


def _rows(folder: str, file: str) -> list[dict[str, str]]:
    with (SHARED / "ir" / folder / f"{file}.jsonl").open() as lines:
        return [json.loads(line) for line in lines]


def _text_of(row: Mapping[str, str]) -> str:
    return f"{row.get('title', '')}\n\n{row['text']}".strip()


def scored(asked: Collection, search: Search) -> Score:
    ndcg = recall = 0.0
    for number, question in asked.questions.items():
        judged, found = asked.judged[number], search(question)
        gained = sum(judged.get(document, 0) / log2(rank + 2) for rank, document in enumerate(found[:TOP]))
        ideal = sum(grade / log2(rank + 2) for rank, grade in enumerate(sorted(judged.values(), reverse=True)[:TOP]))
        ndcg += gained / ideal
        recall += len(judged.keys() & set(found[:DEEP])) / len(judged)
    return Score(ndcg / len(asked.questions), recall / len(asked.questions))


_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_PLAIN = re.compile(f"[{_HAN}]+|[^\\W{_HAN}]+")


def plain_words(raw: str) -> Iterator[str]:
    for word in _PLAIN.findall(unicodedata.normalize("NFKC", raw).lower()):
        yield from (*word, *map("".join, pairwise(word))) if re.match(f"[{_HAN}]", word) else (word,)


def plain(asked: Collection, k1: float = 0.9, b: float = 0.4) -> Search:
    """BM25 as the textbooks have it."""
    names = list(asked.documents)
    postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
    lengths = []
    for number, name in enumerate(names):
        words = Counter(plain_words(asked.documents[name]))
        lengths.append(words.total())
        for word, count in words.items():
            postings[word].append((number, count))
    even = [k1 * (1 - b + b * length * len(lengths) / sum(lengths)) for length in lengths]

    def search(question: str) -> list[str]:
        scores: dict[int, float] = defaultdict(float)
        for word, times in Counter(plain_words(question)).items():
            having = postings.get(word, [])
            rarity = log(1 + (len(names) - len(having) + 0.5) / (len(having) + 0.5))
            for number, count in having:
                scores[number] += times * rarity * count * (k1 + 1) / (count + even[number])
        return [names[number] for number in nlargest(DEEP, scores, key=lambda number: (scores[number], -number))]

    return search


def ours(asked: Collection, shelf: int, *, widen: bool) -> Search:
    """The documents on a shelf of the real index, each one entry."""
    from panah import text
    from panah.search import actions, queries

    names = list(asked.documents)
    texts = list(asked.documents.values())
    languages = list(map(text.language, texts))
    first = shelf * 1_000_000
    things = [actions.Indexable(first + number, shelf, tag, 1 + number) for number, tag in enumerate(languages)]
    actions.index(kind="bench", things=things, words=actions.Words(texts, languages))

    def search(question: str) -> list[str]:
        query = widened(text.any_of(question[:2000])) if widen else text.any_of(question[:2000])
        found = queries.find(query, kind="bench", shelves=[shelf], limit=DEEP)
        return [names[number - first] for number in found.object_ids]

    return search


def widened(query: Node) -> Node:
    """The same question, with the labels of what it calls a concept of the thesaurus."""
    from panah.library import thesauri
    from panah.library.concepts.asking import thesaurus

    return thesauri.widened(query, thesaurus()).query


def compared(name: str, shelf: int, most: int, *, widen: bool) -> tuple[Score, Score]:
    asked = collection(name, most)
    return scored(asked, plain(asked)), scored(asked, ours(asked, shelf, widen=widen))


def in_workspace(folder: str) -> None:
    """Make a workspace there, and open it in this process."""
    from measuring import run

    os.environ |= {"PANAH_HOME": folder, "PANAH_PASSPHRASE": "a passphrase for measuring"}
    run("panah", "init", environment=os.environ)
    from panah.site.command import set_up

    set_up()
    from panah.vault import workspace

    workspace.unlock(workspace.given_passphrase() or "")


def told(name: str, before: Score, after: Score) -> str:
    gains = [100 * (new / old - 1) for old, new in zip(before, after, strict=True)]
    return (
        f"{name:<26} nDCG@{TOP} {before.ndcg:.4f} {after.ndcg:.4f} {gains[0]:+6.1f} %"
        f"   recall@{DEEP} {before.recall:.4f} {after.recall:.4f} {gains[1]:+6.1f} %"
    )


def mean(scores: Sequence[Score]) -> Score:
    return Score(*(sum(each) / len(scores) for each in zip(*scores, strict=True)))


def main() -> None:
    wanted = argparse.ArgumentParser()
    wanted.add_argument("collections", nargs="*", default=[*ONE_LANGUAGE, *PARTS, *SEVERAL])
    wanted.add_argument("--most", type=int, default=0)
    wanted.add_argument("--widen", action="store_true")
    chosen = wanted.parse_args()
    if not (SHARED / "ir").is_dir():
        sys.exit("../shared/data is not here: retrieval was not measured.")
    with tempfile.TemporaryDirectory(prefix="panah-bench-") as folder:
        in_workspace(str(Path(folder) / "home"))
        found = {}
        for shelf, name in enumerate(chosen.collections, start=1):
            found[name] = compared(name, shelf, chosen.most, widen=chosen.widen and name in SEVERAL)
            print(told(name, *found[name]), flush=True)
        if single := [found[name] for name in ONE_LANGUAGE if name in found]:
            print(told("mean of one language", *map(mean, zip(*single, strict=True))))


if __name__ == "__main__":
    main()
