"""How often `text.language` is right: each sentence of sib200 and each paragraph of the declarations in coi/, by language.

Uyghur in Latin and Cyrillic letters and Kazakh in Arabic ones are not in sib200; they are made from the other script letter
by letter, and say only so much. Prints a line for each language: how many, how many are right whole and by their
first 30 characters, and what was said instead; at the end the time for one.
"""

from __future__ import annotations

import csv
import json
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence

from measuring import SHARED

from panah.text import language

SIB = {
    "arb_Arab": "ar", "deu_Latn": "de", "eng_Latn": "en", "fra_Latn": "fr", "kaz_Cyrl": "kk-Cyrl", "kir_Cyrl": "ky",
    "pes_Arab": "fa", "rus_Cyrl": "ru", "swe_Latn": "sv", "tur_Latn": "tr", "uig_Arab": "ug-Arab", "uzn_Latn": "uz",
    "zho_Hans": "zh-Hans", "zho_Hant": "zh-Hant",
}  # fmt: skip
DECLARED = {
    "ar": "ar", "bo": "bo", "de-1996": "de", "fa": "fa", "fr": "fr", "kk": "kk-Cyrl", "ky": "ky", "mn-Cyrl": "mn",
    "nl": "nl", "ru": "ru", "sv": "sv", "tr": "tr", "ug-Arab": "ug-Arab", "ug-Latn": "ug-Latn", "uz-Cyrl": "uz",
    "uz-Latn": "uz", "az-Latn": "az", "tk-Latn": "tk", "tt": "tt", "tg": "tg", "nb": "nb", "da": "da", "zh": "zh-Hans",
}  # fmt: skip
"""The translations of the Universal Declaration of Human Rights whose language this project meets, or may mistake for it."""
SHORT = 30

_UYGHUR = "ئاەېىوۇۆۈۋبپتجچخدرزژسشغفقكگڭلمنھي"
_LATIN = ",a,e,ë,i,o,u,ö,ü,w,b,p,t,j,ch,x,d,r,z,zh,s,sh,gh,f,q,k,g,ng,l,m,n,h,y"
_CYRILLIC = ",а,ә,е,и,о,у,ө,ү,в,б,п,т,җ,ч,х,д,р,з,ж,с,ш,ғ,ф,қ,к,г,ң,л,м,н,һ,й"
UYGHUR_LATIN = str.maketrans(dict(zip(_UYGHUR, _LATIN.split(","), strict=True)))
UYGHUR_CYRILLIC = str.maketrans(dict(zip(_UYGHUR, _CYRILLIC.split(","), strict=True)))
KAZAKH_ARABIC = str.maketrans(
    "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя", "اابۆگعدەەجزييكقلمنڭووپرستۋۇۇفحھسچششءىىءەۋا"
)


def main() -> None:
    taken = [tried(*each) for each in texts()]
    count, spent = sum(many for many, _ in taken), sum(spent for _, spent in taken)
    print(f"{1e6 * spent / count:.0f} µs for one")


def texts() -> Iterator[tuple[str, str, Sequence[str]]]:
    """What is tried, the tag that is right, and the texts."""
    for folder, tag in SIB.items():
        sentences = sib(folder)
        yield folder, tag, sentences
        if folder == "uig_Arab":
            yield "uig, made Latin", "ug-Latn", [text.translate(UYGHUR_LATIN) for text in sentences]
            yield "uig, made Cyrillic", "ug-Cyrl", [text.translate(UYGHUR_CYRILLIC) for text in sentences]
        if folder == "kaz_Cyrl":
            yield "kaz, made Arabic", "kk-Arab", [text.lower().translate(KAZAKH_ARABIC) for text in sentences]
    for line in (SHARED / "coi" / "manifest.jsonl").read_text().splitlines():
        about = json.loads(line)
        if about["category"] == "treaty" and about["title"].startswith("Universal") and about["language"] in DECLARED:
            paragraphs = re.split(r"\n+", (SHARED / "coi" / about["file"]).read_text())
            long_enough = [each for each in paragraphs if len(each) >= (12 if about["script"] == "Hani" else 40)]
            yield f"declaration, {about['language']}", DECLARED[about["language"]], long_enough


def sib(folder: str) -> list[str]:
    found = []
    for part in ("train", "dev", "test"):
        with (SHARED / "ir" / "sib200" / folder / f"{part}.tsv").open(newline="") as rows:
            found += [row["text"] for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE)]
    return found


def tried(what: str, tag: str, sentences: Sequence[str]) -> tuple[int, float]:
    begun = time.perf_counter()
    said = Counter(map(language, sentences))
    spent = time.perf_counter() - begun
    short = Counter(language(sentence[:SHORT]) for sentence in sentences)
    wrong = ", ".join(f"{other or 'nothing'} {count}" for other, count in said.most_common(5) if other != tag)
    whole, begins = (100 * each[tag] / len(sentences) for each in (said, short))
    mistaken = 100 * (len(sentences) - short[tag] - short[""]) / len(sentences)
    print(
        f"{what:<24} {tag:<8} {len(sentences):>5} {whole:>6.1f} %   first {SHORT}: {begins:>5.1f} %, wrong {mistaken:>4.1f} %"
        f"   {wrong}", flush=True,
    )  # fmt: skip
    return len(sentences), spent


if __name__ == "__main__":
    main()
