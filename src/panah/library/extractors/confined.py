"""The program that reads documents. It is started by `supervisor.py`, with nothing in its environment.

It loads the extractors once; for each document it forks, and the child confines itself before it looks at a byte. A
document that crashes, hangs or swells takes only its own child with it.
"""

from __future__ import annotations

import json
import mmap
import os
import select
import signal
import socket
import sys

from panah.errors import PanahError
from panah.library.extractors import Extracted, Extractor, loaded
from panah.library.extractors.confine import Limits, confine

ORDER = 64 * 1024
"""Bytes of the longest order or answer."""


def serve(orders: socket.socket, extractors: dict[str, Extractor], limits: Limits) -> None:
    """Take orders until the supervisor hangs up: a media type with two files, the content and an empty one."""
    while True:
        order, files, _flags, _address = socket.recv_fds(orders, ORDER, 2)
        if not order:
            return
        content, result = files
        answer = _in_a_child(json.loads(order)["media_type"], content, result, orders, extractors, limits)
        os.close(content)
        os.close(result)
        orders.send(json.dumps(answer).encode())


def _in_a_child(
    media_type: str, content: int, result: int, orders: socket.socket, extractors: dict[str, Extractor], limits: Limits
) -> dict[str, int]:
    child = os.fork()
    if child == 0:
        orders.close()
        os._exit(_read(extractors[media_type], content, result, limits))
    watch = os.pidfd_open(child)
    ended, _, _ = select.select([watch], [], [], 2 * limits.seconds)
    if not ended:
        os.kill(child, signal.SIGKILL)
    os.close(watch)
    _, status = os.waitpid(child, 0)
    return {"exit": os.waitstatus_to_exitcode(status), "late": int(not ended)}


def _read(extractor: Extractor, content: int, result: int, limits: Limits) -> int:
    """The child: confine, read, write the result, and end without running anything else."""
    try:
        confine(limits)
        size = os.fstat(content).st_size
        extracted = extractor.read(mmap.mmap(content, size, access=mmap.ACCESS_READ)[:] if size else b"")
        _write(result, *_packed(extracted))
    except PanahError as error:
        _write(result, json.dumps({"code": error.code, "sentence": error.sentence}).encode(), b"")
    except MemoryError:
        return os.EX_OSERR
    except Exception as error:  # noqa: BLE001  whatever a parser raises is this document's reason, not our failure
        sentence = f"The program that reads it failed on it ({type(error).__name__})."
        _write(result, json.dumps({"code": "extractor-failed", "sentence": sentence}).encode(), b"")
    return os.EX_OK


def _packed(extracted: Extracted) -> tuple[bytes, bytes]:
    """Header and text, the offsets now in bytes of UTF-8."""
    bounds = [place for paragraph in extracted.paragraphs for place in paragraph]
    at = _byte_offsets(extracted.text, [*bounds, *extracted.pages])
    header = {
        "paragraphs": [[at[start], at[end]] for start, end in extracted.paragraphs],
        "pages": [at[page] for page in extracted.pages],
        "about": dict(extracted.about),
        "found": dict(extracted.found),
    }
    return json.dumps(header).encode(), _utf_8(extracted.text)


def _byte_offsets(text: str, places: list[int]) -> dict[int, int]:
    offsets, character, byte = {}, 0, 0
    for place in sorted(set(places)):
        byte += len(_utf_8(text[character:place]))
        character, offsets[place] = place, byte
    return offsets


def _utf_8(text: str) -> bytes:
    """UTF-8; half characters, which it cannot hold, as question marks."""
    return text.encode("utf-8", "replace")


def _write(result: int, header: bytes, text: bytes) -> None:
    for piece in (len(header).to_bytes(4, "big"), header, text):
        view = memoryview(piece)
        while view:
            view = view[os.write(result, view) :]


def main() -> None:
    """Started as `python -m panah.library.extractors.confined SOCKET LIMITS FOLDERS EXTRACTOR...`."""
    descriptor, limits, folders, *paths = sys.argv[1:]
    sys.path += json.loads(folders)
    with socket.socket(fileno=int(descriptor)) as orders:
        serve(orders, loaded(paths), Limits(**json.loads(limits)))


if __name__ == "__main__":
    main()
