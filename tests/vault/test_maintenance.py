"""One at a time: what writes the workspace down, and what takes things away from it."""

import subprocess
import sys

import pytest

from panah.vault import maintenance

BESIDE = """
import fcntl, os, sys
fcntl.flock(os.open(sys.argv[1], os.O_RDONLY), fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()
"""


class TestAlone:
    @pytest.mark.parametrize(
        ("lock", "file", "busy"),
        [
            (maintenance.alone, "", maintenance.WorkspaceBusy),
            (maintenance.checking, "keyring.json", maintenance.FixityChecking),
        ],
    )
    def test_is_one_at_a_time_until_its_process_ends(self, home, lock, file, busy):
        with subprocess.Popen(
            [sys.executable, "-c", BESIDE, home / file], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as other:
            assert other.stdout.readline() == "held\n"
            with pytest.raises(busy), lock():
                raise AssertionError
            other.kill()
        with lock():
            pass

    def test_is_over_when_it_breaks_off(self, home):
        for _ in range(2):
            with pytest.raises(ZeroDivisionError), maintenance.alone():
                raise ZeroDivisionError

    def test_is_also_for_two_of_one_process(self, home):
        with maintenance.alone(), pytest.raises(maintenance.WorkspaceBusy), maintenance.alone():
            raise AssertionError

    def test_a_check_goes_on_beside_a_backup(self, home):
        with maintenance.alone(), maintenance.checking():
            pass
