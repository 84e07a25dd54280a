"""Damaged and hostile backups: refused with what is damaged, and nothing is left behind."""

import io
import json
import random
import tarfile

import pytest

from panah import proof
from panah.errors import PanahError
from panah.proof import age
from panah.proof.signing import signature
from panah.vault import workspace
from panah.vault.backups import archive, restoring
from panah.vault.backups.making import SIGNED
from panah.vault.beginning import building
from support.processes import PASSPHRASE, one_line_error

from .conftest import IDENTITY, RECIPIENT

pytestmark = pytest.mark.attack  # each test starts many programs: `make attack` runs them

RANDOM = random.Random(20261126)


def parts_of(safe) -> dict[str, bytes]:
    target = io.BytesIO()
    age.decrypt(io.BytesIO(safe.backup.read_bytes()), target, age.identities(IDENTITY))
    with tarfile.open(fileobj=io.BytesIO(target.getvalue())) as tar:
        return {each.name: tar.extractfile(each).read() for each in tar}


def packed(parts) -> bytes:
    return (
        b"".join(
            archive.header(path, len(content)) + content + bytes(archive.padding(len(content)))
            for path, content in parts.items()
        )
        + archive.END
    )


def listed(parts, key=None):
    """The same with a list that agrees, signed by a key that somebody made."""
    contents = {path: content for path, content in parts.items() if not path.startswith("manifest")}
    lines = (
        proof.canonical({"path": path, "size": len(content), "digest": proof.digest_of(content)}) + b"\n"
        for path, content in contents.items()
    )
    manifest = b"".join(lines)
    signed = signature(SIGNED + proof.digest_of(manifest).encode(), key or proof.new_signing_key())
    return contents | {archive.MANIFEST: manifest, archive.SIGNATURE: signed.encode() + b"\n"}


def first_object(parts) -> str:
    return next(path for path in parts if path.startswith("objects/"))


def changed(parts, path, content):
    return {name: content if name == path else old for name, old in parts.items()}


def without(parts, *paths):
    return {name: content for name, content in parts.items() if name not in paths}


def flipped(content: bytes) -> bytes:
    place = len(content) // 2
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def head(**said):
    return json.dumps(said).encode()


HOSTILE = {
    "an object was changed": (lambda p: changed(p, first_object(p), flipped(p[first_object(p)])), "backup-damaged"),
    "an object is missing": (lambda p: without(p, first_object(p)), "backup-damaged"),
    "the database was changed": (lambda p: changed(p, archive.DATABASE, flipped(p[archive.DATABASE])), "backup-damaged"),
    "the list says something else": (lambda p: changed(p, archive.MANIFEST, p[archive.MANIFEST][:-1]), "backup-damaged"),
    "the list is empty": (lambda p: changed(p, archive.MANIFEST, b""), "backup-damaged"),
    "the signature is another's": (listed, "backup-damaged"),
    "the signature is none": (lambda p: changed(p, archive.SIGNATURE, b"\xff\xfe"), "backup-damaged"),
    "an object more, and a list of its own": (
        lambda p: listed({**without(p, archive.MANIFEST, archive.SIGNATURE), f"objects/ff/{'f' * 62}": b"more"}),
        "backup-damaged",
    ),
    "the database is no database": (lambda p: changed(p, archive.DATABASE, b"x" * 8192), "backup-damaged"),
    "the keyring is noise": (lambda p: changed(p, archive.KEYRING, b"noise"), "keyring-broken"),
    "the keyring is long": (lambda p: changed(p, archive.KEYRING, b" " * 100_000), "not-abackup"),
    "the list is long": (lambda p: changed(p, archive.MANIFEST, b" " * 100_000), "not-abackup"),
    "the form is newer": (lambda p: changed(p, archive.HEAD, head(format="panah-backup/2")), "not-abackup"),
    "the head is a list": (lambda p: changed(p, archive.HEAD, b"[]"), "not-abackup"),
    "the head is deep": (lambda p: changed(p, archive.HEAD, b"[" * 60_000), "not-abackup"),
    "another file beside it": (lambda p: {**p, "extra.txt": b"more"}, "not-abackup"),
    "a path upwards": (lambda p: {**without(p, archive.SIGNATURE), "../evil": b"more"}, "not-abackup"),
    "no list": (lambda p: without(p, archive.MANIFEST, archive.SIGNATURE), "not-abackup"),
}  # fmt: skip


@pytest.fixture
def refused(safe, tmp_path, home):
    """Restores what must be refused, as the command does it, and gives the refusal. Nothing is left of it."""
    ours = workspace.keys()

    def refused(stored: bytes) -> PanahError:
        there = tmp_path / "there"
        arriving = restoring._Arriving(there, PASSPHRASE)
        with pytest.raises(PanahError) as refusal, building(there):
            restoring._receive(io.BytesIO(stored), age.identities(IDENTITY), arriving)
        assert not there.exists()
        return refusal.value

    yield refused
    workspace.hold(ours)


def to_us(plain: bytes) -> bytes:
    target = io.BytesIO()
    age.encrypt([plain], target, age.recipients([RECIPIENT]))
    return target.getvalue()


class TestHostile:
    """Whoever knows the recipient can encrypt anything to it."""

    @pytest.mark.parametrize(("spoil", "code"), HOSTILE.values(), ids=list(HOSTILE))
    def test_is_refused_and_leaves_nothing(self, safe, refused, spoil, code):
        assert refused(to_us(packed(spoil(parts_of(safe))))).code == code

    @pytest.mark.parametrize(
        "plain", [b"", b"PK\x03\x04", bytes(10_240), b"words " * 5000], ids=["empty", "zip", "zeros", "words"]
    )
    def test_what_is_no_tar_file_is_refused(self, refused, plain):
        assert refused(to_us(plain)).code == "not-abackup"

    def test_the_command_leaves_nothing_either(self, safe, elsewhere):
        """The keyring is the workspace's own, and everything is listed; but the list is signed by somebody else."""
        (elsewhere.folder / "hostile.age").write_bytes(to_us(packed(listed(parts_of(safe)))))
        done = elsewhere.run("restore", "hostile.age", "--identity", safe.identity)
        assert one_line_error(done)[0] == "backup-damaged"
        assert {path.name for path in elsewhere.folder.iterdir()} == {"hostile.age", "temporary"}


class TestDamaged:
    """A disk that forgets: wherever a bit differs, and wherever the file ends."""

    def test_a_flipped_byte_is_found(self, safe, refused):
        whole = safe.backup.read_bytes()
        for place in [*range(0, 400, 23), *(RANDOM.randrange(len(whole)) for _ in range(5)), len(whole) - 1]:
            stored = bytearray(whole)
            stored[place] ^= 1 << RANDOM.randrange(8)
            assert refused(bytes(stored)).code in {"backup-damaged", "age-key-wrong", "not-age"}

    def test_a_file_that_was_cut_is_found(self, safe, refused):
        whole = safe.backup.read_bytes()
        for length in [*range(0, 400, 37), *(RANDOM.randrange(len(whole)) for _ in range(5)), len(whole) - 1]:
            assert refused(whole[:length]).code in {"backup-damaged", "age-key-wrong", "not-age"}

    def test_what_was_appended_is_found(self, safe, refused):
        assert refused(safe.backup.read_bytes() + b"more").code == "backup-damaged"

    def test_it_says_where(self, safe, refused):
        stored = bytearray(safe.backup.read_bytes())
        stored[-50_000] ^= 1
        assert "objects/" in refused(bytes(stored)).sentence

    def test_what_is_no_file_cannot_be_read(self, safe, elsewhere):
        for path in ("nowhere.age", "temporary"):
            done = elsewhere.run("restore", path, "--identity", safe.identity)
            assert one_line_error(done)[0] == "backup-unreadable"
        assert not elsewhere.home.exists()
