"""Second factors, waiting, sessions, and being asked again: what a thief of one of them can do, which is little."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from panah.dossier.models import Dossier
from panah.team import actions, factors, knocking
from panah.team.acting import now
from panah.team.models import CodeSecret, Knocking, LedgerLine, Member, Sitting
from support.members import code_now, ready, signed_in
from support.processes import MEMBER, PASSWORD

SEAL = "/cases/2026-001/seal"


@pytest.fixture
def half(desk, stranger):
    """A browser that has given name and password."""
    ready(desk.member)
    assert stranger.post("/sign-in", {"name": MEMBER, "password": PASSWORD}).status_code == 302
    return stranger


@pytest.fixture
def stale(client):
    """A browser in which the member was signed in long ago."""
    session = client.session
    session["known-at"] = 0
    session.save()
    return client


def code_of(answer) -> str:
    found = re.search(r"<code>([a-z-]+)</code>", answer.content.decode())
    return found[1] if found else ""


class TestSecondFactor:
    def test_is_nothing_without_the_first(self, desk, stranger):
        ready(desk.member)
        answer = stranger.post("/sign-in/second", {"code": code_now()})
        assert (answer.status_code, answer["Location"]) == (302, "/sign-in")

    def test_a_code_is_taken_once(self, half):
        code = code_now()
        assert half.post("/sign-in/second", {"code": code})["Location"] == "/"
        other = Client()
        other.post("/sign-in", {"name": MEMBER, "password": PASSWORD})
        answer = other.post("/sign-in/second", {"code": code})
        assert (answer.status_code, code_of(answer)) == (403, "code-wrong")

    @pytest.mark.parametrize("code", ["", "abcdef", "١٢٣٤٥٦", "1" * 40, "-1", "000000 000000"])
    def test_nonsense_is_no_code(self, half, code):
        assert half.post("/sign-in/second", {"code": code}).status_code in {400, 403}
        assert half.get("/").status_code == 302

    @pytest.mark.parametrize(
        "answer",
        ["{", "[]", "{}", '{"id": 1}', '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}', "[" * 5000],
    )
    def test_nonsense_is_no_passkey(self, half, answer):
        refused = half.post("/sign-in/second", {"answer": answer})
        assert (refused.status_code, code_of(refused)) == (403, "passkey-refused")

    def test_a_recovery_code_is_taken_once_however_it_is_typed(self, desk, half):
        code = factors.write_codes(member=desk.member, now=now())[0]
        assert half.post("/sign-in/second", {"code": f" {code.upper().replace('-', ' ')} "})["Location"] == "/"
        other = Client()
        other.post("/sign-in", {"name": MEMBER, "password": PASSWORD})
        assert other.post("/sign-in/second", {"code": code}).status_code == 403
        assert LedgerLine.objects.filter(verb=actions.Verb.USED_CODE).count() == 1

    def test_the_half_way_ends(self, half, desk):
        session = half.session
        session["half-way"] = session["half-way"] | {"at": now().timestamp() - 301}
        session.save()
        assert half.post("/sign-in/second", {"code": code_now()})["Location"] == "/sign-in"

    def test_the_last_one_stays(self, client, desk):
        assert code_of(client.post("/team/me/telephone/remove")) == "factor-last"
        assert CodeSecret.objects.filter(member=desk.member).exists()

    def test_one_member_touches_nothing_of_another(self, client, desk):
        other = ready(actions.join(name="Another", now=now()))
        browser = signed_in(other)
        browser.get("/")
        theirs = Sitting.objects.get(member=other)
        assert client.post(f"/team/me/sessions/{theirs.pk}/end").status_code == 404
        assert client.post("/team/me/passkeys/1/remove").status_code == 404
        assert browser.get("/").status_code == 200


class TestWaiting:
    def test_begins_after_some_tries_and_is_the_same_for_every_name(self, desk, stranger, monkeypatch):
        monkeypatch.setattr("panah.proof.password_fits", lambda *_: False)
        ready(desk.member)
        said = {}
        for name in (MEMBER, "Nobody"):
            said[name] = [code_of(stranger.post("/sign-in", {"name": name, "password": "wrong"})) for _ in range(6)]
        assert said[MEMBER] == said["Nobody"] == ["sign-in-refused"] * 5 + ["wait"]

    def test_keeps_the_right_password_out_as_well(self, desk, stranger, monkeypatch):
        ready(desk.member)
        knocking.refused(whose=[knocking.name(MEMBER)] * 5, member=desk.member, now=now())
        answer = stranger.post("/sign-in", {"name": MEMBER, "password": PASSWORD})
        assert (answer.status_code, code_of(answer)) == (429, "wait")

    def test_grows_and_ends(self, db):
        whose, at = [knocking.name("Somebody")], now()
        waits = []
        for _ in range(20):
            knocking.refused(whose=whose, member=None, now=at)
            try:
                knocking.require_none(whose, at)
            except knocking.Wait as wait:
                waits.append(wait.facts["seconds"])
        assert waits[:3] == [6, 11, 21]
        assert waits == sorted(waits)
        assert waits[-1] == 901
        knocking.require_none(whose, at + timedelta(seconds=901))

    def test_is_told_in_the_ledger_once_and_without_a_name_that_is_nobody_s(self, desk):
        for name, member in ((MEMBER, desk.member), ("a password typed as a name", None)):
            for _ in range(8):
                knocking.refused(whose=[knocking.name(name)], member=member, now=now())
        lines = LedgerLine.objects.filter(verb=actions.Verb.KEPT_WAITING).order_by("seq")
        assert list(lines.values_list("particulars__subject", flat=True)) == [MEMBER, "nobody"]
        assert not Knocking.objects.filter(whose__contains="password").exists()

    def test_holds_at_the_second_factor_too(self, half):
        answers = [code_of(half.post("/sign-in/second", {"code": "wrong"})) for _ in range(6)]
        assert answers == ["code-wrong"] * 5 + ["wait"]
        assert code_of(half.post("/sign-in/second", {"code": code_now()})) == "wait"


class TestSessions:
    def test_begin_under_a_new_key_so_that_none_can_be_planted(self, half):
        planted = half.cookies[next(name for name in half.cookies if "session" in name)].value
        half.post("/sign-in/second", {"code": code_now()})
        assert half.get("/").status_code == 200
        thief = Client()
        thief.cookies[next(name for name in half.cookies if "session" in name)] = planted
        assert thief.get("/").status_code == 302

    def test_are_listed_with_the_browser_and_ended_one_by_one(self, client, desk):
        other = Client(headers={"User-Agent": "An invented browser"})
        signed_in(desk.member, other).get("/")
        assert "An invented browser" in client.get("/team/me").content.decode()
        client.post(f"/team/me/sessions/{Sitting.objects.get(browser='An invented browser').pk}/end")
        assert other.get("/").status_code == 302
        assert client.get("/").status_code == 200

    def test_all_others_end_at_once(self, client, desk):
        others = [signed_in(desk.member) for _ in range(3)]
        for browser in (*others, client):
            browser.get("/")
        client.post("/team/me/sessions/end")
        assert [browser.get("/").status_code for browser in (*others, client)] == [302, 302, 302, 200]

    def test_end_by_themselves_where_nobody_asks_anything(self, client, settings):
        client.get("/")
        Sitting.objects.update(seen_at=now() - timedelta(minutes=settings.PANAH_IDLE_MINUTES, seconds=1))
        answer = client.get("/cases/")
        assert (answer.status_code, answer["Location"]) == (302, "/sign-in?next=/cases/")
        assert not Session.objects.exists()

    def test_of_who_leaves_end_at_once(self, client, desk):
        other = ready(actions.join(name="Another", now=now()))
        browser = signed_in(other)
        assert browser.get("/").status_code == 200
        assert client.post(f"/team/members/{other.pk}/remove").status_code == 302
        assert browser.get("/")["Location"].startswith("/sign-in")
        answer = browser.post("/sign-in", {"name": "Another", "password": PASSWORD})
        assert (answer.status_code, code_of(answer)) == (403, "sign-in-refused")

    def test_the_last_who_administers_stays(self, client, desk):
        assert code_of(client.post(f"/team/members/{desk.member.pk}/remove")) == "administrator-last"
        assert Member.objects.get(pk=desk.member.pk).is_active

    def test_end_everywhere_else_by_another_password(self, client, desk):
        other = signed_in(desk.member)
        other.get("/")
        new = "five other invented words here"
        assert client.post("/team/me/password", {"password": new, "again": new}).status_code == 302
        assert (client.get("/").status_code, other.get("/").status_code) == (200, 302)


class TestAskedAgain:
    def test_before_sealing_and_what_was_typed_goes_along(self, stale, desk):
        before = Dossier.objects.count()
        page = stale.post(SEAL, {"note": "Typed already."})
        assert page.status_code == 403
        assert '<input type="hidden" name="note" value="Typed already.">' in page.content.decode()
        assert Dossier.objects.count() == before
        said = {"note": "Typed already.", "known_password": PASSWORD, "known_code": "", "known_answer": ""}
        assert stale.post(SEAL, said)["Location"] == "/cases/2026-001/dossier"
        assert Dossier.objects.count() == before + 1

    def test_before_handing_out_and_leads_on(self, stale, desk):
        bundle = f"/cases/2026-001/dossiers/{desk.sealed.pk}"
        asked = stale.get(bundle)["Location"]
        assert asked == f"/team/known?next={bundle.replace('/', '%2F')}"
        answer = stale.post(asked, {"known_password": "", "known_code": code_now()})
        assert answer["Location"] == bundle
        assert stale.get(bundle).status_code == 200

    @pytest.mark.parametrize(
        "said", [{"known_password": "wrong"}, {"known_password": "", "known_code": "000"}, {"known_password": ""}]
    )
    def test_and_nothing_less_will_do(self, stale, said):
        before = Dossier.objects.count()
        assert stale.post(SEAL, said).status_code in {400, 403}
        assert Dossier.objects.count() == before

    def test_so_often_and_no_more(self, stale):
        answers = [code_of(stale.post(SEAL, {"known_password": "", "known_code": "0"})) for _ in range(6)]
        assert answers == ["code-wrong"] * 5 + ["wait"]

    @pytest.mark.parametrize("path", ["/team/me/password", "/team/me/telephone", "/team/me/passkey"])
    def test_before_what_one_signs_in_with_is_changed(self, stale, path):
        assert stale.get(path)["Location"].startswith("/team/known?next=")

    @pytest.mark.parametrize(
        "path",
        [
            "/team/me/codes",
            "/team/me/telephone/remove",
            "/team/me/passkeys/1/remove",
            "/team/invitations",
            "/team/members/1/remove",
        ],
    )
    def test_before_anybody_else_could_come_in_or_be_put_out(self, stale, path):
        assert "known_password" in stale.post(path).content.decode()

    @pytest.mark.parametrize("onward", ["//elsewhere.example", "https://elsewhere.example/"])
    def test_leads_nowhere_else(self, stale, onward):
        answer = stale.post("/team/known", {"known_password": "", "known_code": code_now(), "next": onward})
        assert answer["Location"] == "/"
