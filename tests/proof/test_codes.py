"""Codes of telephones, compared with the vectors of RFC 6238, and codes on paper."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from panah import proof

SECRET = b"12345678901234567890"
# RFC 6238, appendix B, SHA-1; the last six of the eight digits.
VECTORS = [
    (59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037"),
    (20000000000, "353130"),
]  # fmt: skip


def at(seconds: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)


class TestTelephone:
    @pytest.mark.parametrize(("seconds", "code"), VECTORS)
    def test_shows_what_the_standard_says(self, seconds, code):
        assert proof.code_now(SECRET, at(seconds)) == code
        assert proof.step_of(code, SECRET, at(seconds)) == seconds // 30

    @pytest.mark.parametrize(("astray", "fits"), [(-60, False), (-30, True), (30, True), (60, False)])
    def test_may_go_astray_by_one_step(self, astray, fits):
        now = at(1234567890)
        assert (proof.step_of(proof.code_now(SECRET, now + timedelta(seconds=astray)), SECRET, now) is not None) == fits

    @pytest.mark.parametrize("code", ["", "5924", "005925", "0059240", "٠٠٥٩٢٤", "００５９２４", "\x00", "005924\n"])
    def test_shows_nothing_else(self, code):
        assert proof.step_of(code, SECRET, at(1234567890)) is None

    def test_can_be_told_the_secret_by_a_square_or_by_hand(self):
        assert proof.typed_secret(SECRET) == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"
        address = proof.code_address(SECRET, "ئايپەرى & sons?")
        assert address.startswith("otpauth://totp/Panah:%D8%A6")
        assert " " not in address
        assert "secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&" in address

    def test_gets_a_secret_of_its_own(self):
        made = {proof.new_code_secret() for _ in range(50)}
        assert (len(made), {len(secret) for secret in made}) == (50, {20})


class TestPaper:
    def test_is_read_however_it_was_typed(self):
        code = proof.new_paper_code()
        typed = [code.upper(), code.replace("-", ""), f" {code} ".replace("-", " - ")]
        assert {proof.paper_digest(each) for each in typed} == {proof.paper_digest(code)}

    def test_holds_no_two_signs_that_look_alike(self):
        assert not set("".join(proof.new_paper_code() for _ in range(300))) & set("01ilo")

    def test_is_never_the_same(self):
        assert len({proof.new_paper_code() for _ in range(300)} | {proof.new_token() for _ in range(300)}) == 600
