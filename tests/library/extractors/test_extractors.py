"""The socket: what an extractor is, and how the enabled ones are found."""

import pytest
from django.conf import settings

from panah.library.extractors import Extracted, assembled, loaded
from panah.library.extractors.kinds import DOCX, EPUB, HTML, MAIL, ODT, PDF, PLAIN, PPTX, RTF, XLSX, XML
from panah.library.extractors.plain import Plain


class TestLoaded:
    def test_finds_an_extractor_for_each_media_type_it_reads(self):
        found = loaded(settings.EXTRACTORS)
        assert {PLAIN, HTML, XML, PDF, DOCX, MAIL, ODT, XLSX, PPTX, EPUB, RTF} <= set(found)
        assert all(kind in extractor.media_types for kind, extractor in found.items())
        assert isinstance(found[PLAIN], Plain)

    def test_what_is_not_named_is_not_there(self):
        assert set(loaded(settings.EXTRACTORS[:1])) == {PLAIN}
        assert loaded([]) == {}

    @pytest.mark.parametrize("path", ["panah.library.extractors.plain.Missing", "panah.missing.Plain", "Plain", ""])
    def test_what_cannot_be_found_is_an_error_at_once(self, path):
        with pytest.raises((ImportError, AttributeError, ValueError)):
            loaded([path])

    def test_each_says_its_name_and_version_with_that_of_what_it_stands_on(self):
        kinds = {extractor.name: extractor.version for extractor in loaded(settings.EXTRACTORS).values()}
        assert len(kinds) == len(settings.EXTRACTORS)
        assert all("+" in version and version[-1].isdigit() for version in kinds.values())


class TestAssembled:
    def test_parts_paragraphs_by_an_empty_line_and_says_where_they_stand(self):
        made = assembled([" one ", "", "  ", "پاناھ\n"], {"title": "T"})
        assert made.text == "one\n\nپاناھ"
        assert [made.text[start:end] for start, end in made.paragraphs] == ["one", "پاناھ"]
        assert (made.about, made.found, made.pages) == ({"title": "T"}, {}, ())

    def test_of_nothing_is_empty(self):
        assert assembled([], {}) == Extracted("", [])
