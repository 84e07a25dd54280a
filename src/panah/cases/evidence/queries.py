"""What the library has on each element of a case. The first argument is who asks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from panah import text
from panah.cases import queries as cases
from panah.cases.evidence import questions as asking
from panah.cases.evidence.questions import Kind, OfElement, Question, Told
from panah.cases.models import Case, ProfileWords
from panah.cases.research.record import Added, Asked, Put
from panah.errors import PanahError
from panah.law import Element, Framework
from panah.library import queries as library
from panah.library import sight
from panah.library.concepts.asking import thesaurus
from panah.library.finding.facets import sorting_day
from panah.library.kin import queries as kin
from panah.library.kin import roots
from panah.library.kin.roots import Key
from panah.library.models import Passage
from panah.library.queries import CollectionUnknown, Hit
from panah.search import queries as search
from panah.team.models import Member

BEST = 16
"""Passages of each question that are looked at."""
LOOKED_AT = 10
"""Passages of each element that are read and compared."""
SHOWN = 4
"""Roots of each element that are laid out."""


class PassageUnknown(PanahError):
    """There is no such passage any more: its document may have been read again. Ask anew."""

    status = 404


class Answered(NamedTuple):
    """A question, and how many passages there are."""

    question: Question
    passages: int


class Lead(NamedTuple):
    """A passage that stands for its root: what shares its wording or traces to the same is under it."""

    hit: Hit
    under: list[Hit]
    answers: list[Question]
    """The questions of the element that found it."""


class Laid(NamedTuple):
    """What there is on one element."""

    framework: Framework
    element: Element
    answered: list[Answered]
    leads: list[Lead]
    more: int
    """Roots that were found and are not laid out."""

    @property
    def nothing(self) -> list[Answered]:
        """The questions that gave nothing."""
        return [one for one in self.answered if not one.passages]


class Evidence(NamedTuple):
    """What a case asked, and what there is."""

    laid: list[Laid]
    asked: Asked


class _Row(NamedTuple):
    """A passage as far as its place in an order needs it."""

    document: UUID
    date: str


_Found = dict[Question, search.Found]


class _Finders:
    """Marks what questions look for in passages: each learns a question once."""

    def __init__(self) -> None:
        self._known: dict[Question, text.Finder] = {}

    def marked(self, hit: Hit, answers: Iterable[Question]) -> Hit:
        """The same passage, with what stands in it of the first question that it answers."""
        question = next(iter(answers))
        finder = self._known.get(question)
        if finder is None:
            finder = self._known[question] = text.Finder(question.node)
        raw, start = hit.words.encode(), hit.passage.start
        marks = library.marks_in(raw, [(0, len(raw))], finder)
        return hit._replace(marks=[(start + first, start + last) for first, last in marks])


def profile(asked: Case) -> dict[str, list[str]]:
    """The words that a caseworker entered, line by line, by what they are about."""
    rows = asked.profile_words.select_related("case")
    kept = {row.about: [line.strip() for line in row.words.splitlines() if line.strip()] for row in rows}
    return {about: kept[about] for about in ProfileWords.About.values if about in kept}


def collections(asker: Member, asked: Case) -> list[str]:
    """The names of what can be asked for a case: what the asker sees, but for the papers of other cases."""
    others = Case.objects.exclude(pk=asked.pk).values("papers")
    return list(library.collections(asker).exclude(pk__in=others).values_list("name", flat=True))


def evidence(asker: Member, asked: Case, *, names: Collection[str] = (), elements: Collection[str] = ()) -> Evidence:
    """Passages from distinct roots for every element of a case, or for some; of all collections, or of some by name.

    Nothing is kept and nothing is attached by it. Raises `CollectionUnknown`, `NotAllowed`.
    """
    with sight.once(asker):
        shelves = _shelves(asker, asked, names)
        places = [
            (law, one) for law in cases.frameworks(asked) for one in law.claims if not elements or one.id in elements
        ]
        planned = _planned(asked, [element for _, element in places])
        found = _asked(planned, shelves)
        planned = _with_alone(planned, found, shelves)
        rows = _rows(number for one in found.values() for number in one.object_ids)
        chosen = [_in_order(one.questions, found, rows)[:LOOKED_AT] for one in planned]
        hits = _hits(chosen)
        roots_of = _roots(asker, hits)
        finders = _Finders()
        laid = [
            _laid(law, one, [hits[number] for number in numbers if number in hits], found, roots_of, finders)
            for (law, _), one, numbers in zip(places, planned, chosen, strict=True)
        ]
    return Evidence(laid, _record(planned, found, names))


def passage(asker: Member, number: int) -> Hit:
    """A passage of a document that the asker may see, nothing marked in it. Raises `PassageUnknown`, `SealBroken`."""
    seen = library.documents(asker).order_by().values("pk")
    if not Passage.objects.filter(pk=number, document__in=seen).exists():
        raise PassageUnknown
    return library.hits([number], text.Any(()))[0]


def _shelves(asker: Member, case: Case, names: Collection[str]) -> list[int]:
    offered = collections(asker, case)
    if unknown := set(names) - set(offered):
        raise CollectionUnknown(name=min(unknown))
    rows = library.collections(asker).filter(name__in=names or offered)
    others = Case.objects.exclude(pk=case.pk).values("papers")
    return list(rows.exclude(pk__in=others).values_list("pk", flat=True))


def _planned(case: Case, elements: Sequence[Element]) -> list[OfElement]:
    facts = [Told(number, words) for number, words in case.facts.order_by("number").values_list("number", "words")]
    rests = cases.findings(case).values_list("element", "facts__number")
    cited: dict[str, set[int]] = defaultdict(set)
    for element, number in rests:
        if number is not None:
            cited[element].add(number)
    lines = [line for lines in profile(case).values() for line in lines]
    return asking.questions(elements, facts, lines, cited, thesaurus())


def _asked(planned: Iterable[OfElement], shelves: Sequence[int]) -> _Found:
    """What each question finds."""
    each = list(dict.fromkeys(question for one in planned for question in one.questions))
    nodes = [question.node for question in each]
    return dict(zip(each, search.find_each(nodes, kind=Passage.KIND, shelves=shelves, limit=BEST), strict=True))


def _with_alone(planned: Sequence[OfElement], found: _Found, shelves: Sequence[int]) -> list[OfElement]:
    """The same, and what each element is about asked by itself where nothing of it was found beside the profile.

    What these find is put to what is found.
    """
    made: dict[str, Question] = {}

    def also(question: Question) -> list[Question]:
        if question.kind is not Kind.CONCEPT or found[question].total:
            return [question]
        concept = question.concepts[0]
        return [question, made.setdefault(concept.id, asking.alone(concept))]

    wider = [
        one._replace(questions=tuple(each for question in one.questions for each in also(question))) for one in planned
    ]
    nodes = [question.node for question in made.values()]
    more = search.find_each(nodes, kind=Passage.KIND, shelves=shelves, limit=BEST)
    found.update(zip(made.values(), more, strict=True))
    return wider


def _rows(numbers: Iterable[int]) -> dict[int, _Row]:
    rows = Passage.objects.filter(pk__in=set(numbers)).values_list("pk", "document", "document__date")
    return {pk: _Row(document, date) for pk, document, date in rows}


def _in_order(questions: Iterable[Question], found: _Found, rows: Mapping[int, _Row]) -> list[int]:
    """The passages of an element: those that answer more of its questions first, of equals the newest, then the best.

    What was asked without the words of the profile counts only among those that answer as many with them.
    """
    near, far, best = Counter[int](), Counter[int](), dict[int, int]()
    for question in questions:
        for rank, number in enumerate(found[question].object_ids):
            (far if question.kind is Kind.ALONE else near)[number] += 1
            best[number] = min(rank, best.get(number, rank))

    def place(number: int) -> tuple[int, int, tuple[bool, int], int, int]:
        newest = sorting_day(rows[number].date, newest=True)
        return -near[number], -far[number], newest, best[number], number

    return sorted((number for number in best if number in rows), key=place)


def _hits(chosen: Iterable[Sequence[int]]) -> dict[int, Hit]:
    numbers = list(dict.fromkeys(number for some in chosen for number in some))
    return {hit.passage.pk: hit for hit in library.hits(numbers, text.Any(()))}


def _roots(asker: Member, hits: Mapping[int, Hit]) -> dict[int, Key]:
    """Of each passage its root: what its document, or that of the first with its wording, is said to trace to, or is."""
    said = roots.said_roots(asker, {hit.document.pk for hit in hits.values()})
    found: dict[int, Key] = {}
    for first, *under in kin.together(list(hits.values())):
        for hit in (first, *under):
            found[hit.passage.pk] = said.get(hit.document.pk) or said.get(first.document.pk, first.document.pk)
    return found


def _laid(
    law: Framework,
    one: OfElement,
    hits: Sequence[Hit],
    found: _Found,
    roots_of: Mapping[int, Key],
    finders: _Finders,
) -> Laid:
    groups: dict[Key, list[Hit]] = defaultdict(list)
    for hit in hits:
        groups[roots_of[hit.passage.pk]].append(hit)
    answered = [Answered(each, found[each].total) for each in one.questions]
    leads = []
    for first, *under in list(groups.values())[:SHOWN]:
        answers = [each for each in one.questions if first.passage.pk in found[each].object_ids]
        leads.append(Lead(finders.marked(first, answers), under, answers))
    return Laid(law, one.element, answered, leads, max(0, len(groups) - SHOWN))


def _record(planned: Iterable[OfElement], found: _Found, names: Collection[str]) -> Asked:
    """What was asked, each question once, with the elements for which it was."""
    elements: dict[Question, list[str]] = defaultdict(list)
    for one in planned:
        for question in one.questions:
            elements[question].append(one.element.id)
    puts = [
        Put(
            question.words, found[question].total, question.kind.value,
            tuple(concept.id for concept in question.concepts), question.facts, tuple(ids),
        )
        for question, ids in elements.items()
    ]  # fmt: skip
    concepts = {one.id: one for question in elements for one in question.concepts}
    added = {
        key: Added(one.called(), tuple(label for labels in one.labels for label in labels.each))
        for key, one in concepts.items()
    }
    return Asked(tuple(puts), added, tuple(sorted(names)))
