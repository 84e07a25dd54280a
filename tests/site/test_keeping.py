"""`panah doctor` on the only copy of the work: an old backup, an old check, and what is broken."""

from datetime import UTC, datetime, timedelta

import pytest

from panah.site.doctor import keeping
from panah.team.actions import Verb, enter, set_up
from panah.vault.models import BrokenContent, FixityPass


def days_ago(days: float) -> datetime:
    return datetime.now(UTC) - timedelta(days=days)


def backed_up(member, days: float) -> None:
    enter(verb=Verb.BACKED_UP, kind="workspace", subject="ours", by=member, now=days_ago(days))


class TestBackup:
    @pytest.mark.parametrize(("days", "old"), [(0.1, False), (13.9, False), (14.1, True), (400, True)])
    def test_is_old_after_two_weeks(self, member, days, old):
        backed_up(member, days)
        assert bool([*keeping.backup_old()]) is old

    @pytest.mark.parametrize(("days", "missing"), [(1, False), (15, True)])
    def test_that_was_never_made_is_missing_when_the_workspace_is_old(self, db, days, missing):
        enter(verb=Verb.BEGAN, kind="workspace", subject="ours", by=None, now=days_ago(days))
        assert [*keeping.backup_old()] == ["There is no backup of this workspace."] * missing

    def test_of_which_one_was_only_begun_does_not_count(self, member):
        backed_up(member, 20)
        enter(verb=Verb.BEGAN_BACKUP, kind="workspace", subject="ours", by=member, now=days_ago(0))
        assert [*keeping.backup_old()]


class TestFixity:
    @pytest.mark.parametrize(("days", "old"), [(1, False), (89, False), (91, True)])
    def test_is_old_after_three_months(self, member, days, old):
        FixityPass.objects.create(began_at=days_ago(days), finished_at=days_ago(days))
        assert bool([*keeping.fixity_old()]) is old

    def test_what_is_broken_is_told(self, member, now):
        assert not [*keeping.objects_broken()]
        check = FixityPass.objects.create(began_at=days_ago(1), finished_at=days_ago(1))
        BrokenContent.objects.create(
            found_by=check, compartment=set_up(name="Elsewhere", by=member, now=now), digest="d", path="p", code="c"
        )
        assert [*keeping.objects_broken()] == ["Stored objects that are changed or gone: 1."]
