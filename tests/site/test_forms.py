"""Nonsense in a form or an address is answered with a sentence or led back, and never with a failure."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from panah.cases import queries
from panah.library.models import Document, Quotation
from support.depth import some, tried
from support.workbench import address_of

CASE = "/cases/2026-001"
ELEMENT = f"{CASE}/examination/cat-3/CAT3.1"
NONSENSE = [
    "", " ", "\x00", "a\x00b", "-1", "0", "1", "1e9", "9" * 30, "9" * 5000, "²", "٣", "nonsense", "None", "[]", "{}", "../..", "%00", "%s", "{0}",
    "{{ 7 }}", "<script>", "'; DROP TABLE", "\u202e", "\ufeff", "\ud7ff", "🙂" * 50, "a" * 5000, "\r\n", "00000000-0000-0000-0000-000000000000",
    "supports", "contradicts", "Latn", "cat-3", "2026-001", "en", "ug-Arab",
]  # fmt: skip
VALUE = st.sampled_from(NONSENSE) | st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
FORMS = {
    "/cases/": ("called", "reference", "frameworks"),
    f"{CASE}/": ("words", "told_on", "occasion", "language", "interpreter", "paper"),
    f"{CASE}/names": ("name", "script", "paper", "shown"),
    f"{CASE}/names/beside": ("born", "county", "father"),
    "/names/absent": ("sought", "reason", "place", "collection"),
    f"{CASE}/facts": ("words", "statement"),
    f"{CASE}/facts/2/paper": ("paper", "stance", "note"),
    f"{CASE}/facts/2/weigh": ("genuine_effort", "elements_submitted", "coherent", "credible"),
    f"{CASE}/facts/2/assess/CI.det": ("words", "quotations", "statements", "over"),
    f"{CASE}/facts/2/conclude": ("accepted", "reasons", "past_harm", "over"),
    f"{CASE}/facts/2/explain": ("put_at", "asked", "her_answer"),
    f"{CASE}/inventory/age": ("presence", "words", "papers"),
    f"{CASE}/distortions": ("factor", "statement", "words"),
    f"{CASE}/contradictions/mark": (
        "a",
        "a_words",
        "a_start",
        "b",
        "b_words",
        "b_start",
        "quotation",
        "judged",
        "material",
    ),
    f"{CASE}/interviews": ("statement", "held_on", "mode", "interpreter_sex", "recording", "read_back", "place"),
    ELEMENT: ("words", "reasons", "facts", "quotations"),
    f"{CASE}/frameworks": ("frameworks",),
    f"{CASE}/law/days": ("state", "made", "registered", "lodged", "decided", "notified"),
    f"{CASE}/law/settle": ("applies", "responsibility", "reason"),
    "put": ("put_at", "her_answer"),
    "use": ("beside", "stance", "note"),
    "quote": ("words", "start", "end"),
    "describe": ("title", "source", "date", "language", "url", "licence"),
    "add": ("collection", "title", "source", "date", "language", "url", "licence"),
    "/library/searches/": ("name", "question", "compartment"),
    "/library/many": ("table", "form"),
    "/library/check": ("draft", "on"),
    "/language": ("language", "next"),
}
ADDRESSES = {
    "/library/": (
        "q",
        "collection",
        "language",
        "place",
        "place-is",
        "year",
        "order",
        "without",
        "first",
        "last",
        "as",
    ),
    "document": ("q", "quoted", "at", "part"),
    "/library/added": ("new", "old"),
    f"{CASE}/contradictions/mark": ("a", "b"),
    f"{CASE}/account/compare": ("number", "beside"),
    "/library/add": ("collection", "title"),
    "/sign-in": ("next",),
    "/law/": ("as", "unverified"),
    "use": ("case",),
}
LED_BACK_OR_REFUSED = {204, 302, 400, 403, 404, 409}
HYPOTHESIS = settings(max_examples=tried(3), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def place(demo):
    """The address of a form, where it has an id in it."""
    document = Document.objects.get(title__startswith="بايانىم")
    quotation = Quotation.objects.filter(document=document).first()
    places = {
        "put": f"{CASE}/supports/{queries.fact(demo.invented, 2).supports.get(stance='contradicts').pk}/put",
        "use": f"/cases/use/{quotation.pk}",
        "document": f"/library/documents/{document.pk}",
        "quote": f"/library/documents/{document.pk}/quote",
        "describe": f"/library/documents/{document.pk}/describe",
        "add": "/library/add",
    }
    return lambda name: places.get(name, name)


def posted(client, address: str, said: dict[str, str]) -> int:
    """The status with which a form is answered; what it did is undone."""
    with transaction.atomic():
        answer = client.post(address, {"csrfmiddlewaretoken": "x", **said})
        transaction.set_rollback(True)
    return answer.status_code


class TestForms:
    @HYPOTHESIS
    @given(data=st.data())
    @pytest.mark.parametrize("form", FORMS)
    def test_take_nonsense_calmly(self, client, place, form, data):
        said = {field: data.draw(VALUE, field) for field in FORMS[form] if data.draw(st.booleans())}
        assert posted(client, place(form), said) in LED_BACK_OR_REFUSED

    @pytest.mark.parametrize("form", FORMS)
    def test_take_the_same_nonsense_everywhere(self, client, place, form):
        for value in some(("9" * 30, "nonsense", "1.5", "\x00", "-" + "9" * 30, "9" * 5000, "٣")):
            assert posted(client, place(form), dict.fromkeys(FORMS[form], value)) in LED_BACK_OR_REFUSED, value[:8]

    @pytest.mark.parametrize("form", FORMS)
    def test_left_empty_say_what_is_missing(self, client, place, form):
        assert posted(client, place(form), {}) in LED_BACK_OR_REFUSED

    def test_a_thousand_answers_to_one_question_are_taken_calmly(self, client):
        for field in ("facts", "quotations", "words"):
            answer = client.post(ELEMENT, {"words": "A", field: ["nonsense"] * 900})
            assert answer.status_code in LED_BACK_OR_REFUSED | {413}

    @pytest.mark.parametrize(
        "content_type", ["application/json", "text/plain", "multipart/form-data; boundary=x", "x/y; charset=klingon"]
    )
    def test_that_are_no_forms_are_taken_calmly(self, client, content_type):
        answer = client.generic("POST", f"{CASE}/facts", json.dumps({"words": "A"}), content_type=content_type)
        assert answer.status_code in {200, *LED_BACK_OR_REFUSED}

    def test_what_was_typed_stays_when_something_is_missing(self, client):
        answer = client.post("/cases/", {"called": "Ms Invented of Nowhere"})
        assert "Ms Invented of Nowhere" in answer.content.decode()
        assert 'role="alert"' in answer.content.decode()

    def test_that_are_small_say_what_is_missing_on_the_page_they_stand_on_and_keep_the_rest(self, client, place):
        for address, said in (
            (f"{CASE}/facts/2/paper", {"stance": "silent", "note": "Typed already."}),
            (f"{CASE}/facts/2/weigh", {"coherent": "Typed already.", "credible": "\x00"}),
            (f"{CASE}/names", {"name": "Typed already."}),
            (place("put"), {"her_answer": "Typed already."}),
            (place("describe"), {"title": "Typed already.", "licence": "a" * 301}),
            (place("quote"), {"words": "Typed already.", "start": "nonsense"}),
        ):
            answer = client.post(address, said)
            page = answer.content.decode()
            assert (answer.status_code, "Typed already." in page, 'role="alert"' in page) == (400, True, True), address

    @pytest.mark.parametrize(
        ("form", "said", "code"),
        [
            ("/cases/", {"called": "Typed already.", "reference": "a/b", "frameworks": "cat-3"}, "reference-unusable"),
            (
                "/cases/",
                {"called": "Typed already.", "reference": "2026-001", "frameworks": "cat-3"},
                "reference-taken",
            ),
            (f"{CASE}/", {"words": " ", "occasion": "Typed already."}, "statement-empty"),
        ],
    )
    def test_that_are_refused_keep_what_was_typed_and_say_why(self, client, form, said, code):
        page = client.post(form, said).content.decode()
        assert ("Typed already." in page, f"<code>{code}</code>" in page) == (True, True)

    def test_words_that_are_not_there_stay_in_the_form_that_quotes_and_the_hits_stay_marked(self, client, place):
        answer = client.post(place("quote") + "?q=پاسپورت", {"words": "No such words."})
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "<code>words-differ</code>" in page
        assert "No such words.</textarea>" in page
        assert 'value="پاسپورت"' in page


class TestAddresses:
    @HYPOTHESIS
    @given(data=st.data())
    @pytest.mark.parametrize("name", ADDRESSES)
    def test_take_nonsense_calmly(self, client, place, name, data):
        asked = {field: data.draw(VALUE, field) for field in ADDRESSES[name]}
        assert client.get(place(name), asked).status_code in {200, 400, 404}

    @pytest.mark.parametrize(("name", "field"), [(name, field) for name in ADDRESSES for field in ADDRESSES[name]])
    def test_take_the_same_nonsense_everywhere(self, client, place, name, field):
        for value in some(NONSENSE):
            assert client.get(place(name), {"q": "a", field: value}).status_code in {200, 400, 404}, value[:20]

    @pytest.mark.parametrize(
        "quoted",
        ["0-1", "1-2", "5-3", "3-2", "1-1", "0-999999999", "7-8", "1000-1001", "9" * 15 + "-1", "-", "a-b", "1"],
    )
    def test_any_two_bytes_may_be_asked_for_even_inside_a_character(self, client, place, quoted):
        answer = client.get(place("document"), {"quoted": quoted})
        assert answer.status_code == 200
        assert "ئايپەرى" in answer.content.decode()

    @pytest.mark.parametrize("path", ["/%00", "/cases/%00/", "/cases/%FF/", "/cases/%ED%A0%80/", "/cases/" + "a" * 5000 + "/", "/static/../settings.py", "/static/%2e%2e/settings.py", "/cases/2026-001/facts/" + "9" * 5000])  # fmt: skip
    def test_that_lead_nowhere_are_not_found(self, client, path):
        assert client.get(path).status_code in {400, 404}

    @pytest.mark.parametrize("path", ["//", "///", "//nowhere.example/"])
    def test_that_begin_with_two_strokes_are_not_found(self, client, path):
        assert client.get("/", PATH_INFO=path).status_code == 404

    def test_that_only_take_forms_say_so(self, client):
        answer = client.get(f"{CASE}/seal")
        assert (answer.status_code, answer["Allow"]) == (405, "POST")
        assert "<code>form-wanted</code>" in answer.content.decode()


def sent(client, *papers: tuple[str, bytes], **said: str):
    """A form with files, as a browser that minds no rule would send it: any bytes can be a name."""
    parts = [f'name="{name}"\r\n\r\n{value}'.encode() for name, value in said.items()]
    parts += [b'name="papers"; filename="%s"\r\n\r\n%s' % (name.encode(), content) for name, content in papers]
    body = b"".join(b"--edge\r\nContent-Disposition: form-data; %s\r\n" % part for part in parts) + b"--edge--\r\n"
    return client.generic("POST", "/library/add", body, content_type="multipart/form-data; boundary=edge")


class TestUploads:
    def test_an_empty_file_is_a_document_too(self, client):
        answer = client.post("/library/add", {"papers": SimpleUploadedFile("empty.txt", b""), "collection": "Library"})
        assert answer.status_code == 302
        assert Document.objects.get(path="empty.txt").original.size == 0

    def test_no_file_at_all_is_said(self, client):
        answer = client.post("/library/add", {"collection": "Library"})
        assert (answer.status_code, 'role="alert"' in answer.content.decode()) == (400, True)

    @pytest.mark.parametrize(
        "name", ["../../etc/passwd", "a\x00b.txt", "خەت.txt", "a" * 300 + ".txt", "..", ".", "/", "", "C:\\a\\b.txt", '"; x=y', "\\", "%00"]
    )  # fmt: skip
    def test_any_name_of_a_file_is_taken_calmly(self, client, name):
        answer = sent(client, (name, b"So."), collection="Library")
        assert answer.status_code in {302, 400}
        assert not [path for path in Document.objects.values_list("path", flat=True) if "etc/passwd" in path]

    def test_several_at_once_are_reported_one_by_one(self, client):
        files = [SimpleUploadedFile(f"{n}.txt", f"Letter {n}.".encode()) for n in range(3)]
        again = SimpleUploadedFile("again.txt", b"Letter 0.")
        answer = client.post(
            "/library/add", {"papers": [*files, again], "collection": "New", "title": "All"}, follow=True
        )
        page = answer.content.decode()
        assert (page.count("waiting"), page.count("already here")) == (3, 1)
        assert list(Document.objects.filter(collection__name="New").values_list("title", flat=True)) == [""] * 3
        for name in ("0.txt", "1.txt", "2.txt"):
            assert name in page

    def test_the_same_again_says_that_it_is_here(self, client):
        for expected in ("waiting", "already here"):
            paper = SimpleUploadedFile("letter.txt", b"An invented letter.")
            page = client.post("/library/add", {"papers": paper, "collection": "Library"}, follow=True).content.decode()
            assert expected in page


def test_every_form_and_address_of_this_table_is_there(client, place, desk):
    for name in ADDRESSES:
        assert client.get(place(name)).status_code in {200, 302}
    assert address_of("docket", {}) == "/"
