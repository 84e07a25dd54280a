"""How well names are found in running text, on passages that were marked by hand, and how quickly.

`bench/mentions.py` prints a line for each language and half of the marks; `--missed` the names that were missed and what was
wrongly found in the half to mend on, which nobody may do with the others. Needs ../shared/data/coi.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from panah.names.finding import mentions
from support.marked import COI, HALVES, LANGUAGES, Marked, Place, overlap, passages, scored

INVENTED = {
    "zh": "教师阿依努尔·吐尔逊江说，她的哥哥买买提江·艾合买提在2017年被带走。",
    "en": "Her neighbour Aynur Tursunjan said that Memetjan Exmet was taken away in 2017. ",
    "de": "Herr Memetjan Exmet wurde nach Angaben von Frau Aynur Tursunjan im Jahr 2017 abgeholt. ",
    "ru": "Айнур Турсунжан рассказала, что Мәмәтҗан Әхмәтни увезли в 2017 году. ",
    "ug": "ئاينۇر تۇرسۇنجان ئېيتتى، مەمەتجان ئەخمەتنى 2017-يىلى ئېلىپ كەتكەن. ",
}  # fmt: skip
"""Invented people, two to a sentence: text in which names are dense."""
_CHARACTERS = 500_000


def places(words: str) -> list[Place]:
    """Where names are found."""
    return [(mention.start, mention.end) for mention in mentions(words)]


def quality(marked: list[Marked]) -> Iterator[str]:
    """A line for each language and half."""
    yield f"{'':<12} {'passages':>8} {'marked':>7} {'found':>6} {'exact':>6} {'partly':>6} {'precision':>10} {'recall':>7}"
    for language in LANGUAGES:
        for half in HALVES:
            some = [each for each in marked if (each.language, each.half) == (language, half)]
            if some:
                score = scored(some, places)
                yield (
                    f"{language:<3} {half:<8} {len(some):>8} {score.marked:>7} {score.found:>6} {score.exact:>6}"
                    f" {score.partly:>6} {score.precision:>10.3f} {score.recall:>7.3f}"
                )


def speed() -> Iterator[str]:
    """Characters and mentions a second of processor time: in real documents, and where names are dense."""
    real = "\n".join(path.read_text() for path in islice(sorted(COI.glob("*.txt")), 12))[: 4 * _CHARACTERS]
    dense = {language: sentence * (_CHARACTERS // len(sentence)) for language, sentence in INVENTED.items()}
    for name, text in ({"documents": real} | dense).items():
        taken = []
        for _ in range(3):
            begun = time.process_time()
            found = sum(len(mentions(text[at : at + 1_000])) for at in range(0, len(text), 1_000))
            taken.append(time.process_time() - begun)
        most = min(taken)
        yield f"{name:<12} {len(text) / most / 1e6:>8.2f} million characters/s {found / most:>10,.0f} mentions/s"


def missed(marked: list[Marked]) -> Iterator[str]:
    """What went wrong in the half to mend on."""
    for language, half, words, names, either in marked:
        if half == "mend":
            found = {place for place in places(words) if not any(overlap(place, each) for each in either)}
            for verdict, some in (("wrong", found - names), ("missed", names - found)):
                for start, end in sorted(some):
                    yield f"{language} {verdict} {words[start:end]!r} in {words[max(0, start - 30) : end + 20]!r}"


def main() -> None:
    """Print it all."""
    marked = list(passages())
    for line in [*quality(marked), "", *speed(), *(missed(marked) if "--missed" in sys.argv else ())]:
        print(line)


if __name__ == "__main__":
    main()
