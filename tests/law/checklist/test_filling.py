"""What a record may say: every type of field, and how it is kept."""

from __future__ import annotations

import pytest

from panah.law.checklist import kind
from panah.law.checklist.filling import LONGEST, RecordUnfit, as_json, filled, from_json


class TestFilled:
    def test_keeps_what_is_said_and_leaves_out_what_is_not(self):
        said = filled(kind("event"), {"what": "made", "day": " 2026-07~ ", "place": "A\r\nB", "access": ""})
        assert said == {"what": "made", "day": "2026-07~", "place": "A\nB"}

    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("information", {"language": "ug-Arab"}),
            ("third-country", {"country": "TR", "examined": "unknown"}),
            ("past-harm", {"what": "Held.", "fact": "12"}),
            ("language", {"language": "ug", "how": "preferred", "statement": "1"}),
        ],
    )
    def test_takes_each_type_of_field(self, name, said):
        assert filled(kind(name), said) == said
        assert from_json(as_json(said)) == said

    @pytest.mark.parametrize(
        ("name", "said", "reason"),
        [
            ("event", {}, "this has to be said"),
            ("event", {"what": "forgotten"}, "none of the choices"),
            ("event", {"what": "made", "day": "2026-02-30"}, "a date is written as"),
            ("event", {"what": "made", "access": "perhaps"}, "yes, no or unknown is expected"),
            ("event", {"what": "made", "weather": "rain"}, "it has no field “weather”"),
            ("event", {"what": "made", "paper": "1"}, "it has no field “paper”"),
            ("information", {"language": "Uyghur!"}, "a language is written as"),
            ("third-country", {"country": "Turkey"}, "two letters"),
            ("past-harm", {"what": "Held.", "fact": "0"}, "a number is expected"),
            ("child", {"who": "x" * (LONGEST + 1)}, "nothing is cut off"),
            ("removal-order", {"hour": "  "}, "nothing is said"),
        ],
    )
    def test_refuses_what_does_not_fit(self, name, said, reason):
        with pytest.raises(RecordUnfit) as refused:
            filled(kind(name), said)
        assert reason in refused.value.sentence
        assert refused.value.sentence.endswith("The record was not kept.")
