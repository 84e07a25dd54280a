"""Keeps the words of the interface in step with the pages: gathers them, and compiles their translations.

    python tools/messages.py            writes django.po, with what is new left empty, and django.mo
    python tools/messages.py --check    exits with 1, and says why, if these are not what the pages ask for

It does what `makemessages` and `compilemessages` do, without the programs of GNU gettext. Templates are read by Django
itself and Python by `ast`, so nothing is found that is not asked for when a page is shown.
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.template import Template, engines
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

from panah.errors import REASONS
from panah.law.checklist import checklist
from panah.site.command import set_up

SOURCE = Path(__file__).resolve().parents[1] / "src" / "panah"
LOCALE = SOURCE / "site" / "locale"
CALLS = {"_", "gettext", "gettext_lazy", "Phrase"}
STORED = (
    "library/extractors/*.py", "library/captures/*.py", "library/bulk/files.py", "library/actions/capturing.py",
    "library/actions/claiming.py", "library/actions/enclosing.py", "proof/network.py", "proof/timestamp.py",
)  # fmt: skip
"""Where the errors are defined and raised whose sentences are kept, and read later in the reader's language."""
NAMED = re.compile(r"\{\w+\}")

Asked = str | tuple[str, str]
"""What is to be translated: words, or words for one and for several."""


def asked() -> set[Asked]:
    """Everything that the pages and the code ask to be translated."""
    set_up()
    found: set[Asked] = set()
    for path in SOURCE.rglob("templates/**/*.html"):
        found.update(_of_template(engines["django"].from_string(path.read_text(encoding="utf-8")).template))
    for path in SOURCE.rglob("*.py"):
        found.update(_of_code(ast.parse(path.read_text(encoding="utf-8"))))
    for path in (path for pattern in STORED for path in SOURCE.glob(pattern)):
        found.update(_of_errors(ast.parse(path.read_text(encoding="utf-8"))))
    found.update(_of_records())
    return found


def _of_template(template: Template) -> Iterator[Asked]:
    for node in template.nodelist.get_nodes_by_type(TranslateNode):
        if (words := node.filter_expression.var.literal) is not None:  # what a variable holds is found where it is said
            yield words
    for node in template.nodelist.get_nodes_by_type(BlockTranslateNode):
        one = node.render_token_list(node.singular)[0]
        yield (one, node.render_token_list(node.plural)[0]) if node.plural else one


def _of_code(tree: ast.AST) -> Iterator[Asked]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str(words))]) if name in CALLS:
                yield words


def _of_errors(tree: ast.AST) -> Iterator[Asked]:
    """The sentences of errors, and what is said as their reason."""
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(bases=[ast.Name(id="PanahError")]):
                yield " ".join((ast.get_docstring(node) or "").split("\n\n", 1)[0].split())
            case ast.keyword(arg=name, value=ast.Constant(value=str(words))) if name in REASONS:
                yield words


def _of_records() -> Iterator[Asked]:
    """What the kinds of record of a procedure are called, their fields, and what is chosen there."""
    for kind in checklist().kinds.values():
        yield kind.label
        for field in kind.fields:
            yield field.label
            yield from field.choices.values()


def kept(path: Path) -> Catalog:
    """The translations that are there."""
    with path.open("rb") as stream:
        return read_po(stream, locale=path.parts[-3])


class Words(Catalog):
    """A catalogue whose head holds what is needed to read it, and nothing that changes by itself."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """Names and values of the head."""
        return [
            ("Language", str(self.locale)),
            ("Plural-Forms", self.plural_forms),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]


def in_step(there: Catalog, wanted: set[Asked]) -> Catalog:
    """The same translations, for exactly what is wanted, in an order that does not change by itself."""
    catalog = Words(locale=there.locale, fuzzy=False, header_comment="# The words of Panah's workbench.")
    for words in sorted(wanted, key=lambda each: each if isinstance(each, str) else each[0]):
        before = there.get(words)
        catalog.add(words, before.string if before else None)
    return catalog


def untranslated(catalog: Catalog) -> list[Message]:
    """What has no translation, or one that would not hold what the original holds."""
    return [
        each for each in catalog if each.id and (not all(_strings(each)) or list(each.check(catalog)) or _loses(each))
    ]


def _loses(message: Message) -> bool:
    """Whether a translation has other `{names}` than the original."""
    return isinstance(message.id, str) and set(NAMED.findall(message.id)) != set(NAMED.findall(str(message.string)))


def _strings(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, (list, tuple)) else [message.string]


def as_po(catalog: Catalog) -> bytes:
    """A catalogue as people read it."""
    stream = io.BytesIO()
    write_po(stream, catalog, width=100, no_location=True)
    return stream.getvalue()


def as_mo(catalog: Catalog) -> bytes:
    """A catalogue as Django reads it."""
    stream = io.BytesIO()
    write_mo(stream, catalog)
    return stream.getvalue()


def problems(path: Path, wanted: set[Asked]) -> Iterator[str]:
    """Why a language is not in step."""
    there = kept(path)
    catalog = in_step(there, wanted)
    compiled = path.with_suffix(".mo")
    if {each.id for each in there if each.id} != {each.id for each in catalog if each.id}:
        yield f"{path.name} is not what the pages ask for"
    if missing := untranslated(catalog):
        yield f"{path.name} has no good translation of " + "; ".join(str(each.id) for each in missing)
    if not compiled.is_file() or compiled.read_bytes() != as_mo(catalog):
        yield f"{compiled.name} is not what {path.name} gives"


def main() -> int:
    """Write or compare the catalogues of every language."""
    parser = argparse.ArgumentParser(description="Gather and compile the words of the interface.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if something is out of step")
    check, wanted, broken = parser.parse_args().check, asked(), []
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        if not check:
            catalog = in_step(kept(path), wanted)
            path.write_bytes(as_po(catalog))
            path.with_suffix(".mo").write_bytes(as_mo(catalog))
        broken += [f"{path.parts[-3]}: {problem}" for problem in problems(path, wanted)]
    print("\n".join([*broken, "To bring them in step: tools/messages.py"] if broken else []), file=sys.stderr, end="")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
