"""A ledger that an older Panah wrote: `panah upgrade` keeps every line as it was digested."""

from __future__ import annotations

import json

import pytest

from panah import proof
from support.older import older_workspace
from support.processes import Panah

DETAILS = [{}, {"fact": 1, "stance": "supports"}, {"words": 'ئۇيغۇر "x"\n𠀋', "of": [1, None, {"b": True, "a": ""}]}]
SUBJECT = "sha256:" + "ab" * 32

OLDER = """
executor.migrate([("team", "0004_compartments")])
"""
ENTERED_THEN = """
import json
with transaction.atomic(), connection.cursor() as cursor:
    for line in json.loads(sys.argv[1]):
        names, places = ", ".join(line), ", ".join(["%s"] * len(line))
        cursor.execute(f"INSERT INTO team_ledgerline ({names}) VALUES ({places})", list(line.values()))
"""

ENTERED = """
from datetime import UTC, datetime
from panah.team import queries
from panah.team.actions import Verb, enter, join
member = join(name="Invented Member", now=datetime.now(UTC))
enter(verb=Verb.READ, kind="original", subject=sys.argv[1], by=member, now=datetime.now(UTC))
print(queries.first_broken_line())
print([line.verb for line in queries.custody(member, sys.argv[1])])
"""


def older_lines():
    """Lines as an older Panah had them: each a row of columns, its details as Django writes JSON."""
    link = proof.GENESIS
    for seq, details in enumerate(DETAILS, start=1):
        body = {
            "seq": seq, "at": "2026-05-04T10:00:00.000000+00:00", "by": "ئايگۈل", "verb": "taken in", "kind": "original",
            "subject": SUBJECT, "details": details, "salt": proof.random_salt(),
        }  # fmt: skip
        digest = proof.body_digest(body)
        link = proof.linked(link, digest)
        yield body | {"details": json.dumps(details), "body_digest": digest, "link": link}


@pytest.fixture(scope="module")
def older(tmp_path_factory) -> Panah:
    """A workspace of an older Panah with an empty ledger; tests copy it."""
    return older_workspace(Panah(tmp_path_factory.mktemp("older")), OLDER)


@pytest.fixture
def upgraded(older, tmp_path):
    """A workspace of an older Panah with these lines in its ledger, brought up to date."""

    def upgraded(lines) -> Panah:
        panah = older_workspace(older.copied(tmp_path), ENTERED_THEN, json.dumps(lines))
        panah.does("upgrade")
        return panah

    return upgraded


class TestUpgrade:
    def test_keeps_every_line_and_its_link(self, upgraded):
        lines = list(older_lines())
        panah = upgraded(lines)
        (verified,) = panah.lines("ledger", "verify")
        assert (verified["id"], verified["outcome"]) == ("3", "ok")
        done = panah.python(ENTERED, SUBJECT)
        assert done.out.splitlines() == ["None", "['taken in', 'taken in', 'taken in', 'read']"]
        shown = panah.lines("ledger", "custody", SUBJECT)[:3]
        assert [line["details"] for line in shown] == DETAILS
        assert [line["link"] for line in shown] == [line["link"] for line in lines]

    def test_keeps_one_that_was_changed_and_finds_it(self, upgraded):
        lines = list(older_lines())
        lines[1]["by"] = "Somebody Else"
        (verified,) = upgraded(lines).run("ledger", "verify", "--json").lines()
        assert (verified["id"], verified["outcome"]) == ("2", "broken")

    def test_keeps_one_that_nothing_could_have_entered(self, upgraded):
        lines = list(older_lines())
        lines[2]["details"] = '{"likely": 0.5}'
        (verified,) = upgraded(lines).run("ledger", "verify", "--json").lines()
        assert (verified["id"], verified["outcome"]) == ("3", "broken")
