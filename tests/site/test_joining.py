"""How one joins: by an address that works once; and what is there before a second factor is chosen, which is nothing."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from panah.site import urls
from panah.team import joining
from panah.team.acting import now
from panah.team.models import Invitation, Member
from support.entered import entered
from support.members import code_now, codes_in, ready, secret_in, signed_in
from support.processes import PASSWORD

AYPERI = "Ayperi"


@pytest.fixture
def token(desk):
    """Of an invitation that the member made."""
    ready(desk.member)
    return joining.invite(name=AYPERI, by=desk.member, now=now())


@pytest.fixture
def invited(token):
    """A browser in which somebody has taken up the invitation and chosen no second factor yet."""
    client = Client()
    assert client.post(f"/team/join/{token}", {"password": PASSWORD, "again": PASSWORD}).status_code == 302
    return client


def verbs(name: str) -> list[str]:
    return list(entered(kind="member", subject=name).values_list("verb", flat=True))


class TestInvitation:
    def test_is_shown_once_on_the_page_of_the_team(self, client):
        page = client.post("/team/invitations", {"name": AYPERI}).content.decode()
        token = re.search(r"/team/join/([\w-]{43})", page)[1]
        assert token not in client.get("/team/").content.decode()
        assert Client().get(f"/team/join/{token}").status_code == 200
        assert not Invitation.objects.filter(digest__contains=token).exists()

    def test_makes_a_member_who_is_led_to_a_second_factor(self, token):
        client = Client()
        answer = client.post(f"/team/join/{token}", {"password": PASSWORD, "again": PASSWORD})
        assert (answer.status_code, answer["Location"]) == (302, "/team/begin")
        page = client.get("/team/me/telephone").content.decode()
        codes = codes_in(client.post("/team/me/telephone", {"code": code_now(secret_in(page))}).content.decode())
        assert len(set(codes)) == 10
        assert client.get("/").status_code == 200
        assert verbs(AYPERI) == [
            "invited", "joined", "chose a password", "signed in", "added a second factor", "made recovery codes",
        ]  # fmt: skip

    @pytest.mark.parametrize("spoiled", ["used", "old", "withdrawn", "forged", "another was made", "empty"])
    def test_opens_nothing_more_and_the_answer_is_one(self, desk, token, spoiled):
        match spoiled:
            case "used":
                joining.take_up(token=token, password=PASSWORD, now=now())
            case "old":
                Invitation.objects.update(until=now() - timedelta(seconds=1))
            case "withdrawn":
                joining.withdraw_invitation(number=Invitation.objects.get().pk, by=desk.member, now=now())
            case "forged":
                token = token[:-1] + ("A" if token[-1] != "A" else "B")
            case "another was made":
                joining.invite(name=AYPERI, by=desk.member, now=now())
            case "empty":
                token = "-"
        before = Member.objects.count()
        for ask in (Client().get, lambda path: Client().post(path, {"password": PASSWORD, "again": PASSWORD})):
            answer = ask(f"/team/join/{token}")
            assert (answer.status_code, "<code>invitation-unknown</code>" in answer.content.decode()) == (404, True)
        assert Member.objects.count() == before

    @pytest.mark.parametrize(
        ("password", "again", "code"),
        [
            ("short", "short", "password-short"), ("a" * 40, "a" * 40, "password-common"), ("Password1234!", "Password1234!", "password-common"),
            (AYPERI * 2, AYPERI * 2, "password-is-name"), ("passwordpassword", "passwordpassword", "password-common"),
            (PASSWORD, PASSWORD + "x", "passwords-differ"),
        ],
    )  # fmt: skip
    def test_stays_good_where_a_password_is_refused(self, token, password, again, code):
        answer = Client().post(f"/team/join/{token}", {"password": password, "again": again})
        assert f"<code>{code}</code>" in answer.content.decode()
        assert not Member.objects.filter(name=AYPERI).exists()
        assert joining.invited(token, now()).name == AYPERI

    def test_is_made_only_by_who_administers(self, desk, invited):
        second = signed_in(Member.objects.get(name=AYPERI))
        answer = second.post("/team/invitations", {"name": "Another"})
        assert (answer.status_code, "<code>not-administering</code>" in answer.content.decode()) == (403, True)
        assert second.post(f"/team/members/{desk.member.pk}/remove").status_code == 403
        assert "Invite somebody" not in second.get("/team/").content.decode()


class TestBeforeASecondFactor:
    @pytest.mark.parametrize(
        "address",
        ["/", "/cases/", "/cases/2026-001/", "/library/", "/team/", "/team/me", "/keys", "/cases/2026-001/seal"],
    )
    def test_every_page_leads_to_choosing_one(self, invited, address):
        for method in (invited.get, invited.post):
            answer = method(address)
            assert (answer.status_code, answer["Location"]) == (302, "/team/begin")

    def test_signing_in_again_leads_there_too(self, invited):
        client = Client()
        client.post("/sign-in", {"name": AYPERI, "password": PASSWORD})
        assert client.get("/")["Location"] == "/team/begin"

    def test_a_wrong_code_adds_no_telephone(self, invited):
        secret = secret_in(invited.get("/team/me/telephone").content.decode())
        wrong = f"{(int(code_now(secret)) + 1) % 10**6:06}"
        answer = invited.post("/team/me/telephone", {"code": wrong})
        assert (answer.status_code, "<code>code-wrong</code>" in answer.content.decode()) == (403, True)
        assert secret_in(answer.content.decode()) == secret
        assert invited.get("/")["Location"] == "/team/begin"


def test_no_page_signs_up_resets_a_password_or_asks_for_an_address():
    names = {pattern.name for pattern in urls.urlpatterns if hasattr(pattern, "name")}
    assert names == {"docket", "sign-in", "second-factor", "sign-out", "keys", "set_language", "doctor"}
    assert reverse("team:join", args=["x"]) == "/team/join/x"
