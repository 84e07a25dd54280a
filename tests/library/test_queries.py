"""What can be asked of the library, and how exactly it answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah import text
from panah.library import actions, queries
from panah.library.queries import CollectionUnknown, DocumentAmbiguous, DocumentUnknown
from panah.vault.store import ObjectMissing
from support.stored import lies_at

REPORT = """The detention of Uyghurs in Xinjiang continued through 2019.

Authorities in 新疆 held people in camps; 难民 abroad fear forced return. Nobody was forced, and none returned.

ئۇيغۇرلار پاناھلىق تىلىدى، ئۇلار قايتۇرۇلۇشتىن قورقىدۇ.

Türkiye’ye sığınan kişiler için başvuru yapıldı; L’asile fut refusé. The deportees' lawyer wrote to G'ulja."""

OTHER = (
    "Summer camps for children are open. Die Abschiebung nach China wurde ausgesetzt. Әлемдегі қазақтар. عودة اللاجئين"
)


@pytest.fixture
def two(shelve):
    """Two papers that everybody may search."""
    return shelve(REPORT.encode(), language="en", title="Report"), shelve(
        OTHER.encode(), language="de-AT", title="Other"
    )


@pytest.fixture
def found(two, member):
    """The raw words that a question finds by itself, marked hit by marked hit."""

    def found(words, **how):
        results = queries.find(member, words, widen=False, **how)
        return [
            REPORT.encode()[start:end].decode() if hit.document == two[0] else OTHER.encode()[start:end].decode()
            for hit in results.hits
            for start, end in hit.marks
        ]

    return found


class TestFind:
    @pytest.mark.parametrize(
        ("words", "raw"),
        [
            ("detention", ["detention"]),
            ("DETENTION", ["detention"]),
            ('"forced return"', ["forced return"]),
            ('"forced returned"', []),
            ("难", ["难"]),
            ("难民", ["难民"]),
            ("新疆", ["新疆"]),
            ("疆新", []),
            ("民难", []),
            ("ئۇيغۇرلار", ["ئۇيغۇرلار"]),
            ("ئۇيغۇر*", ["ئۇيغۇرلار"]),
            ("پاناھلیق", ["پاناھلىق"]),  # Persian yeh
            ("پاناهلىق", ["پاناھلىق"]),  # Arabic heh
            ("قايتۇرۇلۇشتين", ["قايتۇرۇلۇشتىن"]),  # Arabic yeh
            ("Turkiye*", ["Türkiye’ye"]),
            ("siginan", ["sığınan"]),
            ("gulja", ["G'ulja"]),
            ("asile", ["asile"]),
            ("deport*", ["deportees"]),
            ("abschieb*", ["Abschiebung"]),
            ("казактар", []),
            ("қазақтар", ["қазақтар"]),
            ("اللاجئين", ["اللاجئين"]),
            ("camps -summer", ["camps"]),
            ("camps NOT summer", ["camps"]),
            ("zebra OR 新疆", ["新疆"]),
            ("zebra", []),
            ("zebra AND 新疆", []),
            ("新疆 AND forced", ["新疆", "forced", "forced"]),
            ('(camps OR zebra) AND "summer camps"', ["Summer camps"]),
        ],
    )
    def test_gives_the_raw_words_at_their_bytes(self, found, words, raw):
        assert found(words) == raw

    def test_marks_lie_in_the_passage_whose_words_are_those_of_the_reading(self, two, member):
        for hit in queries.find(member, "camps").hits:
            content = queries.content(hit.document.reading)
            assert content[hit.passage.start : hit.passage.end].decode() == hit.words
            assert all(hit.passage.start <= start < end <= hit.passage.end for start, end in hit.marks)
            assert "".join(piece for piece, _ in hit.marked()) == hit.words

    @pytest.mark.parametrize(
        ("language", "count"), [("", 2), ("en", 2), ("de", 0), ("EN", 2), ("e", 0), ("fr", 0), ("%", 0), ("_e", 0)]
    )
    def test_only_in_a_language(self, found, language, count):
        assert len(found("camps", language=language)) == count

    def test_only_in_a_collection(self, found, shelve, member):
        shelve(b"camps elsewhere", collection="Case 2026-001")
        assert queries.find(member, "camps", collection="Case 2026-001").total == 1
        assert queries.find(member, "camps", collection="Library").total == 2
        assert queries.find(member, "camps").total == 3
        with pytest.raises(CollectionUnknown):
            found("camps", collection="Nowhere")

    def test_a_page_at_a_time_and_always_all_of_them(self, shelve, member):
        for number in range(7):
            shelve(f"The camp number {number}.".encode())
        pages = [queries.find(member, "camp", limit=3, offset=offset) for offset in (0, 3, 6, 9)]
        assert [len(page.hits) for page in pages] == [3, 3, 1, 0]
        assert {page.total for page in pages} == {7}
        assert len({hit.passage.pk for page in pages for hit in page.hits}) == 7

    def test_the_passage_that_says_most_of_it_first(self, shelve, member):
        shelve(b"A camp is mentioned once in this much longer paragraph about something else entirely.")
        most = shelve(b"Camp, camp, camp.")
        assert queries.find(member, "camp").hits[0].document == most

    @pytest.mark.parametrize("words", ["", "   ", '"', '"" ()', "NOT camp", "(", "AND OR", "*", "x" * 3000])
    def test_of_a_question_without_words_is_refused(self, found, words):
        with pytest.raises(
            (text.QueryEmpty, text.QueryUnbalanced, text.QueryOnlyExcludes, text.QueryTooLong), match="query-"
        ):
            found(words)

    def test_where_a_reading_is_gone_says_so(self, two, member, store):
        lies_at(two[0].reading).unlink()
        with pytest.raises(ObjectMissing):
            queries.find(member, "detention")
        store.keep([REPORT.encode()])

    def test_after_a_document_was_read_anew_finds_only_the_new_reading(self, shelve, member, now, readers):
        from panah.library.extractors.supervisor import Text

        document = shelve(b"The old words.")
        extractor = readers.extractors["text/html"]
        new = Text(b"The new words.", [(0, 14)], [], {}, {})
        actions.read(document=document, extractor=extractor, text=new, by=member, now=now)
        assert queries.find(member, "old").total == 0
        assert [hit.words for hit in queries.find(member, "words").hits] == ["The new words."]


class TestMarks:
    @given(st.text("ab难ىي ە'ü\u0640\u200cA.", max_size=40), st.sampled_from(["a", "ab", "难", "ى", '"a b"', "a*"]))
    def test_always_bound_whole_characters(self, raw, words):
        content = raw.encode()
        for start, end in queries.marks_in(content, [(0, len(content))], text.Finder(text.parsed(words))):
            assert content[start:end].decode()


class TestDocument:
    def test_is_known_by_the_beginning_of_its_id(self, two, member):
        reference = str(two[0].pk)
        for shorter in (reference, reference.upper(), reference.replace("-", ""), reference[:8], reference[:6]):
            assert queries.document(member, shorter) == two[0]

    @pytest.mark.parametrize(
        "reference",
        ["", "abc", "x" * 32, "x" * 8, "00000000-0000-4000-8000-000000000000", "zz-" * 20, "é" * 32, "%" * 8],
    )
    def test_that_is_none_is_refused(self, two, member, reference):
        with pytest.raises(DocumentUnknown):
            queries.document(member, reference)

    def test_that_could_be_several_is_refused(self, two, member):
        from panah.library.models import Document

        for document, identity in zip(two, ("abcdef00" + "0" * 24, "abcdef11" + "0" * 24), strict=True):
            Document.objects.filter(pk=document.pk).update(reading=None, state="waiting")
            document.passages.all().delete()
            document.pk = identity
            document.reading, document.state = None, "waiting"
            Document.objects.filter(original=document.original).delete()
            document.save(force_insert=True)
        with pytest.raises(DocumentAmbiguous):
            queries.document(member, "abcdef")
        assert queries.document(member, "abcdef1")


class TestWords:
    def test_between_two_bytes_are_those_of_the_reading(self, two):
        document = two[0]
        start = REPORT.encode().find("难民".encode())
        assert queries.words_between(document, start, start + 6) == "难民"
        assert queries.words_between(document, start, start + 4) == ""
        assert queries.words_between(document, -1, 4) == ""
        assert queries.words_between(document, 4, 4) == ""
        assert queries.words_between(document, 0, 10**9) == ""

    def test_of_a_document_without_a_reading_are_none(self, shelve):
        assert queries.words_between(shelve(b"Words.", read=False), 0, 5) == ""
