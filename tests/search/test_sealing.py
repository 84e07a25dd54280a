"""An index that is put away is one stream that only its own key opens, and comes back as it was."""

import io

import pytest

from panah import proof
from panah.search.engines import sealing

FILES = {"meta.json": b"{}", "a.term": b"", "b.idx": bytes(range(256)) * 1_000, "c.pos": b"\n" * 70_000}


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "index"
    made.mkdir()
    for name, content in FILES.items():
        (made / name).write_bytes(content)
    (made / ".tantivy-writer.lock").touch()
    return made


@pytest.fixture
def elsewhere(tmp_path):
    made = tmp_path / "elsewhere"
    made.mkdir()
    return made


class TestSealed:
    def test_comes_back_as_it_was(self, folder, elsewhere):
        key = proof.random_key()
        stored = b"".join(sealing.sealed(folder, key))
        sealing.unseal(io.BytesIO(stored), key, elsewhere)
        assert {file.name: file.read_bytes() for file in elsewhere.iterdir()} == FILES

    def test_shows_nothing(self, folder):
        stored = b"".join(sealing.sealed(folder, proof.random_key()))
        assert not any(content and content[:64] in stored for content in FILES.values() if len(content) > 2)
        assert b"meta.json" not in stored

    def test_opens_with_no_other_key(self, folder, elsewhere):
        stored = b"".join(sealing.sealed(folder, proof.random_key()))
        with pytest.raises(proof.SealBroken):
            sealing.unseal(io.BytesIO(stored), proof.random_key(), elsewhere)

    @pytest.mark.parametrize("at", [0, 40, 100_000, -1])
    def test_is_refused_where_a_byte_was_changed(self, folder, elsewhere, at):
        key = proof.random_key()
        stored = bytearray(b"".join(sealing.sealed(folder, key)))
        stored[at] ^= 1
        with pytest.raises(proof.SealBroken):
            sealing.unseal(io.BytesIO(stored), key, elsewhere)

    def test_is_refused_where_its_end_is_missing(self, folder, elsewhere):
        key = proof.random_key()
        stored = b"".join(sealing.sealed(folder, key))
        with pytest.raises(proof.SealBroken):
            sealing.unseal(io.BytesIO(stored[: len(stored) // 2]), key, elsewhere)
