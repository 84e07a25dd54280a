"""Messages as Outlook saves them, made from nothing: the smallest compound file that holds them (MS-CFB, MS-OXMSG)."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from itertools import accumulate, pairwise

Folder = Mapping[str, "bytes | Folder"]

NOTHING, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR, SMALL_SECTOR, SMALL = 512, 64, 4096


def compound(root: Folder) -> bytes:
    """A compound file with these folders and streams: directory, small streams, large streams, and the chains of all."""
    entries, children, following = walked(root)
    streams = [content for _, _, content in entries if not isinstance(content, Mapping)]
    small = [stream for stream in streams if len(stream) < SMALL]
    large = [stream for stream in streams if len(stream) >= SMALL]
    mini, mini_fat = (
        b"".join(padded(stream, SMALL_SECTOR) for stream in small),
        padded(pack(chains(small, SMALL_SECTOR))),
    )
    sizes = [
        -(-len(entries) // 4) * SECTOR,
        len(mini_fat),
        len(padded(mini)),
        *(len(padded(stream)) for stream in large),
    ]
    begins = [0, *accumulate(size // SECTOR for size in sizes)]
    starts = dict(zip(map(id, large), begins[3:], strict=False))
    starts |= dict(
        zip(map(id, small), accumulate([0, *(-(-len(each) // SMALL_SECTOR) for each in small)]), strict=False)
    )
    directory = b""
    for number, (name, kind, content) in enumerate(entries):
        start, size = (0, 0) if isinstance(content, Mapping) else (starts[id(content)], len(content))
        start, size = (begins[2], len(mini)) if number == 0 else (start, size)
        links = following.get(number, NOTHING), children.get(number, NOTHING)
        encoded = name.encode("utf-16-le") + b"\0\0"
        directory += struct.pack("<64sHBBIII16xI16xIQ", encoded, len(encoded), kind, 1, NOTHING, *links, 0, start, size)
    return b"".join(
        [
            *framed(begins, has_mini=bool(mini)),
            padded(directory),
            mini_fat,
            padded(mini),
            *map(padded, large),
            fat_of(begins),
        ]
    )


def walked(root: Folder):
    """All folders and streams, the root first; the first child of each folder, and what follows each in its folder."""
    entries, children, following = [("Root Entry", 5, root)], {}, {}
    for number, (_, _, content) in enumerate(entries):  # the list grows while it is walked
        if isinstance(content, Mapping) and content:
            children[number] = len(entries)
            following |= {at: at + 1 for at in range(len(entries), len(entries) + len(content) - 1)}
            entries.extend((name, 1 if isinstance(part, Mapping) else 2, part) for name, part in content.items())
    return entries, children, following


def fat_of(begins) -> bytes:
    """The chain of each part, one sector after another, and the sectors in which the chains themselves are."""
    fat = [number for begin, end in pairwise(begins) if end > begin for number in [*range(begin + 1, end), END]]
    return padded(pack(fat + [FAT] * sectors_of(begins)), SECTOR, b"\xff")


def sectors_of(begins) -> int:
    return -(-begins[-1] // 127)


def framed(begins, *, has_mini: bool):
    """The header of the file."""
    count = sectors_of(begins)
    yield struct.pack(
        "<8s16xHHHHH6xIIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, count, begins[0], 0, SMALL,
        begins[1] if has_mini else END, begins[2] - begins[1], END, 0, begins[-1],
    )  # fmt: skip
    yield pack([*range(begins[-1] + 1, begins[-1] + count)]).ljust(108 * 4, b"\xff")


def chains(streams, size):
    """One chain of sectors after another."""
    table = []
    for stream in streams:
        count = -(-len(stream) // size)
        table += [*range(len(table) + 1, len(table) + count), END] if count else []
    return table


def pack(numbers):
    return struct.pack(f"<{len(numbers)}I", *numbers)


def padded(content, size=SECTOR, filling=b"\0"):
    return content + filling * (-len(content) % size)


def properties(head: int, said: Mapping[int, object]) -> dict[str, bytes]:
    """The streams of a message, a recipient or an attachment: numbers and times in a table, all else in streams."""
    table, streams = bytes(head), {}
    for number, value in said.items():
        if isinstance(value, int):
            kind = 0x0040 if value > 0xFFFFFFFF else 0x0003
            table += struct.pack("<HHIQ", kind, number, 6, value)
        elif isinstance(value, bytes):
            streams[f"__substg1.0_{number:04X}{0x001E if number in OLD else 0x0102:04X}"] = value
        else:
            streams[f"__substg1.0_{number:04X}001F"] = str(value).encode("utf-16-le")
    return {"__properties_version1.0": table, **streams}


OLD = {0x0037, 0x1000, 0x3001}
"""What is given as bytes for these is text in an older encoding."""


def message(said: Mapping[int, object], recipients=(), attachments=(), *, head: int = 32) -> Folder:
    """A message with the people that it went to and the things attached: each properties, or a message for one inside."""
    parts: dict[str, object] = properties(head, said)
    for number, recipient in enumerate(recipients):
        parts[f"__recip_version1.0_#{number:08X}"] = properties(8, recipient)
    for number, attachment in enumerate(attachments):
        name = f"__attach_version1.0_#{number:08X}"
        if "inner" in attachment:
            parts[name] = {**properties(8, {0x3705: 5}), "__substg1.0_3701000D": attachment["inner"]}
        else:
            parts[name] = properties(8, attachment)
    return parts


def ticks(at) -> int:
    """A time as Windows counts it."""
    return round(at.timestamp() * 10_000_000) + 116_444_736_000_000_000


def compressed(rich: bytes) -> bytes:
    """Rich text as Outlook stores it, each letter as it is: a control byte of zeros before each eight."""
    content = b"".join(b"\0" + rich[at : at + 8] for at in range(0, len(rich), 8))
    check = zlib.crc32(content, 0xFFFFFFFF) ^ 0xFFFFFFFF
    return struct.pack("<II4sI", len(content) + 12, len(rich), b"LZFu", check) + content
