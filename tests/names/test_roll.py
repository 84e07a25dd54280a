"""Where names stand is found by their parts: in any order, with a part missing, written as one. All names are invented."""

import random

import numpy as np
import pytest

from panah.names import Grade, NameEmpty, Roll, Vocabulary, parts
from panah.names import roll as rolls
from panah.names import vocabulary as vocabularies

MENTIONS = [
    "Erkin Tursun",
    "Tursun Erkin",
    "艾尔肯·吐尔逊",
    "艾尔肯吐尔逊",
    "Erkin",
    "Memet Qadir",
    "Erkin Tursun Adil Hesen Qadir",
    "Gülnar Adil",
]


def filled(found: list[str]) -> Roll:
    roll = Roll()
    roll.add(map(parts, found))
    return roll


def syllables(count: int) -> list[str]:
    drawn = random.Random(3)
    return ["".join(drawn.choice("bdgklmnrst") + drawn.choice("aeiou") for _ in range(4)) for _ in range(count)]


class TestFind:
    def test_the_nearest_first(self):
        hits = filled(MENTIONS).find(parts("艾尔肯·吐尔逊"))
        assert {hit.mention for hit in hits[:3]} == {0, 2, 3}
        assert hits[0].cost <= hits[1].cost
        by_mention = {hit.mention: hit for hit in hits}
        assert by_mention[0].grade is Grade.REGULAR
        assert by_mention[1].turned
        assert by_mention[4].missing == 1
        assert by_mention[4].grade is Grade.POSSIBLE
        assert by_mention[6].missing == 2
        assert 5 not in by_mention

    def test_by_the_numbers_of_parts_as_by_the_parts(self):
        roll = Roll()
        tokens = [roll.vocabulary.add(parts(each)) for each in MENTIONS]
        rows = np.array([[*own, *([-1] * (5 - len(own)))] for own in tokens], np.int32)
        roll.add_tokens(rows[:3])
        roll.add_tokens(rows[3:])
        for asked in ("艾尔肯·吐尔逊", "Memet Qadir", "Erkin"):
            assert roll.find(parts(asked)) == filled(MENTIONS).find(parts(asked))
        assert roll.parts_of(6) == parts(MENTIONS[6])[:4]

    def test_one_part_alone(self):
        assert {hit.mention for hit in filled(MENTIONS).find(["erkin"])} >= {0, 1, 2, 4}

    def test_no_more_than_asked(self):
        assert len(filled(MENTIONS).find(["erkin"], most=2)) == 2

    def test_nothing_where_nothing_is_near(self):
        assert filled(MENTIONS).find(parts("Xuddemberdi")) == []

    def test_nothing_in_an_empty_roll(self):
        assert Roll().find(["erkin"]) == []

    def test_what_was_added_since(self):
        roll = filled(MENTIONS)
        assert len(roll) == 8
        roll.find(["erkin"])
        roll.add([("perhat",)])
        assert len(roll) == 9
        assert [hit.mention for hit in roll.find(["perhat"])] == [8]
        assert roll.parts_of(8) == ("perhat",)
        assert roll.parts_of(6) == ("erkin", "tursun", "adil", "hesen")

    def test_refuses_parts_without_letters(self):
        with pytest.raises(NameEmpty):
            filled(MENTIONS).find([])

    def test_among_too_many_those_with_another_part_near(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(rolls, "MOST_LOOKED_AT", 30)
        roll = Roll()
        roll.add(
            [("erkin", other) for other in syllables(100)]
            + [(other, "tursun") for other in syllables(100)]
            + [("erkin", "tursun")]
        )
        assert roll.find(("erkin", "tursun"))[0].mention == 200

    def test_memory_is_little(self):
        roll = filled([" ".join(pair) for pair in zip(syllables(3_000), syllables(3_000), strict=True)])
        assert roll.memory / len(roll) <= 60


class TestVocabulary:
    def test_gives_each_part_one_number(self):
        known = Vocabulary(["erkin", "tursun"])
        assert known.add(["tursun", "adil", "adil"]) == [1, 2, 2]
        assert (len(known), known[2], known.number("adil"), known.number("memet")) == (3, "adil", 2, None)

    def test_says_what_each_part_costs_beside_one(self):
        costs = Vocabulary(["erkin", "艾尔肯", "еркен", "tursun", "perhat"]).costs("艾尔肯").costs
        assert set(np.argsort(costs)[:3].tolist()) == {0, 1, 2}
        assert costs[1] == 0

    def test_compares_only_the_likely_ones_of_many(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(vocabularies, "MOST_COMPARED", 50)
        known = Vocabulary([*syllables(400), "erkin"])
        costs = known.costs("艾尔肯").costs
        assert np.isfinite(costs).sum() <= 200
        assert costs.argmin() == known.number("erkin")
