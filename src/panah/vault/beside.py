"""Threads that work beside everybody's requests, as long as the workbench is open."""

from __future__ import annotations

from threading import Event, Thread
from typing import ClassVar

from django.db import connection


class Beside(Thread):
    """Looks for work, does it, and waits for more. It may be ended at any moment: what was not finished waits again."""

    looks_every: ClassVar[float]
    """Seconds after which it looks, though nobody woke it."""

    def __init__(self, name: str, woken: Event | None = None) -> None:
        super().__init__(name=name, daemon=True)
        self.ending = Event()
        self._woken = woken or Event()

    def run(self) -> None:
        """Work until told to end."""
        while not self.ending.is_set():
            if not self.look():
                connection.close()
                self._woken.wait(self.looks_every)
                self._woken.clear()
        connection.close()

    def look(self) -> bool:
        """Do one piece of what waits; False where nothing waits, or nothing can be had. Survives whatever fails."""
        raise NotImplementedError

    def tell(self) -> None:
        """Tell it to end, and do not wait for it."""
        self.ending.set()
        self._woken.set()

    def end(self, within: float = 30) -> None:
        """End it. One that does not end `within` seconds is left to itself, and ends with the process."""
        self.tell()
        if self.is_alive():
            self.join(within)
