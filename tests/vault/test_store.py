"""The store: by content, encrypted, under names that tell nothing, and nothing that was changed comes out of it."""

import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah import proof
from panah.vault.files import NotWritable
from panah.vault.store import Kept, ObjectKeys, ObjectMissing, Store

WORDS = "پاناھ she was seen at the market in 2016".encode()


def new_keys(number=1):
    """The keys of a compartment that has one."""
    only = ObjectKeys(number, proof.random_key(), proof.random_key())
    return lambda *, fresh: [only]


@pytest.fixture
def keys():
    return new_keys()


@pytest.fixture
def store(tmp_path, keys):
    return Store(tmp_path / "objects", keys)


@pytest.fixture
def objects(tmp_path):
    """The files of the store."""
    return lambda: sorted(path for path in (tmp_path / "objects").rglob("*") if path.is_file())


class Broken(Exception):
    pass


def breaking_off():
    yield WORDS
    raise Broken


class TestKeep:
    def test_says_what_it_kept(self, store):
        assert store.keep([WORDS]) == Kept(proof.digest_of(WORDS), len(WORDS), 1)

    def test_keeps_the_same_content_once(self, store, objects):
        assert store.keep([WORDS]) == store.keep([WORDS[:5], WORDS[5:]])
        assert len(objects()) == 1

    def test_keeps_nothing_of_what_breaks_off(self, store, objects):
        with pytest.raises(Broken):
            store.keep(breaking_off())
        assert objects() == []

    def test_says_where_it_cannot_keep_anything(self, keys, tmp_path):
        (tmp_path / "home").write_bytes(b"no folder")
        with pytest.raises(NotWritable) as refused:
            Store(tmp_path / "home" / "objects", keys).keep([WORDS])
        assert str(tmp_path / "home" / "objects") in refused.value.sentence

    def test_does_not_touch_an_object_that_is_there(self, store, objects):
        store.keep([WORDS])
        before = objects()[0].read_bytes()
        store.keep([WORDS])
        assert objects()[0].read_bytes() == before

    def test_lets_only_the_owner_look(self, store, objects, tmp_path):
        store.keep([WORDS])
        folders = [tmp_path / "objects", objects()[0].parent]
        assert [stat.S_IMODE(folder.stat().st_mode) for folder in folders] == [0o700, 0o700]
        assert stat.S_IMODE(objects()[0].stat().st_mode) == 0o600


class TestHiding:
    def test_no_name_tells_the_digest(self, store, objects, tmp_path):
        digits = proof.hexadecimal(store.keep([WORDS]).digest)
        path = objects()[0].relative_to(tmp_path).as_posix().replace("/", "")
        assert not any(digits[at : at + 8] in path for at in range(0, 64, 8))

    def test_another_compartment_calls_the_same_content_by_another_name(self, store, tmp_path, objects):
        store.keep([WORDS])
        Store(tmp_path / "objects", new_keys(2)).keep([WORDS])
        assert len(objects()) == 2

    def test_the_same_content_is_encrypted_otherwise_each_time(self, keys, tmp_path):
        written = []
        for name in ("one", "two"):
            Store(tmp_path / name, keys).keep([WORDS])
            written.append(next(path.read_bytes() for path in (tmp_path / name).rglob("*") if path.is_file()))
        assert written[0] != written[1]

    def test_no_word_of_it_stands_in_the_file(self, store, objects):
        store.keep([WORDS * 100])
        assert not any(word in objects()[0].read_bytes() for word in WORDS.split() if len(word) > 4)

    @pytest.mark.parametrize("sizes", [(0, 1, 17, 4000), (10_000, 10_001, 10_100), (1_000_000, 1_000_100)])
    def test_near_sizes_look_alike(self, store, objects, sizes):
        for size in sizes:
            store.keep([bytes(size)])
        assert len(objects()) == len(sizes)
        assert len({path.stat().st_size for path in objects()}) == 1


CHANGES = {
    "the first byte": lambda stored: bytes([stored[0] ^ 1]) + stored[1:],
    "the salt": lambda stored: stored[:10] + bytes([stored[10] ^ 1]) + stored[11:],
    "a byte in the middle": lambda stored: stored[:2000] + bytes([stored[2000] ^ 1]) + stored[2001:],
    "the last byte": lambda stored: stored[:-1] + bytes([stored[-1] ^ 1]),
    "cut short by a byte": lambda stored: stored[:-1],
    "cut short to its first chunk": lambda stored: stored[: 36 + proof.CHUNK + 16],
    "emptied": lambda _stored: b"",
    "a byte added": lambda stored: stored + b"\0",
    "two chunks exchanged": lambda stored: (
        stored[:36] + stored[36 + proof.CHUNK + 16 : 36 + 2 * (proof.CHUNK + 16)] + stored[36 : 36 + proof.CHUNK + 16]
        + stored[36 + 2 * (proof.CHUNK + 16) :]
    ),
}  # fmt: skip


class TestContent:
    @given(pieces=st.lists(st.binary(max_size=70_000), max_size=4))
    def test_is_what_was_kept(self, tmp_path_factory, pieces):
        store = Store(tmp_path_factory.mktemp("kept"), new_keys())
        kept = store.keep(pieces)
        assert store.content(kept.digest) == b"".join(pieces)
        assert b"".join(store.pieces(kept.digest)) == b"".join(pieces)

    @pytest.mark.parametrize("size", [0, 1, proof.CHUNK - 8, proof.CHUNK, proof.CHUNK + 1, 3 * proof.CHUNK + 5])
    def test_has_no_byte_too_many_at_the_bounds_of_chunks(self, store, size):
        content = bytes(at % 251 for at in range(size))
        assert store.content(store.keep([content]).digest) == content

    @pytest.mark.parametrize(
        ("start", "end"), [(0, 10), (65_530, 65_550), (131_000, 140_000), (149_990, 200_000), (5, 5)]
    )
    def test_can_be_opened_anywhere(self, store, start, end):
        content = bytes(at % 251 for at in range(150_000))
        with store.opened(store.keep([content]).digest) as opened:
            assert opened.read(start, end) == content[start:end]

    @pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
    def test_that_was_changed_is_refused(self, store, objects, change):
        digest = store.keep([WORDS * 5000]).digest
        path = objects()[0]
        path.write_bytes(change(path.read_bytes()))
        with pytest.raises(proof.SealBroken):
            store.content(digest)

    def test_of_one_object_in_the_place_of_another_is_refused(self, store, objects):
        first = store.keep([WORDS]).digest
        path = objects()[0]
        second = store.keep([b"other words"]).digest
        other = next(each for each in objects() if each != path)
        path.write_bytes(other.read_bytes())
        assert store.content(second) == b"other words"
        with pytest.raises(proof.SealBroken):
            store.content(first)

    def test_of_another_compartment_is_refused(self, store, objects, tmp_path):
        """Whoever can write into the folder cannot put there what another compartment's key encrypted."""
        digest = store.keep([WORDS]).digest
        theirs = Store(tmp_path / "theirs", new_keys(2))
        theirs.keep([WORDS])
        objects()[0].write_bytes(next(path for path in (tmp_path / "theirs").rglob("*") if path.is_file()).read_bytes())
        with pytest.raises(proof.SealBroken):
            store.content(digest)

    def test_that_is_gone_is_said_with_its_digest(self, store, objects):
        digest = store.keep([WORDS]).digest
        objects()[0].unlink()
        with pytest.raises(ObjectMissing) as missing:
            store.content(digest)
        assert digest in missing.value.sentence

    def test_that_never_was_is_missing(self, store):
        with pytest.raises(ObjectMissing):
            store.content(proof.digest_of(b"never kept"))
