"""Which of Tesseract's models reads a language, told by its tag; and which reads a script, where nobody said the language."""

from __future__ import annotations

from collections.abc import Container, Iterator

MODELS = {
    "ar": "ara", "de": "deu", "en": "eng", "fr": "fra", "kk": "kaz", "ky": "kir", "ru": "rus", "sv": "swe", "tr": "tur",
    "ug": "uig", "zh": "chi_sim", "zh-hans": "chi_sim", "zh-hant": "chi_tra", "zh-tw": "chi_tra", "zh-hk": "chi_tra",
    "zh-mo": "chi_tra", "ug-cyrl": "kaz", "ug-latn": "tur",
}  # fmt: skip
"""By BCP 47, in small letters. Uyghur in other letters is read by the model of a neighbour that is written in them."""
TAGS = {model: tag for tag, model in reversed(MODELS.items()) if "-" not in tag} | {
    "chi_sim": "zh-Hans", "chi_tra": "zh-Hant",
}  # fmt: skip
"""What the language of a model is called, by BCP 47."""
OF_A_SCRIPT = {
    "Arabic": ("uig+ara",),
    "Cyrillic": ("rus+kaz+kir",),
    "Han": ("chi_sim", "chi_tra"),
    "HanS": ("chi_sim", "chi_tra"),
    "HanT": ("chi_tra", "chi_sim"),
    "Latin": ("eng+deu+fra+swe+tur",),
}
"""By the name that Tesseract gives a script: models that read it together, and others to be tried instead of them."""
LETTERS = {
    "uig": "ېۇۆۈۋەڭ", "tur": "ığşİĞŞ", "swe": "åÅ", "deu": "ßüÜ", "fra": "éèêàçœ", "kaz": "ұқғәі", "kir": "ңөү",
}  # fmt: skip
"""Letters that tell a language from the others of its script, in the order in which they are looked for."""
TELLING = 0.004
"""So many of its letters are such letters in a text of the language; in others, which borrow names, they are fewer."""
ENOUGH = 200
"""Letters. A shorter text does not tell its language."""
ALL = tuple(sorted(set(MODELS.values())))
"""The models that Panah asks Debian for."""


def of_tag(tag: str, installed: Container[str]) -> str:
    """The model that reads a language; empty where none does, or it is not installed."""
    parts = tag.lower().split("-")
    tried = ("-".join(parts[:length]) for length in range(len(parts), 0, -1))
    model = next((MODELS[beginning] for beginning in tried if beginning in MODELS), "")
    return model if model in installed else ""


def of_script(script: str, installed: Container[str]) -> list[str]:
    """The models that read a script, joined by `+`, and others to be tried; none where it is unknown, or none is installed."""
    together = (group.split("+") for group in OF_A_SCRIPT.get(script, ()))
    here = ("+".join(model for model in group if model in installed) for group in together)
    return [group for group in here if group]


def told_by(text: str, models: str) -> str:
    """Of the models with which a text was read, the one that would have done; all of them where it does not tell."""
    among, letters = models.split("+"), sum(map(str.isalpha, text))
    if letters < ENOUGH:
        return models
    telling = (model for model, own in LETTERS.items() if sum(map(text.count, own)) > TELLING * letters)
    return next((model for model in telling if model in among), next(_plain(among), models))


def _plain(models: list[str]) -> Iterator[str]:
    """The one of these languages that has no letters of its own, if there is but one."""
    plain = [model for model in models if model not in LETTERS]
    yield from plain if len(plain) == 1 else []
