"""The words of the interface: each is translated, and what is compiled is what people can read in the repository."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

TOOL = runpy.run_path(str(Path(__file__).parents[2] / "tools" / "messages.py"))
CATALOGUES = sorted(TOOL["LOCALE"].glob("*/LC_MESSAGES/django.po"))


@pytest.fixture(scope="module")
def asked() -> set:
    return TOOL["asked"]()


class TestEveryLanguage:
    def test_of_the_settings_has_a_catalogue_or_is_the_one_that_pages_are_written_in(self, settings):
        assert {path.parts[-3] for path in CATALOGUES} | {"en"} == {code for code, _ in settings.LANGUAGES}

    @pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
    def test_says_everything_that_the_pages_say_and_is_compiled(self, asked, path):
        assert list(TOOL["problems"](path, asked)) == []

    @pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
    def test_keeps_the_elements_that_stand_in_a_sentence(self, path):
        for message in filter(lambda each: each.id, TOOL["kept"](path)):
            for ours, theirs in zip(strings(message.id), strings(message.string), strict=False):
                assert sorted(re.findall("<.*?>", ours)) == sorted(re.findall("<.*?>", theirs))


class TestWhatIsGathered:
    def test_is_what_templates_and_code_ask_for(self, asked):
        assert {"Docket", "The finding is written.", ("%(n)s fact", "%(n)s facts"), "Password"} <= asked

    def test_is_missed_where_a_translation_is_empty_or_loses_a_value(self):
        catalog = Catalog(locale="ug")
        catalog.add("Docket", "")
        catalog.add("%(n)s not examined", "بىرمۇ %(x)s")
        catalog.add(("%(n)s fact", "%(n)s facts"), ("%(n)s پاكىت", ""))
        catalog.add("Law", "قانۇن")
        assert [message.id for message in TOOL["untranslated"](catalog)] == [
            "Docket",
            "%(n)s not examined",
            ("%(n)s fact", "%(n)s facts"),
        ]


def strings(message: str | tuple[str, ...]) -> tuple[str, ...]:
    return (message,) if isinstance(message, str) else tuple(message)
