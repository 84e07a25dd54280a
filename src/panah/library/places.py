"""Countries and their parts, by the codes of ISO 3166. The codes and names are those of the iso-codes project."""

from __future__ import annotations

import gettext
from functools import cache

from panah.errors import PanahError

LONGEST = 80


class PlaceUnknown(PanahError):
    """“{written}” is no country, and no part of one, that ISO 3166 knows; write CN, China, or CN-XJ for a part."""


def code_of(written: str) -> str:
    """The code of a country or of a part of one, from its code or a country's name. Raises `PlaceUnknown`."""
    import pycountry  # here, for it takes a tenth of a second, and most commands ask for no place

    wanted = " ".join(written.split())
    try:
        if "-" in wanted and (part := pycountry.subdivisions.get(code=wanted.upper())):  # type: ignore[no-untyped-call]
            return str(part.code)
        if len(wanted) <= LONGEST:
            return str(pycountry.countries.lookup(wanted).alpha_2)
    except LookupError:
        pass
    raise PlaceUnknown(written=wanted[:LONGEST])


def name_of(code: str, language: str = "en") -> str:
    """What a place is called, a country in the reader's language where there is a word for it; else its code."""
    import pycountry

    country, _, part = code.partition("-")
    if part:
        found = pycountry.subdivisions.get(code=code)  # type: ignore[no-untyped-call]
        return f"{found.name} ({name_of(country, language)})" if found else code
    known = pycountry.countries.get(alpha_2=country)
    if known is None:
        return code
    return _words(language).gettext(getattr(known, "common_name", known.name))


@cache
def _words(language: str) -> gettext.NullTranslations:
    import pycountry

    return gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[language], fallback=True)
