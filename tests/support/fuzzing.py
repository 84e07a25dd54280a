"""Requests that nobody's browser makes: every address of the workbench, every field of every form, words of every kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, get_resolver
from hypothesis import strategies as st

NEEDLE = "<zq\"'>"
"""Words that stand in no page; as they are, they are markup."""
NASTY = [
    NEEDLE, f"{NEEDLE}<script>alert(1)</script>", "{0.__class__.__init__.__globals__}", "{error.facts}", "{{ settings.SECRET_KEY }}", "{% debug %}",
    "%s%n%(name)s", "${7*7}", "' OR 1=1 --", "\x00", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"), "../../etc/passwd", "..", "/", "\\",
    "\r\nSet-Cookie: a=b", "\u202e\u2066", "ﷺ" * 50, "0", "-1", "1e999", "99999999999999999999999999", "NaN", "true", "[]", "{}", '{"$gt": ""}',
    "a" * 5000, "📎" * 300, "NEAR(a b)", '"', "*", "(" * 200, "a OR " * 200, "javascript:alert(1)", "//elsewhere.example", "http://127.0.0.1:1/",
]  # fmt: skip
METHODS = ["get", "get", "post", "post", "post", "head", "put", "delete", "options", "patch"]


class Asked(NamedTuple):
    """One request."""

    method: str
    address: str
    fields: dict[str, Any]
    headers: dict[str, str]


def patterns() -> list[str]:
    """Every address as the map has it."""

    def walk(found, before="/") -> Iterator[str]:
        for pattern in found:
            if isinstance(pattern, URLPattern):
                yield before + str(pattern.pattern)
            else:
                yield from walk(pattern.url_patterns, before + str(pattern.pattern))

    return sorted(set(walk(get_resolver().url_patterns)))


def field_names() -> list[str]:
    """The name of every field of every form, and of what is asked in an address."""

    def every(kind: type) -> Iterator[type]:
        for each in kind.__subclasses__():
            yield each
            yield from every(each)

    patterns()  # loads every form
    ours = [form for form in every(forms.Form) if form.__module__.startswith("panah.")]
    assert len(ours) > 8
    return sorted(
        {name for form in ours for name in form.base_fields}
        | {"next", "language", "new", "old", "at", "part", "quoted"}
    )


def requests(known: dict[str, list[str]]) -> st.SearchStrategy[Asked]:
    """Requests to addresses whose parts are sometimes those of things that are there."""
    nasty = st.integers(0, len(NASTY) - 1).map(NASTY.__getitem__)
    words = st.one_of(
        nasty,
        st.text(max_size=60),
        st.sampled_from([each for several in known.values() for each in several]),
    )
    part = {
        "str": st.one_of(st.sampled_from(known["str"]), words),
        "int": st.one_of(st.sampled_from(known["int"]), st.integers(-5, 10**25).map(str)),
        "uuid": st.one_of(st.sampled_from(known["uuid"]), st.uuids().map(str), words),
        "path": words,
        "slug": st.one_of(st.sampled_from(["internment-camp", "uyghurs"]), words),
    }

    @st.composite
    def addresses(draw) -> str:
        pattern = draw(st.sampled_from(patterns()))
        filled = re.sub(r"<(?:(\w+):)?\w+>", lambda found: escaped(draw(part[found[1] or "str"])), pattern)
        return filled + draw(
            st.sampled_from(
                ["", "", "", "/", "?" + escaped(NEEDLE), "?q=" + escaped(draw(words)), "?page=" + escaped(draw(words))]
            )
        )

    fields = st.dictionaries(st.sampled_from(field_names()), st.one_of(words, st.lists(words, max_size=3)), max_size=12)
    papers = st.lists(st.builds(paper, words, st.binary(max_size=200)), max_size=2)
    headers = st.fixed_dictionaries(
        {}, optional={"referer": words.map(plain), "accept-language": words.map(plain), "host": words.map(plain)}
    )
    method, address, files = st.sampled_from(METHODS), addresses(), papers

    @st.composite
    def asked(draw) -> Asked:
        handed_in = draw(files)
        said = draw(fields) | ({"papers": handed_in} if handed_in else {})
        return Asked(draw(method), draw(address), said, draw(headers))

    return asked()


def paper(name: str, content: bytes) -> SimpleUploadedFile:
    usable = name.rpartition("/")[2] not in {"", ".", ".."}  # Django takes no other, not even for a test
    return SimpleUploadedFile(name if usable else "a", content)


def escaped(words: str) -> str:
    from urllib.parse import quote

    return quote(words.encode("utf-8", "replace"), safe="")


def plain(words: str) -> str:
    """Words as a header can carry them."""
    return words.encode("ascii", "replace").decode().replace("\r", " ").replace("\n", " ")
