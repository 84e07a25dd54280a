"""Text recognition: letters that it gets wrong, by language and by how bad the page is; and its speed beside bare Tesseract.

    python bench/ocr.py [errors] [speed]

The pages are rendered here, with fonts of this machine (Debian's fonts-noto-core, fonts-noto-cjk, fonts-ukij-uyghur, or
those that Panah ships), and made worse: blurred, grained, skewed. Words that no model has learnt by heart are taken from
no book: they are the invented sentences of `TEXTS`.
"""

from __future__ import annotations

import io
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.resources import files
from pathlib import Path
from queue import SimpleQueue

import pypdfium2
import typst
from django.conf import settings
from PIL import Image, ImageFilter

DPI = 300
PAGES, TIMES = 12, 2
FONTS = {
    "uig": ("UKIJ Tuz", "UKIJ Tuz Kitab", "Noto Naskh Arabic"), "ara": ("Noto Naskh Arabic",),
    "chi_sim": ("Noto Serif CJK SC",), "chi_tra": ("Noto Serif CJK TC", "Noto Serif CJK SC"),
}  # fmt: skip
TAGS = {"uig": "ug", "ara": "ar", "chi_sim": "zh", "chi_tra": "zh"}
TEXTS = {
    "eng": "The applicant left her village in the spring, walked for nine days along the river, and was stopped at a bridge. "
    "Two officers asked for her papers, kept the telephone, and wrote down the names of her brothers.",
    "deu": "Die Klägerin verließ ihr Dorf im Frühling, ging neun Tage am Fluss entlang und wurde an einer Brücke angehalten. "
    "Zwei Beamte prüften ihre Papiere, behielten das Telefon und schrieben die Namen ihrer Brüder auf.",
    "fra": "La requérante a quitté son village au printemps, a marché neuf jours le long de la rivière et a été arrêtée près "
    "d’un pont. Deux agents ont contrôlé ses papiers, gardé le téléphone et noté les prénoms de ses frères.",
    "swe": "Sökanden lämnade sin by på våren, gick i nio dagar längs ån och blev stoppad vid en bro. Två poliser frågade efter "
    "hennes papper, behöll telefonen och skrev upp namnen på hennes bröder.",
    "tur": "Başvurucu ilkbaharda köyünden ayrıldı, dokuz gün ırmak boyunca yürüdü ve bir köprüde durduruldu. İki görevli "
    "kâğıtlarını sordu, telefonu alıkoydu ve kardeşlerinin adlarını yazdı.",
    "kaz": "Өтініш беруші көктемде ауылынан кетіп, тоғыз күн өзен бойымен жүрді де, көпірде тоқтатылды. Екі қызметкер оның "
    "құжаттарын сұрап, телефонын алып қойды және ағаларының атын жазып алды.",
    "kir": "Арыз ээси жазында айылынан чыгып, тогуз күн дарыяны бойлоп басып, көпүрөдө токтотулду. Эки кызматкер анын "
    "кагаздарын сурап, телефонун алып калып, бир туугандарынын аттарын жазып алышты.",
    "rus": "Заявительница покинула свою деревню весной, девять дней шла вдоль реки и была остановлена у моста. Двое "
    "сотрудников проверили её бумаги, забрали телефон и записали имена её братьев.",
    "uig": "ئىلتىماس قىلغۇچى ئەتىيازدا يېزىسىدىن ئايرىلىپ، دەريا بويىدا توققۇز كۈن ماڭدى ۋە كۆۋرۈكتە توختىتىلدى. ئىككى خادىم "
    "ئۇنىڭ قەغەزلىرىنى سورىدى، تېلېفوننى ئېلىپ قالدى ۋە ئاكىلىرىنىڭ ئىسىملىرىنى يېزىۋالدى.",
    "ara": "غادرت مقدمة الطلب قريتها في الربيع وسارت تسعة أيام على ضفة النهر ثم أوقفت عند جسر. طلب موظفان أوراقها واحتفظا "
    "بالهاتف وسجلا أسماء إخوتها.",
    "chi_sim": "申请人在春天离开了村庄，沿着河流走了九天，在一座桥边被拦下。"
    "两名人员检查了她的证件，扣留了电话，并记下了她兄弟的名字。",
    "chi_tra": "申請人在春天離開了村莊，沿著河流走了九天，在一座橋邊被攔下。"
    "兩名人員檢查了她的證件，扣留了電話，並記下了她兄弟的名字。",
}
GRAIN = random.Random(1)


@cache
def fonts() -> typst.Fonts:
    return typst.Fonts(font_paths=[str(files("panah.dossier") / "fonts"), "/usr/share/fonts"])


def typeset(model: str, font: str, times: int = TIMES) -> Image.Image:
    """A page of the text of a language, in shades of grey."""
    direction = "rtl" if model in {"uig", "ara"} else "ltr"
    head = (
        f"#set page(width: 21cm, height: 29.7cm, margin: 2.5cm)\n#set par(leading: 0.9em)\n"
        f'#set text(12pt, font: ("{font}", "Noto Serif"), lang: "{TAGS.get(model, "en")}", dir: {direction})\n'
    )
    printed = typst.compile((head + "\n\n".join([TEXTS[model]] * times)).encode(), format="pdf", font_paths=fonts())
    page = pypdfium2.PdfDocument(printed)[0]
    return page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L")


def grained(page: Image.Image) -> Image.Image:
    """As from an old copier: grain over all of it, and less contrast."""
    noise = Image.effect_noise(page.size, 70)
    return Image.blend(page, noise, 0.25)


WORSE: dict[str, Callable[[Image.Image], Image.Image]] = {
    "clean": lambda page: page,
    "150 dpi": lambda page: page.reduce(2),
    "blurred": lambda page: page.filter(ImageFilter.GaussianBlur(2.2)),
    "grained": grained,
    "skewed 2°": lambda page: page.rotate(2, fillcolor=255, resample=Image.Resampling.BICUBIC),
    "all three": lambda page: grained(page.filter(ImageFilter.GaussianBlur(1.5))).rotate(1.5, fillcolor=200),
}


def distance(found: str, wanted: str) -> int:
    """Letters to put in, take out or change; spaces count for nothing."""
    found, wanted = ("".join(words.replace("\u00ad", "").split()) for words in (found, wanted))
    row = list(range(len(wanted) + 1))
    for number, letter in enumerate(found, start=1):
        before, row[0] = row[0], number
        for at, other in enumerate(wanted, start=1):
            before, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, before + (letter != other))
    return row[-1]


def png(page: Image.Image) -> bytes:
    out = io.BytesIO()
    page.save(out, "PNG", dpi=(DPI, DPI), compress_level=1)
    return out.getvalue()


def errors(reader) -> Iterator[str]:
    """The table of errors, in per cent of the letters."""
    yield f"{'':<10}{'font':<22}" + "".join(f"{name:>11}" for name in WORSE)
    for model, text in TEXTS.items():
        for font in FONTS.get(model, ("Noto Serif",)):
            page, rates = typeset(model, font), []
            for worse in WORSE.values():
                content = png(worse(page))
                found = reader.read(media_type="image/png", size=len(content), pieces=[content], languages=model)
                words = found.content[found.pages[0] :].decode()
                rates.append(100 * distance(words, text * TIMES) / len("".join((text * TIMES).split())))
            yield f"{model:<10}{font:<22}" + "".join(f"{rate:>10.1f}%" for rate in rates)


def speed(supervisors) -> Iterator[str]:
    """Pages a second of this many processors, by us and by the program `tesseract`, in turns; and what of it is ours."""
    pages = [png(grained(typeset("eng", "Noto Serif", 8))) for _ in range(PAGES)]
    ours, bare, idle = [], [], SimpleQueue()
    for supervisor in supervisors:
        idle.put(supervisor)
    with tempfile.TemporaryDirectory(prefix="panah-ocr-") as folder, ThreadPoolExecutor(len(supervisors)) as threads:
        places = [Path(folder) / f"{number}.png" for number in range(PAGES)]
        for place, page in zip(places, pages, strict=True):
            place.write_bytes(page)
        for _ in range(3):
            ours.append(timed(lambda: list(threads.map(lambda page: read(idle, page), pages))))
            bare.append(timed(lambda: list(threads.map(tesseract, places))))
    for name, runs in (("Panah", ours), ("tesseract", bare)):
        rates = ", ".join(f"{PAGES / run:.2f}" for run in runs)
        yield f"{name:<10} {rates} pages/s"
    yield f"ratio of the best runs: {min(bare) / min(ours):.2f} (bar: at least 0.90)"


def read(idle, page: bytes) -> None:
    supervisor = idle.get()
    found = supervisor.read(media_type="image/png", size=len(page), pieces=[page], languages="eng")
    assert found.found["recognised"]
    idle.put(supervisor)


def tesseract(place: Path) -> None:
    subprocess.run(
        ["tesseract", place, "-", "-l", "eng"], env={**os.environ, "OMP_THREAD_LIMIT": "1"}, check=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "panah.site.settings")
    from panah.library.extractors import loaded, paths_of
    from panah.library.extractors.supervisor import Supervisor

    wanted = sys.argv[1:] or ["errors", "speed"]
    paths = paths_of(loaded(settings.EXTRACTORS))
    supervisors = [Supervisor(paths) for _ in range(os.cpu_count() or 1)]
    try:
        if "errors" in wanted:
            for line in errors(supervisors[0]):
                print(line, flush=True)
        if "speed" in wanted:
            for line in speed(supervisors):
                print(line, flush=True)
    finally:
        for supervisor in supervisors:
            supervisor.stop()


if __name__ == "__main__":
    main()
