"""Who is reading a document, and whether that process still lives."""

import subprocess
import sys

from panah.library.lease import holder, is_dead

NAME = "from panah.library.lease import holder; print(holder(), flush=True); input()"


class TestHolder:
    def test_is_alive_while_its_process_is(self):
        with subprocess.Popen([sys.executable, "-c", NAME], stdin=-1, stdout=-1, text=True) as process:
            name = process.stdout.readline().strip()
            assert not is_dead(name)
            process.kill()
            process.wait()
            assert is_dead(name)

    def test_is_this_process(self):
        assert not is_dead(holder())

    def test_is_not_another_process_that_has_its_number_now(self):
        host, process, started = holder().rsplit(":", 2)
        assert is_dead(f"{host}:{process}:{int(started) - 1}")

    def test_of_another_machine_is_not_known_to_be_dead(self):
        assert not is_dead("elsewhere:1:1")

    def test_that_no_process_is_called_is_not_known_to_be_dead(self):
        assert not is_dead(f"{holder().partition(':')[0]}:x:1")
