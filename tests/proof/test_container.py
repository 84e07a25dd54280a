"""The ZIP file of a bundle: any ZIP program opens it, and no byte of it can be another."""

import io
import mmap
import shutil
import struct
import subprocess
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.proof import container
from panah.proof.container import ContainerBroken, ContainerUnreadable, File, Reader, crc_of, packed

FILES = {
    "bag/bagit.txt": b"BagIt-Version: 1.0\n",
    "bag/data/a b%.txt": b"words",
    "bag/data/پاناھ.pdf": bytes(300),
    "bag/empty": b"",
}

NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\x00/\\"), min_size=1, max_size=20)
CONTENTS = st.dictionaries(NAMES, st.binary(max_size=100), min_size=1, max_size=6)


def file_of(path, content):
    return File(path, len(content), zlib.crc32(content), lambda: [content[:3], b"", content[3:]])


def in_order(contents):
    return sorted(contents.items(), key=lambda item: item[0].encode())


def zipped(contents):
    return b"".join(packed(file_of(path, content) for path, content in in_order(contents)))


def unzipped(content):
    """The files in a container as its own reader gives them. Raises as it does."""
    reader = Reader(memoryview(content))
    return {path: bytes(reader.bytes_of(path)) for path in reader.entries}


def noticed(content):
    """Whether a change shows: refused, or a file's bytes no longer have the CRC-32 that its header gives."""
    try:
        reader = Reader(memoryview(content))
    except (ContainerBroken, ContainerUnreadable):
        return True
    return any(crc_of([reader.bytes_of(path)]) != entry.crc for path, entry in reader.entries.items())


def unnoticed_bits(content):
    """The bits that can be changed without anybody noticing."""
    for at in range(8 * len(content)):
        changed = bytearray(content)
        changed[at // 8] ^= 1 << at % 8
        if not noticed(bytes(changed)):
            yield at


class TestOtherPrograms:
    @given(CONTENTS)
    def test_python_opens_it(self, contents):
        with zipfile.ZipFile(io.BytesIO(zipped(contents))) as archive:
            assert archive.testzip() is None
            assert {name: archive.read(name) for name in archive.namelist()} == contents

    def test_nothing_in_it_depends_on_the_machine_or_the_clock(self):
        with zipfile.ZipFile(io.BytesIO(zipped(FILES))) as archive:
            for entry in archive.infolist():
                assert entry.date_time == (1980, 1, 1, 0, 0, 0)
                assert entry.external_attr >> 16 == 0o100644
                assert (entry.compress_type, entry.extra, entry.comment, entry.create_system) == (0, b"", b"", 3)

    @pytest.mark.parametrize("program", [["unzip", "-tqq"], ["zipinfo", "-1"], ["unzip", "-Z", "-t"]], ids=" ".join)
    def test_unzip_opens_it(self, tmp_path, program):
        if not shutil.which(program[0]):
            pytest.skip(f"{program[0]} is not installed here")
        (tmp_path / "bundle.zip").write_bytes(zipped(FILES))
        tested = subprocess.run([*program, "bundle.zip"], cwd=tmp_path, capture_output=True, check=False)
        assert tested.returncode == 0, tested.stdout + tested.stderr

    def test_unzip_takes_out_the_same_files(self, tmp_path):
        if not shutil.which("unzip"):
            pytest.skip("unzip is not installed here")
        (tmp_path / "bundle.zip").write_bytes(zipped(FILES))
        subprocess.run(["unzip", "-q", "bundle.zip"], cwd=tmp_path, check=True, env={"LC_ALL": "C.UTF-8"})
        assert {path: (tmp_path / path).read_bytes() for path in FILES} == FILES


class TestPacked:
    @given(CONTENTS)
    def test_is_read_back_as_it_was(self, contents):
        assert unzipped(zipped(contents)) == contents

    @given(CONTENTS)
    def test_the_same_files_always_give_the_same_bytes(self, contents):
        assert zipped(contents) == zipped(dict(reversed(contents.items())))

    @pytest.mark.parametrize(
        "paths",
        [["b", "a"], ["a", "a"], ["é", "z"], ["\U00010000", "\uffff"]],
        ids=["moved", "twice", "accent", "astral"],
    )
    def test_files_out_of_order_are_refused(self, paths):
        with pytest.raises(ContainerBroken, match="is out of order"):
            list(packed(file_of(path, b"x") for path in paths))

    @pytest.mark.parametrize(
        "pieces", [[], [b"word"], [b"words", b"!"], [b"Words"]], ids=["gone", "shorter", "longer", "another"]
    )
    def test_a_file_that_changed_while_it_was_packed_is_refused(self, pieces):
        changing = File("data/a", 5, zlib.crc32(b"words"), lambda: pieces)
        with pytest.raises(ContainerBroken, match="data/a changed while it was being packed"):
            list(packed([changing]))

    def test_is_given_out_piece_by_piece(self):
        taken = []

        def pieces():
            for number in range(3):
                taken.append(number)
                yield b"x"

        stream = packed([File("a", 3, zlib.crc32(b"xxx"), pieces)])
        next(stream), next(stream)
        assert taken == [0]

    def test_crc_of_a_stream_is_that_of_its_bytes(self):
        assert crc_of([b"wo", memoryview(b"rds")]) == zlib.crc32(b"words")
        assert crc_of([]) == 0


class TestChanged:
    SMALL = zipped({"a/b": b"words", "a/c": b"", "z": b"\x00\xff"})

    def test_every_changed_bit_is_noticed(self):
        assert not noticed(self.SMALL)
        assert list(unnoticed_bits(self.SMALL)) == []

    @pytest.mark.parametrize("left", range(len(SMALL)))
    def test_a_container_that_was_cut_short_is_refused(self, left):
        with pytest.raises((ContainerBroken, ContainerUnreadable)):
            unzipped(self.SMALL[:left])

    @pytest.mark.parametrize(
        "changed",
        [SMALL + b"\0", SMALL + SMALL, b"\0" + SMALL, b"MZ" * 100 + SMALL, SMALL[:-2] + b"\2\0hi"],
        ids=["one byte more", "twice", "a byte before", "a program before", "a comment"],
    )
    def test_a_container_to_which_something_was_added_is_refused(self, changed):
        with pytest.raises(ContainerBroken):
            unzipped(changed)

    def test_a_file_hidden_between_two_others_is_refused(self):
        entry = container._local_header("hidden", 1, 0) + b"x"
        second = self.SMALL.index(b"PK\x03\x04", 1)
        with pytest.raises(ContainerBroken):
            unzipped(self.SMALL[:second] + entry + self.SMALL[second:])

    @pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
    def test_what_another_program_packed_is_refused(self, compression):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", compression) as archive:
            archive.writestr("a", b"words" * 50)
        with pytest.raises(ContainerBroken):
            unzipped(out.getvalue())

    def test_files_in_another_order_are_refused(self):
        headers = [container._local_header(path, 0, 0) for path in ("b", "a")]
        with pytest.raises(ContainerBroken, match="a is out of order"):
            unzipped(b"".join(headers))

    def test_a_name_that_is_not_utf_8_is_refused(self):
        with pytest.raises(ContainerBroken, match="entry at byte 0 cannot be read"):
            unzipped(self.SMALL.replace(b"a/b", b"a/\xff", 1))

    def test_a_file_longer_than_the_container_is_refused(self):
        with pytest.raises(ContainerBroken, match="a is cut short"):
            unzipped(container._local_header("a", 1000, 0) + b"words")

    @pytest.mark.parametrize("content", [b"", b"words", b"%PDF-1.7", bytes(100)])
    def test_what_is_no_container_is_said_to_be_none(self, content):
        with pytest.raises(ContainerUnreadable, match="not a ZIP file that Panah wrote"):
            unzipped(content)

    def test_a_container_of_nothing_is_refused(self):
        with pytest.raises(ContainerBroken):
            unzipped(b"".join(packed([])))

    @given(st.binary(max_size=200))
    def test_any_bytes_are_refused(self, content):
        for found in (content, b"PK\x03\x04" + content):
            with pytest.raises((ContainerBroken, ContainerUnreadable)):
                unzipped(found)


def large_archive(path, size):
    """A sparse file with one entry of so many zeros, then a small one behind them."""
    first = container._local_header("first", size, 0)
    second = container._local_header("second", 5, zlib.crc32(b"words"))
    entries = [container.Entry("first", size, 0, len(first))]
    entries.append(container.Entry("second", 5, zlib.crc32(b"words"), entries[0].end + len(second)))
    with path.open("wb") as out:
        out.write(first)
        out.seek(size, io.SEEK_CUR)
        out.write(second + b"words" + container._directory(entries, entries[1].end))


def sizes_and_last(view):
    """The sizes of the files in a container, and the bytes of the last one."""
    with memoryview(view) as content:
        reader = Reader(content)
        with reader.bytes_of(list(reader.entries)[-1]) as last:
            return [entry.size for entry in reader.entries.values()], bytes(last)


class TestLarge:
    """ZIP64, for files and containers that 32 bits cannot measure."""

    @pytest.mark.parametrize("size", [container.FULL - 1, container.FULL, container.FULL + 1, 1 << 33])
    def test_a_file_of_4_gib_is_found_by_every_reader(self, tmp_path, size):
        path = tmp_path / "large.zip"
        large_archive(path, size)
        with zipfile.ZipFile(path) as archive:
            assert [(entry.filename, entry.file_size) for entry in archive.infolist()] == [
                ("first", size),
                ("second", 5),
            ]
            assert archive.read("second") == b"words"
        with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as view:
            assert sizes_and_last(view) == ([size, 5], b"words")

    def test_unzip_lists_it(self, tmp_path):
        if not shutil.which("zipinfo"):
            pytest.skip("zipinfo is not installed here")
        large_archive(tmp_path / "large.zip", container.FULL + 1)
        listed = subprocess.run(["zipinfo", "large.zip"], cwd=tmp_path, capture_output=True, text=True, check=True)
        assert "4294967296 bx stor" in listed.stdout

    @pytest.mark.parametrize("count", [0xFFFE, 0xFFFF, 0x10000])
    def test_more_files_than_16_bits_can_count(self, count):
        content = b"".join(packed(File(f"{number:05}", 0, 0, tuple) for number in range(count)))
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert len(archive.namelist()) == count
        assert (struct.pack("<4sQ", b"PK\x06\x06", 44) in content) == (count >= 0xFFFF)
        assert len(Reader(memoryview(content)).entries) == count

    def test_a_bit_changed_in_its_wider_fields_is_noticed(self, monkeypatch):
        monkeypatch.setattr(container, "FULL", 40)
        small = zipped({"a": bytes(39), "b": bytes(40), "c": bytes(41)})
        assert {path: len(content) for path, content in unzipped(small).items()} == {"a": 39, "b": 40, "c": 41}
        assert list(unnoticed_bits(small)) == []
