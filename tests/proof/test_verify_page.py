"""The page says of every bundle what the reference verifier says; where it differs, it is the stricter one."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from panah.errors import PanahError
from panah.proof import bundle, command
from panah.proof.signing import expected_fingerprint, fingerprint, public_key
from panah.proof.verify import Known, verified
from support import bundles
from support.authority import LocalAuthority
from support.bundles import KEY, OTHER_KEY, draft, flipped, packed, parts, sealed, tagged
from support.spoiled import SEALED_AMISS, SEALED_ODDLY, STRICTER, WHOLE, WITHOUT_KEY, by_another_key, forged

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "src/panah/proof/verify.html"
BROWSER = shutil.which("chromium")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
SECONDS = 20_000


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
    """What the page says of a bundle, given as bytes, file or folder: {verdict, sentence, checks}."""
    page.fill("#key", key)
    folder = isinstance(data, Path) and data.is_dir()
    chosen = data if isinstance(data, Path) else {"name": name, "mimeType": "application/zip", "buffer": data}
    page.set_input_files("#folder" if folder else "#zip", chosen)
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

    @pytest.mark.attack
    def test_may_have_more_entries_than_a_short_zip_directory_counts(self, page, tmp_path):
        many = draft()
        many.files |= {f"originals/{number:05}": b"" for number in range(0xFFFF)}
        expected = reference(tmp_path, packed(sealed(many)))
        found = seen(page, tmp_path / "bundle.zip")
        assert found["verdict"] == "ok"
        assert found == expected


SPOTS = sorted(((part.start + part.end) // 2, part.name) for part in parts(WHOLE) if part.end > part.start)


class TestOneBit:
    @pytest.mark.parametrize(("at", "name"), SPOTS, ids=[name for _, name in SPOTS])
    def test_breaks_the_bundle_in_the_same_words(self, page, tmp_path, at, name):
        spoiled = flipped(WHOLE, at)
        found, expected = seen(page, spoiled), reference(tmp_path, spoiled)
        assert found["verdict"] == "broken"
        assert found["sentence"] == expected["sentence"]
        assert outcomes(found) == outcomes(expected)

    def test_breaks_the_bundle_anywhere(self, page, tmp_path):
        chance = random.Random(8493)
        for at in chance.sample(range(len(WHOLE)), 60):
            spoiled = flipped(WHOLE, at, chance.randrange(8))
            assert seen(page, spoiled)["verdict"] == reference(tmp_path, spoiled)["verdict"] == "broken", at


class TestForgery:
    @pytest.mark.parametrize("case", WITHOUT_KEY)
    def test_is_broken_in_the_same_words(self, page, tmp_path, case):
        data = WITHOUT_KEY[case]()
        found, expected = seen(page, data), reference(tmp_path, data)
        assert found["verdict"] == "broken"
        assert found["sentence"] == expected["sentence"]
        assert outcomes(found) == outcomes(expected)

    def test_by_another_key_shows_only_to_a_reader_who_knows_the_right_one(self, page, tmp_path):
        data = forged(by_another_key)
        for key, verdict in (("", "ok"), (public_key(KEY), "broken"), (public_key(OTHER_KEY), "ok")):
            found = seen(page, data, key=key)
            assert found == reference(tmp_path, data, key=key)
            assert found["verdict"] == verdict


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


class TestStricter:
    @pytest.mark.parametrize("case", STRICTER)
    def test_is_broken_whatever_others_say(self, page, case):
        assert seen(page, STRICTER[case]())["verdict"] == "broken"


class TestNoBundle:
    @pytest.mark.parametrize("data", [b"", b"hello", b"P", b"\x00" * 100], ids=["empty", "text", "one byte", "zeros"])
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
    return LocalAuthority(tmp_path_factory.mktemp("authority"))


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
            changed = flipped(whole, at, chance.randrange(8))
            data = packed(tagged({**files, bundle.STAMP: changed}))
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
