"""Takes away from a process everything that reading a document does not need. Linux, x86-64 and 64-bit ARM.

In three layers: limits of memory, time and file size (setrlimit); no files but the program's own (Landlock, where the
kernel has it); and of the system's calls only those listed here, so that there is no network, no other process, no file
opened for writing (seccomp). None of it can be taken back by the process or by what it might be tricked into running.
"""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import signal
import struct
import sys
from typing import NamedTuple

from panah.errors import PanahError


class NotConfined(PanahError):
    """Documents cannot be read here: this system cannot confine the program that reads them ({reason})."""

    status = 500


class Limits(NamedTuple):
    """What one document may cost."""

    memory: int = 1 << 30
    """Bytes of address space beyond what the program itself takes."""
    seconds: int = 60
    """Of processor time; of real time, twice as many."""
    output: int = 1 << 28
    """Bytes that may be written to the one file given for the result."""


_LIBC = ctypes.CDLL(None, use_errno=True)

_DEATH_SIGNAL, _NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 1, 38, 22, 2
_ALLOW, _REFUSE, _UNKNOWN = (
    0x7FFF0000,
    0x00050001,
    0x00050026,
)  # SECCOMP_RET_ALLOW; SECCOMP_RET_ERRNO with EPERM, ENOSYS
_LOAD, _EQUAL, _ANY_BIT, _RETURN = 0x20, 0x15, 0x45, 0x06  # classic BPF: load word, jump if equal, if any bit, return
_NUMBER_AT, _MACHINE_AT, _FIRST_ARGUMENT_AT, _THIRD_ARGUMENT_AT = 0, 4, 16, 32  # struct seccomp_data
_MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

_CALLS = {  # name: (x86-64, ARM64); None where the machine has no such call
    "read": (0, 63), "write": (1, 64), "close": (3, 57), "stat": (4, None), "fstat": (5, 80), "lstat": (6, None),
    "poll": (7, None), "lseek": (8, 62), "mmap": (9, 222), "mprotect": (10, 226), "munmap": (11, 215), "brk": (12, 214),
    "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139), "pread64": (17, 67),
    "access": (21, None), "sched_yield": (24, 124), "mremap": (25, 216), "madvise": (28, 233), "getpid": (39, 172),
    "exit": (60, 93), "uname": (63, 160), "fcntl": (72, 25), "getcwd": (79, 17), "readlink": (89, None),
    "gettimeofday": (96, 169), "getrusage": (98, 165), "sysinfo": (99, 179), "getuid": (102, 174), "getgid": (104, 176),
    "geteuid": (107, 175), "getegid": (108, 177), "sigaltstack": (131, 132), "gettid": (186, 178), "futex": (202, 98),
    "sched_getaffinity": (204, 123), "getdents64": (217, 61), "clock_gettime": (228, 113), "clock_getres": (229, 114),
    "exit_group": (231, 94), "newfstatat": (262, 79), "readlinkat": (267, 78), "faccessat": (269, 48), "ppoll": (271, 73),
    "set_robust_list": (273, 99), "getrandom": (318, 278), "statx": (332, 291), "rseq": (334, 293), "faccessat2": (439, 439),
}  # fmt: skip
_OPEN_AT = (257, 56)
_CLONE, _CLONE_3 = (56, 220), (435, 435)
_NEW_THREAD = 0x003D0F00
"""What `pthread_create` asks `clone` for, to the bit: a thread of this process, under the same confinement, and no more."""


class Confinement:
    """What is taken away, got ready: it is put on by process after process, each forked from the one that prepared it."""

    def __init__(self, limits: Limits) -> None:
        """Hides files from this process, too, and all that it starts. Raises `NotConfined` where confining is not possible."""
        machine = platform.machine()
        if sys.platform != "linux" or machine not in _MACHINES:
            raise NotConfined(reason=f"{sys.platform} on {machine} is not supported yet")
        self._limits = limits
        self._filters = _filter(machine, threads=False), _filter(machine, threads=True)
        self._taken = os.open("/proc/self/statm", os.O_RDONLY | os.O_CLOEXEC)
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # Python ignores it: a result too large would look like any error
        if _LIBC.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
            raise NotConfined(reason=f"prctl: {os.strerror(ctypes.get_errno())}")
        _hide_files()

    def room(self) -> int:
        """Bytes of address space up to which this process, or one forked from it now, may grow."""
        return int(os.pread(self._taken, 100, 0).split()[0]) * resource.getpagesize() + self._limits.memory

    def put_on(self, room: int, *, threads: bool = False) -> None:
        """Confine this process, for good. Raises `NotConfined` where that is not possible; then nothing may be read.

        With `threads` it may start some of its own, which are confined as it is.
        """
        os.close(self._taken)
        for kind, most in (
            (resource.RLIMIT_AS, room),
            (resource.RLIMIT_CPU, self._limits.seconds),
            (resource.RLIMIT_FSIZE, self._limits.output),
            (resource.RLIMIT_CORE, 0),
        ):
            resource.setrlimit(kind, (most, most))
        if _LIBC.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(self._filters[threads]), 0, 0):
            raise NotConfined(reason=f"seccomp: {os.strerror(ctypes.get_errno())}")


def confine(limits: Limits) -> None:
    """Confine this process, for good. Raises `NotConfined` where that is not possible; then nothing may be read."""
    confinement = Confinement(limits)
    confinement.put_on(confinement.room())


def end_with(parent: int) -> None:
    """Have the kernel end this process when `parent`, which started it, ends, however that comes."""
    if _LIBC.prctl(_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0) or os.getppid() != parent:
        os._exit(os.EX_SOFTWARE)


def _hide_files() -> None:
    """Landlock: only the program's own files may be read. An older kernel has no Landlock; the filter below stands alone."""
    create, add, restrict = 444, 445, 446
    if _LIBC.syscall(create, None, ctypes.c_size_t(0), 1) < 1:
        return
    every_access, read_file, read_folder = (1 << 13) - 1, 1 << 2, 1 << 3
    rules = _LIBC.syscall(create, struct.pack("=Q", every_access), ctypes.c_size_t(8), 0)
    for folder in {sys.prefix, sys.base_prefix, "/usr", "/lib", "/lib64"}:
        try:
            place = os.open(folder, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue
        _LIBC.syscall(add, rules, 1, struct.pack("=Qi", read_file | read_folder, place), 0)
        os.close(place)
    if rules < 0 or _LIBC.syscall(restrict, rules, 0):
        raise NotConfined(reason=f"Landlock: {os.strerror(ctypes.get_errno())}")
    os.close(rules)


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]


def _filter(machine: str, *, threads: bool) -> _Program:
    which = list(_MACHINES).index(machine)
    instructions = _instructions(_MACHINES[machine], which, _threads(which) if threads else [])
    return _Program(len(instructions), b"".join(instructions))


def _threads(which: int) -> list[bytes]:
    """clone3, whose wishes no filter can see: unknown, so that the C library asks clone. clone: allow a thread alone."""
    return [
        _step(_EQUAL, _CLONE_3[which], 0, 1),
        _step(_RETURN, _UNKNOWN),
        _step(_EQUAL, _CLONE[which], 0, 4),
        _step(_LOAD, _FIRST_ARGUMENT_AT),
        _step(_EQUAL, _NEW_THREAD, 0, 1),
        _step(_RETURN, _ALLOW),
        _step(_RETURN, _REFUSE),
    ]


def _instructions(machine: int, which: int, threads: list[bytes]) -> list[bytes]:
    """Another machine's numbers: refuse. openat: allow unless it would write. A listed call: allow. Any other: refuse."""
    numbers = [number for calls in _CALLS.values() if (number := calls[which]) is not None]
    program = [
        _step(_LOAD, _MACHINE_AT),
        _step(_EQUAL, machine, 1, 0),
        _step(_RETURN, _REFUSE),
        _step(_LOAD, _NUMBER_AT),
        _step(_EQUAL, _OPEN_AT[which], 0, 4),
        _step(_LOAD, _THIRD_ARGUMENT_AT),
        _step(_ANY_BIT, _WRITING, 0, 1),
        _step(_RETURN, _REFUSE),
        _step(_RETURN, _ALLOW),
        *threads,
    ]
    for number in numbers:
        program += [_step(_EQUAL, number, 0, 1), _step(_RETURN, _ALLOW)]
    return [*program, _step(_RETURN, _REFUSE)]


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)
