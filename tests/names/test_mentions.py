"""Names in running text: what is found, where it stands, and what is none. All people here are invented."""

import pytest

from panah.names import mentions, parts
from panah.names.finding import remembering


def found(raw):
    return [raw[mention.start : mention.end] for mention in mentions(raw)]


class TestLatin:
    @pytest.mark.parametrize(
        ("raw", "names"),
        [
            ("On May 3, activist Aynur Tursunjan’s lawyer spoke.", ["Aynur Tursunjan"]),
            ("He met President Obulov Marat in Ankara.", ["Obulov Marat"]),
            ("the dentist Yusup was held, and a citizen Karvo too", ["Yusup", "Karvo"]),
            ("Mr. Brand spoke, and so did Ms. Paris.", ["Brand", "Paris"]),
            ("It was written by J. Halloway and Adam S. Neu.", ["J. Halloway", "Adam S. Neu"]),
            ("Saleh al-Karawi came. Al-Karawi left.", ["Saleh al-Karawi", "Al-Karawi"]),
            ("Khalifa bin Zaroun Al Madari was there with bin Zaroun.", ["Khalifa bin Zaroun Al Madari", "bin Zaroun"]),
            ("Police arrested Li Wenfang and Mao Tse-lin there.", ["Li Wenfang", "Mao Tse-lin"]),
            ("It was the work of Ver Sonak and of the court.", ["Ver Sonak"]),
            ("Abdukerim-Haji Tohti was at home", ["Abdukerim-Haji Tohti"]),
            ("Jean-Luc D'Avranche and O’Malley", ["Jean-Luc D'Avranche"]),
            ("Memet Tohti'ye ve Ahmet Kuru’nun evine", ["Memet Tohti", "Ahmet Kuru"]),
            (
                "Abdurehim Tursunning dadisi Exmetjanni kördi, Aygülge xet keldi",
                ["Abdurehim Tursun", "Exmetjan", "Aygül"],
            ),
            ("Ilham TOHTI; MR. ILHAM TOHTI; ILHAM TOHTI SENTENCED", ["Ilham TOHTI", "ILHAM TOHTI", "ILHAM TOHTI"]),
            ("MR. HOLM: I think so.", ["HOLM"]),
            ("Ursula von der Heide, Ludwig van Dalen", ["Ursula von der Heide", "Ludwig van Dalen"]),
            ("Imprisoned Ilham Tohtaji spoke", ["Ilham Tohtaji"]),
            ("Patrovan said that he knew. Zorna Patrovan agreed.", ["Patrovan", "Zorna Patrovan"]),
            ("Monsieur de Marnac, Ministre de la Marvane", ["Marnac"]),
            ("Aynur  Tursun Persecution", ["Aynur  Tursun"]),
            ("Mr. AB and Mr. ABK spoke; Herr von ABK", ["ABK"]),
            ("l’avocat Yusuf Demir; L'article; L’Afrique; D'Souza", ["Yusuf Demir"]),
        ],
    )
    def test_are_found_by_their_shape_their_elements_and_what_stands_around_them(self, raw, names):
        assert found(raw) == names

    @pytest.mark.parametrize(
        "raw",
        [
            "The United Nations met in New York in May.",
            "The Supreme Court of Zurich and the Sarvan City Court ruled.",
            "Worst Forms of Child Labour: see below.",
            "He lived in Karvan Sarai, near Tolva Region.",
            "It was broadcast by the Rovana Karela channel.",
            "Anti-Terror Act; VW-Karvo; Berlin-based; A2 Milk; X_Y Zed",
            "the U.S. Government and E.U. Law",
            "FDP, SPD, AfD and NGOs",
            "A. Donne",
            "Al-Kasva was mentioned",
            "Drivers said so. Adil is a word. Hope remained.",
            "Prime Minister of State. President Elections were held.",
            "Koran Bible God",
            "the journalist Persecution of that year",
            "Alpha Beta Gamma Delta Epsilon Zeta Eta were Greek to me and to the others.",
        ],
    )
    def test_are_not_taken_for_organisations_places_and_ordinary_words(self, raw):
        assert found(raw) == []

    def test_an_initial_alone_names_nobody(self):
        assert found("Signed: Ms A.     Received: officer 7") == []

    def test_a_long_row_of_parts_is_no_name(self):
        assert found("Ilham-Tohti-Memet-Yusup-Aygul-Tursun-Exmet-Osman-Rozi was written") == []

    def test_a_name_goes_on_in_the_next_line_only_where_the_line_was_full(self):
        full = "It was in the spring of that year, they told us afterwards, that Ilham\nTohtaji was taken"
        assert found(full) == ["Ilham\nTohtaji"]
        assert found("Ilham\nTohti") == ["Ilham", "Tohti"]
        assert found("They came and took the teacher Ilham \r\nTohti away") == ["Ilham \r\nTohti"]

    @pytest.mark.parametrize(
        ("raw", "name"),
        [
            ("ئۇلار بىزگە كېيىن ئېيتىپ بەرگەندەك، ئەتىيازدا مەمەتجان\nئەخمەتنى ئېلىپ كەتكەن.", "مەمەتجان\nئەخمەت"),
            ("后来他们告诉我们，那年春天有人来到村里，把教师阿卜杜热依木·\n吐尔逊带走了。", "阿卜杜热依木·\n吐尔逊"),
            (
                "后来他们告诉我们，那年春天有人来到村里，把教师阿卜杜\r\n热依木·吐尔逊带走了。",
                "阿卜杜\r\n热依木·吐尔逊",
            ),
        ],
    )
    def test_a_name_goes_on_in_the_next_line_in_every_script(self, raw, name):
        assert found(raw) == [name]
        assert [each.parts for each in mentions(raw)] == [parts(name.replace("\r", "").replace("阿卜杜\n", "阿卜杜"))]

    def test_signs_of_short_lines_are_items_of_a_list(self):
        assert found("名单：\n阿卜杜热依木·吐尔逊\n买买提江·艾合买提\n") == ["阿卜杜热依木·吐尔逊", "买买提江·艾合买提"]

    def test_a_part_of_a_name_is_found_again_but_not_in_the_name_of_a_body(self):
        raw = "Judge Zorna Patrovan came. Patrovan spoke to the Patrovan Foundation about Zorna."
        assert found(raw) == ["Zorna Patrovan", "Patrovan", "Zorna"]


class TestGerman:
    @pytest.mark.parametrize(
        ("raw", "names"),
        [
            ("(Beifall bei der SPD – Jörn Karven [AfD]: Das ist mir neu!)", ["Jörn Karven"]),
            ("Herr Kollege Heil, das ist der Kern und nicht die Schale.", ["Heil"]),
            ("Wir haben die Rede von Frau Dr. Anna Meisel Wort für Wort gelesen.", ["Anna Meisel"]),
            ("Ich danke dem Außenminister Karven und der Landesvorsitzenden Lind.", ["Karven", "Lind"]),
            ("Es war mit Anna Meisel von der Propaganda nicht die Rede.", ["Anna Meisel"]),
            ("Das ist die Rednerin Anna Meisel Regierung und nicht die andere", ["Anna Meisel"]),
            ("Das hat der Aynur mit ihrer Klage und der Turgunov auch", ["Aynur", "Turgunov"]),
            ("Die Rede der Frau von Storm ist lang und die von der FDP auch.", ["Storm"]),
        ],
    )
    def test_are_found_although_every_noun_has_a_capital_letter(self, raw, names):
        assert found(raw) == names

    @pytest.mark.parametrize(
        "raw",
        [
            "Das ist ein Gebot der Klugheit und nicht der Lage der Nation.",
            "Die Kollegen der FDP und die Abgeordneten der SPD klatschen.",
            "Die Reihen und der Rahmen sind für alle Muslime und für die Welt gleich, und Anna ist nicht da.",
            "Abweichend von Absatz und nach dem Recht von Parteien wird das so gemacht.",
        ],
    )
    def test_nouns_are_none(self, raw):
        assert found(raw) == []


class TestCyrillic:
    @pytest.mark.parametrize(
        ("raw", "names"),
        [
            ("Абдурәһим Турсунниң дадиси Әхмәтҗан, Айгүлгә хәт", ["Абдурәһим Турсун", "Әхмәтҗан", "Айгүл"]),
            ("Серікжан Біләшұлы мен Нұрланның үйі", ["Серікжан Біләшұлы", "Нұрлан"]),
            ("Адвокат Айнур Турсунова, И. И. Седов и Карпов И.И.", ["Айнур Турсунова", "И. И. Седов", "Карпов И.И."]),
            ("о Сергее Карпове сказал Карпов; с Карповым", ["Сергее Карпов", "Карпов", "Карпов"]),
            ("Правительство Республики и Верховный Суд", []),
        ],
    )
    def test_are_found_without_their_endings(self, raw, names):
        assert found(raw) == names


class TestArabicScript:
    @pytest.mark.parametrize(
        ("raw", "names"),
        [
            ("ئابدۇرېھىم تۇرسۇننىڭ دادىسى ئەخمەتجان تۇتۇلدى", ["ئابدۇرېھىم تۇرسۇن", "ئەخمەتجان"]),
            ("ئايگۈلگە ۋە پاتىمەنى كۆردى", ["ئايگۈل", "پاتىمە"]),
            ("ئادىل ئەپەندى كەلدى، دوكتور ئالىم توختى", ["ئادىل", "ئالىم توختى"]),
            ("ئادىل دۆلەت، ئالىم كەلدى، ئىسلام دىنى", []),
            ("سەرىكجان بىلاشۇلى مەن نۇرلاننىڭ ۇيى", ["سەرىكجان", "نۇرلان"]),
            ("مۇرات تۇرسۇنوۋ كەلدى ۇ", ["مۇرات تۇرسۇنوۋ"]),
            ("ئىلھام ئىلھام ئىلھام ئىلھام ئىلھام", []),
            ("ئىلھام" + "ئ" * 60, []),
            ("قال إلهام توختي", []),
        ],
    )
    def test_are_found_by_their_elements(self, raw, names):
        assert found(raw) == names

    def test_months_are_none_though_they_sound_like_names(self):
        assert found("2015-يىلى 7-ئايدا، رامىزان ئېيىدا ئادىلجان تۇرسۇن كەلدى.") == ["ئادىلجان تۇرسۇن"]


class TestChinese:
    @pytest.mark.parametrize(
        ("raw", "names"),
        [
            ("作家阿不都热依木·吐尔逊说", ["阿不都热依木·吐尔逊"]),
            ("阿卜杜热依木．吐尔逊和阿依古丽•买买提", ["阿卜杜热依木．吐尔逊", "阿依古丽•买买提"]),
            ("維吾爾學者熱比婭·卡德爾與阿依努爾‧買買提", ["熱比婭·卡德爾", "阿依努爾‧買買提"]),
            ("买买提江·艾合买提·吐尔逊来到乌鲁木齐", ["买买提江·艾合买提·吐尔逊"]),
            ("阿依古丽的哥哥吐尔逊江在阿克苏", ["阿依古丽", "吐尔逊江"]),
            ("艾力说他认识努尔。", ["艾力"]),
            ("认识艾力的人", []),
            ("与卡尔·贝克莱特会谈", ["卡尔·贝克莱特"]),
            ("塔吉亚娜来了，穿过塔里木", ["塔吉亚娜"]),
            ("努尔·买买提克说，帕买买提江来了", ["努尔·买买提克", "帕买买提江"]),
            ("买卖、艾滋、阿里巴巴、巴基斯坦和乌鲁木齐", []),
            ("增长4·3％。于是·来", []),
            ("安和.和平", []),
            ("努尔阿里木哈斯木努尔阿里木哈斯木努尔阿里木哈斯木", []),
            ("阿·乌斯曼·", ["阿·乌斯曼"]),
        ],
    )
    def test_transcriptions_are_found_with_and_without_a_dot(self, raw, names):
        assert found(raw) == names

    @pytest.mark.parametrize(
        ("raw", "names"),
        [
            ("记者马明和律师李文芳说", ["马明", "李文芳"]),
            ("以张明远同志为核心，毛主席和王先生", ["张明远", "毛", "王"]),
            ("张明远表示，他不认识欧阳文芳女士。", ["张明远", "欧阳文芳"]),
            ("张明远先生来了，大家都认识张明远。", ["张明远", "张明远"]),
            ("張明遠總統", ["張明遠"]),
            ("高级法官、马来西亚总理、任国家主席、其余委员、黎巴嫩总统", []),
            ("大家都认识张明远", []),
        ],
    )
    def test_family_names_are_found_where_something_speaks_for_them(self, raw, names):
        assert found(raw) == names


class TestMention:
    def test_its_parts_are_those_of_the_name(self):
        assert [mention.parts for mention in mentions("Ayşe Nur Tohti ۋە 阿不都热依木·吐尔逊")] == [
            parts("Ayşe Nur Tohti"),
            ("阿不都热依木", "吐尔逊"),
        ]

    def test_what_is_unseen_in_it_is_quoted_with_it(self):
        raw = "activist \u202aIl\u00adham\u202c Toh\u200bti spoke"
        (mention,) = mentions(raw)
        assert (raw[mention.start : mention.end], mention.parts) == (
            "Il\u00adham\u202c Toh\u200bti",
            ("ilham", "tohti"),
        )

    def test_is_found_however_many_words_were_met_before(self, monkeypatch):
        monkeypatch.setattr(remembering, "MOST_KNOWN", 1)
        assert found("Varpol Aynur, Yusup Tolkar, ئايگۈل، پاتىمە") == [
            "Varpol Aynur",
            "Yusup Tolkar",
            "ئايگۈل",
            "پاتىمە",
        ]

    def test_says_nothing_of_whom_it_names(self):
        assert mentions("")[:0] == []
        assert set(mentions("Ilham Tohti")[0]._fields) == {"start", "end", "parts"}
