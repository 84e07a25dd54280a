"""Sheets for the printers: invented words in several scripts, and what stands around them."""

from __future__ import annotations

ENGLISH = "The officers said that the study would last fifteen days; nobody has answered the telephone since."
UYGHUR = "ئۇيغۇر قىز ئاكىسىنى لاگېردىن ئىزدىدى، بالىلارنىڭ ياۋاش ئاۋازى"
CHINESE = "当地公安机关于扣押了她的护照，理由是“维护社会稳定”。"
KAZAKH = "Қамаудан шыққан соң ол Алматыға көшіп келді, бірақ әкесі әлі оралмады."
GERMAN = "Die Behörden verweigerten die Ausstellung eines Reisepasses."
MARKUP = [
    '#let x = 1; #panic("no") #read("/etc/passwd") *bold* _it_ $a_1$ @ref <label> `raw` // comment',
    "= No heading",
    "- no list -- and --- no dashes ~ \\ \\u202e {{x}} %s ${y} &amp; <b>tag</b> </w:t> [link](http://example.org)",
]
KEY = " ".join(["8254", "c329", "a928", "50f6"] * 4)


def block(kind, text="", note="", notes=(), exhibits=()):
    return {"kind": kind, "text": text, "note": note, "notes": list(notes), "exhibits": list(exhibits)}


def section(title, *blocks, level=1):
    return {"title": title, "level": level, "blocks": list(blocks)}


def exhibit(number, language="en", title=""):
    return {
        "number": number, "title": title or f"Report {number}", "source": "An invented observatory", "date": "2018-09-09",
        "url": f"https://example.org/{number}", "language": language, "original": f"sha256:{number:064x}",
        "reading": f"sha256:{number + 1000:064x}", "extractor": "pdf 1", "size": 48213, "media_type": "application/pdf",
    }  # fmt: skip


def footnote(number, exhibit_=1):
    return {
        "number": number, "label": f"Report {exhibit_}, An invented observatory, 2018-09-09", "exhibit": exhibit_, "reading": "",
        "page": number, "start": number * 100, "end": number * 100 + 42, "url": "",
    }  # fmt: skip


def sheet(*sections, footnotes=0, exhibits=(), **changes):
    return {
        "title": "Examination of a claim", "reference": "2026-014", "called": "Gülnar A.",
        "names": [
            {"name": "گۈلنار", "script": "Arabic", "note": ""}, {"name": "古丽娜尔", "script": "Chinese", "note": ""},
        ],
        "prepared_by": "An invented clinic", "made": "2026-11-23T12:00:00+00:00",
        "frameworks": ["Convention against Torture"], "sections": list(sections),
        "footnotes": [footnote(number) for number in range(1, footnotes + 1)],
        "exhibits": list(exhibits) or [exhibit(1), exhibit(2)], "gaps": [], "key": KEY, "timestamp": "There is none.",
    } | changes  # fmt: skip


def quoting(*texts, **changes):
    blocks = [block("quote", text, notes=[number]) for number, text in enumerate(texts, start=1)]
    return sheet(section("Facts", *blocks), footnotes=len(texts), **changes)
