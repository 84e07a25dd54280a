"""Who published what: what members write of it, who sees that, and what a document's record lacks."""

from __future__ import annotations

import pytest

from panah.library import queries as library
from panah.library.actions import Details, describe
from panah.library.models import Assessment, Share, Source
from panah.library.record import SourceType
from panah.library.sources import queries
from panah.library.sources.actions import AssessmentEmpty, assess
from panah.library.sources.queries import SourceAmbiguous, SourceUnknown
from panah.team.actions import admit, join
from panah.team.models import LedgerLine
from panah.team.queries import NotAllowed
from panah.team.rules import Role
from panah.vault.actions import set_up
from support.members import signed_in
from support.workbench import Desk

LANTERN = "Lantern Country Desk"
WRITTEN = {
    "source_type": SourceType.NGO, "mandate": "An invented charity, paid by its members.",
    "method": "Interviews with those who left.", "bias": "Writes little about towns in the south.",
}  # fmt: skip


@pytest.fixture
def desk(member, readers):
    return Desk(member, readers)


@pytest.fixture
def other(db, now, readers):
    """A colleague with a Library of his own, which publishes by the same name."""
    return Desk(join(name="Invented Colleague", now=now), readers)


@pytest.fixture
def paper(desk):
    return desk.paper("An invented note.", shelf="Country notes", title="A note", source=LANTERN)


@pytest.fixture
def theirs(other):
    return other.paper("Another invented note.", title="His", source=LANTERN)


def record_of(desk, paper):
    [one] = queries.records(desk.member, [library.document(desk.member, paper.pk)])
    return one


class TestAssess:
    def test_keeps_every_version_with_its_writer_and_its_time(self, desk, paper):
        first = assess(source=paper.source, **WRITTEN, **desk.act)
        second = assess(source=paper.source, **WRITTEN | {"bias": ""}, **desk.act)
        assert queries.assessments(desk.member, paper.source) == [second, first]
        assert (first.written_by, first.bias, second.bias) == (desk.member, WRITTEN["bias"], "")
        assert [line.verb for line in LedgerLine.objects.order_by("-seq")[:2]] == ["assessed", "assessed"]

    def test_again_in_the_same_words_changes_nothing(self, desk, paper):
        first = assess(source=paper.source, **WRITTEN, **desk.act)
        lines = LedgerLine.objects.count()
        assert assess(source=paper.source, **WRITTEN, **desk.act) == first
        assert (Assessment.objects.count(), LedgerLine.objects.count()) == (1, lines)

    def test_refuses_one_that_says_nothing(self, desk, paper):
        with pytest.raises(AssessmentEmpty):
            assess(source=paper.source, **desk.act)

    @pytest.mark.parametrize("role", [Role.READER, Role.REVIEWER, None])
    def test_is_for_those_who_work_there(self, desk, paper, other, role):
        if role:
            admit(compartment=paper.compartment, member=other.member, role=role, **desk.act)
        with pytest.raises(NotAllowed):
            assess(source=paper.source, **WRITTEN, **other.act)
        assert not Assessment.objects.exists()


class TestSources:
    def test_of_one_name_are_each_compartments_own(self, desk, other, paper, theirs):
        assert paper.source != theirs.source
        assess(source=paper.source, **WRITTEN, **desk.act)
        assert list(queries.sources(other.member)) == [theirs.source]
        assert queries.assessments(other.member, paper.source) == []
        assert record_of(other, theirs).assessment is None
        assert not queries.elsewhere(other.member, theirs.source).exists()

    def test_that_are_hidden_are_as_those_that_never_were(self, other, paper):
        with pytest.raises(SourceUnknown):
            queries.source(other.member, paper.source.pk)
        with pytest.raises(SourceUnknown):
            queries.source_named(other.member, LANTERN)
        assert signed_in(other.member).get(f"/library/sources/{paper.source.pk}").status_code == 404

    def test_are_seen_by_a_guest_with_what_is_written_of_them_and_with_no_other_document(self, desk, other, paper):
        desk.paper("Not shared.", shelf="Others", title="Hidden from guests", source=LANTERN)
        desk.paper("Not shared either.", shelf="Others", source="An office that nobody else shall know")
        assess(source=paper.source, **WRITTEN, **desk.act)
        place = other.shelf("Library").compartment
        Share.objects.create(collection=paper.collection, compartment=place, since=other.now())
        assert list(queries.sources(other.member)) == [paper.source]
        assert [one.count for one in queries.counted(other.member)] == [1]
        page = signed_in(other.member).get(f"/library/sources/{paper.source.pk}").content.decode()
        assert WRITTEN["bias"] in page
        assert "Hidden from guests" not in page
        assert "Write it anew" not in page

    def test_lend_their_assessment_to_a_source_of_the_same_name_where_both_are_seen(self, desk, paper):
        case = set_up(name="Case A", **desk.act)
        assess(source=paper.source, **WRITTEN, **desk.act)
        copy = Source.objects.create(compartment=case, name=LANTERN)
        assert [other.pk for other in queries.elsewhere(desk.member, copy)] == [paper.source.pk]
        paper.source = copy
        paper.save()
        assert record_of(desk, paper).assessment.mandate == WRITTEN["mandate"]
        with pytest.raises(SourceAmbiguous):
            queries.source_named(desk.member, LANTERN)
        assert queries.source_named(desk.member, LANTERN, compartment="Case A") == copy


class TestRecord:
    def test_names_what_is_missing_and_takes_in_what_is_written_of_the_source(self, desk, paper):
        assert {"author", "mandate", "period"} <= set(record_of(desk, paper).missing)
        said = Details(
            title="A note", author="A. Invented", source=LANTERN, date="2019", period="2017/2018", places="CN-XJ",
            language="en", url="https://example.org", accessed="2020-01-01", archive_url="https://example.net",
            licence="CC0", sensitivity="public",
        )  # fmt: skip
        describe(document=paper, details=said, **desk.act)
        assert record_of(desk, paper).missing == ["source_type", "mandate", "method", "bias"]
        assess(source=paper.source, **WRITTEN, **desk.act)
        assert record_of(desk, paper).missing == []


class TestPages:
    def test_take_what_a_member_writes_and_show_it_as_text(self, desk, paper):
        client, address = signed_in(desk.member), f"/library/sources/{paper.source.pk}"
        written = {"source_type": "ngo", "mandate": "<b>Two</b>\r\nlines", "method": "", "bias": ""}
        assert client.post(address, written).status_code == 302
        assert Assessment.objects.get().mandate == "<b>Two</b>\nlines"
        page = client.get(address).content.decode()
        assert "&lt;b&gt;Two&lt;/b&gt;" in page
        assert "<b>Two" not in page

    def test_say_what_is_refused_and_keep_what_was_typed(self, desk, paper):
        answer = signed_in(desk.member).post(f"/library/sources/{paper.source.pk}", {})
        assert (answer.status_code, "assessment-empty" in answer.content.decode()) == (400, True)
        answer = signed_in(desk.member).post(
            f"/library/sources/{paper.source.pk}", {"bias": "x", "source_type": "saint"}
        )
        assert answer.status_code == 400

    def test_of_a_document_say_beside_the_field_what_is_wrong_in_its_record(self, desk, paper):
        client = signed_in(desk.member)
        answer = client.post(f"/library/documents/{paper.pk}/describe", {"period": "some day", "places": "Atlantis"})
        page = answer.content.decode()
        assert answer.status_code == 400
        assert "“some day” is no date here" in page
        assert "“Atlantis” is no country" in page
        assert library.document(desk.member, paper.pk).title == "A note"

    def test_of_a_document_name_what_is_missing(self, desk, paper):
        page = signed_in(desk.member).get(f"/library/documents/{paper.pk}").content.decode()
        assert "Not written down yet:" in page
        assert "When it happened" in page


class TestCommands:
    def test_write_down_what_is_known_and_tell_what_is_missing(self, panah, tmp_path):
        (tmp_path / "note.txt").write_text("An invented note.")
        panah.does("ingest", tmp_path / "note.txt")
        [before] = panah.lines("documents")
        assert before["missing"][:2] == ["author", "source"]
        [told] = panah.lines(
            "describe", before["id"][:8], "--source", LANTERN, "--period", "2017~/2019", "--places", "china, CN-XJ"
        )
        assert (told["title"], told["period"], told["places"]) == ("note.txt", "2017~/2019", "CN, CN-XJ")
        [written] = panah.lines("source", "assess", LANTERN, "--type", "ngo", "--bias", "Invented.")
        assert (written["source_type"], written["bias"], written["mandate"]) == ("ngo", "Invented.", "")
        assert panah.lines("source", "assess", LANTERN, "--mandate", "It is invented.")[0]["bias"] == "Invented."
        assert panah.lines("source", "list")[0]["assessments"] == 2
        [after] = panah.lines("documents", "--incomplete", "--collection", "Library")
        assert after["missing"][:3] == ["author", "method", "date"]
        assert "not written down: author" in panah.does("documents").out

    def test_refuse_what_is_no_date_or_place_in_one_sentence(self, panah, tmp_path):
        (tmp_path / "note.txt").write_text("An invented note.")
        panah.does("ingest", tmp_path / "note.txt")
        [before] = panah.lines("documents")
        for option, value, code in (("--period", "soon", "date-unreadable"), ("--places", "Atlantis", "place-unknown")):
            done = panah.run("describe", before["id"], option, value)
            assert (done.code, done.err.split(":")[0]) == (2, code)
