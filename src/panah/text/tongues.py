"""What languages are called. The tags are BCP 47; the names are those that a reader of English knows."""

from __future__ import annotations

_NAMES = {
    "ar": "Arabic", "bg": "Bulgarian", "bo": "Tibetan", "ckb": "Central Kurdish", "cs": "Czech", "da": "Danish",
    "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "fa": "Persian", "fi": "Finnish", "fr": "French",
    "hu": "Hungarian", "it": "Italian", "ja": "Japanese", "kk": "Kazakh", "ko": "Korean", "ky": "Kyrgyz",
    "mn": "Mongolian", "nl": "Dutch", "no": "Norwegian", "nb": "Norwegian", "pl": "Polish", "ps": "Pashto",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sv": "Swedish", "tg": "Tajik", "th": "Thai",
    "tk": "Turkmen", "tr": "Turkish", "tt": "Tatar", "ug": "Uyghur", "uk": "Ukrainian", "ur": "Urdu", "uz": "Uzbek",
    "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
_SCRIPTS = {
    "Arab": "Arabic script", "Cyrl": "Cyrillic script", "Latn": "Latin script", "Hans": "simplified",
    "Hant": "traditional",
}  # fmt: skip


def language_name(tag: str) -> str:
    """`ug-Arab` is Uyghur (Arabic script); a tag that we have no name for is its own name."""
    language, _, rest = tag.partition("-")
    name = _NAMES.get(language.lower())
    if name is None:
        return tag
    return f"{name} ({_SCRIPTS[rest]})" if rest in _SCRIPTS else name
