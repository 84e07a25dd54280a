"""A time-stamping authority confirms the seal; where it gives no time-stamp that holds, nothing is sealed."""

from __future__ import annotations

import pytest

from panah.dossier import queries
from panah.dossier.actions import hand_out
from panah.dossier.models import Dossier
from panah.errors import PanahError
from panah.proof import TimestampRefused
from panah.proof.signing import expected_fingerprint
from panah.proof.verify import Known, verified
from panah.team import stamping
from panah.team.actions import Verb
from panah.vault.models import Original
from support.authority import LocalAuthority
from support.entered import entered
from support.processes import Panah


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return LocalAuthority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def case(desk):
    case = desk.case("2026-014", frameworks=["cat-3"])
    desk.fact(case, supported_by=desk.quote(desk.paper("She was held in 2018."), "held in 2018"))
    return case


class TestStamped:
    def test_the_stamp_verifies_for_a_reader_who_knows_the_authority(self, desk, case, authority, tmp_path):
        with authority.serving() as named:
            dossier = desk.seal(case, authority=named)
        assert dossier.timestamped
        bundle = tmp_path / "bundle.zip"
        bundle.write_bytes(b"".join(hand_out(dossier=dossier, **desk.act)))
        known = Known(expected_fingerprint(queries.signer()), authority.roots)
        outcomes = {check.kind: check.outcome for check in verified(bundle, known)}
        assert (outcomes["timestamp"], outcomes["authority"]) == ("ok", "ok")
        assert set(outcomes.values()) == {"ok"}
        known_to = ["--key", queries.signer(), "--authority", authority.roots_file]
        said = Panah(tmp_path).does(bundle, *known_to, program="panah-verify").out
        assert said.splitlines()[-1].startswith("OK: ")

    def test_another_authority_is_noticed(self, desk, case, authority, tmp_path):
        with authority.serving() as named:
            dossier = desk.seal(case, authority=named)
        bundle = tmp_path / "bundle.zip"
        bundle.write_bytes(b"".join(hand_out(dossier=dossier, **desk.act)))
        stranger = LocalAuthority(tmp_path / "stranger")
        outcomes = {check.kind: check.outcome for check in verified(bundle, Known(None, stranger.roots))}
        assert (outcomes["timestamp"], outcomes["authority"]) == ("ok", "broken")


class TestRefused:
    @pytest.mark.parametrize(
        "answering",
        [
            lambda question: (500, b""),
            lambda question: (200, b""),
            lambda question: (200, b"not a time-stamp"),
            lambda question: (200, b"\x30\x80" * 1000),
            lambda question: (200, question),
            lambda question: (200, b"x" * (1 << 20)),
        ],
        ids=["an error", "nothing", "nonsense", "endless DER", "an echo", "too much"],
    )
    def test_nothing_is_kept_but_the_word_that_sealing_began(self, desk, case, authority, home, answering):
        before = Original.objects.count(), objects(home)
        with authority.serving(answering) as named, pytest.raises(TimestampRefused) as refused:
            desk.seal(case, authority=named)
        assert (refused.value.code, refused.value.status) == ("timestamp-refused", 502)
        assert (Original.objects.count(), objects(home)) == before
        assert not Dossier.objects.exists()
        assert [line.verb for line in entered(kind="dossier", subject="2026-014")] == [Verb.BEGAN_SEALING]

    def test_an_answer_to_another_question_is_refused(self, desk, case, authority):
        other = authority.stamp(b"another seal")
        with authority.serving(lambda question: (200, other)) as named, pytest.raises(TimestampRefused):
            desk.seal(case, authority=named)
        assert not Dossier.objects.exists()

    def test_an_authority_whose_root_is_another_is_refused(self, desk, case, authority, tmp_path):
        stranger = LocalAuthority(tmp_path / "stranger")
        with authority.serving() as named, pytest.raises(TimestampRefused):
            desk.seal(case, authority=named._replace(roots=stranger.roots))
        assert not Dossier.objects.exists()

    def test_an_authority_that_nobody_answers_for_is_refused(self, desk, case, authority):
        with authority.serving() as named:
            gone = named
        with pytest.raises(TimestampRefused, match="it does not answer"):
            desk.seal(case, authority=gone)


class TestNamed:
    def test_by_nobody_there_is_none(self, settings):
        settings.PANAH_TSA_URL = ""
        assert stamping.authority() is None

    def test_by_the_operator_it_has_an_address_and_roots(self, settings, authority):
        settings.PANAH_TSA_URL, settings.PANAH_TSA_ROOTS = "http://127.0.0.1:9/", str(authority.roots_file)
        assert stamping.authority() == ("http://127.0.0.1:9/", authority.roots)

    @pytest.mark.parametrize("roots", ["", "nowhere.pem", "."])
    def test_roots_that_cannot_be_read_are_said(self, settings, roots):
        settings.PANAH_TSA_URL, settings.PANAH_TSA_ROOTS = "http://127.0.0.1:9/", roots
        with pytest.raises(PanahError, match="PANAH_TSA_ROOTS"):
            stamping.authority()


def objects(home) -> int:
    return sum(path.is_file() for path in (home / "objects").rglob("*"))
