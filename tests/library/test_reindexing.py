"""An index that another build made, or that is lost, made again from what is preserved."""

import pytest

from panah.library import actions, queries
from panah.library.models import Passage
from panah.search import actions as search
from panah.search.models import Entry, Shelf
from panah.vault import actions as vault
from panah.vault import workspace


@pytest.fixture
def emptied(shelve):
    """Some documents of which nothing is indexed, as after a migration that empties the index."""
    documents = [shelve(f"An invented camp, number {number}.".encode(), language="en") for number in range(3)]
    documents.append(shelve("难民营".encode(), collection="Another"))
    search.forget(kind=Passage.KIND, object_ids=Passage.objects.values_list("pk", flat=True))
    Shelf.objects.all().delete()
    return documents


class TestReindex:
    def test_makes_all_findable_that_was(self, member, emptied):
        assert queries.find(member, "camp").total == 0
        assert [one.left for one in actions.reindex()] == [3, 2, 1, 0]
        assert queries.find(member, "camp", language="en").total == 3
        assert [hit.document for hit in queries.find(member, "难民", collection="Another").hits] == emptied[3:]

    def test_goes_on_where_it_was_broken_off(self, member, emptied):
        going = actions.reindex()
        next(going)
        going.close()
        assert queries.find(member, "camp OR 难民营").total == 1
        assert len(list(actions.reindex())) == 3
        assert queries.find(member, "camp OR 难民营").total == 4

    def test_has_nothing_to_do_where_all_is_indexed(self, emptied):
        list(actions.reindex())
        before = Entry.objects.count()
        assert list(actions.reindex()) == []
        assert Entry.objects.count() == before

    def test_passes_over_a_damaged_reading_and_says_so(self, member, emptied):
        damaged = emptied[1]
        damaged.reading.digest = "sha256:" + "0" * 64
        damaged.reading.save()
        done = list(actions.reindex())
        assert {one.document for one in done if one.damaged} == {damaged.pk}
        assert queries.find(member, "camp").total == 2

    def test_is_done_before_a_workspace_counts_as_up_to_date(self, member, emptied, monkeypatch):
        stamped = []
        monkeypatch.setattr(workspace, "stamp_version", lambda: stamped.append(queries.find(member, "camp").total))
        vault.bring_up_to_date(then=actions.reindex())
        assert stamped == [3]

    def test_leaves_a_workspace_older_where_nobody_did_it(self, emptied, monkeypatch):
        """As after a backup of an older Panah was restored: it asks for the upgrade, and does not find less in silence."""
        stamped = []
        monkeypatch.setattr(workspace, "stamp_version", lambda: stamped.append(True))
        monkeypatch.setattr(workspace, "refuse_newer", lambda: workspace.schema_version() - 1)
        vault.bring_up_to_date()
        assert stamped == []
        vault.bring_up_to_date(then=actions.reindex())
        assert stamped == [True]


class TestUpgrade:
    LOST = (
        "from django.core.management import call_command\n"
        "from django.db import connection\n"
        "from panah.vault import workspace\n"
        "call_command('migrate', 'search', '0002', verbosity=0)\n"
        "cursor = connection.cursor()\n"
        "cursor.execute('DELETE FROM search_entry')\n"
        "cursor.execute(f'PRAGMA user_version = {workspace.schema_version() - 1}')\n"
    )
    """As an older Panah leaves it: the index in an older form."""

    def test_finds_again_what_an_older_panah_had_indexed(self, panah, tmp_path):
        (tmp_path / "paper.txt").write_text("An invented camp.", encoding="utf-8")
        panah.does("ingest", str(tmp_path / "paper.txt"))
        assert panah.python(self.LOST).code == 0
        assert panah.does("upgrade").out == "The workspace is up to date.\n"
        assert panah.does("find", "camp").out.endswith("1 of 1 passages.\n")
