"""A document read once more: what it had stays, what it gets is found, and what it really is is told anew."""

import pytest

from panah.library import actions, queries
from panah.library.bulk import Readers
from panah.library.extractors import ocr
from panah.library.extractors.recognition import LanguageNotRecognised
from panah.library.models import Document, Reading
from panah.library.rereading import Again, read_again
from panah.library.rules import may_be_read_better
from panah.team.actions import join
from panah.team.queries import NotAllowed
from support.entered import entered
from support.scans import drawn, scanned

OLE = "application/x-ole-storage"
PICTURE = b"\xff\xd8\xff\xe0 a picture that is none"
needs = pytest.mark.skipif(
    not {"eng", "deu"} <= set(ocr.installed()), reason="English and German cannot be recognised here: make ocr"
)


def stored(document):
    return Document.objects.select_related("original", "reading", "collection__compartment").get(pk=document.pk)


def by_an_older_panah(document):
    """As if its reading had been made by the first version of the extractor, which read it otherwise."""
    Reading.objects.filter(pk=document.reading_id).update(version="0+older")
    return stored(document)


@pytest.fixture
def ask(member, now):
    """Asks that a document be read once more."""

    def ask(document, languages=None, by=None):
        actions.reread(document=document, languages=languages, by=by or member, now=now)
        return stored(document)

    return ask


@pytest.fixture
def again(member, now, readers):
    """Has documents read once more; the outcome of each."""

    def again(*documents, languages=None):
        return list(read_again(documents, languages=languages, readers=readers, by=member, clock=lambda: now))

    return again


class TestAsked:
    def test_waits_and_keeps_its_reading_meanwhile(self, shelve, ask):
        document = shelve(b"Words that stay.")
        asked = ask(document)
        assert (asked.state, asked.reading) == ("waiting", document.reading)
        assert asked.passages.count() == 1

    def test_is_a_line_of_the_ledger(self, shelve, ask):
        document = shelve(b"Words.")
        ask(document)
        [line] = entered("asked to read again", subject=document.original.digest)
        assert line.details == {}

    def test_tells_its_kind_anew_and_the_ledger_says_so(self, shelve, ask):
        document = shelve(b"Words of a paper that nobody knew.", media_type=OLE)
        assert document.refusal_code == "kind-not-read"
        assert ask(document).original.media_type == "text/plain"
        [line] = entered("asked to read again", subject=document.original.digest)
        assert line.details == {"media_type": "text/plain"}

    def test_in_a_language_that_is_not_there_is_refused(self, shelve, ask):
        document = shelve(b"Words.")
        with pytest.raises(LanguageNotRecognised):
            ask(document, "tlh")
        assert stored(document).state == "read"

    def test_by_somebody_without_a_role_there_is_refused(self, shelve, ask, now):
        document = shelve(b"Words.")
        with pytest.raises(NotAllowed):
            ask(document, by=join(name="Another", now=now))


class TestRead:
    def test_gets_a_new_reading_and_what_was_quoted_stays_with_the_old_one(self, shelve, again, member, now):
        document = shelve(b"They asked my children.")
        quotation = actions.quote(document=document, words="my children", by=member, now=now)
        old = by_an_older_panah(document).reading
        [outcome] = again(stored(document))
        assert outcome.outcome is Again.SAME, "the same bytes, though by another version"
        new = stored(document).reading
        assert (new.pk != old.pk, new.version != old.version) == (True, True)
        quotation.refresh_from_db()
        assert quotation.reading == old
        assert queries.content(old)[quotation.start : quotation.end] == b"my children"
        assert [(each.pk, each.quoted) for each in queries.readings(member, document)] in (
            [(new.pk, 0), (old.pk, 1)],
            [(old.pk, 1), (new.pk, 0)],
        )

    def test_is_found_by_what_it_is_now_and_by_nothing_else(self, shelve, again, member):
        document = by_an_older_panah(shelve(b"She was detained."))
        again(document)
        found = queries.find(member, "detained")
        assert [hit.passage.reading for hit in found.hits] == [stored(document).reading]

    def test_as_before_stays_as_it_was(self, shelve, again):
        document = shelve(b"Words.")
        before = stored(document)
        [outcome] = again(before)
        assert outcome[2:] == (Again.SAME, "", "", before.reading.digest, before.reading.digest)
        assert (stored(document).state, stored(document).reading) == ("read", before.reading)

    def test_that_fails_keeps_what_there_was_and_says_why(self, shelve, again, ask):
        document = shelve(PICTURE, media_type="text/plain")
        before = stored(document).reading
        [outcome] = again(stored(document))
        kept = stored(document)
        assert (outcome.outcome, outcome.code, outcome.reading) == (Again.REFUSED, "document-broken", before.digest)
        assert (kept.state, kept.reading, kept.refusal_code) == ("read", before, "document-broken")
        assert kept.passages.exists()
        assert ask(kept).refusal_code == ""

    def test_of_a_kind_that_was_not_known_is_read_at_last(self, shelve, again, member):
        document = shelve(b"A paper that nobody knew.", media_type=OLE)
        [outcome] = again(stored(document))
        assert (outcome.outcome, outcome.before) == (Again.READ, "")
        assert queries.find(member, "nobody knew").total == 1

    def test_left_in_the_middle_waits_with_its_reading(self, shelve, member, now):
        documents = [stored(shelve(f"Paper {number}.".encode())) for number in range(4)]
        run = read_again(documents, languages=None, readers=Readers(1), by=member, clock=lambda: now)
        next(run)
        run.close()
        assert "waiting" in [stored(document).state for document in documents]
        assert all(stored(document).reading for document in documents)

    @needs
    def test_in_other_languages_is_recognised_in_them(self, shelve, again):
        content = scanned(drawn("Über die Straße nach Süden."))
        document = shelve(content, media_type="application/pdf", language="en")
        assert stored(document).reading.options["languages"] == "eng"
        [outcome] = again(stored(document), languages="deu")
        assert outcome.outcome is Again.READ
        now_read = stored(document)
        assert now_read.languages == now_read.reading.options["languages"] == "deu"
        assert queries.content(now_read.reading).decode() == "Über die Straße nach Süden."
        assert Reading.objects.filter(original=document.original).count() == 2
        again(stored(document))
        assert stored(document).reading == now_read.reading, "it stays with the languages that were chosen"

    @needs
    def test_of_another_shelf_is_not_taken_where_other_languages_were_chosen(self, shelve, ask):
        content = scanned(drawn("Über die Straße nach Süden."))
        shelve(content, media_type="application/pdf", language="en")
        other = shelve(content, media_type="application/pdf", collection="Other", read=False)
        assert ask(other, "deu").reading is None


class TestOlder:
    def older(self, member, readers, *, recognises=True):
        return {document.path for document in queries.older(member, readers.extractors, recognises=recognises)}

    def test_are_those_of_which_more_can_be_read_now(self, shelve, member, readers):
        shelve(b"Newest.", path="newest.txt")
        by_an_older_panah(shelve(b"Older.", path="older.txt"))
        shelve(b"Unknown once.", path="unknown.doc", media_type=OLE)
        shelve(b"", path="empty.txt")
        waits = shelve(b"Half.", path="half.pdf")
        options = {"pages_without_text": "2", "not_recognised": "recognition-missing"}
        Reading.objects.filter(pk=waits.reading_id).update(options=options)
        shelve(b"Not yet.", path="waiting.txt", read=False)
        assert self.older(member, readers) == {"older.txt", "unknown.doc", "half.pdf"}
        assert self.older(member, readers, recognises=False) == {"older.txt", "unknown.doc"}

    def test_that_want_text_recognition_are_counted_for_whoever_keeps_the_machine(self, shelve):
        assert queries.waiting_for_recognition() == 0
        read, refused = shelve(b"Half.", path="half.pdf"), shelve(b"", path="scan.pdf")
        Reading.objects.filter(pk=read.reading_id).update(options={"not_recognised": "recognition-missing"})
        Document.objects.filter(pk=refused.pk).update(refusal_code="recognition-missing")
        assert queries.waiting_for_recognition() == 2

    def test_are_those_alone_that_one_may_have_read_again(self, shelve, readers, now):
        by_an_older_panah(shelve(b"Older."))
        assert self.older(join(name="Another", now=now), readers) == set()

    @pytest.mark.parametrize(
        ("made", "newest", "pictures", "refusal", "better"),
        [
            (("pdf", "1"), ("pdf", "1"), False, "", False),
            (("pdf", "1"), ("pdf", "2"), False, "", True),
            (("plain", "1"), ("pdf", "1"), False, "", True),
            (("pdf", "1"), ("pdf", "1"), True, "", True),
            (("pdf", "1"), None, False, "", False),
            (None, ("pdf", "1"), False, "", False),
            (None, ("pdf", "1"), False, "document-broken", False),
            (None, None, False, "kind-not-read", True),
            (None, ("pdf", "1"), False, "recognition-missing", True),
        ],
    )
    def test_follow_from_what_read_them_and_what_reads_them_now(self, made, newest, pictures, refusal, better):
        assert may_be_read_better(made=made, newest=newest, pictures=pictures, refusal=refusal) is better


class TestCommands:
    def test_read_again_and_list_what_was_read(self, panah, tmp_path):
        (tmp_path / "paper.txt").write_text("They asked my children.")
        [taken] = panah.lines("ingest", tmp_path / "paper.txt")
        [line] = panah.lines("reread", taken["document"])
        assert list(line) == ["id", "title", "outcome", "code", "reason", "reading", "before"]
        assert (line["id"], line["outcome"]) == (taken["document"], "same")
        [reading] = panah.lines("readings", taken["document"][:8])
        assert (reading["id"], reading["current"], reading["quoted"]) == (line["reading"], True, 0)
        assert reading["extractor"] == "plain"
        assert panah.does("reread", "--all-older").out == "0 read anew, 0 as before, 0 refused.\n"
        assert panah.run("reread").code == 2
