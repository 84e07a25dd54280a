"""The law to be read: its pages, its lists to save, and its commands."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from click.testing import CliRunner

from panah import law
from panah.law import NotInTheLaw
from panah.law.applying import DatesImpossible
from panah.law.loading import SHIPPED
from panah.site.law.commands import law as command
from panah.site.law.listing import Listed, listed
from support.members import signed_in


@pytest.fixture
def client(desk):
    return signed_in(desk.member)


class TestPages:
    def test_list_the_bodies_of_law_by_legal_order(self, client):
        page = client.get("/law/").content.decode()
        places = [page.index(f'href="/law/{one}/"') for one in ("rc-1951", "qr-2024-1347", "se-utlanningslag")]
        assert places == sorted(places)
        assert all(f'href="/law/{one}/"' in page for one in SHIPPED)

    @pytest.mark.parametrize("framework", SHIPPED)
    def test_show_each_element_with_its_authority_and_a_place_to_point_at(self, client, framework):
        page = client.get(f"/law/{framework}/").content.decode()
        for element in law.framework(framework).elements:
            assert f'<li id="{element.id}">' in page
        unverified = sum(not element.authority.verified for element in law.framework(framework).elements)
        assert page.count("<strong>not verified</strong>") == unverified
        assert law.edition(framework) in page

    def test_lead_to_what_asks_the_same_from_both_sides(self, client):
        assert (
            '<a href="/law/qd-2011-95/#QD4.5"><bdi>QD4.5</bdi></a>' in client.get("/law/qr-2024-1347/").content.decode()
        )
        assert (
            '<a href="/law/qr-2024-1347/#QR4.5"><bdi>QR4.5</bdi></a>' in client.get("/law/qd-2011-95/").content.decode()
        )

    def test_say_which_took_the_place_of_which(self, client):
        assert "Took the place of" in client.get("/law/apr-2024-1348/").content.decode()
        assert "Its place was taken by" in client.get("/law/apd-2013-32/").content.decode()

    def test_show_only_what_is_not_verified_where_that_is_asked_for(self, client):
        page = client.get("/law/cat-3/?unverified").content.decode()
        assert '<li id="GC4.11">' in page
        assert '<li id="CAT3.1">' not in page
        assert 'href="/law/apr-2024-1348/' not in client.get("/law/?unverified").content.decode()

    def test_of_a_law_that_is_not_there_are_not_found(self, client):
        assert client.get("/law/qd-2004-83/").status_code == 404

    @pytest.mark.parametrize("address", ["/law/", "/law/cat-3/", "/law/cat-3/?unverified"])
    def test_are_saved_as_a_table_and_as_lines(self, client, address):
        mark = "&" if "?" in address else "?"
        answer = client.get(f"{address}{mark}as=csv")
        rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
        answer = client.get(f"{address}{mark}as=jsonl")
        lines = [json.loads(line) for line in b"".join(answer.streaming_content).decode().splitlines()]
        assert [row["id"] for row in rows] == [line["id"] for line in lines]
        assert tuple(rows[0]) == tuple(lines[0]) == Listed._fields
        if "unverified" in address:
            assert {line["verified"] for line in lines} == {"no"}


class TestCommands:
    def said(self, *words: str) -> list[dict]:
        answer = CliRunner().invoke(command, [*words, "--json"], catch_exceptions=False, standalone_mode=False)
        return [json.loads(line) for line in answer.output.splitlines()]

    def test_list_and_show_the_same_as_the_pages(self):
        assert [line["id"] for line in self.said("list")] == list(SHIPPED)
        assert self.said("show", "cat-3") == [line._asdict() for line in listed([law.framework("cat-3")])]
        [one] = self.said("show", "QR4.5")
        assert "QD4.5" in one["parallel"].split()

    @pytest.mark.parametrize(
        "words", [["list"], ["show", "apr-2024-1348"], ["show", "APR59.2"], ["applicable", "--state", "SE"]]
    )
    def test_say_it_in_words(self, words):
        answer = CliRunner().invoke(command, words, catch_exceptions=False)
        assert answer.exit_code == 0
        assert re.search(r"[a-z]{3}", answer.output)

    def test_say_which_law_applies(self):
        said = self.said("applicable", "--state", "SE", "--lodged", "2026-05-30", "--decided", "2026-09-01")
        told = {line["id"]: line for line in said}
        assert told["apd-2013-32"]["what"] == "applies"
        assert told["qualification"]["stands"] == ["qr-2024-1347", "qd-2011-95"]
        assert told["APR59.2"]["what"] == "early"

    @pytest.mark.parametrize(
        ("words", "error"),
        [
            (["show", "QR99"], NotInTheLaw),
            (["applicable", "--state", "SE", "--lodged", "2026-05-30", "--decided", "2026-05-01"], DatesImpossible),
        ],
    )
    def test_refuse_what_is_not_there_and_what_cannot_be(self, words, error):
        with pytest.raises(error):
            CliRunner().invoke(command, words, catch_exceptions=False, standalone_mode=False)
