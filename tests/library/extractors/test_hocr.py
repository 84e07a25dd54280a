"""hOCR: what a machine read, and how sure it was."""

import pytest

from panah.library.extractors import DocumentBroken, NothingToRead
from panah.library.extractors.hocr import Hocr
from panah.library.extractors.kinds import HOCR, HTML, media_type


def page(*lines, sure=90):
    words = "".join(
        "<span class='ocr_line' title='bbox 0 0 1 1'>"
        + " ".join(
            f"<span class='ocrx_word' title='bbox 0 0 1 1; x_wconf {sure}'>{word}</span>" for word in line.split()
        )
        + "</span>\n"
        for line in lines
    )
    return f"<div class='ocr_page' title='image x'><p class='ocr_par'>{words}</p></div>"


def hocr(*pages):
    head = "<?xml version='1.0'?><html><head><title></title><meta name='ocr-system' content='tesseract 5.3.0'/></head><body>"
    return f"{head}{''.join(pages)}</body></html>".encode()


class TestHocr:
    def test_is_recognised_and_says_how_sure_the_machine_was_of_each_page(self):
        made = hocr(page("ئۇيغۇرلار پاناھلىق", "تىلىدى", sure=61), page("two", sure=95))
        assert media_type(made) == HOCR
        read = Hocr().read(made)
        assert read.text == "ئۇيغۇرلار پاناھلىق\nتىلىدى\n\ntwo"
        assert [read.text[at:][:3] for at in read.pages] == ["ئۇي", "two"]
        assert read.found == {"encoding": "utf-8", "recognised": "1:61 2:95", "machine": "tesseract 5.3.0"}

    def test_characters_of_scripts_without_spaces_have_none(self):
        assert Hocr().read(hocr(page("你好 世界"))).text == "你好世界"

    def test_a_page_without_words_is_a_page(self):
        read = Hocr().read(hocr(page("one"), page(), page("three")))
        assert (len(read.pages), read.found["recognised"], read.found["pages_without_text"]) == (3, "1:90 3:90", "2")

    def test_a_machine_that_does_not_say_how_sure_it_is_is_not_said_to_be(self):
        assert Hocr().read(hocr(page("one").replace("x_wconf", "x_other"))).found["recognised"] == "1:?"

    def test_pages_without_words_are_refused(self):
        with pytest.raises(NothingToRead):
            Hocr().read(hocr(page()))

    def test_what_names_no_pages_is_refused(self):
        with pytest.raises(DocumentBroken):
            Hocr().read(b"<html><p>words")

    def test_a_page_about_it_is_a_page_of_the_web(self):
        assert media_type(b"<html><body><p>the class ocr_page is a class</p>") == HTML
