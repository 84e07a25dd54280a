"""What stands inside a document becomes a document of its own, on the same shelf, however it was killed in between."""

from __future__ import annotations

import pytest

from panah.library import actions, queries
from panah.library.actions import enclosing
from panah.library.bulk import Outcome
from panah.library.extractors.result import Enclosed
from panah.library.models import Document, Enclosure
from panah.vault.models import Original
from support.archives import warc, zipped
from support.entered import entered

NOTE = b"A note that is invented."


def nested(content, times):
    for number in range(times):
        content = zipped({f"{number}.zip" if number else "note.txt": content})
    return content


@pytest.fixture
def add(take_in, tmp_path):
    """Takes in one file of this name and content; the outcomes by their paths below the folder."""

    def add(name, content, **more):
        (tmp_path / name).write_bytes(content)
        outcomes = take_in(tmp_path / name, **more)
        return {outcome.path.removeprefix(f"{tmp_path}/"): outcome for outcome in outcomes}

    return add


def words(outcomes):
    return {path: (outcome.outcome.value, outcome.code) for path, outcome in outcomes.items()}


class TestInside:
    def test_everything_has_an_outcome_and_is_found(self, add, member):
        outcomes = add("box.zip", zipped({"a/note.txt": NOTE, "b.txt": b"Other words.", "c.bin": bytes(9), "d": b""}))
        assert words(outcomes) == {
            "box.zip": ("read", ""),
            "box.zip/a/note.txt": ("read", ""),
            "box.zip/b.txt": ("read", ""),
            "box.zip/c.bin": ("refused", "kind-unknown"),
            "box.zip/d": ("refused", "document-empty"),
        }
        [hit] = queries.find(member, '"other words"').hits
        assert hit.document.title == "b.txt"
        box = Document.objects.get(pk=outcomes["box.zip"].document)
        assert [(row.place, row.name) for row in box.encloses.order_by("place")] == [
            (1, "a/note.txt"), (2, "b.txt"), (3, "c.bin"), (4, "d")
        ]  # fmt: skip
        assert {outcome.inside for path, outcome in outcomes.items() if path != "box.zip"} == {str(box.pk)}
        assert (hit.document.carrier, hit.document.depth) == (box, 1)

    def test_its_custody_says_in_what_it_came(self, add):
        outcomes = add("box.zip", zipped({"note.txt": NOTE}))
        [line] = entered("taken in", subject=outcomes["box.zip/note.txt"].id)
        assert line.details["inside"] == outcomes["box.zip"].id

    def test_what_is_said_of_it_there_is_said_of_the_document(self, add):
        add("pages.warc", warc(b"<title>Invented</title><p>A page."))
        page = Document.objects.get(depth=1)
        assert (page.url, page.accessed, page.title) == ("https://example.org/a", "2024-05-01", "Invented")

    @pytest.mark.parametrize(("kind", "before"), [("text/html", "<p>"), ("text/plain", "")])
    @pytest.mark.parametrize(("charset", "words"), [("gbk", "她没有回来。"), ("windows-1251", "Её увезли.")])
    def test_is_read_in_the_encoding_that_its_server_named(self, add, member, kind, before, charset, words):
        add("pages.warc", warc((before + words).encode(charset), kind=kind, charset=charset))
        page = Document.objects.get(depth=1)
        assert page.charset == charset
        assert [hit.document for hit in queries.find(member, words.split(" ")[-1].strip("。.")).hits] == [page]

    def test_is_read_anew_on_another_shelf_if_its_server_named_an_encoding(self, add):
        page = "<p>Её увезли.".encode("windows-1251")
        add("page.html", page, collection="Bare")
        add("pages.warc", warc(page, charset="windows-1251"))
        told = Document.objects.get(charset="windows-1251")
        assert told.original == Document.objects.get(path__endswith="page.html").original
        assert told.reading.options["encoding"] == "cp1251"

    def test_goes_as_deep_as_it_may_and_says_where_it_stops(self, add):
        outcomes = add("box.zip", nested(NOTE, enclosing.MOST_DEEP + 2))
        refused = [outcome for outcome in outcomes.values() if outcome.outcome is Outcome.REFUSED]
        assert [outcome.code for outcome in refused] == ["nested-too-deep"]
        assert max(Document.objects.values_list("depth", flat=True)) == enclosing.MOST_DEEP

    def test_more_than_may_come_out_of_one_is_refused_whole(self, add, monkeypatch):
        monkeypatch.setattr(enclosing, "MOST_CARRIED", 3)
        outcomes = add("box.zip", zipped({"in.zip": zipped({"a": b"a", "b": b"b", "c": b"c"}), "d.txt": b"words"}))
        assert words(outcomes)["box.zip/in.zip"] == ("refused", "carries-too-much")
        assert Document.objects.count() == 3

    def test_the_same_thing_twice_is_one_document_in_two_places(self, add):
        outcomes = add("box.zip", zipped({"a.txt": NOTE, "b.txt": NOTE, "c.zip": zipped({"d.txt": NOTE})}))
        assert set(words(outcomes)) == {
            "box.zip",
            "box.zip/a.txt",
            "box.zip/b.txt",
            "box.zip/c.zip",
            "box.zip/c.zip/d.txt",
        }
        [note] = Document.objects.filter(encloses=None)
        assert sorted(note.enclosed_in.values_list("name", flat=True)) == ["a.txt", "b.txt", "d.txt"]

    def test_added_again_nothing_is_doubled(self, add):
        content = zipped({"a.txt": NOTE, "b.bin": bytes(9)})
        add("box.zip", content)
        again = add("box.zip", content)
        assert words(again) == {"box.zip": ("already", ""), "box.zip/b.bin": ("refused", "kind-unknown")}
        assert (Document.objects.count(), Enclosure.objects.count()) == (3, 2)

    def test_on_another_shelf_it_comes_along(self, add):
        content = zipped({"a.txt": NOTE})
        add("box.zip", content)
        add("box.zip", content, collection="Other")
        assert Document.objects.filter(collection__name="Other", state="read").count() == 2
        assert (Original.objects.count(), Enclosure.objects.count()) == (2, 2)

    def test_one_that_holds_itself_comes_to_an_end(self, shelve, add, member, now):
        content = zipped({"a.txt": NOTE})
        box = shelve(content, media_type="application/zip", read=False, path="box.zip")
        actions.enclose(document=box, inside=[Enclosed("box.zip", memoryview(content), {})], by=member, now=now)
        assert words(add("box.zip", content)) == {
            "box.zip": ("read", ""), "box.zip/a.txt": ("read", ""), "box.zip/box.zip": ("already", "")
        }  # fmt: skip
        assert (Document.objects.count(), box.encloses.count()) == (2, 2)


class TestKilled:
    def test_between_shelving_and_reading_it_goes_on(self, shelve, readers, member, now, add):
        content = zipped({f"{number}.txt": b"words %d" % number for number in range(120)})
        document = shelve(content, media_type="application/zip", read=False, path="box.zip")
        text = readers.read(document)
        actions.enclose(document=document, inside=text.inside[:60], by=member, now=now)
        assert (document.encloses.count(), document.state) == (60, "waiting")
        outcomes = add("box.zip", content)
        assert len(outcomes) == 121
        assert set(Document.objects.values_list("state", flat=True)) == {"read"}
        assert entered("taken in", subject=Document.objects.get(path="box.zip/0.txt").original.digest).count() == 1

    def test_what_waits_inside_is_read_when_it_is_added_again(self, shelve, readers, member, now, add):
        content = zipped({"a.txt": NOTE})
        document = shelve(content, media_type="application/zip", path="box.zip")
        assert Document.objects.get(depth=1).state == "waiting"
        assert words(add("box.zip", content)) == {"box.zip": ("already", ""), "box.zip/a.txt": ("read", "")}
        assert document.state == "read"


def test_a_file_that_came_inside_another_before_is_a_file_all_the_same(add):
    add("box.zip", zipped({"a.txt": NOTE}))
    [outcome] = add("own.txt", NOTE).values()
    assert (outcome.outcome, outcome.inside) == (Outcome.ALREADY, "")
