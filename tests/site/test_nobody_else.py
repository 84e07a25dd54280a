"""What a member may not see does not exist for her: whichever address, query or command is asked, and however.

Each is asked about what is there and hidden, and about what was never there. Whoever can tell the two answers apart has
found something out.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db.models import QuerySet
from django.test import Client
from django.urls import URLPattern, get_resolver

from panah.errors import PanahError
from panah.library.finding.question import of_address
from panah.library.queries import Shelf
from panah.team.actions import admit, join, release
from panah.team.models import Member
from panah.team.rules import ALLOWED, May, Role
from support.members import signed_in

WORDS = (
    "Ms A.", "Ayperi", "ئايپەرى", "阿依帕日", "Medical report", "scan.jpg", "Case 2026-001", "Monsoon Road",
    "She was held", "People who come back", "It waits.", "waits.txt", "box.zip", "a list of names",
    "A captured notice", "A watched question", "lantern.example", "The road to the north", "The lamplighter",
)  # fmt: skip
"""Of the invented case, of its papers, and of the library that it quotes."""
ASIDE = {"sign-out", "sign-in", "second-factor", "set_language", "begin", "join"}
"""Addresses of the door: `test_doors` asks them."""


class Known:
    """What is there, by the names that addresses and queries give to what they ask for; and what never was."""

    def __init__(self, desk) -> None:
        from panah.cases.models import Search
        from panah.cases.research.actions import keep
        from panah.cases.research.record import Asked, Put
        from panah.library.kin.actions import trace
        from panah.library.kin.queries import Place
        from panah.library.models import Document, Quotation, Source
        from panah.team.models import Compartment

        case = desk.invented
        document = Document.objects.get(title="Medical report")
        compartment = Compartment.objects.get(pk=case.compartment_id)
        mark = trace(document=document, root="The lamplighter", because="The lamplighter told it.", **desk.act)
        self.there: dict[str, Any] = {
            "reference": case.reference, "number": 1, "ground": 1, "framework_id": "echr-3", "element_id": "E3.fg",
            "item_id": "A7", "kind": "verification", "topic_id": "exclusion",
            "support_id": case.facts.get(number=2).supports.first().pk, "document_id": document.pk,
            "quotation_id": Quotation.objects.order_by("made_at").first().pk, "dossier_id": desk.sealed.pk,
            "delivery_id": desk.delivery.pk, "compartment_id": compartment.pk, "compartment": compartment, "asked": case, "name": "Case 2026-001",
            "source_id": Source.objects.get(compartment=compartment, name="Monsoon Road Legal Clinic (invented)").pk,
            "document": document, "concept_id": "internment-camp", "extractors": {}, "recognises": True, "page": 1, "on": date(2099, 1, 1), "hand_over_id": uuid4(), "capture_id": desk.captured.pk, "words": "passport", "language": "", "may": May.SEE, "collection": "Case 2026-001", "mark_id": mark.pk,
            "other": document, "start": 0, "end": 1, "places": [Place(document, 0, 1)], "hits": [], "documents": [document.pk], "said": [], "place": None,
            "search_id": desk.watched.pk, "question": of_address("q=passport"), "passage": 0, "now": desk.now(), "limit": 20, "most": 20,
        }  # fmt: skip
        search = keep(
            case=case, through=Search.Through.FINDER, asked=Asked((Put(("The road to the north",), 1),)), **desk.act
        )
        self.there |= {"made_id": search.pk, "other_reference": case.reference, **established(desk)}
        self.never = self.there | {
            "reference": "2026-999", "other_reference": "2026-999", "name": "Case 2026-999", "collection": "Case 2026-999",
            **{name: uuid4() for name, value in self.there.items() if isinstance(value, UUID)},
        }  # fmt: skip


def established(desk) -> dict[str, Any]:
    """What was done to establish a fact of the invented case, and how it was told."""
    from panah.cases.evidence.actions import lay
    from panah.cases.evidence.laid import Place as Element
    from panah.cases.method.actions import seek_explanation, take_account
    from panah.cases.telling.actions import Held, Place, mark, record_interview

    case = desk.invented
    fact, told = case.facts.get(number=1), case.statements.get(number=1)
    quoted = case.facts.get(number=2).supports.exclude(quotation=None).first()
    laid = lay(case=case, place=Element("echr-3", "E3.fg"), quotation=quoted.quotation, **desk.act)
    explanation = seek_explanation(fact=fact, put_at="Monsoon Road", **desk.act)
    mark(case=case, a=Place(told, 0, 3), b=Place(told, 4, 6), **desk.act)
    take_account(case=case, factor="trauma", words="The lamplighter", **desk.act)
    record_interview(case=case, held=Held(place="Monsoon Road"), **desk.act)
    return {
        "explanation_id": explanation.pk, "fact": fact, "beside": 2, "indicator_id": "CI.det", "slot_id": "age",
        "quotations": [], "laid_id": laid.pk, **said_of_names(desk, quoted.quotation),
    }  # fmt: skip


def said_of_names(desk, quoted) -> dict[str, Any]:
    """What was said of names for the invented case, and all shelves on which one could be looked for."""
    from panah.cases.models import Identification
    from panah.cases.naming import actions
    from panah.cases.naming.record import Asked
    from panah.library.models import Collection

    kept = actions.Kept(desk.invented.compartment, desk.invented)
    identification = actions.identify(
        kept=kept, sought="Ayperi", document=quoted.document, words=quoted.words, start=quoted.start,
        outcome=Identification.Outcome.SAME, reason="The lamplighter", **desk.act,
    )  # fmt: skip
    asked = Asked({}, ("Library",), papers=True, documents=1, unread=0, put_aside=0)
    absence = actions.state_absence(kept=kept, sought="Ayperi", asked=asked, reason="The lamplighter", **desk.act)
    shelves = list(Collection.objects.values_list("pk", flat=True))
    spelling = desk.invented.names.first()
    return {
        "identification_id": identification.pk,
        "absence_id": absence.pk,
        "shelves": shelves,
        "name_id": spelling.pk,
    }


@pytest.fixture
def known(desk) -> Known:
    return Known(desk)


@pytest.fixture(params=["never had a role", "was released", "sees another compartment"])
def nobody(request, desk) -> Member:
    """Members of the team who may not see the invented case."""
    from panah.vault.actions import set_up

    member = join(name=f"Invented Nobody who {request.param}", now=desk.now())
    if request.param == "was released":
        for place in (desk.invented.compartment, desk.shelf("Library").compartment):
            admit(compartment=place, member=member, role=Role.WORKER, **desk.act)
            release(compartment=place, member=member, **desk.act)
    if request.param == "sees another compartment":
        set_up(name="Another invented compartment", by=member, now=desk.now())
    return member


def patterns(resolver=None, before: str = "/") -> Iterator[tuple[str, str]]:
    """Every address of the workbench, and its name."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield before + str(pattern.pattern), pattern.name or ""
        else:
            yield from patterns(pattern, before + str(pattern.pattern))


def filled(address: str, values: dict[str, Any]) -> str:
    return re.sub(r"<\w+:(\w+)>", lambda part: str(values[part[1]]), address)


def without(page: str, values: dict[str, Any]) -> str:
    """A page without what its address said, and without what is new each time."""
    for value in sorted((str(value) for value in values.values() if isinstance(value, str | UUID)), key=len):
        page = page.replace(value, "…") if len(value) > 5 else page
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def answered(client: Client, method: str, address: str) -> tuple[int, str, str]:
    answer = getattr(client, method)(address)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer.status_code, answer.headers.get("Location", ""), content.decode("utf-8", "replace")


PAGES = sorted(address for address, name in patterns() if name not in ASIDE and not address.startswith("/team/me"))
"""All but the door, and what is a member's own: her codes are others each time."""


class TestAddresses:
    @pytest.mark.parametrize("method", ["get", "post", "head"])
    def test_answer_about_what_is_hidden_as_about_what_never_was(self, nobody, known, method):
        client = signed_in(nobody)
        for address in PAGES:
            there = answered(client, method, filled(address, known.there))
            never = answered(client, method, filled(address, known.never))
            assert there[0] == never[0], address
            assert without(there[1], known.there) == without(never[1], known.never), address
            assert without(there[2], known.there) == without(never[2], known.never), address

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_never_show_a_word_of_it(self, nobody, known, method):
        client = signed_in(nobody)
        asked = "?q=passport&new={document_id}&old={document_id}&collection=Case+2026-001&case=2026-001"
        for address in PAGES:
            for more in ("", asked.format(**known.there))[method == "post" :]:
                _, location, page = answered(client, method, filled(address, known.there) + more)
                assert not [word for word in WORDS if word in without(page, known.there) + location], address

    def test_are_closed_to_a_member_who_left(self, desk, known):
        member = join(name="Invented Leaver", now=desk.now())
        admit(compartment=desk.invented.compartment, member=member, role=Role.LEAD, **desk.act)
        client = signed_in(member)
        assert client.get("/cases/2026-001/").status_code == 200
        Member.objects.filter(pk=member.pk).update(left_at=desk.now())
        for address in PAGES:
            assert answered(client, "get", filled(address, known.there))[:2][0] in {302, 403}, address

    def test_change_nothing_for_a_reader(self, desk, known):
        member = join(name="Invented Reader", now=desk.now())
        for place in (desk.invented.compartment, desk.shelf("Library").compartment):
            admit(compartment=place, member=member, role=Role.READER, **desk.act)
        client = signed_in(member)
        before = counted()
        for address in PAGES:
            if address.startswith(("/cases/", "/library/", "/names/")):
                answered(client, "post", filled(address, known.there))
        changed = {name for name, rows in counted().items() if rows != before[name]}
        assert changed <= OF_THE_ASKER


OF_THE_ASKER = {
    "team.LedgerLine", "team.Particulars", "team.LedgerBlock", "team.Sitting", "team.Look", "sessions.Session",
    "library.LookedThrough", "cases.NameAsked",
}  # fmt: skip
"""What is written down about whoever asks, and not by her."""


def counted() -> dict[str, int]:
    return {kind._meta.label: kind._base_manager.count() for kind in apps.get_models()}


ASKED_WITHOUT_A_NAME = {
    "cases.queries.element": "the law, which is everybody's",
    "cases.queries.quotations_beside": "a fact that the caller has",
    "cases.method.queries.indicator": "the method, which is everybody's",
    "cases.method.queries.factor": "the method",
    "cases.method.queries.slot": "the method",
    "cases.regime.queries.dates": "proceedings that the caller has",
    "cases.regime.queries.chosen": "proceedings that the caller has",
    "cases.currency.queries.concepts_spoken_of": "the thesaurus, which is everybody's",
    "cases.refusal.queries.listed": "an audit that the caller has",
    "cases.procedure.queries.bearing": "the law, which is everybody's",
    "cases.procedure.queries.cites": "an answer that the caller has",
    "cases.procedure.queries.as_initial": "an item of a case that the caller has",
    "dossier.queries.signer": "the public key of the workspace",
    "dossier.queries.followed": "numbers of ledger lines, for everybody to check",
    "library.bulk.queries.counted": "a delivery that the caller has",
    "library.bulk.queries.report": "a delivery that the caller has",
    "library.queries.waiting": "the program that reads, on nobody's behalf",
    "library.queries.waiting_for_recognition": "whoever keeps the machine: how many, and no more",
    "library.captures.queries.waiting": "the program that captures, on behalf of whoever asked",
    "library.queries.hits": "passages that the caller found by a query that looks",
    "library.finding.queries.last_passage": "a number that counts passages, and of nobody's in particular",
    "library.finding.saved.hits": "what the caller has of `watched`",
    "library.queries.marks_in": "bytes that the caller has",
    "library.queries.pieces": "bytes that the caller has",
    "library.queries.said_of": "a document that the caller has",
    "library.queries.words_between": "a document that the caller has",
    "library.queries.language_proposed": "a document that the caller has",
    "library.captures.queries.due_at_calendars": "the program that asks calendars",
    "library.captures.queries.long_pending": "a number",
    "library.queries.content": "a reading that the caller has",
    "library.kin.queries.older_first": "a document that the caller has",
    "library.kin.queries.together": "hits that the caller has",
    "library.kin.queries.words_at": "a place that the caller has",
}
"""Queries whose first argument is neither who asks nor a case, and what they tell."""


ASKING = (
    "cases.queries", "cases.currency.queries", "cases.evidence.laid", "cases.evidence.queries", "cases.family.queries",
    "cases.mapping.queries", "cases.method.queries", "cases.naming.queries", "cases.procedure.queries", "cases.refusal.queries",
    "cases.refusal.recurring", "cases.regime.queries", "cases.research.queries", "cases.telling.queries", "library.queries",
    "library.captures.queries", "library.bulk.queries", "library.checking.queries", "library.finding.queries",
    "library.finding.saved", "library.kin.queries", "library.naming.queries",
    "library.kin.roots", "dossier.queries",
)  # fmt: skip
"""The modules of the packages that know what belongs to whom."""


def queries() -> Iterator[tuple[str, Any]]:
    """Every public query of these modules."""
    for place in ASKING:
        module = import_module(f"panah.{place}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_"):
                yield f"{place}.{name}", function


QUERIES = dict(queries())


def first_of(function) -> str:
    return next(iter(inspect.signature(function).parameters), "")


class TestQueries:
    def test_ask_who_asks_or_say_why_not(self):
        silent = {name for name, function in QUERIES.items() if first_of(function) not in {"asker", "asked"}}
        assert silent == ASKED_WITHOUT_A_NAME.keys()

    @pytest.mark.parametrize("name", [name for name, function in QUERIES.items() if first_of(function) == "asker"])
    def test_find_nothing_that_is_hidden(self, nobody, known, name):
        function = QUERIES[name]
        wanted = inspect.signature(function).parameters
        if "asked" in wanted:
            return  # it is asked about a case that the caller was given by a query that looks
        given = {
            each: known.there[each]
            for each, what in wanted.items()
            if each != "asker" and (what.default is inspect.Parameter.empty or each == "collection")
        }
        if name in {
            "library.queries.document",
            "library.queries.quotation",
            "library.bulk.queries.delivery",
            "library.captures.queries.capture",
            "library.finding.saved.search",
            "library.kin.roots.mark",
            "cases.naming.queries.identification",
            "cases.naming.queries.absence",
        }:
            given["reference"] = known.there[f"{name.rpartition('.')[2]}_id"]
        assert told(lambda: function(nobody, **given)) == told(lambda: function(nobody, **given | never(given, known)))


def never(given: dict[str, Any], known: Known) -> dict[str, Any]:
    """The same question about what never was."""
    absent = {value: known.never[name] for name, value in known.there.items() if isinstance(value, str | UUID)}
    return {name: absent.get(value, value) for name, value in given.items() if isinstance(value, str | UUID)}


def told(ask) -> object:
    """What an asker learns: rows, a value, or a refusal, without the words of her own question."""
    try:
        found = ask()
    except PanahError as refused:
        return refused.code, refused.status
    if isinstance(found, QuerySet | Iterator):
        return list(found)
    return found.compartment if isinstance(found, Shelf) else found


class TestTable:
    """The table itself, asked cell by cell at a real action."""

    @pytest.mark.parametrize("role", list(Role))
    @pytest.mark.parametrize("may", list(May))
    def test_is_what_the_database_is_asked(self, desk, role, may):
        from panah.team.queries import NotAllowed, compartments, require

        member = join(name=f"Invented {role} {may}", now=desk.now())
        place = desk.invented.compartment
        admit(compartment=place, member=member, role=role, **desk.act)
        allowed = role in ALLOWED[may]
        assert compartments(member, may).filter(pk=place.pk).exists() is allowed
        if allowed:
            require(member, place, may)
        else:
            with pytest.raises(NotAllowed):
                require(member, place, may)
