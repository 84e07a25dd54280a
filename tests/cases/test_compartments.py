"""Cases in compartments: each stands in one, and who has no role there cannot tell that it is there."""

from __future__ import annotations

import pytest

from panah import proof
from panah.cases import actions, queries
from panah.cases.cited import PaperWithheld, cited_documents
from panah.cases.folder import export_case
from panah.cases.queries import CaseAmbiguous, CaseUnknown
from panah.dossier import actions as dossiers
from panah.dossier import queries as dossier
from panah.dossier.models import Dossier
from panah.dossier.queries import DossierUnknown
from panah.library.actions import supersede
from panah.library.models import Share
from panah.proof.signing import expected_fingerprint
from panah.proof.verify import Known, Outcome, verified
from panah.team.actions import admit, join
from panah.team.models import LedgerLine
from panah.team.queries import NotAllowed
from panah.team.rules import Role
from panah.vault import workspace
from support.members import signed_in
from support.workbench import Desk

HELD = "She was held in 2018."


@pytest.fixture
def other(db, now, readers):
    """A colleague at work in compartments of his own."""
    return Desk(join(name="Invented Colleague", now=now), readers)


@pytest.fixture
def admitted(desk, case, other):
    """Gives the colleague a role in the compartment of her case."""

    def admitted(role):
        admit(compartment=case.compartment, member=other.member, role=role, **desk.act)

    return admitted


@pytest.fixture
def shared(desk, other):
    """A paper of her library, in a collection that his may read."""
    paper = desk.paper(HELD, shelf="Country notes", title="A note")
    his = other.shelf("Library").compartment
    Share.objects.create(collection=paper.collection, compartment=his, since=desk.now())
    return paper


def browser(desk):
    return signed_in(desk.member)


class TestStranger:
    """What he may not see does not exist."""

    def test_sees_no_case(self, other, case):
        assert not queries.cases(other.member).exists()
        with pytest.raises(CaseUnknown) as unknown:
            queries.case(other.member, case.reference)
        assert unknown.value.status == 404

    @pytest.mark.parametrize("page", ["", "facts", "examination", "dossier", "facts/1"])
    def test_finds_no_page_of_it(self, desk, other, case, page):
        desk.fact(case)
        assert browser(desk).get(f"/cases/2026-014/{page}").status_code == 200
        assert browser(other).get(f"/cases/2026-014/{page}").status_code == 404

    def test_reads_of_it_on_no_page_of_his_own(self, desk, other, case):
        desk.fact(case)
        for page in ("/", "/cases/"):
            assert "2026-014" not in browser(other).get(page).content.decode()

    def test_opens_a_case_of_that_reference_as_if_it_were_free(self, other, case):
        """Or a reference that is taken would tell."""
        assert other.case("2026-014") != case
        assert other.case().reference == "2026-001"

    @pytest.mark.parametrize("act", ["state", "name", "seal", "export", "tell"])
    def test_may_do_nothing_with_it(self, other, case, tmp_path, act):
        before = LedgerLine.objects.count()
        with pytest.raises(NotAllowed):
            _act(act, other, case, tmp_path)
        assert LedgerLine.objects.count() == before
        assert not case.facts.exists()

    def test_gets_none_of_its_dossiers(self, desk, other, case):
        sealed = desk.seal(case)
        asked = case.compartment, case.reference
        assert dossier.one(desk.member, *asked, sealed.pk) == sealed
        assert not dossier.of_reference(other.member, *asked).exists()
        with pytest.raises(DossierUnknown):
            dossier.one(other.member, *asked, sealed.pk)
        with pytest.raises(NotAllowed):
            dossiers.hand_out(dossier=sealed, **other.act)
        assert browser(other).get(f"/cases/2026-014/dossiers/{sealed.pk}").status_code == 404


class TestRoles:
    @pytest.mark.parametrize("role", [Role.REVIEWER, Role.READER])
    @pytest.mark.parametrize("act", ["state", "name", "seal", "export", "tell"])
    def test_of_whoever_only_looks_change_nothing(self, other, case, admitted, tmp_path, role, act):
        admitted(role)
        assert queries.case(other.member, "2026-014") == case
        before = LedgerLine.objects.count()
        with pytest.raises(NotAllowed, match=f"As {role} of this compartment"):
            _act(act, other, case, tmp_path)
        assert LedgerLine.objects.count() == before
        assert not Dossier.objects.exists()
        assert list(tmp_path.iterdir()) == []

    def test_of_a_worker_are_to_work(self, other, case, admitted, tmp_path):
        admitted(Role.WORKER)
        for act in ("state", "name", "seal", "export", "tell"):
            _act(act, other, case, tmp_path)
        assert (case.facts.count(), Dossier.objects.count()) == (1, 1)

    def test_are_told_on_the_page(self, other, case, admitted):
        admitted(Role.READER)
        answer = browser(other).post("/cases/2026-014/facts", {"words": HELD})
        assert (answer.status_code, "not-allowed" in answer.content.decode()) == (403, True)
        assert not case.facts.exists()


class TestNamesakes:
    """Two compartments may each have a case of one reference."""

    @pytest.fixture
    def twin(self, other, case, admitted):
        twin = other.case("2026-014", "Mr Invented")
        admitted(Role.READER)
        return twin

    def test_are_asked_for_with_a_tilde_and_the_beginning_of_the_compartment(self, other, case, twin):
        for each in (case, twin):
            address = f"2026-014~{each.compartment.pk.hex[:8]}"
            assert queries.case(other.member, address) == each
            assert queries.case(other.member, address).address == address

    def test_are_not_mistaken_for_each_other(self, other, twin):
        with pytest.raises(CaseAmbiguous) as refused:
            queries.case(other.member, "2026-014")
        assert refused.value.status == 409
        assert refused.value.sentence.count("2026-014~") == 2

    def test_have_pages_of_their_own(self, other, case, twin):
        client = browser(other)
        page = client.get("/cases/").content.decode()
        for each, called in ((case, "Ms Invented"), (twin, "Mr Invented")):
            address = f"/cases/2026-014~{each.compartment.pk.hex[:8]}/"
            assert address in page
            assert called in client.get(address).content.decode()

    def test_are_one_for_who_sees_one(self, desk, case, twin):
        assert queries.case(desk.member, "2026-014") == case
        assert queries.case(desk.member, "2026-014").address == "2026-014"

    @pytest.mark.parametrize("which", ["x", "ffffffffffffffffffffffffffffffffff", "%", "00000000~0"])
    def test_of_no_compartment_are_unknown(self, other, twin, which):
        with pytest.raises(CaseUnknown):
            queries.case(other.member, f"2026-014~{which}")


class TestPapersOfOthers:
    """A case may cite what is shared with its compartment; it leaves only while it still is."""

    @pytest.fixture
    def citing(self, other, shared):
        case = other.case("B-1", frameworks=["cat-3"], compartment=other.shelf("Library").compartment)
        other.fact(case, supported_by=other.quote(shared, HELD))
        return case

    def test_go_with_the_dossier_and_the_folder_while_they_are_shared(self, other, citing, shared, tmp_path):
        assert cited_documents(other.member, citing) == [shared]
        sealed = other.seal(citing)
        bundle = tmp_path / "bundle.zip"
        bundle.write_bytes(b"".join(dossiers.hand_out(dossier=sealed, **other.act)))
        checks = list(
            verified(bundle, Known(expected_fingerprint(proof.fingerprint(proof.public_key(workspace.signing_key())))))
        )
        assert {check.id for check in checks if check.outcome is not Outcome.OK} == set()
        other.exported(citing, tmp_path / "folder")

    def test_keep_it_from_leaving_once_they_are_not(self, other, citing, shared, tmp_path):
        shared.collection.shares.update(until=other.now())
        for leaves in (lambda: other.seal(citing), lambda: other.exported(citing, tmp_path / "folder")):
            with pytest.raises(PaperWithheld, match="“A note” is cited here") as refused:
                leaves()
            assert refused.value.status == 403
        assert not Dossier.objects.exists()
        assert list(tmp_path.iterdir()) == []

    def test_a_newer_version_that_he_may_not_see_is_not_told(self, desk, other, citing, shared):
        supersede(older=shared, newer=desk.paper("A newer note.", shelf="Others", title="Secret"), **desk.act)
        assert cited_documents(other.member, citing) == [shared]
        assert other.seal(citing).gaps
        assert "Secret" not in browser(other).get("/cases/B-1/facts/1").content.decode()


def _act(act, desk, case, folder):
    """What changes a case or lets it leave, done by whoever is at a desk."""
    match act:
        case "state":
            actions.state_fact(case=case, words=HELD, **desk.act)
        case "name":
            actions.add_name(case=case, name="Ayperi", script="Latn", **desk.act)
        case "seal":
            desk.seal(case)
        case "export":
            export_case(case, folder / "folder", **desk.act)
        case "tell":
            actions.record_statement(case=case, words=HELD, **desk.act)
