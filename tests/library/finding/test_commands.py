"""`panah find` with filters, facets and tables of questions, and `panah searches`, as scripts and people meet them."""

import csv
import io
import json

import pytest

from support.processes import one_line_error

SAVE = """
from datetime import datetime, timezone
from panah.library.finding.actions import save
from panah.library.finding.question import of_address
from panah.library.models import SavedSearch
from panah.team.models import Member
save(question=of_address("q=camp&place=CN"), name="=Camps", by=Member.objects.get(), now=datetime.now(timezone.utc))
SavedSearch.objects.update(up_to=0)
"""


@pytest.fixture(scope="module")
def panah(new_workspace, tmp_path_factory):
    """A workspace with two papers."""
    panah = new_workspace.copied(tmp_path_factory.mktemp("finding"))
    papers = panah.folder / "papers"
    papers.mkdir()
    for name, words, place, date in (
        ("a", "A camp in the north.", "CN", "2019"),
        ("b", "No camp.", "KZ, CN-XJ", "2021"),
    ):
        (papers / f"{name}.txt").write_text(words)
        with (papers / "manifest.jsonl").open("a") as lines:
            lines.write(json.dumps({"file": f"{name}.txt", "title": name, "places": place, "date": date}) + "\n")
    panah.does("ingest", papers, "--manifest", papers / "manifest.jsonl")
    panah.python(SAVE)
    return panah


class TestFind:
    @pytest.mark.parametrize(
        ("options", "titles"),
        [
            (["camp", "--order", "newest"], "ba"),
            (["camp", "--order", "oldest", "--filter", "place=CN"], "ab"),
            (["camp", "--filter", "place=KZ", "--filter", "place-is=none"], "a"),
            (["--filter", "year=2021"], "b"),
            (["camp", "--collection", "Library", "--limit", "1", "--order", "newest"], "b"),
        ],
    )
    def test_takes_filters_and_an_order(self, panah, options, titles):
        assert "".join(line["title"] for line in panah.lines("find", *options)) == titles

    def test_tells_the_language_of_a_passage_from_that_of_its_document(self, panah):
        paper = panah.folder / "mixed.txt"
        paper.write_text(
            "A giraffe stood in the street.\n\n" + "Nobody saw it. " * 200 + "\n\n长颈鹿站在街上，没有人看见它。" * 60
        )
        panah.does("ingest", paper)
        [document] = [line["id"] for line in panah.lines("documents") if line["path"].endswith("mixed.txt")]
        panah.does("describe", document, "--language", "en")
        for question, passages, of_document in (("giraffe", "en", "en"), ("长颈鹿", "zh", "en")):
            assert panah.lines("find", question, "--exactly", "--language", passages)
            assert panah.lines("find", question, "--exactly", "--filter", f"language={of_document}")
        assert not panah.lines("find", "长颈鹿", "--exactly", "--filter", "language=zh")
        assert not panah.lines("find", "giraffe", "--exactly", "--language", "zh")

    def test_counts_by_facets(self, panah):
        lines = {line["id"]: line for line in panah.lines("find", "camp", "--facets", "--limit", "1")}
        assert lines["place=CN"] == {
            "id": "place=CN",
            "facet": "place",
            "value": "CN",
            "called": "China",
            "passages": 2,
        }
        assert lines["year=2019"]["passages"] == 1
        assert "place=KZ  1 documents  (Kazakhstan)" in panah.does("find", "--filter", "place=KZ", "--facets").out

    def test_writes_tables(self, panah):
        [row] = csv.DictReader(io.StringIO(panah.does("find", "camp", "--filter", "place=KZ", "--csv").out))
        assert (row["title"], row["words"]) == ("b", "No camp.")
        [row] = csv.DictReader(io.StringIO(panah.does("find", "--filter", "place=KZ", "--csv").out))
        assert (row["title"], row["places"]) == ("b", "KZ, CN-XJ")

    def test_asks_a_table_of_questions(self, panah):
        table = panah.folder / "table.csv"
        table.write_text('question\ncamp\nzebra\n"""x"\n')
        done = panah.run("find", "--batch", table, "--json")
        assert done.code == 1
        assert [(line["id"], line["passages"], line["code"], len(line["best"])) for line in done.lines()] == [
            ("2", 2, "", 2), ("3", 0, "", 0), ("4", 0, "query-unbalanced", 0),
        ]  # fmt: skip
        table.write_text("camp\n")
        assert "1  camp: 2 passages" in panah.does("find", "--batch", table).out
        [row] = csv.DictReader(io.StringIO(panah.does("find", "--batch", table, "--csv").out))
        assert {row["title_1"], row["title_2"]} == {"a", "b"}

    @pytest.mark.parametrize(
        ("options", "code"),
        [
            ([], "nothing-to-find"),
            (["camp", "--csv", "--json"], "nothing-to-find"),
            (["--filter", "place=CN", "--language", "zh"], "nothing-to-find"),
            (["--batch", "-", "--language", "zh"], "nothing-to-find"),
            (["camp", "--filter", "place-is=some"], "filter-unreadable"),
            (["camp", "--collection", "Nowhere"], "collection-unknown"),
        ],
    )
    def test_refuses_in_one_line(self, panah, options, code):
        assert one_line_error(panah.run("find", *options))[0] == code

    def test_names_the_filters_that_there_are(self, panah):
        done = panah.run("find", "camp", "--filter", "colour=red")
        assert (done.code, "collection, source, type, language, place" in done.err) == (2, True)


class TestSearches:
    def test_are_listed_with_what_is_new(self, panah):
        [line] = panah.lines("searches")
        assert (line["name"], line["question"], line["found"], line["now"], line["new"]) == (
            "=Camps",
            "q=camp&place=CN",
            "2",
            "2",
            "2",
        )
        assert "=Camps  (2 new, 2 now, 2 then)" in panah.does("searches").out
        [row] = csv.DictReader(io.StringIO(panah.does("searches", "--csv").out))
        assert row["name"] == "'=Camps"
