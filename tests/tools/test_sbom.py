"""The bill of materials: it is CycloneDX by CycloneDX's own schema, and nothing that Panah brings along is missing."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> str:
    if not (ROOT / ".venv" / "bin" / "uv").exists():
        pytest.skip("uv is not in .venv/bin, so no bill was written")
    file = tmp_path_factory.mktemp("bill") / "sbom.json"
    subprocess.run([sys.executable, ROOT / "tools" / "sbom.py", file], check=True, capture_output=True)
    return file.read_text()


class TestBill:
    @pytest.mark.attack  # the library takes every address apart by a grammar: 90 seconds
    def test_is_what_the_schema_asks_for(self, written):
        from cyclonedx.schema import SchemaVersion
        from cyclonedx.validation.json import JsonStrictValidator

        assert JsonStrictValidator(SchemaVersion.V1_5).validate_str(written) is None

    def test_names_every_package_that_panah_asks_for(self, written):
        named = {each["name"] for each in json.loads(written)["components"]}
        asked = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
        assert {name.split(">")[0].split("[")[0] for name in asked} <= named

    def test_names_what_lies_in_the_repository_with_its_digest(self, written):
        found = {each["bom-ref"]: each for each in json.loads(written)["components"]}
        fonts = [path for path in (ROOT / "src/panah/dossier/fonts").iterdir() if path.suffix in {".ttf", ".otf"}]
        for file in (ROOT / "src/panah/site/static/site/pico.min.css", *fonts):
            (digest,) = found[file.relative_to(ROOT).as_posix()]["hashes"]
            assert digest["content"] == hashlib.sha256(file.read_bytes()).hexdigest()

    def test_names_no_tool_of_developers_and_no_place_of_this_machine(self, written):
        assert '"pytest"' not in written
        assert str(ROOT) not in written
        assert "timestamp" not in written
