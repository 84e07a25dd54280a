"""Names that tell nothing of what they name."""

import hmac

from hypothesis import given
from hypothesis import strategies as st

from panah.proof import Key, digest_of, hidden_name, random_key, random_salt

KEY = Key(bytes(range(32)))


class TestHiddenName:
    @given(st.binary())
    def test_is_64_digits_that_do_not_hold_the_digest(self, content):
        digest = digest_of(content)
        name = hidden_name(digest, KEY)
        assert len(bytes.fromhex(name)) == 32
        assert name not in digest

    def test_is_the_same_for_the_same_content_and_key(self):
        assert hidden_name(digest_of(b"a"), KEY) == hidden_name(digest_of(b"a"), KEY)

    def test_is_another_under_another_key_and_for_other_content(self):
        named = {hidden_name(digest_of(content), key) for content in (b"a", b"b") for key in (KEY, Key(bytes(32)))}
        assert len(named) == 4

    def test_is_hmac_sha_256_over_the_digest_as_it_is_written(self):
        digest = digest_of(b"a")
        assert hidden_name(digest, KEY) == hmac.new(KEY, digest.encode(), "sha256").hexdigest()


class TestRandom:
    def test_keys_are_32_bytes_and_never_alike(self):
        keys = {random_key() for _ in range(50)}
        assert len(keys) == 50
        assert {len(key) for key in keys} == {32}

    def test_salts_are_16_bytes_and_never_alike(self):
        salts = {random_salt() for _ in range(50)}
        assert len(salts) == 50
        assert {len(bytes.fromhex(salt)) for salt in salts} == {16}
