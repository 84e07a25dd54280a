"""The regular spellings of a name in one script, for people who search a paper or a list by hand."""

from __future__ import annotations

import re
from functools import cache

from panah.names.parting import NameEmpty, parts
from panah.names.reading import Kind, readings
from panah.names.scripts import Script
from panah.names.sounds import VOWELS, sounds_of
from panah.names.syllables import signs
from panah.names.tables import Letters, table

_BEFORE_A_VOWEL = re.compile(f"(?<![^{VOWELS}])(?=[{VOWELS}])")


def spellings(name: str, script: Script) -> list[str]:
    """The regular spellings of `name` in `script`, the usual one first. Refuses a name without letters, and one too long."""
    found = [sounds for part in parts(name) if (sounds := _sounds(part))]
    if not found:
        raise NameEmpty
    if script not in table("spelled.yaml").keys():
        return []
    return [" ".join(_spelled(sounds, script) for sounds in found)]


def _sounds(part: str) -> str:
    """The sounds of its usual reading."""
    for reading in readings(part):
        if reading.kind != Kind.SIGNS:
            return sounds_of(reading.units)
        usual = signs().costs[:, list(filter(None, reading.units))].argmin(axis=0)
        return "".join(signs().chunks[row - 1] for row in usual)
    return ""


def _spelled(sounds: str, script: Script) -> str:
    known, longest_first = _letters(script)
    if script is Script.UYGHUR_ARABIC:
        return "".join(known.get(sound, sound) for sound in _BEFORE_A_VOWEL.sub("ئ", sounds))
    spelled = "".join(known.get(each, each) for each in longest_first.findall(sounds))
    return spelled if script is Script.MACHINE_READABLE else spelled[:1].upper() + spelled[1:]


@cache
def _letters(script: Script) -> tuple[Letters, re.Pattern[str]]:
    known = table("spelled.yaml").letters(script)
    return known, re.compile("|".join([*sorted(known, key=len, reverse=True), "."]))
