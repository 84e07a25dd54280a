"""Many files taken in: each has one outcome, whatever it is, and nothing is lost or doubled."""

import io
import os
import socket
import subprocess
import zipfile

import pikepdf
import pytest
import typst

from panah import proof
from panah.library import queries
from panah.library.actions import Details
from panah.library.bulk import (
    FileChanged,
    Outcome,
    Readers,
    ReadingStopped,
    not_there,
    preserved,
    regular_files,
    taken_in,
)
from panah.library.manifest import Listed
from panah.library.models import Collection, Document, Passage, Reading
from panah.library.queries import Shelf
from panah.vault.models import Original
from support.entered import entered
from support.stored import lies_at


def word_of(outcome):
    """How it went in two words."""
    return outcome.outcome.value, outcome.code


def custody(outcome, verb="taken in"):
    return entered(verb, subject=outcome.id).count()


def zipped(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def locked(content):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="owner", user="user"))
    return out.getvalue()


class TestFolder:
    def test_every_file_in_it_is_read_however_deep(self, take_in, folder):
        outcomes = take_in(folder)
        assert [outcome.path for outcome in outcomes] == [
            str(folder / name) for name in ("a.txt", "b.html", "inside/c.txt")
        ]
        assert {word_of(outcome) for outcome in outcomes} == {("read", "")}
        assert Document.objects.count() == 3
        assert {document.state for document in Document.objects.all()} == {"read"}

    def test_an_outcome_names_the_original_by_its_digest_and_the_document_by_its_id(self, take_in, folder):
        first = take_in(folder)[0]
        assert first.id == proof.digest_of(b"The first paper.")
        assert str(Document.objects.get(original__digest=first.id).pk) == first.document
        assert first.reason == ""

    def test_what_was_taken_in_is_found(self, take_in, folder, member):
        take_in(folder)
        [hit] = queries.find(member, '"third paper"').hits
        assert hit.words == "The third paper."

    def test_an_empty_one_has_no_outcome(self, take_in, tmp_path):
        assert take_in(tmp_path) == []

    def test_a_thousand_folders_deep_is_walked(self, take_in, tmp_path):
        place = tmp_path / "top"
        for _ in range(1100):
            place.mkdir()
            place /= "d"
        place.write_text("The deepest paper.")
        outcomes = take_in(tmp_path)
        subprocess.run(["rm", "-rf", tmp_path / "top"], check=True)  # deeper than Python's own removing goes
        assert [word_of(outcome) for outcome in outcomes] == [("read", "")]


class TestSameBytesAgain:
    def test_are_the_same_original_with_a_second_line_of_custody(self, take_in, folder):
        first = take_in(folder / "a.txt")[0]
        again = take_in(folder / "a.txt")[0]
        assert word_of(again) == ("already", "")
        assert (again.id, again.document) == (first.id, first.document)
        assert (Original.objects.count(), Document.objects.count(), Reading.objects.count()) == (1, 1, 1)
        assert (custody(first), custody(first, "read")) == (2, 1)

    def test_under_another_name_in_the_same_run_are_one_document(self, take_in, folder):
        (folder / "z.txt").write_text("The first paper.")
        first, last = take_in(folder / "a.txt", folder / "z.txt")
        assert sorted([first.outcome, last.outcome]) == ["already", "read"]
        assert first.document == last.document
        assert custody(first) == 2
        assert Passage.objects.count() == 1

    def test_in_another_collection_are_another_document_with_the_same_reading(self, take_in, folder):
        first = take_in(folder / "a.txt")[0]
        other = take_in(folder / "a.txt", collection="Case 2026-001")[0]
        assert word_of(other) == ("read", "")
        assert other.document != first.document
        assert (Original.objects.count(), Reading.objects.count()) == (1, 1)
        assert custody(first, "read") == 1

    def test_that_could_not_be_read_say_so_again(self, take_in, tmp_path):
        (tmp_path / "scan.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
        assert [word_of(take_in(tmp_path)[0]) for _ in range(2)] == [("refused", "document-broken")] * 2
        assert Document.objects.count() == 1

    def test_are_read_where_they_could_not_be_read_before(self, take_in, tmp_path, shelve, member, now):
        from panah.library import actions
        from panah.library.extractors.supervisor import Refusal

        document = shelve(b"Words.", read=False)
        actions.refuse(document=document, refusal=Refusal("reading-too-long", "It took long."), by=member, now=now)
        (tmp_path / "paper.txt").write_bytes(b"Words.")
        assert word_of(take_in(tmp_path)[0]) == ("read", "")


WHOLE_PDF = typst.compile(b"The applicant fears return.", format="pdf")

CONTENTS = {
    "empty": (b"", "document-empty"),
    "spaces": (b" \n\n ", "nothing-to-read"),
    "noise": (bytes(range(256)) * 4, "kind-unknown"),
    "a photograph": (b"\xff\xd8\xff\xe0" + bytes(100), "document-broken"),
    "a truncated PDF": (WHOLE_PDF[: len(WHOLE_PDF) // 2], "document-broken"),
    "a PDF with a password": (locked(WHOLE_PDF), "document-locked"),
    "an archive without files called .docx": (zipped({}), "nothing-to-read"),
    "an archive with an empty document": (zipped({"word/document.xml": b""}), "document-broken"),
    "a bomb": (
        zipped({"word/document.xml": b"<a/>", "word/media/a.bin": bytes(201 << 20)}),
        "document-bomb",
    ),
    "markup that laughs": (b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "lol">]><l>&a;</l>', "document-bomb"),
}


class TestContent:
    @pytest.mark.parametrize(("content", "code"), CONTENTS.values(), ids=CONTENTS)
    def test_that_cannot_be_read_is_preserved_and_says_why(self, take_in, store, tmp_path, content, code):
        (tmp_path / "paper.docx").write_bytes(content)
        [outcome] = take_in(tmp_path)
        assert word_of(outcome) == ("refused", code)
        assert outcome.reason.endswith(".")
        assert outcome.id == proof.digest_of(content)
        assert store.content(outcome.id) == content
        document = Document.objects.get(pk=outcome.document)
        assert (document.state, document.refusal_code, document.title) == ("refused", code, "paper.docx")

    def test_is_told_by_its_bytes_and_not_by_its_name(self, take_in, tmp_path):
        (tmp_path / "letter.docx").write_text("Only words.")
        (tmp_path / "report.txt").write_bytes(WHOLE_PDF)
        assert {word_of(outcome) for outcome in take_in(tmp_path)} == {("read", "")}
        kinds = Original.objects.values_list("media_type", flat=True)
        assert sorted(kinds) == ["application/pdf", "text/plain"]

    def test_that_says_what_it_is_fills_what_nobody_said(self, take_in, folder):
        take_in(folder)
        assert sorted(Document.objects.values_list("title", flat=True)) == ["Second", "a.txt", "c.txt"]


NAMES = {
    "a newline": "two\nlines.txt",
    "an override of direction": "exe\u202etxt.fdp",
    "255 bytes": "n" * 251 + ".txt",
    "bytes that are no text": os.fsdecode(b"caf\xe9-\xff.txt"),
    "a beginning like an option": "--json",
    "spaces and quotes": " ' \" $(x) .txt",
    "Uyghur and Chinese": "پاناھ 难民.txt",
    "an escape": "\x1b[31mred.txt",
}


class TestPath:
    @pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
    def test_of_any_name_is_taken_in_and_told(self, take_in, tmp_path, name):
        (tmp_path / name).write_text("Words.")
        [outcome] = take_in(tmp_path)
        assert word_of(outcome) == ("read", "")
        assert outcome.path == os.fsencode(tmp_path / name).decode("utf-8", "replace")
        assert Document.objects.get().path == outcome.path

    def test_that_leads_nowhere_is_refused(self, take_in, tmp_path):
        [outcome] = take_in(tmp_path / "nowhere.txt")
        assert word_of(outcome) == ("refused", "file-vanished")
        assert outcome.id == f"path:{tmp_path / 'nowhere.txt'}"
        assert outcome.document == ""

    def test_that_is_too_long_to_be_one_is_refused(self, take_in, tmp_path):
        assert word_of(take_in(tmp_path / ("n" * 300))[0]) == ("refused", "file-unreadable")

    def test_of_a_link_is_followed_where_it_was_named_itself(self, take_in, folder, tmp_path_factory):
        link = tmp_path_factory.mktemp("elsewhere") / "link"
        link.symlink_to(folder)
        assert len(take_in(link)) == 3

    def test_of_a_link_in_a_folder_is_passed_over_and_said(self, take_in, tmp_path, tmp_path_factory):
        secret = tmp_path_factory.mktemp("elsewhere") / "secret.txt"
        secret.write_text("Not handed in.")
        (tmp_path / "link.txt").symlink_to(secret)
        [outcome] = take_in(tmp_path)
        assert word_of(outcome) == ("refused", "file-not-regular")
        assert "link" in outcome.reason
        assert not Original.objects.exists()

    @pytest.mark.parametrize("named", [True, False])
    def test_of_a_link_to_itself_is_refused(self, take_in, tmp_path, named):
        loop = tmp_path / "loop"
        loop.symlink_to(loop)
        assert word_of(take_in(loop if named else tmp_path)[0]) == ("refused", "file-not-regular")

    def test_of_a_link_to_nothing_is_refused(self, take_in, tmp_path):
        (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
        assert take_in(tmp_path)[0].outcome is Outcome.REFUSED

    def test_of_a_pipe_or_a_socket_is_refused_and_never_waited_for(self, take_in, tmp_path):
        os.mkfifo(tmp_path / "pipe")
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(str(tmp_path / "s"))
            assert [word_of(outcome) for outcome in take_in(tmp_path)] == [("refused", "file-not-regular")] * 2

    def test_of_a_file_that_the_system_will_not_give_is_refused(self, take_in):
        assert word_of(take_in("/proc/self/mem")[0]) == ("refused", "file-unreadable")

    def test_left_out_is_left_out(self, folder):
        assert list(regular_files([folder / "inside"], leaving_out=[folder / "inside" / "c.txt"])) == []

    def test_of_a_folder_left_out_are_left_out(self, folder):
        beside = [path for path in regular_files([folder]) if path.parent.name != "inside"]
        assert beside
        assert list(regular_files([folder], leaving_out=[folder / "inside"])) == beside


class TestAtRest:
    def test_a_file_that_vanished_after_it_was_seen_is_refused_and_the_next_one_read(self, take_in, folder):
        def vanishing():
            for file in regular_files([folder]):
                if file.name == "a.txt":
                    file.unlink()
                yield file

        outcomes = {outcome.path[-5:]: word_of(outcome) for outcome in take_in(*vanishing())}
        assert outcomes == {"a.txt": ("refused", "file-vanished"), ".html": ("read", ""), "c.txt": ("read", "")}

    @pytest.mark.parametrize("change", [b"more", b"", b"x" * 3_000_000], ids=["grows", "shrinks", "grows much"])
    def test_a_file_that_changes_while_it_is_read_is_refused(self, store, tmp_path, monkeypatch, change):
        file = tmp_path / "log.txt"
        file.write_bytes(b"x" * 2_500_000)

        class Changing(proof.Digester):
            """Reading is watched through the digester that it feeds."""

            def update(self, piece):
                super().update(piece)
                with file.open("ab" if change else "wb") as stream:
                    stream.write(change)

        monkeypatch.setattr("panah.library.bulk.files.proof.Digester", Changing)
        with pytest.raises(FileChanged):
            preserved(file, store)

    def test_a_file_that_is_not_the_listed_one_is_refused_and_not_stored(self, take_in, folder):
        digest = proof.hexadecimal(proof.digest_of(b"Another paper."))
        listed = {folder / "a.txt": Listed(folder / "a.txt", Details(), digest)}
        outcomes = take_in(folder, listed=listed)
        assert word_of(outcomes[0]) == ("refused", "file-not-as-listed")
        assert proof.hexadecimal(proof.digest_of(b"The first paper.")) in outcomes[0].reason
        assert Original.objects.count() == 2

    def test_a_file_that_is_listed_and_not_there_is_named(self, folder, tmp_path_factory):
        elsewhere = tmp_path_factory.mktemp("elsewhere") / "x.txt"
        listed = [folder / "a.txt", folder / "inside" / "missing.txt", elsewhere]
        assert list(not_there(listed, [folder])) == [folder / "inside" / "missing.txt"]


class TestDamagedReading:
    def test_refuses_that_file_and_reads_the_next(self, take_in, tmp_path):
        """A copy goes to another shelf, where the reading made for the first one would be taken."""
        for name in ("a", "b"):
            (tmp_path / f"{name}.html").write_text(f"<p>The paper {name} was read once.")
        take_in(tmp_path)
        reading = Reading.objects.get(digest=proof.digest_of(b"The paper a was read once."))
        stored = lies_at(reading)
        stored.chmod(0o600)
        stored.write_bytes(stored.read_bytes()[:-1])
        damaged, whole = take_in(tmp_path, collection="Another")
        assert word_of(damaged) == ("refused", "seal-broken")
        assert damaged.reason.startswith("Stored bytes do not open")
        assert word_of(whole) == ("read", "")


class TestCollection:
    @pytest.mark.parametrize("name", ["", "  ", "n" * 201, "two\nlines", "\x1b[2J"])
    def test_of_an_unusable_name_takes_nothing_in(self, take_in, folder, name):
        assert {word_of(outcome) for outcome in take_in(folder, collection=name)} == {
            ("refused", "collection-name-unusable")
        }
        assert not Original.objects.exists()
        assert not Collection.objects.exists()

    def test_may_be_called_in_any_script(self, take_in, folder):
        take_in(folder, collection="نامه\u200cها 难民")
        assert Collection.objects.get().name == "نامه\u200cها 难民"


class TestReaders:
    def test_that_were_stopped_know_nothing_of_a_document(self, shelve):
        readers = Readers(1)
        readers.stop()
        with pytest.raises(ReadingStopped):
            readers.read(shelve(b"Words.", read=False))

    def test_told_to_stop_leave_what_is_being_read_to_whoever_comes_next(self, folder, member, library, now, take_in):
        readers = Readers(1)
        outcomes = taken_in(
            regular_files([folder]),
            listed={},
            shelf=Shelf(library, "Library"),
            readers=readers,
            by=member,
            clock=lambda: now,
        )
        next(outcomes)
        outcomes.close()
        given_back = Document.objects.filter(state="waiting").values_list("lease_holder", "lease_until", "attempts")
        assert set(given_back) == {("", None, 0)}
        assert {word_of(outcome) for outcome in take_in(folder)} == {("read", ""), ("already", "")}
        assert not Document.objects.filter(state="waiting").exists()
