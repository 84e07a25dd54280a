"""Writes the bill of materials of what Panah runs with: CycloneDX, from `uv.lock` and from what lies in the repository.

    python tools/sbom.py FILE

uv says what the lock names, with digests. What was taken into the repository is added: style sheet, fonts, the signature
code of `verify.html`. The same lock and the same files give the same bytes: no time and no random number is in it.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "panah"
UV = ROOT / ".venv" / "bin" / "uv"
PICO = SOURCE / "site" / "static" / "site" / "pico.min.css"
NOBLE = SOURCE / "proof" / "page" / "vendor" / "noble-ed25519.js"
FONTS = sorted(path for path in (SOURCE / "dossier" / "fonts").iterdir() if path.suffix in {".ttf", ".otf"})


def bill() -> dict[str, Any]:
    """The whole bill."""
    command = [UV, "export", "--quiet", "--frozen", "--no-dev", "--format", "cyclonedx1.5"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    found: dict[str, Any] = json.loads(told)
    del found["serialNumber"], found["metadata"]["timestamp"]
    found["components"] += vendored()
    return found


def vendored() -> list[dict[str, Any]]:
    """What is not installed but lies in the repository."""
    pico = re.search(r"Pico CSS \S+ v([\d.]+)", PICO.read_text(encoding="utf-8"))
    noble = re.search(r"`@noble/ed25519`.*?\| ([\d.]+) \|", (NOBLE.parent / "README.md").read_text(encoding="utf-8"))
    if not pico or not noble:
        sys.exit("The version of Pico or of noble-ed25519 cannot be told, so the bill would not be whole.")
    return [
        component(PICO, "library", "@picocss/pico", pico[1], "MIT", f"pkg:npm/%40picocss/pico@{pico[1]}"),
        component(NOBLE, "library", "@noble/ed25519", noble[1], "MIT", f"pkg:npm/%40noble/ed25519@{noble[1]}"),
        *(component(font, "file", font.name, "", "OFL-1.1", "") for font in FONTS),
    ]


def component(file: Path, kind: str, name: str, version: str, licence: str, purl: str) -> dict[str, Any]:
    """One component, with the digest of its file."""
    place = file.relative_to(ROOT).as_posix()
    found = {
        "type": kind, "bom-ref": place, "name": name, "version": version, "purl": purl,
        "licenses": [{"license": {"id": licence}}],
        "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(file.read_bytes()).hexdigest()}],
        "properties": [{"name": "panah:place", "value": place}],
    }  # fmt: skip
    return {key: value for key, value in found.items() if value}


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(bill(), indent=2) + "\n", encoding="utf-8")
    print(f"Wrote {target}.")
