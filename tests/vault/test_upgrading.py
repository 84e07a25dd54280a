"""A workspace from before there were compartments: `panah upgrade` puts its work into one, and it all opens as before."""

from __future__ import annotations

import json

import pytest

from support.older import older_workspace
from support.processes import MEMBER, Panah

LETTER = "ئۇ 2016-يىلى كەتتى. She left in 2016."

OLDER = """
from datetime import UTC, datetime
from panah import proof
from panah.vault.store import ObjectKeys, Store

older = [(package, "0001_initial") for package in ("vault", "library", "cases", "dossier")] + [("team", "0003_line_after_line")]
executor.migrate(older)
state = executor.loader.project_state(older).apps

def derived(purpose):
    return proof.derived(workspace.keys().workspace, f"panah {purpose} 1")

keys = ObjectKeys(0, derived("objects"), derived("names"))
kept = Store(workspace.home() / "objects", lambda *, fresh: [keys]).keep([sys.argv[2].encode()])
now = datetime.now(UTC)
with transaction.atomic():
    state.get_model("team", "Member").objects.create(name=sys.argv[1], joined_at=now, password="!")
    original = state.get_model("vault", "Original").objects.create(
        digest=kept.digest, size=kept.size, media_type="text/plain", first_received=now
    )
    papers = state.get_model("library", "Collection").objects.create(name="Case A-1")
    office = state.get_model("library", "Source").objects.create(name="An invented office")
    document = state.get_model("library", "Document").objects.create(
        source=office, title="A letter", path="letter.txt", added_at=now, original=original, collection=papers
    )
    document.reading = state.get_model("library", "Reading").objects.create(
        original=original, extractor="plain", version="1", digest=kept.digest, size=kept.size, made_at=now
    )
    document.state = "read"
    document.save()
    case = state.get_model("cases", "Case").objects.create(
        reference="A-1", called="Ms A.", papers=papers, note="In plain", opened_at=now
    )
    state.get_model("cases", "Name").objects.create(case=case, name="Ayperi", script="Latn")
    quotation = state.get_model("library", "Quotation").objects.create(
        document=document, reading=document.reading, start=0, end=2, words="ئ", digest=kept.digest, made_at=now
    )
    finding = state.get_model("cases", "Finding").objects.create(
        case=case, framework="cat-3", element="CAT3.1", words="Yes.", by=sys.argv[1], written_at=now
    )
    finding.quotations.add(quotation)
    state.get_model("dossier", "Dossier").objects.create(
        reference="A-1", bundle=original, sealed_at=now, by=sys.argv[1], footnotes=0, exhibits=0, gaps=0, timestamped=False
    )
"""

LOOKED = """
import json
from django.db import connection
from panah.cases import queries as cases
from panah.dossier.models import Dossier
from panah.library import queries as library
from panah.library.sources.queries import sources
from panah.team import queries as team
from panah.team.models import Member
from panah.vault.data_keys import store_of

connection.check_constraints()
member = Member.objects.get()
case = cases.case(member, "A-1")
[document] = library.documents(member)
print(json.dumps({
    "role": team.role(member, case.compartment), "compartment": case.compartment.name,
    "same": case.compartment == document.compartment == Dossier.objects.get().bundle.compartment,
    "called": case.called, "note": case.note, "names": [name.name for name in case.names.all()],
    "original": store_of(document.original.compartment_id).content(document.original.digest).decode(),
    "reading": library.content(document.reading).decode(),
    "found": [[each.words for each in finding.quotations.all()] for finding in cases.findings(case)],
    "source": document.source.name, "sources": [source.name for source in sources(member)],
}))
case.save()
with connection.cursor() as cursor:
    print(json.dumps(cursor.execute("SELECT called FROM cases_case").fetchone()[0].startswith("\\x02sealed\\x02")))
"""


@pytest.fixture(scope="module")
def brought_up(tmp_path_factory) -> Panah:
    """A workspace of an older Panah with a letter and a case, brought up to date; tests copy it."""
    panah = older_workspace(Panah(tmp_path_factory.mktemp("older")), OLDER, MEMBER, LETTER)
    panah.does("upgrade")
    return panah


@pytest.fixture
def upgraded(brought_up, tmp_path) -> Panah:
    return brought_up.copied(tmp_path)


class TestUpgrade:
    def test_puts_everything_into_one_compartment_which_its_member_leads(self, upgraded):
        done = upgraded.python(LOOKED)
        assert done.err == ""
        looked, sealed = (json.loads(line) for line in done.out.splitlines())
        assert looked == {
            "role": "lead", "compartment": "Library", "same": True, "called": "Ms A.", "note": "In plain",
            "names": ["Ayperi"], "found": [["ئ"]], "original": LETTER, "reading": LETTER,
            "source": "An invented office", "sources": ["An invented office"],
        }  # fmt: skip
        assert sealed

    def test_goes_on_from_there(self, upgraded, tmp_path):
        (tmp_path / "letter.txt").write_text(LETTER)
        [line] = upgraded.lines("ingest", tmp_path / "letter.txt", "--collection", "Case A-1")
        assert line["outcome"] == "already"
        (tmp_path / "news.txt").write_text("Something new.")
        upgraded.does("ingest", tmp_path / "news.txt")
        assert upgraded.lines("find", "new")
        assert [line["called"] for line in upgraded.lines("case", "list")] == ["Ms A."]
