"""Signatures, and the fingerprints that people read to each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.proof import PublicKey, SigningKey, digest_of, fingerprint, new_signing_key, public_key
from panah.proof.signing import KeyUnreadable, expected_fingerprint, signature, signature_holds

RFC_8032 = [
    # secret key, public key, message, signature: section 7.1, tests 1 to 3
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
]

KEY = SigningKey(bytes.fromhex(RFC_8032[0][0]))
PUBLIC = public_key(KEY)


class TestSignature:
    @pytest.mark.parametrize(("secret", "public", "message", "signed"), RFC_8032)
    def test_is_that_of_rfc_8032(self, secret, public, message, signed):
        key = SigningKey(bytes.fromhex(secret))
        assert public_key(key) == f"ed25519:{public}"
        assert signature(bytes.fromhex(message), key) == signed
        assert signature_holds(bytes.fromhex(message), signed, PublicKey(f"ed25519:{public}"))

    @given(st.binary())
    def test_of_any_message_holds(self, message):
        assert signature_holds(message, signature(message, KEY), PUBLIC)

    @given(st.binary(min_size=1, max_size=60), st.data())
    def test_does_not_hold_for_a_message_changed_by_a_bit(self, message, data):
        at = data.draw(st.integers(0, 8 * len(message) - 1))
        changed = bytearray(message)
        changed[at // 8] ^= 1 << at % 8
        assert not signature_holds(bytes(changed), signature(message, KEY), PUBLIC)

    @given(st.integers(0, 511))
    def test_does_not_hold_when_it_was_changed_by_a_bit(self, at):
        signed = bytearray.fromhex(signature(b"statement", KEY))
        signed[at // 8] ^= 1 << at % 8
        assert not signature_holds(b"statement", signed.hex(), PUBLIC)

    def test_does_not_hold_for_another_key(self):
        assert not signature_holds(b"statement", signature(b"statement", KEY), public_key(new_signing_key()))

    @pytest.mark.parametrize("signed", ["", "00", "x" * 128, "0" * 127, "0" * 130, "é" * 64])
    def test_does_not_hold_when_it_is_no_signature(self, signed):
        assert signature_holds(b"statement", signed, PUBLIC) is False

    def test_a_key_that_is_no_point_of_the_curve_signs_nothing(self):
        assert not signature_holds(b"statement", signature(b"statement", KEY), PublicKey("ed25519:" + "f" * 64))

    @pytest.mark.parametrize("key", ["", PUBLIC.upper(), PUBLIC + "0", PUBLIC[:-1], PUBLIC + "\n", f"rsa:{'0' * 64}"])
    def test_cannot_be_asked_about_what_is_no_key(self, key):
        with pytest.raises(KeyUnreadable, match="is neither a key"):
            signature_holds(b"statement", signature(b"statement", KEY), key)


class TestKeys:
    def test_are_new_each_time(self):
        assert len({new_signing_key() for _ in range(10)}) == 10

    def test_are_shown_in_one_form(self):
        assert PUBLIC == "ed25519:d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"


class TestFingerprint:
    def test_is_the_digest_of_the_key_in_sixteen_groups_of_four(self):
        shown = fingerprint(PUBLIC)
        assert [len(group) for group in shown.split(" ")] == [4] * 16
        assert shown.replace(" ", "") == digest_of(bytes.fromhex(PUBLIC[8:])).removeprefix("sha256:")

    @pytest.mark.parametrize("key", ["", "ed25519:", PUBLIC.removeprefix("ed25519:"), PUBLIC.upper()])
    def test_of_what_is_no_key_is_refused(self, key):
        with pytest.raises(KeyUnreadable):
            fingerprint(key)

    @pytest.mark.parametrize(
        "given_as",
        [
            fingerprint(PUBLIC),
            fingerprint(PUBLIC).replace(" ", ""),
            fingerprint(PUBLIC).replace(" ", ":"),
            fingerprint(PUBLIC).upper(),
            fingerprint(PUBLIC).replace(" ", "\n"),
            f"  {fingerprint(PUBLIC)}\t",
            fingerprint(PUBLIC).replace(" ", "\u00a0"),
            PUBLIC,
            PUBLIC.upper(),
            f" {PUBLIC}\n",
        ],
    )
    def test_is_understood_however_a_reader_writes_it(self, given_as):
        assert expected_fingerprint(given_as) == fingerprint(PUBLIC)

    @pytest.mark.parametrize(
        "given_as", ["", "abcd", "g" * 64, "0" * 63, "0" * 65, "ed25519:" + "0" * 63, "sha256:" + "0" * 64]
    )
    def test_anything_else_is_refused(self, given_as):
        with pytest.raises(KeyUnreadable, match="is neither a key"):
            expected_fingerprint(given_as)

    def test_what_was_given_is_shown_shortened(self):
        with pytest.raises(KeyUnreadable) as refused:
            expected_fingerprint("z" * 10_000)
        assert len(refused.value.sentence) < 200
