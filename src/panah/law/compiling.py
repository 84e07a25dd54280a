"""The law as one file of JSON that is quick to read: a line for an element, so that differences can be read too."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any

from panah.law.model import Authority, Element, Framework, Of, Order, Trigger
from panah.law.regimes import Regimes, regimes_from


@dataclass(frozen=True)
class Lawbook:
    """The bodies of law by id, the digest of the file of each, and what is said of when each applies."""

    frameworks: Mapping[str, Framework]
    editions: Mapping[str, str]
    regimes: Regimes


def compiled(lawbook: Lawbook) -> bytes:
    """The law as `opened` reads it."""
    heads = [
        {**asdict(each), "elements": [element.id for element in each.elements], "edition": lawbook.editions[each.id]}
        for each in lawbook.frameworks.values()
    ]
    elements = [_plain(asdict(element)) for each in lawbook.frameworks.values() for element in each.elements]
    parts = [("frameworks", heads), ("elements", elements), *asdict(lawbook.regimes).items()]
    lists = (f'"{name}": [\n' + ",\n".join(map(_line, entries)) + "\n]" for name, entries in parts)
    return ("{" + ",\n".join(lists) + "}\n").encode()


def opened(source: bytes) -> Lawbook:
    """The law from its compiled form. It is ours, and is trusted: a test compares it with its files."""
    known = json.loads(source)
    elements = {each["id"]: _element(each) for each in known["elements"]}
    editions = {each["id"]: each.pop("edition") for each in known["frameworks"]}
    frameworks = {each["id"]: _framework(each, elements) for each in known["frameworks"]}
    return Lawbook(MappingProxyType(frameworks), MappingProxyType(editions), regimes_from(known))


def _framework(known: dict[str, Any], elements: Mapping[str, Element]) -> Framework:
    own = tuple(elements[element_id] for element_id in known["elements"])
    kinds = {"order": Order(known["order"]), "trigger": Trigger(known["trigger"])}
    return Framework(**known | kinds | {"elements": own})


def _element(known: dict[str, Any]) -> Element:
    lists = {name: tuple(known.get(name, ())) for name in ("evidence", "concepts", "parallel", "see")}
    kinds = {"of": Of(known["of"]), "trigger": Trigger(known["trigger"])}
    return Element(**known | lists | kinds | {"authority": Authority(**known["authority"])})


def _plain(known: dict[str, Any]) -> dict[str, Any]:
    """Without what is empty."""
    return {name: value for name, value in known.items() if value not in ("", ())}


def _line(entry: object) -> str:
    return json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
