"""`panah ingest`, `find`, `quote` and `supersede` as scripts and people meet them."""

import json
from pathlib import Path

import pytest

from panah import proof
from support.processes import one_line_error, without_privileges

INGEST = ["id", "path", "outcome", "code", "reason", "document", "inside"]
FIND = ["id", "document", "title", "path", "page", "start", "end", "words", "source", "date", "marks", "added"]
QUOTE = ["id", "document", "start", "end", "page", "words", "digest", "prefix", "suffix"]

REPORT = "They asked my children whether we prayed.\n\n难民 fear forced return to 新疆. ئۇيغۇرلار پاناھلىق تىلىدى."
NEWER = "Second edition: they asked my children whether we prayed and fasted."


@pytest.fixture(scope="module")
def library(new_workspace, tmp_path_factory):
    """A workspace with two papers and a picture, taken in with a manifest; and what that said."""
    place = tmp_path_factory.mktemp("library")
    panah = new_workspace.copied(place)
    papers = place / "papers"
    papers.mkdir()
    (papers / "report.txt").write_text(REPORT)
    (papers / "newer.txt").write_text(NEWER)
    (papers / "scan.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    said = {"file": "report.txt", "title": "Report", "publisher": "An office", "date": "2019-03", "language": "en"}
    (papers / "manifest.jsonl").write_text(json.dumps(said) + "\n")
    panah.papers = papers
    panah.ingested = panah.run("ingest", papers, "--manifest", papers / "manifest.jsonl", "--json")
    return panah


@pytest.fixture(scope="module")
def report(library):
    """The id of the report."""
    [line] = [line for line in library.ingested.lines() if line["path"].endswith("report.txt")]
    return line["document"]


class TestIngest:
    def test_says_one_line_of_each_file_and_ends_with_one_where_something_was_refused(self, library):
        done = library.ingested
        lines = {Path(line["path"]).name: line for line in done.lines()}
        assert (done.code, done.err) == (1, "")
        assert {name: (line["outcome"], line["code"]) for name, line in lines.items()} == {
            "report.txt": ("read", ""), "newer.txt": ("read", ""), "scan.jpg": ("refused", "document-broken"),
        }  # fmt: skip
        assert all(list(line) == INGEST for line in lines.values())
        assert lines["report.txt"]["id"] == proof.digest_of(REPORT.encode())
        assert lines["scan.jpg"]["reason"].startswith("It is damaged or cut short: it cannot be opened as a picture")

    def test_of_the_same_bytes_again_is_already_with_a_second_line_of_custody(self, library, report):
        [line] = library.lines("ingest", library.papers / "report.txt")
        assert (line["outcome"], line["document"]) == ("already", report)
        taken_in = [each for each in library.lines("ledger", "custody", line["id"]) if each["verb"] == "taken in"]
        assert len(taken_in) >= 2

    def test_tells_people_each_file_on_a_line_of_its_own_whatever_its_name(self, panah, tmp_path):
        papers = tmp_path / "papers"
        papers.mkdir()
        for name in ("a\nb.txt", "exe\u202efdp.txt", "\x1b[2J.txt"):
            (papers / name).write_text("Words.")
        said = panah.does("ingest", papers).out
        assert said.splitlines()[-1] == "1 read, 2 already here, 0 refused."
        assert len(said.split("\n")) == 5
        assert not {"\x1b", "\u202e"} & set(said)

    def test_names_a_file_that_nobody_may_read(self, panah, tmp_path):
        secret = tmp_path / "secret.txt"
        secret.write_text("Words.")
        secret.chmod(0)
        done = panah.run("ingest", secret, "--json", preexec_fn=without_privileges)
        assert done.code == 1
        assert [(line["outcome"], line["code"]) for line in done.lines()] == [("refused", "file-unreadable")]

    def test_names_what_is_in_a_folder_that_nobody_may_look_into(self, panah, tmp_path):
        inside, listed = tmp_path / "inside", tmp_path / "listed"
        for folder, mode in ((inside, 0o000), (listed, 0o444)):
            folder.mkdir()
            (folder / "paper.txt").write_text("Words.")
            folder.chmod(mode)
        done = panah.run("ingest", inside, listed, "--json", preexec_fn=without_privileges)
        inside.chmod(0o700)
        listed.chmod(0o700)
        assert done.code == 1
        assert [line["outcome"] for line in done.lines()] == ["refused"] * 2
        assert [line["code"] for line in done.lines()] == ["file-unreadable"] * 2

    def test_names_a_file_that_the_manifest_lists_and_that_is_not_there(self, panah, tmp_path):
        (tmp_path / "papers").mkdir()
        manifest = tmp_path / "papers" / "manifest.jsonl"
        manifest.write_text('{"file": "missing.txt"}\n')
        done = panah.run("ingest", tmp_path / "papers", "--manifest", manifest, "--json")
        assert [(line["code"], Path(line["path"]).name) for line in done.lines()] == [("file-vanished", "missing.txt")]

    @pytest.mark.parametrize("line", ["{", '{"title": "of no file"}'])
    def test_with_a_broken_manifest_takes_in_nothing(self, panah, tmp_path, line):
        (tmp_path / "paper.txt").write_text("Words.")
        manifest = tmp_path / "manifest.jsonl"
        manifest.write_text('{"file": "paper.txt"}\n' + line + "\n")
        code, sentence = one_line_error(panah.run("ingest", tmp_path / "paper.txt", "--manifest", manifest))
        assert code == "manifest-line-broken"
        assert sentence.startswith("Line 2 of the manifest manifest.jsonl")
        assert panah.run("find", "words", "--json").out == ""

    def test_with_a_manifest_that_is_not_there_takes_in_nothing(self, panah, tmp_path):
        code, _ = one_line_error(panah.run("ingest", tmp_path, "--manifest", tmp_path / "none.jsonl", "--json"))
        assert code == "manifest-unreadable"

    def test_into_a_collection_that_cannot_be_called_so_takes_in_nothing(self, panah, tmp_path):
        code, _ = one_line_error(panah.run("ingest", tmp_path, "--collection", "two\nlines"))
        assert code == "collection-name-unusable"


class TestFind:
    def test_says_one_line_of_each_passage(self, library, report):
        [line] = library.lines("find", "难民")
        assert list(line) == FIND
        content = REPORT.encode()
        assert line["id"] == f"{report}#{line['start']}-{line['end']}"
        assert content[line["start"] : line["end"]].decode() == line["words"]
        assert [content[mark["start"] : mark["end"]].decode() for mark in line["marks"]] == ["难民"]
        assert (line["document"], line["title"], line["source"], line["date"], line["page"]) == (
            report, "Report", "An office", "2019-03", None,
        )  # fmt: skip
        assert line["path"].endswith("report.txt")

    @pytest.mark.parametrize(
        ("arguments", "count"),
        [
            (['"my children"', "--limit", "1"], 1),
            (["prayed NOT fasted", "--language", "en", "--collection", "Library"], 1),
            (["zebra"], 0),
        ],
    )
    def test_finds_what_was_asked_for_and_ends_with_nought(self, library, arguments, count):
        assert len(library.lines("find", *arguments)) == count

    @pytest.mark.parametrize(
        ("arguments", "code"),
        [
            (['"unclosed'], "query-unbalanced"),
            (["camp", "--collection", "Nowhere"], "collection-unknown"),
            (["camp", "--limit", "0"], "usage-wrong"),
        ],
    )
    def test_that_cannot_be_answered_is_one_line_on_standard_error(self, library, arguments, code):
        assert one_line_error(library.run("find", *arguments, "--json"))[0] == code

    @pytest.mark.parametrize("end", ["\u2028", "\u2029", "\x85"])
    def test_says_one_line_also_of_words_that_others_would_part_there(self, panah, tmp_path, end):
        """Python's splitlines, and many a reader of JSON lines, take these for line ends."""
        (tmp_path / "paper.txt").write_text(f"The camp{end}and the school.")
        panah.does("ingest", tmp_path / "paper.txt")
        [line] = panah.does("find", "camp", "--json").out.splitlines()
        assert json.loads(line)["words"] == f"The camp{end}and the school."

    def test_shows_people_the_words_and_where_they_stand(self, library, report):
        said = library.does("find", "难民").out
        assert "难民 fear forced return" in said
        assert f"document {report}" in said
        assert said.endswith("1 of 1 passages.\n")

    def test_shows_no_words_that_would_command_a_terminal(self, panah, tmp_path):
        (tmp_path / "paper.txt").write_bytes(b"Words \x1b]0;owned\x07 and \xc2\x9b2J more.")
        panah.does("ingest", tmp_path / "paper.txt")
        said = panah.does("find", "owned").out
        assert not {"\x1b", "\x07", "\x9b"} & set(said)
        assert "\\x1b]0;owned\\x07" in said


class TestQuote:
    def test_says_the_words_and_their_place(self, library, report):
        [line] = library.lines("quote", report[:8], "难民 fear")
        assert list(line) == QUOTE
        assert REPORT.encode()[line["start"] : line["end"]].decode() == line["words"] == "难民 fear"
        assert line["digest"] == proof.digest_of("难民 fear".encode())
        assert (line["prefix"], line["suffix"]) == (
            "y asked my children whether we prayed.\n\n", " forced return to 新疆. ئۇيغۇرلار پاناھلىق"[:40],
        )  # fmt: skip
        assert library.lines("quote", report, "难民 fear")[0]["id"] == line["id"]

    def test_refuses_words_that_differ_by_one_character(self, library, report):
        assert one_line_error(library.run("quote", report, "難民 fear", "--json"))[0] == "words-differ"

    def test_refuses_words_that_stand_there_more_than_once_until_told_where(self, library, report):
        assert one_line_error(library.run("quote", report, "ed"))[0] == "words-twice"
        second = REPORT.encode().find(b"ed", REPORT.encode().find(b"ed") + 1)
        assert library.lines("quote", report, "ed", "--start", str(second))[0]["start"] == second

    def test_refuses_a_document_that_is_not_there_or_could_not_be_read(self, library):
        assert one_line_error(library.run("quote", "abcdef12", "words"))[0] == "document-unknown"
        [scan] = [line["document"] for line in library.ingested.lines() if line["code"]]
        assert one_line_error(library.run("quote", scan, "words"))[0] == "not-read-yet"

    def test_refuses_a_stored_text_that_was_tampered_with(self, library, report, tmp_path):
        panah = library.copied(tmp_path)
        for path in panah.home.rglob("*"):
            if path.is_file() and len(path.name) > 32:
                whole = bytearray(path.read_bytes())
                whole[len(whole) // 2] ^= 1
                path.chmod(0o600)
                path.write_bytes(whole)
        assert one_line_error(panah.run("quote", report, "难民 fear", "--json"))[0] == "seal-broken"


class TestSupersede:
    def test_says_which_takes_the_place_of_which(self, library, report):
        [newer] = [line["document"] for line in library.ingested.lines() if line["path"].endswith("newer.txt")]
        for _ in range(2):
            assert library.lines("supersede", report, newer) == [{"id": newer, "supersedes": report}]
        code, sentence = one_line_error(library.run("supersede", newer, report))
        assert code == "supersedes-itself"
        assert "Report" in sentence
