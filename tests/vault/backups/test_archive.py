"""The tar file inside a backup: what Panah writes, and nothing else that a tar file can say."""

import io
import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.vault.backups import archive
from panah.vault.backups.archive import NotABackup, Unpacking

OBJECT, LATER = f"objects/00/{'a' * 62}", f"objects/ff/{'0' * 62}"
WHOLE = [
    (archive.HEAD, b"{}"), (archive.KEYRING, b"keys"), (archive.DATABASE, b"d" * 5000), (OBJECT, b"x" * 512), (LATER, b""),
    (archive.MANIFEST, b"list"), (archive.SIGNATURE, b"signed"),
]  # fmt: skip


class Received:
    def __init__(self):
        self.entries = []
        self.ended = 0

    def begins(self, path, size):
        self.entries.append((path, b""))

    def takes(self, piece):
        path, before = self.entries[-1]
        self.entries[-1] = (path, before + piece)

    def ends(self):
        self.ended += 1


def written(entries) -> bytes:
    parts = [
        archive.header(path, len(content)) + content + bytes(archive.padding(len(content))) for path, content in entries
    ]
    return b"".join(parts) + archive.END


def received(tar: bytes, step: int = 1 << 20) -> list:
    receiver = Received()
    unpacking = Unpacking(receiver)
    for start in range(0, len(tar), step):
        unpacking.write(tar[start : start + step])
    unpacking.finish()
    assert receiver.ended == len(receiver.entries)
    return receiver.entries


class TestArchive:
    @pytest.mark.parametrize("step", [1, 7, 511, 512, 513, 8192, 1 << 20])
    def test_is_unpacked_however_it_was_cut(self, step):
        assert received(written(WHOLE), step) == WHOLE

    @given(st.lists(st.binary(max_size=2000), min_size=1, max_size=5))
    def test_gives_back_whatever_objects_hold(self, contents):
        objects = [(f"objects/00/{number:062x}", content) for number, content in enumerate(contents)]
        assert received(written([*WHOLE[:3], *objects, *WHOLE[-2:]])) == [*WHOLE[:3], *objects, *WHOLE[-2:]]

    def test_needs_no_object(self):
        assert received(written([*WHOLE[:3], *WHOLE[-2:]])) == [*WHOLE[:3], *WHOLE[-2:]]

    def test_is_what_other_programs_take_for_tar(self):
        with tarfile.open(fileobj=io.BytesIO(written(WHOLE))) as tar:
            assert [(each.name, tar.extractfile(each).read()) for each in tar] == WHOLE
            assert all(each.isreg() and each.mode == 0o600 for each in tar)

    def test_has_room_for_a_database_of_any_size(self):
        """More than the octal digits of tar can say."""
        size = 1 << 40
        assert len(archive.header(archive.DATABASE, size)) == 512
        receiver = Received()
        Unpacking(receiver).write(
            written(WHOLE[:2])[: -len(archive.END)] + archive.header(archive.DATABASE, size) + b"d"
        )
        assert receiver.entries[-1] == (archive.DATABASE, b"d")


def with_header(entry: tarfile.TarInfo, form=tarfile.GNU_FORMAT) -> bytes:
    """The whole archive, with another header in the place of the object's."""
    own, content = archive.header(OBJECT, 512), b"x" * 512
    return written(WHOLE).replace(own + content, entry.tobuf(form) + content)


def entry(name: str = OBJECT, **said) -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.size, made.mode = 512, 0o600
    for what, value in said.items():
        setattr(made, what, value)
    return made


TRICKS = {
    "a symbolic link": with_header(entry(type=tarfile.SYMTYPE, linkname="/etc/passwd")),
    "a hard link": with_header(entry(type=tarfile.LNKTYPE, linkname=archive.KEYRING)),
    "a folder": with_header(entry(type=tarfile.DIRTYPE)),
    "a device": with_header(entry(type=tarfile.BLKTYPE, devmajor=8)),
    "a fifo": with_header(entry(type=tarfile.FIFOTYPE)),
    "a sparse file": with_header(entry(type=tarfile.GNUTYPE_SPARSE)),
    "a contiguous file": with_header(entry(type=tarfile.CONTTYPE)),
    "the old kind of a file": with_header(entry(type=tarfile.AREGTYPE)),
    "an owner": with_header(entry(uid=1000)),
    "an owner's name": with_header(entry(uname="root")),
    "a time": with_header(entry(mtime=1)),
    "set-user-id": with_header(entry(mode=0o4755)),
    "the form of POSIX": with_header(entry(), tarfile.USTAR_FORMAT),
    "a pax header": with_header(entry(pax_headers={"path": "../../keyring.json"}), tarfile.PAX_FORMAT),
    "a long name": with_header(entry(name="objects/" + "a" * 200)),
    "a path upwards": with_header(entry(name="objects/../../evil")),
    "a path from the root": with_header(entry(name="/etc/cron.d/evil")),
    "a backslash": with_header(entry(name="objects\\evil")),
    "a name of letters": with_header(entry(name="objects/00/ü")),
    "an object elsewhere": with_header(entry(name=f"objects/00/00/{'a' * 59}")),
    "capitals": with_header(entry(name=OBJECT.upper())),
    "a journal": with_header(entry(name="workspace.db-wal")),
    "nothing": b"",
    "zeros": bytes(1024),
    "no end": written(WHOLE)[: -len(archive.END)],
    "half an end": written(WHOLE)[:-512],
    "more behind the end": written(WHOLE) + bytes(512),
    "padding that says something": written([(archive.HEAD, b"{}")]).replace(b"{}\0", b"{}x"),
    "cut in a content": written(WHOLE)[: 3 * 512],
    "cut in a header": written(WHOLE)[: 2 * 512 + 100],
    "noise": bytes(range(256)) * 20,
}  # fmt: skip
ORDERS = {
    "twice": [*WHOLE[:4], WHOLE[3], *WHOLE[4:]],
    "two objects in the other order": [*WHOLE[:3], WHOLE[4], WHOLE[3], *WHOLE[5:]],
    "without head": WHOLE[1:],
    "without keyring": [WHOLE[0], *WHOLE[2:]],
    "without database": [*WHOLE[:2], *WHOLE[3:]],
    "without list": [*WHOLE[:5], WHOLE[6]],
    "without signature": WHOLE[:6],
    "an object after the list": [*WHOLE[:4], WHOLE[5], WHOLE[4], WHOLE[6]],
    "a second keyring": [*WHOLE[:3], WHOLE[1], *WHOLE[3:]],
    "something after the signature": [*WHOLE, WHOLE[3]],
    "something of another name": [*WHOLE[:3], ("notes.txt", b""), *WHOLE[3:]],
}


class TestRefuses:
    @pytest.mark.parametrize("step", [1, 1 << 20])
    @pytest.mark.parametrize("tar", TRICKS.values(), ids=list(TRICKS))
    def test_whatever_else_a_tar_file_can_say(self, tar, step):
        with pytest.raises(NotABackup):
            received(tar, step)

    @pytest.mark.parametrize("entries", ORDERS.values(), ids=list(ORDERS))
    def test_what_stands_where_it_does_not_belong(self, entries):
        with pytest.raises(NotABackup):
            received(written(entries))

    def test_every_flipped_bit_of_a_header(self):
        whole = bytearray(written(WHOLE))
        start = bytes(whole).index(archive.header(OBJECT, 512))
        for place in range(start, start + 512):
            for bit in range(8):
                whole[place] ^= 1 << bit
                try:  # it is refused, or it is another object: the list tells of that
                    assert [path for path, _ in received(bytes(whole))][3] != OBJECT
                except NotABackup:
                    pass
                whole[place] ^= 1 << bit

    @given(st.binary(max_size=3000))
    def test_noise(self, noise):
        with pytest.raises(NotABackup):
            received(noise)
