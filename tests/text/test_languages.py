"""In which language a passage is written: what CLD2 knows, and what only our own rules for letters tell apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.text import language

SAID = {
    "en": "The witness said that the police had come to the house at night and taken her brother away.",
    "de": "Die Zeugin sagte, dass die Polizei in der Nacht gekommen sei und ihren Bruder mitgenommen habe.",
    "fr": "Le témoin a déclaré que la police était venue dans la nuit et avait emmené son frère.",
    "sv": "Vittnet sade att polisen hade kommit till huset på natten och tagit med sig hennes bror.",
    "nl": "De getuige zei dat de politie 's nachts naar het huis was gekomen en haar broer had meegenomen.",
    "ru": "Свидетельница сказала, что полиция пришла ночью в дом и увела её брата.",
    "tr": "Tanık, polisin gece eve geldiğini ve kardeşini alıp götürdüğünü söyledi.",
    "ar": "قالت الشاهدة إن الشرطة جاءت إلى البيت ليلا وأخذت أخاها معها.",
    "fa": "شاهد گفت که پلیس شب به خانه آمد و برادرش را با خود برد.",
    "ug-Arab": "گۇۋاھچى ساقچىلارنىڭ كېچىدە ئۆيگە كېلىپ ئىنىسىنى ئېلىپ كەتكەنلىكىنى ئېيتتى.",
    "ug-Latn": "Guwahchi saqchilarning kéchide öyge kélip inisini élip ketkenlikini we uni soraqqa tartqanliqini éytti.",
    "ug-Cyrl": "Гувачи сақчиларниң кечидә өйгә келип инисини елип кәткәнлигини вә уни сорақ қилғанлиғини ейтти.",
    "kk-Cyrl": "Куәгер полицияның түнде үйге келіп, інісін алып кеткенін айтты.",
    "kk-Arab": "كۋاگەر پوليتسيانىڭ تۇندە ٴۇيگە كەلىپ، ٴىنىسىن الىپ كەتكەنىن ايتتى جانە ونىڭ قايدا ەكەنىن بىلمەيدى.",
    "ky": "Күбө милициянын түнкүсүн үйгө келип, инисин алып кеткенин айтты.",
    "uz": "Guvoh politsiya kechasi uyga kelib, ukasini olib ketganini va uni so‘roq qilganini aytdi.",
    "zh-Hans": "证人说，警察夜里来到家里，带走了她的弟弟。",
    "zh-Hant": "證人說，警察夜裡來到家裡，帶走了她的弟弟。",
    "bo": "མི་རེ་ངོ་རེར་རང་དབང་དང་འདྲ་མཉམ་གྱི་ཐོབ་ཐང་ཡོད་པ་ཞིག་ཡིན།",
    "mn": "Гэрч хэлэхдээ цагдаа шөнө гэрт ирж, дүүг нь аваад явсан гэв.",
}
"""One invented sentence in each."""


class TestLanguage:
    @pytest.mark.parametrize(("tag", "raw"), SAID.items(), ids=SAID)
    def test_is_told_by_one_sentence(self, tag, raw):
        assert language(raw) == tag

    def test_of_capitals_is_that_of_small_letters(self):
        assert language(SAID["ug-Cyrl"].upper()) == "ug-Cyrl"

    @pytest.mark.parametrize("raw", ["", " ", "…", "2019-04-09", "camp", "Article 3", "民", "№ 17/2019 (II)"])
    def test_of_too_little_is_not_told(self, raw):
        assert language(raw) == ""

    def test_of_chinese_that_both_scripts_write_alike_is_chinese(self):
        assert language("今天天气不好，人民大会堂") == "zh-Hans"
        assert language("人民生活在山中") == "zh"

    def test_of_a_mixed_passage_is_that_of_most_of_it(self):
        assert language(SAID["en"] + " 新疆") == "en"
        assert language(SAID["zh-Hans"] + " (HRW)") == "zh-Hans"

    def test_of_much_english_is_english_and_of_little_is_not(self):
        """Where words that only English has are frequent, nothing else is asked; where they are quoted, it is."""
        english = (
            "The report says that the men were taken from the village and brought to the town with their families."
        )
        assert language(english) == language(english.replace("village", "村")) == "en"
        assert language(f"{SAID['nl']} {SAID['nl']} {SAID['nl']} (“{english[:60]}”)") == "nl"
        assert language(f"{SAID['nl']} (“{english}”) {SAID['nl']} {SAID['nl']}") == "nl"
        assert language(f"{SAID['zh-Hans'] * 4} {english}") == "zh-Hans"

    def test_of_japanese_is_not_chinese(self):
        assert language("証人は、警察が夜に家に来て、弟を連れて行ったと述べた。") == "ja"

    @given(st.text(st.characters(exclude_categories=())))
    def test_of_any_text_is_a_tag_or_nothing(self, raw):
        assert language(raw) == "" or language(raw).replace("-", "").isalnum()
