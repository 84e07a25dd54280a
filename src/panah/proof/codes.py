"""Codes that a member's telephone shows (TOTP, RFC 6238), codes on paper for when it is lost, and words for one use."""

from __future__ import annotations

import base64
import hmac
import os
import secrets
from datetime import datetime
from urllib.parse import quote

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP

from panah.proof.digest import Digest, digest_of

STEP = 30
"""Seconds for which a telephone shows one code."""
DIGITS = 6
ASTRAY = 1
"""Steps by which the telephone's clock may differ from ours, before or after."""
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Those that nobody confuses on paper."""


def new_code_secret() -> bytes:
    """What a telephone and the workspace share: 20 bytes, as long as the digest (RFC 4226, section 4, R6)."""
    return os.urandom(20)


def step_of(code: str, secret: bytes, at: datetime) -> int | None:
    """The step whose code this is, among those that a telephone might show now; None where it is none of them."""
    now = int(at.timestamp()) // STEP
    counter = _counter(secret)
    fitting = [
        step
        for step in range(now - ASTRAY, now + ASTRAY + 1)
        if hmac.compare_digest(counter.generate(step), code.encode())
    ]
    return fitting[-1] if fitting else None


def code_now(secret: bytes, at: datetime) -> str:
    """What a telephone shows at a moment."""
    return _counter(secret).generate(int(at.timestamp()) // STEP).decode()


def typed_secret(secret: bytes) -> str:
    """The secret as somebody types it who cannot photograph it: base 32, in fours."""
    digits = base64.b32encode(secret).decode()
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def code_address(secret: bytes, name: str) -> str:
    """What the square holds that a telephone photographs (`otpauth://`). It names the program, and who signs in."""
    digits = base64.b32encode(secret).decode()
    return f"otpauth://totp/Panah:{quote(name)}?secret={digits}&issuer=Panah&digits={DIGITS}&period={STEP}"


def new_paper_code() -> str:
    """A recovery code: sixteen letters and digits, about 79 random bits, in fours."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(16))
    return "-".join(letters[at : at + 4] for at in range(0, 16, 4))


def paper_digest(code: str) -> Digest:
    """What is kept of a recovery code, however it was typed."""
    return digest_of("".join(sign for sign in code.lower() if sign.isalnum()).encode())


def new_token() -> str:
    """256 random bits for an address that works once."""
    return secrets.token_urlsafe(32)


def token_digest(token: str) -> Digest:
    """What is kept of such an address: nobody tries 256 bits, so it needs no key and no salt."""
    return digest_of(token.encode())


def _counter(secret: bytes) -> HOTP:
    # SHA-1 is what telephones understand; here it signs nothing, and HMAC does not rest on its collisions.
    return HOTP(secret, DIGITS, SHA1(), enforce_key_length=False)  # noqa: S303
