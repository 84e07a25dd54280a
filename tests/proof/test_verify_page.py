"""The page says of every bundle what the reference verifier says; where it differs, it is the stricter one."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from support import bundles
from support.bundles import KEY, OTHER_KEY, draft, flipped, packed, parts, sealed, tagged

from panah.errors import PanahError
from panah.proof import bundle, command
from panah.proof.canonical import canonical
from panah.proof.chain import GENESIS
from panah.proof.digest import digest_of
from panah.proof.signing import expected_fingerprint, fingerprint, public_key
from panah.proof.verify import Known, verified

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "src/panah/proof/verify.html"
BROWSER = shutil.which("chromium")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
SECONDS = 20_000

WHOLE = packed(sealed(draft()))


@pytest.fixture(scope="module")
def browser():
    if BROWSER is None:
        pytest.skip("no Chromium on this machine, so the page was not opened")
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed, so the page was not opened")
    with api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=BROWSER, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture(scope="module")
def page(browser):
    """One page for all bundles; whatever it asks for is written down in `asked`."""
    opened = browser.new_page(locale="en-GB")
    opened.asked = []
    opened.faults = []
    opened.on("request", lambda request: opened.asked.append(request.url))
    opened.on("pageerror", lambda error: opened.faults.append(str(error)))
    opened.goto(PAGE.as_uri())
    yield opened
    assert opened.faults == []
    opened.close()


def seen(page, data, *, key="", name="bundle.zip"):
    """What the page says of `data`: {verdict, sentence, checks}."""
    page.fill("#key", key)
    chosen = str(data) if isinstance(data, Path) else {"name": name, "mimeType": "application/zip", "buffer": data}
    page.set_input_files("#folder" if isinstance(data, Path) else "#zip", chosen)
    page.wait_for_selector("html[data-verdict]", timeout=SECONDS)
    shown = json.loads(page.locator("#json").text_content())
    assert page.locator("html").get_attribute("data-verdict") == shown["verdict"]
    return shown


def reference(tmp_path, data, *, key=None):
    """What the reference verifier says of it, in the same form. It raises where it could check nothing."""
    path = tmp_path / "bundle.zip"
    path.write_bytes(data)
    try:
        checks = list(verified(path, Known(expected_fingerprint(key) if key else None)))
    except PanahError as error:
        return {"verdict": "unchecked", "sentence": error.sentence, "checks": []}
    verdict = ["ok", "broken", "unchecked"][command._verdict(checks)]
    plain = json.loads(json.dumps([check._asdict() for check in checks]))
    return {"verdict": verdict, "sentence": command._sentence(checks), "checks": plain}


def outcomes(found):
    return [(check["id"], check["kind"], check["outcome"]) for check in found["checks"]]


class TestBuild:
    def test_the_page_is_what_its_sources_give(self):
        build = [sys.executable, str(ROOT / "tools/verify_page.py"), "--check"]
        assert subprocess.run(build, check=False).returncode == 0

    def test_nothing_in_the_page_names_an_address_to_load_from(self):
        text = PAGE.read_text(encoding="utf-8")
        assert "src=" not in text
        assert "url(" not in text
        assert "@import" not in text
        assert "innerHTML" not in text


class TestWholeBundle:
    def test_is_ok_in_the_same_words_check_by_check(self, page, tmp_path):
        found = seen(page, WHOLE)
        assert found == reference(tmp_path, WHOLE)
        assert found["verdict"] == "ok"

    def test_says_the_verdict_in_one_word_and_one_sentence(self, page, tmp_path):
        seen(page, WHOLE)
        said = page.locator("#verdict .word").text_content() + page.locator("#verdict .sentence").text_content()
        assert said == reference(tmp_path, WHOLE)["sentence"]

    def test_shows_one_line_per_footnote_with_its_words(self, page):
        seen(page, WHOLE)
        quotations = page.locator("#report blockquote")
        assert quotations.all_text_contents() == [words for _, _, words in bundles.FOOTNOTES]
        directions = [quotations.nth(at).evaluate("it => getComputedStyle(it).direction") for at in range(3)]
        assert directions == ["ltr", "ltr", "rtl"]

    def test_is_ok_by_the_key_that_the_reader_gives(self, page, tmp_path):
        for known in (public_key(KEY), fingerprint(public_key(KEY)), fingerprint(public_key(KEY)).upper()):
            found = seen(page, WHOLE, key=known)
            assert found == reference(tmp_path, WHOLE, key=known)
            assert found["sentence"].endswith("and signed by the key you gave.")

    def test_is_broken_where_the_reader_expects_another_key(self, page, tmp_path):
        found = seen(page, WHOLE, key=public_key(OTHER_KEY))
        assert found == reference(tmp_path, WHOLE, key=public_key(OTHER_KEY))
        assert found["verdict"] == "broken"

    def test_is_unchecked_where_the_key_cannot_be_read(self, page):
        found = seen(page, WHOLE, key="my friend’s key")
        assert found["verdict"] == "unchecked"
        assert "is neither a key" in found["sentence"]
        assert page.locator("#key").get_attribute("aria-invalid") == "true"

    def test_is_checked_again_when_the_reader_gives_a_key_later(self, page):
        seen(page, WHOLE)
        page.fill("#key", public_key(KEY))
        page.locator("#key").press("Enter")
        page.wait_for_selector("text=and signed by the key you gave", timeout=SECONDS)

    def test_is_ok_when_unpacked(self, page, tmp_path):
        folder = bundles.unpacked(sealed(draft()), tmp_path / "dossier")
        found, expected = seen(page, folder), [*verified(folder)]
        assert found["verdict"] == "ok"
        assert outcomes(found) == [(check.id, check.kind, check.outcome) for check in expected]

    def test_may_have_more_entries_than_a_short_zip_directory_counts(self, page, tmp_path):
        many = draft()
        many.files |= {f"originals/{number:05}": b"" for number in range(0xFFFF)}
        data = packed(sealed(many))
        found = seen(page, data)
        assert found["verdict"] == "ok"
        assert found == reference(tmp_path, data)


SPOTS = sorted(((part.start + part.end) // 2, part.name) for part in parts(WHOLE) if part.end > part.start)


class TestOneBit:
    @pytest.mark.parametrize(("at", "name"), SPOTS, ids=[name for _, name in SPOTS])
    def test_breaks_the_bundle_in_the_same_words(self, page, tmp_path, at, name):
        spoiled = flipped(WHOLE, at)
        found, expected = seen(page, spoiled), reference(tmp_path, spoiled)
        assert found["verdict"] == "broken"
        assert (found["verdict"], found["sentence"]) == (expected["verdict"], expected["sentence"])
        assert outcomes(found) == outcomes(expected)

    def test_breaks_the_bundle_anywhere(self, page, tmp_path):
        chance = random.Random(8493)
        for at in chance.sample(range(len(WHOLE)), 60):
            spoiled = flipped(WHOLE, at, chance.randrange(8))
            assert seen(page, spoiled)["verdict"] == reference(tmp_path, spoiled)["verdict"] == "broken", at


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
    "packed by another program": lambda: rezipped(sealed(draft())),
    "something before it": lambda: b"x" + WHOLE,
    "something after it": lambda: WHOLE + b"x",
    "cut short": lambda: WHOLE[:-1],
    "cut in the middle": lambda: WHOLE[: len(WHOLE) // 2],
    "manifest in another order": lambda: with_manifest(lambda text: b"".join(sorted(text.splitlines(keepends=True)))),
    "manifest with other line ends": lambda: with_manifest(lambda text: text.replace(b"\n", b"\r\n")),
    "manifest line twice": lambda: with_manifest(lambda text: text + text.splitlines(keepends=True)[0]),
}


def rezipped(files):
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as container:
        for path, content in files.items():
            container.writestr(f"{bundles.TOP}/{path}", content)
    return out.getvalue()


class TestForgery:
    @pytest.mark.parametrize("case", WITHOUT_KEY)
    def test_is_broken_in_the_same_words(self, page, tmp_path, case):
        data = WITHOUT_KEY[case]()
        found, expected = seen(page, data), reference(tmp_path, data)
        assert found["verdict"] == "broken"
        assert found == expected

    def test_by_another_key_shows_only_to_a_reader_who_knows_the_right_one(self, page, tmp_path):
        data = forged(by_another_key)
        for key, verdict in (("", "ok"), (public_key(KEY), "broken"), (public_key(OTHER_KEY), "ok")):
            found = seen(page, data, key=key)
            assert found == reference(tmp_path, data, key=key)
            assert found["verdict"] == verdict


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
        return packed(sealed(of, **claims))

    return spoiled


def claimed(**claims):
    return sealed_after(lambda _: None, **claims)


SEALED_AMISS = {
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
    "no ledger line but the header": sealed_after(
        lambda of: (of.dossier.update(exhibits=[]), of.ledger.__delitem__(slice(1, None)))
    ),
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


class TestSealedAmiss:
    @pytest.mark.parametrize("case", SEALED_AMISS)
    def test_is_broken_check_by_check(self, page, tmp_path, case):
        data = SEALED_AMISS[case]()
        found, expected = seen(page, data), reference(tmp_path, data)
        assert found["verdict"] == "broken"
        assert outcomes(found) == outcomes(expected)
        assert found["sentence"] == expected["sentence"]

    @pytest.mark.parametrize("case", SEALED_ODDLY)
    def test_is_ok_where_it_is_only_odd(self, page, tmp_path, case):
        data = SEALED_ODDLY[case]()
        found = seen(page, data)
        assert found["verdict"] == "ok"
        assert found == reference(tmp_path, data)


def written_as(path, change):
    """A sealed bundle one of whose files is written otherwise than Panah does."""

    def spoiled():
        of = draft()
        content = of.payload()
        assert change(content[path]) != content[path]
        payload = {**content, path: change(content[path])}
        return packed(sealed(SimpleNamespace(payload=lambda: payload, dossier=of.dossier, ledger=of.ledger)))

    return spoiled


DEEP = b"[" * 2000 + b"]" * 2000

STRICTER = {
    "file added outside, manifest too": lambda: forged(with_file("read-me-first.txt")),
    "file in no folder": lambda: packed({"x": b""}, ""),
    "dossier removed": lambda: forged(without(bundle.DOSSIER)),
    "dossier in UTF-16": written_as(bundle.DOSSIER, lambda text: text.decode().encode("utf-16")),
    "dossier is no JSON": written_as(bundle.DOSSIER, lambda text: text[1:]),
    "dossier with NaN": written_as(bundle.DOSSIER, lambda text: text.replace(b'"number":"A1"', b'"number":"A1","x":NaN')),
    "dossier nested deeply": written_as(bundle.DOSSIER, lambda text: text[:-1] + b',"x":' + DEEP + b"}"),
    "ledger nested deeply": written_as(bundle.LEDGER, lambda text: text.replace(b'"by"', b'"a":' + DEEP + b',"by"', 1)),
    "footnote with half a character": written_as(bundle.DOSSIER, lambda text: text.replace(b"They asked", rb"\ud800asked")),
    "footnote numbered true": annotated(lambda note: note.update(number=True)),
    "exhibit with half a reading": sealed_after(lambda of: of.dossier["exhibits"][0]["reading"].pop("digest")),
    "seal without the time": claimed(made=None),
    "seal whose tags are a list": lambda: packed(
        bundles.signed_over(sealed(draft()), bundles.statement(sealed(draft()), draft(), tags=[]))
    ),
    "signature spaced out": lambda: forged(
        with_file(bundle.SIGNATURE, sealed(draft())[bundle.SIGNATURE].replace(b'"signature":"', b'"signature":" '))
    ),
}


class TestStricter:
    @pytest.mark.parametrize("case", STRICTER)
    def test_is_broken_whatever_others_say(self, page, case):
        assert seen(page, STRICTER[case]())["verdict"] == "broken"


class TestNoBundle:
    @pytest.mark.parametrize("data", [b"", b"hello", b"PK", b"\x00" * 100], ids=["empty", "text", "two bytes", "zeros"])
    def test_is_unchecked(self, page, tmp_path, data):
        found = seen(page, data)
        assert found["verdict"] == reference(tmp_path, data)["verdict"] == "unchecked"
        assert reference(tmp_path, data)["sentence"] in found["sentence"]

    def test_is_a_folder_without_a_seal(self, page, tmp_path):
        (tmp_path / "photos").mkdir()
        (tmp_path / "photos" / "a.txt").write_text("x")
        found = seen(page, tmp_path / "photos")
        assert found["verdict"] == "unchecked"
        assert "the folder has no seal.json" in found["sentence"]


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    if shutil.which("openssl") is None:
        pytest.skip("no OpenSSL on this machine, so no time-stamp was made")
    return bundles.Authority(tmp_path_factory.mktemp("authority"))


class TestTimestamp:
    @pytest.mark.parametrize("algorithm", ["sha256", "sha512"])
    def test_is_unchecked_though_its_time_and_digest_are_read(self, page, tmp_path, authority, algorithm):
        data = packed(bundles.stamped(draft(), authority, algorithm))
        found, expected = seen(page, data), reference(tmp_path, data)
        assert found["verdict"] == "unchecked"
        differing = [check for check in outcomes(found) if check not in outcomes(expected)]
        assert differing == [("timestamp", "timestamp", "unchecked")]
        second = next(check["reason"][:25] for check in expected["checks"] if check["id"] == "timestamp")
        assert f"(timestamp: it says {second} and is over this signature" in found["sentence"]

    def test_is_broken_over_another_signature(self, page, tmp_path, authority):
        files = bundles.stamped(draft(), authority)
        files[bundle.STAMP] = authority.stamp(b"another signature")
        data = packed(tagged(files))
        found = seen(page, data)
        assert found["verdict"] == reference(tmp_path, data)["verdict"] == "broken"
        assert "it is over another digest" in found["sentence"]

    @pytest.mark.parametrize("missing", [bundle.STAMP, bundle.STAMP_ROOTS])
    def test_is_broken_without_one_of_its_files(self, page, tmp_path, authority, missing):
        files = bundles.stamped(draft(), authority)
        data = packed(tagged({path: content for path, content in files.items() if path != missing}))
        assert seen(page, data)["sentence"] == reference(tmp_path, data)["sentence"]

    def test_is_broken_or_unchecked_when_it_was_changed(self, page, authority):
        files, chance = bundles.stamped(draft(), authority), random.Random(3161)
        whole = files[bundle.STAMP]
        for at in chance.sample(range(120), 20):
            data = packed(tagged({**files, bundle.STAMP: flipped(whole, at, chance.randrange(8))}))
            assert seen(page, data)["verdict"] in ("broken", "unchecked")
        for length in (0, 1, 9, 60, len(whole) - 1):
            data = packed(tagged({**files, bundle.STAMP: whole[:length]}))
            assert seen(page, data)["verdict"] == "broken"


HOSTILE = '<img src=x onerror="document.title=1"><script>document.title=1</script>\u202e&lt;'


class TestPage:
    def test_shows_hostile_words_as_words(self, page):
        of = draft()
        of.files["readings/en.txt"] = HOSTILE.encode()
        of.dossier["exhibits"] = []
        of.dossier["items"] = [bundles.footnote(of.files, 1, HOSTILE, "readings/en.txt", HOSTILE)]
        found = seen(page, packed(sealed(of)), name=f"{HOSTILE}.zip")
        assert found["verdict"] == "ok"
        assert page.locator("#report blockquote").text_content() == HOSTILE
        assert page.locator("main :is(img, script)").count() == 0
        assert page.title() == "Check a sealed dossier"

    def test_asks_for_nothing_but_itself(self, page):
        seen(page, WHOLE)
        assert set(page.asked) == {PAGE.as_uri()}

    def test_runs_and_loads_nothing_else(self, page):
        refused = page.evaluate(
            """async () => {
                const script = document.createElement("script");
                let typed = false;
                try { script.textContent = "window.ran = true"; } catch { typed = true; }
                try { document.body.innerHTML += "<p>"; typed = false; } catch { }
                const fetched = await fetch("data:text/plain,x").then(() => true, () => false);
                const image = new Image();
                const drawn = await new Promise((resolve) => {
                    image.onload = () => resolve(true);
                    image.onerror = () => resolve(false);
                    image.src = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=";
                });
                return { typed, fetched, drawn };
            }"""
        )
        assert refused == {"typed": True, "fetched": False, "drawn": False}

    def test_is_unchecked_in_a_browser_that_cannot_digest(self, browser):
        poor = browser.new_page()
        poor.add_init_script("Object.defineProperty(Crypto.prototype, 'subtle', { get: () => undefined })")
        poor.goto(PAGE.as_uri())
        found = seen(poor, WHOLE)
        assert found["verdict"] == "unchecked"
        assert "nothing was checked" in found["sentence"]
        poor.close()

    def test_says_without_scripts_that_nothing_was_checked(self, browser):
        context = browser.new_context(java_script_enabled=False)
        still = context.new_page()
        still.goto(PAGE.as_uri())
        assert "Nothing has been checked" in still.locator("noscript").inner_text()
        assert still.locator("#zip").is_disabled()
        context.close()

    @pytest.mark.parametrize("width", [320, 640])
    def test_fits_a_narrow_window(self, browser, width):
        narrow = browser.new_page(viewport={"width": width, "height": 700})
        narrow.goto(PAGE.as_uri())
        seen(narrow, WHOLE)
        assert narrow.evaluate("document.documentElement.scrollWidth") <= width
        narrow.close()

    def test_can_be_used_from_the_keyboard_and_read_aloud(self, page):
        names = page.locator("input").evaluate_all("all => all.map(it => it.labels[0].textContent.trim())")
        assert len(names) == 3
        assert all(names)
        assert page.get_by_role("status").get_attribute("aria-live") == "polite"
        page.locator("#zip").focus()
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == "folder"

    def test_checks_the_bundle_that_is_dropped_on_it(self, page):
        page.evaluate("delete document.documentElement.dataset.verdict")
        page.evaluate(
            """(bytes) => {
                const transfer = new DataTransfer();
                transfer.items.add(new File([new Uint8Array(bytes)], "dropped.zip"));
                dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, cancelable: true }));
            }""",
            list(WHOLE),
        )
        page.wait_for_selector("html[data-verdict=ok]", timeout=SECONDS)
        assert "dropped.zip" in page.locator("#report").inner_text()
