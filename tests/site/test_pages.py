"""Every page, with the invented case, in both languages of the interface."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.test import Client

from support.workbench import PAGES

VOID = {"meta", "link", "input", "br", "hr", "img", "source", "col", "wbr"}
LOOSE = {"option", "p", "li"}
"""Elements whose end may be left out."""
STATUS = {"no such page": 404, "no such case": 404, "a broken question": 400}


class Page(HTMLParser):
    """What a test looks at in a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, str] = {}
        self.open: list[str] = []
        self.astray: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        while self.open and self.open[-1] in LOOSE and self.open[-1] != tag:
            self.open.pop()
        if not self.open or self.open.pop() != tag:
            self.astray.append(tag)

    def handle_data(self, data):
        if self.open:
            self.texts[self.open[-1]] = self.texts.get(self.open[-1], "") + data

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def shown() -> dict[tuple[str, str], str]:
    """The pages that were shown already, by name and language."""
    return {}


@pytest.fixture
def page(client, address, shown):
    def page(name: str, language: str = "en") -> Page:
        if (name, language) not in shown:
            client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
            answer = client.get(address(name))
            assert answer.status_code == STATUS.get(name, 200)
            shown[name, language] = answer.content.decode()
        return Page(shown[name, language])

    return page


class TestEveryPage:
    @pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ug", "rtl")])
    @pytest.mark.parametrize("name", PAGES)
    def test_is_shown_in_the_language_and_direction_of_the_interface(self, page, name, language, direction):
        (html,) = page(name, language).of("html")
        assert (html["lang"], html["dir"]) == (language, direction)

    @pytest.mark.parametrize("name", PAGES)
    def test_has_one_heading_a_title_and_a_main_part(self, page, name):
        found = page(name)
        assert [len(found.of(tag)) for tag in ("h1", "title", "main")] == [1, 1, 1]
        assert found.texts["title"].strip()
        assert found.texts["title"].strip() != "Panah"

    @pytest.mark.parametrize("name", PAGES)
    def test_is_well_formed_and_names_nothing_twice(self, page, name):
        found = page(name)
        assert (found.astray, [tag for tag in found.open if tag not in LOOSE]) == ([], [])
        ids = Counter(attributes["id"] for _, attributes in found.elements if "id" in attributes)
        assert [name for name, times in ids.items() if times > 1] == []
        labelled = {attributes["for"] for attributes in found.of("label") if "for" in attributes}
        assert labelled <= ids.keys()

    @pytest.mark.parametrize("name", PAGES)
    def test_has_no_script_or_style_inside_it_and_nothing_from_elsewhere(self, page, name):
        found = page(name)
        assert {script.get("src", "inline").partition("/static/")[0] for script in found.of("script")} <= {""}
        assert not found.of("style")
        handlers = [
            key for _, attributes in found.elements for key in attributes if key.startswith("on") or key == "style"
        ]
        assert handlers == []
        loads = [attributes.get("src") or attributes.get("href") for tag, attributes in found.elements if tag in {"link", "img", "iframe", "script"}]  # fmt: skip
        assert [address for address in loads if not address.startswith(("/", "data:image/"))] == []

    @pytest.mark.parametrize("name", PAGES)
    def test_every_form_that_writes_has_the_token_of_its_page(self, page, name):
        found = page(name)
        writing = sum(form.get("method") == "post" for form in found.of("form"))
        tokens = sum(field.get("name") == "csrfmiddlewaretoken" for field in found.of("input"))
        assert (tokens, writing > 0) == (writing, True)

    @pytest.mark.parametrize("name", PAGES)
    def test_every_link_and_button_says_where_it_leads(self, client, address, name):
        text = client.get(address(name)).content.decode()
        for tag in ("a", "button"):
            for part in text.split(f"<{tag} ")[1:]:
                attributes, _, inside = part.partition(">")
                words = "".join(Words(inside.partition(f"</{tag}>")[0]).found).strip()
                assert words or "aria-label=" in attributes, part[:200]


class Words(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_data(self, data):
        self.found.append(data)


class TestPeoplesWords:
    @pytest.mark.parametrize(
        "name", ["account", "fact", "examination", "dossier", "hits", "a document from right to left"]
    )
    def test_have_their_own_direction(self, page, name):
        found = page(name)
        own = [attributes for _, attributes in found.elements if attributes.get("dir") == "auto"]
        assert own or found.of("bdi")

    def test_of_a_form_have_it_too(self, page):
        for name in ("account", "facts", "fact", "an open element", "a quotation", "a document with pages"):
            assert {area.get("dir") for area in page(name).of("textarea")} == {"auto"}

    def test_say_their_language_where_it_is_known(self, page):
        (reading,) = [attributes for _, attributes in page("a document from right to left").elements if attributes.get("id") == "reading"]  # fmt: skip
        assert reading["lang"] == "ug"

    def test_are_shown_and_never_run(self, client, desk):
        words = '<script>alert(1)</script><img src="https://elsewhere.example/p.gif" onerror="alert(2)">&amp;"\''
        case = desk.case("X", words[:200], ["cat-3"])
        fact = desk.fact(
            case, words, supported_by=desk.paper(words, shelf="Case X", title=words, source=words, date=words[:60])
        )
        for address in (
            "/",
            "/cases/",
            "/cases/X/",
            "/cases/X/facts",
            f"/cases/X/facts/{fact.number}",
            "/cases/X/dossier",
        ):
            found = Page(client.get(address).content.decode())
            assert not found.of("img")
            assert all("src" in script for script in found.of("script"))


class TestLanguage:
    def test_is_switched_by_a_button_and_remembered(self, client):
        answer = client.post("/language", {"language": "ug", "next": "/cases/"})
        assert (answer.status_code, answer["Location"]) == (302, "/cases/")
        assert 'dir="rtl"' in client.get("/cases/").content.decode()
        client.post("/language", {"language": "en", "next": "/cases/"})
        assert 'dir="ltr"' in client.get("/cases/").content.decode()

    def test_can_be_chosen_before_signing_in(self, stranger, desk):
        stranger.post("/language", {"language": "ug", "next": "/sign-in"})
        assert 'lang="ug" dir="rtl"' in stranger.get("/sign-in").content.decode()

    @pytest.mark.parametrize(
        ("asked", "given"), [("ug", "ug"), ("ug-CN,ug;q=0.9", "ug"), ("de,en;q=0.5", "en"), ("", "en")]
    )
    def test_is_first_the_one_that_the_browser_asks_for(self, desk, asked, given):
        page = Client(headers={"accept-language": asked}).get("/sign-in").content.decode()
        assert f'<html lang="{given}"' in page

    @pytest.mark.parametrize("language", ["xx", "../../etc/passwd", "", "\x00", "de"])
    def test_one_that_is_not_there_changes_nothing(self, client, language):
        assert client.post("/language", {"language": language, "next": "/"}).status_code == 302
        assert '<html lang="en"' in client.get("/").content.decode()

    def test_in_uyghur_the_interface_speaks_uyghur(self, client):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ug"
        page = Page(client.get("/").content.decode())
        assert any("\u0620" <= letter <= "\u06ff" for letter in page.texts["h1"])


class TestAChat:
    @pytest.mark.parametrize(
        ("language", "called", "said"), [("en", "Day and month", "day first"), ("ug", "كۈن ۋە ئاي", "ئالدى بىلەن كۈن")]
    )
    def test_says_how_its_dates_were_read(self, client, address, language, called, said):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        text = client.get(address("a chat")).content.decode()
        assert f'<dt>{called}</dt><dd dir="auto">{said}</dd>' in text
        assert "2019-01-23 11:25 Gulnar: They came." in text
