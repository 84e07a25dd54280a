"""What a manifest says of files: of those that come with it, and of those that were here before it."""

import pytest

from panah.library.actions import Details
from panah.library.manifest import Listed
from panah.library.models import Document
from support.entered import entered


def word_of(outcome):
    """How it went in two words."""
    return outcome.outcome.value, outcome.code


class TestListed:
    def test_is_what_a_document_is_called_and_where_it_comes_from(self, take_in, folder):
        said = Details(
            title="A title", source="An office", date="2019-03", language="ug", url="https://example.org/1", licence="CC BY 4.0",
        )  # fmt: skip
        take_in(folder, listed={folder / "b.html": Listed(folder / "b.html", said, "")})
        document = Document.objects.get(title="A title")
        assert document.source.name == "An office"
        assert (document.date, document.language, document.url, document.licence) == (
            said.date, said.language, said.url, said.licence,
        )  # fmt: skip

    def test_is_found_by_another_way_to_the_same_file(self, take_in, folder, monkeypatch):
        monkeypatch.chdir(folder)
        take_in("inside/../a.txt", listed={folder / "a.txt": Listed(folder / "a.txt", Details(title="T"), "")})
        assert Document.objects.get().title == "T"


class TestListedLater:
    """First the files were taken in; the manifest came afterwards."""

    @pytest.fixture
    def listed(self, folder):
        said = Details(title="A title", source="An office", date="2019-03", language="ug")
        return {folder / name: Listed(folder / name, said, "") for name in ("a.txt", "b.html")}

    def test_fills_what_nobody_had_said_and_the_outcome_says_so(self, take_in, folder, listed):
        take_in(folder)
        first, second, third = take_in(folder, listed=listed)
        assert {word_of(outcome) for outcome in (first, second, third)} == {("already", "")}
        assert first.reason == "Filled in what nobody had said of it: title, source, date, language."
        assert second.reason == "Filled in what nobody had said of it: source, date, language."
        assert third.reason == ""
        assert Document.objects.get(pk=first.document).title == "A title"
        assert Document.objects.get(pk=second.document).title == "Second"

    def test_is_one_line_of_the_ledger_and_nothing_the_second_time(self, take_in, folder, listed):
        take_in(folder)
        first = take_in(folder, listed=listed)[0]
        assert take_in(folder, listed=listed)[0].reason == ""
        assert entered("recorded", subject=first.document).count() == 1

    def test_is_said_beside_the_reason_why_it_could_not_be_read(self, take_in, tmp_path):
        scan = tmp_path / "scan.png"
        scan.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
        [before] = take_in(tmp_path)
        [after] = take_in(tmp_path, listed={scan: Listed(scan, Details(date="2019"), "")})
        assert word_of(after) == ("refused", "document-broken")
        assert after.reason == f"{before.reason} Filled in what nobody had said of it: date."
