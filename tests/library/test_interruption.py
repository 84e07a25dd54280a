"""Taking in that is killed at any moment, or done twice at once: nothing is lost, doubled or half-done."""

import json
import random
import signal
from collections import Counter

import psutil
import pytest

from support.archives import zipped
from support.processes import confined_readers, end, ended, eventually, stops

LOOK = """
import json
from collections import Counter
from django.db import connection
from panah.library.models import Document, Passage, Reading
from panah.search.models import Entry
from panah.team import queries as team
from panah.vault.data_keys import store_of
from panah.vault.models import Original

def stored(row):
    return len(store_of(row.key.compartment_id).content(row.digest))

documents = Document.objects.all()
with connection.cursor() as cursor:
    cursor.execute("INSERT INTO search_fts5(search_fts5) VALUES ('integrity-check')")
    cursor.execute("SELECT COUNT(*) FROM search_fts5")
    indexed = cursor.fetchone()[0]
print(json.dumps({
    "documents": Counter(document.state for document in documents),
    "originals": sum(stored(original) == original.size for original in Original.objects.all()),
    "readings": sum(stored(reading) == reading.size for reading in Reading.objects.all()),
    "passages of another reading": sum(document.passages.exclude(reading=document.reading).count() for document in documents),
    "passages": Passage.objects.count(),
    "entries": Entry.objects.filter(object_id__in=Passage.objects.values("pk")).count(),
    "all entries": Entry.objects.count(),
    "indexed": indexed,
    "leases": documents.exclude(lease_holder="").count(),
    "broken ledger": bool(team.first_broken_line()),
}))
"""


@pytest.fixture
def papers(tmp_path):
    """A folder of forty papers, each with a word of its own, a picture, and one paper under two names."""
    folder = tmp_path / "papers"
    folder.mkdir()
    for number in range(40):
        paragraphs = [f"Paragraph {place} of the paper called unique{number}. {'Words. ' * 90}" for place in range(12)]
        (folder / f"{number:02}.txt").write_text("\n\n".join(paragraphs))
    (folder / "copy.txt").write_bytes((folder / "07.txt").read_bytes())
    (folder / "scan.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    return folder


def is_whole(panah):
    """Forty papers read once, a picture refused, each passage indexed once, every byte there, the ledger unbroken."""
    looked = panah.python(LOOK)
    assert looked.code == 0, looked.err
    assert json.loads(looked.out) == {
        "documents": {"read": 40, "refused": 1}, "originals": 41, "readings": 40, "passages of another reading": 0,
        "passages": 480, "entries": 480, "all entries": 480, "indexed": 480, "leases": 0, "broken ledger": False,
    }  # fmt: skip
    hits = panah.lines("find", "unique7", "--limit", "100")
    assert len(hits) == 12
    assert len({hit["id"] for hit in hits}) == 12


WATCHED = """
from django.db import connection
from panah import text
from panah.library import actions, queries
from panah.library.extractors.plain import Plain
from panah.library.extractors.supervisor import Text
from panah.team.acting import now
from panah.team.models import Member
from panah.vault.data_keys import store_of

in_a_transaction, tokens = [], text.tokens

def watched(raw, language=""):
    in_a_transaction.append(connection.in_atomic_block)
    return tokens(raw, language)

text.tokens = watched
paragraph = b"x" * 700
content = b"\\n\\n".join([paragraph] * 2500)
paragraphs = [(number * 702, number * 702 + 700) for number in range(2500)]
acting = {"by": Member.objects.get(), "now": now()}
shelf = queries.shelf(acting["by"], "Library")
document, *_ = actions.shelve(
    kept=store_of(shelf.compartment.pk).keep([content]), media_type="text/plain", path="long.txt", shelf=shelf,
    details=actions.Details(), **acting,
)
actions.read(document=document, extractor=Plain(), text=Text(content, paragraphs, [], {}, {}), **acting)
print(f"{document.state}, {len(in_a_transaction)} passages, {sum(in_a_transaction)} of them taken apart in a transaction")
"""


def finished(panah, papers):
    """Take them in to the end; how it went, counted."""
    done = panah.run("ingest", papers, "--json")
    assert (done.code, done.err) == (1, "")
    assert len(done.lines()) == 42
    return Counter(line["outcome"] for line in done.lines())


class TestKilled:
    def test_in_the_middle_it_goes_on_where_it_was(self, panah, papers):
        process = panah.start("ingest", papers, "--json")
        told = [json.loads(process.stdout.readline()) for _ in range(10)]
        readers = confined_readers(process.pid)
        end(process, signal.SIGKILL)
        counted = finished(panah, papers)
        assert counted["already"] >= sum(line["outcome"] == "read" for line in told)
        assert counted["refused"] == 1
        is_whole(panah)
        assert psutil.wait_procs(readers, timeout=60)[1] == []

    @pytest.mark.attack
    def test_over_one_document_again_and_again_it_lets_the_others_pass(self, panah, tmp_path):
        """A document over which the whole program dies must not keep all others out for ever."""
        (tmp_path / "a.txt").write_text("A line of a log that goes on and on.\n\n" * 100_000)
        (tmp_path / "b.txt").write_text("The next paper.")
        for _ in range(3):
            process = panah.start("ingest", tmp_path / "a.txt", "--json")
            eventually(lambda process=process: confined_readers(process.pid), "a reader at work")
            end(process, signal.SIGKILL)
        done = panah.run("ingest", tmp_path / "a.txt", tmp_path / "b.txt", "--json")
        a, b = sorted(done.lines(), key=lambda line: line["path"])
        assert b["outcome"] == "read"
        assert a["outcome"] == "read" or a["code"] == "reading-abandoned"
        again = panah.run("ingest", tmp_path / "a.txt", "--json").lines()[0]
        assert again["outcome"] in {"read", "already"}

    @pytest.mark.attack
    @pytest.mark.parametrize("seed", range(4))
    def test_at_random_moments_it_ends_whole(self, panah, papers, seed):
        chance = random.Random(seed)
        for _ in range(8):
            process = panah.start("ingest", papers, "--json")
            for _ in range(chance.randrange(6)):
                process.stdout.readline()
            psutil.wait_procs([psutil.Process(process.pid)], timeout=chance.random() * 2)
            end(process, signal.SIGKILL)
        finished(panah, papers)
        finished(panah, papers)  # what was begun too often is read when it is asked for once more
        is_whole(panah)


INSIDE = """
import json
from collections import Counter
from panah.library.models import DeliveredFile, Document, Enclosure
print(json.dumps({
    "states": Counter(Document.objects.values_list("state", flat=True)),
    "inside": Enclosure.objects.count(),
    "astray": Document.objects.filter(depth__gt=0, enclosed_in=None).count(),
    "outcomes": Counter(DeliveredFile.objects.values_list("outcome", flat=True)),
}))
"""


def left(panah):
    """The deliveries of which files wait."""
    return [delivery["id"][:8] for delivery in panah.lines("delivery", "list") if delivery["waiting"]]


@pytest.mark.attack
class TestKilledInside:
    @pytest.mark.parametrize("seed", range(4))
    def test_a_delivery_of_archives_ends_whole(self, panah, tmp_path, seed):
        papers, chance = tmp_path / "papers", random.Random(seed)
        papers.mkdir()
        for number in range(12):
            inside = {f"{place}.txt": f"{number}-{place} ".encode() * 400 for place in range(20)}
            (papers / f"{number:02}.zip").write_bytes(zipped(inside | {"in.zip": zipped({"a.txt": b"%d" % number})}))
        command = ["ingest", str(papers)]
        for _ in range(8):
            process = panah.start(*command, "--json")
            for _ in range(chance.randrange(40)):
                process.stdout.readline()
            psutil.wait_procs([psutil.Process(process.pid)], timeout=chance.random())
            end(process, signal.SIGKILL)
            command = ["delivery", "resume", waiting[0]] if (waiting := left(panah)) else ["ingest", str(papers)]
        for delivery in left(panah):
            panah.does("delivery", "resume", delivery)
        panah.does("ingest", papers)
        looked = json.loads(panah.python(INSIDE).out)
        assert (looked["states"], looked["inside"], looked["astray"]) == ({"read": 12 * 23}, 12 * 22, 0)
        assert set(looked["outcomes"]) <= {"read", "already"}
        assert panah.does("ledger", "verify").out.startswith("OK")


class TestOthers:
    def test_do_not_wait_while_a_text_is_taken_apart(self, panah):
        """Whoever is in a transaction keeps all others from writing; of a long text the words take longest."""
        told = panah.python(WATCHED)
        assert (told.code, told.out) == (0, "read, 2500 passages, 0 of them taken apart in a transaction\n"), told


@pytest.mark.attack
class TestTwice:
    def test_at_once_each_file_is_read_by_one(self, panah, papers):
        processes = [panah.start("ingest", papers, "--json") for _ in range(2)]
        try:
            both = [ended(process) for process in processes]
        finally:
            stops(processes)
        assert {done.err for done in both} == {""}
        assert (
            1 in {done.code for done in both} <= {0, 1}
        )  # the picture is refused by one; to the other it is here already
        assert [len(done.lines()) for done in both] == [42, 42]
        read = Counter(line["path"] for done in both for line in done.lines() if line["outcome"] == "read")
        assert set(read.values()) == {1}
        assert finished(panah, papers) == {"already": 41, "refused": 1}
        is_whole(panah)

    @pytest.mark.attack
    @pytest.mark.parametrize("seed", range(3))
    def test_at_once_by_four_of_which_some_are_killed_it_ends_whole(self, panah, papers, seed):
        chance = random.Random(seed)
        processes = [panah.start("ingest", papers, "--json") for _ in range(4)]
        try:
            for process in processes[:3]:
                for _ in range(chance.randrange(12)):
                    process.stdout.readline()
                end(process, signal.SIGKILL)
            assert ended(processes[3]).code == 1
        finally:
            stops(processes)
        finished(panah, papers)
        finished(panah, papers)
        is_whole(panah)


class TestLarge:
    @pytest.mark.attack
    def test_three_hundred_megabytes_of_text_are_preserved_and_said_to_be_too_large(self, panah, tmp_path):
        with (tmp_path / "log.txt").open("wb") as stream:
            for _ in range(300):
                stream.write(b"a line of the log of a ship that never came home\n" * 21_400)
        done = panah.run("ingest", tmp_path / "log.txt", "--json")
        assert [(line["outcome"], line["code"]) for line in done.lines()] == [("refused", "document-too-large")]
        assert (done.code, done.err) == (1, "")
