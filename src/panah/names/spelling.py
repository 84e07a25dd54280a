"""The regular spellings of a name in one script, for people who search a paper or a list by hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from itertools import product

from panah.names.parting import NameEmpty, parts
from panah.names.reading import Kind, readings
from panah.names.scripts import Script
from panah.names.sounds import AMBIGUOUS, VOWELS, meant, sounds_of
from panah.names.syllables import ELSEWHERE, LONGEST_CHUNK, SOUND_LEFT_OUT, signs
from panah.names.syllables import readings as readings_of_characters
from panah.names.tables import Costs, Letters, learned_costs, table

MOST_SPELLINGS = 4
OTHER_END = 4.0
_BEFORE_A_VOWEL = re.compile(f"(?<![^{VOWELS}])(?=[{VOWELS}])")
_ONE_IN_XINJIANG = str.maketrans("Z", "j")  # 江 is jan, and the Kazakh жан as well
_PLAINLY = str.maketrans({sound: min(meant(sound), key=meant(sound).__getitem__) for sound in AMBIGUOUS})


def spellings(name: str, script: Script) -> list[str]:
    """The regular spellings of `name` in `script`, the usual one first. Refuses a name without letters, and one too long."""
    found = _heard(name)
    return _written(found, script, lambda style: _ways(found, style))


def every_spelling(name: str) -> dict[Script, tuple[str, ...]]:
    """The same in each script and style that has any: what is common to several is looked for once. Refuses as `spellings`."""
    found = _heard(name)
    transcribed = {style: _ways(found, style) for style in ("", ELSEWHERE)}
    spelled = {script: _written(found, script, transcribed.__getitem__) for script in Script}
    return {script: tuple(each) for script, each in spelled.items() if each}


def _written(found: list[str], script: Script, ways: Callable[[str], list[list[str]]]) -> list[str]:
    """These sounds in a script; `ways` has the characters for each part, in a style."""
    if script in _CHINESE:
        return _in_characters(ways(_style_of(script)), script)
    return [" ".join(_spelled(sounds, script) for sounds in found)]


def _heard(name: str) -> list[str]:
    """The sounds of its parts."""
    found = [sounds for part in parts(name) if (sounds := _sounds(part))]
    if not found:
        raise NameEmpty
    return found


def _sounds(part: str) -> str:
    """The sounds of its usual reading."""
    reading = next(iter(readings(part)), None)
    if reading is None:
        return ""
    if reading.kind != Kind.SIGNS:
        return sounds_of(reading.units).translate(_PLAINLY)
    usual = signs().seen[:, list(filter(None, reading.units))].argmin(axis=0)
    return "".join(signs().chunks[row - 1] for row in usual)


def _spelled(sounds: str, script: Script) -> str:
    known, longest_first = _letters(script)
    begun = _BEFORE_A_VOWEL.sub("ئ", sounds) if script is Script.UYGHUR_ARABIC else sounds
    spelled = "".join(known.get(each, each) for each in longest_first.findall(begun))
    return spelled if script is Script.MACHINE_READABLE else spelled[:1].upper() + spelled[1:]


@cache
def _letters(script: Script) -> tuple[Letters, re.Pattern[str]]:
    known = table("spelled.yaml").letters(script)
    return known, re.compile("|".join([*sorted(known, key=len, reverse=True), "."]))


def _style_of(script: Script) -> str:
    return ELSEWHERE if script is Script.CHINESE_XINHUA else ""


def _ways(found: list[str], style: str) -> list[list[str]]:
    """The ways to write each part in characters."""
    return [_transcribed(sounds if style else sounds.translate(_ONE_IN_XINJIANG), style) for sounds in found]


def _in_characters(each: list[list[str]], script: Script) -> list[str]:
    """Out of the ways to write each part."""
    names = ("·".join(way) for way in product(*each))
    return list(dict.fromkeys(map(_CHINESE[script], names)))[:MOST_SPELLINGS]


def _transcribed(sounds: str, style: str) -> list[str]:
    """The likeliest characters for these sounds, the likeliest first: a few ways are kept for each beginning."""
    ways: list[dict[str, float]] = [{} for _ in range(len(sounds) + 1)]
    ways[0][""] = 0.0
    for start in range(len(sounds)):
        kept = sorted(ways[start].items(), key=lambda way: (way[1], way[0]))[:MOST_SPELLINGS]
        for written, cost in kept:
            for end, characters, more in _next(sounds, start, style):
                way = written + characters
                ways[end][way] = min(cost + more, ways[end].get(way, cost + more))
    return sorted(filter(None, ways[-1]), key=lambda way: (ways[-1][way], way))[:MOST_SPELLINGS]


def _next(sounds: str, start: int, style: str) -> list[tuple[int, str, float]]:
    """What may be written next: a character for some sounds, or nothing for one."""
    ends = range(start + 1, min(start + LONGEST_CHUNK, len(sounds)) + 1)
    found = [(end, *each) for end in ends for each in _characters(sounds[start:end], style)]
    return [*found, (start + 1, "", SOUND_LEFT_OUT)]


def _characters(chunk: str, style: str) -> list[tuple[str, float]]:
    """A Mandarin syllable ends with a vowel, n or ng: one for a chunk that ends otherwise is written seldom."""
    more = OTHER_END if len(chunk) > 1 and chunk[-1] not in VOWELS + "ng" else 0.0
    known = _learned_spellings().get(style + chunk, {})
    return [(character, cost + more) for character, cost in known.items()]


@cache
def _learned_spellings() -> Mapping[str, Costs]:
    """Which characters are written for a chunk of sounds: made by tools/learn_names.py."""
    return learned_costs("learned-spellings.txt")


def _as_learned(name: str) -> str:
    return name


def _of_the_norm(name: str) -> str:
    return _instead(name, _norm())


def _before_the_norm(name: str) -> str:
    return _instead(name, _characters_for("old"))


def _traditional(name: str) -> str:
    return _instead(_of_the_norm(name), _characters_for("traditional"))


@cache
def _norm() -> Letters:
    """The character of the norm for each of before; of several the one that stands there first."""
    return {old: new for new, old in reversed(list(_characters_for("old").items()))}


@cache
def _characters_for(manner: str) -> Letters:
    return table("chinese.yaml").letters(manner)


def _instead(name: str, others: Letters) -> str:
    return "".join(others.get(character, character) for character in name)


def _as_pinyin(name: str) -> str:
    """As on passports: the syllables of a part in one, ü as YU."""
    syllables = ("".join(readings_of_characters()[each][0] for each in part) for part in name.split("·"))
    return " ".join(syllables).replace("ü", "yu").title()


_CHINESE: Mapping[Script, Callable[[str], str]] = {
    Script.CHINESE: _of_the_norm,
    Script.CHINESE_OLD: _before_the_norm,
    Script.CHINESE_XINHUA: _as_learned,
    Script.CHINESE_TRADITIONAL: _traditional,
    Script.PINYIN: _as_pinyin,
}
