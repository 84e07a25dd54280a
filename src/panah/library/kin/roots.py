"""From which roots texts come, as members say it and as shared wording suggests. The first argument is who asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from panah.errors import PanahError
from panah.library import queries as library
from panah.library.kin import queries, rules
from panah.library.kin.queries import Place, Said
from panah.library.kin.rules import Box, Node, Tree
from panah.library.models import Apart, Document, Trace
from panah.team.models import Member

Key = UUID | str
"""A document's id, or the name of a root that is not here."""


class MarkUnknown(PanahError):
    """There is no such mark of a root."""

    status = 404


class Rooted(NamedTuple):
    """Some texts under their roots, and what is known of each document among them."""

    tree: Tree[Key]
    documents: Mapping[Key, Document]

    @property
    def boxes(self) -> list[Box[Key]]:
        """The same as a picture."""
        return rules.drawn(self.tree)


class Marks(NamedTuple):
    """What members said of a document's roots, as far as the asker may see what it is about."""

    traces: list[Trace]
    apart: list[Apart]


def marks(asker: Member, document: Document) -> Marks:
    """What a document is said to trace to, and from what it is said to be apart."""
    traces = _traces(asker).filter(document=document).order_by("at", "pk")
    apart = _apart(asker).filter(Q(document=document) | Q(other=document)).order_by("at", "pk")
    return Marks(list(traces), list(apart))


def mark(asker: Member, reference: UUID) -> Trace | Apart:
    """One of these, of documents that the asker may see. Raises `MarkUnknown`."""
    found = _traces(asker).filter(pk=reference).first() or _apart(asker).filter(pk=reference).first()
    if found is None:
        raise MarkUnknown
    return found


def roots_of_document(asker: Member, document: Document) -> Rooted:
    """A document, what is said to come from it, and from what it comes."""
    below: dict[Key, list[Key]] = defaultdict(list)
    for key, parents in _above(asker).items():
        for parent in parents:
            below[parent].append(key)
    return _rooted(asker, list(rules.reached([document.pk], below)), {})


def roots_of_wording(asker: Member, said: Sequence[Said]) -> Rooted:
    """The texts that say the same at some place, the oldest first as `queries.said` gives them."""
    texts = [each.place.document.pk for each in said]
    return _rooted(asker, texts, {key: texts[:number] for number, key in enumerate(texts)})


def roots_of_places(asker: Member, places: Sequence[Place]) -> Rooted:
    """The texts in which some places stand, such as the quotations that support a fact.

    Those that share wording there, or come from the same root, count once.
    """
    texts = list(dict.fromkeys(place.document.pk for place in places))
    return _rooted(asker, texts, queries.copies(asker, places))


def said_roots(asker: Member, documents: Iterable[UUID]) -> dict[UUID, Key]:
    """To what members say documents trace in the end, of those that are said to trace to anything; the first said counts."""
    above = _above(asker)
    found: dict[UUID, Key] = {}
    for document in documents:
        key: Key = document
        while above.get(key):  # nobody can say a circle
            key = above[key][0]
        if key != document:
            found[document] = key
    return found


def _rooted(asker: Member, texts: Iterable[Key], older: Mapping[UUID, Sequence[UUID]]) -> Rooted:
    apart = {frozenset[Key](pair) for pair in _apart(asker).values_list("document", "other")}
    copies: Mapping[Key, Sequence[Key]] = {key: list(above) for key, above in older.items()}
    tree = rules.tree(list(texts), traces=_above(asker), older=copies, apart=apart)
    keys = {key for key in _keys(tree.roots) if isinstance(key, UUID)}
    documents = library.documents(asker).filter(pk__in=keys)
    return Rooted(tree, {document.pk: document for document in documents})


def _keys(nodes: Iterable[Node[Key]]) -> Iterable[Key]:
    for node in nodes:
        yield node.key
        yield from _keys(node.children)


def _above(asker: Member) -> dict[Key, list[Key]]:
    """What each document that the asker may see is said to trace to."""
    above: dict[Key, list[Key]] = defaultdict(list)
    for document, to, root in _traces(asker).order_by("at", "pk").values_list("document", "to", "root"):
        above[document].append(root or to)
    return above


def _traces(asker: Member) -> QuerySet[Trace]:
    seen = library.documents(asker).order_by().values("pk")
    rows = Trace.objects.filter(Q(to=None) | Q(to__in=seen), document__in=seen)
    return rows.select_related("document__collection__compartment", "to", "by")


def _apart(asker: Member) -> QuerySet[Apart]:
    seen = library.documents(asker).order_by().values("pk")
    rows = Apart.objects.filter(document__in=seen, other__in=seen)
    return rows.select_related("document__collection__compartment", "other", "by")
