"""The docs cannot drift: what should be listed is listed, what is generated is current, what is shown can be typed."""

import ast
import importlib.util
import inspect
import json
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from support import bundles
from support.authority import LocalAuthority

ROOT = Path(__file__).parent.parent
SOURCE, DOCS = ROOT / "src" / "panah", ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
REFERENCE = DOCS / "reference"

_LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_PLACE = re.compile(r"(?<![\w.~$/>-])/(?:home|root|tmp|work|Users|mnt|opt|srv|var|usr|etc)\b")
_REGISTRY = re.compile(
    r"pypi\.org|pythonhosted|npmjs|crates\.io|rubygems|proxy\.golang|hub\.docker|conda\.anaconda", re.IGNORECASE
)
_SAID = {"seq", "at", "by", "verb", "compartment", "what", "kind", "subject", "details", "salt"}
"""What a line of the ledger says, all in all."""
_OTHER_PROGRAMS = {"cd", "export", "git", "cp"}


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def generator():
    """tools/docs.py as a module; every error is known after this."""
    spec = importlib.util.spec_from_file_location("docs_generator", ROOT / "tools" / "docs.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    module.load_everything()
    return module


def blocks(page: Path, language: str) -> list[str]:
    return [text for kind, text in _FENCE.findall(page.read_text()) if kind == language]


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def rows(page: str) -> set[str]:
    """What stands in code in the first cell of a row of a table."""
    text = (REFERENCE / page).read_text()
    cells = re.findall(r"^\| ((?:`[^`]+`(?:, )?)+) \|", text, re.MULTILINE)
    return {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}


class TestPlaces:
    """A page that names a file or a test names one that is there."""

    @pytest.mark.parametrize("page", [page for page in PAGES if page.parent.name != "adr"], ids=named)
    def test_are_there(self, page):
        for place in re.findall(r"`((?:src|tests|tools|bench)/[^`\s<>*{}]+)`", page.read_text()):
            file, *names = place.split("::")
            assert (ROOT / file).exists(), place
            for name in names:
                assert re.search(rf"^\s*(class|def) {name}\b", (ROOT / file).read_text(), re.MULTILINE), place


class TestGenerated:
    def test_every_page_is_what_the_code_gives(self):
        ended = subprocess.run(
            [sys.executable, ROOT / "tools" / "docs.py", "--check"], capture_output=True, text=True, check=False
        )
        assert ended.returncode == 0, ended.stderr

    def test_every_command_with_json_has_its_line(self):
        shapes = generator().JSON_LINES
        with_json = {name for name, command in every_command() if "as_json" in {each.name for each in command.params}}
        assert set(shapes) == with_json | {"panah-verify"}

    def test_every_key_of_a_line_is_shown(self):
        for name, keys in keys_of_lines():
            shown = json.loads(generator().JSON_LINES[name].shape)
            assert keys <= set(shown), name
            assert next(iter(shown)) == "id"


class TestListed:
    def test_every_setting(self):
        text = "\n".join(path.read_text() for path in SOURCE.rglob("*.py"))
        read = set(re.findall(r"""environ(?:\.\w+)?[(\[]\s*"(\w+)\"""", text)) | set(
            re.findall(r"\bPANAH_[A-Z_]+\b", text)
        )
        assert read == rows("settings.md")

    def test_every_verb_of_the_ledger(self):
        from panah.team.actions import Verb

        assert rows("ledger.md") == {verb.value for verb in Verb}

    def test_every_extractor(self):
        from django.conf import settings

        from panah.library.extractors import loaded

        enabled = {extractor.name for extractor in loaded(settings.EXTRACTORS).values()}
        assert rows("extractors.md") == enabled
        assert enabled <= anchors(REFERENCE / "extractors.md")

    def test_every_refusal_of_an_extractor(self):
        from panah.errors import PanahError

        generator()
        text = (REFERENCE / "extractors.md").read_text()
        kinds = [kind for kind in PanahError.family() if kind.__module__.startswith("panah.library.extractors")]
        assert not [kind.code for kind in kinds if f"`{kind.code}`" not in text]

    def test_every_error(self):
        from panah.errors import PanahError

        known = set(generator().LOOSE_CODES)
        family = {kind.code for kind in PanahError.family() if kind.__module__.startswith("panah.")}
        literal = {
            code for path in SOURCE.rglob("*.py") for code in re.findall(r'"code": "([a-z-]+)"', path.read_text())
        }
        assert literal <= known
        assert rows("errors.md") == family | known

    def test_every_element_and_rule(self):
        from panah import law

        elements = {element.id for framework in law.frameworks().values() for element in framework.elements}
        method = {*law.method().indicators, *law.method().factors, *law.method().slots}
        assert rows("law.md") == elements | {*law.rules(), *law.boxes()} | method

    def test_every_item_and_kind_of_record(self):
        from panah.law.checklist import checklist

        assert rows("checklist.md") == {item.id for item in checklist().items} | checklist().kinds.keys()

    def test_every_rule_of_the_audit_of_a_refusal(self):
        from panah.law.refusal import Fault

        assert rows("refusal.md") == set(Fault)

    def test_every_file_of_the_thesaurus(self):
        assert rows("thesaurus.md") == {path.stem for path in (SOURCE / "library" / "thesauri").glob("*.yaml")}

    def test_every_package(self):
        packages = {path.parent.name for path in SOURCE.glob("*/__init__.py")}
        text = (DOCS / "architecture.md").read_text()
        assert not [package for package in packages if f"\n| `{package}` |" not in text]

    def test_every_dependency(self):
        project = tomllib.loads((ROOT / "pyproject.toml").read_text())
        needed = [
            *project["project"]["dependencies"],
            *project["dependency-groups"]["dev"],
            *project["build-system"]["requires"],
        ]
        text = (DOCS / "dependencies.md").read_text()
        names = [re.match(r"[\w-]+", requirement)[0] for requirement in needed]
        assert not [name for name in names if f"`{name}`" not in text]

    def test_every_kind_of_check(self):
        from panah.proof.verify import Kind, Outcome

        assert {kind.value for kind in Kind} <= rows("bundle.md")
        assert all(f"`{outcome}`" in (REFERENCE / "bundle.md").read_text() for outcome in Outcome)

    def test_every_decision(self):
        decisions = {path.name for path in (DOCS / "adr").glob("[0-9]*.md")}
        linked = {target for _, _, target in _LINK.findall((DOCS / "adr" / "README.md").read_text())}
        assert decisions == linked

    def test_every_target_of_make(self):
        targets = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE)
        text = (DOCS / "developer.md").read_text()
        assert not [target for target in targets if target != "help" and f"`make {target}`" not in text]


@pytest.mark.parametrize("page", PAGES, ids=named)
class TestPage:
    def test_links_lead_somewhere(self, page: Path):
        for picture, _, target in _LINK.findall(page.read_text()):
            path, _, anchor = target.partition("#")
            if picture or target.startswith(("https://", "http://")):
                continue
            found = (page.parent / path).resolve() if path else page
            assert found.exists(), target
            assert not anchor or anchor in anchors(found), target

    def test_pictures_are_told_in_words(self, page: Path):
        assert all(words.strip() for picture, words, _ in _LINK.findall(page.read_text()) if picture)

    def test_names_no_place_of_a_machine_and_no_registry(self, page: Path):
        assert not _PLACE.findall(page.read_text())
        assert not _REGISTRY.findall(page.read_text())

    def test_commands_can_be_typed(self, page: Path):
        for block in blocks(page, "console"):
            for line in block.splitlines():
                assert line.startswith("$ "), line
                typed(shlex.split(line.removeprefix("$ ")))


class TestForAJudge:
    """The commands of docs/judge.md that need nothing of ours, run on a bundle with a time-stamp."""

    def test_standard_tools_say_what_the_page_says(self, tmp_path: Path):
        answered = self.answers_to(bundles.stamped(bundles.draft(), LocalAuthority(tmp_path / "authority")), tmp_path)
        assert "data/readings/zh.txt: OK" in answered
        assert "Signature Verified Successfully" in answered
        assert "Verification: OK" in answered
        assert bundles.FOOTNOTES[0][2] == answered.splitlines()[-1]
        assert key_fingerprint() in answered.replace(" \n", "\n")

    @pytest.mark.parametrize(
        "path", ["data/readings/en.txt", "data/ledger.jsonl", "bag-info.txt", "seal.json", "seal.sig"]
    )
    def test_standard_tools_refuse_a_byte_that_was_changed(self, tmp_path: Path, path: str):
        files = bundles.stamped(bundles.draft(), LocalAuthority(tmp_path / "authority"))
        changed = files | {path: files[path].replace(b"e", b"a", 1)}
        assert changed != files
        with pytest.raises(AssertionError, match="FAILED"):
            self.answers_to(changed, tmp_path)

    @pytest.mark.parametrize("path", ["seal.json", "seal.sig"])
    def test_standard_tools_refuse_a_seal_that_was_changed_with_its_manifest(self, tmp_path: Path, path: str):
        files = bundles.stamped(bundles.draft(), LocalAuthority(tmp_path / "authority"))
        changed = bundles.tagged(files | {path: files[path].replace(b"1", b"2", 1)})
        with pytest.raises(AssertionError):
            self.answers_to(changed, tmp_path)

    def answers_to(self, files: dict[str, bytes], folder: Path) -> str:
        """What a shell prints that runs the blocks one after the other; it ends where one fails."""
        if missing := [name for name in ("unzip", "sha256sum", "xxd", "openssl", "jq") if not shutil.which(name)]:
            pytest.skip(f"not installed here: {', '.join(missing)}")
        (folder / "dossier.zip").write_bytes(bundles.packed(files))
        script = "".join(blocks(DOCS / "judge.md", "sh")).replace("number=7", "number=1")
        ended = subprocess.run(
            ["bash", "-eu", "-o", "pipefail", "-c", script], cwd=folder, capture_output=True, text=True, check=False
        )
        assert ended.returncode == 0, ended.stdout + ended.stderr
        return ended.stdout


def key_fingerprint() -> str:
    from panah.proof.signing import fingerprint, public_key

    return fingerprint(public_key(bundles.KEY))


def every_command(group: click.Group | None = None, before: str = "") -> Iterator[tuple[str, click.Command]]:
    from panah.site.command import panah

    group = group or panah
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        yield before + name, command
        if isinstance(command, click.Group):
            yield from every_command(command, f"{before}{name} ")


def keys_of_lines() -> Iterator[tuple[str, set[str]]]:
    """For each command with JSON lines, the keys that its own code writes down."""
    from panah.library.bulk import FileOutcome
    from panah.library.captures.commands import Told
    from panah.library.finding.commands import _hit_record
    from panah.proof.verify import Check

    elsewhere = {
        "ingest": set(FileOutcome._fields),
        "find": keys_in(_hit_record) - {"start", "end"},
        "capture": set(Told._fields),
        "ledger custody": {"link"} | _SAID,
    }
    yield "panah-verify", set(Check._fields)
    for name, command in every_command():
        if "as_json" in {each.name for each in command.params}:
            yield name, keys_in(command.callback) | elsewhere.get(name, set())


def keys_in(function) -> set[str]:
    tree = ast.parse(inspect.cleandoc("\n" + inspect.getsource(inspect.unwrap(function))))
    keys = (key for node in ast.walk(tree) if isinstance(node, ast.Dict) for key in node.keys)
    return {key.value for key in keys if isinstance(key, ast.Constant)}


def typed(words: list[str]) -> None:
    """Refuses a command line that the program would refuse before it looks at anything."""
    while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
        words = words[1:]
    program, *rest = words
    match program.removeprefix(".venv/bin/"):
        case "panah":
            click_takes(rest)
        case "panah-verify":
            from panah.proof.command import _parser

            _parser().parse_args(rest)
        case "make":
            assert set(rest) <= set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
        case "python":
            assert (ROOT / rest[0]).is_file()
        case "pytest":
            assert all((ROOT / path).exists() for path in rest if "/" in path)
        case other:
            assert other in _OTHER_PROGRAMS


def click_takes(words: list[str]) -> None:
    from panah.site.command import panah

    command: click.Command = panah
    context = click.Context(panah)
    if words == ["--version"]:
        return
    while isinstance(command, click.Group):
        name, *words = words
        found = command.get_command(context, name)
        assert found is not None, name
        command, context = found, click.Context(found, parent=context, info_name=name)
    given, left, _ = command.make_parser(context).parse_args(list(words))
    assert not left
    for parameter in command.params:
        assert not parameter.required or parameter.consume_value(context, given)[0], parameter.name
