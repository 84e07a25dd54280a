from __future__ import annotations

from typing import NamedTuple

import pytest
from django.db import transaction

from support.processes import MEMBER
from support.workbench import BEGINNING, Desk


class Sealed(NamedTuple):
    """A sealed dossier outside of any workspace, and what it should hold."""

    path: object
    outline: object
    signer: str
    strangers: tuple[str, ...]
    """Digests of papers that are no exhibits, but were taken in between."""


@pytest.fixture
def desk(member, readers):
    return Desk(member, readers)


@pytest.fixture(scope="module")
def sealed(django_db_setup, django_db_blocker, readers, tmp_path_factory):
    """The invented case, sealed once for a whole module; the workspace forgets it at once."""
    from panah.cases.outlining import outline_of
    from panah.dossier.actions import hand_out
    from panah.dossier.queries import signer
    from panah.team.actions import join

    with django_db_blocker.unblock(), transaction.atomic():
        desk = Desk(join(name=MEMBER, now=BEGINNING), readers)
        before = desk.paper("Somebody else's paper, before.", shelf="Case B")
        case = desk.imported()
        outline = outline_of(case)
        after = desk.paper("Somebody else's paper, after.", shelf="Case B")
        dossier = desk.seal(case)
        path = tmp_path_factory.mktemp("sealed") / dossier.file_name
        path.write_bytes(b"".join(hand_out(dossier=dossier, **desk.act)))
        found = Sealed(path, outline, signer(), (before.original.digest, after.original.digest))
        transaction.set_rollback(True)
    return found
