"""The ledger is compared with what was sealed on it: a chain that holds may still have been cut off, or written anew."""

from __future__ import annotations

import pytest

from panah import proof
from panah.dossier.bundles import BundleUnreadable
from panah.dossier.models import Dossier
from panah.dossier.queries import followed
from panah.proof.bundle import SEAL, SIGNATURE, signed
from panah.team import queries as team
from panah.team.actions import Verb
from panah.team.models import LedgerLine
from support.bundles import OTHER_KEY, draft, packed, sealed, statement
from support.processes import one_line_error
from support.stored import lies_at
from support.tampering import remove, rewritten, unguard, unsign, write_anew
from support.workbench import DEMO, REFERENCE

SAID = statement(sealed(draft()), draft(), OTHER_KEY)


@pytest.fixture
def sealing(desk):
    """Seal a small case again."""
    case = desk.case("2026-014", frameworks=["cat-3"])
    desk.fact(case, supported_by=desk.quote(desk.paper(f"She was held. {proof.random_salt()}"), "She was held."))
    return lambda: desk.seal(case)


@pytest.fixture
def line(sealing) -> int:
    """The line on which a sealed dossier stands."""
    sealing()
    return LedgerLine.objects.get(verb=Verb.BEGAN_SEALING).seq


class TestFollowed:
    def test_without_a_seal_is_the_chain_alone(self, desk):
        assert followed()[1:] == (0, 0, "")
        assert followed().ledger == (team.length(), 0, 0, 0, 0, "")

    def test_says_up_to_which_line_nothing_is_missing(self, desk, sealing):
        for _ in range(2):
            sealing()
        newest = LedgerLine.objects.filter(verb=Verb.BEGAN_SEALING).order_by("-seq").first()
        signed = team.length()
        desk.case("B")
        assert followed()[1:] == (newest.seq, 0, "")
        assert followed().ledger == (team.length(), 0, signed, 0, 0, "")

    def test_notices_that_the_line_of_a_seal_was_cut_off(self, line):
        unguard()
        unsign()
        remove(first=line)
        assert team.first_broken_line() is None
        assert (followed().broken, followed().reason) == (
            line,
            "the line on which the dossier 2026-014, sealed 2026-11-23 12:00 stands is not there any more",
        )

    @pytest.mark.parametrize("before", [0, 1, 5])
    def test_notices_that_the_chain_was_written_anew_before_a_seal(self, line, before):
        unguard()
        unsign()
        write_anew(line - before, by="Somebody Else")
        assert team.first_broken_line() is None
        assert (followed().broken, followed().reason) == (
            line,
            "the line on which the dossier 2026-014, sealed 2026-11-23 12:00 stands is another one now",
        )

    def test_names_the_first_of_several_seals_that_it_contradicts(self, line, sealing):
        sealing()
        unguard()
        unsign()
        write_anew(line + 1, by="Somebody Else")
        second = LedgerLine.objects.filter(verb=Verb.BEGAN_SEALING).order_by("-seq").first()
        assert (followed().sealed, followed().broken) == (line, second.seq)

    def test_cannot_tell_what_came_after_the_newest_seal(self, desk, line):
        unguard()
        unsign()
        remove(first=line + 1)
        assert followed() == ((line, 0, 0, 0, 0, ""), line, 0, "")

    def test_names_a_line_that_was_changed_before_it_asks_any_seal(self, desk, line):
        Dossier.objects.update(bundle=desk.paper("No bundle.").original)
        unguard()
        LedgerLine.objects.filter(seq=2).update(body=rewritten(2, by="Somebody Else"))
        assert (followed().broken, followed().sealed) == (2, 0)


class TestUnreadable:
    """A seal that cannot be asked is a check that did not run: never one that passed."""

    @pytest.fixture
    def stored(self, sealing):
        """Where the bundle lies; it is put back afterwards."""
        path = lies_at(sealing().bundle)
        whole = path.read_bytes()
        yield path
        path.write_bytes(whole)

    @pytest.mark.parametrize(
        "spoil",
        [
            lambda path: path.unlink(),
            lambda path: path.write_bytes(b""),
            lambda path: path.write_bytes(path.read_bytes()[:-1]),
        ],
        ids=["gone", "emptied", "cut short"],
    )
    def test_is_a_bundle_that_was_spoiled(self, stored, spoil):
        spoil(stored)
        with pytest.raises(
            BundleUnreadable, match="The bundle of the dossier 2026-014, sealed 2026-11-23 12:00 cannot"
        ):
            followed()

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (b"No bundle.", "It is no bundle."),
            (b"PK\5\6" + bytes(18), "It is no bundle."),
            (packed({"a.txt": b"No seal."}), "It is no bundle."),
            (packed(sealed(draft()) | {SEAL: b"{}"}), "The seal cannot be read"),
            (packed(sealed(draft())), "Its seal is not signed by the key of this workspace."),
            (packed(sealed(draft()) | {SIGNATURE: signed(SAID, OTHER_KEY)}), "Its seal is not signed by the key"),
        ],
        ids=["a text", "an empty ZIP file", "another ZIP file", "no statement", "another key", "no signature"],
    )
    def test_is_what_this_workspace_never_sealed(self, desk, sealing, content, reason):
        Dossier.objects.filter(pk=sealing().pk).update(bundle=desk.paper(content, kind="application/zip").original)
        with pytest.raises(BundleUnreadable, match=reason):
            followed()


CUT = """
from panah.team.actions import Verb
from panah.team.models import LedgerLine
from django.db import connection
cursor = connection.cursor()
line = LedgerLine.objects.get(verb=Verb.BEGAN_SEALING).seq
cursor.execute("DROP TRIGGER blocks_refuse_DELETE")
cursor.execute("DELETE FROM team_ledgerblock")
for table, place in ("particulars", "line_id"), ("ledgerline", "seq"):
    guard = "ledger_refuses_DELETE" if table == "ledgerline" else "particulars_refuse_DELETE"
    cursor.execute(f"DROP TRIGGER {guard}")
    cursor.execute(f"DELETE FROM team_{table} WHERE {place} >= {line}")
"""


class TestVerify:
    """What `panah ledger verify` says of it."""

    def test_says_where_the_newest_seal_stands_and_when_its_line_is_gone(self, panah, tmp_path):
        panah.does("case", "import", DEMO)
        panah.does("seal", REFERENCE, "-o", tmp_path / "sealed.zip")
        (line,) = panah.lines("ledger", "verify")
        assert (line["outcome"], int(line["id"]) - line["sealed"]) == ("ok", 3)
        said = f"OK: {line['id']} lines, unbroken; signed up to line {line['signed']}; the newest seal stands on line {line['sealed']}.\n"
        assert panah.does("ledger", "verify").out == said
        assert panah.python(CUT) == (0, "", "")
        done = panah.run("ledger", "verify")
        assert (done.code, done.out.startswith(f"BROKEN at line {line['sealed']}: the line on which")) == (1, True)
        (broken,) = panah.run("ledger", "verify", "--json").lines()
        assert (broken["id"], broken["outcome"], broken["sealed"]) == (str(line["sealed"]), "broken", 0)

    def test_could_not_be_done_where_a_seal_cannot_be_asked(self, panah, tmp_path):
        panah.does("case", "import", DEMO)
        before = set((panah.home / "objects").rglob("*"))
        panah.does("seal", REFERENCE, "-o", tmp_path / "sealed.zip")
        (bundle,) = (path for path in set((panah.home / "objects").rglob("*")) - before if path.is_file())
        bundle.unlink()
        assert one_line_error(panah.run("ledger", "verify"))[0] == "bundle-unreadable"
