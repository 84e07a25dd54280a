"""Handing over in the browser: forms, downloads, approvals; and nothing for a stranger. Every person is invented."""

import io
import zipfile

import pytest

from panah.cases.handing import actions, queries
from panah.dossier.redacting import Kind
from panah.proof import age
from panah.team.actions import admit, join
from panah.team.rules import Role
from support.members import signed_in

IDENTITY, KEY = age.new_identity()
PAGE = "/cases/2026-014/hand-over"
ASK = f"{PAGE}/ask"


@pytest.fixture
def client(member):
    return signed_in(member)


@pytest.fixture
def case(desk):
    case = desk.case("2026-014", "Ms Invented", ["cat-3"])
    desk.fact(case, "Qurvanjan was held in Ghulja.")
    return case


@pytest.fixture
def profile(desk, case):
    return actions.keep_profile(case=case, called="court", entries=[(Kind.PERSON, ["Qurvanjan"])], **desk.act)


def colleague(desk, case, role):
    other = join(name=f"Invented {role}", now=desk.now())
    admit(compartment=case.compartment, member=other, role=role, **desk.act)
    return signed_in(other)


def files_in(answer, key):
    plain = io.BytesIO()
    age.decrypt(io.BytesIO(b"".join(answer.streaming_content)), plain, key)
    return zipfile.ZipFile(plain)


class TestHandOver:
    def test_answers_with_an_age_file_that_the_recipient_opens(self, client, case, profile):
        answer = client.post(ASK, {"what": f"redacted:{profile.pk}", "recipients": KEY})
        assert answer.headers["Content-Disposition"] == 'attachment; filename="panah-2026-014-redacted.zip.age"'
        assert "Qurvanjan" not in files_in(answer, age.identities(IDENTITY)).read("copy/record.yaml").decode()

    def test_to_a_passphrase(self, client, case):
        answer = client.post(ASK, {"what": "export:", "passphrase": " six invented words "})
        assert "2026-014/case.yaml" in files_in(answer, age.Passphrase(" six invented words ")).namelist()

    @pytest.mark.parametrize(
        "said",
        [
            {"what": ""},
            {"what": "export:"},
            {"what": "export:", "recipients": "age1x"},
            {"what": "redacted:99", "recipients": KEY},
        ],
    )
    def test_what_is_missing_is_said_on_the_page(self, client, case, said):
        answer = client.post(ASK, said)
        assert answer.status_code == 400
        assert 'role="alert"' in answer.content.decode()


class TestApproval:
    def test_goes_from_asking_over_another_member_to_the_file(self, client, desk, case, profile):
        reviewer = colleague(desk, case, Role.REVIEWER)
        assert client.post(f"{PAGE}/demand", {"demanded": "1"}).status_code == 302
        assert client.post(ASK, {"what": "export:", "recipients": KEY, "reason": "The hearing"}).status_code == 302
        asked = case.hand_overs.get()
        assert "Approve" not in client.get(PAGE).content.decode()
        page = reviewer.get(PAGE).content.decode()
        assert "The hearing" in page
        assert "Approve" in page
        look = reviewer.post(f"{PAGE}/{asked.pk}/look")
        assert zipfile.ZipFile(io.BytesIO(b"".join(look.streaming_content))).namelist()
        assert client.post(f"{PAGE}/{asked.pk}/take").status_code == 409
        assert reviewer.post(f"{PAGE}/{asked.pk}/decide", {"decision": "approve", "why": "read"}).status_code == 302
        taken = client.post(f"{PAGE}/{asked.pk}/take")
        assert files_in(taken, age.identities(IDENTITY)).namelist()
        assert client.post(f"{PAGE}/{asked.pk}/take").status_code == 409

    def test_a_reader_neither_asks_nor_decides(self, client, desk, case, profile):
        asked = actions.ask(case=case, wanted=actions.Wanted(), recipients=[KEY], **desk.act)
        reader = colleague(desk, case, Role.READER)
        assert str(asked.pk) not in reader.get(PAGE).content.decode()
        assert reader.post(ASK, {"what": "export:", "recipients": KEY}).status_code == 403
        for deed in ("look", "take", "decide"):
            assert reader.post(f"{PAGE}/{asked.pk}/{deed}").status_code == 404
        assert reader.get("/cases/2026-014/profiles/new").status_code == 403
        assert reader.get(f"/cases/2026-014/profiles/{profile.number}").status_code == 404

    def test_for_a_stranger_nothing_is_there(self, desk, case, profile):
        stranger = signed_in(join(name="A Stranger", now=desk.now()))
        for address in (PAGE, "/cases/2026-014/profiles/new", "/cases/2026-014/profiles/1"):
            assert stranger.get(address).status_code == 404
        assert stranger.post(f"{PAGE}/demand").status_code == 404


class TestProfile:
    def test_begins_with_the_applicant_s_names_and_shows_where_each_entry_stands(self, client, case):
        assert "Ms Invented" in client.get("/cases/2026-014/profiles/new").content.decode()
        said = {"called": "court", "persons": "Qurvanjan\nقۇربانجان\n\nMs Invented", "places": "Ghulja"}
        answer = client.post("/cases/2026-014/profiles/new", said, follow=True)
        page = answer.content.decode()
        kept = queries.redactor(case.profiles.get()).profile
        assert [(entry.kind, entry.spellings) for entry in kept.entries] == [
            (Kind.PERSON, ("Qurvanjan", "قۇربانجان")),
            (Kind.PERSON, ("Ms Invented",)),
            (Kind.PLACE, ("Ghulja",)),
        ]
        assert all(entry.placeholder in page for entry in kept.entries)

    def test_that_names_nothing_is_refused_and_keeps_what_was_typed(self, client, case):
        answer = client.post("/cases/2026-014/profiles/new", {"called": "court of <b>", "persons": ""})
        assert answer.status_code == 400
        assert "court of &lt;b&gt;" in answer.content.decode()
