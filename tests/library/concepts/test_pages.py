"""What was added to a search is shown and switched off on its page, and concepts have pages of their own."""

import html
import re
from urllib.parse import urljoin

import pytest

from panah.library.thesauri import ConceptUnknown
from support.concepts import compiled_in
from support.members import signed_in

FIND = "/library/"


@pytest.fixture
def client(shelve, member, settings, tmp_path):
    """A browser at a library with a paper, and with the thesaurus of tests."""
    settings.THESAURUS = compiled_in(tmp_path)
    shelve("他们被送进再教育营。".encode(), language="zh-Hans", title="A note")
    return signed_in(member)


def page(client, address, **values):
    answer = client.get(address, values)
    assert answer.status_code == 200
    return answer.content.decode()


def leads_to(page: str, words: str) -> str:
    """The address to which these words lead."""
    address = re.search(rf'<a href="([^"]+)">{re.escape(words)}</a>', page)
    return urljoin(FIND, html.unescape(address[1]))


def hits(page: str) -> int:
    return page.count("<blockquote")


class TestWhatWasAdded:
    def test_is_shown_by_concept_with_its_labels_by_language(self, client):
        said = page(client, FIND, q="internment camp")
        assert hits(said) == 1
        assert "<mark>再教育营</mark>" in said
        assert "Also looked for:" in said
        for words in ("Umerziehungslager", "再教育营", "يىغىۋېلىش لاگېرى", "toplama kampı", "Turkish", "German"):
            assert words in said

    def test_is_switched_off_concept_by_concept_and_on_again(self, client):
        off = page(
            client,
            leads_to(page(client, FIND, q="internment camp"), "leave it out"),
        )
        assert hits(off) == 0
        assert "Nothing was added to your words." in off
        assert hits(page(client, leads_to(off, "it is left out; look for it, too"))) == 1

    def test_is_switched_off_all_at_once_and_on_again(self, client):
        alone = page(client, leads_to(page(client, FIND, q="internment camp Xinjiang"), "Look for my words alone"))
        assert "Only your words are looked for." in alone
        assert "Also looked for:" not in alone
        assert "Also looked for:" in page(client, leads_to(alone, "Look also for what they are called elsewhere"))

    def test_goes_along_when_another_collection_is_chosen(self, client):
        said = page(client, FIND, q="internment camp Xinjiang", without=["camp", "nothing"])
        assert re.findall('name="without" value="([^"]+)"', said) == ["camp"]
        assert 'name="exactly"' in page(client, FIND, q="internment camp", exactly="on")

    def test_is_said_where_nothing_was_found(self, client):
        said = page(client, FIND, q="internment camp 学习班 zebra")
        assert "No passage has these words" in said
        assert "Also looked for:" in said

    def test_is_not_spoken_of_where_no_concept_stands_in_the_words(self, client):
        assert "Also looked for" not in page(client, FIND, q="zebra")

    def test_is_marked_on_the_page_of_the_document_to_which_a_hit_leads(self, client):
        said = page(client, FIND, q="internment camp")
        [address] = re.findall(r'<p class="source"><a href="([^"]+)"', said)
        assert ">再教育营</mark>" in page(client, html.unescape(address).partition("#")[0])


class TestConcepts:
    def test_are_listed_by_scheme(self, client):
        said = page(client, "/library/concepts/")
        assert re.findall("<h2[^>]*>([^<]+)</h2>", said) == ["Concepts of tests", "Places"]
        assert len(re.findall('href="/library/concepts/[a-z-]+"', said)) == 5

    @pytest.mark.parametrize(
        ("words", "found"), [("集中营", "internment camp"), ("xinjiang", "Xinjiang"), ("zebra", ""), ('"', "")]
    )
    def test_are_found_by_words_of_any_language(self, client, words, found):
        said = page(client, "/library/concepts/", q=words).partition("Concepts of tests")[0]
        assert (f"<bdi>{found}</bdi></a>" in said) if found else ("No concept is called so." in said)

    def test_have_a_page_with_labels_sources_and_what_stands_around(self, client):
        said = page(client, "/library/concepts/camp")
        for words in (
            "再教育营",
            "集中营",
            "Turkish",
            "not verified",
            "People who come back",
            "lantern.example/notes/14",
        ):
            assert words in said
        assert "/library/concepts/study-class" in said
        assert hits(page(client, leads_to(said, "Find it in the library"))) == 1

    def test_are_called_in_the_reader_s_language_where_they_have_a_label(self, client):
        client.post("/language", {"language": "ug"})
        assert "يىغىۋېلىش لاگېرى</h1>" in page(client, "/library/concepts/camp")
        assert "study class</h1>" in page(client, "/library/concepts/study-class")

    def test_that_are_not_there_have_none(self, client):
        answer = client.get("/library/concepts/nothing")
        assert answer.status_code == 404
        assert ConceptUnknown.code in answer.content.decode()

    def test_are_offered_for_what_a_document_is_about(self, client):
        said = page(client, "/library/add")
        assert 'list="concept-labels"' in said
        assert '<option value="internment camp"><option value="labour transfer">' in said
