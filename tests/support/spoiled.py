"""Bundles that are not what they should be: spoiled by somebody without the key, or by the sealer herself."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from types import SimpleNamespace

from panah.proof import bundle
from panah.proof.canonical import canonical
from panah.proof.chain import GENESIS
from panah.proof.digest import digest_of
from support import bundles
from support.bundles import OTHER_KEY, draft, flipped, packed, parts, sealed, tagged

WHOLE = packed(sealed(draft()))


# What somebody without the key can do: change the files, and write manifests and a container that fit.


def forged(change):
    """The whole bundle with its files changed by `change`, manifests and container written anew."""
    files = sealed(draft())
    change(files)
    files[bundle.MANIFEST] = bundles.manifest_of(files)
    return packed(tagged(files))


def unlisted(change):
    """The same, but the manifests left as they were."""
    files = sealed(draft())
    change(files)
    return packed(files)


def rewritten(path, old, new):
    def change(files):
        assert old in files[path]
        files[path] = files[path].replace(old, new, 1)

    return change


def without(path):
    return lambda files: files.pop(path)


def with_file(path, content=b"x"):
    return lambda files: files.update({path: content})


def without_footnote(files):
    dossier = json.loads(files[bundle.DOSSIER])
    dossier["items"].pop()
    files[bundle.DOSSIER] = canonical(dossier)


def without_ledger_line(files):
    lines = files[bundle.LEDGER].splitlines(keepends=True)
    files[bundle.LEDGER] = b"".join(lines[:3] + lines[4:])


def without_last_ledger_line(files):
    files[bundle.LEDGER] = b"".join(files[bundle.LEDGER].splitlines(keepends=True)[:-1])


def by_another_key(files):
    said = bundles.statement(files, draft(), OTHER_KEY)
    files |= bundles.signed_over(files, said, OTHER_KEY)


def signature_of_another_key(files):
    said = bundles.statement(files, draft())
    files[bundle.SIGNATURE] = bundle.signed(said, OTHER_KEY)


def with_manifest(written):
    """The manifest replaced by `written` of it, and signed: only the key's holder could."""
    files = sealed(draft())
    files[bundle.MANIFEST] = written(files[bundle.MANIFEST])
    return packed(bundles.signed_over(files, bundles.statement(files, draft())))


WITHOUT_KEY = {
    "file removed": lambda: unlisted(without("data/readings/en.txt")),
    "file removed, manifest too": lambda: forged(without("data/originals/report.html")),
    "dossier.pdf removed, manifest too": lambda: forged(without("data/dossier.pdf")),
    "file added": lambda: unlisted(with_file("data/extra.txt")),
    "file added, manifest too": lambda: forged(with_file("data/extra.txt")),
    "file added outside": lambda: unlisted(with_file("extra.txt")),
    "reading rewritten": lambda: unlisted(rewritten("data/readings/en.txt", b"prayed", b"played")),
    "reading rewritten, manifest too": lambda: forged(rewritten("data/readings/en.txt", b"prayed", b"played")),
    "words around rewritten": lambda: forged(rewritten("data/readings/en.txt", b"Nobody", b"Anybody")),
    "footnote removed": lambda: unlisted(without_footnote),
    "footnote removed, manifest too": lambda: forged(without_footnote),
    "ledger removed": lambda: forged(without(bundle.LEDGER)),
    "ledger line removed": lambda: forged(without_ledger_line),
    "last ledger line removed": lambda: forged(without_last_ledger_line),
    "ledger line rewritten": lambda: forged(rewritten(bundle.LEDGER, b'"verb":"opened"', b'"verb":"closed"')),
    "withheld line rewritten": lambda: forged(rewritten(bundle.LEDGER, b"sha256:4", b"sha256:5")),
    "seal removed": lambda: forged(without(bundle.SEAL)),
    "signature removed": lambda: forged(without(bundle.SIGNATURE)),
    "manifest removed": lambda: packed(tagged({k: v for k, v in sealed(draft()).items() if k != bundle.MANIFEST})),
    "last manifest removed": lambda: unlisted(without(bundle.TAG_MANIFEST)),
    "bagit.txt removed": lambda: forged(without(bundle.BAGIT)),
    "bag-info.txt rewritten": lambda: forged(rewritten(bundle.BAG_INFO, b"2026-014", b"2026-015")),
    "seal rewritten": lambda: forged(rewritten(bundle.SEAL, b"2026-05", b"2025-05")),
    "seal promises a time-stamp": lambda: forged(rewritten(bundle.SEAL, b'"none"', b'"rfc3161"')),
    "seal spaced out": lambda: forged(rewritten(bundle.SEAL, b'":"', b'": "')),
    "signature by another key": lambda: forged(signature_of_another_key),
    "signature in capitals": lambda: forged(with_file(bundle.SIGNATURE, sealed(draft())[bundle.SIGNATURE].upper())),
    "files in another folder": lambda: packed({f"{n}/{p}": c for n, (p, c) in enumerate(sealed(draft()).items())}, ""),
    "files in the folder above": lambda: packed(sealed(draft()), "../"),
    "files at the root": lambda: packed(sealed(draft()), "/"),
    "files on a drive": lambda: packed(sealed(draft()), "C:/"),
    "time-stamp added": lambda: forged(with_file(bundle.STAMP)),
    "roots of an authority added": lambda: forged(with_file(bundle.STAMP_ROOTS)),
    "checksum of a file": lambda: with_checksum_of("data/dossier.pdf"),
    "packed by another program": lambda: rezipped(sealed(draft())),
    "something before it": lambda: b"x" + WHOLE,
    "something after it": lambda: WHOLE + b"x",
    "itself after it": lambda: WHOLE + WHOLE,
    "comment on it": lambda: WHOLE[:-2] + b"\x01\x00x",
    "file twice": lambda: repeated(WHOLE),
    "cut short": lambda: WHOLE[:-1],
    "cut in the middle": lambda: WHOLE[: len(WHOLE) // 2],
    "manifest in another order": lambda: with_manifest(lambda text: b"".join(sorted(text.splitlines(keepends=True)))),
    "manifest with other line ends": lambda: with_manifest(lambda text: text.replace(b"\n", b"\r\n")),
    "manifest line twice": lambda: with_manifest(lambda text: text + text.splitlines(keepends=True)[0]),
}


def repeated(zipped):
    """The same with its first file once more, before the rest."""
    first = next(part.end for part in parts(zipped) if part.name == bundle.BAG_INFO)
    return zipped[:first] + zipped


def rezipped(files):
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as container:
        for path, content in files.items():
            container.writestr(f"{bundles.TOP}/{path}", content)
    return out.getvalue()


# What only the sealer can do: seal something that does not hold together.


def annotated(change):
    """A sealed bundle whose first footnote was changed by `change` before."""

    def spoiled():
        of = draft()
        change(of.dossier["items"][0])
        return packed(sealed(of))

    return spoiled


def position(**changes):
    return annotated(lambda note: note["target"]["selector"][0].update(changes))


def quote(**changes):
    return annotated(lambda note: note["target"]["selector"][1].update(changes))


def sealed_after(change, **claims):
    def spoiled():
        of = draft()
        change(of)
        return packed(sealed(of, claims=claims))

    return spoiled


def claimed(**claims):
    return sealed_after(lambda _: None, **claims)


def newer(change=lambda _lines: None):
    """A sealed bundle with a ledger of two levels, changed before; its links are made to fit again."""

    def spoil(of):
        of.ledger = bundles.newer(of.ledger)
        change(of.ledger)
        previous = of.ledger[0]["previous"]
        for line in of.ledger[1:]:
            digest = bundles.body_digest(line["body"]) if "body" in line else line["body_digest"]
            previous = line["link"] = bundles.linked(previous, digest)

    return sealed_after(spoil)


SEALED_AMISS = {
    "line about something else than its digest": newer(lambda lines: lines[2]["what"].update(subject="another")),
    "line about nothing": newer(lambda lines: lines[2].pop("what")),
    "line without the digest of what it is about": newer(lambda lines: lines[2]["body"].pop("what")),
    "line about too much": newer(
        lambda lines: (
            lines[2]["what"].update(verb="x"),
            lines[2]["body"].update(what=bundles.body_digest(lines[2]["what"])),
        )
    ),
    "line that says what it is about twice": newer(lambda lines: lines[2]["body"].update(subject="another")),
    "line about a text": newer(lambda lines: lines[2].update(what="x")),
    "ledger of two levels under the older format": newer(lambda lines: lines[0].update(format="panah-ledger/1")),
    "ledger of a format to come": newer(lambda lines: lines[0].update(format="panah-ledger/3")),
    "other words": quote(exact="They asked my children whether we played"),
    "other words before": quote(prefix="(“"),
    "other words after": quote(suffix=" and fasted"),
    "no words": position(end=119),
    "words past the end": position(start=10_000, end=10_040),
    "negative place": position(start=-1),
    "place that is no integer": position(start="119"),
    "other digest": annotated(lambda note: note.update(digest=digest_of(b"other words"))),
    "other number": annotated(lambda note: note.update(number=2)),
    "no label": annotated(lambda note: note.pop("label")),
    "no reading": annotated(lambda note: note["target"].update(source="readings/none.txt")),
    "no place": annotated(lambda note: note["target"]["selector"].pop(0)),
    "places the other way round": annotated(lambda note: note["target"]["selector"].reverse()),
    "footnote that is a list": sealed_after(lambda of: of.dossier["items"].append([])),
    "exhibit without original": sealed_after(lambda of: of.dossier["exhibits"][0].pop("original")),
    "exhibit with another digest": sealed_after(
        lambda of: of.dossier["exhibits"][0]["original"].update(digest=digest_of(b"x"))
    ),
    "exhibit with no digest": sealed_after(lambda of: of.dossier["exhibits"][0]["original"].update(digest="x")),
    "exhibit with another reading": sealed_after(
        lambda of: of.dossier["exhibits"][0]["reading"].update(path="readings/zh.txt")
    ),
    "exhibit never taken in": sealed_after(lambda of: setattr(of, "ledger", bundles.ledger([GENESIS, GENESIS]))),
    "ledger without its header": sealed_after(lambda of: of.ledger.pop(0)),
    "ledger with another number": sealed_after(lambda of: of.ledger[2].update(seq=45)),
    "ledger line without body": sealed_after(lambda of: of.ledger[2].pop("body")),
    "ledger line without link": sealed_after(lambda of: of.ledger[2].pop("link")),
    "ledger empty": sealed_after(lambda of: of.ledger.clear() or of.ledger.append({})),
    "no ledger line but the header": sealed_after(
        lambda of: (of.dossier.update(exhibits=[]), of.ledger.__delitem__(slice(1, None)))
    ),
    "path with a backslash": sealed_after(lambda of: of.files.update({"..\\x": b"x"})),
    "path with a drive": sealed_after(lambda of: of.files.update({"C:x": b"x"})),
    "path that leads out": sealed_after(lambda of: of.files.update({"../../x": b"x"})),
    "one tag more claimed": claimed(tags={tag: digest_of(b"") for tag in (*bundle.SIGNED_TAGS, "another")}),
    "too many files claimed": claimed(files=8),
    "too few footnotes claimed": claimed(footnotes=2),
    "too few ledger lines claimed": claimed(ledger_lines=4),
    "other ledger link claimed": claimed(ledger_link=GENESIS),
    "other tags claimed": claimed(tags={}),
    "other format claimed": claimed(format="panah-dossier/2"),
    "unreadable key claimed": claimed(key="ed25519:00"),
    "time-stamp claimed": claimed(timestamp=bundle.RFC_3161),
}

SEALED_ODDLY = {
    "ledger of two levels": newer(),
    "ledger of one level under the newer format": sealed_after(lambda of: of.ledger[0].update(format="panah-ledger/2")),
    "ledger of one level under the older format": sealed_after(lambda of: of.ledger[0].update(format="panah-ledger/1")),
    "no footnote": sealed_after(lambda of: of.dossier.update(items=[])),
    "exhibit without reading": sealed_after(lambda of: of.dossier["exhibits"][0].pop("reading")),
    "odd names": sealed_after(
        lambda of: of.files.update(dict.fromkeys(["\U0001f600", "￮", "a%0Ab", "a\nb", "%", "\ufeffx", "قېتىم"], b"x"))
    ),
    "keys that UTF-16 sorts otherwise": sealed_after(
        lambda of: of.dossier.update({"\U0001f600": 1, "￮": [True, None, -7, {"": "\u2028\x7f"}]})
    ),
    "names that mean something elsewhere": sealed_after(
        lambda of: of.dossier.update({"__proto__": {"items": []}, "constructor": 1, "toString": "x"})
    ),
}


def written_as(path, change):
    """A sealed bundle one of whose files is written otherwise than Panah does."""

    def spoiled():
        of = draft()
        content = of.payload()
        assert change(content[path]) != content[path]
        payload = {**content, path: change(content[path])}
        return packed(sealed(SimpleNamespace(payload=lambda: payload, dossier=of.dossier, ledger=of.ledger)))

    return spoiled


def with_checksum_of(path):
    """The whole bundle with another checksum for one of its files, in both places that give it."""
    at = {part.name: part.start for part in parts(WHOLE)}
    return flipped(flipped(WHOLE, at[f"header of {path}"] + 14), at[f"directory entry of {path}"] + 16)


DEEP = b"[" * 2000 + b"]" * 2000

STRICTER = {
    "checksum of the last manifest": lambda: with_checksum_of(bundle.TAG_MANIFEST),
    "file added outside, manifest too": lambda: forged(with_file("read-me-first.txt")),
    "file in no folder": lambda: packed({"x": b""}, ""),
    "dossier removed": lambda: forged(without(bundle.DOSSIER)),
    "dossier in UTF-16": written_as(bundle.DOSSIER, lambda text: text.decode().encode("utf-16")),
    "dossier is no JSON": written_as(bundle.DOSSIER, lambda text: text[1:]),
    "dossier with NaN": written_as(
        bundle.DOSSIER, lambda text: text.replace(b'"number":"A1"', b'"number":"A1","x":NaN')
    ),
    "dossier nested deeply": written_as(bundle.DOSSIER, lambda text: text[:-1] + b',"x":' + DEEP + b"}"),
    "ledger nested deeply": written_as(bundle.LEDGER, lambda text: text.replace(b'"by"', b'"a":' + DEEP + b',"by"', 1)),
    "footnote with half a character": written_as(
        bundle.DOSSIER, lambda text: text.replace(b"They asked", rb"\ud800asked")
    ),
    "footnote numbered true": annotated(lambda note: note.update(number=True)),
    "exhibit with half a reading": sealed_after(lambda of: of.dossier["exhibits"][0]["reading"].pop("digest")),
    "seal without the time": claimed(made=None),
    "seal whose tags are a list": lambda: packed(
        bundles.signed_over(sealed(draft()), bundles.statement(sealed(draft()), draft(), claims={"tags": []}))
    ),
    "signature spaced out": lambda: forged(
        with_file(bundle.SIGNATURE, sealed(draft())[bundle.SIGNATURE].replace(b'"signature":"', b'"signature":" '))
    ),
}
