"""What is exported is SKOS to others: read by rdflib, and as whole as the recommendation asks."""

from pathlib import Path

import pytest
from django.conf import settings
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, SKOS

from panah.library.thesauri import Thesaurus, as_skos, files_in, read
from support.concepts import SEEDS, small


def graph_of(thesaurus: Thesaurus) -> Graph:
    return Graph().parse(data="".join(as_skos(thesaurus)), format="turtle")


def ours(concept_id: str) -> URIRef:
    return URIRef(f"urn:panah:concept:{concept_id}")


SHIPPED = read(files_in(Path(settings.THESAURUS).parent))


@pytest.fixture(scope="module", params=[small(), SHIPPED], ids=["of tests", "shipped"])
def both(request) -> tuple[Thesaurus, Graph]:
    return request.param, graph_of(request.param)


def test_has_every_concept_with_all_its_labels(both):
    thesaurus, graph = both
    assert set(graph.subjects(RDF.type, SKOS.Concept)) == {ours(each) for each in thesaurus.concepts}
    for concept in thesaurus.concepts.values():
        about = ours(concept.id)
        preferred = {Literal(labels.preferred, lang=labels.language) for labels in concept.labels}
        others = {Literal(label, lang=labels.language) for labels in concept.labels for label in labels.others}
        assert set(graph.objects(about, SKOS.prefLabel)) == preferred
        assert set(graph.objects(about, SKOS.altLabel)) == others
        assert list(graph.objects(about, SKOS.scopeNote)) == [Literal(concept.note, lang="en")]


def test_says_what_stands_around_a_concept(both):
    thesaurus, graph = both
    for concept in thesaurus.concepts.values():
        for name in ("broader", "narrower", "related"):
            assert set(graph.objects(ours(concept.id), SKOS[name])) == set(map(ours, getattr(concept, name)))


def test_is_whole_as_skos_asks(both):
    _, graph = both
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        languages = [label.language for label in graph.objects(concept, SKOS.prefLabel)]
        assert len(languages) == len(set(languages))
        assert not set(graph.objects(concept, SKOS.prefLabel)) & set(graph.objects(concept, SKOS.altLabel))
        above = set(graph.transitive_objects(concept, SKOS.broader)) - {concept}
        assert not above & set(graph.objects(concept, SKOS.related))
        assert all((other, SKOS.related, concept) in graph for other in graph.objects(concept, SKOS.related))


def test_names_sources_and_what_nobody_has_verified():
    graph = graph_of(small())
    assert set(graph.objects(ours("camp"), DCTERMS.source)) == {URIRef("https://lantern.example/notes/14")}
    assert list(graph.objects(ours("camp"), SKOS.editorialNote)) == [
        Literal("Labels that nobody has verified: ug-Arab, tr.", lang="en")
    ]


def test_lets_no_label_and_no_address_break_out():
    hostile = SEEDS.replace("A place in which", r"A \\ place").replace("study class,", r"""'study "class" \',""")
    hostile = hostile.replace("notes/14", "notes/> <14")
    graph = graph_of(read({"seeds.yaml": hostile.encode()}))
    assert Literal('study "class" \\', lang="en") in set(graph.objects(ours("study-class"), SKOS.prefLabel))
    assert set(graph.objects(ours("camp"), DCTERMS.source)) == {URIRef("https://lantern.example/notes/%3E%20%3C14")}
