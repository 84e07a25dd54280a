"""Where recognised words stand among those that a document had, and what is told of each page."""

from itertools import pairwise

import pytest

from panah.library.extractors.languages import of_script, of_tag, told_by
from panah.library.extractors.ocr import installed
from panah.library.extractors.recognition import (
    MOST_PAGES,
    LanguageNotRecognised,
    completed,
    pictures_of,
    require_languages,
)
from panah.library.extractors.supervisor import Refusal, Text

MODELS = ("eng", "uig")


def text_of(*pages, before="", **found):
    """A text of these pages, empty ones without words."""
    content, bounds, starts = before.encode(), [(0, len(before.encode()))] if before else [], []
    for words in pages:
        content += b"\n\n" if content and words else b""
        starts.append(len(content))
        bounds += [(len(content), len(content) + len(words.encode()))] if words else []
        content += words.encode()
    return Text(content, bounds, starts, {}, found)


def page(words, **found):
    """What a reader tells of a page."""
    content = words.encode()
    return Text(
        content,
        [(0, len(content))],
        [],
        {},
        {"languages": "eng", "suggests": "eng", "confidence": "91", "engine": "tesseract 5"} | found,
    )


NO_WORDS = Refusal("nothing-to-read", "There is no text in it: there are no words on the page.")
TOO_LONG = Refusal("reading-too-long", "Reading it took longer than 60 seconds and was stopped.")
BROKEN = Refusal("document-broken", "It is damaged or cut short: page 1 cannot be drawn.")


def put_together(text, pages, languages="eng", installed=MODELS):
    """The text with these pages, by their number."""
    return completed(text, lambda number, _known: pages[number], languages, installed)


def words_on(text):
    """What stands on each page."""
    bounds = [*text.pages, len(text.content)]
    return [text.content[first:last].decode().strip() for first, last in pairwise(bounds)]


class TestCompleted:
    def test_puts_words_where_their_page_stands(self):
        text = text_of("one", "", "", "four", pages_without_text="2, 3", pictures="2, 3")
        found = put_together(text, {2: page("zwei ئىككى"), 3: NO_WORDS})
        assert found.content.decode() == "one\n\nzwei ئىككى\n\nfour"
        assert words_on(found) == ["one", "zwei ئىككى", "", "four"]
        assert [found.content[start:end].decode() for start, end in found.paragraphs] == ["one", "zwei ئىككى", "four"]
        assert found.found["pages_without_text"] == "3"
        assert found.found["recognised"] == "2:91"
        assert "pictures" not in found.found

    def test_puts_them_after_a_stamp_and_instead_of_what_nobody_could_read(self):
        text = text_of("Received", "\x01\x02", pictures="1, 2", pages_garbled="2")
        found = put_together(text, {1: page("A letter."), 2: page("Legible.")})
        assert words_on(found) == ["Received\n\nA letter.", "Legible."]
        assert "pages_garbled" not in found.found

    def test_keeps_what_stands_before_the_first_page(self):
        found = put_together(text_of("", before="Picture: PNG", pictures="1"), {1: page("Shown.")})
        assert (found.content, found.pages) == (b"Picture: PNG\n\nShown.", [14])

    def test_says_which_pages_could_not_be_recognised_and_why(self):
        text = text_of("one", "", "", pages_without_text="2, 3", pictures="2, 3")
        found = put_together(text, {2: TOO_LONG, 3: page("three")})
        assert found.found["not_recognised"] == "2:reading-too-long"
        assert found.found["pages_without_text"] == "2"
        assert words_on(found) == ["one", "", "three"]

    def test_of_nothing_but_wordless_pictures_is_refused(self):
        refused = put_together(text_of("", "", pictures="1, 2"), {1: NO_WORDS, 2: NO_WORDS})
        assert refused.code == "nothing-to-read"
        assert "pictures of pages (2), and none shows words" in refused.sentence

    def test_of_nothing_but_pages_that_failed_is_refused_with_the_first_reason(self):
        assert put_together(text_of("", "", pictures="1, 2"), {1: TOO_LONG, 2: NO_WORDS}) == TOO_LONG

    def test_of_a_picture_that_is_damaged_is_refused_though_it_says_something_of_itself(self):
        assert put_together(text_of("", before="Picture: PNG", pictures="1"), {1: BROKEN}) == BROKEN

    def test_goes_on_with_what_the_page_before_suggests_until_it_is_unsure(self):
        asked = []

        def read_page(number, known):
            asked.append(known)
            return page(f"page {number}", suggests="uig", confidence="30" if number == 2 else "91")

        completed(text_of("", "", "", "", pictures="1, 2, 3, 4"), read_page, "", MODELS)
        assert asked == ["", "uig", "", "uig"]

    def test_stays_with_the_languages_that_were_chosen(self):
        asked = []
        completed(
            text_of("", "", pictures="1, 2"),
            lambda _page, known: asked.append(known) or page("w", suggests="uig"),
            "eng",
            MODELS,
        )
        assert asked == ["eng", "eng"]

    def test_stops_when_told_to_and_after_very_many_pages(self):
        text = text_of("typed", *[""] * (MOST_PAGES + 1), pictures=", ".join(map(str, range(2, MOST_PAGES + 3))))
        found = completed(text, lambda _page, _known: page("w"), "eng", MODELS)
        assert found.found["not_recognised"] == f"{MOST_PAGES + 2}:reading-too-long"
        stopped = completed(text, lambda _page, _known: pytest.fail("it was read"), "eng", MODELS, lambda: False)
        assert len(stopped.found["not_recognised"].split()) == MOST_PAGES + 1

    @pytest.mark.parametrize(
        "said",
        [
            {
                "languages": "../../etc/passwd+eng",
                "suggests": "../x",
                "confidence": "9999999",
                "turned": "45",
                "engine": "x" * 999,
            },
            {"languages": "", "suggests": "", "confidence": "-1", "turned": "x"},
        ],
    )
    def test_believes_a_reader_that_was_taken_over_nothing_that_cannot_be(self, said):
        asked = []

        def read_page(_number, known):
            asked.append(known)
            return page("words", **said)

        found = completed(text_of("", "", pictures="1, 2"), read_page, "", MODELS).found
        assert set(asked) == {""}
        assert found.get("languages", "eng") == "eng"
        assert "turned" not in found
        assert all(0 <= int(sure.split(":")[1]) <= 100 for sure in found["recognised"].split())
        assert len(found.get("recognised_with", "")) <= 40

    def test_pages_that_are_not_there_are_not_asked_for(self):
        assert pictures_of(text_of("", pictures="0, 1, 2, 99999999999999, x")) == [1]


class TestWithoutTesseract:
    def test_pictures_alone_are_refused_with_what_to_do(self):
        refused = put_together(text_of("", "", pictures="1, 2"), {}, installed=())
        assert refused.code == "recognition-missing"
        assert "2 pictures of pages" in refused.sentence
        assert "make ocr" in refused.sentence

    def test_other_words_are_kept_and_it_is_said(self):
        found = put_together(text_of("one", "", pages_without_text="2", pictures="2"), {}, installed=())
        assert found.content == b"one"
        assert found.found["not_recognised"] == "recognition-missing"
        assert found.found["pages_without_text"] == "2"


class TestLanguages:
    @pytest.mark.parametrize(
        ("tag", "model"),
        [
            ("en", "eng"), ("de-AT", "deu"), ("ug", "uig"), ("ug-Arab", "uig"), ("zh", "chi_sim"), ("zh-Hant", "chi_tra"),
            ("zh-Hant-HK", "chi_tra"), ("ZH-HANS", "chi_sim"), ("ug-Cyrl", "kaz"), ("bo", ""), ("", ""), ("tr", ""),
        ],
    )  # fmt: skip
    def test_a_tag_names_its_model_where_that_is_installed(self, tag, model):
        assert of_tag(tag, ("eng", "deu", "uig", "chi_sim", "chi_tra", "kaz")) == model

    def test_a_script_names_those_that_are_installed(self):
        assert of_script("Latin", ("deu", "eng")) == ["eng+deu"]
        assert of_script("Han", ("chi_tra", "chi_sim")) == ["chi_sim", "chi_tra"]
        assert of_script("Arabic", ("eng",)) == []
        assert of_script("Runic", ("eng",)) == []

    @pytest.mark.parametrize(
        ("words", "read_with", "model"),
        [
            ("kampta tutulacağından ve ağır işkence göreceğinden ", "eng+deu+fra+swe+tur", "tur"),
            ("hålls kvar på ett läger ", "eng+deu+fra+swe+tur", "swe"),
            ("fürchtet die Rückkehr ", "eng+deu+fra+swe+tur", "deu"),
            ("détenue à son arrivée ", "eng+deu+fra+swe+tur", "fra"),
            ("detained in a camp ", "eng+deu+fra+swe+tur", "eng"),
            ("ئۇ ئەگەر قايتۇرۇلسا ", "uig+ara", "uig"),
            ("تخشى مقدمة الطلب ", "uig+ara", "ara"),
            ("опасается возвращения ", "rus+kaz+kir", "rus"),
            ("қайтарылса ұсталып ", "rus+kaz+kir", "kaz"),
        ],
    )
    def test_letters_tell_the_language_in_a_text_that_is_long_enough(self, words, read_with, model):
        assert told_by(words * 20, read_with) == model
        assert told_by(words, read_with) == read_with

    def test_only_what_is_installed_can_be_chosen(self):
        with pytest.raises(LanguageNotRecognised, match="tlh") as refused:
            require_languages("tlh")
        assert refused.value.code == "language-not-recognised"
        known = installed()[:2]
        assert require_languages(" + ".join([*known, *known])) == "+".join(known)
        assert require_languages("") == ""
