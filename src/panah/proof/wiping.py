"""Secrets overwritten in memory, as far as Python lets one."""

from __future__ import annotations

import ctypes

_BEGIN = bytes.__basicsize__ - 1
"""Where the bytes of a bytes object begin in CPython: after its header, which counts the closing zero as one more."""


def wipe(secret: bytes) -> None:
    """Overwrite a secret where it lies. Nobody may hold it for anything any more.

    Copies are not reached: those that libraries made, those that were swapped out, and what a passphrase was typed into.
    """
    if len(secret) > 1:  # Python keeps one of each single byte, and of none, for everybody
        ctypes.memset(id(secret) + _BEGIN, 0, len(secret))
