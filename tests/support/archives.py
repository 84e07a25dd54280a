"""Archives of files, of messages and of web pages, as programs write them. Everything in them is invented."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import tarfile
import zipfile

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from support.authority import LocalAuthority

TITLE = "A page of an invented paper"
ADDRESS = "https://example.org/a"


def zipped(parts: dict[str, bytes], *, packed: bool = True) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=archive.compression)
    return out.getvalue()


def box() -> bytes:
    """Two invented papers, packed."""
    return zipped({"letters/پاناھ.txt": "ئۇ تۇتۇپ قېلىندى.".encode(), "a list of names.txt": b"Nobody is on it."})


def tar(parts: dict[str, bytes], *, link: str = "") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, content in parts.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
        if link:
            entry = tarfile.TarInfo(link)
            entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
            archive.addfile(entry)
    return out.getvalue()


def mbox(*messages: bytes) -> bytes:
    return b"".join(b"From someone@example.org Fri Mar  1 10:00:00 2019\n" + message + b"\n" for message in messages)


def _digest(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def warc(body: bytes, *, kind: str = "text/html", charset: str = "", address: str = ADDRESS, packed: str = "") -> bytes:
    """A WARC file of one answer, with digests; `packed` is the name of the way in which its body is packed."""
    said = f"{kind}; charset={charset}" if charset else kind
    how = f"Content-Encoding: {packed}\r\n" if packed else ""
    block = f"HTTP/1.1 200 OK\r\nContent-Type: {said}\r\n{how}\r\n".encode() + body
    head = [
        "WARC/1.1", "WARC-Type: response", f"WARC-Target-URI: {address}", "WARC-Date: 2024-05-01T10:00:00Z",
        "WARC-Record-ID: <urn:uuid:6f5d1b1e-0000-4000-8000-000000000000>", f"WARC-Block-Digest: {_digest(block)}",
        f"WARC-Payload-Digest: {_digest(body)}", "Content-Type: application/http; msgtype=response",
        f"Content-Length: {len(block)}",
    ]  # fmt: skip
    return "\r\n".join(head).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def arc(body: bytes) -> bytes:
    """An ARC file of one answer."""
    about = b"1 0 Invented\nURL IP-address Archive-date Content-type Archive-length\n\n"
    block = b"HTTP/1.1 200 OK\nContent-Type: text/html\n\n" + body
    return (
        f"filedesc://invented.arc 127.0.0.1 20140216050221 text/plain {len(about)}\n".encode() + about
        + f"{ADDRESS} 127.0.0.1 20140216050221 text/html {len(block)}\n".encode() + block + b"\n"
    )  # fmt: skip


def wacz(body: bytes, *, changed: str = "", seal: bytes = b"") -> bytes:
    """A WACZ file of one page; one of its files may be changed after it was listed."""
    page = {"url": ADDRESS, "title": TITLE, "ts": "2024-05-01T10:00:00Z"}
    files = {"archive/a.warc": warc(body), "pages/pages.jsonl": json.dumps(page).encode()}
    package = _package(files)
    if changed:
        files[changed] += b"\n"
    more = {"datapackage-digest.json": seal} if seal else {}
    return zipped({**files, "datapackage.json": package, **more})


def signed_wacz(body: bytes, clock: LocalAuthority | None = None, **change: object) -> bytes:
    """One that an invented key has signed, and a clock stamped; `change` is made in what was signed afterwards."""
    key = ec.generate_private_key(ec.SECP256R1())
    public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    page = {"url": ADDRESS, "title": TITLE, "ts": "2024-05-01T10:00:00Z"}
    digest = _digest(_package({"archive/a.warc": warc(body), "pages/pages.jsonl": json.dumps(page).encode()}))
    signed = {
        "hash": digest,
        "created": "2024-05-01T10:00:05Z",
        "software": "invented",
        "publicKey": base64.b64encode(public).decode(),
        "signature": base64.b64encode(key.sign(digest.encode(), ec.ECDSA(hashes.SHA256()))).decode(),
    }
    if clock:
        signed["timeSignature"] = base64.b64encode(clock.stamp(signed["signature"].encode())).decode()
        signed["timestampCert"] = clock.certificates()
    seal = json.dumps({"path": "datapackage.json", "hash": digest, "signedData": signed | change})
    return wacz(body, seal=seal.encode())


def _package(files: dict[str, bytes]) -> bytes:
    listed = [{"name": name, "path": name, "hash": _digest(files[name]), "bytes": len(files[name])} for name in files]
    return json.dumps({"profile": "data-package", "resources": listed}).encode()
