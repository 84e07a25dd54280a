"""Two texts of one thing, on pages and in commands: who sees them, what is said of them, and what is refused."""

from __future__ import annotations

import pytest

from panah.library import actions
from panah.library import queries as library
from panah.library.actions import erase
from panah.library.models import Document, Share, Translation
from panah.library.versions import queries, showing
from panah.library.versions.actions import TranslatesItself, TranslationElsewhere, translate, withdraw
from panah.library.versions.queries import NothingToCompare, TextUnknown
from panah.team.actions import admit, join
from panah.team.queries import NotAllowed
from panah.team.rules import Role
from panah.text import DateUnreadable
from support.entered import entered
from support.members import signed_in
from support.workbench import Desk

FIRST = "A note.\n\nShe was held for three days.\n\nThe same.\n\nThe same again.\n\nAnd again.\n\nThe end."
SECOND = FIRST.replace("three", "four")


@pytest.fixture
def desk(member, readers):
    return Desk(member, readers)


@pytest.fixture
def other(db, now, readers):
    return Desk(join(name="Invented Colleague", now=now), readers)


@pytest.fixture
def papers(desk):
    older, newer = (
        desk.paper(words, shelf="Notes", title=title) for words, title in ((FIRST, "First"), (SECOND, "Second"))
    )
    actions.supersede(older=older, newer=newer, **desk.act)
    return library.document(desk.member, older.pk), library.document(desk.member, newer.pk)


@pytest.fixture
def letter(desk):
    """A letter in Uyghur, and its translation."""
    return (
        desk.paper("ئۇ ئۈچ كۈن سولاندى.", title="Xet", language="ug"),
        desk.paper("She was held for three days.", title="Letter", language="en"),
    )


class TestDifferences:
    def test_show_what_changed_with_a_little_around_it(self, papers):
        older, newer = papers
        shown = showing.differences(older.reading, newer.reading)
        assert (shown.found, shown.following) == (1, 0)
        assert [pair.differs for pair in shown.pairs] == [False, True, False]
        assert [piece.words for piece in shown.pairs[1].new.pieces if piece.differs] == ["four"]

    def test_are_turned_over(self, desk, monkeypatch):
        monkeypatch.setattr(showing, "MOST", 2)
        old, new = (
            desk.paper("\n\n".join(f"Paragraph {number} {word}." for number in range(5)), title=word)
            for word in ("old", "new")
        )
        shown = showing.differences(old.reading, new.reading, 2)
        assert (shown.found, shown.following) == (5, 4)
        assert [pair.new.pieces[0].words for pair in shown.pairs if pair.differs] == ["Paragraph 2 ", "Paragraph 3 "]
        assert showing.differences(old.reading, new.reading, 10**9).pairs == []

    def test_of_a_newer_version_stand_on_a_page_that_marks_them_not_by_colour_alone(self, desk, papers):
        older, newer = papers
        client = signed_in(desk.member)
        page = client.get(f"/library/documents/{newer.pk}/differences").content.decode()
        assert "<del>three</del>" in page
        assert "<ins>four</ins>" in page
        again = client.get(f"/library/documents/{older.pk}/differences?with={newer.pk}").content.decode()
        assert "<del>three</del>" in again
        assert (
            f"/library/documents/{newer.pk}/differences"
            in client.get(f"/library/documents/{newer.pk}").content.decode()
        )

    def test_between_two_readings_of_one_original(self, desk, papers):
        older, _ = papers
        text = type("Text", (), {"found": {}, "pages": [], "about": {}})
        text.content, text.paragraphs = b"A note as another program read it.", [(0, 34)]
        another = actions.take_over_reading(document=older, extractor="other", version="9", text=text, **desk.act)
        page = signed_in(desk.member).get(f"/library/documents/{older.pk}/differences?with={another.pk}")
        assert "as another program read it" in page.content.decode()

    @pytest.mark.parametrize("reference", ["", "x", "9" * 400, "0" * 32, "%22"])
    def test_with_what_is_not_there_are_not_found(self, desk, papers, reference):
        older, _ = papers
        address = f"/library/documents/{older.pk}/differences?with={reference}"
        assert signed_in(desk.member).get(address).status_code == 404

    def test_with_what_is_hidden_are_as_with_what_never_was(self, desk, other, papers):
        older, _ = papers
        secret = other.paper("An invented secret.")
        with pytest.raises(TextUnknown):
            queries.version(desk.member, older, secret.pk)
        with pytest.raises(TextUnknown):
            queries.version(desk.member, older, secret.reading.pk)

    def test_of_what_was_not_read_cannot_be_told(self, desk, papers):
        waiting = desk.paper("It waits.", read=False)
        with pytest.raises(NothingToCompare):
            queries.version(desk.member, papers[0], waiting.pk)

    def test_of_hostile_text_are_shown_as_text(self, desk):
        old, new = desk.paper("<b>one</b> two"), desk.paper("<b>one</b> <script>two</script>")
        page = signed_in(desk.member).get(f"/library/documents/{new.pk}/differences?with={old.pk}&from=-1")
        assert "<script>two" not in page.content.decode()


class TestTranslation:
    def test_is_said_with_translator_and_certificate_and_leaves_one_line(self, desk, letter):
        paper, certificate = letter[0], desk.paper("I certify.", title="Certificate")
        said = {"translator": "T. Invented", "certificate": certificate, "certified_on": "2026-05-17"}
        for _ in range(2):
            translate(original=paper, translation=letter[1], **said, **desk.act)
        assert entered("translated", subject=str(paper.pk)).count() == 1
        known = queries.translations(desk.member, letter[1])
        assert (known.of.original, known.of.translator, known.certificate) == (paper, "T. Invented", certificate)
        assert [each.document for each in queries.translations(desk.member, paper).into] == [letter[1]]

    def test_is_replaced_by_what_is_said_next_and_can_be_taken_back(self, desk, letter):
        translate(original=letter[0], translation=letter[1], translator="A", **desk.act)
        known = translate(original=letter[0], translation=letter[1], translator="B", **desk.act)
        assert Translation.objects.get().translator == "B"
        withdraw(translation=known, by=desk.member, now=desk.now())
        assert not Translation.objects.exists()
        assert entered("withdrew", subject=str(letter[0].pk)).count() == 1

    def test_of_itself_or_in_a_circle_is_refused(self, desk, letter):
        translate(original=letter[0], translation=letter[1], **desk.act)
        for original, translation in ((letter[0], letter[0]), (letter[1], letter[0])):
            with pytest.raises(TranslatesItself):
                translate(original=original, translation=translation, **desk.act)

    def test_of_another_compartment_is_refused(self, desk, other, letter):
        theirs = other.paper("His.", title="His")
        admit(compartment=letter[0].compartment, member=other.member, role=Role.WORKER, **desk.act)
        for more in ({"translation": theirs}, {"translation": letter[1], "certificate": theirs}):
            with pytest.raises(TranslationElsewhere):
                translate(original=letter[0], **more, **other.act)

    def test_refuses_a_date_that_is_none(self, desk, letter):
        with pytest.raises(DateUnreadable):
            translate(original=letter[0], translation=letter[1], certified_on="last week", **desk.act)

    def test_is_for_those_who_work_there(self, desk, other, letter):
        admit(compartment=letter[0].compartment, member=other.member, role=Role.READER, **desk.act)
        with pytest.raises(NotAllowed):
            translate(original=letter[0], translation=letter[1], **other.act)

    def test_is_seen_by_a_guest_where_both_are_shared(self, desk, other):
        paper, hidden = desk.paper("Shared.", shelf="Shared"), desk.paper("Hidden.", title="Hidden")
        translate(original=paper, translation=hidden, **desk.act)
        Share.objects.create(
            collection=paper.collection, compartment=other.shelf("Library").compartment, since=other.now()
        )
        assert queries.translations(other.member, paper) == (None, None, [])

    def test_goes_with_its_compartment(self, desk, letter):
        translate(original=letter[0], translation=letter[1], certificate=letter[0], **desk.act)
        assert erase(compartment=letter[0].compartment) == 2
        assert not Document.objects.exists()


class TestPages:
    def test_take_what_is_said_and_show_both_texts_side_by_side(self, desk, letter):
        client, address = signed_in(desk.member), f"/library/documents/{letter[1].pk}"
        said = {"original": f"http://localhost/library/documents/{letter[0].pk}?q=x", "translator": "T. Invented"}
        assert client.post(f"{address}/belongs", said).status_code == 302
        assert "T. Invented" in client.get(address).content.decode()
        beside = client.get(f"{address}/beside?with={letter[0].pk}").content.decode()
        assert "ئۇ ئۈچ كۈن سولاندى." in beside
        assert "She was held for three days." in beside
        assert client.post(f"{address}/no-translation").status_code == 302
        assert client.post(f"{address}/no-translation").status_code == 404

    def test_say_what_is_refused_and_keep_what_was_typed(self, desk, letter):
        client, address = signed_in(desk.member), f"/library/documents/{letter[1].pk}"
        answer = client.post(f"{address}/belongs", {"original": "zebra", "translator": "T. Invented"})
        assert (answer.status_code, "T. Invented" in answer.content.decode()) == (400, True)
        answer = client.post(f"{address}/belongs", {"original": str(letter[1].pk)})
        assert (answer.status_code, "translates-itself" in answer.content.decode()) == (409, True)
        answer = client.post(f"{address}/supersede", {"older": str(letter[1].pk)})
        assert (answer.status_code, "supersedes-itself" in answer.content.decode()) == (409, True)

    def test_take_that_it_is_a_newer_version(self, desk, letter):
        client = signed_in(desk.member)
        assert (
            client.post(f"/library/documents/{letter[1].pk}/supersede", {"older": letter[0].pk.hex[:8]}).status_code
            == 302
        )
        assert Document.objects.get(pk=letter[1].pk).supersedes == letter[0]


class TestCommand:
    def test_says_which_is_the_translation_of_which(self, panah, tmp_path):
        for name, words in (("a.txt", "ئۇ كەتتى."), ("b.txt", "She left.")):
            (tmp_path / name).write_text(words)
        panah.does("ingest", tmp_path / "a.txt", tmp_path / "b.txt")
        one, other = (line["id"] for line in panah.lines("documents"))
        [said] = panah.lines("translation", one, other, "--translator", "T. Invented", "--certified-on", "2026-05")
        assert said == {"id": other, "original": one, "translator": "T. Invented"}
        assert panah.run("translation", one, one).err.startswith("translates-itself: ")
