"""Manifests of a bag, as RFC 8493 has them and as other programs read them."""

import bagit
import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.proof import digest_of
from panah.proof.manifest import DECLARATION, ManifestBroken, manifest_text, read_manifest, tag_text

DIGEST = digest_of(b"abc")
DIGITS = DIGEST.removeprefix("sha256:")

PATHS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1).map("data/".__add__)


class TestManifest:
    def test_has_a_line_for_each_path_in_their_order(self):
        assert (
            manifest_text({"data/b": DIGEST, "data/a b": DIGEST}) == f"{DIGITS}  data/a b\n{DIGITS}  data/b\n".encode()
        )

    @pytest.mark.parametrize(
        ("path", "written"),
        [
            ("data/a\nb", "data/a%0Ab"),
            ("data/a\rb", "data/a%0Db"),
            ("data/100%", "data/100%25"),
            ("data/%0A", "data/%250A"),
            ("data/%25", "data/%2525"),
            ("data/%2\n5", "data/%252%0A5"),
            ("data/پاناھ 难民.txt", "data/پاناھ 难民.txt"),
        ],
    )
    def test_line_ends_and_percent_signs_are_escaped(self, path, written):
        assert manifest_text({path: DIGEST}) == f"{DIGITS}  {written}\n".encode()
        assert read_manifest("manifest", f"{DIGITS}  {written}\n".encode()) == {path: DIGEST}

    @given(st.dictionaries(PATHS, st.binary(max_size=3).map(digest_of), max_size=5))
    def test_is_read_back_as_it_was_written(self, digests):
        assert read_manifest("manifest", manifest_text(digests)) == digests

    @pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c"])
    def test_only_a_line_feed_ends_a_line(self, separator):
        digests = {f"data/a{separator}b": DIGEST}
        assert read_manifest("manifest", manifest_text(digests)) == digests

    def test_of_nothing_is_empty(self):
        assert manifest_text({}) == b""
        assert read_manifest("manifest", b"") == {}

    def test_may_lack_its_last_line_feed(self):
        assert read_manifest("manifest", f"{DIGITS}  data/a".encode()) == {"data/a": DIGEST}

    def test_of_an_empty_line_is_broken(self):
        with pytest.raises(ManifestBroken, match="Line 1"):
            read_manifest("manifest", b"\n")

    def test_escapes_are_read_in_small_letters_too(self):
        assert read_manifest("manifest", f"{DIGITS}  data/a%0ab%0d\n".encode()) == {"data/a\nb\r": DIGEST}


class TestBroken:
    @pytest.mark.parametrize(
        "line",
        [
            *("", "x", DIGITS, f"{DIGITS} data/a", f"{DIGITS}  ", f"{DIGITS[:-1]}  data/a", f"{DIGITS}0  data/a"),
            *(f"{DIGITS.upper()}  data/a", f" {DIGITS}  data/a", f"{DIGITS}\tdata/a", f"sha256:{DIGITS}  data/a"),
        ],
    )
    def test_a_line_that_is_not_a_digest_and_a_path_is_named(self, line):
        text = f"{DIGITS}  data/first\n{line}\n{DIGITS}  data/last\n"
        with pytest.raises(ManifestBroken) as refused:
            read_manifest("manifest-sha256.txt", text.encode())
        assert refused.value.sentence == "Line 2 of manifest-sha256.txt is not a digest and a path."

    def test_a_path_said_twice_is_refused(self):
        line = f"{DIGITS}  data/a\n".encode()
        with pytest.raises(ManifestBroken, match="Line 2"):
            read_manifest("manifest", line + line)

    @given(st.binary())
    def test_any_bytes_are_read_or_refused(self, text):
        try:
            found = list(read_manifest("manifest", text))
        except ManifestBroken as error:
            found = error.facts["line"]
        assert found == [] or found


class TestTags:
    def test_have_a_line_each(self):
        assert tag_text({"Bagging-Date": "2019-03-01", "Contact-Name": "Gulnar A"}) == (
            b"Bagging-Date: 2019-03-01\nContact-Name: Gulnar A\n"
        )

    def test_a_value_cannot_begin_another_line(self):
        assert tag_text({"Contact-Name": "a\r\nBag-Size: 0\n\tb"}) == b"Contact-Name: a Bag-Size: 0 b\n"


class TestOtherPrograms:
    FILES = {"data/a.txt": b"words", "data/deep/er/پاناھ 难民.txt": b"", "data/line\nend.txt": b"\xff"}

    def bag(self, folder):
        for path, content in self.FILES.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
        (folder / "bagit.txt").write_bytes(DECLARATION)
        (folder / "bag-info.txt").write_bytes(tag_text({"External-Description": "a\nb: c"}))
        digests = {path: digest_of(content) for path, content in self.FILES.items()}
        (folder / "manifest-sha256.txt").write_bytes(manifest_text(digests))
        return digests

    def test_bagit_finds_the_bag_valid(self, tmp_path):
        self.bag(tmp_path)
        bag = bagit.Bag(str(tmp_path))
        assert bag.is_valid()
        assert bag.info == {"External-Description": "a b: c"}

    def test_bagit_writes_the_same_manifest(self, tmp_path):
        digests = self.bag(tmp_path / "ours")
        theirs = tmp_path / "theirs"
        for path, content in self.FILES.items():
            (theirs / path).parent.mkdir(parents=True, exist_ok=True)
            (theirs / path).write_bytes(content)
        bagit.make_bag(str(theirs), checksums=["sha256"])
        written = (theirs / "manifest-sha256.txt").read_bytes()
        moved = {path.replace("data/", "data/data/", 1): digest for path, digest in digests.items()}
        assert read_manifest("manifest-sha256.txt", written) == moved

    def test_bagit_finds_a_changed_file(self, tmp_path):
        self.bag(tmp_path)
        (tmp_path / "data/a.txt").write_bytes(b"Words")
        with pytest.raises(bagit.BagValidationError, match=r"data/a\.txt"):
            bagit.Bag(str(tmp_path)).validate()
