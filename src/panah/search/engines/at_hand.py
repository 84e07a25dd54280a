"""Which engine answers: one that follows the database and has caught up, where `panah serve` has one; FTS5 otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panah.search.engines import Engine, fts5_ranking

if TYPE_CHECKING:  # a command that asks one question loads no Tantivy
    from panah.search.engines.following import Following


class _AtHand:
    following: Following | None = None


def engine() -> Engine:
    """What answers a question that is asked now."""
    following = _AtHand.following
    return (following and following.answering()) or fts5_ranking


def take_up(following: Following) -> None:
    """Let an engine answer from now on, whenever it has caught up."""
    _AtHand.following = following


def put_down() -> None:
    """Let FTS5 answer from now on."""
    _AtHand.following = None
