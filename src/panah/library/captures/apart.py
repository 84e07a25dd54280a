"""Starts a program apart from everything: with no network but a door to this process, and no files of anybody's.

    python -m panah.library.captures.apart DOOR HEARS TELLS HIDDEN... -- PROGRAM ARGUMENTS...

The kernel keeps it apart, not the program's own good will: it gets a network of its own in which there is nothing but one
listening socket, which is handed to whoever started it through the descriptor DOOR; and empty folders in memory in the
place of all in which people and programs keep things, and of each HIDDEN one. When it has ended they are gone, however
it ended. It hears and tells by the descriptors 3 and 4, which it gets from HEARS and TELLS. Linux only. Where the system
does not let a user do this, the program is not started: exit code 71.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import signal
import socket
import struct
import sys
from pathlib import Path

_LIBC = ctypes.CDLL(None, use_errno=True)
_DEATH_SIGNAL = 1
_NEW_MOUNTS, _NEW_USERS, _NEW_NETWORK = 0x00020000, 0x10000000, 0x40000000
_PRIVATE, _RECURSIVE, _NO_SUID, _NO_DEVICES = 1 << 18, 1 << 14, 1 << 1, 1 << 2
_SET_INTERFACE, _UP = 0x8914, 1
NOBODY_IN_PARTICULAR = 1000
"""Whom the superuser is inside: browsers will not confine their own parts for a superuser."""
PORT = 8080
"""Of the one thing that listens in there: nobody else has that network."""
_PEOPLE_S = ("/tmp", "/dev/shm", "/home", "/root", "/run", "/var", "/mnt", "/media", "/srv")  # noqa: S108  hidden, not used
"""Whoever runs Panah may read much there; a browser that a page has taken over finds nothing in them."""
_BY_THESE, _OUT_OF_THE_WAY = (3, 4), 20
WAITING = 128
"""How many connections may wait to be taken."""


def main() -> None:
    """Go apart, hand out the door, become the program."""
    door, hears, tells, *rest = sys.argv[1:]
    at = rest.index("--")
    hidden, program = rest[:at], rest[at + 1 :]
    try:
        _end_with_parent()
        _go_apart([*map(Path, _PEOPLE_S), *map(Path, hidden)])
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")  # before anything else, where memory ends
        _hand_out(int(door))
        _set_pipe(int(hears), int(tells))
        os.chdir("/tmp")  # noqa: S108  the empty one
    except OSError:
        os._exit(os.EX_OSERR)
    os.execve(program[0], program, {"HOME": "/tmp", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"})  # noqa: S606, S108


def _end_with_parent() -> None:
    parent = os.getppid()
    _LIBC.prctl(_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(os.EX_OSERR)


def _go_apart(hidden: list[Path]) -> None:
    user, group = os.geteuid(), os.getegid()
    _must(_LIBC.unshare(_NEW_USERS | _NEW_MOUNTS | _NEW_NETWORK))
    Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
    Path("/proc/self/uid_map").write_text(f"{user or NOBODY_IN_PARTICULAR} {user} 1", encoding="ascii")
    Path("/proc/self/gid_map").write_text(f"{group or NOBODY_IN_PARTICULAR} {group} 1", encoding="ascii")
    _must(_LIBC.mount(b"none", b"/", None, _PRIVATE | _RECURSIVE, None))
    for folder in hidden:
        if folder.is_dir():
            _must(_LIBC.mount(b"tmpfs", os.fsencode(folder), b"tmpfs", _NO_SUID | _NO_DEVICES, b"mode=700,size=1g"))


def _hand_out(door: int) -> None:
    with socket.socket(fileno=door) as to_parent, socket.socket() as listening:
        fcntl.ioctl(listening, _SET_INTERFACE, struct.pack("16sH22x", b"lo", _UP))
        listening.bind(("127.0.0.1", PORT))
        listening.listen(WAITING)
        socket.send_fds(to_parent, [b"open"], [listening.fileno()])


def _set_pipe(hears: int, tells: int) -> None:
    away = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, _OUT_OF_THE_WAY) for end in (hears, tells)]
    for end in (hears, tells):
        os.close(end)
    for end, place in zip(away, _BY_THESE, strict=True):
        os.dup2(end, place)


def _must(failed: int) -> None:
    if failed:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


if __name__ == "__main__":
    main()
