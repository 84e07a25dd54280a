"""Names in documents, kept sealed, found in whichever spelling, and gone with what they stand in."""

from __future__ import annotations

from contextlib import suppress

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from panah import names
from panah.library import queries as library
from panah.library.actions.erasing import erase
from panah.library.models import Collection, Document, Mentions
from panah.library.naming import index, memory, queries
from panah.library.naming.actions import look_again
from panah.library.naming.packing import Mention, distinct, packed, unpacked
from panah.vault import workspace

LETTER = "The clerk wrote Abdurehim Tursun into the book.\n\nNobody else came.\n"
CHINESE = "昨天，阿卜杜热依木·吐尔逊，在家。\n"


def everywhere(member) -> list[int]:
    return list(library.collections(member).values_list("pk", flat=True))


def found(member, name: str) -> list[str]:
    return [each.written for each in queries.find(member, name, shelves=everywhere(member)).spellings]


class TestPacked:
    @given(
        st.lists(
            st.builds(
                Mention,
                st.integers(0, 2**32 - 1),
                st.integers(0, 2**32 - 1),
                st.lists(st.text(), min_size=1, max_size=4).map(tuple),
            )
        )
    )
    def test_gives_back_what_was_packed(self, mentions):
        mentions = [each for each in mentions if not any("\ud800" <= c <= "\udfff" for p in each.parts for c in p)]
        parts = names.Vocabulary()
        opened = unpacked(packed(mentions), parts.add)
        rows = zip(opened.which, opened.starts, opened.ends, strict=True)
        spellings = [tuple(parts[token] for token in tokens if token >= 0) for tokens in opened.spellings.tolist()]
        assert [Mention(int(a), int(b), spellings[which]) for which, a, b in rows] == mentions

    @given(
        st.lists(st.lists(st.lists(st.sampled_from("abcd"), min_size=1, max_size=3).map(tuple), max_size=9), max_size=5)
    )
    def test_has_each_spelling_of_many_boxes_once_and_the_first_to_be_met_first(self, boxes):
        parts = names.Vocabulary()
        found = [unpacked(packed([Mention(0, 1, each) for each in box]), parts.add) for box in boxes]
        spellings, which = distinct(found)
        said = [tuple(parts[token] for token in tokens if token >= 0) for tokens in spellings.tolist()]
        every = [each for box in boxes for each in box]
        assert said == list(dict.fromkeys(every))
        assert [said[number] for number in which.tolist()] == every


class TestFind:
    def test_finds_a_name_in_another_script_and_quotes_it_byte_for_byte(self, shelve, member):
        shelve(CHINESE.encode())
        [spelling] = queries.find(member, "Abdurehim Tursun", shelves=everywhere(member)).spellings
        [where] = spelling.places
        content = library.content(where.document.reading)
        assert content[where.start : where.end].decode() == where.words == "阿卜杜热依木·吐尔逊"
        assert (where.before, where.after) == ("昨天，", "，在家。")
        assert spelling.comparison.grade is names.Grade.REGULAR

    @pytest.mark.parametrize(
        ("raw", "written"),
        [
            (
                "后来他们告诉我们，那年春天有人来到村里，把教师阿卜杜\n热依木·吐尔逊带走了。",
                "阿卜杜\n热依木·吐尔逊",
            ),
            ("It was the clerk of the town who wrote Abdurehim\nTursun into the book.", "Abdurehim\nTursun"),
        ],
    )
    def test_finds_a_name_that_is_broken_over_two_lines_to_the_byte(self, shelve, member, raw, written):
        shelve(raw.encode())
        [spelling] = queries.find(member, "Abdurehim Tursun", shelves=everywhere(member)).spellings
        [where] = spelling.places
        assert library.content(where.document.reading)[where.start : where.end].decode() == where.words == written
        assert spelling.comparison.grade in {names.Grade.SAME_SPELLING, names.Grade.REGULAR}

    def test_counts_places_and_documents_of_one_spelling_once(self, shelve, member):
        for number in range(3):
            shelve(f"{number}. {LETTER}{LETTER}".encode())
        [spelling] = queries.find(member, "Abdurehim Tursun", shelves=everywhere(member)).spellings
        assert (spelling.mentions, spelling.documents, len(spelling.places)) == (6, 3, queries.PLACES)

    def test_finds_parts_in_any_order_and_says_which_is_missing(self, shelve, member):
        shelve(LETTER.encode())
        [turned] = queries.find(member, "Tursun Abdurehim", shelves=everywhere(member)).spellings
        assert turned.comparison.turned
        [short] = queries.find(member, "Abdurehim", shelves=everywhere(member)).spellings
        assert short.comparison.missing == ("tursun",)

    def test_finds_a_regular_spelling_of_which_no_rule_knew_that_it_is_a_name(self, shelve, member):
        unknown = "Qoralghan Yezilmighan"
        arabic = names.spellings(unknown, names.Script.UYGHUR_ARABIC)[0]
        shelve(f"بۈگۈن {arabic}نىڭ خېتى كەلدى.\n\nqoralghan yezilmighan\n\nQORALGHAN YEZILMIGHAN".encode())
        assert names.mentions(arabic) == []
        written = found(member, unknown)
        assert written == ["QORALGHAN YEZILMIGHAN", f"{arabic}نىڭ"]
        [_, spelling] = queries.find(member, unknown, shelves=everywhere(member)).spellings
        [where] = spelling.places
        assert library.words_between(where.document, where.start, where.end) == where.words == f"{arabic}نىڭ"

    def test_is_not_kept_from_finding_by_what_only_begins_like_the_name(self, shelve, member):
        [arabic, *_] = names.spellings("Qoralghan Yezilmighan", names.Script.UYGHUR_ARABIC)
        shelve(f"بۈگۈن {arabic}{'ن' * 300} ۋە {arabic} كەلدى.".encode())
        assert found(member, "Qoralghan Yezilmighan") == [arabic]

    def test_sees_nothing_that_came_after_and_everything_once_it_came(self, shelve, member):
        assert found(member, "Abdurehim Tursun") == []
        shelve(LETTER.encode())
        assert found(member, "Abdurehim Tursun") == ["Abdurehim Tursun"]

    @pytest.mark.parametrize(
        "name",
        ["", "  ", "123", "١٢٣", "'; DROP TABLE", "\u202e", "a" * 10_000, "ab" * 90, "🙂", "\ud800", "NEAR(a b)"],
    )
    def test_answers_or_refuses_in_a_sentence_whatever_is_asked(self, shelve, member, name):
        shelve(LETTER.encode())
        with suppress(names.NameEmpty, names.NameTooLong):
            assert found(member, name) == []


class TestWhoMayNotSee:
    def test_finds_nothing_whatever_shelves_she_names(self, shelve, member, now):
        from panah.team.actions import join

        shelve(LETTER.encode())
        stranger = join(name="Invented Stranger", now=now)
        every = list(Collection.objects.values_list("pk", flat=True))
        found = queries.find(stranger, "Abdurehim Tursun", shelves=every)
        assert (found.spellings, found.more) == ([], 0)

    def test_is_answered_as_if_what_she_may_not_see_were_not_there(self, shelve, member, now):
        """Not even which spellings are nearest, or how many there are, comes from other shelves."""
        from panah.team.actions import join
        from panah.vault.actions import set_up

        other = join(name="Invented Other", now=now)
        set_up(name="Hers", by=other, now=now)
        before = queries.find(other, "Abdurehim Tursun", shelves=everywhere(other))
        for number in range(5):
            shelve(f"{number} {LETTER}".encode())
        assert queries.find(other, "Abdurehim Tursun", shelves=everywhere(other)) == before


class TestKept:
    def test_names_lie_sealed_in_the_database(self, shelve):
        shelve(LETTER.encode())
        with connection.cursor() as cursor:
            [[box]] = cursor.execute("SELECT box FROM library_mentions").fetchall()
        assert box.startswith("\x02sealed\x02")

    def test_go_with_the_document(self, shelve):
        document = shelve(LETTER.encode())
        document.passages.all().delete()
        Document.objects.filter(pk=document.pk).delete()
        assert not Mentions.objects.exists()

    def test_of_another_reading_take_the_place_of_those_before(self, shelve, member):
        document = shelve(LETTER.encode())
        index.keep(document, document.reading, [""])
        assert Mentions.objects.count() == 1
        assert found(member, "Abdurehim Tursun") == []

    def test_are_forgotten_when_the_workspace_is_locked(self, shelve, member):
        shelve(LETTER.encode())
        found(member, "Abdurehim Tursun")
        assert workspace.opened()
        keys = workspace.keys()
        workspace.hold(keys)  # whoever unlocks it anew begins with nothing
        assert not workspace.opened()

    def test_are_forgotten_when_a_compartment_is_erased(self, shelve, member):
        document = shelve(LETTER.encode())
        found(member, "Abdurehim Tursun")
        erase(compartment=document.collection.compartment)
        assert not workspace.opened()
        assert not Mentions.objects.exists()

    def test_stay_in_memory_for_a_few_sets_of_shelves_only(self, shelve, member):
        shelve(LETTER.encode())
        for number in range(memory.SETS + 3):
            memory.standing([number])
        assert len(workspace.opened()["names"]) == memory.SETS


class TestLookAgain:
    def test_looks_through_what_nobody_looked_through(self, shelve, member):
        shelve(LETTER.encode())
        shelve(CHINESE.encode())
        Mentions.objects.all().delete()
        assert found(member, "Abdurehim Tursun") == []
        assert [one.left for one in look_again()] == [1, 0]
        assert len(found(member, "Abdurehim Tursun")) == 2
        assert list(look_again()) == []

    def test_looks_anew_where_older_rules_looked(self, shelve):
        shelve(LETTER.encode())
        Mentions.objects.update(edition=0)
        assert len(list(look_again())) == 1
        assert set(Mentions.objects.values_list("edition", flat=True)) == {index.EDITION}

    def test_passes_over_a_damaged_reading_and_says_so(self, shelve):
        document = shelve(LETTER.encode())
        Mentions.objects.all().delete()
        document.reading.digest = "sha256:" + "0" * 64
        document.reading.save()
        assert [one.damaged for one in look_again()] == [True]


class TestReplacedKey:
    def test_names_are_sealed_anew_and_found_as_before(self, shelve, member, library, now):
        from panah.vault.rotating import rotate

        shelve(LETTER.encode())
        with connection.cursor() as cursor:
            before = cursor.execute("SELECT box FROM library_mentions").fetchall()
            list(rotate(compartment=library, by=member, clock=lambda: now))
            assert cursor.execute("SELECT box FROM library_mentions").fetchall() != before
        assert found(member, "Abdurehim Tursun") == ["Abdurehim Tursun"]
