"""Compares `uv.lock` with what is known of weaknesses in the packages it names.

    python tools/audit.py --fetch     asks osv.dev about each package by name, and writes tools/advisories.json (network)
    python tools/audit.py             exits with 1 for a weakness, with 2 where nobody looked or looked too long ago
    python tools/audit.py --lenient   the same, but says "not checked" without failing, for a machine without a network

Advisories are kept with the versions they concern, so that a lock is judged again without a network when it changes. A
package of which nothing was ever asked is "not checked", never "no weakness known".
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

ROOT = Path(__file__).resolve().parents[1]
LOCK, KNOWN = ROOT / "uv.lock", ROOT / "tools" / "advisories.json"
ASK = "https://api.osv.dev/v1/query"
FRESH = timedelta(days=30)
WEAK, UNCHECKED = 1, 2


def locked(lock: Path = LOCK) -> dict[str, str]:
    """Every package of the lock, by its name, and its version."""
    packages = tomllib.loads(lock.read_text(encoding="utf-8"))["package"]
    return {canonicalize_name(each["name"]): each["version"] for each in packages if "registry" in each["source"]}


def concerns(advisory: dict[str, Any], version: str) -> bool:
    """Whether an advisory is about this version, by the rules of the OSV schema. A version nobody can read is concerned."""
    if version in advisory.get("versions", []):
        return True
    try:
        return any(_within(events, Version(version)) for events in advisory.get("ranges", []))
    except InvalidVersion:
        return True


def _within(events: list[dict[str, str]], version: Version) -> bool:
    """Whether a version lies in a range: each event opens or closes it, in the order of versions."""
    inside = False
    for event in sorted(events, key=lambda event: _place(*event.values())):
        ((kind, at),) = event.items()
        if kind == "introduced" and (at == "0" or version >= Version(at)):
            inside = True
        elif (kind == "fixed" and version >= Version(at)) or (kind == "last_affected" and version > Version(at)):
            inside = False
    return inside


def _place(at: str) -> Version:
    return Version("0") if at == "0" else Version(at)


def weaknesses(known: dict[str, Any], packages: dict[str, str]) -> Iterator[str]:
    """A line for each weakness of a locked version."""
    for name, version in sorted(packages.items()):
        for advisory in known["advisories"].get(name, []):
            if concerns(advisory, version):
                also = ", ".join(advisory["aliases"])
                yield f"{name} {version}: {advisory['id']}" + (f" ({also})" if also else "")


def unchecked(known: dict[str, Any] | None, packages: dict[str, str], now: datetime) -> str:
    """Why the lock cannot be called checked; empty where it can."""
    if known is None:
        return "nobody has asked yet (make advisories, on a machine with a network)"
    asked = datetime.fromisoformat(known["asked"])
    if now - asked > FRESH:
        return f"last asked on {asked:%Y-%m-%d}, which is too long ago (make advisories)"
    missing = sorted(packages.keys() - known["advisories"].keys())
    return f"never asked about {', '.join(missing)} (make advisories)" if missing else ""


def fetched(packages: dict[str, str], now: datetime) -> dict[str, Any]:
    """What osv.dev knows of each package: ids, other names, and versions, nothing more."""
    return {"asked": now.isoformat(timespec="seconds"), "advisories": {name: _asked(name) for name in sorted(packages)}}


def _asked(name: str) -> list[dict[str, Any]]:
    question = json.dumps({"package": {"name": name, "ecosystem": "PyPI"}}).encode()
    with urllib.request.urlopen(urllib.request.Request(ASK, question), timeout=60) as answer:
        found = json.load(answer)
    if found.get("next_page_token"):
        raise LookupError(f"osv.dev knows more of {name} than it says at once; teach this program to ask on")
    return [_facts(each, name) for each in found.get("vulns", []) if "withdrawn" not in each]


def _facts(told: dict[str, Any], name: str) -> dict[str, Any]:
    ours = [each for each in told["affected"] if canonicalize_name(each["package"]["name"]) == name]
    return {
        "id": told["id"],
        "aliases": sorted(told.get("aliases", [])),
        "ranges": [span["events"] for each in ours for span in each.get("ranges", []) if span["type"] == "ECOSYSTEM"],
        "versions": sorted({version for each in ours for version in each.get("versions", [])}),
    }


def main(arguments: list[str]) -> int:
    """Fetch, or judge."""
    parser = argparse.ArgumentParser(description="Compare uv.lock with known weaknesses.")
    parser.add_argument("--fetch", action="store_true")
    parser.add_argument("--lenient", action="store_true")
    asked, now, packages = parser.parse_args(arguments), datetime.now(UTC), locked()
    if asked.fetch:
        KNOWN.write_text(json.dumps(fetched(packages, now), indent=1, sort_keys=True) + "\n", encoding="utf-8")
    known = json.loads(KNOWN.read_text(encoding="utf-8")) if KNOWN.is_file() else None
    weak = list(weaknesses(known, packages)) if known else []
    for line in weak:
        print(f"WEAK         {line}")
    if why := unchecked(known, packages, now):
        print(f"NOT CHECKED  {len(packages)} packages of uv.lock: {why}.")
    if not weak and not why:
        print(f"OK           nothing is known against the {len(packages)} packages of uv.lock.")
    return WEAK if weak else UNCHECKED if why and not asked.lenient else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
