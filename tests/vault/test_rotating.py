"""The key of a compartment is replaced while people work, and nothing is lost whenever it breaks off."""

from __future__ import annotations

from itertools import islice

import pytest

from panah import proof
from panah.cases.models import Case, Name, Statement
from panah.library import queries as library
from panah.team import queries as team
from panah.team.actions import admit, join
from panah.team.queries import NotAllowed
from panah.team.rules import Role
from panah.vault import data_keys, rotating, workspace
from panah.vault.data_keys import KeyReplaced, store_of
from panah.vault.models import DataKey, Original
from support.stored import lies_at, object_of
from support.workbench import Desk


@pytest.fixture
def desk(member, readers):
    return Desk(member, readers)


@pytest.fixture
def case(desk):
    """A case with a name, a statement and papers, two of which share their bytes with their readings."""
    from panah.cases import actions

    case = desk.case("R-1", "Ms Invented")
    actions.add_name(case=case, name="خىيال", script="Arab", **desk.act)
    actions.record_statement(case=case, words="She left in 2016.", **desk.act)
    for words in ("The first paper.", f"The second. {proof.random_salt()}"):
        desk.paper(words, shelf="Case R-1", path=f"{words[:9]}.txt")
    desk.paper("<p>The third paper.</p>", shelf="Case R-1", path="3.html", kind="text/html")
    return case


@pytest.fixture
def rotate(desk, case):
    """Replace the key of the case's compartment, up to a step."""

    def rotate(steps=None):
        return list(islice(rotating.rotate(compartment=case.compartment, by=desk.member, clock=desk.now), steps))

    return rotate


def keys_of(case) -> list[DataKey]:
    return list(case.compartment.keys.order_by("number"))


def everything(desk, case) -> tuple:
    """All that the key seals, as people read it."""
    again = Case.objects.get(pk=case.pk)
    papers = sorted(library.content(document.reading) for document in again.papers.documents.all())
    return again.called, [name.name for name in again.names.all()], [s.words for s in again.statements.all()], papers


class TestRotate:
    def test_changes_nothing_that_people_read(self, desk, case, rotate):
        before = everything(desk, case)
        rotate()
        assert everything(desk, case) == before
        assert library.find(desk.member, "paper").total == 2

    def test_leaves_one_key_another_than_before(self, case, rotate):
        (old,) = keys_of(case)
        rotate()
        (new,) = keys_of(case)
        assert (new.number, new.wrapped != old.wrapped) == (old.number + 1, True)

    def test_leaves_no_object_and_no_field_under_the_old_key(self, desk, case, rotate):
        paper = case.papers.documents.first()
        old = lies_at(paper.original)
        rotate()
        assert not old.exists()
        assert lies_at(paper.original).exists()
        assert Original.objects.filter(compartment=case.compartment).exclude(key=keys_of(case)[0]).count() == 0

    def test_says_how_far_it_is(self, rotate):
        steps = rotate()
        assert [step.left for step in steps] == list(reversed(range(len(steps))))
        assert [step.done for step in steps] == list(range(1, len(steps) + 1))

    def test_is_two_lines_in_the_ledger(self, desk, case, rotate):
        rotate()
        subject = str(case.compartment_id)
        verbs = [line.verb for line in team.lines_about(desk.member, "compartment", subject)]
        assert verbs[:2] == ["replaced its key", "began replacing its key"]

    @pytest.mark.parametrize("steps", [1, 2, 4, 6])
    def test_that_broke_off_goes_on_to_the_same_key(self, desk, case, rotate, steps):
        before = everything(desk, case)
        rotate(steps)
        assert len(keys_of(case)) == 2
        assert list(rotating.unfinished()) == [case.compartment]
        assert everything(desk, case) == before
        rotate()
        assert [key.number for key in keys_of(case)] == [2]
        assert everything(desk, case) == before
        assert not rotating.unfinished().exists()

    def test_takes_along_what_is_written_meanwhile(self, desk, case, rotate):
        from panah.cases import actions

        steps = rotating.rotate(compartment=case.compartment, by=desk.member, clock=desk.now)
        next(steps)
        desk.paper("Taken in meanwhile.", shelf="Case R-1", path="new.txt")
        actions.add_name(case=case, name="Xiyal", script="Latn", **desk.act)
        list(steps)
        assert "Taken in meanwhile." in [each.decode() for each in everything(desk, case)[3]]
        assert everything(desk, case)[1] == ["خىيال", "Xiyal"]

    def test_stops_at_what_is_damaged_and_keeps_the_key_that_might_open_it(self, case, rotate):
        reading = next(each.reading for each in case.papers.documents.all() if each.path.endswith("html"))
        path = lies_at(reading)
        whole = path.read_bytes()
        path.write_bytes(whole[:-1])
        with pytest.raises(proof.SealBroken):
            rotate()
        assert len(keys_of(case)) == 2
        path.write_bytes(whole)
        rotate()
        assert len(keys_of(case)) == 1

    @pytest.mark.parametrize("role", [Role.WORKER, Role.REVIEWER, Role.READER, None])
    def test_is_for_leads(self, desk, case, role):
        other = join(name="Another Invented Member", now=desk.now())
        if role:
            admit(compartment=case.compartment, member=other, role=role, **desk.act)
        with pytest.raises(NotAllowed):
            list(rotating.rotate(compartment=case.compartment, by=other, clock=desk.now))
        assert len(keys_of(case)) == 1


class TestAnotherProcess:
    """It holds the keys that it found before, and does not know of the new one."""

    @pytest.fixture
    def stale(self, case):
        return dict(workspace.data_keys()) | {case.compartment_id: tuple(data_keys.of(case.compartment_id))}

    def test_reads_on(self, desk, case, rotate, stale):
        before = everything(desk, case)
        rotate()
        workspace.data_keys().update(stale)
        assert everything(desk, case) == before

    def test_writes_with_the_new_key(self, desk, case, rotate, stale):
        rotate()
        workspace.data_keys().update(stale)
        Name.objects.create(case=case, name="Khiyal", script="Latn")
        Statement.objects.create(case=case, number=9, words="Later.")
        desk.paper("Later.", shelf="Case R-1", path="later.txt")
        workspace.data_keys().clear()
        assert everything(desk, case)[1:3] == (["خىيال", "Khiyal"], ["She left in 2016.", "Later."])

    def test_is_told_where_the_key_was_destroyed_under_what_it_was_storing(self, desk, case, rotate):
        from panah.library import actions

        incoming = store_of(case.compartment_id).incoming()
        incoming.write(b"It came slowly.")
        rotate()
        kept = incoming.keep()
        with pytest.raises(KeyReplaced):
            actions.shelve(
                kept=kept, media_type="text/plain", path="slow.txt", shelf=desk.shelf("Case R-1"),
                details=actions.Details(), **desk.act,
            )  # fmt: skip
        assert not case.papers.documents.filter(path="slow.txt").exists()


class TestObjects:
    def test_of_two_compartments_have_nothing_in_common(self, desk, case):
        desk.paper("The same bytes.", shelf="Case R-1", path="a.txt")
        desk.paper("The same bytes.", shelf="Library", path="b.txt")
        library_place = desk.shelf("Library").compartment.pk
        digest = proof.digest_of(b"The same bytes.")
        first, second = (object_of(place, digest) for place in (case.compartment_id, library_place))
        assert first != second
        assert first.read_bytes() != second.read_bytes()
