"""Compartments: what a member may do in one is what their role there allows, now."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from panah.team import actions, queries
from panah.team.actions import LeadMissing, NameUnusable, Verb, join
from panah.team.models import LedgerLine, Membership
from panah.team.queries import CompartmentUnknown, NotAllowed
from panah.team.rules import ALLOWED, May, Role


@pytest.fixture
def compartment(member, now):
    return actions.set_up(name="Asylum", by=member, now=now)


@pytest.fixture
def colleague(member, now):
    return join(name="Invented Colleague", now=now)


@pytest.fixture
def admit(compartment, colleague, member, now):
    """Gives the colleague a role."""

    def admit(role, who=colleague, by=member):
        return actions.admit(compartment=compartment, member=who, role=role, by=by, now=now)

    return admit


class TestSetUp:
    def test_makes_its_maker_the_lead(self, compartment, member):
        assert queries.role(member, compartment) is Role.LEAD
        assert list(queries.compartments(member, May.LEAD)) == [compartment]

    def test_is_told_in_the_ledger_without_its_name(self, compartment):
        line = LedgerLine.objects.order_by("-seq").first()
        assert (line.verb, line.subject) == (Verb.SET_UP, str(compartment.pk))
        assert "Asylum" not in str(line.said)

    @pytest.mark.parametrize("name", ["", "  ", "a\nb", "x" * 201])
    def test_refuses_a_name_that_cannot_be_seen_or_does_not_fit(self, member, now, name):
        with pytest.raises(NameUnusable):
            actions.set_up(name=name, by=member, now=now)

    def test_two_may_have_one_name(self, compartment, member, now):
        """Or a name that is taken would tell of a compartment that one may not see."""
        assert actions.set_up(name="Asylum", by=member, now=now) != compartment


class TestStranger:
    def test_finds_nothing_there(self, compartment, colleague):
        assert not queries.compartments(colleague).exists()
        assert queries.role(colleague, compartment) is None
        with pytest.raises(CompartmentUnknown) as unknown:
            queries.compartment(colleague, "Asylum")
        assert unknown.value.status == 404

    @pytest.mark.parametrize("may", May)
    def test_may_do_nothing(self, compartment, colleague, may):
        with pytest.raises(NotAllowed, match="As guest") as refused:
            queries.require(colleague, compartment, may)
        assert refused.value.status == 403

    def test_who_administers_is_one_too(self, member, colleague, now):
        theirs = actions.set_up(name="Theirs", by=colleague, now=now)
        assert member.administers
        assert not queries.compartments(member).exists()
        with pytest.raises(NotAllowed):
            queries.require(member, theirs, May.SEE)


class TestRole:
    @pytest.mark.parametrize("role", Role)
    @pytest.mark.parametrize("may", May)
    def test_allows_what_the_table_says(self, compartment, colleague, admit, role, may):
        admit(role)
        allowed = role in ALLOWED[may]
        assert queries.compartments(colleague, may).exists() is allowed
        if allowed:
            queries.require(colleague, compartment, may)
            assert queries.compartment(colleague, "Asylum", may) == compartment
        else:
            with pytest.raises(NotAllowed, match=f"As {role} .* may not {may} here"):
                queries.compartment(colleague, "Asylum", may)

    def test_in_one_compartment_is_none_in_another(self, member, colleague, admit, now):
        admit(Role.LEAD)
        other = actions.set_up(name="Other", by=member, now=now)
        assert other not in queries.compartments(colleague)

    def test_ends_when_its_member_leaves(self, compartment, colleague, admit, now):
        admit(Role.WORKER)
        colleague.left_at = now
        colleague.save()
        assert queries.role(colleague, compartment) is None
        assert not queries.compartments(colleague).exists()

    def test_ends_with_the_compartment(self, compartment, member, now):
        compartment.name, compartment.erased_at = "", now
        compartment.save()
        assert queries.role(member, compartment) is None
        assert not queries.compartments(member).exists()

    def test_of_the_program_is_whatever_members_began(self, compartment):
        queries.require(None, compartment, May.WORK)


class TestAdmit:
    def test_takes_the_place_of_the_role_before(self, compartment, colleague, admit):
        admit(Role.READER)
        admit(Role.WORKER)
        assert queries.role(colleague, compartment) is Role.WORKER
        roles = Membership.objects.filter(member=colleague).order_by("pk")
        assert [(row.role, row.until is None) for row in roles] == [("reader", False), ("worker", True)]

    def test_is_told_in_the_ledger(self, compartment, admit):
        admit(Role.READER)
        line = LedgerLine.objects.order_by("-seq").first()
        assert (line.verb, line.subject) == (Verb.ADMITTED, str(compartment.pk))
        assert line.details == {"member": "Invented Colleague", "role": "reader"}

    @pytest.mark.parametrize("role", [None, Role.WORKER, Role.REVIEWER, Role.READER])
    def test_is_the_affair_of_leads(self, compartment, colleague, admit, role):
        if role:
            admit(role)
        before = LedgerLine.objects.count()
        with pytest.raises(NotAllowed):
            admit(Role.LEAD, by=colleague)
        assert LedgerLine.objects.count() == before

    def test_refuses_to_leave_a_compartment_without_a_lead(self, member, colleague, admit, compartment):
        with pytest.raises(LeadMissing):
            admit(Role.READER, who=member)
        assert queries.role(member, compartment) is Role.LEAD
        admit(Role.LEAD)
        admit(Role.READER, who=member)
        assert queries.role(member, compartment) is Role.READER

    def test_a_lead_who_left_the_team_is_no_lead(self, member, colleague, admit, now):
        admit(Role.LEAD)
        colleague.left_at = now
        colleague.save()
        with pytest.raises(LeadMissing):
            admit(Role.READER, who=member)

    def test_a_member_has_one_role_at_a_time(self, compartment, member, now):
        with pytest.raises(IntegrityError), transaction.atomic():
            Membership.objects.create(compartment=compartment, member=member, role=Role.READER, since=now)


class TestRelease:
    @pytest.fixture
    def release(self, compartment, member, now):
        def release(who, by=member):
            actions.release(compartment=compartment, member=who, by=by, now=now)

        return release

    def test_takes_the_role_away(self, compartment, colleague, admit, release):
        admit(Role.WORKER)
        release(colleague)
        assert queries.role(colleague, compartment) is None
        assert LedgerLine.objects.order_by("-seq").first().verb == Verb.RELEASED

    def test_of_who_has_none_changes_nothing(self, compartment, colleague, release):
        before = LedgerLine.objects.count()
        release(colleague)
        assert LedgerLine.objects.count() == before

    def test_refuses_the_last_lead(self, compartment, member, release):
        with pytest.raises(LeadMissing) as refused:
            release(member)
        assert refused.value.status == 409

    def test_is_the_affair_of_leads(self, compartment, member, colleague, admit, release):
        admit(Role.WORKER)
        with pytest.raises(NotAllowed):
            release(member, by=colleague)
