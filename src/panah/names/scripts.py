"""The scripts and the manners of writing in which one name is found on papers."""

from __future__ import annotations

from enum import StrEnum


class Script(StrEnum):
    """A script, or a manner of writing in it, for which `spellings` gives the regular spellings."""

    UYGHUR_ARABIC = "uyghur-arabic"
    UYGHUR_LATIN = "uyghur-latin"
    UYGHUR_CYRILLIC = "uyghur-cyrillic"
    UYGHUR_OLD_LATIN = "uyghur-old-latin"
    UYGHUR_PLACE_LATIN = "uyghur-place-latin"
    KAZAKH_CYRILLIC = "kazakh-cyrillic"
    KAZAKH_ARABIC = "kazakh-arabic"
    KAZAKH_LATIN = "kazakh-latin"
    KYRGYZ_CYRILLIC = "kyrgyz-cyrillic"
    UZBEK_LATIN = "uzbek-latin"
    TURKISH = "turkish"
    RUSSIAN = "russian"
    PRESS_LATIN = "press-latin"
    CHINESE = "chinese"
    CHINESE_OLD = "chinese-old"
    CHINESE_XINHUA = "chinese-xinhua"
    CHINESE_TRADITIONAL = "chinese-traditional"
    PINYIN = "pinyin"
    MACHINE_READABLE = "machine-readable"
