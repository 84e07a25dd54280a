"""Commands that are run to their end, in processes forked from one that has Panah loaded: most of a short command goes in
loading it. What it takes from the environment, its settings, is loaded by each process anew, in its own environment.

`python -m support.forking` is that one process: it takes an order at a time from the socket on its standard input.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import empty, settings
from django.db import connections

from panah import names
from panah.proof.command import main as verify
from panah.site.command import COMMANDS, main, set_up

LONGEST = 1 << 20
"""Bytes of an order."""
BESIDES = (
    "django.core.management.commands.migrate", "django.db.migrations.executor", "django.template.defaulttags",
    "django.template.loader_tags", "django.urls", "panah.library.naming.memory", "panah.proof.command", "panah.site.urls", "sqlcipher3.dbapi2", "sqlparse",
)  # fmt: skip
"""What commands load while they run, as a rule."""
LARGE_PAGES = {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}
"""Memory in large pages: the keys of a workspace are derived in much memory, and half of that time goes in being given it."""


class Order(NamedTuple):
    """What is to be run: `panah`, `panah-verify` or `python`, with what, where, and with which environment."""

    program: str
    arguments: Sequence[str]
    folder: str
    environment: Mapping[str, str]


class Forks:
    """The process that has Panah loaded, started when first needed; it ends with this one."""

    def __init__(self) -> None:
        self._orders: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        atexit.register(self.end)

    def run(self, order: Order, patience: float) -> tuple[int, str, str]:
        """Exit code, output and errors. Raises `TimeoutError`; then the process is ended."""
        orders = self._running()
        out, err = (os.memfd_create(name) for name in ("out", "err"))
        try:
            socket.send_fds(orders, [json.dumps(order._asdict()).encode("utf-8", "surrogateescape")], [out, err])
            child = int(orders.recv(LONGEST))
            orders.settimeout(patience)
            try:
                code = int(orders.recv(LONGEST))
            except TimeoutError:
                os.kill(child, signal.SIGKILL)
                self.end()
                raise
            return code, *(os.pread(each, os.fstat(each).st_size, 0).decode() for each in (out, err))
        finally:
            os.close(out)
            os.close(err)

    def _running(self) -> socket.socket:
        if self._orders is None:
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            with theirs:
                self._process = subprocess.Popen(
                    [sys.executable, "-m", "support.forking"],
                    stdin=theirs, stdout=subprocess.DEVNULL, cwd=Path(__file__).parents[1],
                    env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"} | LARGE_PAGES,
                )  # fmt: skip
            self._orders = ours
        self._orders.settimeout(None)
        return self._orders

    def end(self) -> None:
        """End it, after what it runs at the moment; it is started again when it is needed."""
        if self._orders and self._process:
            self._orders.close()
            self._process.wait()
        self._orders = self._process = None


def _load() -> None:
    """Panah with all its commands, in an environment that says nothing of it."""
    set_up()
    for command in COMMANDS.values():
        import_module(command.path.partition(":")[0])
    for module in BESIDES:
        import_module(module)
    names.mentions("Abdurehim, ئابدۇرەھىم, 阿卜杜热依木")  # whoever reads a document looks for names in it, by tables
    gc.freeze()


def _forget_settings() -> None:
    """The settings are read again when they are first asked for, and databases opened as they then say."""
    del sys.modules[settings.SETTINGS_MODULE]
    settings._wrapped = empty  # type: ignore[attr-defined]
    connections.__init__()
    del connections.settings


def _serve(orders: socket.socket) -> None:
    """Fork for each order, tell the process, wait for its end, and tell how it ended; until nobody orders any more."""
    while True:
        order, streams, _flags, _address = socket.recv_fds(orders, LONGEST, 2)
        if not order:
            return
        child = os.fork()
        if child == 0:
            orders.close()
            _become(Order(**json.loads(order.decode("utf-8", "surrogateescape"))), *streams)
        for stream in streams:
            os.close(stream)
        orders.send(str(child).encode())
        _, status = os.waitpid(child, 0)
        orders.send(str(os.waitstatus_to_exitcode(status)).encode())


def _become(order: Order, out: int, err: int) -> None:
    """Be a process that was started for the order, and end as one."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    for stream, place in ((nothing, 0), (out, 1), (err, 2)):
        os.dup2(stream, place)
        os.close(stream)
    os.environ.clear()
    os.environ.update(order.environment)
    os.chdir(order.folder)
    tempfile.tempdir = None
    _forget_settings()
    sys.argv = [order.program, *order.arguments]
    code: object = 1
    try:
        code = _ran(order)
    except SystemExit as ending:
        code = ending.code
    except BaseException:  # noqa: BLE001  as the interpreter does it
        traceback.print_exc() if sys.excepthook is sys.__excepthook__ else sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 0 if code is None else 1)


def _ran(order: Order) -> object:
    if order.program == "panah":
        return main()
    if order.program == "panah-verify":
        return verify()
    dash, program, *rest = order.arguments
    if dash != "-c":
        raise ValueError(order.arguments)
    sys.argv = ["-c", *rest]
    inside: dict[str, Any] = {"__name__": "__main__"}
    exec(compile(program, "<string>", "exec"), inside)
    return 0


if __name__ == "__main__":
    with socket.socket(fileno=os.dup(0)) as given:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        _load()
        _serve(given)
