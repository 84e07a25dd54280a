"""A key as it is plugged into a browser, and the browser: they answer what WebAuthn asks, rightly or as a forger would."""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

PRESENT, VERIFIED, WITH_KEY = 1, 4, 64


def cbor(value) -> bytes:
    """RFC 8949, as much of it as is needed here."""
    match value:
        case int() if value < 0:
            return _head(1, -1 - value)
        case int():
            return _head(0, value)
        case bytes():
            return _head(2, len(value)) + value
        case str():
            return _head(3, len(value.encode())) + value.encode()
        case dict():
            return _head(5, len(value)) + b"".join(cbor(key) + cbor(kept) for key, kept in value.items())
    raise TypeError(value)


def _head(kind: int, number: int) -> bytes:
    if number < 24:
        return bytes([kind << 5 | number])
    size = next(size for size in (0, 1, 2, 3) if number < 256 ** (1 << size))
    return bytes([kind << 5 | 24 + size]) + number.to_bytes(1 << size)


def as_text(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


class Authenticator:
    """One key with one credential. What is said otherwise (`origin`, `host`, `challenge`, ...) is said falsely."""

    def __init__(self, credential: bytes = b"an invented credential", uses: int = 0) -> None:
        self.id = credential
        self.uses = uses
        self.key = ec.generate_private_key(ec.SECP256R1())

    def makes(self, options, origin: str, **falsely) -> str:
        """What the browser answers when it was asked for a new passkey."""
        said = self._said("webauthn.create", options, origin, **falsely)
        data = self._data(options["rp"]["id"], WITH_KEY, **falsely) + bytes(16)
        data += len(self.id).to_bytes(2) + self.id + self._public()
        kept = cbor({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer(clientDataJSON=said, attestationObject=kept)

    def shows(self, options, origin: str, **falsely) -> str:
        """What the browser answers when it was asked for a passkey; each time it counts one more use, if it counts."""
        self.uses += 1 if self.uses else 0
        said = self._said("webauthn.get", options, origin, **falsely)
        data = self._data(options["rpId"], 0, **falsely)
        signature = self.key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(clientDataJSON=said, authenticatorData=data, signature=signature)

    def _said(self, kind, options, origin, *, challenge=None, kind_said=None, **_falsely) -> bytes:
        challenge = options["challenge"] if challenge is None else challenge
        return json.dumps({"type": kind_said or kind, "challenge": challenge, "origin": origin}).encode()

    def _data(self, host, more, *, host_said=None, present=True, **_falsely) -> bytes:
        flags = (PRESENT | VERIFIED if present else 0) | more
        return hashlib.sha256((host_said or host).encode()).digest() + bytes([flags]) + self.uses.to_bytes(4)

    def _public(self) -> bytes:
        point = self.key.public_key().public_numbers()
        return cbor({1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32), -3: point.y.to_bytes(32)})

    def _answer(self, **response: bytes) -> str:
        told = {name: as_text(content) for name, content in response.items()}
        shown = {"id": as_text(self.id), "rawId": as_text(self.id), "type": "public-key", "response": told}
        return json.dumps(shown | {"clientExtensionResults": {}})


def spoiled(answer: str, part: str, place: int) -> str:
    """An answer in which one bit of a part is another."""
    read = json.loads(answer)
    content = bytearray(urlsafe_b64decode(read["response"][part] + "=="))
    content[place % len(content)] ^= 1
    read["response"][part] = as_text(bytes(content))
    return json.dumps(read)


MORE_THAN_ANY_MACHINE_HAS = 10**15


def numbered(answer: str, part: str) -> str:
    """An answer in which a number stands in the place of a part: whoever took it for a length would ask for as much memory."""
    read = json.loads(answer)
    response = read["response"]
    if part == "challenge":
        said = json.loads(urlsafe_b64decode(response["clientDataJSON"] + "=="))
        response["clientDataJSON"] = as_text(json.dumps(said | {part: MORE_THAN_ANY_MACHINE_HAS}).encode())
    elif part == "authData":
        made = {"fmt": "none", "attStmt": {}, part: MORE_THAN_ANY_MACHINE_HAS}
        response["attestationObject"] = as_text(cbor(made))
    else:
        (response if part in response else read)[part] = MORE_THAN_ANY_MACHINE_HAS
    return json.dumps(read)
