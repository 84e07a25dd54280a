"""Countries to which somebody is sent, by what they are called in the languages of decisions: ISO 3166, of iso-codes."""

from __future__ import annotations

import gettext
import re
from collections.abc import Mapping
from functools import cache

from panah.law.checklist.finding import phrases
from panah.law.checklist.loading import page_of
from panah.law.refusal.headings import shipped
from panah.law.refusal.writing import any_of

_PARTS = ("towards", "between", "from", "called")


def destinations(words: str, language: str) -> tuple[str, ...]:
    """The countries that words name as somewhere to go to; none where the language is not known."""
    if language not in phrases().common:
        return ()
    return tuple(found["country"] for found in _towards(language).finditer(words) if not found["from"])


def read_destinations(name: str, source: bytes) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """How destinations are named, from the bytes of their file, by part and language. Raises `ChecklistBroken`."""
    page, languages = page_of(name), tuple(phrases().common)
    root = page.entries(page.opened(source), _PARTS)
    return {
        part: {tag: page.texts(node) for tag, node in page.entries(root[part], languages).items()} for part in _PARTS
    }


@cache
def _shipped() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    return read_destinations("destinations.yaml", shipped("destinations.yaml"))


@cache
def _towards(language: str) -> re.Pattern[str]:
    known = {part: any_of(words[language]) for part, words in _shipped().items()}
    names = any_of({*_shipped()["called"][language], *_names(language)})
    return re.compile(
        rf"(?P<from>\b(?:{known['from']})\s+)?(?<!\w)(?:{known['towards']})\s+(?:(?:{known['between']})\W+)?"
        rf"(?P<country>{names})(?!\w)",
        re.IGNORECASE,
    )


def _names(language: str) -> set[str]:
    """Every country by its usual, official and common name."""
    import pycountry  # here, for it takes a tenth of a second

    words = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[language], fallback=True)
    called = ("name", "official_name", "common_name")
    names = {getattr(country, each, "") for country in pycountry.countries for each in called}
    return {words.gettext(name).partition(",")[0] for name in names if name}
