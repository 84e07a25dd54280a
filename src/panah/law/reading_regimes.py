"""What is said of when each body of law applies, read strictly from its file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from panah.law.loading import authority_of, strict
from panah.law.model import Authority, Framework
from panah.law.reading import day_of, id_of
from panah.law.regimes import OTHERS, Area, Body, Doubt, Note, Regimes, Succession

if TYPE_CHECKING:
    import yaml

    from panah.text.strict_yaml import Page

FILE = "regimes.yaml"

_STATE = re.compile("[A-Z]{2}")
_AUTHORITY = ("instrument", "provision", "address", "verified")
_SUCCESSION = ("id", "area", "states", "newer", "before", "since", "missing", "authority")
_IN_DOUBT = ("unsettled", "doubtful_day", "doubt")


def read_regimes(name: str, source: bytes, known: Mapping[str, Framework]) -> Regimes:
    """It from the bytes of its file, which is called `name`, about the bodies of law that are known.

    Raises `FrameworkBroken`.
    """
    page = strict(name)
    root = page.entries(page.opened(source), ("groups", "bodies", "successions", "doubts", "notes"))
    reading = _Reading(page, known, _groups(page, root["groups"]))
    return Regimes(
        bodies=tuple(each for node in page.items(root["bodies"]) for each in reading.bodies(node)),
        successions=tuple(reading.succession(node) for node in page.items(root["successions"])),
        doubts=tuple(reading.doubt(node) for node in page.items(root["doubts"])),
        notes=tuple(reading.note(node) for node in page.items(root["notes"])),
    )


def _groups(page: Page, node: yaml.Node) -> Mapping[str, tuple[str, ...]]:
    groups: dict[str, tuple[str, ...]] = {}
    for name, members in page.mapping(node).items():
        states = page.texts(members)
        if wrong := [state for state in states if not _STATE.fullmatch(state)]:
            raise page.refused(members, f"“{wrong[0]}” is not a State by its two letters")
        groups[name] = states
    return groups


class _Reading:
    def __init__(self, page: Page, known: Mapping[str, Framework], groups: Mapping[str, tuple[str, ...]]) -> None:
        self._page, self._known, self._groups = page, known, groups
        self._ids: set[str] = set()

    def bodies(self, node: yaml.Node) -> Iterator[Body]:
        page = self._page
        own = page.entries(node, ("area", "states", "frameworks", "reason", "authority"))
        for item in page.items(own["frameworks"]):
            yield Body(
                area=page.one_of(own["area"], Area),
                states=self._states(own["states"]),
                framework=self._framework(item).id,
                reason=page.text(own["reason"]),
                authority=self._authority(own["authority"]),
            )

    def succession(self, node: yaml.Node) -> Succession:
        page = self._page
        own = page.entries(node, _SUCCESSION, _IN_DOUBT)
        newer = self._framework(own["newer"])
        if not newer.follows:
            raise page.refused(own["newer"], f"{newer.id} follows no other body of law")
        doubtful = day_of(page, own["doubtful_day"]) if "doubtful_day" in own else ""
        if bool(doubtful) != ("doubt" in own):
            raise page.refused(node, "a doubtful day and the doubt about it belong together")
        return Succession(
            id=self._new_id(own["id"]),
            area=page.one_of(own["area"], Area),
            states=self._states(own["states"]),
            older=newer.follows,
            newer=newer.id,
            before=page.text(own["before"]),
            since=page.text(own["since"]),
            missing=page.text(own["missing"]),
            unsettled=page.text(own["unsettled"]) if "unsettled" in own else "",
            doubtful_day=doubtful,
            doubt=page.text(own["doubt"]) if "doubt" in own else "",
            authority=self._authority(own["authority"]),
        )

    def doubt(self, node: yaml.Node) -> Doubt:
        page = self._page
        own = page.entries(node, ("id", "area", "states", "stands", "asks", "authority"))
        return Doubt(
            id=self._new_id(own["id"]),
            area=page.one_of(own["area"], Area),
            states=self._states(own["states"]),
            stands=tuple(self._framework(item).id for item in page.items(own["stands"])),
            asks=page.text(own["asks"]),
            authority=self._authority(own["authority"]),
        )

    def note(self, node: yaml.Node) -> Note:
        page = self._page
        own = page.entries(node, ("area", "states", "says"))
        return Note(page.one_of(own["area"], Area), self._states(own["states"]), page.text(own["says"]))

    def _states(self, node: yaml.Node) -> tuple[str, ...]:
        """The States of groups, or by their letters, each once."""
        found: dict[str, None] = {}
        for item in self._page.items(node):
            name = self._page.text(item)
            if name not in self._groups and name != OTHERS and not _STATE.fullmatch(name):
                raise self._page.refused(item, f"“{name}” is neither a State nor a group of States")
            found |= dict.fromkeys(self._groups.get(name, (name,)))
        return tuple(found)

    def _framework(self, node: yaml.Node) -> Framework:
        name = self._page.text(node)
        if name not in self._known:
            raise self._page.refused(node, f"there is no body of law “{name}”")
        return self._known[name]

    def _new_id(self, node: yaml.Node) -> str:
        name = id_of(self._page, node)
        if name in self._ids:
            raise self._page.refused(node, f"the id {name} stands here twice")
        self._ids.add(name)
        return name

    def _authority(self, node: yaml.Node) -> Authority:
        return authority_of(self._page, self._page.entries(node, _AUTHORITY))
