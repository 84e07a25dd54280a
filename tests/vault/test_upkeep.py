"""The workbench checks what is stored when the last check is old, beside everybody's work."""

from datetime import datetime, timedelta

import pytest

from panah.vault import fixity, queries, upkeep
from support.processes import end, eventually

VERBS = """
from panah.team.models import LedgerLine
print(*LedgerLine.objects.order_by("seq").values_list("verb", flat=True), sep=";")
"""


class TestDue:
    @pytest.mark.parametrize(
        ("days", "age", "due"), [(30, 31, True), (30, 29, False), (0, 10_000, False), (7, 8, True), (1, 0.5, False)]
    )
    def test_when_the_last_check_is_older(self, member, now, settings, days, age, due):
        settings.PANAH_FIXITY_DAYS = days
        finished = fixity.check(by=member, now=now).finished_at
        assert upkeep.is_due(finished + timedelta(days=age)) is due

    def test_when_there_was_none_the_workspace_s_age_counts(self, member, now, settings):
        settings.PANAH_FIXITY_DAYS = 30
        began = queries.began_at()
        assert isinstance(began, datetime)
        assert not upkeep.is_due(began + timedelta(days=29))
        assert upkeep.is_due(began + timedelta(days=31))


class TestWorkbench:
    def test_checks_by_itself_and_closes_calmly(self, panah):
        panah = panah.without(PANAH_FIXITY_DAYS="0.0000001")
        with panah.served() as (_address, process):
            eventually(lambda: "checked fixity" in panah.python(VERBS).out, "a check")
            assert end(process).code == 0

    def test_does_not_where_it_is_told_not_to(self, panah):
        panah = panah.without(PANAH_FIXITY_DAYS="0")
        with panah.served() as (_address, process):
            assert end(process).code == 0
        assert "checked fixity" not in panah.python(VERBS).out
