"""Every word that a reader of the page would see in its text, and nothing that runs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.library.extractors import NothingToRead, paths_of
from panah.library.extractors.confine import Limits
from panah.library.extractors.html import Html
from panah.library.extractors.kinds import HTML
from panah.library.extractors.supervisor import Supervisor, Text


def paragraphs(markup):
    found = Html().read(markup.encode())
    return [found.text[start:end] for start, end in found.paragraphs]


class TestNamedEncoding:
    @pytest.mark.parametrize(
        ("charset", "words"),
        [("gbk", "她没有回来。"), ("windows-1251", "Её увезли."), ("koi8-u", "Її нема"), ("iso-2022-jp", "帰らない")],
    )
    def test_is_that_of_the_page(self, charset, words):
        found = Html().read_as(f"<title>{words}</title><p>{words}".encode(charset), charset.upper())
        assert (found.text, found.about["title"]) == (words, words)

    @pytest.mark.parametrize(("charset", "words"), [("koi8-u", "Її нема"), ("iso-2022-jp", "帰らない")])
    def test_tells_what_the_bytes_alone_do_not(self, charset, words):
        assert Html().read(f"<p>{words}".encode(charset)).text != words

    def test_that_came_with_it_goes_before_what_the_page_says(self):
        page = "<meta charset=windows-1252><p>Её увезли.".encode("windows-1251")
        assert Html().read_as(page, "windows-1251").text == "Её увезли."

    @pytest.mark.parametrize(
        ("charset", "page"),
        [
            ("gbk", "<p>ئۇ قايتمىدى".encode()),
            ("windows-1251", "\ufeff<p>ئۇ قايتمىدى".encode()),
            ("windows-1251", "<p>ئۇ قايتمىدى".encode("utf-16")),
            ("hex", "<p>ئۇ قايتمىدى".encode()),
            ("utf-7", b"<p>+AGE-"),
            ("utf-8", "<meta charset=windows-1251><p>Её увезли.".encode("windows-1251")),
        ],
    )
    def test_that_came_with_it_is_not_believed_against_the_bytes(self, charset, page):
        assert Html().read_as(page, charset) == Html().read(page)


class TestText:
    @pytest.mark.parametrize(
        ("markup", "seen"),
        [
            ("<p>one<p>two", ["one", "two"]),
            ("<p>one <b>bold</b> <i>word</i></p>", ["one bold word"]),
            ("<p>re<b>foule</b>ment</p>", ["refoulement"]),
            ("<p>a\n   b\t c</p>", ["a b c"]),
            ("<p>one<br>two</p>", ["one\ntwo"]),
            ("<h1>Head</h1>text<h2>Second</h2>", ["Head", "text", "Second"]),
            ("<blockquote>quoted<p>twice</blockquote>", ["quoted", "twice"]),
            ("<p>&lt;b&gt; &amp; &eacute; &#x62A;</p>", ["<b> & é ت"]),
            ("<p>re\u00adfoulement</p>", ["re\u00adfoulement"]),
            ("<div><p>one</p></div><footer>foot</footer><aside>beside</aside>", ["one", "foot\nbeside"]),
            ("<article><header>head</header><main>body</main></article>", ["head\nbody"]),
            ("<p>1<sup>2</sup> <a href='x'>link</a></p>", ["12 link"]),
            ("<p dir=rtl>ئۇيغۇرلار <span dir=ltr>2019</span></p>", ["ئۇيغۇرلار 2019"]),
            ("<html><body>no paragraph", ["no paragraph"]),
            ("<p>unclosed <b>tags <i>everywhere", ["unclosed tags everywhere"]),
            ("text without a tag", ["text without a tag"]),
        ],
    )
    def test_is_that_of_the_page_in_its_order(self, markup, seen):
        assert paragraphs(markup) == seen

    @pytest.mark.parametrize(
        "unseen",
        [
            "<script>run()</script>",
            "<script>document.write('<p>written</p>')</script>",
            "<style>p { color: red }</style>",
            "<noscript>switch it on</noscript>",
            "<template><p>template</p></template>",
            "<svg><text>drawn</text></svg>",
            "<canvas>painted</canvas>",
            "<iframe src='x'>framed</iframe>",
            "<object data='x'>object</object>",
            "<select><option>chosen</select>",
            "<button>pressed</button>",
            "<nav><ul><li>menu</ul></nav>",
            "<div role=navigation>menu</div>",
            "<p hidden>hidden</p>",
            "<div hidden><nav><script>x</script></nav><p hidden>y</p></div>",
            "<!-- a comment -->",
            "<img alt='described' src='x'>",
            "<input value='filled in'>",
            "<textarea>filled in</textarea>",
        ],
    )
    def test_has_nothing_of_what_runs_is_drawn_filled_in_or_leads_elsewhere(self, unseen):
        assert paragraphs(f"<p>before</p>{unseen}<p>after</p>") == ["before", "after"]

    def test_keeps_the_cells_of_a_table_apart(self):
        text = " ".join(paragraphs("<table><tr><td>2019</td><td>11</td></tr><tr><td>2020</td><td>3</td></tr></table>"))
        assert text.split() == ["2019", "11", "2020", "3"]

    def test_keeps_the_items_of_a_list_apart(self):
        assert "one\n" in "\n".join(paragraphs("<ul><li>one<li>two</ul>"))

    @pytest.mark.parametrize(
        "markup",
        [
            "<p></p>",
            "<script>run()</script>",
            "<html><head><title>Only a title</title></head></html>",
            "<!-- -->",
            "<p>&nbsp;",
        ],
    )
    def test_of_a_page_without_words_is_refused(self, markup):
        with pytest.raises(NothingToRead, match="shows no words"):
            Html().read(markup.encode())

    @given(st.text(st.characters(codec="utf-8"), max_size=200))
    def test_of_any_markup_has_its_paragraphs_inside_it(self, markup):
        try:
            found = Html().read(f"<p>a</p>{markup}".encode())
        except NothingToRead:
            return
        assert all(0 <= start < end <= len(found.text) for start, end in found.paragraphs)


class TestAbout:
    def test_is_what_the_page_says_of_itself(self):
        page = """<html lang="ug-CN"><head><title> A
            title </title><meta property="article:published_time" content="2019-03-01T10:00">
            <meta name="DC.publisher" content="An office"></head><body>x"""
        assert Html().read(page.encode()).about == {
            "title": "A title",
            "date": "2019-03-01T10:00",
            "source": "An office",
            "language": "ug-CN",
        }

    def test_takes_the_first_of_several_and_passes_over_empty_ones(self):
        page = '<meta name=date content=""><meta name="dc.date" content="2018"><meta name=og:title content="T"><p>x'
        assert Html().read(page.encode()).about == {"title": "T", "date": "2018"}

    def test_is_empty_where_it_says_nothing(self):
        assert Html().read(b"<p>x").about == {}


class TestEncoding:
    @pytest.mark.parametrize(
        ("declared", "encoding", "text"),
        [
            ("", "utf-8", "پاناھ 难民"),
            ("<meta charset=gbk>", "utf-8", "پاناھ 难民"),  # what it is, not what it says
            ("<meta charset=gbk>", "gbk", "新疆维吾尔自治区"),
            ("<meta charset=gb2312>", "gb18030", "新疆维吾尔自治区"),
            ("<meta charset=windows-1254>", "windows-1254", "Türkiye ışık"),
            ("<meta http-equiv=Content-Type content='text/html; charset=windows-1251'>", "windows-1251", "Беженцы"),
            ("<meta charset=nonsense>", "windows-1252", "réfugiés à la frontière"),
            ("", "utf-16", "پاناھ 难民"),
            ("<meta charset=utf-8>", "utf-16", "پاناھ 难民"),
        ],
    )
    def test_is_that_of_the_bytes(self, declared, encoding, text):
        found = Html().read(f"{declared}<p>{text}</p>".encode(encoding))
        assert found.text == text

    def test_of_utf_16_without_a_mark(self):
        assert Html().read("<p>The applicant</p>".encode("utf-16-le")).text == "The applicant"

    def test_is_said(self):
        assert Html().read("<p>x</p>".encode("utf-16")).found == {"encoding": "utf-16"}


class TestConfined:
    def test_a_page_with_thousands_of_hidden_elements_is_read_within_seconds(self):
        page = b"<p>seen</p><p hidden>unseen</p><script>run()</script>" * 3000
        with Supervisor(paths_of({HTML: Html()}), Limits(seconds=5)) as running:
            found = running.read(media_type=HTML, size=len(page), pieces=[page])
        assert isinstance(found, Text), found
        assert found.content.split() == [b"seen"] * 3000

    def test_a_page_is_read_behind_the_fence_too(self, read):
        found = read(HTML, "<title>T</title><p>پاناھ<p>难民".encode())
        assert [found.content[start:end].decode() for start, end in found.paragraphs] == ["پاناھ", "难民"]
        assert found.about == {"title": "T"}
