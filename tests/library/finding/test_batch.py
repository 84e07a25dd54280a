"""Tables of questions as people and their programs write them, and as somebody writes them who means no good."""

import pytest

from panah.library.finding import batch
from panah.library.finding.batch import MOST_QUESTIONS, Asked, BatchTooLarge, BatchUnreadable
from panah.team.actions import join


def words(table: bytes) -> list[str]:
    return [asked.words for asked in batch.questions(table)]


class TestQuestions:
    @pytest.mark.parametrize(
        ("table", "found"),
        [
            (b"camp\nschool\n", ["camp", "school"]),
            (b"question\r\ncamp\r\n\r\n\r\nschool", ["camp", "school"]),
            (b"\n\nQuestion,note\ncamp,1\n", ["camp"]),
            (b"no;words\n1;camp\n2;\n3\n4;school\n", ["camp", "school"]),
            (b"a\tq\nb\tcamp\n", ["camp"]),
            (b'"camp OR ""forced return""",x\n', ['camp OR "forced return"']),
            (b'"two\nlines"\n', ["two\nlines"]),
            ("\ufeffquestion\nلاگېر\n".encode(), ["لاگېر"]),
            ("question\n难民\n".encode("utf-16"), ["难民"]),
            ("question\n难民\n".encode("utf-32"), ["难民"]),
            (b"=cmd|' /C calc'!A0\n", ["=cmd|' /C calc'!A0"]),
        ],
    )
    def test_are_those_of_one_column(self, table, found):
        assert words(table) == found

    def test_know_their_lines(self):
        assert batch.questions(b'question\n"a\nb"\n\nc\n') == [Asked(3, "a\nb"), Asked(5, "c")]

    @pytest.mark.parametrize(
        "table",
        [b"", b"\n\n", b"question\n", b"\xff\xfe\x00", b"a\x00b", "straße".encode("latin-1"), b'"' + b"a" * 200_000 + b'"', b"\xef\xbb\xbf"],
    )  # fmt: skip
    def test_of_what_is_no_table_are_refused(self, table):
        with pytest.raises(BatchUnreadable):
            batch.questions(table)

    def test_of_too_many_lines_are_refused_before_any_is_asked(self):
        assert len(batch.questions(b"a\n" * MOST_QUESTIONS)) == MOST_QUESTIONS
        for table in (b"a\n" * 100_000, b"a" * (batch.LARGEST + 1)):
            with pytest.raises(BatchTooLarge):
                batch.questions(table)


class TestAnswers:
    def test_are_given_in_order_also_of_questions_that_cannot_be_asked(self, shelve, member):
        shelve(b"A camp in the north.", title="=A")
        asked = [Asked(1, "camp"), Asked(2, '"'), Asked(3, "zebra"), Asked(4, "x " * 2000), Asked(5, "camp")]
        answers = list(batch.answers(member, asked))
        assert [(each.id, each.passages, each.code) for each in answers] == [
            ("1", 1, ""), ("2", 0, "query-unbalanced"), ("3", 0, ""), ("4", 0, "query-too-long"), ("5", 1, ""),
        ]  # fmt: skip
        assert len(answers[3].question) <= batch.LONGEST_SHOWN + 1
        cells = answers[0].cells()
        assert len(cells) == len(batch.FIELDS) == len(answers[1].cells())
        assert dict(zip(batch.FIELDS, cells, strict=True))["title_1"] == "'=A"

    def test_tell_nothing_to_who_sees_nothing(self, shelve, now):
        shelve(b"A camp in the north.")
        [answer] = batch.answers(join(name="Invented Nobody", now=now), [Asked(1, "camp")])
        assert (answer.passages, answer.best) == (0, [])
