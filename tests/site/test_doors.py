"""Who comes in: strangers see the door alone, and cannot tell what lies behind it."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import URLPattern, get_resolver

from panah.site.signing_in import ByPassword
from panah.team.models import LedgerLine, Member
from support.members import code_now, ready, signed_in
from support.processes import MEMBER, PASSWORD
from support.workbench import BEGINNING

PASSPHRASE = "پاناھ correct horse"  # of tests/conftest.py
VALUES = {"str": "2026-001", "int": "1", "uuid": "00000000-0000-4000-8000-000000000000", "slug": "camps"}
SECOND = "/sign-in/second"
OPEN = {"/sign-in", SECOND, "/language", "/team/join/2026-001"}


def addresses() -> list[str]:
    """Every address of the workbench, its parts filled in."""

    def walk(patterns, before="/"):
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                yield before + str(pattern.pattern)
            else:
                yield from walk(pattern.url_patterns, before + str(pattern.pattern))

    return [
        re.sub(r"<(\w+):\w+>", lambda part: VALUES[part[1]], address) for address in walk(get_resolver().url_patterns)
    ]


class TestStrangers:
    @pytest.mark.parametrize("method", ["get", "post", "put", "head", "options"])
    @pytest.mark.parametrize("address", [address for address in addresses() if address not in OPEN])
    def test_are_sent_to_the_door_from_every_address(self, stranger, address, method):
        answer = getattr(stranger, method)(address)
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/sign-in")

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_begin_with_the_first_factor(self, stranger, method):
        answer = getattr(stranger, method)(SECOND)
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/sign-in")

    def test_cannot_tell_what_is_there_from_what_is_not(self, stranger):
        there, not_there = (stranger.get(f"/cases/{reference}/") for reference in ("2026-001", "2026-999"))
        assert there["Location"].replace("001", "999") == not_there["Location"]

    def test_see_nothing_of_the_workspace_at_the_door(self, stranger, desk):
        page = stranger.get("/sign-in").content.decode()
        for word in (MEMBER, "2026-001", "Ms A.", 'type="search"', "data-go"):
            assert word not in page

    def test_see_nothing_of_it_where_there_is_no_page(self, stranger):
        answer = stranger.get("/nowhere")
        assert answer.status_code == 404
        assert "Library" not in answer.content.decode()

    def test_put_nothing_into_the_store(self, stranger, home):
        before = {path for path in (home / "objects").rglob("*") if path.is_file()}
        paper = SimpleUploadedFile("letter.txt", b"An invented letter that nobody asked for.")
        answer = stranger.post("/library/add", {"papers": paper, "collection": "Library"})
        assert answer.status_code == 302
        assert {path for path in (home / "objects").rglob("*") if path.is_file()} == before

    def test_whose_session_is_of_another_time_are_strangers(self, client, desk):
        assert client.get("/").status_code == 200
        client.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32
        assert client.get("/").status_code == 302


class TestSignIn:
    def test_opens_with_name_password_and_code_and_tells_the_ledger(self, stranger, desk):
        ready(desk.member)
        answer = stranger.post("/sign-in", {"name": MEMBER, "password": PASSWORD})
        assert (answer.status_code, answer["Location"]) == (302, "/sign-in/second?next=")
        assert stranger.get("/").status_code == 302
        answer = stranger.post("/sign-in/second", {"code": code_now()})
        assert (answer.status_code, answer["Location"]) == (302, "/")
        assert stranger.get("/").status_code == 200
        last = LedgerLine.objects.order_by("-seq").first()
        assert (last.verb, last.subject) == ("signed in", MEMBER)

    def test_a_wrong_name_and_a_wrong_passphrase_are_answered_alike(self, stranger, desk):
        tried = [("Nobody", PASSPHRASE), (MEMBER, "wrong"), ("Nobody", "wrong")]
        answers = [stranger.post("/sign-in", {"name": name, "password": words}) for name, words in tried]
        pages = [masked(answer.content.decode(), name) for answer, (name, _) in zip(answers, tried, strict=True)]
        assert {answer.status_code for answer in answers} == {403}
        assert len(set(pages)) == 1
        assert "This name and password do not open the workspace." in pages[0]

    def test_every_name_takes_the_same_work_of_argon2(self, desk, monkeypatch):
        """Known or not: once for a password, and once more as long as anybody is let in by the passphrase."""
        from panah import proof
        from panah.vault import workspace

        tried: list[str] = []
        for module, name in ((workspace, "passphrase_opens"), (proof, "password_fits")):
            real = getattr(module, name)
            monkeypatch.setattr(
                module, name, lambda words, *more, name=name, real=real: tried.append(name) or real(words, *more)
            )
        for expected in (["password_fits", "passphrase_opens"], ["password_fits"]):
            for name in (MEMBER, "Nobody"):
                tried.clear()
                assert ByPassword().authenticate(RequestFactory().get("/"), name=name, password="wrong") is None
                assert tried == expected
            ready(desk.member)

    @pytest.mark.parametrize(
        "said",
        [{"next": ""}, {"name": MEMBER}, {"password": "a"}, {"name": "\x00", "password": "a"}, {"name": MEMBER, "password": ""}, {"name": "a" * 101, "password": "a"}],
    )  # fmt: skip
    def test_half_an_answer_does_not_open(self, stranger, said):
        assert stranger.post("/sign-in", said).status_code == 400

    def test_never_repeats_the_passphrase(self, stranger, desk):
        page = stranger.post("/sign-in", {"name": MEMBER, "password": "an invented wrong one"}).content.decode()
        assert "an invented wrong one" not in page

    def test_a_member_who_left_is_a_stranger_whatever_cookie_she_has(self, client, desk):
        assert client.get("/").status_code == 200
        Member.objects.filter(pk=desk.member.pk).update(left_at=BEGINNING)
        assert client.get("/").status_code == 302

    def test_signing_out_ends_it(self, client):
        assert client.post("/sign-out")["Location"] == "/sign-in"
        assert client.get("/").status_code == 302

    def test_cookies_are_for_this_site_and_no_script(self, stranger, desk):
        stranger.post("/sign-in", {"name": MEMBER, "password": PASSPHRASE})
        for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
            stranger.get("/sign-in")
            cookie = stranger.cookies[name]
            assert name.startswith("__Host-")
            assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")
            assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")


ELSEWHERE = [
    "https://elsewhere.example/", "//elsewhere.example/", "///elsewhere.example", "http:elsewhere.example", "/\\elsewhere.example",
    "\\\\elsewhere.example", "javascript:alert(1)", "https:///elsewhere.example", "/\t/elsewhere.example", "data:text/html,x", "",
]  # fmt: skip


class TestOpenRedirects:
    @pytest.mark.parametrize("address", ELSEWHERE)
    def test_after_signing_in_are_refused(self, stranger, desk, monkeypatch, address):
        monkeypatch.setattr(
            "panah.proof.password_fits", lambda words, _kept: words == PASSWORD
        )  # Argon2 takes its time
        ready(desk.member)
        half = stranger.post("/sign-in", {"name": MEMBER, "password": PASSWORD, "next": address})
        assert half["Location"].startswith("/sign-in/second?next=")
        answer = stranger.post(half["Location"], {"code": code_now()})
        assert answer["Location"] == "/"

    @pytest.mark.parametrize("address", ELSEWHERE)
    def test_after_choosing_a_language_are_refused(self, stranger, desk, address):
        answer = stranger.post("/language", {"language": "ug", "next": address})
        assert answer.status_code in {204, 302}
        assert answer.headers.get("Location", "/") == "/"

    def test_a_page_of_the_workbench_is_where_one_wanted_to_go(self, stranger, desk):
        wanted = "/cases/2026-001/facts/2"
        door = stranger.get(wanted)["Location"]
        assert f'name="next" value="{wanted}"' in stranger.get(door).content.decode()
        ready(desk.member)
        half = stranger.post("/sign-in", {"name": MEMBER, "password": PASSWORD, "next": wanted})["Location"]
        assert f'name="next" value="{wanted}"' in stranger.get(half).content.decode()
        assert stranger.post(half, {"code": code_now()})["Location"] == wanted


class TestForgery:
    @pytest.fixture
    def strict(self, desk):
        """A browser that sends no token which it did not get."""
        return signed_in(desk.member, Client(enforce_csrf_checks=True))

    @pytest.mark.parametrize(
        "address", ["/sign-out", "/cases/", "/cases/2026-001/seal", "/language", "/library/add", "/sign-in"]
    )
    def test_a_form_without_the_token_of_its_page_is_refused_in_a_sentence(self, strict, address):
        answer = strict.post(address, {"called": "A", "language": "ug"})
        assert answer.status_code == 403
        page = answer.content.decode()
        assert "This request did not come from a page of this workbench." in page
        assert "<code>request-refused</code>" in page

    def test_nothing_is_done_by_following_a_link(self, client):
        for address in ("/sign-out", "/cases/2026-001/seal", "/cases/2026-001/frameworks", "/names/absent"):
            assert client.get(address).status_code == 405
        assert client.get("/").status_code == 200


def masked(page: str, name: str) -> str:
    """A page without what is random or was typed."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page).replace(f'value="{name}"', "")
