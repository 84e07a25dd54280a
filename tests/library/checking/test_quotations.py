"""Quotations of a draft, compared with a library word for word."""

from __future__ import annotations

from panah.law.citations import Outcome
from panah.library.checking.queries import check
from panah.library.queries import words_between
from panah.team.actions import join

EXACT, DIFFERS, NOT_FOUND, NOT_CHECKABLE = Outcome


def outcomes(checked, rows) -> dict[str, Outcome]:
    """What comes of the first quotation of each row; all rows are one draft, each on a line."""
    found = checked("\n\n".join(rows)).quotations
    at, firsts = 0, {}
    for row in rows:
        firsts[row] = next(each for each in found if each.quoted.start >= at)
        at += len(row)
    return firsts


class TestExact:
    def test_is_what_stands_there_in_the_marks_of_any_language(self, checked):
        rows = [
            "It says “guards took the old men of the village to a school that had become a camp”.",
            'It says "guards took the old men of the village to a school that had become a camp," and more.',
            "It says ‘guards took the old men of the village to a school’.",
            "Er zitiert: „Die Wachen brachten die alten Männer des Dorfes in eine Schule, die zu einem Lager geworden war“.",
            "Er zitiert: »Die Wachen brachten die alten Männer des Dorfes in eine Schule«.",
            "Il cite : « Les gardes ont emmené les vieillards du village dans une école devenue un camp ».",
            "Den säger: ”Vakterna förde byns gamla män till en skola som hade blivit ett läger”.",
            "Den säger: »ingen fick veta hur länge de skulle stanna där».",
            "报告说：「守卫把村里的老人带到一所已经变成营地的学校」。",
            "报告说：『没有人知道他们要在那里待多久』的意思不明，『已经变成营地的学校，没有人知道他们要在』。",
            "报告说：“守卫把村里的老人带到一所已经变成营地的学校，没有人知道”。",
        ]
        found = outcomes(checked, rows)
        assert [row for row in rows if found[row].outcome is not EXACT] == [rows[9]]
        assert found[rows[9]].outcome is NOT_CHECKABLE, "fourteen characters are too few"

    def test_says_where_in_bytes_that_hold_the_words_and_where_in_the_draft(self, checked):
        draft = "Ää – „Die Wachen brachten die alten Männer des Dorfes in eine Schule“"
        [found] = checked(draft).quotations
        assert found.source.document.title == "Bericht"
        assert words_between(found.source.document, found.source.start, found.source.end) == found.words
        assert draft[found.quoted.start : found.quoted.end] == f"„{found.words}“"
        assert draft.encode()[found.start_byte : found.end_byte].decode() == f"„{found.words}“"

    def test_is_what_a_typesetter_changed_and_says_so(self, checked):
        rows = {
            "“guards took the old  men of the vil-\nlage to a school”": "but for spaces",
            "“Her son's teacher was among those who never came back”": "but for spaces",
            "“some of them could not read. ‘We signed,’ said one woman, ‘because the man with the list was a neighbour’”": "but for",
            "„die zu einem Lager geworden war - für wie lange, sagte niemand“": "but for spaces",
            "“[G]uards took the old men of the village to a school”": "capital of a first letter",
            "“Guards took the old men of the village to a school”": "capital of a first letter",
            "“guards took the old men of the village to a school”": "word for word.",
        }
        found = outcomes(checked, list(rows))
        assert {row for row in rows if found[row].outcome is not EXACT or rows[row] not in found[row].reason} == set()

    def test_is_what_stands_there_in_its_order_but_for_what_was_left_out(self, checked):
        rows = [
            "“guards took the old men … to a school that had become a camp”",
            "“guards took the old men [...] nobody was told for how long they would stay there”",
            "“Families were asked to sign papers (…) Her son’s teacher was among those who never came back”",
            "“guards took the old men of the village to a school ... the authors count three hundred and twelve houses”",
            "“guards took the old men [sic] of the village to a school”",
            "“nobody was told for how long [the men] would stay there”",
            "“the authors count three hundred and twelve houses [without smoke], and they explain how”",
            "「守卫把村里的老人带到……没有人知道他们要在那里待多久」",
        ]
        found = outcomes(checked, rows)
        assert [row for row in rows if found[row].outcome is not EXACT] == []

    def test_is_a_quotation_inside_another_too(self, checked):
        found = checked(
            "“some could not read. ‘We signed,’ said one woman, ‘because the man with the list was a neighbour.’”"
        )
        last = found.quotations[-1]
        assert (last.outcome, last.quoted.depth) == (EXACT, 1)

    def test_is_what_goes_on_in_the_next_passage(self, desk, checked):
        sentence = "Sentence number {} of this invented paper tells of melons, bridges and weather in some detail."
        desk.paper("\n\n".join(sentence.format(n) for n in range(40)), title="Long")
        [found] = checked("“" + "\n\n".join(sentence.format(n) for n in range(3, 15)) + "”").quotations
        assert found.outcome is EXACT

    def test_is_found_among_many_that_are_like_it(self, desk, checked):
        sentence = "The mill at the end of the invented valley ground {} for those who had stayed behind until the road was closed."
        grains = [f"{grain}{what}" for grain in ("barley", "millet", "wheat", "rye", "oat") for what in "abcdefgh"]
        for number, grain in enumerate(grains):
            desk.paper(sentence.format(grain), title=f"Year {number}")
        for number in (0, 17, len(grains) - 1):
            [found] = checked(f"“{sentence.format(grains[number])}”").quotations
            assert (found.outcome, found.source.document.title) == (EXACT, f"Year {number}")


class TestDiffers:
    def test_is_another_word_and_shows_both(self, checked):
        rows = {
            "“guards took the young men of the village to a school that had become a camp”": ("young", "old"),
            "“the authors count three hundred and twenty houses without smoke”": ("twenty", "twelve"),
            "“Die Wachen brachten die alten Frauen des Dorfes in eine Schule”": ("Frauen", "Männer"),
            "“guards took the old men of the Village to a school”": ("Village", "village"),
            "「守卫把村里的青年带到一所已经变成营地的学校」": ("青年", "老人"),
        }
        found = outcomes(checked, list(rows))
        for row, (ours, theirs) in rows.items():
            assert found[row].outcome is DIFFERS, row
            assert ours in "".join(piece.words for piece in found[row].ours if piece.differs)
            assert theirs in "".join(piece.words for piece in found[row].theirs if piece.differs)

    def test_is_what_was_left_out_in_silence_turned_round_or_parted_by_commas(self, checked):
        rows = [
            "“guards took the old men of the village to a school and nobody was told for how long”",
            "“nobody was told for how long they would stay there … guards took the old men of the village”",
            "“guards took the old men, of the village, to a school”",
        ]
        found = outcomes(checked, rows)
        assert [row for row in rows if found[row].outcome is not DIFFERS] == []

    def test_is_a_sentence_that_ends_before_that_of_the_source(self, checked):
        rows = {
            "“In the spring, guards took the old men of the village to a school that had become a camp.”": DIFFERS,
            "“In the spring, guards took the old men of the village to a school [...].”": EXACT,
            "“In the spring, guards took the old men of the village to a school ….”": EXACT,
            "“guards took the old men of the village to a school that had become a camp.”": EXACT,
            "“Her son’s teacher was among those who never came back.”": EXACT,
            "「春天，守卫把村里的老人带到一所已经变成营地的学校。」": DIFFERS,
        }
        found = outcomes(checked, list(rows))
        assert {row: found[row].outcome for row in rows} == rows
        [first, *_] = found.values()
        assert "does not end with it" in first.reason
        assert "nobody was told for how long" in "".join(piece.words for piece in first.theirs if piece.differs)

    def test_is_no_sentence_that_only_a_note_or_a_source_in_brackets_follows(self, desk, checked):
        desk.paper("The melons of the valley were counted twice (Invented 2019, p. 3) [12].", title="Notes")
        [found] = checked("“The melons of the valley were counted twice.”").quotations
        assert found.outcome is EXACT


class TestNotFound:
    def test_is_what_nobody_wrote(self, checked):
        rows = [
            "“The ministers of all the provinces were sent to teach in kindergartens by the sea”",
            "「海边的幼儿园里来了许多省的部长，他们要在那里教书三年」",
        ]
        found = outcomes(checked, rows)
        assert [row for row in rows if found[row].outcome is not NOT_FOUND] == []

    def test_is_what_stands_where_the_asker_may_not_look(self, desk, checked):
        stranger = join(name="Invented Stranger", now=desk.now())
        words = "“guards took the old men of the village to a school that had become a camp”"
        [ours], [theirs] = checked(words).quotations, check(stranger, words, on=desk.now().date()).quotations
        assert (ours.outcome, theirs.outcome, theirs.source) == (EXACT, NOT_FOUND, None)

    def test_is_what_stands_in_another_collection_than_was_named(self, desk, checked):
        desk.paper("Something else, of no weight.", shelf="Other")
        [found] = checked("“guards took the old men of the village to a school”", collection="Other").quotations
        assert found.outcome is NOT_FOUND


class TestNotCheckable:
    def test_is_what_is_too_short_or_never_closed(self, checked):
        rows = {
            "He said “the old men”.": "too short",
            "他说「老人」。": "too short",
            "He said “that it was so, and went away.": "never closed",
        }
        found = outcomes(checked, list(rows))
        assert all(found[row].outcome is NOT_CHECKABLE and said in found[row].reason for row, said in rows.items())

    def test_an_apostrophe_quotes_nothing(self, checked):
        assert not checked("The refugees’ claim wasn’t heard, nor O'Brien's; l’asile n’est pas d'ici.").quotations
