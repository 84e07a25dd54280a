"""The audit of the lock: a weakness is found, and what nobody looked at is never called sound."""

from __future__ import annotations

import importlib.util
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


@pytest.fixture
def audit():
    spec = importlib.util.spec_from_file_location("audit", ROOT / "tools" / "audit.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def kept(audit, tmp_path, monkeypatch):
    """What is known, and a lock of two invented packages."""
    lock = '[[package]]\nname = "{}"\nversion = "1.2"\nsource = {{ registry = "r" }}\n'
    (tmp_path / "uv.lock").write_text(lock.format("Brook_lib") + lock.format("meadow"))
    monkeypatch.setattr(audit, "KNOWN", tmp_path / "advisories.json")
    packages = audit.locked(tmp_path / "uv.lock")
    monkeypatch.setattr(audit, "locked", lambda: packages)

    def keep(asked=None, **advisories):
        known = {"asked": (asked or datetime.now(UTC)).isoformat(), "advisories": advisories}
        audit.KNOWN.write_text(json.dumps(known))

    return keep


def weakness(*events: dict, versions=()) -> dict:
    return {"id": "INVENTED-1", "aliases": ["CVE-0000-1"], "ranges": [list(events)], "versions": list(versions)}


RANGES = [
    ([{"introduced": "0"}, {"fixed": "1.2"}], False), ([{"introduced": "0"}, {"fixed": "1.2.1"}], True),
    ([{"introduced": "0"}, {"last_affected": "1.2"}], True), ([{"introduced": "0"}, {"last_affected": "1.1"}], False),
    ([{"introduced": "1.3"}, {"fixed": "1.4"}], False), ([{"introduced": "1.2"}], True), ([{"introduced": "0"}], True),
    ([{"introduced": "0"}, {"fixed": "1.0"}, {"introduced": "1.1"}, {"fixed": "1.5"}], True),
    ([{"fixed": "1.5"}, {"introduced": "1.1"}, {"introduced": "0"}, {"fixed": "1.0"}], True),
    ([{"introduced": "1.10"}], False),
]  # fmt: skip


class TestConcerns:
    @pytest.mark.parametrize(("events", "found"), RANGES)
    def test_a_range_holds_the_versions_between_its_events(self, audit, events, found):
        assert audit.concerns(weakness(*events), "1.2") is found

    def test_a_version_that_is_listed_is_concerned(self, audit):
        assert audit.concerns(weakness(versions=["1.2"]), "1.2")
        assert not audit.concerns(weakness(versions=["1.20"]), "1.2")

    def test_a_version_that_nobody_can_read_is_taken_for_concerned(self, audit):
        assert audit.concerns(weakness({"introduced": "0"}), "no version")


class TestAudit:
    def test_names_a_weak_version_and_fails_also_where_it_is_lenient(self, audit, kept, capsys):
        kept(meadow=[weakness({"introduced": "0"}, {"fixed": "2"})], **{"brook-lib": []})
        assert (audit.main([]), audit.main(["--lenient"])) == (1, 1)
        assert "WEAK         meadow 1.2: INVENTED-1 (CVE-0000-1)" in capsys.readouterr().out

    def test_is_content_where_somebody_asked_and_nothing_is_known(self, audit, kept, capsys):
        kept(meadow=[], **{"brook-lib": []})
        assert audit.main([]) == 0
        assert "nothing is known against the 2 packages" in capsys.readouterr().out

    @pytest.mark.parametrize(
        "known",
        [None, {"asked": datetime.now(UTC) - timedelta(days=31), "meadow": [], "brook-lib": []}, {"meadow": []}],
    )
    def test_what_nobody_asked_or_long_ago_is_not_checked(self, audit, kept, capsys, known):
        if known is not None:
            kept(**known)
        assert (audit.main([]), audit.main(["--lenient"])) == (2, 0)
        told = capsys.readouterr().out
        assert "NOT CHECKED  2 packages" in told
        assert "OK " not in told

    def test_every_package_of_the_lock_is_judged(self, audit):
        assert {"django", "cheroot", "sqlcipher3", "pytest"} <= audit.locked().keys()
        assert "panah" not in audit.locked()
