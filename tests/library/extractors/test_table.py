"""Tables in text files, and what only looks like one."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.library.extractors import DocumentBroken, NothingToRead
from panah.library.extractors.kinds import HEAD, media_type
from panah.library.extractors.table import Table
from panah.library.extractors.texts import CSV, PLAIN


def paragraphs(content):
    extracted = Table().read(content if isinstance(content, bytes) else content.encode())
    return [extracted.text[start:end] for start, end in extracted.paragraphs]


class TestTable:
    @pytest.mark.parametrize(("mark", "name"), [(",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "bar")])
    def test_each_row_is_a_paragraph(self, mark, name):
        text = f"name{mark}place\nGulnar{mark}Kashgar\nAdil{mark}Ghulja\n"
        assert media_type(text.encode()) == CSV
        assert paragraphs(text) == ["name\tplace", "Gulnar\tKashgar", "Adil\tGhulja"]
        assert Table().read(text.encode()).found == {"encoding": "utf-8", "delimiter": name, "rows": "3"}

    def test_a_cell_in_quotes_may_hold_anything(self):
        assert paragraphs('a,b\n"x, ""y""\nz",1\nq,2\n') == ["a\tb", 'x, "y" z\t1', "q\t2"]

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030", "windows-1251"])
    def test_the_encoding_is_told(self, encoding):
        words = "难民申请庇护，害怕被遣返" if encoding == "gb18030" else "Беженцы просят убежища в этой стране"
        text = f"{words},{words}\n" * 9
        assert media_type(text.encode(encoding)) == CSV
        assert paragraphs(text.encode(encoding))[0] == f"{words}\t{words}"

    @pytest.mark.parametrize(
        "text",
        [
            "Dear Sir, I write,\nagain, to you,\nfor help, please,\n",
            "a,b\nc,d\n",
            "one\ntwo\nthree\n",
            "a,b\nc\nd,e\n",
            "first | second\nthird | fourth\nfifth | sixth\n",
            "a,b,c\nd,e\nf,g,h\n",
        ],
    )
    def test_what_only_looks_like_one_stays_text(self, text):
        assert media_type(text.encode()) == PLAIN
        with pytest.raises(DocumentBroken):
            paragraphs(text)

    def test_a_long_one_is_told_by_its_beginning(self):
        content = "".join(f"{number},word,another word\n" for number in range(10_000)).encode()
        assert all(media_type(content[: HEAD + cut][:HEAD]) == CSV for cut in range(40))
        assert len(paragraphs(content)) == 10_000

    def test_one_without_words_is_refused(self):
        with pytest.raises(NothingToRead):
            paragraphs(",\n,\n,\n")

    @given(
        st.lists(
            st.lists(st.from_regex(r"[a-z\"; پ]{1,8}", fullmatch=True).map(str.strip), min_size=2, max_size=2),
            min_size=3,
            max_size=9,
        )
    )
    def test_every_cell_that_a_program_writes_is_read(self, rows):
        written = io.StringIO()
        csv.writer(written, quoting=csv.QUOTE_ALL).writerows(rows)
        try:
            told = paragraphs(written.getvalue())
        except NothingToRead:
            return
        expected = ["\t".join(" ".join(cell.split()) for cell in row).strip() for row in rows]
        assert told == [row for row in expected if row]
