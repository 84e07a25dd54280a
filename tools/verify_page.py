"""Builds `verify.html`, the page that checks a bundle in any browser, from the sources beside it.

    python tools/verify_page.py            writes it
    python tools/verify_page.py --check    exits with 1 if the file there is not what the sources give

Each module becomes a function that is called once and returns what the module exports; its imports are taken
from what earlier ones returned. So modules keep their own names, and the page is one script, whose digest and no
other its content security policy allows.
"""

from __future__ import annotations

import base64
import hashlib
import re
import sys
from pathlib import Path

from making import made

PROOF = Path(__file__).resolve().parents[1] / "src" / "panah" / "proof"
SOURCES, PAGE = PROOF / "page", PROOF / "verify.html"

STYLES = ("page.css", "report.css", "media.css")
VENDORED = "vendor/noble-ed25519"
VENDORED_SHA_256 = "a4f631d1876b5d9e43a86cd71194ca27b5e1451edf4ba4db9a418f40a475569a"

_IMPORT = re.compile(r'^import \{([\w\s,]+)\} from "\./([\w/-]+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*?|class|const) (\w+))", re.MULTILINE)
_EXPORTS = re.compile(r"^export \{([\w\s,]+)\};\n?\Z", re.MULTILINE)
_LEFT_OVER = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


class SourceError(Exception):
    """A source is not written as the build asks."""


def built() -> str:
    """The page."""
    script = "\n" + "\n".join(_module(name) for name in _in_order("page", [], ())) + "\n"
    style = "\n" + "\n".join(_source(name) for name in STYLES)
    for part, end in ((script, "</script"), (script, "<!--"), (style, "</style")):
        if end in part.lower():
            raise SourceError(f"{end} would end the element too early")
    page = _source("page.html")
    for name, text in (("policy", _policy(script, style)), ("style", style), ("script", script)):
        if page.count("{{" + name + "}}") != 1:
            raise SourceError(f"page.html must have one place for {name}")
        page = page.replace("{{" + name + "}}", text)
    return page


def main() -> int:
    """Write or compare the page."""
    return made(PAGE, built().encode(), "Build the page that checks a bundle in any browser.")


def _source(name: str) -> str:
    return (SOURCES / name).read_bytes().decode()


def _in_order(name: str, done: list[str], within: tuple[str, ...]) -> list[str]:
    """The modules that `name` needs, each after those that it imports itself."""
    if name in within:
        raise SourceError(f"{name}.js imports itself by way of {', '.join(within)}")
    if name not in done:
        if name != VENDORED:
            for _, needed in _IMPORT.findall(_source(f"{name}.js")):
                _in_order(needed, done, (*within, name))
        done.append(name)
    return done


def _module(name: str) -> str:
    text, exports = _vendored() if name == VENDORED else _own(name)
    returned = f"return {{ {', '.join(exports)} }};"
    return f"// {name}.js\nconst {_variable(name)} = (() => {{\n{text.strip()}\n{returned}\n}})();\n"


def _own(name: str) -> tuple[str, list[str]]:
    text = _source(f"{name}.js")
    exports = _EXPORT.findall(text)
    text = _IMPORT.sub(lambda found: f"const {{ {_names(found[1])} }} = {_variable(found[2])};\n", text)
    text = _EXPORT.sub("", text)
    if left := _LEFT_OVER.search(text):
        raise SourceError(f"{name}.js: {left[0]}")
    return text, exports


def _vendored() -> tuple[str, list[str]]:
    """The library as it was published, less its last line, under its licence."""
    text = _source(f"{VENDORED}.js")
    if hashlib.sha256(text.encode()).hexdigest() != VENDORED_SHA_256:
        raise SourceError(f"{VENDORED}.js is not the file that was vendored")
    exported = _EXPORTS.search(text)
    if exported is None:
        raise SourceError(f"{VENDORED}.js exports nothing")
    licence = _source(f"{VENDORED}.LICENSE").strip()
    return f"/*\n{licence}\n*/\n{text[: exported.start()]}", [_names(exported[1])]


def _names(listed: str) -> str:
    return ", ".join(name for name in re.split(r"[\s,]+", listed) if name)


def _variable(name: str) -> str:
    return re.sub(r"\W", "_", name) + "_js"


def _policy(script: str, style: str) -> str:
    """Nothing may run or load but the script and the style of the page itself."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src '{_digest(script)}'",
            f"style-src '{_digest(style)}'",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


if __name__ == "__main__":
    sys.exit(main())
