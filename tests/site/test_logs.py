"""When Panah fails, the log says where in the code, and nothing of what it was working on."""

from __future__ import annotations

import logging

import pytest
from django.test import Client

from panah.site.crashes import WithoutWords

SECRET = "An invented secret"


@pytest.fixture
def broken(desk, settings, tmp_path):
    """A workspace whose disk has a file where the folder of objects should be; and a document that is kept there."""
    paper = desk.paper(f"{SECRET}.", title=SECRET, source=SECRET)
    (tmp_path / "objects").write_text("no folder")
    settings.PANAH_HOME = tmp_path
    return paper


@pytest.fixture
def failing(client):
    client.raise_request_exception = False
    return client


class TestFailures:
    def test_are_a_page_with_a_sentence_and_a_code(self, failing, broken):
        answer = failing.get(f"/library/documents/{broken.pk}")
        page = answer.content.decode()
        assert answer.status_code == 500
        assert "<code>internal-error</code>" in page
        assert "What was stored before is safe." in page
        assert SECRET not in page
        assert "Traceback" not in page

    def test_are_logged_without_words_names_or_addresses(self, failing, broken, caplog):
        failing.get(f"/library/documents/{broken.pk}", {"q": SECRET})
        failing.get("/library/", {"q": "invented secret"})
        failing.post(f"/library/documents/{broken.pk}/quote", {"words": SECRET})
        assert caplog.records
        told = "\n".join(WithoutWords("%(asctime)s %(levelname)s %(name)s").format(record) for record in caplog.records)
        assert "NotADirectoryError" in told
        assert "library/views.py" in told
        for secret in (SECRET, "secret", str(broken.pk), "/library/documents", "objects"):
            assert secret not in told

    def test_are_formatted_so_wherever_they_are_logged(self, settings):
        formatters = {handler["formatter"] for handler in settings.LOGGING["handlers"].values()}
        assert {settings.LOGGING["formatters"][name]["()"] for name in formatters} == {
            "panah.site.crashes.WithoutWords"
        }

    def test_have_the_headers_of_every_answer(self, failing, broken):
        answer = failing.get(f"/library/documents/{broken.pk}")
        assert answer["Cache-Control"] == "no-store"
        assert "default-src 'none'" in answer["Content-Security-Policy"]


class TestEverydayWork:
    @pytest.mark.parametrize("level", [logging.WARNING, logging.INFO])
    def test_is_not_logged(self, client, stranger, desk, caplog, level):
        caplog.set_level(level)
        case = desk.case("S", SECRET, ["cat-3"])
        paper = desk.paper(f"{SECRET}.", shelf="Case S")
        for address in (
            "/",
            "/cases/S/",
            "/library/?q=secret",
            f"/library/documents/{paper.pk}?q=secret",
            "/nowhere/secret",
        ):
            client.get(address)
        client.post(f"/library/documents/{paper.pk}/quote", {"words": SECRET + "!"})
        client.post("/cases/S/facts", {"words": SECRET})
        stranger.post("/sign-in", {"name": SECRET, "passphrase": ""})
        Client(enforce_csrf_checks=True).post("/sign-in", {"name": SECRET})
        formatter = WithoutWords("%(asctime)s %(levelname)s %(name)s")
        told = "\n".join(formatter.format(record) for record in caplog.records)
        assert "secret" not in told
        assert case.reference == "S"
