"""Digests say by which algorithm they were made."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.proof import Digester, DigestUnknown, digest_from, digest_of, digest_of_stream, hexadecimal
from panah.proof.digest import from_hexadecimal

ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
"""SHA-256 of “abc”, from FIPS 180-4's examples."""


class TestDigest:
    def test_is_sha_256_and_says_so(self):
        assert digest_of(b"abc") == f"sha256:{ABC}"

    @given(st.lists(st.binary()))
    def test_does_not_depend_on_the_pieces(self, pieces):
        whole = b"".join(pieces)
        assert digest_of(*pieces) == digest_of_stream(iter(pieces)) == digest_of(whole)
        assert hexadecimal(digest_of(whole)) == hashlib.sha256(whole).hexdigest()

    def test_takes_what_it_is_given_without_copying(self):
        assert digest_of(memoryview(b"xabcx")[1:4]) == f"sha256:{ABC}"

    def test_counts_what_it_took_in(self):
        digester = Digester()
        for piece in (b"a", b"", memoryview(b"bc")):
            digester.update(piece)
        assert (digester.digest(), digester.size) == (f"sha256:{ABC}", 3)


class TestReading:
    def test_a_digest_is_read_back(self):
        assert digest_from(f"sha256:{ABC}") == digest_of(b"abc")
        assert from_hexadecimal(hexadecimal(digest_of(b"abc"))) == digest_of(b"abc")
        assert from_hexadecimal(ABC.upper()) == digest_of(b"abc")

    @pytest.mark.parametrize(
        "text",
        [
            *("", ABC, f"sha256:{ABC.upper()}", f"SHA256:{ABC}", f"sha256:{ABC}0", f"sha256:{ABC[:-1]}"),
            *(f"sha256:{ABC}\n", f" sha256:{ABC}", f"sha512:{ABC}{ABC}", f"md5:{ABC[:32]}"),
            *("sha256:" + "g" * 64, "sha256:" + "١" * 64),
        ],
    )
    def test_anything_else_is_refused(self, text):
        for reading in (digest_from, hexadecimal):
            with pytest.raises(DigestUnknown, match="is not a SHA-256 digest"):
                reading(text)

    @pytest.mark.parametrize("digits", ["", ABC[:-1], f"sha256:{ABC}", ABC + "\n"])
    def test_other_digits_are_refused(self, digits):
        with pytest.raises(DigestUnknown):
            from_hexadecimal(digits)
