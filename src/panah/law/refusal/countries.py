"""Countries to which somebody is sent, by what they are called in the languages of decisions: ISO 3166, of iso-codes."""

from __future__ import annotations

import gettext
import re
from functools import cache

_TOWARDS = {
    "en": "to|for|into|in",
    "de": "nach|in|Richtung|Zielstaat|Zielland",
    "sv": "till|mot",
    "fr": "vers|en|au|aux|à|pour|dans",
}
"""Words behind which a destination stands."""
_BESIDE = {
    "sv": ("Kina", "Turkiet", "Kazakstan", "Kirgizistan", "Ryssland", "Iran", "Syrien"),
    "de": ("China", "Türkei", "Kasachstan", "Kirgisistan", "Russland", "Iran", "Syrien"),
    "en": ("China", "Turkey", "Türkiye", "Russia", "Iran", "Syria"),
    "fr": ("Chine", "Turquie", "Russie", "Iran", "Syrie", "Kazakhstan"),
}
"""What countries are called for short, where the standard is longer."""


def destinations(words: str, language: str) -> tuple[str, ...]:
    """The countries that words name as somewhere to go to; none where the language is not known."""
    if language not in _TOWARDS:
        return ()
    return tuple(found["country"] for found in _towards(language).finditer(words))


@cache
def _towards(language: str) -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(_names(language), key=len, reverse=True)))
    return re.compile(rf"\b(?:{_TOWARDS[language]})\b\W+(?:\w+\W+){{0,4}}?(?P<country>{names})\b", re.IGNORECASE)


def _names(language: str) -> set[str]:
    """Every country by its usual, official and common name."""
    import pycountry  # here, for it takes a tenth of a second

    words = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[language], fallback=True)
    found = {*_BESIDE[language]}
    for country in pycountry.countries:
        for name in (country.name, getattr(country, "official_name", ""), getattr(country, "common_name", "")):
            if name:
                found.add(words.gettext(name).partition(",")[0])
    return found
