from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client

from support.members import signed_in
from support.processes import MEMBER
from support.workbench import BEGINNING, Desk, address_of


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, readers):
    """The invented case, and somebody at a desk, for a whole module; each test undoes what it did."""
    from panah.team.actions import join

    with django_db_blocker.unblock(), transaction.atomic():
        desk = Desk(join(name=MEMBER, now=BEGINNING), readers)
        desk.invented = desk.imported()
        desk.sealed = desk.seal(desk.invented)
        desk.scan = desk.paper(b"\xff\xd8\xff", shelf="Case 2026-001", path="scan.jpg", kind="image/jpeg")
        desk.waiting = desk.paper("It waits.", path="waits.txt", read=False)
        yield desk
        transaction.set_rollback(True)


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
    from panah.library.models import Document, Quotation

    ids = dict(Document.objects.values_list("title", "pk"))
    ids["quotation"] = Quotation.objects.order_by("made_at").first().pk
    ids["compartment"] = desk.invented.compartment_id
    return lambda name: address_of(name, ids)
