"""The age format: to recipients and to a passphrase, as streams, and what is said when it does not open."""

import io
import os
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panah.proof import age
from panah.proof.age import passphrase as scrypt

IDENTITY, RECIPIENT = age.new_identity()
OTHER_IDENTITY, OTHER_RECIPIENT = age.new_identity()
WORDS = "six invented words, پاناھ"
TO_KEY, BY_KEY = age.recipients([RECIPIENT]), age.identities(IDENTITY)
CHUNK = 64 * 1024
SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 5]


@pytest.fixture(scope="module", autouse=True)
def _cheap_passphrases():
    """The work is measured elsewhere; here it is done often."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scrypt, "WORK", 4)
        yield


@pytest.fixture(params=["recipient", "passphrase"])
def lock_and_key(request):
    return (TO_KEY, BY_KEY) if request.param == "recipient" else (age.Passphrase(WORDS), age.Passphrase(WORDS))


class Slow(io.BytesIO):
    """A pipe that gives little at a time."""

    def read(self, size: int | None = -1) -> bytes:
        return super().read(min(size or 1, 1000) if size != -1 else 1000)


def encrypted(pieces, lock) -> bytes:
    target = io.BytesIO()
    age.encrypt(pieces, target, lock)
    return target.getvalue()


def decrypted(stored: bytes, key, stream=io.BytesIO) -> bytes:
    target = io.BytesIO()
    age.decrypt(stream(stored), target, key)
    return target.getvalue()


class TestRoundTrip:
    @pytest.mark.parametrize("size", SIZES)
    def test_gives_back_every_length(self, lock_and_key, size):
        lock, key = lock_and_key
        plain = os.urandom(size)
        assert decrypted(encrypted([plain], lock), key) == plain

    @settings(max_examples=25)
    @given(st.lists(st.binary(max_size=70_000), max_size=6))
    def test_does_not_ask_how_it_was_cut(self, pieces):
        for lock, key in ((TO_KEY, BY_KEY), (age.Passphrase(WORDS), age.Passphrase(WORDS))):
            assert decrypted(encrypted(pieces, lock), key, Slow) == b"".join(pieces)

    def test_opens_for_each_of_several_recipients(self):
        stored = encrypted([b"words"], age.recipients([RECIPIENT, OTHER_RECIPIENT]))
        assert {decrypted(stored, age.identities(each)) for each in (IDENTITY, OTHER_IDENTITY)} == {b"words"}

    def test_a_file_of_identities_may_hold_comments_and_several(self):
        text = f"# made by age-keygen\n# public key: {OTHER_RECIPIENT}\n{OTHER_IDENTITY}\n\n{IDENTITY}\n"
        assert decrypted(encrypted([b"words"], TO_KEY), age.identities(text)) == b"words"

    def test_gives_its_plaintext_while_it_comes(self, lock_and_key):
        """Constant memory: no piece waits for the end."""
        lock, key = lock_and_key
        sizes = []

        class Counting:
            def write(self, piece):
                sizes.append(len(piece))

        age.encrypt((bytes(CHUNK) for _ in range(16)), Counting(), lock)
        assert max(sizes) <= 2 * CHUNK
        sizes.clear()
        age.decrypt(io.BytesIO(encrypted([bytes(16 * CHUNK)], lock)), Counting(), key)
        assert max(sizes) <= CHUNK
        assert sum(sizes) == 16 * CHUNK

    def test_a_passphrase_costs_memory_for_each_try(self):
        with pytest.MonkeyPatch.context() as patch:
            patch.undo()
            patch.setattr(scrypt, "WORK", 17)
            stored = encrypted([b"words"], age.Passphrase(WORDS))
        assert b"-> scrypt " in stored[:40]
        assert stored.split(b"\n")[1].endswith(b" 17")
        assert decrypted(stored, age.Passphrase(WORDS)) == b"words"


class TestRefuses:
    @pytest.mark.parametrize(
        "text",
        ["", "age1", RECIPIENT[:-1], RECIPIENT.upper()[:-1], IDENTITY, "age1 \x1b[2J", "ssh-ed25519 AAAA"],
        ids=["nothing", "a beginning", "cut short", "in capitals and cut short", "an identity", "a command", "of ssh"],
    )
    def test_what_is_no_recipient(self, text):
        with pytest.raises(age.RecipientUnreadable):
            age.recipients([RECIPIENT, text])

    def test_to_encrypt_to_nobody(self):
        with pytest.raises(age.RecipientsMissing):
            age.recipients([])
        with pytest.raises(age.RecipientsMissing):
            age.Passphrase("")

    @pytest.mark.parametrize(
        "text",
        ["", "# nothing\n", RECIPIENT, IDENTITY[:-1], f"{IDENTITY}\nmore"],
        ids=["nothing", "a comment", "a recipient", "cut short", "more behind it"],
    )
    def test_what_is_no_identity(self, text):
        with pytest.raises(age.IdentityUnreadable):
            age.identities(text)

    def test_another_key(self, lock_and_key):
        stored = encrypted([b"words"], lock_and_key[0])
        for key in (age.identities(OTHER_IDENTITY), age.Passphrase("other words")):
            with pytest.raises(age.AgeKeyWrong):
                decrypted(stored, key)

    @pytest.mark.parametrize(
        "stored", [b"", b"age", b"PK\x03\x04" + bytes(100), b"age-encryption.org/v2\n" + bytes(100)]
    )
    def test_what_is_not_age(self, lock_and_key, stored):
        with pytest.raises(age.NotAge):
            decrypted(stored, lock_and_key[1])

    def test_every_flipped_bit(self, lock_and_key):
        lock, key = lock_and_key
        stored = encrypted([b"a few words"], lock)
        for place in range(len(stored)):
            for bit in range(8):
                changed = bytearray(stored)
                changed[place] ^= 1 << bit
                with pytest.raises((age.AgeKeyWrong, age.AgeDamaged, age.NotAge)):
                    decrypted(bytes(changed), key)

    def test_every_shorter_file(self, lock_and_key):
        lock, key = lock_and_key
        stored = encrypted([b"a few words"], lock)
        for length in range(len(stored)):
            with pytest.raises((age.AgeKeyWrong, age.AgeDamaged, age.NotAge)):
                decrypted(stored[:length], key)

    @pytest.mark.parametrize("chunks", [1, 2, 3])
    def test_a_file_cut_between_two_chunks(self, lock_and_key, chunks):
        lock, key = lock_and_key
        stored = encrypted([bytes(4 * CHUNK)], lock)
        end = len(stored) - (4 - chunks) * (CHUNK + 16)
        with pytest.raises(age.AgeDamaged):
            decrypted(stored[:end], key)

    def test_what_was_added(self, lock_and_key):
        lock, key = lock_and_key
        for size in (1, CHUNK):
            with pytest.raises(age.AgeDamaged):
                decrypted(encrypted([bytes(size)], lock) + b"more", key)

    def test_two_chunks_in_the_other_order(self, lock_and_key):
        lock, key = lock_and_key
        stored, part = encrypted([os.urandom(3 * CHUNK)], lock), CHUNK + 16
        head, first, second, last = (
            stored[: -3 * part],
            stored[-3 * part : -2 * part],
            stored[-2 * part : -part],
            stored[-part:],
        )
        with pytest.raises(age.AgeDamaged):
            decrypted(head + second + first + last, key)

    def test_an_empty_last_chunk(self):
        """Two forms of one content: the specification forbids the longer one."""
        stored = encrypted([bytes(CHUNK)], age.Passphrase(WORDS))
        header_end = stored.index(b"\n", stored.index(b"\n---") + 1) + 1
        header, nonce = stored[:header_end], stored[header_end : header_end + 16]
        cipher = scrypt._payload(age.Passphrase(WORDS)._file_key(header), nonce)
        chunks = cipher.encrypt(bytes(12), bytes(CHUNK), None) + cipher.encrypt(bytes(10) + b"\1\1", b"", None)
        with pytest.raises(age.AgeDamaged):
            decrypted(header + nonce + chunks, age.Passphrase(WORDS))

    def test_more_work_than_a_machine_should_do(self):
        stored = encrypted([b"words"], age.Passphrase(WORDS)).replace(b" 4\n", b" 30\n", 1)
        with pytest.raises(age.AgeDamaged, match="more work"):
            decrypted(stored, age.Passphrase(WORDS))

    def test_a_header_without_end(self):
        with pytest.raises(age.NotAge):
            decrypted(b"age-encryption.org/v1\n-> " + b"x" * 100_000, age.Passphrase(WORDS))


class Failing(Exception):
    """Something that is no affair of age."""


class TestFailures:
    def test_of_what_comes_and_of_what_takes_come_through(self, lock_and_key):
        lock, key = lock_and_key

        def pieces():
            yield bytes(3 * CHUNK)
            raise Failing

        class Full:
            def write(self, _piece):
                raise Failing

        with pytest.raises(Failing):
            encrypted(pieces(), lock)
        with pytest.raises(Failing):
            age.encrypt([bytes(3 * CHUNK)], Full(), lock)
        with pytest.raises(Failing):
            age.decrypt(io.BytesIO(encrypted([bytes(CHUNK)], lock)), Full(), key)

    def test_of_what_is_read_come_through(self, lock_and_key):
        lock, key = lock_and_key

        class Broken(io.BytesIO):
            def read(self, size=-1):
                if self.tell() > 2 * CHUNK:
                    raise Failing
                return super().read(size)

        with pytest.raises(Failing):
            decrypted(encrypted([bytes(9 * CHUNK)], lock), key, Broken)


class TestSecrets:
    def test_are_not_shown(self):
        shown = f"{age.Passphrase(WORDS)!r} {age.Passphrase(WORDS)} {BY_KEY!r} {BY_KEY}"
        assert WORDS not in shown
        assert "AGE-SECRET-KEY" not in shown

    def test_recipients_are(self):
        assert str(age.recipients([RECIPIENT, OTHER_RECIPIENT])) == f"{RECIPIENT}, {OTHER_RECIPIENT}"
        assert len(age.recipients([RECIPIENT, OTHER_RECIPIENT])) == 2


def test_nothing_loads_it_that_does_not_need_it():
    loaded = "import sys, panah.proof, panah.proof.command, panah.proof.verify; print(*sys.modules)"
    names = subprocess.run([sys.executable, "-c", loaded], check=True, capture_output=True, text=True).stdout.split()
    assert not {"pyrage", "panah.proof.age"} & set(names)
