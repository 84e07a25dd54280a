"""What grades, outcomes and styles of writing are called, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from panah.cases.models import Identification
from panah.names import Grade, Script

GRADES = {
    Grade.SAME_SPELLING: _("same spelling"),
    Grade.REGULAR: _("regular transcription"),
    Grade.POSSIBLE: _("possible"),
    Grade.WEAK: _("weak"),
    Grade.DIFFERENT: _("different"),
}
OUTCOMES = {
    Identification.Outcome.SAME: _("same person"),
    Identification.Outcome.DIFFERENT: _("different person"),
    Identification.Outcome.UNCLEAR: _("cannot tell"),
}
WRITTEN_IN = {
    Script.UYGHUR_ARABIC: "Uyghur, Arabic script",
    Script.UYGHUR_LATIN: "Uyghur, Latin script",
    Script.UYGHUR_CYRILLIC: "Uyghur, Cyrillic script",
    Script.UYGHUR_OLD_LATIN: "Uyghur, Latin script of 1965 to 1982",
    Script.UYGHUR_PLACE_LATIN: "Latin script of Chinese maps and decrees (SASM)",
    Script.KAZAKH_CYRILLIC: "Kazakh, Cyrillic script",
    Script.KAZAKH_ARABIC: "Kazakh, Arabic script",
    Script.KAZAKH_LATIN: "Kazakh, Latin script",
    Script.KYRGYZ_CYRILLIC: "Kyrgyz, Cyrillic script",
    Script.UZBEK_LATIN: "Uzbek, Latin script",
    Script.TURKISH: "Turkish",
    Script.RUSSIAN: "Russian",
    Script.PRESS_LATIN: "Latin script of the press",
    Script.CHINESE: "Chinese, by the norm",
    Script.CHINESE_OLD: "Chinese, as before the norm",
    Script.CHINESE_XINHUA: "Chinese, as agencies write foreign names",
    Script.CHINESE_TRADITIONAL: "Chinese, traditional characters",
    Script.PINYIN: "Pinyin of the Chinese, as in passports",
    Script.MACHINE_READABLE: "Machine-readable line of a passport",
}
"""In English, for what is printed."""
