"""What a member may not see does not exist for her on the command line either: each command is asked about both."""

from __future__ import annotations

import json

import pytest

from panah.site.command import COMMANDS
from support.processes import Panah
from support.workbench import DEMO, REFERENCE

NOBODY = "Invented Nobody"
SOURCE = "Monsoon Road Legal Clinic (invented)"
KEY = "age1invented"
WORDS = ("Ms A.", "Ayperi", "Medical report", "Monsoon Road", "Case 2026-001", "passport", "People who come back")
_ADDS = """
import json
from panah import proof
from panah.library.models import Capture, Document
from panah.team.actions import join
from panah.team.models import Compartment, Member
member = join(name=sys.argv[1], now=__import__("datetime").datetime.now(__import__("datetime").timezone.utc))
member.password = proof.password_kept(sys.argv[2])
member.save()
paper = Document.objects.select_related("original").get(title="Medical report")
other = Document.objects.exclude(pk=paper.pk).first()
capture = Capture.objects.create(
    collection=paper.collection, by=Member.objects.order_by("pk").first(), asked="http://lantern.example/", asked_at=member.joined_at)
print(json.dumps({"capture": str(capture.pk), "document": str(paper.pk), "newer": str(other.pk), "digest": paper.original.digest}))
"""
NEVER = {
    "reference": "2026-999", "collection": "Case 2026-999", "document": "0" * 31 + "1", "newer": "0" * 31 + "2",
    "digest": "sha256:" + "0" * 64, "delivery": "0" * 31 + "3", "capture": "0" * 31 + "4", "source": "Nobody at all",
}  # fmt: skip

ASKED = {
    "find": [
        ["find", "passport"], ["find", "passport", "--collection", "{collection}"], ["find", "--batch", "{paper}", "--csv"],
        ["find", "--filter", "place=CN", "--facets"], ["find", "passport", "--filter", "collection={collection}", "--json"],
    ],
    "searches": [["searches"], ["searches", "--json"], ["searches", "--csv"]],
    "check": [["check", "{paper}"], ["check", "{paper}", "--collection", "{collection}", "--json"]],
    "quote": [["quote", "{document}", "words"]],
    "reread": [["reread", "{document}"], ["reread", "--all-older"]],
    "readings": [["readings", "{document}"]],
    "documents": [["documents"], ["documents", "--json"], ["documents", "--collection", "{collection}"]],
    "describe": [["describe", "{document}", "--title", "Another"]],
    "source": [["source", "list"], ["source", "assess", "{source}", "--mandate", "Words"]],
    "translation": [["translation", "{document}", "{newer}"]],
    "supersede": [["supersede", "{document}", "{newer}"]],
    "kin": [["kin", "{document}"], ["kin", "{document}", "--all", "--json"]],
    "trace": [
        ["trace", "{document}"], ["trace", "{document}", "--to", "{newer}", "--because", "B"],
        ["trace", "{document}", "--apart-from", "{newer}", "--because", "B"], ["trace", "{document}", "--root", "B", "--withdraw"],
    ],
    "ingest": [
        ["ingest", "{paper}", "--compartment", "{collection}"], ["ingest", "{paper}", "--collection", "{collection}"],
    ],
    "delivery": [
        ["delivery", "list"], ["delivery", "show", "{delivery}"], ["delivery", "show", "{delivery}", "--csv"],
        ["delivery", "resume", "{delivery}"], ["delivery", "pause", "{delivery}"],
    ],
    "collection": [["collection", "list"], ["collection", "export", "{collection}", "{folder}/shelf"]],
    "capture": [["capture", "http://10.0.0.1/", "--compartment", "{collection}"], ["capture", "http://10.0.0.1/", "--collection", "{collection}"]],
    "timestamp": [["timestamp", "upgrade", "{capture}"], ["timestamp", "check", "{capture}"]],
    "captures": [["captures"], ["captures", "--csv"], ["captures", "--json"]],
    "rotate": [["rotate", "{collection}"]],
    "compartment": [
        ["compartment", "list"], ["compartment", "admit", "{collection}", NOBODY, "lead"],
        ["compartment", "release", "{collection}", NOBODY], ["compartment", "share", "{collection}", "{collection}"],
        ["compartment", "unshare", "{collection}", "{collection}", "--in", "{collection}"],
    ],
    "case": [
        ["case", "list"], ["case", "export", "{reference}", "{folder}/out"], ["case", "relatives", "{reference}", "--reveal"],
        ["case", "retain", "{reference}", "--until", "2031-12-31", "--reason", "B"],
        ["case", "hold", "{reference}", "--reason", "B"], ["case", "hold", "{reference}", "--lift"],
    ],
    "examine": [["examine", "{reference}"], ["examine", "{reference}", "--currency"]],
    "facts": [["facts", "{reference}"], ["facts", "{reference}", "--json"]],
    "account": [["account", "{reference}"], ["account", "{reference}", "--compare", "1", "2", "--json"]],
    "procedure": [["procedure", "{reference}"], ["procedure", "{reference}", "--proposals", "--json"]],
    "refusal": [["refusal", "{reference}"], ["refusal", "{reference}", "--json"], ["refusal", "--recurring"]],
    "grounds": [["grounds", "{reference}", "--docx", "{folder}/grounds.docx"]],
    "evidence": [["evidence", "{reference}"], ["evidence", "{reference}", "--json"]],
    "names": [
        ["names", "Ayperi Xiyal"], ["names", "Ayperi Xiyal", "--collection", "{collection}", "--json"],
        ["names", "Ayperi Xiyal", "--for", "{reference}"], ["names", "Ayperi Xiyal", "--for", "{reference}", "--absent", "B"],
        ["names", "Ayperi Xiyal", "--in", "{collection}", "--absent", "B"],
    ],
    "seal": [["seal", "{reference}", "-o", "{folder}/sealed.zip"]],
    "redact": [["redact", "{reference}", "--name", "court"]],
    "hand-over": [["hand-over", "{reference}", "-o", "{folder}/out.age", "--to", KEY, "--export"]],
    "approval": [["approval", "list", "{reference}"], ["approval", "demand", "{reference}"]],
    "erase": [["erase", "{collection}", "--reason", "other", "--confirm", "{collection}"]],
    "ledger": [["ledger", "custody", "{digest}"]],
}  # fmt: skip
"""How each command that asks for something is asked for it."""
ASIDE = {
    "init": "makes another workspace",
    "upgrade": "changes tables",
    "member": "tells of members, whom all members see",
    "passphrase": "changes what opens the workspace",
    "key": "the public key of the workspace",
    "compact": "rewrites the file as it is",
    "serve": "its pages are asked in test_nobody_else",
    "backup": "for who administers, and everything in it is encrypted: tests/vault/backups",
    "restore": "makes another workspace",
    "fixity": "for who administers; tells no digest to who may not see the compartment: tests/vault/test_fixity.py",
    "doctor": "this machine",
    "thesaurus": "tells of no workspace: it is the same in every Panah",
    "law": "tells of no workspace: it is the same in every Panah",
    "demo": "makes a workspace of its own",
}
"""Commands that are not asked, and why not."""


@pytest.fixture(scope="module")
def invented(new_workspace, tmp_path_factory) -> tuple[Panah, dict[str, str]]:
    """A workspace with the invented case, asked by a member who may see nothing of it; and what is in it."""
    panah = new_workspace.copied(tmp_path_factory.mktemp("panah-nobody"))
    panah.does("case", "import", DEMO)
    handed_in = panah.folder / "People who come back.txt"
    handed_in.write_text("She was held.")
    panah.does("ingest", handed_in)
    [delivery] = panah.lines("delivery", "list")
    said = panah.python(_ADDS, NOBODY, panah.environment["PANAH_PASSWORD"])
    paper = panah.folder / "paper.txt"
    paper.write_text("An invented paper says “she was held for five years in that place”, and cites C-465/07.")
    there = {
        "source": SOURCE,
        "reference": REFERENCE,
        "collection": f"Case {REFERENCE}",
        **json.loads(said.out),
        "delivery": delivery["id"],
    }
    return panah.without(PANAH_MEMBER=NOBODY, PANAH_CAPTURE="direct"), there | {
        "paper": str(paper),
        "folder": str(panah.folder),
    }


def test_every_command_is_asked_or_has_a_reason_not_to_be():
    assert ASKED.keys() | ASIDE.keys() == COMMANDS.keys()


@pytest.mark.parametrize("command", [" ".join(asked) for asks in ASKED.values() for asked in asks])
def test_answers_about_what_is_hidden_as_about_what_never_was(invented, command):
    panah, there = invented
    asked = next(asked for asks in ASKED.values() for asked in asks if " ".join(asked) == command)
    hidden, never = (
        answered(panah, [part.format(**values) for part in asked], values) for values in (there, there | NEVER)
    )
    assert hidden == never
    assert not [word for word in WORDS if word in hidden[1] + hidden[2]]


def answered(panah: Panah, asked: list[str], values: dict[str, str]) -> tuple[int, str, str]:
    """Exit code, output and error, without the words of the question."""
    done = panah.run(*asked)
    said = [done.out, done.err]
    for value in sorted({*values.values(), *asked}, key=len, reverse=True):
        said = [text.replace(value, "…") for text in said]
    return done.code, *said
