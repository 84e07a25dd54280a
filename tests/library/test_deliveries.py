"""What is handed in together: rehearsed, taken in, paused, gone on with, and accounted for to the last file."""

from __future__ import annotations

import csv
import io
import json
import os

import pytest

from panah.library import actions
from panah.library.actions import DeliveryDone, DeliveryUnderWay
from panah.library.bulk import queries, regular_files, shown
from panah.library.bulk.delivering import delivered
from panah.library.bulk.files import looked_at, preserved
from panah.library.bulk.queries import Counted, DeliveryUnknown
from panah.library.bulk.rehearsing import rehearsed
from panah.library.models import Delivery, Document
from panah.library.queries import Shelf
from panah.team.actions import join
from panah.team.queries import NotAllowed
from panah.vault.models import Original
from support.archives import zipped
from support.processes import end, one_line_error

SLOW = "Words of a paper that takes a while to be read. " * 40


@pytest.fixture
def shelf(library):
    return Shelf(library, "Library")


@pytest.fixture
def deliver(member, now, shelf):
    def deliver(*files):
        return actions.deliver(
            files=((file, shown(file)) for file in regular_files(files)), shelf=shelf, manifest=("", ""), by=member, now=now
        )  # fmt: skip

    return deliver


@pytest.fixture
def go_on(member, now, readers):
    def go_on(delivery, **more):
        return list(delivered(delivery, listed={}, readers=readers, by=member, clock=lambda: now, **more))

    return go_on


class TestDelivery:
    def test_accounts_for_every_file_and_for_what_stands_inside(self, deliver, go_on, folder):
        (folder / "box.zip").write_bytes(zipped({"d.txt": b"The fourth paper.", "e.bin": bytes(9)}))
        (folder / "z.txt").write_bytes((folder / "a.txt").read_bytes())
        (folder / "link").symlink_to(folder / "a.txt")
        delivery = deliver(folder)
        assert queries.counted(delivery) == Counted(6, 0, 0, 0, 6)
        go_on(delivery)
        delivery.refresh_from_db()
        assert (delivery.ended_at is not None, delivery.holder) == (True, "")
        assert queries.counted(delivery) == Counted(6, 4, 1, 1, 0)
        told = {line.path.removeprefix(f"{folder}/"): (line.outcome, line.code) for line in queries.report(delivery)}
        assert told == {
            "a.txt": ("read", ""),
            "b.html": ("read", ""),
            "box.zip": ("read", ""),
            "box.zip/d.txt": ("read", ""),
            "box.zip/e.bin": ("refused", "kind-unknown"),
            "inside/c.txt": ("read", ""),
            "link": ("refused", "file-not-regular"),
            "z.txt": ("already", ""),
        }

    def test_goes_on_where_it_was_left(self, deliver, go_on, folder, member):
        delivery = deliver(folder)
        outcomes = delivered_until(delivery, 1, member=member, go_on=go_on)
        assert len(outcomes) == 1
        left = queries.counted(delivery).waiting
        assert left >= 1
        actions.go_on(delivery=delivery, by=member)
        assert len(go_on(delivery)) == left
        assert (queries.counted(delivery).waiting, Document.objects.count()) == (0, 3)
        with pytest.raises(DeliveryDone):
            actions.go_on(delivery=delivery, by=member)

    def test_stops_where_it_is_to_pause(self, deliver, go_on, folder, member, monkeypatch):
        monkeypatch.setattr("panah.library.bulk.delivering.AT_ONCE", 1)
        delivery = deliver(folder)
        actions.pause(delivery=delivery, by=member)
        assert len(go_on(delivery)) == 1
        delivery.refresh_from_db()
        assert (delivery.ended_at, delivery.to_pause, queries.counted(delivery).waiting) == (None, False, 2)

    def test_is_gone_on_with_by_one_process_only(self, deliver, member, folder, panah_elsewhere):
        delivery = deliver(folder)
        Delivery.objects.update(holder=panah_elsewhere)
        with pytest.raises(DeliveryUnderWay):
            actions.go_on(delivery=delivery, by=member)
        Delivery.objects.update(holder=f"{panah_elsewhere}0")  # one that started at another moment: it is gone
        actions.go_on(delivery=delivery, by=member)

    @pytest.mark.skipif(os.fsencode("\udcff") != b"\xff", reason="this system has no names that are no text")
    def test_knows_files_by_the_bytes_of_their_names(self, deliver, go_on, tmp_path):
        for name in (b"\xff.txt", b"\xfe.txt", "پاناھ.txt".encode(), b"x" * 251 + b".txt"):
            (tmp_path / os.fsdecode(name)).write_bytes(name + b" words")
        delivery = deliver(tmp_path)
        go_on(delivery)
        assert queries.counted(delivery) == Counted(4, 4, 0, 0, 0)
        assert Original.objects.count() == 4

    def test_is_not_there_for_who_does_not_belong_to_its_compartment(self, deliver, folder, now, member):
        delivery = deliver(folder)
        stranger = join(name="A Stranger", now=now)
        assert not queries.deliveries(stranger).exists()
        for reference in (delivery.pk, str(delivery.pk)[:8], "zzzzzz", "", "12"):
            with pytest.raises(DeliveryUnknown):
                queries.delivery(stranger, reference)
        for act in (actions.go_on, actions.pause):
            with pytest.raises(NotAllowed):
                act(delivery=delivery, by=stranger)
        assert queries.delivery(member, str(delivery.pk)[:8]) == delivery

    def test_keeps_cells_from_being_formulas(self, deliver, go_on, tmp_path):
        (tmp_path / "a.txt").write_text("words")
        delivery = deliver(tmp_path)
        delivery.files.update(path="=1+1", reason="@x")
        [line] = queries.report(delivery)
        assert (line.cells()[1], line.cells()[4]) == ("'=1+1", "'@x")


def delivered_until(delivery, count, *, member, go_on):
    """The first outcomes of a delivery that is told to stop after them."""
    from panah.library.bulk import Readers

    readers = Readers(1)
    outcomes = delivered(delivery, listed={}, readers=readers, by=member, clock=lambda: delivery.began_at)
    try:
        return [next(outcomes) for _ in range(count)]
    finally:
        outcomes.close()
        readers.stop()


@pytest.fixture
def panah_elsewhere():
    """A process that lives and is not this one, as it names itself."""
    from panah.library.lease import _start_of, holder

    parent = os.getppid()
    return f"{holder().split(':')[0]}:{parent}:{_start_of(parent)}"


class TestRehearsal:
    def test_tells_what_would_become_of_each_and_writes_nothing(self, folder, shelf, take_in):
        take_in(folder / "a.txt")
        for name, content in {
            "same.txt": b"New.",
            "twice.txt": b"New.",
            "empty": b"",
            "noise": bytes(range(256)) * 4,
        }.items():
            (folder / name).write_bytes(content)
        before = (Document.objects.count(), Original.objects.count())
        told = {line.path.removeprefix(f"{folder}/"): (line.outcome, line.code) for line in rehearsal(folder, shelf)}
        assert told == {
            "a.txt": ("already", ""), "b.html": ("would", ""), "inside/c.txt": ("would", ""), "same.txt": ("would", ""),
            "twice.txt": ("already", ""), "empty": ("refused", "document-empty"), "noise": ("refused", "kind-unknown"),
        }  # fmt: skip
        assert (Document.objects.count(), Original.objects.count()) == before

    def test_looks_at_a_file_as_it_is_stored(self, folder, store):
        kept, kind = preserved(folder / "a.txt", store)
        assert looked_at(folder / "a.txt") == (kept.digest, kept.size, kind)


def rehearsal(folder, shelf):
    return list(rehearsed(regular_files([folder]), listed={}, shelf=shelf))


class TestCommands:
    @pytest.fixture
    def papers(self, panah):
        papers = panah.folder / "papers"
        papers.mkdir()
        for number in range(6):
            (papers / f"{number}.txt").write_text(f"{number}: {SLOW}")
        return papers

    def test_rehearse_then_take_in_then_report(self, panah, papers):
        done = panah.does("ingest", papers, "--dry-run")
        assert done.out.splitlines()[-1] == "6 would be taken in, 0 already here, 0 refused."
        assert panah.lines("delivery", "list") == []
        panah.does("ingest", papers)
        [delivery] = panah.lines("delivery", "list")
        assert {name: delivery[name] for name in ("files", "read", "waiting")} == {"files": 6, "read": 6, "waiting": 0}
        shown = panah.lines("delivery", "show", delivery["id"][:8])
        assert [line["outcome"] for line in shown] == ["read"] * 6
        table = list(csv.DictReader(io.StringIO(panah.does("delivery", "show", delivery["id"][:8], "--csv").out)))
        assert [row["id"] for row in table] == [line["id"] for line in shown]
        assert panah.does("delivery", "show", delivery["id"][:8]).out.splitlines()[-1] == "6 read."
        done = panah.run("delivery", "resume", delivery["id"][:8])
        assert one_line_error(done)[0] == "delivery-done"

    def test_killed_and_resumed_every_file_is_accounted_for_once(self, panah, papers):
        process = panah.start("ingest", papers, "--json")
        assert process.stdout
        assert json.loads(process.stdout.readline())["outcome"] == "read"
        process.kill()
        end(process)
        [delivery] = panah.lines("delivery", "list")
        assert delivery["waiting"] >= 1
        assert panah.does("delivery", "resume", delivery["id"][:8]).out.endswith("refused.\n")
        [delivery] = panah.lines("delivery", "list")
        assert (delivery["waiting"], delivery["read"] + delivery["already"]) == (0, 6)

    def test_a_manifest_that_changed_is_refused(self, panah, papers):
        manifest = panah.folder / "said.jsonl"
        manifest.write_text(json.dumps({"path": "papers/0.txt", "title": "Invented"}))
        panah.does("ingest", papers, "--manifest", manifest)
        [delivery] = panah.lines("delivery", "list")
        manifest.write_text("")
        done = panah.run("delivery", "resume", delivery["id"][:8])
        assert one_line_error(done)[0] == "manifest-changed"
