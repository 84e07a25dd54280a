"""The library's search with its filters, the searches that are kept, and many questions at once, as a browser meets them."""

import csv
import html
import io
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from panah.library.models import LookedThrough, SavedSearch
from panah.team.actions import admit, join
from panah.team.rules import Role
from support.members import signed_in

FIND, SEARCHES, MANY = "/library/", "/library/searches/", "/library/many"


@pytest.fixture
def papers(shelve):
    for number in range(23):
        shelve(
            f"Camp number {number}.".encode(),
            title=f"Note {number:02}",
            date=f"20{number:02}",
            places="CN",
            language="en",
        )
    shelve(b"A camp elsewhere.", title="Another", places="KZ", language="kk", date="long ago")


@pytest.fixture
def client(papers, member):
    return signed_in(member)


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def titles(said: str) -> list[str]:
    return re.findall(r"<bdi>((?:Note \d\d)|Another)</bdi>", said)


def leads_to(said: str, words: str) -> str:
    """The address to which these words lead."""
    found = re.search(rf'<a[^>]* href="([^"]+)"[^>]*>{re.escape(words)}</a>', said)
    address = html.unescape(found[1])
    return address if address.startswith("/") else FIND + address


class TestNothing:
    def test_offers_passages_with_any_of_the_words_and_back(self, client):
        said = page(client, FIND + "?q=zebra+elsewhere&place=KZ")
        address = leads_to(said, "Find passages with any of these words")
        said = page(client, address)
        assert titles(said) == ["Another"]
        assert 'name="any"' in said
        assert "place=KZ" in leads_to(said, "Ask for all of them")

    def test_offers_no_more_where_one_word_was_asked_for_or_any_was_enough(self, client):
        for address in ("?q=zebra", "?q=zebra+giraffe&any=on"):
            assert "any of these words" not in page(client, FIND + address)


class TestFilters:
    def test_are_offered_with_how_much_there_is_of_each(self, client):
        said = page(client, FIND + "?q=camp")
        assert "The numbers count passages." in said
        value = re.search(r'name="place" value="CN" +><span><bdi>([^<]+)</bdi> <span class="aside">(\d+)</span>', said)
        assert value.groups() == ("China", "23")
        assert "The numbers count documents." in page(client, FIND)

    def test_choose_and_are_removed_one_by_one_by_a_link(self, client):
        said = page(client, FIND + "?q=camp&place=CN&year=2003&year=2004")
        assert sorted(titles(said)) == ["Note 03", "Note 04"]
        assert 'value="2003" checked' in said
        assert said.count(">remove</a>") == 3
        fewer = page(
            client,
            FIND + re.search(r'href="(\?[^"]+)" aria-label="Remove the filter 2003"', said)[1].replace("&amp;", "&"),
        )
        assert titles(fewer) == ["Note 04"]
        assert "24 passages" in page(client, leads_to(said, "Remove all"))

    def test_stand_in_an_address_that_says_nothing_more(self, client):
        said = {
            "q": "camp",
            "order": "relevance",
            "place": ["CN", "KZ"],
            "place-is": "none",
            "year-is": "any",
            "choose": "1",
        }
        answer = client.get(FIND, said)
        assert (answer.status_code, answer["Location"]) == (302, "/library/?q=camp&place=CN&place=KZ&place-is=none")

    def test_survive_the_opening_and_closing_of_a_document(self, client):
        said = page(client, FIND + "?q=camp&place=KZ&order=newest")
        document = page(client, leads_to(said, "<bdi>Another</bdi>"))
        back = leads_to(document, "Back to the hits")
        assert "place=KZ" in back
        assert titles(page(client, back)) == ["Another"]

    def test_without_words_list_documents(self, client):
        said = page(client, FIND + "?place=KZ")
        assert titles(said) == ["Another"]
        assert "1 document" in said
        assert "Nothing stands here that passes these filters." in page(client, FIND + "?place=KZ&year=2003")

    @pytest.mark.parametrize(
        "wrong", ["place-is=some", "order=best", "first=0", "last=x", "q=%00", "place=" + "x" * 999]
    )
    def test_that_are_none_are_refused(self, client, wrong):
        assert "<code>" in page(client, f"{FIND}?q=camp&{wrong}", status=400)

    def test_take_what_no_document_has(self, client):
        said = page(client, FIND + "?q=camp&type=nonsense&language=x-%F0%9F%90%AA&place=%00&year=MMXX&year-is=all")
        assert "No passage that passes these filters has these words." in said


class TestPages:
    def test_go_on_where_the_last_one_ended_and_show_more_on_one(self, client):
        first = page(client, FIND + "?q=camp&order=newest")
        assert "1 to 20 are shown" in first
        assert "1 passage of a document without a date that can be read comes last" in first
        more = page(client, leads_to(first, "Show 4 more").partition("#")[0])
        rest = page(client, leads_to(first, "Next"))
        expected = [f"Note {number:02}" for number in range(22, -1, -1)] + ["Another"]
        assert titles(first) + titles(rest) == titles(more) == expected
        assert titles(page(client, leads_to(rest, "Previous"))) == expected[:20]

    def test_end_where_there_is_nothing_more(self, client):
        assert titles(page(client, FIND + "?q=camp&first=999")) == []
        assert len(titles(page(client, FIND + "?q=camp&first=2&last=100000"))) == 23

    def test_are_saved_as_a_table_and_as_lines(self, client):
        answer = client.get(FIND, {"q": "camp", "place": "KZ", "as": "csv"})
        [row] = csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode()))
        assert (row["title"], row["words"], row["language"]) == ("Another", "A camp elsewhere.", "kk")
        answer = client.get(FIND, {"order": "oldest", "place": "CN", "as": "jsonl"})
        lines = [json.loads(line) for line in b"".join(answer.streaming_content).decode().splitlines()]
        assert [line["title"] for line in lines] == [f"Note {number:02}" for number in range(23)]


class TestSavedSearches:
    @pytest.fixture
    def kept(self, client):
        """The address of a search that was kept."""
        said = page(client, FIND + "?q=camp&place=KZ")
        question = html.unescape(re.search(r'name="question" value="([^"]+)"', said)[1])
        return client.post(SEARCHES, {"name": "Camps", "question": question, "compartment": ""})["Location"]

    def test_say_what_they_ask_and_how_much_there_was(self, client, kept):
        said = page(client, kept)
        assert "camp; Country or region: any of Kazakhstan" in said
        assert "Nothing new since you looked through it." in said
        assert titles(page(client, leads_to(said, "Ask it again"))) == ["Another"]

    def test_tell_on_the_docket_what_is_new_until_it_was_looked_through(self, client, kept, shelve):
        assert "new passage" not in page(client, "/") + page(client, SEARCHES)
        shelve(b"One more camp.", title="Newer", places="KZ")
        shelve(b"One more camp.\n\nNot there.", title="Not there", places="CN")
        for address in ("/", SEARCHES, kept):
            assert "1 new passage" in page(client, address)
        said = page(client, kept)
        assert "One more <mark>camp</mark>." in said
        up_to = re.search(r'name="up_to" value="(\d+)"', said)[1]
        shelve(b"The last camp.", title="Last", places="KZ")
        client.post(f"{kept}/looked", {"up_to": up_to})
        assert "1 new passage" in page(client, kept)
        client.post(f"{kept}/looked", {"up_to": "9" * 15})
        client.post(f"{kept}/looked", {"up_to": "nonsense"})
        assert "new passage" not in page(client, "/") + page(client, SEARCHES)
        assert "Now, of what you may see</dt><dd>3</dd>" in page(client, kept)

    def test_are_deleted(self, client, kept):
        assert client.post(f"{kept}/delete")["Location"] == SEARCHES
        assert "No search is kept yet." in page(client, SEARCHES)
        assert not LookedThrough.objects.exists()

    def test_are_listed_to_be_saved(self, client, kept):
        answer = client.get(SEARCHES, {"as": "jsonl"})
        [line] = [json.loads(line) for line in b"".join(answer.streaming_content).decode().splitlines()]
        assert (line["name"], line["question"], line["found"], line["now"], line["new"]) == (
            "Camps",
            "q=camp&place=KZ",
            "1",
            "1",
            "0",
        )

    @pytest.mark.parametrize(
        ("said", "code"),
        [
            ({"name": "A", "question": "order=newest"}, "search-asks-nothing"),
            ({"name": "A", "question": 'q="'}, "query-unbalanced"),
            ({"name": "A", "question": "q=a&collection=Nowhere"}, "collection-unknown"),
            ({"name": "A", "question": "q=a&place-is=x"}, "filter-unreadable"),
        ],
    )
    def test_that_cannot_be_asked_are_not_kept(self, client, said, code):
        answer = client.post(SEARCHES, said)
        assert answer.status_code in {400, 404}
        assert f"<code>{code}</code>" in answer.content.decode()
        assert not SavedSearch.objects.exists()

    def test_are_there_for_nobody_else_unless_they_are_shared(self, client, kept, library, member, now):
        other = join(name="Invented Colleague", now=now)
        admit(compartment=library, member=other, role=Role.READER, by=member, now=now)
        colleague = signed_in(other)
        assert "Camps" not in page(colleague, SEARCHES)
        for address in (kept, f"{kept}/looked", f"{kept}/delete"):
            assert colleague.post(address).status_code in {404, 405}
        page(colleague, kept, status=404)
        shared = client.post(SEARCHES, {"name": "Ours", "question": "q=camp", "compartment": str(library.pk)})[
            "Location"
        ]
        assert "Invented Member" in page(colleague, shared)
        assert "Delete this search" not in page(colleague, shared)
        assert colleague.post(f"{shared}/delete").status_code == 403
        refused = colleague.post(SEARCHES, {"name": "A", "question": "q=camp", "compartment": str(library.pk)})
        assert refused.status_code == 400


class TestMany:
    def ask(self, client, table: bytes, form=""):
        return client.post(MANY, {"table": SimpleUploadedFile("table.csv", table), "form": form})

    def test_answers_each_question_with_the_best_passages(self, client):
        said = self.ask(client, b'question\nelsewhere\nzebra\n"""a"\n').content.decode()
        assert "3 questions · 1 found nothing · 1 cannot be asked" in said
        assert "<strong>nothing</strong>" in said
        assert titles(said) == ["Another"]

    def test_is_saved_with_no_formula_in_it(self, client):
        answer = self.ask(client, b"number;words\n1;=camp\n2;elsewhere\n", form="csv")
        rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
        assert [(row["id"], row["question"], row["passages"]) for row in rows] == [
            ("2", "'=camp", "24"),
            ("3", "elsewhere", "1"),
        ]
        assert (rows[1]["title_1"], rows[1]["words_1"], rows[1]["title_2"]) == ("Another", "A camp elsewhere.", "")

    def test_of_what_is_no_table_says_so(self, client):
        for table in (b"\xff\xfe\x00", b"", b"\x00\x01", "stra\xdfe".encode("latin-1")):
            answer = self.ask(client, table)
            assert answer.status_code == 400
            assert "<code>batch-unreadable</code>" in answer.content.decode()
