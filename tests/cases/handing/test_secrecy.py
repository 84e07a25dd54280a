"""What was named is in no byte of a copy, whatever kind of paper it stood in; and what is left when all is killed or erased."""

import io
import signal
import time
import zipfile

import pytest

from panah.cases.handing import actions
from panah.cases.handing.actions import Wanted
from panah.cases.models import HandOver, RedactionProfile
from panah.dossier.redacting import Kind
from panah.library.extractors.kinds import media_type
from panah.proof import age
from support import planted
from support.processes import descendants, end
from support.workbench import DEMO

pytestmark = pytest.mark.attack  # each test starts many programs: `make attack` runs them

IDENTITY, KEY = age.new_identity()


@pytest.fixture
def case(desk):
    from panah.cases import actions as cases

    case = desk.case("2026-014", planted.ENGLISH, ["cat-3"], note=planted.SENTENCE)
    for name, content in planted.papers().items():
        desk.paper(content, shelf=case.papers.name, path=name, kind=media_type(content), title=name)
    cases.record_statement(case=case, words=planted.SENTENCE, occasion=planted.UYGHUR, **desk.act)
    return case


def profile(desk, case):
    entries = [(Kind.PERSON, [planted.ENGLISH, planted.UYGHUR]), (Kind.PLACE, [planted.CHINESE])]
    return actions.keep_profile(case=case, called="court", entries=entries, **desk.act)


def test_no_byte_of_a_copy_tells_what_was_named(desk, case):
    asked = actions.ask(case=case, wanted=Wanted(profile=profile(desk, case)), recipients=[KEY], **desk.act)
    copy = zipfile.ZipFile(io.BytesIO(b"".join(actions.look_at(asked=asked, **desk.act))))
    assert {name.rpartition(".")[2] for name in copy.namelist()} == {"txt", "pdf", "yaml"}
    for name in copy.namelist():
        assert not planted.found_in(name.encode() + b"\n" + copy.read(name)), name


def test_the_ledger_tells_nothing_of_it(desk, case):
    from panah.team.models import LedgerLine

    asked = actions.ask(case=case, wanted=Wanted(profile=profile(desk, case)), recipients=[KEY], **desk.act)
    b"".join(actions.hand_over(asked=asked, **desk.act))
    lines = [
        line for line in LedgerLine.objects.all() if line.verb in {"profiled", "asked to hand over", "handed over"}
    ]
    assert len(lines) == 3
    for line in lines:
        assert not planted.found_in(str(line.said).encode())
        assert KEY not in str(line.said)


def test_rows_of_it_are_sealed_under_the_key_of_the_compartment(desk, case):
    from django.db import connection

    actions.ask(case=case, wanted=Wanted(profile=profile(desk, case)), recipients=[KEY], **desk.act)
    with connection.cursor() as cursor:
        for model in (HandOver, RedactionProfile):
            rows = cursor.execute(f"SELECT * FROM {model._meta.db_table}").fetchall()
            assert rows
            assert not planted.found_in(repr(rows).encode())
            assert KEY not in repr(rows)


@pytest.mark.attack
def test_killed_at_any_moment_it_leaves_a_whole_file_or_none_and_nothing_in_plain(new_workspace, tmp_path):
    machine = new_workspace.copied(tmp_path)
    machine.does("case", "import", DEMO)
    (tmp_path / "papers").mkdir()
    for name, content in planted.papers().items():
        (tmp_path / "papers" / name).write_bytes(content)
    machine.run("ingest", tmp_path / "papers", "--collection", "Case 2026-001")
    for path in (tmp_path / "papers").iterdir():
        path.unlink()
    (tmp_path / "court.yaml").write_text("- {kind: person, spellings: [Xiyal*, Lindvik]}")
    machine.does("redact", "2026-001", "--profile", tmp_path / "court.yaml")
    (out := tmp_path / "out").mkdir()
    order = ["hand-over", "2026-001", "--redacted", "court", "--to", KEY, "-o"]
    began = time.monotonic()
    machine.does(*order, out / "whole.age")
    taken = time.monotonic() - began
    for number in range(1, 11):
        process = machine.start(*order, out / f"{number}.age")
        time.sleep(taken * number / 11)  # not to wait for anything: to strike at a moment that nothing marks
        below = descendants(process.pid)
        end(process, signal.SIGKILL)
        for each in below:
            each.wait(30)
        for file in out.glob("*.age"):
            plain = io.BytesIO()
            age.decrypt(io.BytesIO(file.read_bytes()), plain, age.identities(IDENTITY))
            assert not zipfile.ZipFile(plain).testzip()
        assert not [path for path in out.iterdir() if path.suffix != ".age"]
        assert not planted.found_under(tmp_path)
    machine.does("ledger", "verify")
