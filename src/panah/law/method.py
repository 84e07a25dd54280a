"""Facts by the method: what is asked of each material fact, read strictly from its file, and which stages one has reached.

A stage is reached, open, or not called for. That is said of the examination, and nothing of the person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from panah import text
from panah.law.loading import FrameworkBroken, authority_of, shipped_page
from panah.law.model import Acceptance, Authority, Contradiction, Fact, Interview, Judged, Stance

if TYPE_CHECKING:
    import yaml

    from panah.text.strict_yaml import Page

FILE = "method.yaml"
_AUTHORITY = ("instrument", "provision", "address", "verified")


class StageId(StrEnum):
    """What happens to a material fact, in the order in which the guides have it."""

    ASSERTED = "asserted"
    EVIDENCED = "evidenced"
    ASSESSED = "assessed"
    EXPLAINED = "explained"
    CONCLUDED = "concluded"
    USED = "used"


@dataclass(frozen=True)
class StageName:
    """What a stage is called, and what it asks."""

    id: StageId
    name: str
    asks: str


@dataclass(frozen=True)
class Indicator:
    """A credibility indicator: its question, what it may rest on, and how it is usually misused."""

    id: str
    name: str
    asks: str
    evidence: tuple[str, ...]
    misuse: str
    authority: Authority


class Side(StrEnum):
    """What a distortion factor lies in."""

    PERSON = "person"
    INTERVIEW = "interview"
    AUTHORITY = "authority"


@dataclass(frozen=True)
class Factor:
    """Something that can distort a telling, or how it is heard."""

    id: str
    name: str
    of: Side
    authority: Authority


@dataclass(frozen=True)
class Slot:
    """One of the things on which an applicant submits what is there."""

    id: str
    item: str
    """Its number in the provision."""
    name: str
    authority: Authority
    parallel: Authority


@dataclass(frozen=True)
class Method:
    """Everything that `method.yaml` holds, each by its id and in its order."""

    stages: Mapping[StageId, StageName]
    indicators: Mapping[str, Indicator]
    factors: Mapping[str, Factor]
    slots: Mapping[str, Slot]
    slots_asked_by: frozenset[str]
    """The elements that ask for the inventory."""
    past_harm_asked_by: frozenset[str]
    """The elements that ask what follows from past harm."""


@dataclass(frozen=True)
class Stage:
    """Where the examination of a fact stands: each stage is in one of these, in the order of the method."""

    reached: tuple[StageId, ...]
    open: tuple[StageId, ...]
    not_called_for: tuple[StageId, ...]


@cache
def method() -> Method:
    """The method that is shipped. Raises `FrameworkBroken`."""
    return read_method(*shipped_page(FILE))


def read_method(name: str, source: bytes) -> Method:
    """The method from the bytes of its file, which is called `name`. Raises `FrameworkBroken`."""
    from panah.text.strict_yaml import Page

    page = Page(name, FrameworkBroken)
    parts = ("stages", "indicators", "factors", "slots", "asked_by")
    cited = ("indicators_authority", "factors_authority", "slots_authority", "slots_parallel")
    root = page.entries(page.opened(source), (*parts, *cited))
    authority = {each: authority_of(page, page.entries(root[each], _AUTHORITY)) for each in cited}
    asked_by = page.entries(root["asked_by"], ("slots", "past_harm"))
    return Method(
        stages=_stages(page, root["stages"]),
        indicators=_indicators(page, root["indicators"], authority["indicators_authority"]),
        factors=_factors(page, root["factors"], authority["factors_authority"]),
        slots=_slots(page, root["slots"], authority["slots_authority"], authority["slots_parallel"]),
        slots_asked_by=frozenset(page.texts(asked_by["slots"])),
        past_harm_asked_by=frozenset(page.texts(asked_by["past_harm"])),
    )


def stage(fact: Fact, contradictions: tuple[Contradiction, ...] = ()) -> Stage:
    """Which stages a fact has reached, from what is on record; `contradictions` are those of the record.

    An explanation is called for where something speaks against the fact, or where it is not accepted.
    """
    own = [each for each in contradictions if each.fact == fact.id and each.judged is not Judged.IRRELEVANT]
    against = any(support.stance is Stance.CONTRADICTS for support in fact.supports) or bool(own)
    sought = is_sought(fact, contradictions)
    reached = {
        StageId.ASSERTED: True,
        StageId.EVIDENCED: bool(fact.supports),
        StageId.ASSESSED: bool(fact.assessed),
        StageId.EXPLAINED: sought,
        StageId.CONCLUDED: fact.acceptance is not None,
        StageId.USED: bool(fact.used_in),
    }
    called_for = dict.fromkeys(StageId, True)
    called_for[StageId.EXPLAINED] = sought or against or fact.acceptance is Acceptance.NOT_ACCEPTED
    called_for[StageId.USED] = bool(fact.used_in) or fact.acceptance is not Acceptance.NOT_ACCEPTED
    return Stage(
        reached=tuple(each for each in StageId if reached[each]),
        open=tuple(each for each in StageId if called_for[each] and not reached[each]),
        not_called_for=tuple(each for each in StageId if not called_for[each]),
    )


def is_sought(fact: Fact, contradictions: tuple[Contradiction, ...] = ()) -> bool:
    """Whether the applicant was asked about what speaks against a fact, in whichever way it was written down."""
    put = any(support.put_to_her for support in fact.supports)
    return put or fact.explanation_sought or any(each.fact == fact.id and each.put_to_her for each in contradictions)


@dataclass(frozen=True)
class Mismatch:
    """The language that the applicant asked for, and the one that was spoken, by their names."""

    wanted: str
    spoken: str

    def __str__(self) -> str:
        return f"The applicant asked for {self.wanted}; the interpreter spoke {self.spoken}."


def mismatch(interview: Interview) -> Mismatch | None:
    """How the interpreter's language or dialect differs from the applicant's; None where nothing on file differs."""
    wanted, spoken = interview.preferred_language, interview.interpreter_language
    if not wanted or not spoken:
        return None
    dialects = interview.preferred_dialect.strip(), interview.interpreter_dialect.strip()
    same = language(wanted).casefold() == language(spoken).casefold()
    if same and (not all(dialects) or dialects[0].casefold() == dialects[1].casefold()):
        return None
    return Mismatch(_named(wanted, dialects[0]), _named(spoken, dialects[1]))


def language(tag: str) -> str:
    """What a language is called, by its tag or by a name, without script and region: Uyghur, of ug-Arab and of uyghur."""
    name = text.language_name(tag.strip().partition("-")[0])
    return name[:1].upper() + name[1:]


def _named(tag: str, dialect: str) -> str:
    name = language(tag)
    return f"{name} ({dialect})" if dialect else name


def _stages(page: Page, node: yaml.Node) -> Mapping[StageId, StageName]:
    found: dict[StageId, StageName] = {}
    for item in page.items(node):
        own = page.entries(item, ("id", "name", "asks"))
        stage_id = page.one_of(own["id"], StageId)
        _once(page, item, stage_id, found)
        found[stage_id] = StageName(stage_id, page.text(own["name"]), page.text(own["asks"]))
    if tuple(found) != tuple(StageId):
        raise page.refused(node, f"the stages are {', '.join(StageId)}, in this order")
    return MappingProxyType(found)


def _indicators(page: Page, node: yaml.Node, authority: Authority) -> Mapping[str, Indicator]:
    found: dict[str, Indicator] = {}
    for item in page.items(node):
        own = page.entries(item, ("id", "name", "asks", "evidence", "misuse"))
        said = {key: page.text(own[key]) for key in ("id", "name", "asks", "misuse")}
        _once(page, item, said["id"], found)
        found[said["id"]] = Indicator(evidence=page.texts(own["evidence"]), authority=authority, **said)
    return MappingProxyType(found)


def _factors(page: Page, node: yaml.Node, authority: Authority) -> Mapping[str, Factor]:
    groups, found = page.entries(node, tuple(Side)), dict[str, Factor]()
    for of in Side:
        for item in page.items(groups[of]):
            own = page.entries(item, ("id", "name"))
            factor_id = page.text(own["id"])
            _once(page, item, factor_id, found)
            found[factor_id] = Factor(factor_id, page.text(own["name"]), of, authority)
    return MappingProxyType(found)


def _slots(page: Page, node: yaml.Node, authority: Authority, parallel: Authority) -> Mapping[str, Slot]:
    found: dict[str, Slot] = {}
    for item in page.items(node):
        own = page.entries(item, ("id", "item", "name"))
        slot_id = page.text(own["id"])
        _once(page, item, slot_id, found)
        found[slot_id] = Slot(slot_id, page.text(own["item"]), page.text(own["name"]), authority, parallel)
    return MappingProxyType(found)


def _once(page: Page, item: yaml.Node, name: str, found: Mapping[str, object] | Mapping[StageId, object]) -> None:
    if name in found:
        raise page.refused(item, f"“{name}” stands here twice")
