"""The words of an XML document, of any vocabulary."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.library.extractors import DocumentBomb, DocumentBroken, NothingToRead
from panah.library.extractors.kinds import XML
from panah.library.extractors.xml import DEEPEST, Xml

LAUGHS = "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10))
BILLION_LAUGHS = f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l0 "lol">{LAUGHS}]><l>&l9;</l>'


def paragraphs(markup, encoding="utf-8"):
    found = Xml().read(markup.encode(encoding))
    return [found.text[start:end] for start, end in found.paragraphs]


class TestText:
    @pytest.mark.parametrize(
        ("markup", "read"),
        [
            ("<a>one</a>", ["one"]),
            ("<a><p>one</p><p>two</p></a>", ["one", "two"]),
            ("<a><p>one <b>bold</b> word</p></a>", ["one bold word"]),
            ("<a><p>re<b>foule</b>ment</p></a>", ["refoulement"]),
            ("<a>\n  <b>\n   one\n two </b>\n</a>", ["one two"]),
            ("<a><![CDATA[<b> & c]]></a>", ["<b> & c"]),
            ("<a>&lt;&amp;&#x62A;</a>", ["<&ت"]),
            ("<a>y<!-- not this --><?nor this?>z</a>", ["yz"]),
            ("<a><b/><b>x</b><b></b></a>", ["x"]),
            ("<!DOCTYPE a SYSTEM 'a.dtd'><a>x</a>", ["x"]),
            ("<a title='not this'>x</a>", ["x"]),
        ],
    )
    def test_is_a_paragraph_for_each_element_with_words_of_its_own(self, markup, read):
        assert paragraphs(markup) == read

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1251", "iso-8859-5"])
    def test_is_read_in_the_encoding_that_it_declares(self, encoding):
        assert paragraphs(f"<?xml version='1.0' encoding='{encoding}'?><a>Беженцы</a>", encoding) == ["Беженцы"]

    @pytest.mark.parametrize("encoding", ["gbk", "gb2312", "big5"])
    def test_in_an_encoding_that_the_parser_does_not_know_is_refused_with_a_reason(self, encoding):
        with pytest.raises(DocumentBroken):
            paragraphs(f"<?xml version='1.0' encoding='{encoding}'?><a>新疆</a>", encoding)

    def test_the_language_is_that_of_the_root(self):
        assert Xml().read(b"<a xml:lang='ug'><b xml:lang='zh'>x</b></a>").about == {"language": "ug"}

    @pytest.mark.parametrize("markup", ["<a/>", "<a> \n </a>", "<a><b/><c></c></a>"])
    def test_without_words_is_refused(self, markup):
        with pytest.raises(NothingToRead):
            paragraphs(markup)

    @given(st.recursive(st.text("ab <&é", max_size=5), lambda inner: st.lists(inner, max_size=4), max_leaves=20))
    def test_holds_every_word(self, tree):
        def markup(node):
            if isinstance(node, str):
                return node.replace("&", "&amp;").replace("<", "&lt;")
            return "<e>" + "".join(map(markup, node)) + "</e>"

        def words(node):
            return node if isinstance(node, str) else "".join(map(words, node))

        found = "".join("".join(paragraphs(f"<r>x{markup(tree)}</r>")).split())
        assert found == "x" + "".join(words(tree).split())


class TestHostile:
    @pytest.mark.parametrize(
        "markup",
        ["", "<a>", "<a></b>", "<a", "words", "<a>&undefined;</a>", "<a/><b/>", "<a b=c/>", "<a>\x01</a>", "\ufeff"],
    )
    def test_what_is_not_well_formed_is_refused(self, markup):
        with pytest.raises(DocumentBroken, match="not well-formed XML at line"):
            paragraphs(markup)

    @pytest.mark.parametrize(
        "markup",
        [
            BILLION_LAUGHS,
            "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
            "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
            "<!DOCTYPE a [<!ENTITY % x SYSTEM 'http://127.0.0.1:9/'> %x;]><a>z</a>",
            f"<!DOCTYPE a [<!ENTITY x '{'y' * 100_000}'>]><a>{'&x;' * 1000}</a>",
        ],
        ids=["a billion laughs", "of its own", "a file", "an address", "a large one many times"],
    )
    def test_entities_that_the_document_defines_are_refused(self, markup):
        with pytest.raises(DocumentBomb, match="defines an entity of its own"):
            paragraphs(markup)

    def test_elements_nested_too_deep_are_refused(self):
        assert paragraphs("<a>" * DEEPEST + "x" + "</a>" * DEEPEST) == ["x"]
        with pytest.raises(DocumentBomb, match="nested more than 500 deep"):
            paragraphs("<a>" * (DEEPEST + 1) + "x" + "</a>" * (DEEPEST + 1))

    def test_a_bomb_is_refused_behind_the_fence_too(self, read):
        assert read(XML, BILLION_LAUGHS.encode()).code == "document-bomb"
        assert read(XML, b"<a>words</a>").content == b"words"
