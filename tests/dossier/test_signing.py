"""`panah ledger sign`, and what signs the ledger by itself."""

from __future__ import annotations

import signal

import pytest

from panah.dossier.actions import sign_ledger
from panah.dossier.queries import followed
from panah.proof import TimestampRefused
from panah.site.keeper import Keeper
from panah.team import acting
from panah.team import queries as team
from panah.team.actions import Verb, enter
from panah.team.stamping import StampsUnchecked
from support.authority import LocalAuthority
from support.processes import end, one_line_error
from support.tampering import sql, unguard, write_anew


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return LocalAuthority(tmp_path_factory.mktemp("authority"))


class TestSignLedger:
    def test_signs_and_where_an_authority_is_named_stamps(self, member, now, authority, settings):
        assert sign_ledger(now=now).token is None
        with authority.serving() as named:
            assert sign_ledger(now=now, authority=named).token
        settings.PANAH_TSA_ROOTS = str(authority.roots_file)
        assert followed().ledger == (1, 0, 1, 1, 0, "")

    def test_signs_also_where_no_stamp_is_to_be_had(self, member, now, authority):
        with authority.serving(lambda _question: (500, b"")) as named, pytest.raises(TimestampRefused):
            sign_ledger(now=now, authority=named)
        assert followed().ledger == (1, 0, 1, 0, 0, "")

    def test_a_stamp_that_cannot_be_checked_is_no_stamp(self, member, now, authority, settings):
        settings.PANAH_TSA_ROOTS = ""
        with authority.serving() as named:
            sign_ledger(now=now, authority=named)
        with pytest.raises(StampsUnchecked):
            followed()


class TestCommand:
    def test_signs_up_to_the_last_line_and_is_verified(self, panah):
        assert panah.does("ledger", "verify").out == "OK: 3 lines, unbroken; not signed yet.\n"
        assert panah.does("ledger", "sign").out == "The ledger is signed up to line 3.\n"
        assert panah.lines("ledger", "sign") == [{"id": "3", "timestamp": False}]
        assert panah.does("ledger", "verify").out == "OK: 3 lines, unbroken; signed up to line 3.\n"

    def test_asks_an_authority_only_where_one_is_named(self, panah):
        assert one_line_error(panah.run("ledger", "sign", "--timestamp"))[0] == "authority-unnamed"


class TestKeeper:
    def test_signs_what_is_old_enough(self, member):
        enter(verb=Verb.SIGNED_IN, kind="member", subject=member.name, by=member, now=acting.now())
        sign_ledger(now=acting.now())
        enter(verb=Verb.SIGNED_IN, kind="member", subject=member.name, by=member, now=acting.now())
        Keeper().look()
        assert team.unsigned().lines == 1
        enter(verb=Verb.SIGNED_IN, kind="member", subject=member.name, by=member, now=acting.now())
        unguard()
        sql("DELETE FROM team_ledgerblock")
        write_anew(1, at="2026-01-01T00:00:00.000000+00:00")
        Keeper().look()
        assert team.unsigned().lines == 0

    def test_signs_when_the_workbench_is_closed(self, panah):
        with panah.served() as (_address, process):
            end(process, signal.SIGTERM)
        (verified,) = panah.lines("ledger", "verify")
        assert (verified["outcome"], verified["signed"]) == ("ok", int(verified["id"]))
