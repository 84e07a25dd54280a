"""How a `case.yaml` names what it refers to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple
from uuid import UUID

from panah.cases.folder.values import Value
from panah.cases.models import Statement
from panah.library.models import Document, Quotation


class Naming(NamedTuple):
    """How what is referred to is named in the file."""

    quote: Callable[[Quotation], Value]
    quotes: Callable[[Iterable[Quotation]], list[Quotation]]
    """In the order in which they are listed."""
    paper: Callable[[Document | None], str]
    place: Callable[[Statement, int, int], dict[str, Value]]
    part: Callable[[str], str]
    """A part of the id of a fault, with a paper by its file; empty where it may not travel."""
    searches: Mapping[UUID, int]
    """The place of each search in the list of them."""
