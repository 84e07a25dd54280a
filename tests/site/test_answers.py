"""What every answer carries, and how errors and downloads are answered."""

from __future__ import annotations

import pytest

from panah.library.models import Document
from support.workbench import PAGES

POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'", "form-action 'self'",
    "base-uri 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'",
}  # fmt: skip
ODD = {
    "a page that is not there": "/nowhere", "an address without its stroke": "/cases/2026-001", "a language": "/language",
    "a page that only takes forms": "/cases/2026-001/seal",
}  # fmt: skip


def guarded(answer) -> None:
    """The headers that keep an answer from being sniffed, framed, cached or told to others."""
    assert set(answer["Content-Security-Policy"].split("; ")) == POLICY
    kept_apart(answer)
    assert answer["Cache-Control"] == "no-store"


def kept_apart(answer) -> None:
    """The headers that every answer has, also a style that may be kept and an Original that is saved."""
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Cross-Origin-Embedder-Policy"] == "require-corp"
    assert {"camera=()", "geolocation=()", "usb=()"} <= set(answer["Permissions-Policy"].split(", "))
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


class TestHeaders:
    @pytest.mark.parametrize("name", PAGES)
    def test_guard_every_page(self, client, address, name):
        guarded(client.get(address(name)))

    @pytest.mark.parametrize("name", ODD)
    def test_guard_what_is_no_page(self, client, name):
        guarded(client.get(ODD[name]))

    @pytest.mark.parametrize("path", ["/", "/sign-in", "/nowhere", "/cases/2026-001/", "/cases"])
    def test_guard_what_a_stranger_is_answered(self, stranger, path):
        guarded(stranger.get(path))

    def test_guard_what_a_form_is_answered(self, client):
        guarded(client.post("/cases/2026-001/facts", {"words": "She was held."}))
        guarded(client.post("/cases/2026-001/facts", {"words": ""}))

    @pytest.mark.parametrize("host", ["elsewhere.example", "127.0.0.1.elsewhere.example", "[::2]", "0.0.0.0"])
    def test_guard_what_another_host_s_name_is_answered_which_is_nothing(self, client, host):
        answer = client.get("/cases/2026-001/", headers={"host": host})
        assert answer.status_code in {400, 403}
        assert "Ms A." not in answer.content.decode()
        guarded(answer)

    def test_guard_styles_and_scripts_which_may_be_kept(self, client):
        answer = client.get("/static/site/panah.css")
        assert answer.status_code == 200
        kept_apart(answer)
        assert set(answer["Content-Security-Policy"].split("; ")) == POLICY
        assert b"".join(answer.streaming_content).startswith(b"/* The look of Panah")

    def test_name_no_program_and_no_version(self, client):
        assert not {"Server", "X-Powered-By"} & client.get("/").headers.keys()


FACT, PAPERS = "/cases/2026-001/facts/2", "/cases/2026-001/facts/2/paper"
NOBODY = "00000000-0000-4000-8000-000000000000"
ERRORS = [
    ("get", "/nowhere", {}, 404, "page-unknown"),
    ("get", "/cases/2026-999/", {}, 404, "case-unknown"),
    ("get", "/cases/2026-001/facts/99", {}, 404, "fact-unknown"),
    ("get", "/cases/2026-001/facts/99999999999999999999999", {}, 404, "fact-unknown"),
    ("get", "/cases/2026-001/examination/cat-3/QR4.1", {}, 404, "element-unknown"),
    ("get", "/cases/2026-001/examination/sea/S1", {}, 404, "framework-unknown"),
    ("post", "/cases/2026-001/frameworks", {"frameworks": "sea"}, 404, "framework-unknown"),
    ("post", f"/cases/2026-001/supports/{NOBODY}/put", {"put_at": "A"}, 404, "support-unknown"),
    ("post", f"/cases/2026-001/supports/{NOBODY}/withdraw", {}, 404, "support-unknown"),
    ("get", f"/cases/use/{NOBODY}", {}, 404, "document-unknown"),
    ("get", f"/cases/2026-001/dossiers/{NOBODY}", {}, 404, "dossier-unknown"),
    ("get", f"/library/documents/{NOBODY}", {}, 404, "document-unknown"),
    ("get", f"/library/documents/{NOBODY}/original", {}, 404, "document-unknown"),
    ("get", "/library/added?new=nonsense", {}, 404, "document-unknown"),
    ("get", "/library/?collection=Nowhere", {}, 404, "collection-unknown"),
    ("get", "/library/?q=a&collection=Nowhere", {}, 404, "collection-unknown"),
    ("post", "/cases/", {"called": "A", "reference": "2026-001", "frameworks": "cat-3"}, 409, "reference-taken"),
    ("post", "/cases/", {"called": "A", "reference": "a/b", "frameworks": "cat-3"}, 400, "reference-unusable"),
]


class TestErrors:
    @pytest.mark.parametrize(("method", "path", "said", "status", "code"), ERRORS, ids=lambda part: str(part)[:50])
    def test_are_sentences_with_a_code_and_the_right_status(self, client, method, path, said, status, code):
        answer = getattr(client, method)(path, said)
        page = answer.content.decode()
        assert answer.status_code == status
        assert f"<code>{code}</code>" in page
        sentence = page.partition('role="alert">')[2].partition("</p>")[0]
        assert sentence.strip().endswith((".", "?", "”"))

    @pytest.mark.parametrize("question", ['"', "((", "*", "NOT", "a " * 3000])
    def test_of_a_question_that_cannot_be_read_say_so(self, client, question):
        answer = client.get("/library/", {"q": question})
        assert answer.status_code == 400
        assert "<code>query-" in answer.content.decode()

    def test_a_word_that_differs_by_a_letter_is_refused(self, client, address):
        document = address("a document with pages").rpartition("/")[2]
        answer = client.post(f"/library/documents/{document}/quote", {"words": "The scar is highly consistant with"})
        assert answer.status_code == 409
        assert "<code>words-differ</code>" in answer.content.decode()

    def test_the_same_paper_beside_a_fact_twice_is_refused(self, client, desk):
        paper = Document.objects.get(title="Medical report")
        said = {"paper": paper.pk, "stance": "silent", "note": ""}
        assert client.post(PAPERS, said).status_code == 302
        answer = client.post(PAPERS, said)
        assert (answer.status_code, "<code>support-twice</code>" in answer.content.decode()) == (409, True)

    def test_a_case_under_no_law_is_not_sealed(self, client):
        client.post("/cases/2026-001/frameworks", {})
        answer = client.post("/cases/2026-001/seal")
        assert (answer.status_code, "<code>law-not-chosen</code>" in answer.content.decode()) == (409, True)

    def test_a_document_that_nobody_read_cannot_be_quoted(self, client, desk):
        answer = client.post(f"/library/documents/{desk.scan.pk}/quote", {"words": "A"})
        assert (answer.status_code, "<code>not-read-yet</code>" in answer.content.decode()) == (409, True)


class TestDownloads:
    def test_an_original_is_saved_and_never_shown(self, client, desk):
        document = Document.objects.get(path__contains="05-passport-notice.html")
        answer = client.get(f"/library/documents/{document.pk}/original")
        assert answer["Content-Disposition"] == 'attachment; filename="05-passport-notice.html"'
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
        kept_apart(answer)
        assert answer["Cache-Control"] == "no-store"
        assert len(b"".join(answer.streaming_content)) == document.original.size

    @pytest.mark.parametrize(
        "path",
        [
            'a"b.txt',
            "a\nb.txt",
            "a\r\nSet-Cookie: x=y.txt",
            "خەت.txt",
            "…",
            "/",
            "a/../../b.txt",
            "a;b=c.txt",
            "\u202etxt.exe",
        ],
    )
    def test_a_name_breaks_out_of_no_header(self, client, desk, path):
        paper = desk.paper("A letter.", path=path)
        answer = client.get(f"/library/documents/{paper.pk}/original")
        disposition = answer["Content-Disposition"]
        assert disposition.startswith("attachment")
        assert disposition.isascii()
        assert not {"\r", "\n"} & set(disposition)
        assert "Set-Cookie" not in answer.headers

    def test_a_dossier_is_saved_under_its_name(self, client, desk):
        answer = client.get(f"/cases/2026-001/dossiers/{desk.sealed.pk}")
        assert answer["Content-Disposition"] == f'attachment; filename="{desk.sealed.file_name}"'
        content = b"".join(answer.streaming_content)
        assert len(content) == int(answer["Content-Length"]) == desk.sealed.bundle.size
        assert content.startswith(b"PK")

    def test_so_it_is_where_its_reference_is_in_another_script(self, client, desk):

        case = desk.case("قضية-7", frameworks=["cat-3"])
        dossier = desk.seal(case)
        answer = client.get(f"/cases/قضية-7/dossiers/{dossier.pk}")
        assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''panah-%D9%82")

    def test_a_dossier_of_one_case_is_not_found_under_another(self, client, desk):
        desk.case("B")
        assert client.get(f"/cases/B/dossiers/{desk.sealed.pk}").status_code == 404
