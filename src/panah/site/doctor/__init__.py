"""What is unsafe here: one small function for each question, in one table.

To add a check, write a function in `machine`, `home`, `keeping`, `people` or `program` that yields one sentence for each
thing that is unsafe and nothing where all is well, put it into `CHECKS` with its code and what to do, and give it its line in
`docs/reference/doctor.md`. What cannot be told is raised as `CannotTell`: it is never taken for safe.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from panah.errors import PanahError
from panah.site.doctor import home, keeping, machine, people, program
from panah.site.doctor.telling import CannotTell

__all__ = ["CHECKS", "CannotTell", "Check", "Finding", "Outcome", "examined"]


class Outcome(StrEnum):
    """What a check says."""

    SAFE = "safe"
    UNSAFE = "unsafe"
    UNTOLD = "untold"
    """It could not be told, which is no reason to be at ease."""
    WARNING = "warning"
    """Somebody chose it so, and should know what it costs."""


class Check(NamedTuple):
    """One question to this machine: its code, which does not change, what looks, and what to do about it."""

    code: str
    look: Callable[[], Iterable[str]]
    remedy: str
    finds: Outcome = Outcome.UNSAFE
    """What each sentence of it is."""


class Finding(NamedTuple):
    """What a check found: one for each thing that is unsafe, or to be known."""

    code: str
    outcome: Outcome
    sentence: str = ""
    remedy: str = ""

    @property
    def calls(self) -> bool:
        """Whether it is to be seen to: a warning is for whoever chose it to weigh."""
        return self.outcome in {Outcome.UNSAFE, Outcome.UNTOLD}


CHECKS = (
    Check(
        "swap-in-plain",
        machine.swap_in_plain,
        "Encrypt the swap with a key made anew at each start, or switch it off: swapoff -a.",
    ),
    Check(
        "hibernation-in-plain",
        machine.hibernation_in_plain,
        "Switch hibernation off: systemctl mask hibernate.target hybrid-sleep.target.",
    ),
    Check(
        "core-dumps",
        machine.core_dumps,
        "This is a fault of Panah on this system: report it, and set ulimit -c 0 until then.",
    ),
    Check("clock-wrong", machine.clock_wrong, "Set the clock of this machine; a seal carries its date."),
    Check("home-open", home.open_to_others, "Close it: chmod 700 for the folder, chmod 600 for the files."),
    Check("home-of-another", home.of_another, "Let the folder and its files belong to you alone: chown."),
    Check("home-on-network", home.on_network, "Move the workspace to a disk of this machine."),
    Check("disk-nearly-full", home.disk_nearly_full, "Make room, or move the workspace to a larger disk."),
    Check("password-missing", people.password_missing, "Let them sign in at the workbench, which asks for one."),
    Check(
        "second-factor-missing", people.second_factor_missing, "Let them sign in at the workbench, which asks for one."
    ),
    Check(
        "invitation-open", people.invitation_open, "Withdraw it on the page Team, and invite anew when they are ready."
    ),
    Check("lead-missing", people.lead_missing, "Name a lead among those who belong to them: panah member succeed."),
    Check(
        "passphrase-in-environment",
        program.passphrase_in_environment,
        "Give it at the prompt, or in a file: PANAH_PASSPHRASE_FILE.",
    ),
    Check("passphrase-file-open", program.passphrase_file_open, "Close it: chmod 600."),
    Check("debug-on", program.debug_on, "Leave PANAH_DEBUG out of the environment."),
    Check(
        "hosts-open",
        program.hosts_open,
        "Name only this machine in PANAH_HOSTS, or the one host whose web server speaks TLS.",
    ),
    Check(
        "capture-direct",
        program.capture_direct,
        "Let captures go through Tor or a proxy where the site must not learn who asks: PANAH_CAPTURE=tor.",
        Outcome.WARNING,
    ),
    Check(
        "search-slow",
        program.search_slow,
        "Give /dev/shm more room, or say that this is meant: PANAH_SEARCH=fts5.",
        Outcome.WARNING,
    ),
    Check("deployment", program.deployment, "Undo the change to site/settings.py that this speaks of."),
    Check("database-library-old", program.database_library_old, "Install what uv.lock names: make setup."),
    Check("packages-differ", program.packages_differ, "Install what uv.lock names: make setup."),
    Check(
        "ledger-broken",
        program.ledger_broken,
        "Keep this folder as it is, and compare it with your backups: panah ledger verify.",
    ),
    Check("pictures-unread", keeping.pictures_unread, "Install it: make ocr; then: panah reread --all-older."),
    Check(
        "timestamp-pending",
        keeping.timestamp_pending,
        "See which calendar fails, and name those in PANAH_OTS_CALENDARS that promised: panah timestamp upgrade.",
        Outcome.WARNING,
    ),
    Check("backup-old", keeping.backup_old, "Make one, and keep it away from this machine: panah backup."),
    Check("fixity-old", keeping.fixity_old, "Check them: panah fixity."),
    Check(
        "objects-broken",
        keeping.objects_broken,
        "Copy this folder as it is to another disk, then restore from a backup: panah fixity names them.",
    ),
)
"""Every check, in the order in which it is told."""


def examined(checks: Iterable[Check] = CHECKS) -> Iterator[Finding]:
    """Make every check. A check that cannot be made says so, and the others are made all the same."""
    for check in checks:
        try:
            unsafe = list(check.look())
        except PanahError as error:  # CannotTell, or whatever the question itself ran into
            yield Finding(check.code, Outcome.UNTOLD, error.sentence, check.remedy)
            continue
        if not unsafe:
            yield Finding(check.code, Outcome.SAFE)
        for sentence in unsafe:
            yield Finding(check.code, check.finds, sentence, check.remedy)
