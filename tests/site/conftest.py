from __future__ import annotations

import pytest
from django.test import Client

from support.members import signed_in
from support.workbench import address_of


@pytest.fixture
def desk(demo, db):
    return demo


@pytest.fixture
def client(desk):
    """A browser in which the member is signed in."""
    return signed_in(desk.member)


@pytest.fixture
def stranger(desk):
    return Client()


@pytest.fixture
def address(desk):
    """The address of a page by its name in `PAGES`."""
    from panah.library.models import Document, Quotation, Source

    ids = dict(Document.objects.values_list("title", "pk"))
    ids["quotation"] = Quotation.objects.order_by("made_at").first().pk
    ids["delivery"] = desk.delivery.pk
    ids["source"] = Source.objects.get(name="Monsoon Road Legal Clinic (invented)").pk
    ids["compartment"] = desk.invented.compartment_id
    ids["capture"], ids["failed capture"] = desk.captured.pk, desk.not_captured.pk
    ids["search"] = desk.watched.pk
    ids["absence"] = desk.absence.pk
    return lambda name: address_of(name, ids)
