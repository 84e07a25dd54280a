"""Writes the pages of docs/reference that follow from the code: cli, errors, law, thesaurus, checklist and refusal.

    python tools/docs.py            writes them
    python tools/docs.py --check    exits with 1, and names each page, if one is not what the code gives

What no code says by itself, such as the shape of a JSON line, stands here as text; `tests/test_docs.py` compares it.
"""

from __future__ import annotations

import argparse
import inspect
import pkgutil
import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, NamedTuple

import click

if TYPE_CHECKING:
    from panah.law import Authority, Framework, Wording

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "reference"
WIDTH = 100

HEAD = "<!-- Written by tools/docs.py from the code: change the code, then run `make docs`. -->\n\n"


class Line(NamedTuple):
    """A JSON line of a command: its shape, and what the shape does not say."""

    shape: str
    note: str = ""


JSON_LINES = {
    "init": Line('{"id": "ed25519:…", "home": "…", "member": "…"}', "the `id` is the key that signs its dossiers"),
    "upgrade": Line('{"id": "ed25519:…", "version": 0}'),
    "passphrase": Line('{"id": "ed25519:…"}'),
    "compact": Line('{"id": "ed25519:…"}'),
    "erase": Line(
        '{"id": "…", "cases": 1, "documents": 9, "dossiers": 1, "contents": 16}', "the `id` is the compartment's"
    ),
    "rotate": Line('{"id": "…", "encrypted": 36}', "the `id` is the compartment's"),
    "key": Line('{"id": "ed25519:…", "fingerprint": "…"}'),
    "member invite": Line('{"id": "http://localhost:8017/team/join/…", "name": "…"}', "the address opens once"),
    "member list": Line('{"id": "…", "joined_at": "…", "administers": true}'),
    "member remove": Line('{"id": "…", "outcome": "left", "without_lead": 0, "shut": 0}'),
    "member succeed": Line('{"id": "…", "outcome": "leads", "compartments": 1}'),
    "member password": Line('{"id": "…", "outcome": "chosen"}'),
    "ingest": Line(
        '{"id": "sha256:…", "path": "…", "outcome": "read", "code": "", "reason": "", "document": "…", "inside": ""}',
        "`outcome` is `read`, `already` or `refused`, or, with `--dry-run`, `would`; `inside` "
        "is the document that was handed in, where the line is about "
        "one that stood in it; the `id` of what could not even be preserved is `path:…`; "
        "`reason` also says what a manifest filled in of a document that was here before",
    ),
    "delivery list": Line(
        '{"id": "…", "began_at": "…", "ended_at": "", "collection": "…", "files": 3, "read": 1, "already": 0, "refused": 1, '
        '"waiting": 1}',
        "`ended_at` is empty as long as a file waits",
    ),
    "delivery show": Line(
        '{"id": "sha256:…", "path": "…", "outcome": "read", "code": "", "reason": "", "document": "…", "inside": ""}',
        "as `ingest`; `waiting` is an outcome too",
    ),
    "delivery resume": Line(
        '{"id": "sha256:…", "path": "…", "outcome": "read", "code": "", "reason": "", "document": "…", "inside": ""}',
        "as `ingest`",
    ),
    "delivery pause": Line('{"id": "…", "outcome": "pausing"}'),
    "collection list": Line('{"id": "3", "name": "…", "documents": 12}'),
    "collection export": Line('{"id": "3", "folder": "…", "files": 12}'),
    "reread": Line(
        '{"id": "…", "title": "…", "outcome": "read", "code": "", "reason": "", "reading": "sha256:…", "before": "sha256:…"}',
        "`outcome` is `read`, `same` or `refused`; `reading` is the digest of the reading that the document has now, "
        "`before` of the one that it had",
    ),
    "readings": Line(
        '{"id": "sha256:…", "extractor": "…", "version": "…", "made_at": "…", "options": {"languages": "…"}, "size": 3, '
        '"current": true, "quoted": 0}',
        "a reading; `current` is the one that the document has, `quoted` how many quotations from the document rest on it",
    ),
    "capture": Line(
        '{"id": "…", "asked": "…", "outcome": "captured", "code": "", "reason": "", "status": 200, "reached": "…", '
        '"exit": "tor", "record": "sha256:…", "stamped_at": "…", "documents": {"record": "…", "page": "…", "picture": "…", '
        '"print": "…"}}',
        "`outcome` is `captured`, `failed`, or `refused`, where nothing was asked and the `id` is `address:…`; `status` is "
        "the site's, 0 where it gave none; `record` is the digest of the WARC, and empty like `stamped_at` where there is none",
    ),
    "timestamp upgrade": Line(
        '{"id": "…", "asked": "…", "block": 358391, "calendars": [{"calendar": "…", "code": "not-yet-in-block", "reason": "…"}]}',
        "a capture; `block` is the height of the lowest block of Bitcoin that its timestamp leads to, null as long as all of "
        "it is pending; `calendars` has what each calendar answered with which something was pending, `code` is empty where "
        "that was a timestamp",
    ),
    "timestamp check": Line(
        '{"id": "…", "record": "sha256:…", "pending": ["…"], "blocks": [{"height": 358391, "merkle_root": "…", "printed": "…"}], '
        '"header": {"block": "…", "time": "…", "height": 358391}}',
        "a capture; `pending` are addresses of calendars; `merkle_root` is in the order of the header, `printed` as explorers "
        "print it; `header` is null without `--header`, else the block's name, its time, and the height whose root it has; a "
        "header with another root is an error",
    ),
    "captures": Line(
        '{"id": "…", "asked": "…", "outcome": "captured", "code": "", "reason": "", "status": "200", "reached": "…", '
        '"exit": "tor", "asked_at": "…", "ended_at": "…", "stamped_at": "…", "block": "358391", "collection": "…", "by": "…", '
        '"record": "sha256:…", "document": "…"}',
        "`outcome` is `waiting`, `captured` or `failed`; `document` is the page itself; with `--csv` these are the columns",
    ),
    "find": Line(
        '{"id": "DOCUMENT#START-END", "document": "…", "title": "…", "path": "…", "page": 3, "start": 0, "end": 0, '
        '"words": "…", "source": "…", "date": "…", "marks": [{"start": 0, "end": 0}], '
        '"added": ["internment-camp"]}',
        "`page` is null where there are no pages; `marks` are the bytes of the reading at which matching words stand; "
        "`added` names the concepts by which more was looked for than the words. Without words, a line for each document, with "
        "the keys of its `--csv`. With `--facets`, then a line for each value, whose `id` is what `--filter` takes: "
        '`{"id": "place=CN", "facet": "place", "value": "CN", "called": "China", "passages": 9}`, or `documents`. With '
        '`--batch`, a line for each question: `{"id": "2", "question": "…", "passages": 0, "code": "", "reason": "", "best": '
        "[]}`; the `id` is its line in the table, `code` says why it could not be asked, `best` has passages with the keys of "
        "`--csv`",
    ),
    "searches": Line(
        '{"id": "…", "name": "…", "words": "…", "question": "q=camp&place=CN", "compartment": "", "by": "…", "saved_at": "…", '
        '"found": "9", "now": "10", "new": "1", "code": ""}',
        "`question` is as the address of a search has it; `compartment` is empty where the search is your own; `found` is how "
        "much there was then; `new` counts passages that you have not looked through; `code` says why it cannot be asked now",
    ),
    "thesaurus show": Line(
        '{"id": "internment-camp", "scheme": "…", "words": [], "note": "…", "labels": [{"language": "en", "labels": [], '
        '"source": "…"}], "broader": [], "narrower": [], "related": []}',
        "`words` are the labels that stand in what was asked; the first of `labels` is the preferred one; `source` is empty "
        "where nobody has verified them",
    ),
    "check": Line(
        '{"id": "START-END", "kind": "quotation", "outcome": "differs", "words": "…", "reason": "…", "document": "…", '
        '"title": "…", "start": 0, "end": 0, "page": null, "source_words": "…"}',
        "`id` is the bytes of the draft's words; `outcome` is `exact`, `differs`, `not-found` or `not-checkable`; `document`, "
        "`start` and `end` say where the words stand in the library; a line of `kind` `citation` has `form`, `value`, "
        "`elements` of the law and `near`, what one slip of the hand away is there, instead of `source_words`",
    ),
    "quote": Line(
        '{"id": "…", "document": "…", "start": 0, "end": 0, "page": null, "words": "…", "digest": "sha256:…", '
        '"prefix": "…", "suffix": "…"}',
    ),
    "documents": Line(
        '{"id": "…", "title": "…", "author": "…", "source": "…", "source_type": "ngo", "mandate": "…", "method": "…", '
        '"bias": "…", "date": "…", "period": "2017-04/2019", "places": "CN, CN-XJ", "language": "…", "url": "…", '
        '"accessed": "…", "archive_url": "…", "licence": "…", "sensitivity": "public", "concepts": "…", "path": "…", '
        '"collection": "…", "state": "read", "original": "sha256:…", "supersedes": "", "missing": []}',
        "`missing` names the fields of which nobody has said anything; `state` is `waiting`, `read` or `refused`",
    ),
    "describe": Line(
        '{"id": "…", "title": "…", "author": "…", "source": "…", "source_type": "ngo", "mandate": "…", "method": "…", '
        '"bias": "…", "date": "…", "period": "2017-04/2019", "places": "CN, CN-XJ", "language": "…", "url": "…", '
        '"accessed": "…", "archive_url": "…", "licence": "…", "sensitivity": "public", "concepts": "…", "path": "…", '
        '"collection": "…", "state": "read", "original": "sha256:…", "supersedes": "", "missing": []}',
    ),
    "source list": Line('{"id": "…", "name": "…", "compartment": "…", "documents": 0, "assessments": 0}'),
    "source assess": Line('{"id": "…", "source_type": "ngo", "mandate": "…", "method": "…", "bias": "…"}'),
    "supersede": Line('{"id": "…", "supersedes": "…"}', "the newer document, and the older one"),
    "translation": Line('{"id": "…", "original": "…", "translator": "…"}', "the translation, and what it is one of"),
    "kin": Line(
        '{"id": "…", "title": "…", "date": "…", "passages": 3, "of": 107, "words": 420, "share": 0.031, "close": false, '
        '"here": 0, "there": 0}',
        "a document that shares wording; `passages` of the `of` that the one asked about has, about so many `words` of it, a "
        "`share` from 0 to 1; the first of them begins at the byte `here` of its reading, and at `there` in this one",
    ),
    "trace": Line(
        '{"id": "…", "document": "…", "says": "traces-to", "to": "…", "root": "", "because": "…", "by": "…", "at": "…"}',
        "`says` is `traces-to` or `apart`; `to` is empty where a `root` is named that is not here",
    ),
    "case list": Line('{"id": "2026-001", "called": "…", "opened_at": "…"}'),
    "case import": Line('{"id": "2026-001", "called": "…"}'),
    "case export": Line('{"id": "2026-001", "path": "…", "files": 0}'),
    "case relatives": Line(
        '{"id": "1", "name": "…", "relation": "…", "whereabouts": "…", "note": "…", "relatives": 0}',
        "with `--reveal`, a line for each, without `relatives`; else one line, whose `id` is the reference and which has "
        "nothing but `relatives`, their number",
    ),
    "case retain": Line('{"id": "2026-001", "until": "2031-12-31"}'),
    "case hold": Line('{"id": "2026-001", "held": true}'),
    "compartment list": Line(
        '{"id": "…", "name": "…", "role": "lead", "cases": 0, "collections": 0, "members": {"NAME": "lead"}}',
        "`role` is yours; of each member there is the role",
    ),
    "compartment new": Line('{"id": "…", "name": "…"}'),
    "compartment admit": Line('{"id": "…", "member": "…", "role": "reader"}'),
    "compartment release": Line('{"id": "…", "member": "…"}'),
    "compartment share": Line('{"id": "…", "collection": "…", "compartment": "…"}', "the `id` is the compartment's"),
    "compartment unshare": Line('{"id": "…", "collection": "…", "compartment": "…"}'),
    "law list": Line(
        '{"id": "qr-2024-1347", "title": "…", "short": "…", "order": "union", "in_force_from": "2026-06-12", '
        '"in_force_until": "", "trigger": "unsettled", "follows": "qd-2011-95", "questions": 0, "unverified": 0, '
        '"edition": "sha256:…"}',
        "`order` is `international`, `union` or `national`; `trigger` is the day of a case by which it is told whether it "
        "governs it; `unverified` counts the questions that nobody compared with their text",
    ),
    "law show": Line(
        '{"id": "QR4.5", "framework": "qr-2024-1347", "of": "claim", "asks": "…", "says": "…", "instrument": "…", '
        '"provision": "…", "address": "…", "verified": "yes", "in_force_from": "2026-06-12", "in_force_until": "", '
        '"trigger": "unsettled", "apart": "", "evidence": "…; …", "concepts": "…", "parallel": "QD4.5", "see": "", '
        '"edition": "sha256:…"}',
        "a question; of a body of law, a line for each; `of` is `claim` or `procedure`; `apart` says why its days are not "
        "those of its body of law; the same keys are the columns of the table that the page Law gives",
    ),
    "law applicable": Line(
        '{"id": "qualification", "what": "question", "area": "qualification", "reason": "…", "authority": "…", '
        '"stands": ["qr-2024-1347", "qd-2011-95"]}',
        "`what` is `applies`, and then the `id` is that of a body of law; `question`, which the lawyer decides, and until "
        "then each of `stands` may apply; `early`, of a question that applies before its body of law does; or `note`",
    ),
    "examine": Line(
        '{"id": "RULE:ABOUT", "rule": "…", "element": "…", "fact": "…", "reason": "…", "authority": "…", '
        '"contradiction": ""}',
        "`element`, `fact` or `contradiction` is empty where the gap is not about one; a line with the `rule` "
        "`law-edited` is no gap: it "
        "says that a chosen body of law, named in its `id`, was edited since, and its `authority` is empty; nor is one with a "
        "`rule` that begins with `currency-`, which `--currency` adds",
    ),
    "facts": Line(
        '{"id": "1", "words": "…", "reached": ["asserted"], "open": ["evidenced"], "not_called_for": ["explained"], '
        '"assessed": ["CI.det"], "acceptance": "", "past_harm": false, "used_in": ["E3.fg"]}',
        "stages of the examination of the fact, in words of `law/method.yaml`; `acceptance` is empty where nobody concluded",
    ),
    "account": Line(
        '{"id": "1", "told_on": "…", "occasion": "…", "language": "ug", "words": "…"}',
        'with `--compare`, each row is `{"id": "1", "aligned": true, "differs": true, "moved": false, '
        '"one": "…", "other": "…", "one_at": "0-9", "other_at": "0-9", "marked": ""}`: places are characters, and '
        "`marked` is the number of the difference that was marked there",
    ),
    "procedure": Line(
        '{"id": "A7", "group": "A", "asks": "…", "authority": "…", "status": "not_examined", "words": "…", "reason": "…", '
        '"cites": "…", "nothing_found": "…", "by": "…", "written_at": "…", "proposes": "deficient", "because": "…"}',
        "an item of the checklist; `status` is a person's, `not_examined` where nobody answered; `proposes` is what its rule "
        "proposes, `not_examined` where it only asks, and empty where it is silent",
    ),
    "refusal": Line(
        '{"id": "paper-not-mentioned:…", "rule": "paper-not-mentioned", "group": "papers", "asks": "no", "sentence": "…", '
        '"authority": "…", "sought": "…", "words": "“…”; “…”", "verdict": "", "ground": "", "reason": "", "by": "", '
        '"proposed": "yes"}',
        "a fault that a rule proposes; `asks` is `yes` where it only shows words; `verdict` is a person's, `accepted`, "
        "`corrected` or `dismissed`, and empty where nobody decided; `proposed` is `no` where a verdict stands on what is "
        'proposed no more. With `--recurring`, `{"id": "1", "files": 2, "words": "…", "places": ["…"]}`: a paragraph and the '
        "decisions in which it stands",
    ),
    "names": Line(
        '{"id": "阿卜杜热依木·吐尔逊", "grade": "regular", "turned": false, "missing": [], "parts": [{"left": "…", "right": "…", '
        '"grade": "regular", "steps": [{"left": "b", "right": "卜", "reason": "the usual transcription"}]}], "mentions": 1, '
        '"documents": 1, "others": 2, "told_apart": 0, "places": [{"document": "…", "title": "…", "page": null, "start": 9, '
        '"end": 38, "words": "…", "before": "…", "after": "…", "case": "", "said": [{"id": "…", "outcome": "same", '
        '"sought": "…", "reason": "…", "by": "…", "at": "…", "current": true}]}]}',
        "a compatible spelling, and the `id` is the spelling as it stands in the first place; `grade` is `same-spelling`, "
        "`regular`, `possible` or `weak`; `others` counts other full names that fit as well, `told_apart` places of which "
        "somebody said that they are another person's; with `--absent` it is the statement, with `at`, `sought`, `by`, "
        "`collections`, `documents`, `tried` (the spellings by script), `aside`, `reason` and `says`",
    ),
    "evidence": Line(
        '{"id": "E3.coi", "framework": "…", "asks": "…", "asked": [{"kind": "concept", "words": [], "facts": [], "concepts": [], '
        '"passages": 0}], "passages": [{"document": "…", "title": "…", "date": "…", "page": null, "start": 0, "end": 9, '
        '"words": "…", "same_root": []}], "more": 0}',
        "the `id` is the element's; `same_root` are the documents that are folded under a passage, and `more` counts the "
        "roots that are not laid out",
    ),
    "seal": Line(
        '{"id": "…", "path": "…", "quotations": 0, "gaps": 0, "edited": []}',
        "`edited`: the bodies of law that were edited since they were chosen",
    ),
    "redact": Line(
        '{"id": "[Person 37]", "spellings": [], "papers": {"TITLE": 0}, "written": 0}',
        "how often an entry stands in each paper, and in what was written in the case",
    ),
    "hand-over": Line(
        '{"id": "…", "what": "redacted", "state": "handed over", "content": "sha256:…", "recipients": [], "asked_by": "…", '
        '"reason": "…", "path": "…"}',
        "`state` is `waiting` and `path` empty where another member has to approve it first",
    ),
    "approval list": Line(
        '{"id": "…", "what": "export", "state": "waiting", "content": "sha256:…", "recipients": [], "asked_by": "…", '
        '"reason": "…"}',
        "`state` is `waiting`, `approved`, `declined`, `handed over`, or `free` where no approval was demanded",
    ),
    "approval approve": Line(
        '{"id": "…", "what": "export", "state": "approved", "content": "sha256:…", "recipients": [], "asked_by": "…", '
        '"reason": "…", "path": ""}',
    ),
    "approval decline": Line(
        '{"id": "…", "what": "export", "state": "declined", "content": "sha256:…", "recipients": [], "asked_by": "…", '
        '"reason": "…", "path": ""}',
    ),
    "approval demand": Line('{"id": "2026-001", "demanded": true}'),
    "ledger verify": Line(
        '{"id": "12", "outcome": "ok", "reason": "", "sealed": 0, "signed": 12, "stamped": 0, "withheld": 0}',
        "`outcome` is `ok` or `broken`; the `id` is the number of the last line, or of the broken one; `sealed`, "
        "`signed` and `stamped` are numbers of the last line on which a seal stands, a signed block ends, one with a "
        "time-stamp ends, or 0; `withheld` says of how many lines an erasure took what they are about",
    ),
    "ledger sign": Line('{"id": "12", "timestamp": false}', "the `id` is the number of the last line that is signed"),
    "ledger custody": Line(
        '{"id": "12", "details": {}, "kind": "original", "salt": "…", "subject": "sha256:…", "at": "…", "by": "…", '
        '"compartment": "…", "seq": 12, "verb": "…", "what": "sha256:…", "link": "sha256:…"}',
        "no `compartment` where everybody may see the line; no `what` in lines that were written before there were "
        "compartments",
    ),
    "serve": Line('{"id": "http://localhost:8017/"}', "printed when it listens"),
    "backup": Line(
        '{"id": "sha256:…", "path": "…", "size": 0, "objects": 0, "code": ""}',
        "the last line; before it, one for each object that is gone, as `fixity` has it",
    ),
    "restore": Line(
        '{"id": "…", "objects": 0, "broken": 0, "ledger_broken_at": null, "code": ""}',
        "the last line, its `id` the folder; before it, one for each object that was broken when the backup was made, as "
        "`fixity` has it",
    ),
    "fixity": Line(
        '{"id": "objects/…", "digest": "sha256:…", "code": "seal-broken"}',
        "one for each object that is broken, and none where none is; `code` is `seal-broken`, `object-missing` or "
        "`disk-failing`; `digest` is empty where you may not see what it is",
    ),
    "doctor": Line(
        '{"id": "swap-in-plain", "code": "swap-in-plain", "outcome": "unsafe", "sentence": "…", "remedy": "…"}',
        "`outcome` is `safe`, `unsafe`, `untold` or `warning`; the codes are in [doctor.md](doctor.md)",
    ),
    "panah-verify": Line(
        '{"id": "footnote-17", "kind": "footnote", "outcome": "ok", "reason": "…"}',
        "`outcome` is `ok`, `broken` or `unchecked`; the kinds are in [bundle.md](bundle.md)",
    ),
}
"""The line of every command that has `--json`."""

LOOSE_CODES = {
    "internal-error": "Panah itself failed: exit code 2 on the command line, a page with status 500 in the browser.",
    "extractor-failed": "The program that reads a document raised an error of its own, which the sentence names.",
    "page-unknown": "There is no such page, or none that the asker may see (404).",
    "form-wanted": "The address takes only a form, and was asked for without one (405).",
    "question-unreadable": "What was asked of the library cannot be a question: a page that is no number, say (400).",
    "request-refused": "The request did not come from a page of this workbench (403).",
    "file-unreadable": "`panah-verify` could not read a file that was named to it (exit code 2).",
    "demo-stopped": "A step of `panah demo` ended with another exit code than 0.",
}
"""Codes that are shown without a class of their own."""

CLI = Template("""\
# Commands

$about

A passphrase is asked at the prompt, or taken as [settings.md](settings.md) says. What cannot be done is one line on
standard error, `code: sentence`; the codes are in [errors.md](errors.md). `--help` needs no passphrase.

$commands

## panah-verify

```text
$verify
```

## JSON lines

With `--json` a command prints one JSON object per line, and nothing else, on standard output. The first key is `id`.
Keys may be added; none changes its meaning. U+0085, U+2028 and U+2029 are escaped: a line is a line to every reader.

| command | line | |
|---|---|---|
$lines
""")

ERRORS = Template("""\
# Errors

What cannot be done is said in one sentence, with a code that does not change. On the command line it is one line on
standard error and exit code 2; in the browser it is a page with the status below; of a document that could not be read,
code and sentence are kept with it. Names in `{braces}` are filled in.

| code | sentence | status | package |
|---|---|---|---|
$family

## Codes without a class of their own

| code | when |
|---|---|
$loose
""")

LAW = Template("""\
# The law as Panah asks it

The questions are ours, in our words; the authority beside each says where the law asks it. *Verified: no* means that
nobody has yet compared the line with the text of its authority. Such a line is marked as not verified wherever it
stands, and silences no gap. Nothing here is legal advice. The *edition* is the digest of the file in
`src/panah/law/frameworks`; a sealed dossier names it.

$frameworks

## Gaps

What `panah examine`, the pages of a case and the sealed dossier say is missing. A question without a finding is shown
with the authority of the question itself.

| rule | sentence | authority | verified |
|---|---|---|---|
$rules

## Benefit of the doubt

The conditions under which a fact needs no further evidence.

| box | condition |
|---|---|
$boxes

## Credibility indicators

What is asked of each material fact, with how it is usually misused; `panah facts` says which were assessed. That a person
seemed nervous or calm is none of them.

| id | question | usual misuse | authority | verified |
|---|---|---|---|---|
$indicators

## Circumstances of the telling

What can distort a telling, or how it is heard.

| id | what | of | authority | verified |
|---|---|---|---|---|
$factors

## Inventory

What an applicant submits as far as it is there. Directive 2011/95/EU, art. 4(2), asks for the same.

| id | what | authority | verified |
|---|---|---|---|
$slots
""")

CHECKLIST = Template("""\
# The checklist of a procedure

What a full and fair individual examination must contain, guarantee by guarantee. The questions are ours, in our words; the
law beside each says where it is asked for, and `[not verified]` that nobody has yet compared the number with its text. An
item with a rule is looked at by Panah too: it proposes, and a person answers. Nothing is scored. The ids are for ever.

Items stand in `src/panah/law/checklist/items.yaml`, kinds of record in `records.yaml`, the rules in `rules`, their cases in
`tables`. [The page for lawyers](../lawyer.md#the-procedure-item-by-item) says how it is worked with.

$groups

## Kinds of record

| kind | what it is | source | fields |
|---|---|---|---|
$kinds
""")

REFUSAL = Template("""\
# The rules of the audit of a refusal

What Panah proposes as a fault of a decision that refuses; a person accepts, corrects or dismisses it. What ends in a question
only shows words, and asks. The authority is the law of the [item](checklist.md): that of the Pact or that before it, by the
day on which the application was lodged. The ids are for ever.

Rules stand in `src/panah/law/refusal/rules.yaml`, phrases in `src/panah/law/checklist/phrases.yaml`, and the cases in which
each speaks or stays silent in `tests/law/refusal/tables`.

| rule | about | what it says | what is asked for it | item |
|---|---|---|---|---|
$rules
""")

FRAMEWORK = Template("""\
## $title

`$id`: $applies

Edition: `$edition`

| element | question | authority | verified |
|---|---|---|---|
$elements""")


THESAURUS = Template("""\
# The thesaurus

What the things that documents of this field write about are called in its languages. A search for one of these labels
looks for the others as well ([researcher.md](../researcher.md) says how), and `panah thesaurus export --skos` writes
them all for other programs. Each scheme is a file of `src/panah/library/thesauri`, of that name and `.yaml`. *Verified*
are the labels of a language that name a source; all others are shown as not verified.

| scheme | what stands in it | concepts | labels | verified | languages |
|---|---|---|---|---|---|
$schemes
""")


def load_everything() -> None:
    """Import every module, so that every error is known."""
    from panah.site.command import set_up

    set_up()
    import panah

    for module in pkgutil.walk_packages(panah.__path__, "panah."):
        if ".migrations" not in module.name:
            import_module(module.name)


def cli() -> str:
    """Every command, its options, and the JSON lines."""
    from panah.proof.command import _parser
    from panah.site.command import panah

    parser = _parser()
    parser.formatter_class = partial(argparse.HelpFormatter, width=WIDTH)  # type: ignore[assignment]
    return CLI.substitute(
        about=inspect.cleandoc(panah.help or ""),
        commands="\n\n".join(commands("panah", panah)),
        verify=parser.format_help().strip(),
        lines="\n".join(row(f"`{name}`", f"`{line.shape}`", line.note) for name, line in JSON_LINES.items()),
    )


def commands(name: str, group: click.Group) -> Iterator[str]:
    """The sections of a group's commands, those of groups inside it included."""
    context = click.Context(group, info_name=name)
    for sub in group.list_commands(context):
        command = group.get_command(context, sub)
        if command is None:
            raise LookupError(sub)
        yield section_of(f"{name} {sub}", command)
        if isinstance(command, click.Group):
            yield from commands(f"{name} {sub}", command)


def section_of(name: str, command: click.Command) -> str:
    """Usage, promise and options of one command."""
    context = click.Context(command, info_name=name)
    usage = " ".join([name, *command.collect_usage_pieces(context)])
    records = filter(None, (parameter.get_help_record(context) for parameter in command.params))
    options = [row(f"`{option}`", said) for option, said in records if said]
    parts = [f"## {name}", f"    {usage}", inspect.cleandoc(command.help or "")]
    if options:
        parts.append("\n".join(["| option | |", "|---|---|", *options]))
    return "\n\n".join(parts)


def errors() -> str:
    """Every error: its code, its sentence, its HTTP status, its package."""
    from panah.errors import PanahError

    family = {kind.code: kind for kind in PanahError.family() if kind.__module__.startswith("panah.")}
    return ERRORS.substitute(
        family="\n".join(
            row(f"`{code}`", kind.template(), str(kind.status), kind.__module__.split(".")[1])
            for code, kind in sorted(family.items())
        ),
        loose="\n".join(row(f"`{code}`", said) for code, said in LOOSE_CODES.items()),
    )


def procedure() -> str:
    """Every item of the checklist with its law, and every kind of record with its fields."""
    from panah.law.checklist import checklist

    found = checklist()
    return CHECKLIST.substitute(
        groups="\n\n".join(
            f"## {group.id}. {group.title}\n\n| item | asks | law | rule | records |\n|---|---|---|---|---|\n"
            + "\n".join(
                row(
                    f"`{item.id}`", item.asks, str(item.law), "yes" if item.rule else "",
                    ", ".join(f"`{kind}`" for kind in item.records),
                )
                for item in group.items
            )
            for group in found.groups
        ),
        kinds="\n".join(
            row(
                f"`{kind.id}`", kind.label, str(kind.source),
                "; ".join(f"`{field.name}` {field.type}{' (needed)' if field.required else ''}" for field in kind.fields),
            )
            for kind in found.kinds.values()
        ),
    )  # fmt: skip


def refusal() -> str:
    """Every rule of the audit of a refusal, with its sentences and what is asked for it."""
    from panah.law.refusal import wordings

    return REFUSAL.substitute(
        rules="\n".join(
            row(
                f"`{rule}`", said.about,
                " ".join(filter(None, [said.sentence, said.every, said.asks])) or f"that of the gap `{said.gap}`",
                said.sought, f"`{said.item}`" if said.item else "its own",
            )
            for rule, said in wordings().items()
        )
    )  # fmt: skip


def law() -> str:
    """Every body of law with its elements, the rules of gaps, and the conditions of the benefit of the doubt."""
    from panah import law

    return LAW.substitute(
        frameworks="\n\n".join(framework_section(framework) for framework in law.frameworks().values()),
        rules="\n".join(
            row(f"`{rule}`", sentences(said), *authority(said.authority)) for rule, said in law.rules().items()
        ),
        boxes="\n".join(row(f"`{box}`", condition) for box, condition in law.boxes().items()),
        indicators="\n".join(
            row(f"`{each.id}`", each.asks, each.misuse, *authority(each.authority))
            for each in law.method().indicators.values()
        ),
        factors="\n".join(
            row(f"`{each.id}`", each.name, each.of, *authority(each.authority))
            for each in law.method().factors.values()
        ),
        slots="\n".join(
            row(f"`{each.id}`", f"{each.item} {each.name}", *authority(each.authority))
            for each in law.method().slots.values()
        ),
    )


def sentences(said: Wording) -> str:
    """What a rule says, of whatever it is about."""
    return " ".join(filter(None, (said.element, said.fact, said.support, said.contradiction, said.inventory)))


def thesaurus() -> str:
    """Every scheme of the thesaurus, and how much stands in it."""
    from panah.library import thesauri

    known = thesauri.read(thesauri.files_in(Path(thesauri.__file__).parent))
    by_scheme = {
        scheme: [
            labels for concept in known.concepts.values() if concept.scheme == scheme.id for labels in concept.labels
        ]
        for scheme in known.schemes.values()
    }
    return THESAURUS.substitute(
        schemes="\n".join(
            row(
                f"`{scheme.id}`",
                scheme.title,
                str(sum(concept.scheme == scheme.id for concept in known.concepts.values())),
                str(sum(len(each.each) for each in labels)),
                str(sum(len(each.each) for each in labels if each.source)),
                ", ".join(sorted({each.language for each in labels})),
            )
            for scheme, labels in by_scheme.items()
        )
    )


def framework_section(framework: Framework) -> str:
    """One body of law."""
    from panah import law

    elements = (row(f"`{each.id}`", each.asks, *authority(each.authority)) for each in framework.elements)
    return FRAMEWORK.substitute(
        title=framework.title, id=framework.id, applies=framework.applies, edition=law.edition(framework.id),
        elements="\n".join(elements),
    )  # fmt: skip


def authority(said: Authority) -> tuple[str, str]:
    """Where the law says so, and whether somebody compared the line with its text."""
    return f"{said.instrument}, {said.provision}", "yes" if said.verified else "**no**"


def row(*cells: str) -> str:
    """A row of a table."""
    return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"


PAGES: dict[str, Callable[[], str]] = {
    "checklist.md": procedure,
    "cli.md": cli,
    "errors.md": errors,
    "law.md": law,
    "refusal.md": refusal,
    "thesaurus.md": thesaurus,
}


def main() -> int:
    """Write or compare the pages."""
    parser = argparse.ArgumentParser(description="Write the pages of docs/reference that follow from the code.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if a page is out of date")
    check = parser.parse_args().check
    load_everything()
    stale = 0
    for name, page in PAGES.items():
        path, wanted = FOLDER / name, (HEAD + page()).encode()
        if not check:
            path.write_bytes(wanted)
        elif not path.is_file() or path.read_bytes() != wanted:
            print(f"docs/reference/{name} is not what the code gives: run make docs", file=sys.stderr)
            stale = 1
    return stale


if __name__ == "__main__":
    sys.exit(main())
