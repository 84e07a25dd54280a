"""Handing over: what leaves is what was asked for, encrypted, once, and with a second pair of eyes where that is demanded.

Every person is invented.
"""

import io
import json
import zipfile
from datetime import timedelta

import pytest

from panah import proof
from panah.cases.actions import OfAnotherCase
from panah.cases.handing import actions, queries
from panah.cases.handing.actions import Wanted
from panah.cases.handing.copying import NothingReplaced, preview
from panah.cases.queries import ApprovalNeeded
from panah.dossier.redacting import Kind, PlaceholderTaken
from panah.library.extractors.kinds import PDF
from panah.proof import age
from panah.team.actions import admit, join
from panah.team.models import LedgerLine
from panah.team.queries import CompartmentUnknown, NotAllowed
from panah.team.rules import Role
from panah.vault.models import Original

NAME = "Qurvanjan Ezimet"
ENTRIES = [(Kind.PERSON, [NAME, "Ezimet*"]), (Kind.PLACE, ["Ghulja", "伊宁"]), (Kind.CONTACT, ["+49 170 1234567"])]
IDENTITY, KEY = age.new_identity()


@pytest.fixture
def case(desk):
    """A case in which the names stand everywhere."""
    from panah.cases import actions as cases

    case = desk.case("2026-014", f"Mr {NAME}", ["cat-3"], note=f"{NAME} calls from +49 (170) 1234567.")
    shelf = case.papers.name
    paper = desk.paper(
        f"In Ghulja, {NAME} was held. Ezimetning brother too.\n在伊宁。",
        shelf=shelf,
        path=f"{NAME}.txt",
        title=f"Letter of {NAME}",
    )
    desk.paper(
        b"\xff\xd8\xff\xe0 no text", shelf=shelf, path="ezimet.jpg", kind="image/jpeg", title="A photograph", read=False
    )
    cases.add_name(case=case, name=NAME, script="Latn", paper=paper, **desk.act)
    cases.record_statement(case=case, words=f"I am {NAME}, of Ghulja.", **desk.act)
    desk.fact(case, f"{NAME} was held in Ghulja.", supported_by=desk.quote(paper, f"{NAME} was held"))
    return case


def establish(desk, case):
    """The names in what establishes a fact, and in how it was told."""
    from panah.cases.method import actions as method
    from panah.cases.telling.actions import Held, Place, mark, put_contradiction, record_interview

    fact, told = case.facts.get(), case.statements.get()
    method.assess(fact=fact, indicator="CI.int", words=f"{NAME} says so.", statements=[told], **desk.act)
    method.take_account(case=case, factor="fear-for-relatives", words=f"{NAME} in Ghulja.", **desk.act)
    half = mark(case=case, a=Place(told, 0, 9), b=Place(told, 9, 16), **desk.act)
    put_contradiction(contradiction=half, put_at=f"To {NAME}", her_answer="I am of Ghulja.", **desk.act)
    record_interview(case=case, held=Held(place="Ghulja", present=NAME, objection="+49 170 1234567"), **desk.act)


@pytest.fixture
def profile(desk, case):
    return actions.keep_profile(case=case, called="court", entries=ENTRIES, **desk.act)


@pytest.fixture
def key():
    return KEY


@pytest.fixture
def reviewer(case, desk):
    other = join(name="Invented Reviewer", now=desk.now())
    admit(compartment=case.compartment, member=other, role=Role.REVIEWER, **desk.act)
    return other


def opened(asked, desk, **given):
    """What a recipient finds."""
    stored, plain = io.BytesIO(), io.BytesIO()
    lock = actions.lock_of(asked=asked, **given)
    age.encrypt(actions.hand_over(asked=asked, **desk.act), stored, lock)
    key = age.Passphrase(given["passphrase"]) if given else age.identities(IDENTITY)
    age.decrypt(io.BytesIO(stored.getvalue()), plain, key)
    return zipfile.ZipFile(plain)


def last_line():
    return LedgerLine.objects.order_by("-seq").first()


class TestRedactedCopy:
    def test_has_no_spelling_that_was_taken_out(self, desk, case, profile, key):
        """It may be the name of somebody whom no profile names."""
        from panah.cases.naming.actions import keep_spelling, take_out

        other = keep_spelling(case=case, name="Invented Clerk", script="Latn", **desk.act)
        take_out(name=other, reason="It is that of an Invented Clerk.", **desk.act)
        asked = actions.ask(case=case, wanted=Wanted(profile=profile), recipients=[key], **desk.act)
        copy = opened(asked, desk)
        assert "Invented Clerk" not in "\n".join(copy.read(name).decode() for name in copy.namelist())

    def test_holds_no_spelling_anywhere_and_placeholders_instead(self, desk, case, profile, key):
        establish(desk, case)
        asked = actions.ask(case=case, wanted=Wanted(profile=profile), recipients=[key], **desk.act)
        copy = opened(asked, desk)
        names = copy.namelist()
        assert names == ["copy/papers/001.txt", "copy/record.yaml", "copy/report.txt"]
        everything = "\n".join([*names, *(copy.read(name).decode() for name in names)])
        for spelling in ["Qurvanjan", "ezimet", "ghulja", "伊宁", "1234567"]:
            assert spelling not in everything.lower()
        person, place, contact = queries.redactor(profile).placeholders
        assert copy.read(names[0]).decode() == f"In {place}, {person} was held. {person} brother too.\n在{place}。"
        assert contact in copy.read("copy/record.yaml").decode()

    def test_carries_no_digest_or_size_or_place_of_an_original(self, desk, case, profile, key):
        establish(desk, case)
        copy = opened(actions.ask(case=case, wanted=Wanted(profile=profile), recipients=[key], **desk.act), desk)
        everything = b"\n".join(copy.read(name) for name in copy.namelist()).decode()
        assert "sha256" not in everything
        assert "start:" not in everything
        for document in case.papers.documents.all():
            assert document.original.digest.split(":")[1] not in everything

    def test_says_of_each_paper_what_was_replaced_and_what_was_left_out(self, desk, case, profile, key):
        copy = opened(actions.ask(case=case, wanted=Wanted(profile=profile), recipients=[key], **desk.act), desk)
        report = copy.read("copy/report.txt").decode()
        person = queries.redactor(profile).placeholders[0]
        assert f"{person} 2 times" in report
        assert "left out: it has no text that could be searched (image/jpeg)" in report
        assert "CANNOT PROMISE" in report

    def test_leaves_the_originals_as_they_are(self, desk, case, profile, key):
        from panah.vault.data_keys import store_of

        actions.ask(case=case, wanted=Wanted(profile=profile), recipients=[key], **desk.act)
        for document in case.papers.documents.all():
            content = store_of(case.compartment_id).content(proof.Digest(document.original.digest))
            assert proof.digest_of(content) == document.original.digest

    def test_of_a_pdf_holds_pictures_and_its_text(self, desk, case, profile, key):
        import typst

        content = typst.compile(f"The judge heard {NAME}.".encode(), format="pdf")
        desk.paper(content, shelf=case.papers.name, path="hearing.pdf", kind=PDF, title="Hearing")
        copy = opened(actions.ask(case=case, wanted=Wanted(profile=profile), recipients=[key], **desk.act), desk)
        person = queries.redactor(profile).placeholders[0]
        assert copy.read("copy/papers/003.txt").decode() == f"The judge heard {person}."
        assert copy.read("copy/papers/003.pdf").startswith(b"%PDF-1.5")

    def test_is_refused_where_nothing_of_the_profile_stands_in_the_case(self, desk, case, key):
        profile = actions.keep_profile(case=case, called="x", entries=[(Kind.PERSON, ["Nobody Atall"])], **desk.act)
        originals = Original.objects.count()
        with pytest.raises(NothingReplaced):
            actions.ask(case=case, wanted=Wanted(profile=profile), recipients=[key], **desk.act)
        assert Original.objects.count() == originals

    def test_is_refused_where_a_placeholder_stands_in_the_case_already(self, desk, case, profile, key):
        desk.fact(case, f"The letter says {queries.redactor(profile).placeholders[0]}.")
        with pytest.raises(PlaceholderTaken):
            actions.ask(case=case, wanted=Wanted(profile=profile), recipients=[key], **desk.act)

    def test_by_the_profile_of_another_case_is_refused(self, desk, case, profile, key):
        other = desk.case("2026-015", "Ms Other")
        with pytest.raises(OfAnotherCase):
            actions.ask(case=other, wanted=Wanted(profile=profile), recipients=[key], **desk.act)

    def test_keeps_its_key_inside_also_when_the_profile_changes(self, desk, case, profile, key):
        asked = actions.ask(case=case, wanted=Wanted(profile=profile), recipients=[key], **desk.act)
        before = queries.redactor(profile).placeholders
        actions.keep_profile(case=case, called="court", entries=ENTRIES, profile=profile, **desk.act)
        asked.refresh_from_db()
        assert list(json.loads(asked.report)["key"]) == before


class TestPreview:
    def test_tells_where_each_entry_stands_and_what_it_misses(self, desk, case, profile):
        seen = preview(case, desk.member, queries.redactor(profile))
        person, place, contact = seen.standing
        assert person.papers == [(f"Letter of {NAME}", 2)]
        assert (place.total, contact.total) == (4, 1)
        assert seen.missed == []
        assert seen.unsearched == ["A photograph"]

    def test_names_longer_words_and_names_that_the_profile_does_not_have(self, desk, case):
        profile = actions.keep_profile(case=case, called="x", entries=[(Kind.PERSON, ["Ezimet"])], **desk.act)
        seen = preview(case, desk.member, queries.redactor(profile))
        assert seen.inside == {"Ezimetning": 1}


class TestHandOver:
    def test_an_export_is_the_folder_of_the_case(self, desk, case, key):
        content = opened(actions.ask(case=case, wanted=Wanted(), recipients=[key], **desk.act), desk)
        assert "2026-014/case.yaml" in content.namelist()
        assert NAME in content.read("2026-014/case.yaml").decode()

    def test_a_dossier_is_its_bundle_byte_for_byte(self, desk, case, key):
        sealed = desk.seal(case)
        asked = actions.ask(case=case, wanted=Wanted(dossier=sealed), recipients=[key], **desk.act)
        assert asked.content == sealed.bundle
        assert opened(asked, desk).namelist()[0].startswith("panah-2026-014")

    def test_to_a_passphrase_which_is_kept_nowhere(self, desk, case, profile):
        asked = actions.ask(case=case, wanted=Wanted(profile=profile), passphrase=True, **desk.act)
        assert opened(asked, desk, passphrase="six invented words").namelist()

    def test_is_entered_with_digests_and_no_names_or_keys(self, desk, case, profile, key):
        asked = actions.ask(case=case, wanted=Wanted(profile=profile), recipients=[key], reason=NAME, **desk.act)
        opened(asked, desk)
        line = last_line()
        assert line.verb == "handed over"
        assert line.details["content"] == asked.content.digest
        assert line.details["recipients"] == [proof.digest_of(key.encode())]
        assert key not in json.dumps(line.details)
        assert "Ezimet" not in json.dumps(line.details)

    def test_happens_once(self, desk, case, key):
        asked = actions.ask(case=case, wanted=Wanted(), recipients=[key], **desk.act)
        opened(asked, desk)
        with pytest.raises(actions.HandedOverBefore):
            actions.hand_over(asked=asked, **desk.act)

    @pytest.mark.parametrize("to", [{}, {"recipients": ["age1x"], "passphrase": True}, {"recipients": ["  "]}])
    def test_needs_recipients_or_a_passphrase_and_not_both(self, desk, case, to):
        with pytest.raises(actions.NobodyToReceive):
            actions.ask(case=case, wanted=Wanted(), **to, **desk.act)

    def test_to_something_that_is_no_key_is_refused_before_anything_is_made(self, desk, case):
        originals = Original.objects.count()
        with pytest.raises(age.RecipientUnreadable):
            actions.ask(case=case, wanted=Wanted(), recipients=["age1nonsense"], **desk.act)
        assert Original.objects.count() == originals

    @pytest.mark.parametrize("role", [Role.READER, Role.REVIEWER])
    def test_is_for_those_who_may_export(self, desk, case, profile, key, role):
        other = join(name="Another Invented", now=desk.now())
        admit(compartment=case.compartment, member=other, role=role, **desk.act)
        with pytest.raises(NotAllowed):
            actions.ask(case=case, wanted=Wanted(), recipients=[key], by=other, now=desk.now())
        with pytest.raises(NotAllowed):
            actions.keep_profile(case=case, called="x", entries=ENTRIES, by=other, now=desk.now())
        assert not queries.profiles(other, case)

    def test_for_a_stranger_there_is_nothing(self, desk, case, profile, key):
        stranger = join(name="A Stranger", now=desk.now())
        asked = actions.ask(case=case, wanted=Wanted(), recipients=[key], **desk.act)
        act = {"by": stranger, "now": desk.now()}
        assert not queries.profiles(stranger, case)
        assert not queries.hand_overs(stranger, case)
        for attempt in (
            lambda: actions.ask(case=case, wanted=Wanted(), recipients=[key], **act),
            lambda: actions.hand_over(asked=asked, **act),
            lambda: actions.look_at(asked=asked, **act),
            lambda: actions.decide(asked=asked, approve=True, why="", **act),
            lambda: actions.demand_approval(case=case, demanded=True, **act),
        ):
            with pytest.raises((CompartmentUnknown, NotAllowed)):
                attempt()


class TestApproval:
    @pytest.fixture
    def asked(self, desk, case, profile, key):
        actions.demand_approval(case=case, demanded=True, **desk.act)
        return actions.ask(case=case, wanted=Wanted(profile=profile), recipients=[key], reason="hearing", **desk.act)

    def approved(self, asked, reviewer, desk, *, approve=True):
        actions.decide(asked=asked, approve=approve, why="read it", by=reviewer, now=desk.now())

    def test_lets_exactly_what_was_asked_for_leave(self, desk, case, asked, reviewer):
        content = b"".join(actions.look_at(asked=asked, by=reviewer, now=desk.now()))
        self.approved(asked, reviewer, desk)
        desk.fact(case, f"{NAME}: written after the approval.")
        assert proof.digest_of(content) == asked.content.digest
        assert "after the approval" not in opened(asked, desk).read("copy/record.yaml").decode()

    def test_is_waited_for(self, desk, asked):
        with pytest.raises(actions.NotApproved):
            actions.hand_over(asked=asked, **desk.act)

    def test_nobody_approves_their_own(self, desk, asked):
        with pytest.raises(actions.NotYours):
            actions.decide(asked=asked, approve=True, why="", **desk.act)

    def test_what_was_declined_stays(self, desk, asked, reviewer):
        self.approved(asked, reviewer, desk, approve=False)
        with pytest.raises(actions.NotApproved):
            actions.hand_over(asked=asked, **desk.act)

    def test_is_decided_once(self, desk, asked, reviewer):
        self.approved(asked, reviewer, desk, approve=False)
        with pytest.raises(actions.AlreadyDecided):
            self.approved(asked, reviewer, desk)

    @pytest.mark.parametrize(("days", "leaves"), [(6, True), (8, False)])
    def test_holds_for_seven_days(self, desk, asked, reviewer, days, leaves):
        self.approved(asked, reviewer, desk)
        later = {"by": desk.member, "now": desk.now() + timedelta(days=days)}
        if leaves:
            actions.hand_over(asked=asked, **later)
        else:
            with pytest.raises(actions.NotApproved):
                actions.hand_over(asked=asked, **later)

    def test_that_was_demanded_since_is_needed_too(self, desk, case, key):
        asked = actions.ask(case=case, wanted=Wanted(), recipients=[key], **desk.act)
        actions.demand_approval(case=case, demanded=True, **desk.act)
        with pytest.raises(actions.NotApproved):
            actions.hand_over(asked=asked, **desk.act)

    def test_no_other_way_out_is_left_open(self, desk, case, asked, tmp_path):
        with pytest.raises(ApprovalNeeded):
            desk.exported(case, tmp_path / "out")

    def test_is_demanded_by_a_lead(self, case, desk, reviewer):
        with pytest.raises(NotAllowed):
            actions.demand_approval(case=case, demanded=False, by=reviewer, now=desk.now())

    def test_each_step_is_entered(self, desk, asked, reviewer):
        self.approved(asked, reviewer, desk)
        opened(asked, desk)
        lines = list(LedgerLine.objects.order_by("-seq").values_list("verb", "by")[:5])
        assert lines[0] == ("handed over", desk.member.name)
        assert lines[1] == ("approved", "Invented Reviewer")
        assert ("asked to hand over", desk.member.name) in lines


class TestRelatives:
    def test_go_with_the_case_and_never_with_a_redacted_copy(self, desk, case, profile):
        from panah.cases.actions import add_relative

        add_relative(case=case, name="Zorigul Invented", relation="His sister", **desk.act)
        for wanted, there in ((Wanted(), True), (Wanted(profile=profile), False)):
            asked = actions.ask(case=case, wanted=wanted, recipients=[KEY], **desk.act)
            with zipfile.ZipFile(io.BytesIO(b"".join(actions.look_at(asked=asked, **desk.act)))) as packed:
                inside = b"".join(packed.read(name) for name in packed.namelist())
            assert (b"Zorigul" in inside) is there
            assert (b"His sister" in inside) is there
