"""Tables of dBASE."""

import struct

import pytest

from panah.library.extractors import DocumentBroken, NothingToRead
from panah.library.extractors.dbf import Dbf
from panah.library.extractors.kinds import DBF, UNKNOWN, media_type


def table(fields, rows, *, language=0, count=None):
    """A file as dBASE writes it: fields are (name, kind, length), rows lists of bytes; a row that begins with None is deleted."""
    width = 1 + sum(length for _, _, length in fields)
    head = struct.pack(
        "<BBBBIHH17xB2x", 3, 119, 1, 23, len(rows) if count is None else count, 33 + 32 * len(fields), width, language
    )
    columns = [struct.pack("<11sc4xBB14x", name, kind, length % 256, length // 256) for name, kind, length in fields]
    written = [
        (b"*" if row[0] is None else b" ")
        + b"".join(
            cell.ljust(length) for cell, (_, _, length) in zip([c for c in row if c is not None], fields, strict=True)
        )
        for row in rows
    ]
    return head + b"".join(columns) + b"\r" + b"".join(written) + b"\x1a"


NAME, BORN = (b"NAME", b"C", 20), (b"BORN", b"D", 8)


def paragraphs(content):
    extracted = Dbf().read(content)
    return [extracted.text[start:end] for start, end in extracted.paragraphs]


class TestDbf:
    def test_is_recognised_and_each_row_is_a_paragraph(self):
        made = table([NAME, BORN], [[b"Gulnar", b"19800123"], [b"Adil", b""]])
        assert media_type(made) == DBF
        assert paragraphs(made) == ["NAME\tBORN", "Gulnar\t1980-01-23", "Adil"]

    def test_a_deleted_row_is_there_and_says_so(self):
        assert paragraphs(table([NAME], [[None, b"Gulnar"], [b"Adil"]])) == ["NAME", "[Deleted] Gulnar", "Adil"]

    @pytest.mark.parametrize(
        ("language", "encoding"), [(0x4D, "gb18030"), (0xC9, "cp1251"), (0, "gb18030"), (0, "utf-8")]
    )
    def test_the_encoding_is_said_or_told(self, language, encoding):
        words = "Беженцы" if encoding == "cp1251" else "难民申请庇护，害怕被遣返"
        made = table([(b"T", b"C", 60)], [[words.encode(encoding)]] * 4, language=language)
        assert paragraphs(made)[1] == words

    def test_numbers_of_foxpro_are_figures(self):
        made = table(
            [(b"N", b"I", 4), (b"D", b"B", 8), (b"M", b"M", 10)],
            [[struct.pack("<i", -7), struct.pack("<d", 1.5), b"3"]],
        )
        assert paragraphs(made)[1] == "-7\t1.5\t[in another file: 3]"

    def test_a_cell_of_more_than_255_bytes_is_read_whole(self):
        assert paragraphs(table([(b"T", b"C", 600)], [[b"x" * 600]]))[1] == "x" * 600

    def test_rows_that_were_cut_off_are_counted(self):
        made = table([NAME], [[b"Gulnar"]], count=5)
        assert Dbf().read(made).found["missing_rows"] == "4"

    @pytest.mark.parametrize("content", [b"", b"words", bytes(100), table([], [])])
    def test_what_says_no_columns_is_refused(self, content):
        with pytest.raises(DocumentBroken):
            Dbf().read(content)

    def test_one_without_rows_is_refused(self):
        with pytest.raises(NothingToRead):
            Dbf().read(table([NAME], []))

    @pytest.mark.parametrize("at", [2, 3, 43])
    def test_what_only_begins_like_one_is_not(self, at):
        made = bytearray(table([NAME], [[b"Gulnar"]]))
        made[at] = 33
        assert media_type(bytes(made)) == UNKNOWN
