"""A small thesaurus, made up for tests from what such documents say, and where a test finds it."""

from __future__ import annotations

from pathlib import Path

from panah.library import thesauri

SEEDS = """\
scheme: seeds
title: "Concepts of tests"
sources:
  lantern: {title: "People who come back", date: "2018", url: "https://lantern.example/notes/14"}
concepts:
  - id: camp
    note: A place in which many people are held without a judgment.
    labels:
      en: {preferred: internment camp, others: [re-education camp, training centre], source: lantern}
      de: {preferred: Umerziehungslager, source: lantern}
      zh-Hans: {preferred: 再教育营, others: [集中营], source: lantern}
      ug-Arab: {preferred: يىغىۋېلىش لاگېرى, verified: false}
      tr: {preferred: toplama kampı, others: [kamp], verified: false}
  - id: study-class
    broader: [camp]
    note: A class that nobody may leave.
    labels:
      en: {preferred: study class, verified: false}
      zh-Hans: {preferred: 学习班, verified: false}
  - id: transfer
    note: Work elsewhere that nobody may refuse.
    labels:
      en: {preferred: labour transfer, others: [forced labour transfer], source: lantern}
      zh-Hans: {preferred: 劳动力转移, source: lantern}
  - id: forced-labour
    note: Work under threat.
    labels:
      en: {preferred: forced labour, source: lantern}
      ar: {preferred: عمل قسري, verified: false}
"""
PLACES = """\
scheme: places-of-tests
title: Places
sources: {}
concepts:
  - id: xinjiang
    related: [camp]
    note: A region in the west of China.
    labels:
      en: {preferred: Xinjiang, others: [East Turkestan], verified: false}
      zh-Hans: {preferred: 新疆, verified: false}
      ug-Arab: {preferred: شىنجاڭ, verified: false}
"""
FILES = {"seeds.yaml": SEEDS.encode(), "places-of-tests.yaml": PLACES.encode()}


def small() -> thesauri.Thesaurus:
    """The thesaurus."""
    return thesauri.read(FILES)


def compiled_in(folder: Path) -> Path:
    """Its compiled form, written there."""
    path = folder / "thesaurus.json"
    path.write_bytes(thesauri.compiled(small()))
    return path
