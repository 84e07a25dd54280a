"""The tables are what they say: broken ones are refused with their line, and what is learned is no name."""

import importlib.util
import sys
from pathlib import Path

import pytest

from panah.names.reading import readings
from panah.names.sounds import SOUNDS
from panah.names.syllables import initial_and_final, sign_of, signs, spelled
from panah.names.tables import FOLDER, Table, TableBroken, learned_costs

ROOT = Path(__file__).parents[2]


class TestTable:
    def test_refuses_what_is_missing(self):
        with pytest.raises(TableBroken, match="line 1: “b” is missing"):
            Table("t.yaml", b"a: {c: 1}").at("a", "b")

    @pytest.mark.parametrize("cost", ["x", "-1", "100", "nan"])
    def test_refuses_what_is_no_cost(self, cost: str):
        with pytest.raises(TableBroken, match="a cost from 0 to 100 is expected"):
            Table("t.yaml", f"a: '{cost}'".encode()).number("a")

    def test_reads_keys_texts_and_letters(self):
        table = Table("t.yaml", b"a: {b: 'x', c: ''}\nd: [e]")
        assert (table.text("a", "b"), table.text("a", "c")) == ("x", "")
        assert (table.named(), table.letters("a"), table.texts("d")) == (["a", "d"], {"b": "x", "c": ""}, ["e"])


class TestShipped:
    def test_letters_are_sounds_of_the_hub(self):
        table = Table("letters.yaml")
        for name in table.named():
            assert set("".join(table.letters(name).values())) <= set(SOUNDS)

    def test_what_was_learned_is_of_single_characters_and_short_chunks(self):
        for sign, costs in learned_costs("learned-signs.txt").items():
            plain = sign.removeprefix("+")
            assert len(plain) == 1 or plain.isalpha()
            assert all(len(chunk) <= 4 and cost >= 0 for chunk, cost in costs.items())

    def test_other_forms_of_names_are_counted_in_the_docs(self):
        count = len(Table("kinds.yaml").named())
        assert f"{count} classes" in (ROOT / "docs" / "reference" / "names.md").read_text()

    def test_no_form_leads_to_two_names(self):
        table = Table("kinds.yaml")
        forms = [form for name in table.named() for form in table.texts(name)]
        assert sorted(forms) == sorted(set(forms))

    def test_syllables_have_two_halves(self):
        assert initial_and_final("zhuang") == ("zh", "uang")
        assert initial_and_final("ye") == ("y", "ie")
        assert initial_and_final("yue") == ("y", "üe")
        assert initial_and_final("an") == ("", "an")

    def test_what_nobody_can_read_is_no_sign(self):
        assert sign_of("㐀") == 0
        assert sign_of("爾") == sign_of("尔")
        assert signs().names[0] == "?"

    def test_passports_write_one_vowel_in_several_ways(self):
        assert spelled("lyu") == spelled("lv") == ("lü",)
        assert spelled("lu") == ("lu", "lü")
        assert spelled("x") == ()

    def test_a_sign_stands_for_near_sounds_at_a_cost_and_for_none_through_a_letter_of_two_conventions(self):
        found = signs()
        sha = found.numbers["sha"]
        seen, near, far = (found.costs[found.rows[chunk], sha] for chunk in ("sa", "za", "ka"))
        assert seen < near < 5 < far
        assert found.seen[found.rows["sa"], sha] == seen

    def test_long_latin_is_not_cut_in_every_way(self):
        assert len(readings("a" * 60)) == 1


class TestLearning:
    @pytest.mark.skipif(
        not (ROOT.parent / "shared" / "data" / "names" / "dev.tsv").exists(),
        reason="the pairs are not beside this repository",
    )
    @pytest.mark.attack
    def test_gives_the_tables_again(self):
        learner = self.tool()
        found = learner.rows(learner.PAIRS)
        here, elsewhere = (learner.learned(list(learner.pairs(found, elsewhere=where))) for where in (False, True))
        wanted = learner.table(here) + learner.table(elsewhere, "+")
        assert wanted == (FOLDER / "learned-signs.txt").read_text()
        wanted = learner.spelling_table(here) + learner.spelling_table(elsewhere, "+")
        assert wanted == (FOLDER / "learned-spellings.txt").read_text()

    def test_from_a_few_invented_pairs(self):
        learner = self.tool()
        rows = [
            learner.Row("a1", "zh-Hans", "巴巴"),
            learner.Row("a1", "ug-Latn(ULY)", "Beba"),
            learner.Row("plc1", "zh-Hans", "巴"),
        ]
        found = list(learner.pairs(rows, elsewhere=False))
        assert found == [learner.Pair(("巴", "巴"), ("beba",), 1.0)]
        after = learner.learned(found)
        assert after.chance("巴", "be") > learner.Learner().chance("巴", "be")

    def test_takes_letters_of_two_conventions_in_each_way_except_in_uyghur_latin(self):
        learner = self.tool()
        rows = [
            learner.Row("a1", "zh-Hans", "夏提"),
            learner.Row("a1", "ug-Latn(ULY)", "Xat"),
            learner.Row("a1", "Latn(informal)", "Xat"),
        ]
        assert [pair.sounds for pair in learner.pairs(rows, elsewhere=False)] == [("xat",), ("xat", "Sat")]

    def tool(self):
        sys.path.insert(0, str(ROOT / "tools"))
        try:
            spec = importlib.util.spec_from_file_location("learn_names", ROOT / "tools" / "learn_names.py")
            module = importlib.util.module_from_spec(spec)
            sys.modules[spec.name] = module
            spec.loader.exec_module(module)
        finally:
            sys.path.remove(str(ROOT / "tools"))
        return module
