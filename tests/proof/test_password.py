"""What is kept of a password, and what fits it."""

from __future__ import annotations

import pytest

from panah import proof

KEPT = proof.password_kept("پاناھ correct Horse é")


class TestPassword:
    def test_is_kept_by_argon2id_with_a_salt_of_its_own(self):
        assert KEPT.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
        assert proof.password_kept("پاناھ correct Horse é") != KEPT

    @pytest.mark.parametrize("typed", ["پاناھ correct Horse é", "پاناھ correct Horse e\u0301"])
    def test_fits_from_every_keyboard(self, typed):
        assert proof.password_fits(typed, KEPT)

    @pytest.mark.parametrize("typed", ["", "پاناھ correct horse é", "پاناھ correct Horse é "])
    def test_fits_nothing_else(self, typed):
        assert not proof.password_fits(typed, KEPT)

    @pytest.mark.parametrize(
        "kept",
        [
            "",
            "!",
            "!random",
            "pbkdf2_sha256$1$a$b",
            "$argon2id$",
            "$argon2id$v=19$m=65536,t=3,p=4$x",
            "$argon2i$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaA",
        ],
    )
    def test_that_is_kept_otherwise_fits_nothing(self, kept):
        assert not proof.password_fits("", kept)
