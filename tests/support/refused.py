"""Refusals for the tests of the audit, from the rows of a table: what the decision says, what was marked, what is on file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import yaml

from panah import law
from panah.law import Acceptance, Judged, Stance
from panah.law.checklist import Found, Ref
from panah.law.checklist.onfile import Decision, Entry, OnFile
from panah.law.citations import Outcome
from panah.law.model import Contradiction, Fact, Record, Support
from panah.law.refusal import Quoted, Reason, Refusal, Source, Submitted, paragraphs

HEADINGS = {
    "en": {"order": "Decision", "account": "Facts", "law": "Applicable law", "country": "Country information", "reasons": "Reasons", "remedy": "How to appeal"},
    "de": {"order": "Bescheid", "account": "Sachverhalt", "law": "Rechtsgrundlagen", "country": "Lage im Herkunftsland", "reasons": "Gründe", "remedy": "Rechtsmittelbelehrung"},
    "sv": {"order": "Beslut", "account": "Bakgrund", "law": "Tillämpliga bestämmelser", "country": "Landinformation", "reasons": "Skäl för beslutet", "remedy": "Hur man överklagar"},
    "fr": {"order": "Décision", "account": "Faits", "law": "Droit applicable", "country": "Informations sur le pays d'origine", "reasons": "Motifs", "remedy": "Voies de recours"},
}  # fmt: skip


def rows(path: Path) -> Any:
    """A table, in which every value is a text."""
    return yaml.load(path.read_text(), Loader=yaml.BaseLoader)


def decision_text(language: str, under: Mapping[str, str]) -> str:
    """A decision with these words under the headings of these parts."""
    return "\n\n".join(f"{HEADINGS[language][part]}\n\n{words}" for part, words in under.items())


def refused(row: Mapping[str, Any]) -> Refusal:
    """The refusal of a row."""
    tongue = row.get("language", "en")
    text = decision_text(tongue, row.get("under", {"reasons": "The application is refused."}))
    records = tuple(
        Entry(kind, number, said)
        for kind, entries in row.get("records", {}).items()
        for number, said in enumerate(entries, start=1)
    )
    decision = next((each for each in records if each.kind == "decision"), Entry("decision", 1))
    every = records if decision in records else (*records, decision)
    return Refusal(
        decision=decision,
        text=text,
        language=tongue,
        paragraphs=paragraphs(text),
        reasons=tuple(_reason(text, number, mark) for number, mark in enumerate(row.get("marks", ()), start=1)),
        record=Record(
            tuple(_fact(each) for each in row.get("facts", ())), contradictions=tuple(map(_difference, row.get("differences", ())))
        ),
        file=OnFile(records=every, decisions=(Decision(decision, text),)),
        frameworks=tuple(law.framework(each) for each in row.get("frameworks", ())),
        raised=frozenset(row.get("raised", ())),
        submitted=tuple(_submitted(each, number) for number, each in enumerate(row.get("papers", ()), start=1)),
        sources=tuple(_source(each, text) for each in row.get("sources", ())),
        quoted=tuple(_quoted(each, text) for each in row.get("quoted", ())),
        names=tuple(row.get("names", ())),
    )  # fmt: skip


def place(text: str, words: str) -> Found:
    """Where words of a decision stand first."""
    start = len(text[: text.index(words)].encode())
    return Found(1, start, start + len(words.encode()), words, "")


def _reason(text: str, number: int, mark: Mapping[str, Any]) -> Reason:
    found = place(text, mark["words"])
    paragraph = next(each for each in paragraphs(text) if each.start <= found.start < each.end)
    lists = {each: tuple(mark.get(each, ())) for each in ("elements", "facts", "contradictions", "cites")}
    concludes = Acceptance(mark["concludes"]) if "concludes" in mark else None
    return Reason(
        str(number), paragraph.number, found.start, found.end, found.words,
        concludes=concludes, bare=mark.get("bare") == "true", **lists,
    )  # fmt: skip


def _fact(each: Mapping[str, Any]) -> Fact:
    supports = tuple(
        Support(support["id"], Stance(support["stance"]), support["id"], put_to_her=support.get("put") == "true")
        for support in each.get("supports", ())
    )
    return Fact(
        each["id"], each["words"], supports,
        past_harm=each.get("past_harm") == "true", explanation_sought=each.get("asked") == "true", used_in=tuple(each.get("used_in", ())),
    )  # fmt: skip


def _difference(each: Mapping[str, Any]) -> Contradiction:
    judged = Judged(each.get("judged", "contradiction"))
    return Contradiction(
        each["id"], each["label"], judged, put_to_her=each.get("put") == "true", fact=each.get("fact", "")
    )


def _submitted(each: Mapping[str, Any], number: int) -> Submitted:
    record = Ref("submission", each["record"]) if "record" in each else None
    return Submitted(
        each["id"],
        int(each.get("number", number)),
        each["title"],
        each.get("date", ""),
        tuple(each.get("names", ())),
        record,
    )


def _source(each: Mapping[str, Any], text: str) -> Source:
    plain = {field.name: each[field.name] for field in fields(Source) if isinstance(each.get(field.name), str)}
    words = tuple(place(text, words) for words in each.get("words", ()))
    return Source(**plain | {"concepts": frozenset(each.get("concepts", ())), "words": words})


def _quoted(each: Mapping[str, Any], text: str) -> Quoted:
    return Quoted(place(text, each["words"]), Outcome(each["outcome"]), each["sentence"])
