"""What a manifest says of files, and what is refused before anything is taken in."""

import json

import pytest

from panah.library.actions import Details
from panah.library.manifest import (
    LONGEST_LINE,
    ManifestLineBroken,
    ManifestTooNew,
    ManifestUnreadable,
    Related,
    read_manifest,
    read_relations,
)

FULL = {
    "file": "a.txt", "title": "A title", "publisher": "An office", "date": "2019-03", "language": "ug",
    "url": "https://example.org/1", "licence": "CC BY 4.0", "sha256": "AB" * 32,
}  # fmt: skip


@pytest.fixture
def manifest(tmp_path):
    """A manifest of these lines: bytes as they are, anything else as JSON."""

    def manifest(*lines):
        path = tmp_path / "manifest.jsonl"
        path.write_bytes(b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines))
        return path

    return manifest


class TestManifest:
    def test_says_what_each_file_is(self, manifest, tmp_path):
        [(path, listed)] = read_manifest(manifest(FULL)).items()
        assert path == listed.path == tmp_path / "a.txt"
        assert listed.details == Details(
            title="A title", source="An office", date="2019-03", language="ug", url="https://example.org/1", licence="CC BY 4.0",
        )  # fmt: skip
        assert listed.digest == "ab" * 32

    @pytest.mark.parametrize(
        ("field", "other"),
        [("file", "path"), ("publisher", "source"), ("date", "date_published"), ("licence", "license")],
    )
    def test_may_call_a_field_by_its_other_name(self, manifest, field, other):
        renamed = {other if name == field else name: value for name, value in FULL.items()}
        assert read_manifest(manifest(renamed)) == read_manifest(manifest(FULL))

    def test_of_an_export_says_its_version_and_what_stands_inside(self, manifest, tmp_path):
        digest = "ab" * 32
        exported = manifest({"manifest": 2}, FULL, {"inside": digest, "sha256": digest, "title": "In a box"})
        assert list(read_manifest(exported)) == [tmp_path / "a.txt"]
        assert read_relations(exported) == [Related(digest, Details(title="In a box"), "", None)]

    @pytest.mark.parametrize("version", [3, "2", None, 1.5])
    def test_of_a_newer_panah_is_refused(self, manifest, version):
        with pytest.raises(ManifestTooNew):
            read_manifest(manifest({"manifest": version}, FULL))

    @pytest.mark.parametrize(
        "said",
        [
            {"supersedes": "x"}, {"supersedes": 1}, {"translation_of": "x"}, {"translation_of": {"sha256": "x"}},
            {"translation_of": {"sha256": "ab" * 32, "translator": 1}}, {"sha256": "", "supersedes": "ab" * 32},
            {"translation_of": {"sha256": "ab" * 32, "certified_on": "in May"}}, {"inside": True, "period": "in May"},
            {"translation_of": {"sha256": "ab" * 32, "certificate": "x"}},
        ],
    )  # fmt: skip
    def test_relations_that_are_none_are_refused(self, manifest, said):
        with pytest.raises(ManifestLineBroken):
            read_relations(manifest({**FULL, **said}))

    def test_needs_nothing_but_the_file(self, manifest, tmp_path):
        listed = read_manifest(manifest({"file": "a.txt", "title": None, "more": [1]}))[tmp_path / "a.txt"]
        assert listed == (tmp_path / "a.txt", Details(), "", "")

    def test_may_have_empty_lines_a_byte_order_mark_and_the_line_ends_of_windows(self, manifest):
        lines = (b"\xef\xbb\xbf" + json.dumps(FULL).encode() + b"\r", b"", b" \r", b'{"file": "b.txt"}\r', b"")
        assert [path.name for path in read_manifest(manifest(*lines))] == ["a.txt", "b.txt"]

    def test_names_files_in_folders_and_elsewhere(self, manifest, tmp_path):
        found = read_manifest(manifest({"file": "in/../in/b.txt"}, {"file": "/elsewhere/c.txt"}))
        assert [str(path) for path in found] == [str(tmp_path / "in" / "b.txt"), "/elsewhere/c.txt"]

    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            (b"{", "is not JSON"),
            (b"\xff\xfe{}", "is not JSON"),
            (b"[" * 100_000, "is not JSON"),
            ([], "does not name a “file”"),
            ({}, "does not name a “file”"),
            ({"file": 3}, "does not name a “file”"),
            ({"file": ""}, "does not name a “file”"),
            ({"file": "a\0b"}, "names a “file” that no file can be called"),
            ({"file": "\ud800"}, "names a “file” that no file can be called"),
            ({"file": "a", "title": 3}, "has a title that is not text"),
            ({"file": "a", "publisher": ["x"]}, "has a source that is not text"),
            ({"file": "a", "title": "\ud800"}, "has a title that is not text"),
            (b'{"file": "' + b"a" * LONGEST_LINE + b'"}', "is longer than a megabyte"),
        ],
        ids=str,
    )
    def test_with_a_broken_line_is_refused_and_the_line_named(self, manifest, line, reason):
        with pytest.raises(ManifestLineBroken) as refused:
            read_manifest(manifest(FULL, line))
        assert refused.value.sentence == f"Line 2 of the manifest manifest.jsonl {reason}. Nothing was taken in."

    def test_that_is_not_there_is_refused(self, tmp_path):
        with pytest.raises(ManifestUnreadable, match=r"Nothing was taken in\."):
            read_manifest(tmp_path / "none.jsonl")

    def test_that_is_a_folder_is_refused(self, tmp_path):
        with pytest.raises(ManifestUnreadable):
            read_manifest(tmp_path)
