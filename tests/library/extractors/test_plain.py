"""Plain text, in the encodings in which people keep it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.library.extractors import NothingToRead
from panah.library.extractors.kinds import PLAIN
from panah.library.extractors.plain import Plain, decoded

TURKISH = "Türkiye’ye sığınan kişiler için başvuru yapıldı. İstanbul’da görüşme oldu, bekliyorlar."
RUSSIAN = "Беженцы из Китая просят убежища в Казахстане и боятся возвращения на родину."
ARABIC = "اللاجئون يطلبون الحماية في هذا البلد ويخافون من العودة"
CHINESE = "这是一个中文的文本，内容是关于难民的。第二句话在这里。"
UYGHUR = "ئۇيغۇرلار پاناھلىق تىلىدى، ئۇلار قايتۇرۇلۇشتىن قورقىدۇ."


def read(content):
    return Plain().read(content)


class TestNamed:
    @pytest.mark.parametrize(("charset", "words"), [("gbk", "没回来"), ("big5", "他沒回來")])
    def test_encoding_is_that_of_the_text(self, charset, words):
        found = Plain().read_as(words.encode(charset), charset)
        assert (found.text, found.found["replaced"]) == (words, "0")
        assert read(words.encode(charset)).text != words

    def test_encoding_that_is_not_that_of_the_text_is_passed_over(self):
        assert Plain().read_as(CHINESE.encode("gb18030"), "utf-8").text == read(CHINESE.encode("gb18030")).text
        assert Plain().read_as(UYGHUR.encode(), "gbk").text == UYGHUR

    @given(st.binary(max_size=300), st.text(max_size=12))
    def test_encoding_may_be_any_words_over_any_bytes(self, content, charset):
        text, found = decoded(content, charset)
        assert isinstance(text.encode("utf-8", "replace"), bytes)
        assert found["encoding"]


class TestPlain:
    def test_is_kept_as_it_is_but_for_line_ends(self):
        assert read(b"one\r\ntwo\rthree\n\n  four \n").text == "one\ntwo\nthree\n\n  four \n"

    @pytest.mark.parametrize(
        ("text", "paragraphs"),
        [
            ("one", ["one"]),
            ("one\ntwo", ["one\ntwo"]),
            ("one\n\ntwo", ["one", "two"]),
            ("\n\n one \n\t\n\n two\nthree \n", ["one", "two\nthree"]),
            ("one\n \u3000\ntwo", ["one", "two"]),
            ("one \r\n\r\n two", ["one", "two"]),
            ("page\x0cpage", ["page\x0cpage"]),
        ],
    )
    def test_has_a_paragraph_between_every_two_empty_lines(self, text, paragraphs):
        found = read(text.encode())
        assert [found.text[start:end] for start, end in found.paragraphs] == paragraphs

    @pytest.mark.parametrize("content", [b" ", b"\n\r\n\t", "\ufeff".encode(), "\u3000\u00a0".encode()])
    def test_without_a_visible_character_is_refused(self, content):
        with pytest.raises(NothingToRead, match="it is empty, or holds only spaces"):
            read(content)

    @given(st.text("ab \n\r\tپ", max_size=60).filter(str.strip))
    def test_every_visible_character_is_in_a_paragraph(self, text):
        found = read(text.encode())
        inside = {at for start, end in found.paragraphs for at in range(start, end)}
        assert {at for at, character in enumerate(found.text) if not character.isspace()} <= inside
        assert all(found.text[start:end] == found.text[start:end].strip() for start, end in found.paragraphs)

    def test_sixteen_megabytes_without_an_empty_line_are_read(self, read):
        content = b"a line of the log of a ship\n" * 600_000
        assert read(PLAIN, content).content == content

    def test_its_offsets_are_bytes_once_it_is_stored(self, read):
        found = read(PLAIN, "پاناھ\n\n难民".encode())
        assert [found.content[start:end].decode() for start, end in found.paragraphs] == ["پاناھ", "难民"]
        assert found.found == {"encoding": "utf-8"}


class TestDecoded:
    @pytest.mark.parametrize(
        ("text", "encoding", "said"),
        [
            (UYGHUR, "utf-8", "utf-8"),
            (UYGHUR, "utf-8-sig", "utf-8-sig"),
            (UYGHUR, "utf-16", "utf-16"),
            (CHINESE, "utf-16", "utf-16"),
            (TURKISH, "windows-1254", "cp1254"),
            (RUSSIAN, "windows-1251", "cp1251"),
            (RUSSIAN, "koi8-r", "koi8-r"),
            (ARABIC, "windows-1256", "cp1256"),
            (CHINESE, "gb18030", "gb18030"),
            (CHINESE, "gbk", "gb18030"),
            ("难民申请庇护，害怕被遣返\n" * 9, "gb18030", "gb18030"),
            ("難民の認定を申請した人々は帰国を恐れている。", "shift_jis", "shift_jis"),
            ("Les réfugiés demandent l’asile à la frontière française.", "windows-1252", "cp1252"),
        ],
    )
    def test_is_what_was_written_in_any_usual_encoding(self, text, encoding, said):
        found, how = decoded(text.encode(encoding))
        assert found == text
        assert how["encoding"] == said
        assert how.get("replaced", "0") == "0"

    @pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
    @pytest.mark.parametrize("text", ["The applicant fears return.", TURKISH])
    def test_is_what_was_written_in_utf_16_without_a_mark(self, text, encoding):
        assert decoded(text.encode(encoding))[0] == text

    def test_a_mark_of_big_endian_utf_16_is_heeded(self):
        assert decoded(("\ufeff" + UYGHUR).encode("utf-16-be"))[0] == UYGHUR

    def test_a_single_broken_byte_is_marked_and_counted(self):
        text, how = decoded((UYGHUR * 10).encode() + b"\xff\xfe and more")
        assert text == UYGHUR * 10 + "\ufffd\ufffd and more"
        assert how == {"encoding": "utf-8", "replaced": "2"}

    def test_half_a_character_at_the_end_is_marked_and_counted(self):
        text, how = decoded((UYGHUR * 10 + "难").encode()[:-1])
        assert text == UYGHUR * 10 + "\ufffd"
        assert how["replaced"] == "1"

    def test_an_odd_byte_at_the_end_of_utf_16_is_marked(self):
        assert decoded("words".encode("utf-16") + b"x")[0] == "words\ufffd"

    @given(st.binary(max_size=300))
    def test_any_bytes_become_text(self, content):
        text, how = decoded(content)
        assert isinstance(text, str)
        assert how["encoding"]

    @given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1))
    def test_utf_8_is_always_known_as_such(self, text):
        assert decoded(text.encode())[0] == text.removeprefix("\ufeff")
