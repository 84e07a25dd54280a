"""The files of the thesaurus are read strictly: whatever is not as it should be is refused with its place."""

import pytest
import yaml

from panah.library.thesauri import ThesaurusBroken, read
from support.concepts import FILES, PLACES, SEEDS, small

REFUSED = [
    ("title:", "titel:", "line 2: “titel” is not known here"),
    ("scheme: seeds", "scheme: weeds", "line 1: a scheme “weeds” stands in a file of that name"),
    ("id: study-class", "id: camp", "concept camp: the id stands in seeds.yaml already"),
    ("id: study-class", "id: xinjiang", "concept xinjiang: the id stands in places-of-tests.yaml already"),
    ("id: study-class", "id: Study class", "“Study class” cannot be an id"),
    ("broader: [camp]", "broader: [prison]", "concept study-class: there is no concept “prison”"),
    ("broader: [camp]", "related: [prison]", "concept study-class: there is no concept “prison”"),
    ("broader: [camp]", "related: [study-class]", "concept study-class: it is broader than itself, or related to itself"),
    ("    note: A class that nobody may leave.\n", "", "“note” is missing"),
    ("{preferred: 学习班, verified: false}", "{preferred: 学习班}", "either a source is named, or the labels are not"),
    ("{preferred: 学习班, verified: false}", "{preferred: 学习班, verified: false, source: lantern}", "either a source"),
    ("{preferred: 学习班, verified: false}", "{preferred: 学习班, verified: true}", "what is verified names its source"),
    ("{preferred: 学习班, verified: false}", "{preferred: 学习班, source: torch}", "there is no source “torch” in this"),
    ("{preferred: 学习班, verified: false}", "{others: [学习班], verified: false}", "“preferred” is missing"),
    ("{preferred: 学习班, verified: false}", '{preferred: "?", verified: false}', "“?” cannot be looked for"),
    ("{preferred: 学习班, verified: false}", '{preferred: "class*", verified: false}', "“class*” cannot be looked for"),
    ("{preferred: 学习班, verified: false}", "{preferred: 班 (class), verified: false}", "“班 (class)” ends with an explanation"),
    ("others: [集中营]", "others: [再教育营]", "the label “再教育营” stands here twice"),
    ("others: [集中营]", "others: 集中营", "a list is expected"),
    ("zh-Hans: {preferred: 学习班", "chinese: {preferred: 学习班", "“chinese” is not a language tag as in ug-Arab"),
    ("zh-Hans: {preferred: 学习班", "zh-hans: {preferred: 学习班", "“zh-hans” is not a language tag as in ug-Arab"),
    ('url: "https://lantern.example/notes/14"', "pages: 3", "“pages” is not known here"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "reason"), REFUSED)
def test_refuses(before, after, reason):
    assert SEEDS.count(before)
    with pytest.raises(ThesaurusBroken) as refused:
        read({"places-of-tests.yaml": PLACES.encode(), "seeds.yaml": SEEDS.replace(before, after, 1).encode()})
    assert reason in refused.value.sentence
    assert refused.value.sentence.startswith("seeds.yaml: ")


def test_refuses_concepts_that_are_broader_than_themselves_in_a_ring():
    ring = SEEDS.replace("  - id: camp\n", "  - id: camp\n    broader: [study-class]\n")
    with pytest.raises(ThesaurusBroken, match="it is broader than itself, by"):
        read({"seeds.yaml": ring.encode()})


def test_refuses_a_concept_of_a_file_that_is_not_there():
    with pytest.raises(ThesaurusBroken, match="concept xinjiang: there is no concept “camp”"):
        read({"places-of-tests.yaml": PLACES.encode()})


def test_knows_what_the_files_say():
    thesaurus, said = small(), yaml.safe_load(SEEDS)
    assert [scheme.title for scheme in thesaurus.schemes.values()] == ["Concepts of tests", "Places"]
    assert thesaurus.schemes["seeds"].source("lantern").date == "2018"
    for each in said["concepts"]:
        concept = thesaurus.concept(each["id"])
        assert (concept.scheme, concept.note) == ("seeds", each["note"])
        assert [labels.language for labels in concept.labels] == list(each["labels"])
        assert {labels.language for labels in concept.labels if not labels.source} == {
            language for language, labels in each["labels"].items() if "verified" in labels
        }


def test_takes_a_bracket_that_is_a_part_of_a_name():
    named = SEEDS.replace("preferred: study class", "preferred: Regulation (EU) 2024/1347")
    assert read({"seeds.yaml": named.encode()}).concept("study-class").called() == "Regulation (EU) 2024/1347"


def test_takes_what_is_broader_for_no_more_than_that():
    both = SEEDS.replace("broader: [camp]", "broader: [camp]\n    related: [camp, transfer]")
    thesaurus = read({"seeds.yaml": both.encode()})
    assert thesaurus.concept("study-class").related == ("transfer",)
    assert (thesaurus.concept("camp").related, thesaurus.concept("camp").narrower) == ((), ("study-class",))


def test_relates_both_ways_and_knows_what_is_narrower():
    thesaurus = small()
    assert thesaurus.concept("camp").related == ("xinjiang",)
    assert thesaurus.concept("camp").narrower == ("study-class",)
    assert thesaurus.concept("study-class").broader == ("camp",)


@pytest.mark.parametrize(
    ("language", "called"),
    [("en", "internment camp"), ("ug", "يىغىۋېلىش لاگېرى"), ("zh-Hant", "再教育营"), ("bo", "internment camp")],
)
def test_calls_a_concept_in_the_language_that_is_asked_for_else_in_english(language, called):
    assert small().concept("camp").called(language) == called


def test_of_no_files_is_empty():
    assert read({}).concepts == {}
    assert len(read(FILES).concepts) == 5
