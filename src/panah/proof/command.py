"""`panah-verify`: checks a bundle on any machine, without a workspace, an account or a network."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from panah.proof.verify import Check, Known

OK, BROKEN, COULD_NOT_CHECK = 0, 1, 2

_SIGN = {"ok": "OK", "broken": "BROKEN", "unchecked": "UNCHECKED"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the bundle named on the command line and say so; the exit code is the verdict."""
    options = _parser().parse_args(arguments)
    from panah.errors import PanahError, one_line
    from panah.proof.verify import verified

    try:
        checks = list(verified(options.bundle, _known(options)))
    except (PanahError, OSError) as error:
        text = str(error) if isinstance(error, PanahError) else f"file-unreadable: {one_line(error)}"
        print(text, file=sys.stderr)  # noqa: T201
        return COULD_NOT_CHECK
    told = _told(_json_lines(checks) if options.json else _lines(checks))
    return _verdict(checks) if told else COULD_NOT_CHECK


def _told(lines: Iterable[str]) -> bool:
    """Print the lines; False where they cannot be kept, as on a full disk: then nobody was told the verdict."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # whatever this terminal cannot write, the verdict stands
    try:
        for line in lines:
            print(line)  # noqa: T201
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read the lines has heard enough
        _drop_the_rest()
    except OSError as error:
        print(f"output-lost: The answer could not be written: {error.strerror}.", file=sys.stderr)  # noqa: T201
        _drop_the_rest()
        return False
    return True


def _drop_the_rest() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """One line, as everything that could not be done."""
        self.exit(COULD_NOT_CHECK, f"usage-wrong: {message}. See {self.prog} --help.\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="panah-verify",
        description="Check a sealed dossier: every file, footnote, ledger line, the signature and the time-stamp.",
        epilog="Exit code 0: the bundle is whole. 1: it does not verify. 2: it could not be checked.",
    )
    parser.add_argument("bundle", type=Path, help="the ZIP file, or the folder it was unpacked to")
    parser.add_argument("--key", help="fingerprint of the key that must have signed, or a file that holds it")
    parser.add_argument("--authority", type=Path, metavar="PEM", help="root certificate of the time-stamping authority")
    parser.add_argument("--json", action="store_true", help="one JSON line per check")
    return parser


def _known(options: argparse.Namespace) -> Known:
    from panah.proof.signing import expected_fingerprint
    from panah.proof.verify import Known

    signer = None
    if options.key is not None:
        path = Path(options.key)
        named = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else options.key
        signer = expected_fingerprint(named)
    return Known(signer, options.authority.read_bytes() if options.authority else None)


def _json_lines(checks: Iterable[Check]) -> Iterable[str]:
    return (json.dumps(check._asdict()) for check in checks)


def _lines(checks: Sequence[Check]) -> Iterable[str]:
    """One line per footnote and per thing that is not ok; files and custody are counted; then the verdict.

    What a bundle says may be hostile: characters that would move the cursor or turn the text are shown as escapes.
    """
    from panah.errors import one_line

    counted = Counter(check.kind for check in checks if check.outcome == "ok" and check.kind in ("file", "custody"))
    for check in checks:
        if check.outcome != "ok" or check.kind not in ("file", "custody"):
            yield one_line(f"{check.id.removeprefix('footnote-'):>12}  {_SIGN[check.outcome]:<9}  {check.reason}")
    for kind, count in counted.items():
        yield f"{kind:>12}  OK         {count} checked"
    yield one_line(_sentence(checks))


def _sentence(checks: Sequence[Check]) -> str:
    verdict = _verdict(checks)
    if verdict == BROKEN:
        first = next(check for check in checks if check.outcome == "broken")
        return f"BROKEN: this bundle does not verify ({first.id}: {first.reason})."
    if verdict == COULD_NOT_CHECK:
        first = next(check for check in _telling(checks) if check.outcome == "unchecked")
        return f"UNCHECKED: not everything could be checked ({first.id}: {first.reason})."
    footnotes = sum(check.kind == "footnote" for check in checks)
    signer = next(check for check in checks if check.kind == "signer")
    known = "and signed by the key you gave" if signer.outcome == "ok" else f"but {signer.reason}"
    return f"OK: the bundle is whole, all {footnotes} footnotes verify, {known}."


def _verdict(checks: Iterable[Check]) -> int:
    outcomes = {check.outcome for check in _telling(checks)}
    if "broken" in outcomes:
        return BROKEN
    return COULD_NOT_CHECK if "unchecked" in outcomes else OK


def _telling(checks: Iterable[Check]) -> list[Check]:
    """The checks that decide: all but those that only the reader could have made, where she did not."""
    from panah.proof.verify import KNOWN_TO_THE_READER

    return [check for check in checks if check.kind not in KNOWN_TO_THE_READER or check.outcome != "unchecked"]
