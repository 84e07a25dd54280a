"""Django on SQLCipher: the same database as SQLite to the code, and noise to whoever has only the file."""

import datetime
import resource
import signal
from contextlib import contextmanager
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction
from django.db.models import Count, F, Max, Q
from django.db.models.functions import Length, Lower

from panah import proof
from panah.library.models import Collection, Document, Passage, Reading
from panah.team.models import Member
from panah.vault import keyring, workspace
from panah.vault.files import DiskFull
from panah.vault.keyring import Keys
from panah.vault.models import Original
from panah.vault.sqlcipher import base
from panah.vault.sqlcipher.base import DatabaseWrapper, DiskFailing
from support.processes import ended

SECRET = "ئايپەرى was seen in Kashgar"

COUNTS = """
from django.db import transaction
from panah.team.models import Compartment
Compartment.objects.update(name="0")
print("ready", flush=True)
sys.stdin.readline()
for _ in range(50):
    with transaction.atomic():
        place = Compartment.objects.get()
        place.name = str(int(place.name) + 1)
        place.save()
"""


@pytest.fixture
def database(db, tmp_path):
    """A database of its own beside the workspace's, keyed as that one."""
    wrapper = DatabaseWrapper(connections["default"].settings_dict | {"NAME": tmp_path / "other.db"}, alias="other")
    yield wrapper
    wrapper.close()


@pytest.fixture
def written(database):
    with database.cursor() as cursor:
        cursor.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, words TEXT)")
        cursor.executemany("INSERT INTO notes (words) VALUES (%s)", [(SECRET,)] * 50)
    return database


def on_disk(database):
    return b"".join(path.read_bytes() for path in database.settings_dict["NAME"].parent.iterdir())


@pytest.fixture
def right_keys():
    """Puts the workspace's keys back after a test that held others."""
    right = workspace.keys()
    yield right
    workspace.hold(right)


class TestEncryption:
    def test_writes_no_word_in_plain_into_any_of_its_files(self, written):
        assert {path.name for path in written.settings_dict["NAME"].parent.iterdir()} >= {"other.db", "other.db-wal"}
        seen = on_disk(written)
        assert SECRET.encode() not in seen
        assert not any(word.encode() in seen for word in SECRET.split() if len(word) > 4)

    def test_does_not_even_say_that_it_is_a_database(self, written):
        with written.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        seen = on_disk(written)
        assert len(seen) > 4000
        assert not any(word in seen for word in (b"SQLite format", b"CREATE TABLE", b"notes"))

    def test_opens_again_with_its_key(self, written):
        written.close()
        with written.cursor() as cursor:
            assert cursor.execute("SELECT COUNT(*) FROM notes WHERE words = %s", [SECRET]).fetchone() == (50,)

    def test_does_not_open_with_another_key(self, written, right_keys):
        written.close()
        workspace.hold(Keys(proof.random_key(), proof.new_signing_key()))
        with pytest.raises(DatabaseError), written.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM notes")

    def test_does_not_open_while_the_workspace_is_locked(self, written, right_keys):
        written.close()
        workspace.hold(Keys(proof.random_key(), proof.new_signing_key()))  # those that are locked away are overwritten
        workspace.lock()
        with pytest.raises(keyring.WorkspaceLocked):
            written.connect()

    def test_keeps_what_is_temporary_in_memory_and_overwrites_what_is_deleted(self, database):
        with database.cursor() as cursor:
            asked = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("temp_store", "secure_delete")}
            journal = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        assert (asked, journal) == ({"temp_store": 2, "secure_delete": 1}, "wal")

    def test_checks_every_page_that_it_reads(self, written):
        """A page that somebody changed is no page of ours."""
        written.close()
        path = written.settings_dict["NAME"]
        stored = bytearray(path.read_bytes())
        stored[5000] ^= 1
        path.write_bytes(stored)
        with pytest.raises(DatabaseError), written.cursor() as cursor:
            cursor.execute("SELECT words FROM notes").fetchall()


@pytest.mark.django_db
class TestOrm:
    def test_gives_the_keys_of_what_was_made_in_bulk(self, library):
        made = Collection.objects.bulk_create(
            Collection(compartment=library, name=f"shelf {number}") for number in range(2500)
        )
        assert len({shelf.pk for shelf in made}) == 2500
        assert Collection.objects.get(pk=made[1234].pk).name == "shelf 1234"

    def test_holds_its_constraints_on_values(self, shelve):
        document = shelve(b"words")
        with pytest.raises(IntegrityError), transaction.atomic():
            Passage.objects.create(document=document, reading=document.reading, start=4, end=4)

    def test_holds_its_constraints_on_sameness(self, library):
        Collection.objects.create(compartment=library, name="Library")
        with pytest.raises(IntegrityError), transaction.atomic():
            Collection.objects.create(compartment=library, name="Library")
        assert Collection.objects.count() == 1

    def test_holds_its_relations(self, shelve):
        document = shelve(b"words")
        Document.objects.filter(pk=document.pk).update(collection_id=10**9)
        with pytest.raises(IntegrityError):
            connection.check_constraints()
        Document.objects.filter(pk=document.pk).update(collection_id=document.collection_id)
        with pytest.raises(IntegrityError):
            document.original.delete()

    def test_stores_json_and_finds_what_is_inside(self, shelve):
        deep = {"reading": "sha256:00", "nested": [1, 2.5, None, {"ۋ": "难民"}], "true": True}
        shelve(b"words")
        reading = Reading.objects.get()
        Reading.objects.filter(pk=reading.pk).update(about=deep)
        assert Reading.objects.get(pk=reading.pk).about == deep
        assert Reading.objects.get(about__reading="sha256:00") == reading
        assert Reading.objects.filter(about__nested__3__ۋ="难民").exists()

    def test_stores_times_as_they_were(self, member, now):
        member.refresh_from_db()
        assert member.joined_at == now
        assert Member.objects.filter(
            joined_at__year=2026, joined_at__gte=now, joined_at__lt=now + datetime.timedelta(1)
        ).exists()

    def test_counts_joins_and_compares(self, shelve):
        shelve(b"one")
        shelve(b"two")
        shelve(b"two", collection="Elsewhere")
        counted = Collection.objects.annotate(count=Count("documents")).order_by("name")
        assert list(counted.values_list("name", "count")) == [("Elsewhere", 1), ("Library", 2)]
        assert Original.objects.aggregate(Max("size")) == {"size__max": 3}
        assert Document.objects.filter(Q(path__icontains="PAPER") & ~Q(title__regex="^z"), pk=F("pk")).count() == 3
        assert Collection.objects.annotate(length=Length("name"), low=Lower("name")).get(length=9).low == "elsewhere"

    def test_takes_words_that_look_like_placeholders(self, library):
        for words in ("100 % sure", "%s", "%(name)s", "?", ":name", 'it\'s "quoted"', "nul \0 inside", "\U0001f3d4"):
            shelf = Collection.objects.create(compartment=library, name=words)
            assert Collection.objects.get(name=words) == shelf
            assert Collection.objects.filter(name__contains=words).get() == shelf

    def test_takes_named_placeholders_and_other_kinds_of_values(self):
        with connection.cursor() as cursor:
            asked = cursor.execute("SELECT %(a)s, %(b)s", {"a": Decimal("1.50"), "b": datetime.date(2016, 10, 24)})
            assert asked.fetchone() == ("1.50", "2016-10-24")
            cursor.executemany("INSERT INTO library_collection (name) VALUES (%s)", [])
        assert not Collection.objects.exists()

    def test_undoes_what_is_inside_and_keeps_what_is_around(self, library):
        with transaction.atomic():
            Collection.objects.create(compartment=library, name="kept")
            with pytest.raises(IntegrityError), transaction.atomic():
                Collection.objects.bulk_create(
                    [Collection(compartment=library, name=name) for name in ("undone", "kept")]
                )
        assert list(Collection.objects.values_list("name", flat=True)) == ["kept"]

    def test_deletes_with_what_hangs_on_it(self, shelve):
        document = shelve(b"words")
        document.passages.all().delete()
        assert not Passage.objects.exists()


@pytest.fixture
def no_file_grows():
    """While it is open, no file of this process may grow: the disk refuses, and SQLite says an error of input and output."""

    @contextmanager
    def no_file_grows():
        limit = resource.getrlimit(resource.RLIMIT_FSIZE)
        before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1, limit[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limit)
            signal.signal(signal.SIGXFSZ, before)

    return no_file_grows


class TestDisk:
    def test_that_is_full_is_said(self, written):
        with written.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 4")
            with pytest.raises(DiskFull):
                cursor.executemany("INSERT INTO notes (words) VALUES (%s)", [("x" * 4000,)] * 50)

    @pytest.mark.parametrize(
        ("room", "error"), [(0, DiskFailing), (1 << 62, DiskFull)], ids=["room is left", "no room"]
    )
    def test_that_refuses_at_the_last_moment_is_blamed(self, written, no_file_grows, monkeypatch, room, error):
        monkeypatch.setattr(base, "ROOM", room)
        with transaction_of(written):
            with written.cursor() as cursor:
                cursor.execute("INSERT INTO notes (words) VALUES ('never kept')")
            with no_file_grows(), pytest.raises(error):
                written.commit()
            assert not written.connection.in_transaction
        with written.cursor() as cursor:
            assert cursor.execute("SELECT COUNT(*) FROM notes").fetchone() == (50,)

    def test_is_not_blamed_for_what_nobody_understands(self, written):
        with pytest.raises(DatabaseError, match="syntax error"), written.cursor() as cursor:
            cursor.execute("SELECT FROM WHERE")


@contextmanager
def transaction_of(database):
    database.set_autocommit(False)
    try:
        yield
    finally:
        database.rollback()
        database.set_autocommit(True)


class TestTransactions:
    def test_begin_with_the_write_lock(self, panah):
        """What one process reads to write it back, no other changes in between."""
        both = [panah.start_python(COUNTS, stdin=-1) for _ in range(2)]
        for process in both:
            assert process.stdout.readline() == "ready\n"
        for process in both:
            process.stdin.write("\n")
            process.stdin.flush()
        assert [ended(process)[0::2] for process in both] == [(0, ""), (0, "")]
        counted = panah.python("from panah.team.models import Compartment; print(Compartment.objects.get().name)")
        assert counted.out == "100\n"
