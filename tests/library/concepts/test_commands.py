"""`panah thesaurus` and `panah find` as people and scripts meet them, with whatever concepts are shipped."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import settings as shipped_with
from rdflib import Graph
from rdflib.namespace import RDF, SKOS

from panah.library.concepts.commands import thesaurus
from panah.library.thesauri import opened
from support.concepts import compiled_in
from support.processes import one_line_error

SHIPPED = opened(Path(shipped_with.THESAURUS))


@pytest.fixture
def says(settings, tmp_path):
    """What a command prints, with the thesaurus of tests."""
    settings.THESAURUS = compiled_in(tmp_path)

    def says(*words: str) -> str:
        done = CliRunner().invoke(thesaurus, words, catch_exceptions=False)
        assert done.exit_code == 0
        return done.output

    return says


class TestShow:
    @pytest.mark.parametrize("words", ["internment camp", "the 集中营 near the town", "camp"])
    def test_says_what_words_or_an_id_are_called(self, says, words):
        assert says("show", words).splitlines() == [
            "internment camp (camp, Concepts of tests)",
            "    A place in which many people are held without a judgment.",
            "    en       internment camp; re-education camp; training centre  [People who come back]",
            "    de       Umerziehungslager  [People who come back]",
            "    zh-Hans  再教育营; 集中营  [People who come back]",
            "    ug-Arab  يىغىۋېلىش لاگېرى  [not verified]",
            "    tr       toplama kampı; kamp  [not verified]",
            "    narrower: study-class",
            "    related: xinjiang",
            "",
        ]

    def test_of_what_nobody_knows_ends_with_two(self, panah):
        assert one_line_error(panah.run("thesaurus", "show", "zebra crossing"))[0] == "no-concept"


class TestExport:
    def test_is_read_by_others(self, says, tmp_path):
        said = says("export", "--skos")
        assert says("export", "-o", str(tmp_path / "concepts.ttl")) == ""
        assert (tmp_path / "concepts.ttl").read_text() == said
        assert len(set(Graph().parse(data=said, format="turtle").subjects(RDF.type, SKOS.Concept))) == 5

    def test_needs_no_workspace(self, panah):
        done = panah.without(PANAH_HOME=str(panah.folder / "nowhere")).run("thesaurus", "export", "--skos")
        assert (done.code, done.err) == (0, "")
        assert done.out.count(" a skos:Concept ") == len(SHIPPED.concepts)


class TestFind:
    @pytest.fixture(scope="class")
    @classmethod
    def asked(cls, new_workspace, tmp_path_factory):
        """A workspace with a paper that has the second label of a shipped concept, and that concept."""
        panah = new_workspace.copied(tmp_path_factory.mktemp("concepts"))
        concept = next(each for each in SHIPPED.concepts.values() if len(each.labels) > 1)
        (panah.folder / "note.txt").write_text(f"{concept.labels[1].preferred}.")
        panah.does("ingest", panah.folder / "note.txt")
        return panah, concept, f'"{concept.labels[0].preferred}"'

    def test_says_by_which_concepts_it_looked_for_more(self, asked):
        panah, concept, words = asked
        assert f"Also looked for, by {concept.id}: " in panah.does("find", words).out
        [line] = panah.lines("find", words)
        assert concept.id in line["added"]

    @pytest.mark.parametrize("switch", [["--exactly"], ["--without", "{}"]])
    def test_looks_for_no_more_where_it_is_switched_off(self, asked, switch):
        panah, concept, words = asked
        said = panah.does("find", words, *(part.format(concept.id) for part in switch)).out
        assert f"by {concept.id}" not in said
