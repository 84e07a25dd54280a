"""DKIM: what can be said of a signature without the network, and with a key."""

import base64
import hashlib
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from panah.proof.dkim import Verdict, signatures

SAMPLES = Path(__file__).parents[2].parent / "shared" / "data" / "samples" / "jstedfast+MimeKit"
KEY = generate_private_key(65537, 2048)
SMALL = Ed25519PrivateKey.generate()
NAME = "one._domainkey.example.org"
HEADER = b"From: Gulnar  <g@example.org>\r\nTo: legal@example.net\r\nSubject: a\r\n\tfolded  subject\r\n"
BODY = b"Words  and \t words.  \r\n\r\nMore.\r\n\r\n\r\n"


def written(key):
    return base64.b64encode(key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


KEYS = {NAME: f"v=DKIM1; k=rsa; p={written(KEY)}"}
SMALL_KEYS = {NAME: "k=ed25519; p=" + base64.b64encode(SMALL.public_key().public_bytes_raw()).decode()}

RELAXED_HEADER = b"from:Gulnar <g@example.org>\r\nto:legal@example.net\r\nsubject:a folded subject\r\n"
RELAXED_BODY = b"Words and words.\r\n\r\nMore.\r\n"
SIMPLE_BODY = b"Words  and \t words.  \r\n\r\nMore.\r\n"


def signed(*, algorithm="rsa-sha256", c="relaxed/relaxed", body=BODY, digested=None, more="", h="From:To:Subject"):
    """A message, signed as RFC 6376 says, without a line of the code that is tried."""
    relaxed = c.split("/")[0] == "relaxed"
    digested = digested if digested is not None else RELAXED_BODY if c.endswith("/relaxed") else SIMPLE_BODY
    digest = hashlib.sha1 if algorithm == "rsa-sha1" else hashlib.sha256
    bh = base64.b64encode(digest(digested).digest()).decode()
    value = f" v=1; a={algorithm}; c={c}; d=example.org; s=one; h={h}; bh={bh};{more} b="
    own = b"dkim-signature:" + value.strip().encode() if relaxed else b"DKIM-Signature:" + value.encode()
    to_sign = (RELAXED_HEADER if relaxed else HEADER) + own
    if algorithm == "ed25519-sha256":
        signature = SMALL.sign(hashlib.sha256(to_sign).digest())
    else:
        signature = KEY.sign(to_sign, PKCS1v15(), SHA1() if algorithm == "rsa-sha1" else SHA256())
    folded = base64.b64encode(signature).decode()
    return (
        b"DKIM-Signature:" + value.encode() + f"{folded[:40]}\r\n {folded[40:]}\r\n".encode() + HEADER + b"\r\n" + body
    )


def verdict(message, keys=None):
    (signature,) = signatures(message, keys)
    return signature.verdict


class TestSignatures:
    @pytest.mark.parametrize("c", ["relaxed/relaxed", "relaxed/simple", "simple/simple", "simple/relaxed", "relaxed"])
    def test_with_the_key_it_holds(self, c):
        assert verdict(signed(c=c), KEYS) == Verdict.HOLDS

    @pytest.mark.parametrize(("algorithm", "keys"), [("rsa-sha1", KEYS), ("ed25519-sha256", SMALL_KEYS)])
    def test_of_each_algorithm_it_holds(self, algorithm, keys):
        assert verdict(signed(algorithm=algorithm), keys) == Verdict.HOLDS

    def test_says_who_signed_and_without_a_key_only_that_the_body_holds(self):
        (signature,) = signatures(signed())
        assert (signature.domain, signature.selector, signature.algorithm) == ("example.org", "one", "rsa-sha256")
        assert signature.key_name == NAME
        assert signature.verdict == Verdict.BODY_HOLDS

    def test_a_file_with_the_line_ends_of_unix_is_the_same_message(self):
        assert verdict(signed().replace(b"\r\n", b"\n"), KEYS) == Verdict.HOLDS

    @pytest.mark.parametrize("keys", [None, KEYS])
    def test_a_changed_body_is_told_with_and_without_a_key(self, keys):
        assert verdict(signed() + b"added", keys) == Verdict.BODY_DIFFERS

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            (b"Gulnar", b"Gulnaz"),
            (b"\r\nTo:", b"\r\nX-To:"),
            (b" v=1;", b" v=2;"),
            (b"\r\nSubject", b"\r\nTo: x\r\nSubject"),
        ],
    )
    def test_a_changed_header_does_not_fit(self, before, after):
        assert verdict(signed().replace(before, after, 1), KEYS) == Verdict.DOES_NOT_FIT

    def test_space_that_servers_change_changes_nothing(self):
        message = signed().replace(b"From: Gulnar  <", b"FROM:\tGulnar <").replace(b"Words  and", b"Words \t and")
        assert verdict(message, KEYS) == Verdict.HOLDS

    def test_another_key_does_not_fit(self):
        other = generate_private_key(65537, 2048)
        assert verdict(signed(), {NAME: f"p={written(other)}"}) == Verdict.DOES_NOT_FIT

    @pytest.mark.parametrize(
        "record",
        ["", "p=", "p=!", "p=AAAA", SMALL_KEYS[NAME], f"p={written(SMALL)}"],
        ids=["nothing", "none", "no base64", "too short", "another kind", "another kind, as a whole"],
    )
    def test_what_is_no_key_for_it_cannot_be_read(self, record):
        assert verdict(signed(), {NAME: record}) == Verdict.UNREADABLE

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            (b"a=rsa-sha256", b"a=rot13"),
            (b" bh=", b" bx="),
            (b" d=", b" dd="),
            (b"bh=", b"bh=!"),
            (b" v=1;", b" l=x;"),
            (b" b=", b" b=!"),
        ],
    )
    def test_what_is_written_against_the_rules_cannot_be_read(self, before, after):
        assert verdict(signed().replace(before, after, 1), KEYS) == Verdict.UNREADABLE

    def test_says_how_much_of_the_body_was_signed(self):
        message = signed(digested=RELAXED_BODY[:5], more=" l=5;")
        (signature,) = signatures(message + b"anything", KEYS)
        assert (signature.signed_bytes, signature.verdict) == ("5", Verdict.HOLDS)

    @pytest.mark.parametrize(("c", "digested"), [("relaxed/simple", b"\r\n"), ("relaxed/relaxed", b"")])
    def test_of_an_empty_body(self, c, digested):
        assert verdict(signed(c=c, body=b"", digested=digested), KEYS) == Verdict.HOLDS

    def test_a_field_that_is_named_and_not_there_may_not_come_later(self):
        message = signed(h="From:To:Subject:Subject")
        assert verdict(message, KEYS) == Verdict.HOLDS
        assert verdict(message.replace(b"\r\nTo:", b"\r\nSubject: b\r\nTo:"), KEYS) == Verdict.DOES_NOT_FIT

    def test_a_message_without_one_has_none(self):
        assert signatures(HEADER + b"\r\nDKIM-Signature: in the body") == []

    def test_of_several_each_is_told(self):
        assert [each.verdict for each in signatures(b"DKIM-Signature: x\r\n" + signed())] == [
            Verdict.UNREADABLE,
            Verdict.BODY_HOLDS,
        ]

    @given(st.binary(max_size=300), st.binary(max_size=300))
    def test_of_any_bytes_something_is_told(self, head, body):
        for signature in signatures(b"DKIM-Signature:" + head + b"\r\n\r\n" + body, KEYS):
            assert signature.verdict in Verdict


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the real messages, ../shared/data/samples, are not here")
class TestReal:
    @pytest.mark.parametrize("name", ["gmail", "related", "multipart-no-end-boundary"])
    def test_messages_with_the_key_beside_them_hold(self, name):
        lines = (SAMPLES / "dkim__gmail.pub").read_text().splitlines()
        record = "p=" + "".join(line for line in lines if not line.startswith("-"))
        message = (SAMPLES / f"dkim__{name}.msg").read_bytes()
        (signature,) = signatures(message, {"20120113._domainkey.gmail.com": record})
        assert signature.verdict == Verdict.HOLDS
        changed = message.replace(b"\nSubject: ", b"\nSubject: x", 1)
        assert signatures(changed, {signature.key_name: record})[0].verdict == Verdict.DOES_NOT_FIT

    def test_the_example_of_rfc_8463_holds_for_both_keys(self):
        keys = {
            "brisbane._domainkey.football.example.com": "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
            "test._domainkey.football.example.com": "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWR"
            "iGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hst"
            "T5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB",
        }  # fmt: skip
        found = signatures((SAMPLES / "dkim__rfc8463-example.msg").read_bytes(), keys)
        assert [signature.verdict for signature in found] == [Verdict.HOLDS, Verdict.HOLDS]
