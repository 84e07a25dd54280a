"""The thesaurus as one file of JSON that is quick to read: a line for a concept, so that differences can be read too."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from panah.library.thesauri.model import Concept, Labels, Scheme, Source, Thesaurus


def compiled(thesaurus: Thesaurus) -> bytes:
    """The thesaurus as `opened` reads it."""
    parts = (
        ("schemes", [asdict(scheme) for scheme in thesaurus.schemes.values()]),
        ("concepts", [asdict(concept) for concept in thesaurus.concepts.values()]),
        ("beginning", list(thesaurus.beginning.items())),
    )
    lists = (f'"{name}": [\n' + ",\n".join(map(_line, entries)) + "\n]" for name, entries in parts)
    return ("{" + ",\n".join(lists) + "}\n").encode()


@cache
def opened(path: Path) -> Thesaurus:
    """The thesaurus from its compiled form. It is ours, and is trusted: a test compares it with its sources."""
    known = json.loads(path.read_bytes())
    return Thesaurus(
        schemes={each["id"]: Scheme(**each | {"sources": _all(Source, each["sources"])}) for each in known["schemes"]},
        concepts={each["id"]: _concept(each) for each in known["concepts"]},
        beginning={seen: tuple(ids) for seen, ids in known["beginning"]},
    )


def _concept(known: dict[str, Any]) -> Concept:
    lists = {name: tuple(known[name]) for name in ("broader", "narrower", "related")}
    labels = tuple(Labels(**each | {"others": tuple(each["others"])}) for each in known["labels"])
    return Concept(**known | lists | {"labels": labels})


def _all(kind: type[Source], known: Iterable[dict[str, str]]) -> tuple[Source, ...]:
    return tuple(kind(**each) for each in known)


def _line(entry: object) -> str:
    return json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
