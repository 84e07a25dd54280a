"""The ledger, followed from its first line, and compared with what the workspace signed about it.

A chain whose end was cut off, or that was written anew, still holds: the signed blocks tell, as far as the newest.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from panah import proof
from panah.team import chain, queries
from panah.team.models import LedgerBlock


class Followed(NamedTuple):
    """What came of it."""

    lines: int
    withheld: int = 0
    """Of how many lines an erasure took what they are about."""
    signed: int = 0
    """The last line of the newest block: up to it nothing is missing."""
    stamped: int = 0
    """The last line whose block has a time-stamp."""
    broken: int = 0
    """The first line that was found not to be as it was; 0 where all hold."""
    reason: str = ""


def followed(workspace: proof.PublicKey, roots: Callable[[], bytes]) -> Followed:
    """Follow the chain, then ask each block. `roots` gives the certificates under which time-stamps are checked.

    Raises `TimestampUnchecked`, and what `roots` raises: a check that did not run is none.
    """
    blocks = list(LedgerBlock.objects.order_by("last"))  # before the lines: none ends on one that was not yet there
    lines = chain.followed({block.last for block in blocks})
    found = Followed(queries.length(), lines.withheld, broken=lines.broken, reason=lines.reason)
    for block in blocks if not lines.broken else ():
        if reason := _wrong_with(block, found.signed, lines.links.get(block.last), workspace, roots):
            return found._replace(broken=block.last, reason=reason)
        found = found._replace(signed=block.last, stamped=block.last if block.token else found.stamped)
    return found


def _wrong_with(
    block: LedgerBlock, signed: int, link: str | None, workspace: proof.PublicKey, roots: Callable[[], bytes]
) -> str:
    """Why a block, after which `signed` was the last signed line, does not hold; nothing where it does."""
    if block.first != signed + 1:
        return f"a signed block of lines from {signed + 1} on was removed"
    if link != block.link:
        return f"the line on which a signed block ends {'is another one now' if link else 'is not there any more'}"
    stated = proof.Block(workspace, block.first, block.last, proof.Digest(block.link), block.at)
    if not proof.block_holds(stated, block.signature):
        return "the signed block that ends on it was not signed by the key of this workspace"
    if block.token:
        try:
            proof.read_stamp(bytes(block.token), bytes.fromhex(block.signature), roots())
        except proof.TimestampBroken as error:
            return error.sentence.rstrip(".")
    return ""
