"""What grades, outcomes, scripts and styles of writing are called."""

from __future__ import annotations

import unicodedata

from django import template
from django.utils.functional import Promise

from panah.cases.forms import SCRIPTS
from panah.cases.models import Identification
from panah.cases.naming import showing
from panah.cases.naming.showing import Together
from panah.cases.naming.words import GRADES, OUTCOMES, WRITTEN_IN
from panah.names import Grade, Part, Script
from panah.text.folding import simplified

register = template.Library()

_BEGINS = {"ARABIC": "Arab", "CYRILLIC": "Cyrl", "LATIN": "Latn", "CJK": "Hans"}
"""The scripts by how Unicode begins the names of their letters."""
_SCRIPTS: dict[str, Promise | str] = dict(SCRIPTS)


@register.filter
def called_grade(grade: Grade) -> str:
    """How near a spelling is, in words."""
    return str(GRADES[grade])


@register.filter
def called_outcome(outcome: str) -> str:
    """What was said of a name."""
    return str(OUTCOMES[Identification.Outcome(outcome)])


@register.filter
def called_script(code: str) -> str:
    """A script by its code in ISO 15924; as it is, where we have no words for it."""
    return str(_SCRIPTS.get(code, code))


@register.filter
def script_of(words: str) -> str:
    """The script in which a name is written, by its first letter: its code in ISO 15924; empty where we have no words for it."""
    called = next((unicodedata.name(letter, "") for letter in words if letter.isalpha()), "")
    begins = next((code for begin, code in _BEGINS.items() if called.startswith(begin)), "")
    return "Hant" if begins == "Hans" and simplified().keys() & set(words) else begins


@register.filter
def written_in(script: str) -> str:
    """A script or style of writing in English, as it is printed."""
    return WRITTEN_IN[Script(script)]


@register.filter
def together(part: Part) -> list[Together]:
    """The steps of a part of a name, those of one reason together."""
    return list(showing.together(part))
