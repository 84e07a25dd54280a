"""What the thesaurus adds to a question: a table, and what never happens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah import text
from panah.library.thesauri import Concept, Labels, widened
from panah.library.thesauri.sought import alternative, alternatives, are
from support.concepts import small

THESAURUS = small()
CAMP = {
    "internment camp*", "re education camp*", "training centre*", "umerziehungslager", "再教育营", "集中营",
    "ىىغىۋېلىش لاگېرى*", "kamp*",
}  # fmt: skip
XINJIANG = {"xinjiang", "east turkestan*", "新疆", "شىنجاڭ*"}
STUDY = {"study class*", "学习班"}
TRANSFER = {"labour transfer*", "劳动力转移"}
FORCED = {"forced labour*", "عمل قسرى*"}

ADDED = [
    ("internment camp", {"camp": ("internment camp",)}, CAMP),
    ("Internment CAMP", {"camp": ("internment camp",)}, CAMP),
    ("Umerziehungslager", {"camp": ("Umerziehungslager",)}, CAMP),
    ("re-education camp", {"camp": ("re-education camp",)}, CAMP),
    ("“re-education camp”", {"camp": ("re-education camp",)}, CAMP),
    ("يىغىۋېلىش لاگېرى", {"camp": ("يىغىۋېلىش لاگېرى",)}, CAMP),
    ("يىغىۋېلىش لاگېرى", {"camp": ("يىغىۋېلىش لاگېرى",)}, CAMP),
    ("toplama kampi", {"camp": ("toplama kampı",)}, CAMP),
    ("集中营", {"camp": ("集中营",)}, CAMP),
    ("xinjiang study class", {"xinjiang": ("Xinjiang",), "study-class": ("study class",)}, XINJIANG | STUDY),
    ("xinjiang OR 学习班", {"xinjiang": ("Xinjiang",), "study-class": ("学习班",)}, XINJIANG | STUDY),
    ("(study class) abroad", {"study-class": ("study class",)}, STUDY),
    ("forced labour transfer", {"transfer": ("forced labour transfer",)}, TRANSFER),
    ("forced labour and labour transfer", {"forced-labour": ("forced labour",), "transfer": ("labour transfer",)}, FORCED | TRANSFER),
    ('"forced labour" transfer', {"forced-labour": ("forced labour",)}, FORCED),
    ("新疆的再教育营", {"xinjiang": ("新疆",), "camp": ("再教育营",)}, XINJIANG | CAMP),
    ("新疆 再教育营", {"xinjiang": ("新疆",), "camp": ("再教育营",)}, XINJIANG | CAMP),
    ("再教育 营", {"camp": ("再教育营",)}, CAMP),
    ("集中营 internment camp 再教育营", {"camp": ("集中营", "internment camp", "再教育营")}, CAMP),
    ("عَمَل قسري", {"forced-labour": ("عمل قسري",)}, FORCED),
    ("camp", {}, set()),
    ("camp internment", {}, set()),
    ("internment of a camp", {}, set()),
    ('"an internment camp"', {}, set()),
    ("internment OR camp", {}, set()),
    ("internment camp*", {}, set()),
    ("summer -集中营", {}, set()),
    ("summer NOT (internment camp)", {}, set()),
    ("教育", {}, set()),
    ('"新疆的再教育营"', {}, set()),
]  # fmt: skip


def found_by(node: text.Node) -> dict[str, text.Phrase]:
    """The phrases that are looked for, by how they would be typed."""
    if isinstance(node, text.Phrase):
        return {" ".join(word.forms[0] for word in node.words) + "*" * node.prefix: node}
    return {typed: phrase for part in node.parts for typed, phrase in found_by(part).items()}


def asked(words: str, **how):
    return widened(text.parsed(words), THESAURUS, **how)


@pytest.mark.parametrize(("words", "concepts", "labels"), ADDED)
def test_adds(words, concepts, labels):
    found = asked(words)
    assert {addition.concept.id: addition.words for addition in found.added} == concepts
    assert labels <= set(found_by(found.query))
    assert found.left_out == ()
    if not concepts:
        assert found.query == text.parsed(words)


def test_says_what_else_a_concept_is_called():
    [addition] = asked("集中营").added
    assert addition.labels == {
        "en": ("internment camp", "re-education camp", "training centre"), "de": ("Umerziehungslager",),
        "zh-Hans": ("再教育营",), "ug-Arab": ("يىغىۋېلىش لاگېرى",), "tr": ("toplama kampı", "kamp"),
    }  # fmt: skip


def test_looks_for_no_label_that_is_found_by_a_shorter_one_anyhow():
    phrases = found_by(asked("集中营 OR 劳动力转移").query)
    assert "toplama kampi*" not in phrases  # kamp*
    assert "forced labour transfer*" not in phrases  # labour transfer*


NEEDED = [
    ("en", ["labour transfer", "forced labour transfer"], ["labour transfer*"]),
    ("en", ["transfer", "labour transfer"], ["transfer", "labour transfer*"]),
    ("en", ["labour", "labour transfer"], ["labour"]),
    ("en", ["labour transfer", "transfer labour"], ["labour transfer*", "transfer labour*"]),
    ("tr", ["kamp", "kampı", "toplama kampı"], ["kamp*"]),
    ("ug-Arab", ["لاگېر", "جازا لاگېرى"], ["لاگېر*"]),
    ("zh-Hans", ["再教育营", "教育营", "新疆的教育营"], ["教育营"]),
    ("zh-Hans", ["伊力哈木·土赫提", "土赫提"], ["土赫提"]),
    ("ar", ["معسكر", "معسكر اعتقال"], ["معسكر"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "labels", "needed"), NEEDED)
def test_of_labels_looks_for_those_that_find_something_of_their_own(language, labels, needed):
    said = Labels(language, labels[0], tuple(labels[1:]), "")
    concept = Concept("x", "seeds", "A note.", (said,), (), (), ())
    assert [typed for phrase in alternatives(concept) for typed in found_by(phrase)] == needed
    for label in labels:
        for raw in (label, f"{label}s", f"x{label}", f"Of {label}: 的"):
            before = text.found_in(raw, alternative(language, label))
            assert not before or text.found_in(raw, text.Any(alternatives(concept)))


def test_adds_no_narrower_concept():
    assert not STUDY & set(found_by(asked("internment camp").query))


def test_leaves_out_what_is_switched_off_and_puts_nothing_shorter_in_its_place():
    found = asked("forced labour transfer in Xinjiang", without={"transfer"})
    assert [addition.concept.id for addition in found.added] == ["xinjiang"]
    assert [addition.concept.id for addition in found.left_out] == ["transfer"]
    assert set(found_by(found.query)) == {"forced", "labour", "transfer", "in"} | XINJIANG


def test_of_a_run_looks_for_what_is_left_when_a_concept_is_switched_off():
    found = asked("新疆再教育营", without={"camp"})
    assert set(found_by(found.query)) == {"新疆再教育营", "再教育营"} | XINJIANG
    assert asked("新疆再教育营", without={"camp", "xinjiang"}).query == text.parsed("新疆再教育营")


def test_knows_no_switch_of_a_concept_that_is_not_there():
    assert asked("集中营", without={"nothing"}) == asked("集中营")


def test_keeps_what_is_excluded_as_it_was_said():
    found = asked("学习班 -集中营")
    assert isinstance(found.query, text.All)
    assert found.query.without == text.parsed("学习班 -集中营").without


def test_what_is_added_weighs_less_than_what_was_typed():
    phrases = found_by(asked("internment camp").query)
    assert {typed for typed, phrase in phrases.items() if phrase.weight == 1} == {"internment", "camp"}
    assert {phrase.weight for typed, phrase in phrases.items() if typed in CAMP} == {0.5}


def test_takes_a_word_for_a_label_by_a_stem_of_the_language_of_that():
    labels = [("en·camp", True), ("de·camp", False)]
    label = text.Word(("camp",), unspaced=False, stems=("en·camp",))
    for stem, same in labels:
        assert are([text.Word(("camps",), unspaced=False, stems=(stem, "tr·camps"))], [label]) is same


PARTS = [
    "internment", "camp", "re-education", "forced", "labour", "transfer", "新疆", "再教育营", "的", "学习班", "OR", "-", "(", ")",
    '"', "شىنجاڭ", "kamp", "xinjiang*", "East Turkestan", " ",
]  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), max_size=9))
def test_finds_whatever_was_found_without_it(words):
    """Own words stay, each where it was asked: in texts that they match, the widened question matches too."""
    try:
        query = text.parsed(" ".join(words))
    except (text.QueryEmpty, text.QueryUnbalanced, text.QueryOnlyExcludes):
        return
    found = widened(query, THESAURUS).query
    for raw in (
        "internment camp 新疆",
        "re-education kamp 学习班",
        "forced labour transfer شىنجاڭ",
        "新疆的再教育营 East Turkestan",
    ):
        assert matches(found, raw) or not matches(query, raw)
    assert set(found_by(query)) <= set(found_by(found))


def matches(node: text.Node, raw: str) -> bool:
    if isinstance(node, text.Phrase):
        return bool(text.found_in(raw, node))
    if isinstance(node, text.Any):
        return any(matches(part, raw) for part in node.parts)
    return all(matches(part, raw) for part in node.parts) and not any(matches(part, raw) for part in node.without)
