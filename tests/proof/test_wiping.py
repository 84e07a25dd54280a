"""A secret is overwritten where it lies."""

from __future__ import annotations

import pytest

from panah import proof


class TestWipe:
    @pytest.mark.parametrize("length", [2, 32, 33, 5000])
    def test_leaves_zeros_where_the_secret_was(self, length):
        secret = bytes(range(1, 251)) * (length // 250 + 1)
        secret = bytearray(secret[:length])
        secret = bytes(secret)
        again = secret
        proof.wipe(secret)
        assert again == bytes(length)

    def test_touches_nothing_beside_it(self):
        before, secret, after = (bytes(bytearray([number]) * 32) for number in (1, 2, 3))
        proof.wipe(secret)
        assert (before, secret, after) == (b"\x01" * 32, bytes(32), b"\x03" * 32)

    @pytest.mark.parametrize("shared", [b"", b"a"])
    def test_leaves_alone_what_python_keeps_for_everybody(self, shared):
        proof.wipe(bytes(bytearray(shared)))
        assert bytes(bytearray(b"a")) == b"a"
