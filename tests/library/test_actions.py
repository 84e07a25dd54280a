"""What the library promises when it writes."""

from datetime import timedelta

import pytest

from panah import proof
from panah.library import actions, queries
from panah.library.extractors.supervisor import Refusal, Text
from panah.library.lease import LEASE
from panah.library.models import Document, Passage, Quotation, Reading, Source
from support.entered import entered
from support.stored import object_of

UYGHUR = "ئۇيغۇرلار پاناھلىق تىلىدى."
PAPER = f"{UYGHUR}\n\nShe left in 2016. She left alone.\n\n难民申请庇护。"


def verbs(subject):
    return list(entered(subject=subject).values_list("verb", flat=True))


def again(document):
    """The document as it is stored."""
    return Document.objects.get(pk=document.pk)


@pytest.fixture
def quoted(member, now):
    def quoted(document, words, **more):
        return actions.quote(document=document, words=words, by=member, now=now, **more)

    return quoted


@pytest.fixture
def superseded(member, now):
    def superseded(older, newer):
        actions.supersede(older=older, newer=newer, by=member, now=now)

    return superseded


class TestQuote:
    @pytest.mark.parametrize("words", ["She left alone", "پاناھلىق", "难民", "2016. She", "alone.\n\n难民申请"])
    def test_cites_the_words_by_the_bytes_at_which_they_stand(self, shelve, quoted, words):
        quotation = quoted(shelve(PAPER.encode()), words)
        assert PAPER.encode()[quotation.start : quotation.end].decode() == quotation.words == words
        assert quotation.digest == proof.digest_of(words.encode())

    def test_keeps_what_stands_around_them(self, shelve, quoted):
        quotation = quoted(shelve("پاناھ. She left in 2016.".encode()), "She left")
        assert (quotation.start, quotation.end) == (12, 20)
        assert (quotation.prefix, quotation.suffix) == ("پاناھ. ", " in 2016.")

    def test_the_same_words_twice_are_one_quotation_and_one_line_of_custody(self, shelve, quoted):
        document = shelve(PAPER.encode())
        assert quoted(document, "in 2016") == quoted(document, "in 2016", start=PAPER.encode().find(b"in 2016"))
        assert Quotation.objects.count() == 1
        assert verbs(document.original.digest) == ["taken in", "read", "quoted"]

    @pytest.mark.parametrize(
        "words",
        [
            "She left  in 2016",
            "she left in 2016",
            "She left in 2016,",
            "ئۇيغۇرلار پاناھلیق",
            "難民",
            "",
            " ",
            "\n\n",
            "\ud800",
            "She\u200b left",
        ],
    )
    def test_refuses_words_that_differ_by_one_character(self, shelve, quoted, words):
        document = shelve(PAPER.encode())
        with pytest.raises(actions.WordsDiffer):
            quoted(document, words)
        assert not Quotation.objects.exists()

    def test_refuses_words_that_stand_there_twice_unless_told_where(self, shelve, quoted):
        document = shelve(PAPER.encode())
        with pytest.raises(actions.WordsTwice, match="2 times"):
            quoted(document, "She left")
        second = PAPER.encode().rfind(b"She left")
        assert quoted(document, "She left", start=second).start == second

    @pytest.mark.parametrize("start", [0, 1, -1, 10**6])
    def test_refuses_another_place(self, shelve, quoted, start):
        with pytest.raises(actions.WordsDiffer, match=f"at byte {start}"):
            quoted(shelve(PAPER.encode()), "She left", start=start)

    def test_refuses_a_negative_place_that_python_would_count_from_the_end(self, shelve, quoted):
        document = shelve(b"Left alone, left")
        with pytest.raises(actions.WordsDiffer):
            quoted(document, "left", start=-4)

    def test_refuses_text_that_was_tampered_with(self, shelve, quoted, library):
        words = b"These words were changed by a stranger."
        document = shelve(words)
        stored = object_of(library.pk, proof.digest_of(words))
        whole = bytearray(stored.read_bytes())
        whole[-20] ^= 1
        stored.chmod(0o600)
        stored.write_bytes(whole)
        with pytest.raises(proof.SealBroken):
            quoted(document, "changed by a stranger")
        assert not Quotation.objects.exists()

    def test_refuses_another_text_in_the_place_of_the_stored_one(self, shelve, quoted, library, store):
        """Whoever has the keys could encrypt another text: its digest tells."""
        document = shelve(b"What was really said.")
        Reading.objects.update(digest=proof.digest_of(b"What was truly said!"))
        store.keep([b"What was truly said!"])
        object_of(library.pk, proof.digest_of(b"What was truly said!")).write_bytes(
            object_of(library.pk, proof.digest_of(b"What was really said.")).read_bytes()
        )
        document.refresh_from_db()
        with pytest.raises(proof.SealBroken):
            quoted(document, "really said")

    def test_refuses_a_document_without_a_reading(self, shelve, quoted):
        with pytest.raises(actions.NotReadYet):
            quoted(shelve(b"\xff\xd8\xff\xe0", media_type="image/jpeg"), "words")

    def test_refuses_a_reading_of_another_original(self, shelve, quoted):
        one, other = shelve(b"One paper."), shelve(b"Another paper.")
        with pytest.raises(actions.NotReadYet):
            quoted(one, "Another", reading=other.reading)


class TestSupersede:
    def test_says_which_document_takes_the_place_of_which(self, shelve, superseded):
        older, newer = shelve(b"First edition."), shelve(b"Second edition.")
        superseded(older, newer)
        superseded(older, newer)
        assert again(newer).supersedes == older
        assert verbs(str(older.pk)) == ["superseded"]

    def test_refuses_a_document_in_the_place_of_itself_and_of_its_successor(self, shelve, superseded):
        alone, first, second, third = (shelve(f"Edition {number}.".encode()) for number in (0, 1, 2, 3))
        superseded(first, second)
        superseded(second, third)
        for older, newer in ((alone, alone), (third, first)):
            with pytest.raises(actions.SupersedesItself):
                superseded(again(older), again(newer))

    def test_refuses_two_in_one_place_and_one_in_two(self, shelve, superseded):
        first, second, third = (shelve(f"Edition {number}.".encode()) for number in (1, 2, 3))
        superseded(first, second)
        with pytest.raises(actions.AlreadySuperseded):
            superseded(first, third)
        with pytest.raises(actions.SupersedesAnother):
            superseded(third, second)
        assert Document.objects.filter(supersedes__isnull=False).count() == 1


class TestDescribe:
    def test_writes_down_what_is_known_and_finds_it_by_its_new_language(self, shelve, member, now):
        document = shelve(PAPER.encode())
        said = actions.Details(
            title="A title", source="An office", date="2019", language="ug", url="https://example.org", licence="CC BY 4.0",
        )  # fmt: skip
        actions.describe(document=document, details=said, by=member, now=now)
        assert again(document).title == "A title"
        assert queries.said_of(again(document)) == dict(said._asdict())
        assert queries.find(member, "2016", language="ug").total == 1
        assert queries.find(member, "2016", language="en").total == 0
        assert verbs(str(document.pk)) == ["recorded"]

    def test_without_a_title_it_is_called_as_it_was_handed_in(self, shelve, member, now):
        document = shelve(PAPER.encode(), path="folder/note.txt", title="A title")
        actions.describe(document=document, details=actions.Details(), by=member, now=now)
        assert again(document).title == "note.txt"


class TestFill:
    SAID = actions.Details(
            title="A title", source="An office", date="2019", language="ug", url="https://example.org", licence="CC BY 4.0",
        )  # fmt: skip

    @pytest.fixture
    def filled(self, member, now):
        def filled(document, details):
            return actions.fill(document=document, details=details, by=member, now=now)

        return filled

    def test_writes_down_what_nobody_had_said_and_finds_it_by_its_language(self, shelve, filled, member):
        document = shelve(PAPER.encode())
        assert filled(document, self.SAID) == [name for name, said in self.SAID._asdict().items() if said]
        assert queries.said_of(again(document)) == dict(self.SAID._asdict())
        assert queries.find(member, "2016", language="ug").total == 1
        assert verbs(str(document.pk)) == ["recorded"]

    def test_leaves_what_is_there(self, shelve, filled):
        document = shelve(PAPER.encode(), title="Its title", source="Its office", language="zh")
        assert filled(document, self.SAID) == ["date", "url", "licence"]
        found = queries.said_of(again(document))
        assert (found["title"], found["source"], found["language"], found["date"]) == (
            "Its title", "Its office", "zh", "2019",
        )  # fmt: skip
        assert not Source.objects.filter(name="An office").exists()

    def test_leaves_what_the_document_says_of_itself(self, shelve, filled):
        document = shelve(b"<title>Its own title</title><p>Words.", media_type="text/html")
        filled(document, actions.Details(title="A title"))
        assert again(document).title == "Its own title"

    def test_takes_the_name_of_the_file_for_no_title(self, shelve, filled):
        document = shelve(PAPER.encode(), path="folder/note.txt")
        assert filled(document, actions.Details(title="A title")) == ["title"]
        assert again(document).title == "A title"

    def test_keeps_what_was_said_meanwhile(self, shelve, filled, member, now):
        stale = shelve(PAPER.encode())
        said = actions.Details(title="Said meanwhile")
        actions.describe(document=again(stale), details=said, by=member, now=now)
        assert filled(stale, actions.Details(title="A title")) == []
        assert again(stale).title == "Said meanwhile"

    @pytest.mark.parametrize("details", [actions.Details(), SAID])
    def test_enters_nothing_where_it_fills_nothing(self, shelve, filled, details):
        document = shelve(PAPER.encode(), **self.SAID._asdict())
        assert filled(document, details) == []
        assert verbs(str(document.pk)) == []


class TestTakeOn:
    @pytest.fixture
    def taken_on(self, member, now, readers):
        def taken_on(document, later=timedelta(0)):
            extractor = readers.extractors[document.original.media_type]
            return actions.take_on(document=again(document), extractor=extractor, by=member, now=now + later)

        return taken_on

    def test_is_for_one_only(self, shelve, taken_on):
        document = shelve(PAPER.encode(), read=False)
        assert taken_on(document)
        assert not taken_on(document)

    def test_is_for_another_when_the_lease_has_lapsed(self, shelve, taken_on):
        document = shelve(PAPER.encode(), read=False)
        assert taken_on(document)
        assert not taken_on(document, LEASE)
        assert taken_on(document, LEASE + timedelta(seconds=1))

    def test_is_for_another_at_once_when_the_holder_is_dead(self, shelve, taken_on):
        document = shelve(PAPER.encode(), read=False)
        assert taken_on(document)
        host, process, started = again(document).lease_holder.rsplit(":", 2)
        Document.objects.update(lease_holder=f"{host}:{process}:{int(started) - 1}")
        assert taken_on(document)

    def test_is_for_nobody_where_it_was_begun_too_often(self, shelve, taken_on):
        document = shelve(PAPER.encode(), read=False)
        for _ in range(actions.MOST_ATTEMPTS):
            assert taken_on(document)
            Document.objects.update(lease_until=None)
        assert not taken_on(document)
        assert again(document).refusal_code == "reading-abandoned"

    def test_is_for_nobody_where_it_is_read(self, shelve, taken_on):
        assert not taken_on(shelve(PAPER.encode()))

    @pytest.mark.parametrize("code", ["seal-broken", "object-missing"])
    def test_refuses_it_where_the_reading_made_for_another_shelf_is_damaged_or_gone(
        self, shelve, taken_on, library, code
    ):
        words = f"Words of which the reading is {code}.".encode()
        page = b"<p>" + words
        shelve(page, media_type="text/html")
        stored = object_of(library.pk, proof.digest_of(words))
        if code == "seal-broken":
            stored.chmod(0o600)
            stored.write_bytes(stored.read_bytes()[:-1])
        else:
            stored.unlink()
        copy = shelve(page, media_type="text/html", collection="Another", read=False)
        assert not taken_on(copy)
        assert (again(copy).state, again(copy).refusal_code) == ("refused", code)

    def test_given_back_it_is_as_if_it_had_never_been_taken(self, shelve, taken_on):
        document = shelve(PAPER.encode(), read=False)
        before = again(document)
        assert taken_on(document)
        actions.give_back(document=before)
        after = again(document)
        assert (after.lease_holder, after.lease_until, after.attempts) == ("", None, 0)


def text_of(content, **about):
    return Text(content, [(0, len(content))], [], about, {"encoding": "utf-8"})


class TestRead:
    @pytest.fixture
    def read(self, member, now, readers):
        def read(document, text):
            extractor = readers.extractors["text/plain"]
            return actions.read(document=document, extractor=extractor, text=text, by=member, now=now)

        return read

    def test_makes_it_findable(self, shelve, read, member):
        document = shelve(b"Original bytes.", read=False)
        read(document, text_of(b"The text that was taken."))
        assert [hit.document for hit in queries.find(member, '"text that was taken"').hits] == [document]

    def test_keeps_what_was_said_meanwhile(self, shelve, read, member, now):
        """A member describes a document while it is being read."""
        document = shelve(b"Words.", read=False)
        actions.describe(
            document=again(document), details=actions.Details(title="Said meanwhile", language="ug"), by=member, now=now
        )
        read(document, text_of(b"Words.", title="Its own title", date="2019"))
        found = again(document)
        assert (found.title, found.language, found.date, found.state) == ("Said meanwhile", "ug", "2019", "read")

    def test_a_second_time_changes_nothing(self, shelve, read):
        """Two readers had it, because the first one's lease lapsed."""
        document = shelve(b"Words.", read=False)
        read(again(document), text_of(b"Words."))
        passages = list(Passage.objects.values_list("pk", flat=True))
        read(document, text_of(b"Words."))
        assert list(Passage.objects.values_list("pk", flat=True)) == passages
        assert verbs(document.original.digest) == ["taken in", "read"]

    def test_stays_when_a_slower_reader_could_not_read_it(self, shelve, read, member, now):
        document = shelve(b"Words.", read=False)
        read(again(document), text_of(b"Words."))
        actions.refuse(document=document, refusal=Refusal("reading-too-long", "It took long."), by=member, now=now)
        assert (again(document).state, again(document).refusal_code) == ("read", "")

    def test_of_a_reading_that_was_imported_is_our_own(self, shelve, member, now, readers):
        """What came with a folder may say that our extractor made it. Only reading the Original can tell."""
        forged = text_of(b"What the Original never said.")
        version = readers.extractors["text/plain"].version
        document = shelve(b"What the Original says.", read=False)
        actions.take_over_reading(
            document=document, extractor="plain", version=version, text=forged, by=member, now=now
        )
        other = shelve(b"What the Original says.", collection="Another")
        assert queries.content(again(other).reading) == b"What the Original says."

    def test_of_the_same_text_as_an_imported_one_confirms_it(self, shelve, member, now, readers):
        content = b"One.\n\nTwo."
        version = readers.extractors["text/plain"].version
        document = shelve(content, read=False)
        came = Text(content, [(1, 3)], [5], {"title": "forged"}, {})
        actions.take_over_reading(document=document, extractor="plain", version=version, text=came, by=member, now=now)
        other = shelve(content, collection="Another")
        [reading] = Reading.objects.all()
        assert not reading.was_imported
        assert (reading.paragraphs, reading.pages, reading.about) == ([[0, 4], [6, 10]], [], {})
        assert again(other).title == "paper.txt"
        assert verbs(document.original.digest)[-1] == "read"


class TestRefuse:
    def test_is_forgotten_when_it_is_tried_again(self, shelve, member):
        document = shelve(b"\xff\xd8\xff\xe0", media_type="image/jpeg")
        assert (document.state, document.refusal_code) == ("refused", "document-broken")
        actions.try_again(document=document, by=member)
        assert (again(document).state, again(document).refusal_code) == ("waiting", "")

    def test_is_in_the_ledger_with_its_code(self, shelve):
        document = shelve(b"", path="empty.txt")
        line = entered("not read", subject=document.original.digest).get()
        assert line.details == {"code": "document-empty"}


class TestHandOut:
    def test_gives_the_original_and_says_so_in_the_ledger(self, shelve, member, now):
        document = shelve(PAPER.encode())
        assert b"".join(actions.hand_out(document=document, by=member, now=now)) == PAPER.encode()
        assert verbs(document.original.digest)[-1] == "handed out"
