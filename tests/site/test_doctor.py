"""`panah doctor`: each thing that is unsafe is seen where it is, and is not seen where it is not."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from panah.site import doctor
from panah.site.doctor import CHECKS, CannotTell, Check, Outcome, examined, home, machine, people, program
from panah.vault import workspace

ROOT = Path(__file__).parents[2]
SWAPS = "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n"


class System:
    """A system as the kernel would show it, made of files."""

    def __init__(self, folder: Path) -> None:
        self.proc, self.sys = folder / "proc", folder / "sys"
        self.says("proc/swaps", SWAPS)

    def says(self, place: str, words: str) -> None:
        file = self.proc.parent / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(words)

    def swaps_to(self, *places: Path) -> None:
        self.says("proc/swaps", SWAPS + "".join(f"{place} file 8 0 -2\n" for place in places))

    def device(self, number: str, *, kind: str = "", of: tuple[str, ...] = ()) -> None:
        self.says(f"sys/dev/block/{number}/size", "8")
        if kind:
            self.says(f"sys/dev/block/{number}/dm/uuid", f"{kind}-0123\n")
        for each in of:
            self.says(f"sys/dev/block/{number}/slaves/{each.replace(':', '-')}/dev", f"{each}\n")

    def sleeps(self, states: str, disk: str, resume: str) -> None:
        for name, words in {"state": states, "disk": disk, "resume": resume}.items():
            self.says(f"sys/power/{name}", words)


@pytest.fixture
def system(tmp_path, monkeypatch) -> System:
    made = System(tmp_path)
    monkeypatch.setattr(machine, "PROC", made.proc)
    monkeypatch.setattr(machine, "SYS", made.sys)
    return made


@pytest.fixture
def swapped(tmp_path) -> tuple[Path, str]:
    """A swap file, and the device it lies on."""
    file = tmp_path / "swapfile"
    file.touch()
    device = file.stat().st_dev
    return file, f"{os.major(device)}:{os.minor(device)}"


def unsafe(look: Callable) -> list[str]:
    return list(look())


class TestSwap:
    def test_none_is_safe(self, system):
        assert not unsafe(machine.swap_in_plain)

    def test_in_memory_is_safe(self, system):
        system.swaps_to(Path("/dev/zram0"))
        assert not unsafe(machine.swap_in_plain)

    def test_on_a_plain_device_is_not(self, system, swapped):
        file, number = swapped
        system.swaps_to(file)
        system.device(number)
        assert str(file) in unsafe(machine.swap_in_plain)[0]

    @pytest.mark.parametrize(
        ("kind", "under", "safe"),
        [("CRYPT-LUKS2", {}, True), ("CRYPT-PLAIN", {}, True), ("LVM", {"9:1": "CRYPT-LUKS2"}, True), ("LVM", {"9:1": ""}, False), ("LVM", {"9:1": "CRYPT-LUKS2", "9:2": ""}, False), ("LVM", {}, False)],
    )  # fmt: skip
    def test_is_as_safe_as_what_it_is_made_of(self, system, swapped, kind, under, safe):
        file, number = swapped
        system.swaps_to(file)
        system.device(number, kind=kind, of=tuple(under))
        for each, what in under.items():
            system.device(each, kind=what)
        assert (not unsafe(machine.swap_in_plain)) is safe

    def test_on_what_nobody_knows_is_not_taken_for_safe(self, system, swapped):
        system.swaps_to(swapped[0])
        with pytest.raises(CannotTell):
            unsafe(machine.swap_in_plain)
        system.swaps_to(Path("/nowhere/swap"))
        with pytest.raises(CannotTell):
            unsafe(machine.swap_in_plain)


class TestHibernation:
    @pytest.mark.parametrize(
        ("states", "disk", "resume", "safe"),
        [
            ("freeze mem", "", "0:0", True), ("freeze mem disk", "[disabled]", "8:1", True),
            ("freeze mem disk", "[platform] shutdown", "0:0", True), ("freeze mem disk", "[platform] shutdown", "8:1", False),
            ("freeze mem disk", "[platform] shutdown", "9:1", True),
        ],
    )  # fmt: skip
    def test_is_unsafe_where_it_writes_to_a_plain_disk(self, system, states, disk, resume, safe):
        system.sleeps(states, disk, resume)
        system.device("8:1")
        system.device("9:1", kind="CRYPT-LUKS2")
        assert (not unsafe(machine.hibernation_in_plain)) is safe

    def test_is_unsafe_where_the_swap_is_plain(self, system, swapped):
        system.sleeps("freeze mem disk", "[platform]", "0:0")
        system.swaps_to(swapped[0])
        system.device(swapped[1])
        assert unsafe(machine.hibernation_in_plain)


class TestMemory:
    def test_of_an_unlocked_process_is_neither_dumped_nor_shown(self, member):
        assert not unsafe(machine.core_dumps)

    def test_of_another_process_would_be(self):
        seen = subprocess.run(["/bin/sh", "-c", "stat -c %u /proc/self"], capture_output=True, text=True, check=True)
        assert seen.stdout.strip() == str(os.geteuid())  # a program we start has no keys, and is as every other


class TestClock:
    def test_that_goes_right_is_safe(self, member, home, monkeypatch):
        assert not [said for said in unsafe(machine.clock_wrong) if "changed at a time" in said]

    def test_before_the_ledger_s_last_line_is_wrong(self, db, home):
        from panah.team.actions import join

        join(name="Somebody of Tomorrow", now=datetime.now(UTC) + timedelta(days=1))
        assert any("the ledger was written on" in said for said in unsafe(machine.clock_wrong))

    def test_before_this_program_was_written_is_wrong(self, db, home, monkeypatch):
        monkeypatch.setattr(machine, "WRITTEN", datetime.now(UTC) + timedelta(days=1))
        assert any("newer than that" in said for said in unsafe(machine.clock_wrong))

    def test_before_a_file_was_changed_is_wrong(self, panah):
        later = datetime.now(UTC).timestamp() + 7200
        os.utime(panah.home / "keyring.json", (later, later))
        done = panah.run("doctor")
        assert (done.code, "keyring.json was changed at a time" in done.out) == (1, True)


class TestHome:
    @pytest.fixture
    def folder(self, tmp_path, settings) -> Path:
        settings.PANAH_HOME = tmp_path / "home"
        (tmp_path / "home").mkdir(mode=0o700)
        (tmp_path / "home" / "keyring.json").touch(0o600)
        return tmp_path / "home"

    def test_closed_is_safe(self, folder):
        assert not unsafe(home.open_to_others)
        assert not unsafe(home.of_another)

    @pytest.mark.parametrize("mode", [0o755, 0o750, 0o701, 0o770])
    def test_open_is_not(self, folder, mode):
        folder.chmod(mode)
        assert unsafe(home.open_to_others) == [f"Others on this machine may open {folder}."]

    @pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
    def test_a_file_that_is_open_is_not(self, folder, mode):
        (folder / "keyring.json").chmod(mode)
        assert str(folder / "keyring.json") in unsafe(home.open_to_others)[0]

    @pytest.mark.skipif(os.geteuid() != 0, reason="only the superuser may give a file away")
    def test_that_another_owns_is_not(self, folder):
        os.chown(folder / "keyring.json", 65534, 65534)
        assert "keyring.json belongs to another account" in unsafe(home.of_another)[0]

    @pytest.mark.parametrize(
        ("kind", "safe"), [("ext4", True), ("nfs4", False), ("cifs", False), ("fuse.sshfs", False)]
    )
    def test_on_a_network_is_not(self, folder, tmp_path, monkeypatch, kind, safe):
        table = tmp_path / "mountinfo"
        point = str(folder.parent).replace(" ", "\\040")
        table.write_text(f"1 0 8:1 / / rw - ext4 /dev/sda rw\n2 1 0:9 / {point} rw shared:1 - {kind} elsewhere rw\n")
        monkeypatch.setattr(home, "MOUNTS", table)
        assert (not unsafe(home.on_network)) is safe

    def test_where_nobody_knows_is_not_taken_for_safe(self, folder, tmp_path, monkeypatch):
        (tmp_path / "mountinfo").touch()
        monkeypatch.setattr(home, "MOUNTS", tmp_path / "mountinfo")
        with pytest.raises(CannotTell):
            unsafe(home.on_network)

    def test_on_a_full_disk_is_not(self, folder, monkeypatch):
        monkeypatch.setattr(home, "FREE", 1 << 62)
        assert "MiB free" in unsafe(home.disk_nearly_full)[0]


class TestPeople:
    def test_who_never_chose_a_password_and_has_no_second_factor_is_told(self, member):
        assert "Invented Member has not chosen a password" in unsafe(people.password_missing)[0]
        assert "Invented Member has no second factor" in unsafe(people.second_factor_missing)[0]

    def test_who_has_both_is_not(self, member, now):
        from panah.team.models import CodeSecret, Member

        Member.objects.filter(pk=member.pk).update(password="argon2id$invented")
        CodeSecret.objects.create(member=member, secret=b"invented", made_at=now, last_step=0)
        assert not unsafe(people.password_missing)
        assert not unsafe(people.second_factor_missing)

    def test_an_invitation_that_nobody_took_up_in_a_day_is_told(self, member, now):
        from panah.team import joining
        from panah.team.acting import now as today
        from panah.team.models import Invitation

        joining.invite(name="Ayperi", by=member, now=today())
        assert not unsafe(people.invitation_open)
        Invitation.objects.update(made_at=today() - timedelta(hours=25))
        assert "of Ayperi was not taken up" in unsafe(people.invitation_open)[0]
        Invitation.objects.update(until=today())
        assert not unsafe(people.invitation_open)

    def test_compartments_without_a_lead_are_told_by_number(self, member, now):
        from panah.team import actions, joining

        leaver, reader = (actions.join(name=f"Invented {name}", now=now) for name in "AB")
        for name in ("Hidden", "Shut"):
            place = actions.set_up(name=name, by=leaver, now=now)
            if name == "Hidden":
                actions.admit(compartment=place, member=reader, role="reader", by=leaver, now=now)
        assert not unsafe(people.lead_missing)
        joining.leave(member=leaver, by=member, now=now)
        assert [said.partition(": ")[2][:2] for said in unsafe(people.lead_missing)] == ["1.", "1."]

    def test_who_left_is_not(self, member, now):
        from panah.team.models import Member

        Member.objects.filter(pk=member.pk).update(left_at=now)
        assert not unsafe(people.password_missing)


class TestProgram:
    def test_a_passphrase_in_the_environment_and_debugging_are_told(self, panah):
        done = panah.without(PANAH_DEBUG="1", PANAH_CAPTURE="direct").run("doctor", "--json")
        found = {line["id"]: line for line in done.lines()}
        assert done.code == 1
        assert {found[code]["outcome"] for code in ("passphrase-in-environment", "debug-on")} == {"unsafe"}
        assert found["capture-direct"]["outcome"] == "warning"
        assert found["passphrase-file-open"]["outcome"] == "safe"
        assert set(found) == {check.code for check in CHECKS}
        assert panah.environment["PANAH_PASSPHRASE"] not in done.out

    @pytest.mark.parametrize(("mode", "outcome"), [(0o600, "safe"), (0o644, "unsafe")])
    def test_a_passphrase_file_is_safe_if_it_is_closed(self, panah, mode, outcome):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder).chmod(0o755)  # pytest closes its own folders to others whenever it starts
            file = Path(folder) / "passphrase"
            file.write_text(panah.environment["PANAH_PASSPHRASE"])
            file.chmod(mode)
            asked = panah.without("PANAH_PASSPHRASE", "PANAH_PASSWORD", PANAH_PASSPHRASE_FILE=str(file))
            said = {line["id"]: line["outcome"] for line in asked.run("doctor", "--json").lines()}
        assert (said["passphrase-file-open"], said["passphrase-in-environment"]) == (outcome, "safe")

    @pytest.mark.parametrize("host", ["*", ".example.org"])
    def test_any_name_at_all_is_unsafe(self, settings, host):
        settings.PANAH_HOSTS = ["127.0.0.1", host]
        assert host in unsafe(program.hosts_open)[0]

    def test_another_host_s_tls_cannot_be_seen_from_here(self, settings):
        settings.PANAH_HOSTS = ["work.example.org"]
        with pytest.raises(CannotTell, match=r"work\.example\.org"):
            unsafe(program.hosts_open)

    @pytest.mark.parametrize(
        ("way", "outcome"), [("direct", "warning"), ("proxy", "safe"), ("tor", "safe"), ("", "safe")]
    )
    def test_captures_that_show_the_address_of_the_office_are_a_warning(self, settings, way, outcome):
        settings.PANAH_CAPTURE = way
        (told,) = examined([check for check in CHECKS if check.code == "capture-direct"])
        assert told.outcome == outcome
        assert not told.calls

    def test_the_settings_pass_django_s_own_deployment_checks(self):
        assert not unsafe(program.deployment)

    def test_what_django_finds_is_told(self, settings):
        settings.SESSION_COOKIE_SECURE = False
        assert unsafe(program.deployment)[0].startswith("security.W012: ")

    def test_this_machine_has_what_the_lock_names(self, db):
        assert not unsafe(program.packages_differ)
        assert not unsafe(program.database_library_old)

    def test_an_old_library_and_another_version_are_told(self, db, monkeypatch, tmp_path):
        monkeypatch.setattr(program, "OLDEST_CIPHER", (99, 0))
        assert "SQLCipher" in unsafe(program.database_library_old)[0]
        (tmp_path / "uv.lock").write_text(
            '[[package]]\nname = "django"\nversion = "0.1"\n[[package]]\nname = "not-here"\nversion = "1"\n'
        )
        monkeypatch.setattr(program, "LOCK", tmp_path / "uv.lock")
        (told,) = unsafe(program.packages_differ)
        assert told.startswith("django is installed as 5.2")
        monkeypatch.setattr(program, "LOCK", tmp_path / "nowhere")
        with pytest.raises(CannotTell):
            unsafe(program.packages_differ)


class TestExamined:
    def test_a_check_that_cannot_be_made_is_no_pass_and_stops_no_other(self):
        def hidden():
            raise CannotTell(what="an invented thing")
            yield

        outcomes = [each.outcome for each in examined([Check("a", hidden, "Look."), Check("b", list, "Rest.")])]
        assert outcomes == [Outcome.UNTOLD, Outcome.SAFE]

    def test_what_is_unsafe_or_hidden_is_to_be_seen_to_and_a_warning_to_be_weighed(self):
        checks = [
            Check("a", lambda: ["It is open."], "Close it."),
            Check("b", lambda: ["It costs."], "Weigh it.", Outcome.WARNING),
        ]
        assert [(each.outcome, each.calls) for each in examined(checks)] == [("unsafe", True), ("warning", False)]

    def test_codes_are_codes_and_remedies_are_sentences(self):
        codes = [check.code for check in CHECKS]
        assert len(set(codes)) == len(codes)
        assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", code) for code in codes)
        assert all(check.remedy.endswith(".") and check.look.__doc__ for check in CHECKS)

    def test_every_check_has_its_line_in_the_handbook_and_no_line_is_left(self):
        page = (ROOT / "docs" / "reference" / "doctor.md").read_text()
        assert re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE) == [check.code for check in CHECKS]

    def test_keys_are_held_by_nobody_who_only_looks(self):
        assert not hasattr(doctor, "keys")
        assert isinstance(workspace.given_by(), dict)


class TestPage:
    def test_is_for_members_who_administer(self, client, desk):
        from panah.team.models import Member

        Member.objects.filter(pk=desk.member.pk).update(administers=False)
        assert client.get("/doctor").status_code == 404
        Member.objects.filter(pk=desk.member.pk).update(administers=True)
        page = client.get("/doctor")
        assert page.status_code == 200
        assert "<code>swap-in-plain</code>" in page.content.decode()
