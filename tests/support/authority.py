"""A time-stamping authority of our own (RFC 3161): OpenSSL behind an address on the loopback.

with LocalAuthority(folder).serving() as authority:
    answer = timestamp.stamp(b"message", authority)
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from panah.proof import Authority

_SETTINGS = """
[tsa]
default_tsa = authority
[authority]
serial = {folder}/serial
default_policy = 1.3.6.1.4.1.13762.3
digests = {digests}
accuracy = secs:1
ess_cert_id_alg = sha256
signer_digest = sha256
"""

Answer = tuple[int, bytes]
"""Status and body of an HTTP answer."""


class LocalAuthority:
    """A root, perhaps an authority between, and one that signs times; their keys are P-256 and live in `folder`.

    `chain` names the certificates that go with each answer beside the signer's own: "root", "between", in this order.
    `digests` are the algorithms that it takes; a question in another is answered with a refusal.
    """

    def __init__(self, folder: Path, *, chain: Sequence[str] = (), digests: str = "sha256, sha384, sha512") -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        certificates = {"root": _certificate("Root of the tests")}
        issuer = certificates["root"]
        if "between" in chain:
            issuer = certificates["between"] = _certificate("Between", issuer)
        certificates["signer"] = _certificate("Clock of the tests", issuer, signs_times=True)
        for name, (certificate, key) in certificates.items():
            (folder / f"{name}.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
            (folder / f"{name}.key").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        (folder / "chain.pem").write_bytes(b"".join((folder / f"{name}.pem").read_bytes() for name in chain))
        (folder / "settings").write_text(_SETTINGS.format(folder=folder, digests=digests), encoding="utf-8")
        (folder / "serial").write_text("01\n", encoding="ascii")
        self._chain = chain
        self.roots_file = folder / "root.pem"
        self.roots = self.roots_file.read_bytes()

    def answer(self, question: bytes) -> bytes:
        """The answer of `openssl ts -reply` to a question (a TimeStampReq in DER)."""
        (self._folder / "question").write_bytes(question)
        chain = ["-chain", "chain.pem"] if self._chain else []
        signing = ["-signer", "signer.pem", "-inkey", "signer.key", *chain]
        self._openssl("-reply", "-config", "settings", "-queryfile", "question", *signing, "-out", "answer")
        return (self._folder / "answer").read_bytes()

    def certificates(self) -> str:
        """The signer's certificate and those above it, in PEM, as they may be handed on beside an answer without any."""
        names = ["signer", "between", "root"] if "between" in self._chain else ["signer", "root"]
        return "".join((self._folder / f"{name}.pem").read_text() for name in names)

    def stamp(self, message: bytes, *options: str) -> bytes:
        """An answer over `message`, asked for by OpenSSL with `options` such as `-cert`, without the network."""
        (self._folder / "message").write_bytes(message)
        self._openssl("-query", "-data", "message", "-sha256", *options, "-out", "question")
        return self.answer((self._folder / "question").read_bytes())

    def openssl_agrees(self, answer: bytes, message: bytes) -> bool:
        """What `openssl ts -verify` finds."""
        (self._folder / "to-verify").write_bytes(answer)
        (self._folder / "message").write_bytes(message)
        between = ["-untrusted", "chain.pem"] if self._chain else []
        asked = ["-verify", "-data", "message", "-in", "to-verify", "-CAfile", "root.pem", *between]
        return self._openssl(*asked, check=False) == 0

    @contextmanager
    def serving(self, answering: Callable[[bytes], Answer] | None = None) -> Iterator[Authority]:
        """The authority at an address of its own; `answering` takes the place of its answers."""
        with answering_at_loopback(answering or (lambda question: (200, self.answer(question)))) as url:
            yield Authority(url, self.roots)

    def _openssl(self, *arguments: str, check: bool = True) -> int:
        ran = subprocess.run(["openssl", "ts", *arguments], cwd=self._folder, capture_output=True, check=False)
        if check and ran.returncode:
            raise RuntimeError(ran.stderr.decode())
        return ran.returncode


@contextmanager
def answering_at_loopback(answering: Callable[[bytes], Answer]) -> Iterator[str]:
    """The address of a web server that gives every POST its answer; a GET, which no authority takes, counts as empty."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            status, body = answering(self.rfile.read(int(self.headers.get("Content-Length", 0))))
            self.send_response(status)
            self.send_header("Content-Type", "application/timestamp-reply")
            if status in {301, 302, 303, 307, 308}:
                self.send_header("Location", body.decode())
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            self.do_POST()

        def log_message(self, *_line: object) -> None:
            """Says nothing on the terminal."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


Certified = tuple[x509.Certificate, ec.EllipticCurvePrivateKey]


def _certificate(name: str, issuer: Certified | None = None, *, signs_times: bool = False) -> Certified:
    """A certificate by `issuer`, or by itself, for another authority or, where it `signs_times`, for a clock."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer[0].subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.BasicConstraints(ca=not signs_times, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(_usage(signs_times=signs_times), critical=True)
    )
    if signs_times:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    if issuer:
        above = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer[1].public_key())
        builder = builder.add_extension(above, critical=False)
    return builder.sign(issuer[1] if issuer else key, SHA256()), key


def _usage(*, signs_times: bool) -> x509.KeyUsage:
    unused = dict.fromkeys(
        [
            "content_commitment",
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "encipher_only",
            "decipher_only",
        ],
        False,
    )
    signs_certificates = not signs_times
    return x509.KeyUsage(
        digital_signature=signs_times, key_cert_sign=signs_certificates, crl_sign=signs_certificates, **unused
    )
