"""What languages are called."""

import pytest

from panah.text.tongues import language_name


class TestLanguageName:
    @pytest.mark.parametrize(
        ("tag", "name"),
        [
            ("ug", "Uyghur"),
            ("UG", "Uyghur"),
            ("ug-Arab", "Uyghur (Arabic script)"),
            ("ug-Latn", "Uyghur (Latin script)"),
            ("kk-Cyrl", "Kazakh (Cyrillic script)"),
            ("zh-Hans", "Chinese (simplified)"),
            ("zh-Hant", "Chinese (traditional)"),
            ("zh-CN", "Chinese"),
            ("en-GB", "English"),
            ("nb", "Norwegian"),
            ("tlh", "tlh"),
            ("tlh-Latn", "tlh-Latn"),
            ("", ""),
        ],
    )
    def test_is_that_of_the_language_and_of_its_script(self, tag, name):
        assert language_name(tag) == name
