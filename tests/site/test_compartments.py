"""Pages of compartments: who belongs to each, what others may read, and what each role may do."""

from __future__ import annotations

import re

import pytest

from panah.site.compartments import queries
from panah.site.compartments.words import MAY, ROLES
from panah.team import queries as team
from panah.team.models import Compartment
from panah.team.rules import ALLOWED, May, Role
from panah.vault.actions import set_up
from support.members import signed_in
from support.roles import colleague, lines


@pytest.fixture
def place(desk):
    return desk.invented.compartment


@pytest.fixture
def page(place):
    return f"/compartments/{place.pk}"


class TestList:
    def test_shows_each_with_the_role_and_how_much_stands_in_it(self, client, desk, place):
        shown = client.get("/compartments/").content.decode()
        assert place.name in shown
        found = {each.compartment.name: each for each in queries.mine(desk.member)}
        assert (found[place.name].role, found[place.name].cases, found[place.name].collections) == ("lead", 1, 1)

    def test_makes_one(self, client, desk):
        answer = client.post("/compartments/", {"name": "A new one"})
        made = Compartment.objects.get(name="A new one")
        assert answer["Location"] == f"/compartments/{made.pk}"
        assert team.role(desk.member, made) is Role.LEAD

    @pytest.mark.parametrize("name", ["", " ", "a\x1b[2J", "x" * 101])
    def test_makes_none_without_a_name_that_can_be_seen(self, client, name):
        before = Compartment.objects.count()
        assert client.post("/compartments/", {"name": name}).status_code == 400
        assert Compartment.objects.count() == before

    def test_says_where_to_begin_to_who_has_none(self, desk):
        from panah.team.actions import join

        page = signed_in(join(name="Somebody new", now=desk.now())).get("/compartments/").content.decode()
        assert "You belong to no compartment." in page


class TestMembers:
    def test_are_admitted_given_another_role_and_released(self, client, desk, place, page):
        other = colleague(desk, place, None)
        for role in ("worker", "reader"):
            assert client.post(f"{page}/admit", {"member": other.name, "role": role}).status_code == 302
            assert team.role(other, place) == role
        assert client.post(f"{page}/release", {"member": other.name}).status_code == 302
        assert team.role(other, place) is None

    @pytest.mark.parametrize(
        "said", [{"member": "Nobody", "role": "worker"}, {"member": "Invented Member", "role": "x"}, {}]
    )
    def test_that_are_not_there_and_roles_that_are_none_are_refused(self, client, page, said):
        assert client.post(f"{page}/admit", said).status_code == 400

    def test_somebody_unknown_is_not_released(self, client, page):
        assert client.post(f"{page}/release", {"member": "Nobody"}).status_code == 404

    def test_the_last_lead_stays_one(self, client, desk, page):
        assert client.post(f"{page}/release", {"member": desk.member.name}).status_code == 409
        answer = client.post(f"{page}/admit", {"member": desk.member.name, "role": "reader"})
        assert answer.status_code == 409
        assert "lead-missing" in answer.content.decode()

    def test_who_releases_herself_comes_to_her_own(self, client, desk, place, page):
        colleague(desk, place, "lead")
        assert client.post(f"{page}/release", {"member": desk.member.name})["Location"] == "/compartments/"
        assert client.get(page).status_code == 404

    @pytest.mark.parametrize("role", ["worker", "reviewer", "reader"])
    def test_are_seen_and_not_changed_by_who_does_not_lead(self, desk, place, page, role):
        browser = signed_in(colleague(desk, place, role))
        shown = browser.get(page).content.decode()
        assert desk.member.name in shown
        main = shown.partition("<main")[2].partition("</main>")[0]
        assert "<form" not in main
        for act in ("admit", "release", "share"):
            said = {"member": desk.member.name, "role": "reader"}
            assert browser.post(f"{page}/{act}", said).status_code in {400, 403, 409}
        assert team.role(desk.member, place) is Role.LEAD


class TestSharing:
    def test_is_given_and_taken_back(self, client, desk, place, page):
        other = set_up(name="Another compartment", **desk.act)
        shelf = place.collections.get()
        answer = client.post(f"{page}/share", {"collection": shelf.pk, "compartment": str(other.pk)})
        assert answer.status_code == 302
        shown = client.get(page).content.decode()
        (end,) = re.findall(r'action="(/compartments/[^"]+/end)"', shown)
        assert "Another compartment" in shown
        assert shelf.name in client.get(f"/compartments/{other.pk}").content.decode()
        assert client.post(end).status_code == 302
        assert client.post(end).status_code == 404
        assert (len(lines("shared")), len(lines("took back"))) == (1, 1)

    def test_of_a_collection_of_elsewhere_is_refused(self, client, desk, page):
        other = set_up(name="Another compartment", **desk.act)
        elsewhere = desk.scan.collection.pk + 1000
        said = {"collection": elsewhere, "compartment": str(other.pk)}
        assert client.post(f"{page}/share", said).status_code == 400

    def test_does_not_name_a_compartment_that_the_asker_does_not_see(self, client, desk, place, page):
        from panah.library.actions import share

        other = set_up(name="Another compartment", **desk.act)
        share(collection=place.collections.get(), compartment=other, **desk.act)
        shown = signed_in(colleague(desk, place, "lead")).get(page).content.decode()
        assert "Another compartment" not in shown
        assert "a compartment that you do not see" in shown


class TestTable:
    def test_says_of_every_role_and_act_what_the_rules_say(self):
        assert list(ROLES) == list(Role)
        assert list(MAY) == list(May)
        assert [
            (may, {role for role, yes in zip(Role, cells, strict=True) if yes}) for may, cells in queries.table()
        ] == [(may, ALLOWED[may]) for may in May]

    def test_stands_on_the_page(self, client, page):
        shown = client.get(page).content.decode()
        rows = re.findall(r"<tr><th scope=\"row\">(.*?)</th>(.*?)</tr>", shown)
        assert [cells.count(">yes<") for _, cells in rows] == [len(ALLOWED[may]) for may in May]


class TestErase:
    @pytest.fixture
    def place(self, desk):
        return set_up(name="Invented, to be erased", **desk.act)

    def test_wants_the_name_once_more(self, client, place):
        answer = client.post(
            f"/compartments/{place.pk}/erase", {"reason": "the person asked for it", "name": "Another"}
        )
        assert answer.status_code == 400
        assert "This is not the name of this compartment." in answer.content.decode()
        place.refresh_from_db()
        assert place.erased_at is None

    def test_asks_first_who_one_is(self, client, place):
        session = client.session
        session["known-at"] = 0
        session.save()
        answer = client.post(f"/compartments/{place.pk}/erase", {"reason": "another reason", "name": place.name})
        place.refresh_from_db()
        assert (place.erased_at, "Is it still you?" in answer.content.decode()) == (None, True)
