"""Contacts (vCard) and appointments (iCalendar): what a telephone hands over of both."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from typing import NamedTuple

from panah.library.extractors import Extracted, Inside, NothingToRead, assembled
from panah.library.extractors.plain import decoded
from panah.library.extractors.texts import CALENDAR, VCARD

_LINE = re.compile(
    r"""(?:(?P<group>[\w-]+)\.)?(?P<name>[A-Za-z][\w-]*)(?P<parameters>(?:;(?:[^":;]|"[^"]*")*)*):(?P<value>.*)""",
    re.DOTALL,
)
_PARAMETER = re.compile(r""";(?:(?P<name>[\w-]+)=)?(?P<value>(?:[^";]|"[^"]*")*)""")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_DATA = re.compile(r"data:(?P<kind>[\w/+.-]*)[^,]*;base64,(?P<data>.*)", re.DOTALL)
_HIDDEN_PARAMETERS = frozenset({"charset", "encoding", "value"})
_PASSED_OVER = frozenset({"begin", "end", "version", "prodid"})


class _Line(NamedTuple):
    """One field: `TEL;TYPE=CELL:+100` has the name TEL, the parameter type and a value."""

    name: str
    parameters: Mapping[str, str]
    value: str


class Cards:
    """Each contact and each appointment is a paragraph, each of its fields a line. Pictures stand inside."""

    name = "cards"
    version = f"1+resiliparse-{version('resiliparse')}"
    media_types = frozenset({VCARD, CALENDAR})

    def read(self, content: bytes) -> Extracted:
        """Take apart. Raises `NothingToRead`."""
        text, found = decoded(content)
        paragraphs: list[list[str]] = [[]]
        inside: list[Inside] = []
        for line in _lines(text):
            if line.name in {"begin", "end"}:
                paragraphs.append([])
            elif picture := _picture(line):
                inside.append(Inside(f"{line.name} {len(inside) + 1}", picture))
                paragraphs[-1].append(f"{line.name.upper()}: [{len(picture)} bytes, kept as {inside[-1].name}]")
            elif line.name not in _PASSED_OVER and line.value:
                paragraphs[-1].append(f"{_titled(line)}: {line.value}")
        if not any(paragraphs):
            raise NothingToRead(reason="its contacts or appointments are empty")
        cards = sum(map(bool, paragraphs))
        told = assembled(["\n".join(fields) for fields in paragraphs], {}, found | {"cards": str(cards)})
        return told._replace(inside=inside)


def _lines(text: str) -> Iterator[_Line]:
    """The fields, put together where they were folded. What is no field goes on in the one before."""
    for raw in _unfolded(text):
        if field := _LINE.fullmatch(raw):
            parameters = _parameters(field["parameters"])
            yield _Line(field["name"].lower(), parameters, _value(field["value"], parameters))


def _unfolded(text: str) -> Iterator[str]:
    """A line that begins with a space goes on (vCard 3, iCalendar), so does one after a final = (vCard 2.1, quoted-printable)."""
    whole: list[str] = []
    quoted = False
    for line in text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if quoted and whole[-1].endswith("="):
            whole[-1] = whole[-1][:-1]
            whole.append(line)
        elif line[:1] in {" ", "\t"}:
            whole.append(line[1:])
        elif whole and not _LINE.match(line):
            whole.append(f"\n{line}".rstrip())
        else:
            yield "".join(whole)
            whole, quoted = [line], "quoted-printable" in line.partition(":")[0].lower()
    yield "".join(whole)


def _parameters(written: str) -> dict[str, str]:
    """Parameters by name; one without a name, as vCard 2.1 has them, is an encoding or a type."""
    parameters: dict[str, str] = {}
    for parameter in _PARAMETER.finditer(written):
        value = parameter["value"].strip('"')
        name = (
            parameter["name"] or ("encoding" if value.lower() in {"quoted-printable", "base64"} else "type")
        ).lower()
        parameters[name] = f"{parameters[name]}, {value}" if name in parameters else value
    return parameters


def _value(written: str, parameters: Mapping[str, str]) -> str:
    if parameters.get("encoding", "").lower() == "quoted-printable":
        raw = quopri.decodestring(written.encode())
        try:
            return raw.decode(parameters.get("charset", "utf-8")).strip()
        except (LookupError, UnicodeError):
            return decoded(raw)[0].strip()
    return (
        _ESCAPED.sub(lambda escaped: "\n" if escaped[1] in "nN" else escaped[1], written).strip().replace("\n", "\n  ")
    )


def _titled(line: _Line) -> str:
    said = [value for name, value in line.parameters.items() if name not in _HIDDEN_PARAMETERS and value]
    return f"{line.name.upper()} ({', '.join(said)})" if said else line.name.upper()


def _picture(line: _Line) -> bytes:
    """The bytes of a value that is a file; none where it is words."""
    data = _DATA.fullmatch(line.value)
    if not data and line.parameters.get("encoding", "").lower() not in {"b", "base64"}:
        return b""
    try:
        return base64.b64decode("".join((data["data"] if data else line.value).split()))
    except (binascii.Error, ValueError):
        return b""
