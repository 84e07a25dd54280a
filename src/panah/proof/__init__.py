"""Digests, chains, seals and their verification: the one package that touches cryptography.

It knows nothing of the rest of Panah, and is all that `panah-verify` loads.
"""

from panah.proof.aead import (
    CHUNK,
    Encryption,
    Key,
    Opened,
    SealBroken,
    decrypted,
    derived,
    encrypted,
    unwrapped,
    wrapped,
)
from panah.proof.canonical import Canonical, NotCanonical, canonical, read_canonical
from panah.proof.chain import GENESIS, Link, body_digest, first_break, linked
from panah.proof.codes import (
    code_address,
    code_now,
    new_code_secret,
    new_paper_code,
    new_token,
    paper_digest,
    step_of,
    token_digest,
    typed_secret,
)
from panah.proof.digest import Digest, Digester, DigestUnknown, digest_from, digest_of, digest_of_stream, hexadecimal
from panah.proof.ledger import Block, Followed, Stretch, block_holds, block_signature, follow
from panah.proof.names import hidden_name, random_key, random_salt
from panah.proof.passphrase import Parameters, ParametersWeak, key_from
from panah.proof.password import password_fits, password_kept
from panah.proof.signing import PublicKey, SigningKey, fingerprint, new_signing_key, public_key
from panah.proof.timestamp import (
    Authority,
    Stamp,
    TimestampBroken,
    TimestampRefused,
    TimestampUnchecked,
    read_stamp,
    stamp,
)
from panah.proof.wiping import wipe

__all__ = [
    "CHUNK",
    "GENESIS",
    "Authority",
    "Block",
    "Canonical",
    "Digest",
    "DigestUnknown",
    "Digester",
    "Encryption",
    "Followed",
    "Key",
    "Link",
    "NotCanonical",
    "Opened",
    "Parameters",
    "ParametersWeak",
    "PublicKey",
    "SealBroken",
    "SigningKey",
    "Stamp",
    "Stretch",
    "TimestampBroken",
    "TimestampRefused",
    "TimestampUnchecked",
    "block_holds",
    "block_signature",
    "body_digest",
    "canonical",
    "code_address",
    "code_now",
    "decrypted",
    "derived",
    "digest_from",
    "digest_of",
    "digest_of_stream",
    "encrypted",
    "fingerprint",
    "first_break",
    "follow",
    "hexadecimal",
    "hidden_name",
    "key_from",
    "linked",
    "new_code_secret",
    "new_paper_code",
    "new_signing_key",
    "new_token",
    "paper_digest",
    "password_fits",
    "password_kept",
    "public_key",
    "random_key",
    "random_salt",
    "read_canonical",
    "read_stamp",
    "stamp",
    "step_of",
    "token_digest",
    "typed_secret",
    "unwrapped",
    "wipe",
    "wrapped",
]
