"""The worker beside the web process: it reads what waits, survives whatever fails, and ends at once when told to.

It is a thread with a database connection of its own, so it runs here in a process of its own, in a workspace of its own.
"""

import json

import pytest

from support.processes import eventually

SHELVE = """
import json
from datetime import UTC, datetime
from panah.library import actions, queries
from panah.library.extractors.kinds import media_type
from panah.team.models import Member
from panah.vault.data_keys import of, store_of
from panah.vault.store import path_of

def shelve(content, path="paper.txt"):
    shelf = queries.shelf(Member.objects.get(), "Library")
    kept = store_of(shelf.compartment.pk).keep([content])
    shelved = actions.shelve(
        kept=kept, media_type=media_type(content), path=path, shelf=shelf, details=actions.Details(),
        by=Member.objects.get(), now=datetime.now(UTC),
    )
    return shelved.document
"""

WORK = """
import time
from panah.library.models import Document
from panah.library.worker import Worker, wake

def until_nothing_waits():
    while Document.objects.filter(state="waiting").exists():
        time.sleep(0.01)

def states():
    print(json.dumps(list(Document.objects.order_by("path").values_list("path", "state", "refusal_code"))), flush=True)
"""


@pytest.fixture
def worked(panah):
    """What a program prints that has a worker at hand."""

    def worked(program):
        done = panah.python(SHELVE + WORK + program)
        assert done.code == 0, done.err
        return [json.loads(line) for line in done.out.splitlines()]

    return worked


class TestWorker:
    def test_reads_what_waited_before_it_and_what_comes_after(self, worked):
        program = """
shelve(b"Before.", "1")
shelve(b"\\xff\\xd8\\xff\\xe0", "2")
worker = Worker()
worker.start()
until_nothing_waits()
shelve(b"After.", "3")
wake()
until_nothing_waits()
worker.end()
states()
print(json.dumps(worker.is_alive()))
"""
        assert worked(program) == [[["1", "read", ""], ["2", "refused", "document-broken"], ["3", "read", ""]], False]

    def test_passes_over_a_document_whose_bytes_are_gone_and_reads_the_next(self, worked):
        program = """
lost = shelve(b"Lost.", "1")
shelve(b"Kept.", "2")
path_of(workspace.home() / "objects", lost.original.digest, of(lost.compartment.pk)[0].objects).unlink()
worker = Worker()
worker.start()
until_nothing_waits()
worker.end()
states()
"""
        assert worked(program) == [[["1", "refused", "object-missing"], ["2", "read", ""]]]

    def test_told_to_end_leaves_what_it_reads_to_the_next(self, worked):
        """The document is long enough that its reading is under way when the end comes."""
        program = """
shelve(b"A line of a log that goes on and on.\\n\\n" * 200_000, "1")
worker = Worker()
worker.start()
while not Document.objects.filter(attempts=1).exists():
    time.sleep(0.01)
worker.end()
print(json.dumps(worker.is_alive()))
states()
"""
        alive, states = worked(program)
        assert not alive
        assert states in ([["1", "waiting", ""]], [["1", "read", ""]])

    def test_goes_on_with_what_a_dead_process_left(self, panah, worked):
        """Killed at the moment at which it has taken a document on."""
        left = (
            SHELVE
            + """
from panah.library.bulk import Readers
document = shelve(b"Left behind.", "1")
readers = Readers(1)
assert actions.take_on(document=document, extractor=None, by=None, now=datetime.now(UTC))
print("taken on", flush=True)
import signal
signal.pause()
"""
        )
        process = panah.start_python(left)
        assert process.stdout.readline() == "taken on\n"
        process.kill()
        process.communicate()
        program = """
worker = Worker()
worker.start()
until_nothing_waits()
worker.end()
states()
"""
        assert worked(program) == [[["1", "read", ""]]]

    def test_of_the_workbench_reads_what_an_ingest_left(self, panah):
        left = SHELVE + "shelve(b'Left for the workbench.', '1')"
        assert panah.python(left).code == 0
        with panah.served():
            eventually(lambda: panah.lines("find", '"left for the workbench"'), "the document, read")
