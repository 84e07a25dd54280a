"""Passkeys (W3C WebAuthn, level 2): made and asked for by a browser, checked here by the library of Yubico.

It is not loaded with the rest of `proof`: `panah-verify` needs none of it.
"""

from __future__ import annotations

import json
import struct
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from fido2 import cbor
from fido2.rpid import verify_rp_id
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from panah.errors import PanahError

_WRONG = (
    ValueError, LookupError, TypeError, AttributeError, AssertionError, ArithmeticError, RecursionError,
    NotImplementedError, struct.error,
)  # fmt: skip
"""What the library raises for an answer that is none: it reads much of it as if it were whole."""

LONGEST = 64 * 1024
"""Characters of an answer. A passkey with a long certificate takes a tenth of that."""
_NOTHING_MADE = websafe_encode(cbor.encode({"authData": b""}))
"""Stands for what was made in an answer that only shows a passkey."""
PROMPT = UserVerificationRequirement.PREFERRED
"""Its finger or PIN where it has one: it is the second factor, after a password, and a key that only is touched is one."""


class PasskeyRefused(PanahError):
    """This passkey was not accepted: {reason}."""

    status = 403


class Asked(NamedTuple):
    """What the browser is asked, and what must be remembered until it answers; both plain JSON."""

    options: dict[str, Any]
    state: dict[str, Any]


class Passkey(NamedTuple):
    """What is kept of a passkey: nothing of it is secret."""

    id: bytes
    credential: bytes
    uses: int
    """As the passkey counts them; many count nothing and say 0."""


def can_be_used_at(origin: str) -> bool:
    """Whether browsers allow passkeys there: at `localhost`, or at a name that is reached through TLS."""
    host = urlsplit(origin).hostname or ""
    is_a_number = ":" in host or host.replace(".", "").isdigit()
    return not is_a_number and verify_rp_id(host, origin)


def ask_to_make(origin: str, *, member: bytes, name: str, have: list[bytes]) -> Asked:
    """Ask a browser for a new passkey, other than those that the member has."""
    options, state = _server(origin).register_begin(
        PublicKeyCredentialUserEntity(id=member, name=name, display_name=name),
        [AttestedCredentialData(credential) for credential in have],
        resident_key_requirement=ResidentKeyRequirement.DISCOURAGED,
        user_verification=PROMPT,
    )
    return Asked(dict(options)["publicKey"], state)


def made(origin: str, state: dict[str, Any], answer: str) -> Passkey:
    """The passkey that a browser made. Raises `PasskeyRefused`."""
    try:
        found = _server(origin).register_complete(state, _read(answer))
    except _WRONG as error:
        raise PasskeyRefused(reason=_reason(error)) from None
    credential = found.credential_data
    if credential is None:
        raise PasskeyRefused(reason="it holds no key")
    return Passkey(credential.credential_id, bytes(credential), found.counter)


def ask_to_use(origin: str, have: list[bytes]) -> Asked:
    """Ask a browser to show one of these passkeys."""
    options, state = _server(origin).authenticate_begin(
        [AttestedCredentialData(credential) for credential in have], user_verification=PROMPT
    )
    return Asked(dict(options)["publicKey"], state)


def used(origin: str, state: dict[str, Any], answer: str, have: list[bytes]) -> Passkey:
    """Which of these passkeys a browser showed. Raises `PasskeyRefused`."""
    read = _read(answer)
    try:
        found = _server(origin).authenticate_complete(state, [AttestedCredentialData(each) for each in have], read)
        uses = AuthenticationResponse.from_dict(read).response.authenticator_data.counter
    except _WRONG as error:
        raise PasskeyRefused(reason=_reason(error)) from None
    return Passkey(found.credential_id, bytes(found), uses)


def _server(origin: str) -> Fido2Server:
    host = urlsplit(origin).hostname or ""
    return Fido2Server(PublicKeyCredentialRpEntity(id=host, name="Panah"), verify_origin=lambda said: said == origin)


def _read(answer: str) -> dict[str, Any]:
    """An answer with nothing in it but text where the library expects text or bytes. Raises `PasskeyRefused`.

    Of a number that stands there it makes so many bytes, until no memory is left; so none comes near it.
    """
    try:
        read = json.loads(answer) if len(answer) <= LONGEST else {}
        parts = _texts(read["response"])
        told = json.loads(websafe_decode(parts["clientDataJSON"]))
        made: Any = cbor.decode(websafe_decode(parts.get("attestationObject", _NOTHING_MADE)))
        texts = (told["challenge"], read.get("id", ""), read.get("type", ""))
        fits = all(isinstance(text, str) for text in texts) and isinstance(made["authData"], bytes)
    except _WRONG:
        fits = False
    if not fits:
        raise PasskeyRefused(reason="the answer of the browser cannot be read")
    return {**_texts(read), "response": parts}


def _texts(said: dict[str, Any]) -> dict[str, Any]:
    return {name: words for name, words in said.items() if isinstance(words, str)}


def _reason(error: Exception) -> str:
    """In one word what was wrong, and nothing that the other side wrote."""
    known = {"challenge": "it answers another question", "origin": "it is of another address", "Unknown": "it is not known here",
             "signature": "its signature is wrong", "RP ID": "it is of another address"}  # fmt: skip
    return next((reason for word, reason in known.items() if word in str(error)), "the answer of the browser is wrong")
