"""Who may do what: the table, said once more by hand."""

from __future__ import annotations

import pytest

from panah.team import rules
from panah.team.rules import May, Role

L, W, V, R = Role.LEAD, Role.WORKER, Role.REVIEWER, Role.READER
TABLE = {
    May.SEE: {L, W, V, R}, May.WORK: {L, W}, May.REVEAL: {L, W, V}, May.REVIEW: {L, V}, May.SEAL: {L, W},
    May.EXPORT: {L, W}, May.SHARE: {L}, May.LEAD: {L}, May.RETAIN: {L}, May.ROTATE: {L}, May.ERASE: {L},
}  # fmt: skip


class TestTable:
    @pytest.mark.parametrize("may", May)
    def test_allows_what_is_written_here_and_nothing_else(self, may):
        assert rules.roles_that(may) == TABLE[may]

    def test_lets_nobody_do_what_they_may_not_see(self):
        assert all(roles <= TABLE[May.SEE] for roles in TABLE.values())

    def test_lets_a_lead_do_everything(self):
        assert all(L in rules.roles_that(may) for may in May)
