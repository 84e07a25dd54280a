"""The shape of the code, kept by a test: order, what stands inside a package, purity, doors, foreign keys, budgets, logins.

`lint-imports` keeps the order of imports. Here is what a linter of imports cannot see.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "panah"
FILES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
TESTS = sorted((ROOT / "tests").rglob("*.py"))

LONGEST_FUNCTION, LONGEST_FILE, LONGEST_VIEW = 40, 400, 25
BROAD_EXCEPTS = {"library/worker.py", "library/captures/worker.py", "library/extractors/confined.py"}
OPEN_TO_STRANGERS = {"sign-in", "second-factor", "join", "set_language"}
INSIDE = {
    "models", "actions", "queries", "rules", "forms", "views", "urls", "apps", "commands", "migrations", "templates", "static", "locale",
}  # fmt: skip
"""What every package may have; anything else is a noun of its own."""
NEVER = {"utils", "util", "helpers", "helper", "common", "misc", "managers", "signals", "admin"}


def layers() -> list[set[str]]:
    """The order of the packages, highest first, as the contract has it."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    order = next(contract for contract in contracts if contract["type"] == "layers")["layers"]
    return [{name.strip(" ()") for name in layer.split("|")} for layer in order]


def level(package: str) -> int:
    return next(number for number, layer in enumerate(layers()) if package in layer)


def imports_of(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def named(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


class TestBudgets:
    @pytest.mark.parametrize("path", [*FILES, *TESTS], ids=lambda path: path.relative_to(ROOT).as_posix())
    def test_a_file_and_its_functions_fit_on_their_screens(self, path: Path):
        text = path.read_text()
        assert text.count("\n") <= LONGEST_FILE
        most = LONGEST_VIEW if "views" in {path.stem, path.parent.name} else LONGEST_FUNCTION
        tall = {each.name: each.end_lineno - each.lineno + 1 for each in functions(ast.parse(text))}
        assert not {name: lines for name, lines in tall.items() if lines > most}


class TestInside:
    def test_no_file_is_called_after_nothing(self):
        assert not [named(path) for path in FILES if path.stem in NEVER]

    @pytest.mark.parametrize("path", FILES, ids=named)
    def test_every_module_says_what_it_is(self, path: Path):
        if path.stem == "apps":
            return
        assert ast.get_docstring(ast.parse(path.read_text()))

    @pytest.mark.parametrize("path", [path for path in FILES if path.name == "models.py"], ids=named)
    def test_models_hold_no_queries_and_no_save(self, path: Path):
        tree = ast.parse(path.read_text())
        assert not [each.name for each in functions(tree) if each.name in {"save", "delete", "clean"}]
        assert not [node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "objects"]
        assert "ordering" not in {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}

    @pytest.mark.parametrize("path", [path for path in FILES if "actions" in {path.stem, path.parent.name}], ids=named)
    def test_writes_are_keyword_only(self, path: Path):
        for function in ast.parse(path.read_text()).body:
            if isinstance(function, ast.FunctionDef) and not function.name.startswith("_"):
                assert not function.args.args, function.name

    @pytest.mark.parametrize("path", [path for path in FILES if path.name == "forms.py"], ids=named)
    def test_forms_never_save(self, path: Path):
        assert not [name for name in imports_of(ast.parse(path.read_text())) if name.endswith(".actions.enter")]


class TestErrors:
    @pytest.mark.parametrize("path", FILES, ids=named)
    def test_nothing_catches_everything(self, path: Path):
        if named(path) in BROAD_EXCEPTS:
            return
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ExceptHandler):
                assert node.type is not None
                assert "Exception" not in {name.id for name in ast.walk(node.type) if isinstance(name, ast.Name)}

    def test_every_error_has_a_sentence_and_a_code_of_its_own(self):
        import panah.site.urls  # noqa: F401  loads every package
        from panah.errors import PanahError

        family = [kind for kind in PanahError.family() if kind.__module__.startswith("panah.")]
        codes = [kind.code for kind in family]
        assert len(codes) == len(set(codes)), sorted(code for code in codes if codes.count(code) > 1)
        assert all(kind.template() for kind in family)


class TestDoors:
    @pytest.mark.parametrize("path", FILES, ids=named)
    def test_views_forms_and_urls_are_the_package_s_own(self, path: Path):
        package = path.relative_to(SOURCE).parts[0]
        for name in imports_of(ast.parse(path.read_text())):
            parts = name.split(".")
            if parts[0] == "panah" and len(parts) > 2 and parts[2] in {"views", "forms", "urls"}:
                assert parts[1] == package, name

    @pytest.mark.parametrize("path", FILES, ids=named)
    def test_only_proof_hashes_signs_and_encrypts(self, path: Path):
        if path.relative_to(SOURCE).parts[0] == "proof":
            return
        secret = {"cryptography", "hashlib", "hmac", "secrets", "rfc3161_client", "pyrage", "fido2"}
        assert not secret & {name.split(".")[0] for name in imports_of(ast.parse(path.read_text()))}

    def test_the_network_is_only_in_proof_in_captures_and_in_the_server(self):
        knock = {"urllib.request", "http.client", "socket", "smtplib", "ftplib"}
        at = {named(path) for path in FILES if knock & set(imports_of(ast.parse(path.read_text())))}
        assert at == {
            "proof/network.py",
            "site/serving.py",
            "library/extractors/supervisor.py",
            "library/extractors/confined.py",
            "library/captures/__init__.py",
            "library/captures/apart.py",
            "library/captures/chromium.py",
            "library/captures/exits.py",
            "library/captures/fetching.py",
            "library/captures/relay.py",
        }


class TestForeignKeys:
    def test_point_only_to_packages_below_or_to_their_own(self):
        from django.apps import apps

        for model in apps.get_models():
            package = model.__module__.split(".")
            if package[0] != "panah":
                continue
            for field in model._meta.get_fields():
                target = field.related_model if field.is_relation and not field.auto_created else None
                if target is not None and target.__module__.startswith("panah."):
                    other = target.__module__.split(".")[1]
                    assert other == package[1] or level(other) > level(package[1]), (model, field)

    def test_are_never_generic(self):
        assert not [named(path) for path in FILES if "GenericForeignKey" in path.read_text()]

    def test_every_constraint_has_a_name_of_its_own(self):
        from django.apps import apps

        names = [constraint.name for model in apps.get_models() for constraint in model._meta.constraints]
        assert len(names) == len(set(names))


class TestLogins:
    def test_every_page_is_behind_a_login_unless_it_is_listed(self):
        from django.urls import get_resolver

        def walk(patterns) -> Iterator:
            for pattern in patterns:
                if hasattr(pattern, "url_patterns"):
                    yield from walk(pattern.url_patterns)
                else:
                    yield pattern

        pages = list(walk(get_resolver().url_patterns))
        assert len(pages) > 20
        open_pages = {page.name for page in pages if not getattr(page.callback, "login_required", True)}
        assert open_pages == OPEN_TO_STRANGERS

    def test_the_middleware_that_asks_for_a_login_is_there(self):
        from django.conf import settings

        assert "django.contrib.auth.middleware.LoginRequiredMiddleware" in settings.MIDDLEWARE


class TestDocstrings:
    def test_public_functions_say_what_they_promise(self):
        silent = []
        for path in FILES:
            for function in ast.parse(path.read_text()).body:
                public = isinstance(function, ast.FunctionDef | ast.ClassDef) and not function.name.startswith("_")
                if public and not ast.get_docstring(function) and path.stem != "apps":
                    silent.append(f"{named(path)}:{function.name}")
        assert not silent
