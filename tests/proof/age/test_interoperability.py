"""What we encrypt, two implementations that nobody here wrote open; and we open theirs."""

import io
import os

import pytest

from panah.proof import age
from panah.proof.age import passphrase as scrypt
from support.other_ages import Command, JavaScript, Refused

IDENTITY, RECIPIENT = age.new_identity()
OTHER_IDENTITY, OTHER_RECIPIENT = age.new_identity()
WORDS = "six invented words پاناھ"
PLAIN = [b"", b"a few words, \xd9\xbe\xd8\xa7\xd9\x86\xd8\xa7\xda\xbe", os.urandom(65536), os.urandom(200_000)]


@pytest.fixture(scope="module", autouse=True)
def _cheap_passphrases():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scrypt, "WORK", 12)
        yield


@pytest.fixture(params=[Command, JavaScript], ids=["age", "age-encryption"])
def other(request, tmp_path):
    return request.param(tmp_path)


def encrypted(plain: bytes, lock) -> bytes:
    target = io.BytesIO()
    age.encrypt([plain], target, lock)
    return target.getvalue()


def decrypted(stored: bytes, key) -> bytes:
    target = io.BytesIO()
    age.decrypt(io.BytesIO(stored), target, key)
    return target.getvalue()


class TestTheyOpenOurs:
    @pytest.mark.parametrize("plain", PLAIN, ids=len)
    def test_to_a_recipient(self, other, plain):
        stored = encrypted(plain, age.recipients([OTHER_RECIPIENT, RECIPIENT]))
        assert other.decrypted(stored, identity=IDENTITY) == plain

    @pytest.mark.parametrize("plain", PLAIN[1::2], ids=len)
    def test_to_a_passphrase(self, other, plain):
        assert other.decrypted(encrypted(plain, age.Passphrase(WORDS)), passphrase=WORDS) == plain

    def test_but_not_what_was_changed(self, other):
        for lock, key in (
            (age.recipients([RECIPIENT]), {"identity": IDENTITY}),
            (age.Passphrase(WORDS), {"passphrase": WORDS}),
        ):
            stored = bytearray(encrypted(PLAIN[-1], lock))
            stored[-1] ^= 1
            with pytest.raises(Refused):
                other.decrypted(bytes(stored), **key)


class TestWeOpenTheirs:
    @pytest.mark.parametrize("plain", PLAIN, ids=len)
    def test_to_a_recipient(self, other, plain):
        assert decrypted(other.encrypted(plain, to=[RECIPIENT]), age.identities(IDENTITY)) == plain

    @pytest.mark.parametrize("plain", PLAIN[1::2], ids=len)
    def test_to_a_passphrase(self, other, plain):
        assert decrypted(other.encrypted(plain, passphrase=WORDS), age.Passphrase(WORDS)) == plain

    def test_but_not_what_was_changed(self, other):
        for lock, key in (
            ({"to": [RECIPIENT]}, age.identities(IDENTITY)),
            ({"passphrase": WORDS}, age.Passphrase(WORDS)),
        ):
            stored = bytearray(other.encrypted(PLAIN[-1], **lock))
            stored[-1] ^= 1
            with pytest.raises(age.AgeDamaged):
                decrypted(bytes(stored), key)
