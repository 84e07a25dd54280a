"""A case that is exported, imported elsewhere and exported again is the same, byte for byte."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from panah import law
from panah.cases import actions, queries
from panah.cases.evidence.actions import describe, lay
from panah.cases.evidence.laid import Place as Element
from panah.cases.folder import FolderTaken, export_case
from panah.cases.method import actions as method
from panah.cases.models import Case, Search, Verdict
from panah.cases.procedure import actions as procedure
from panah.cases.refusal import actions as refusal
from panah.cases.research.actions import keep, open_from, use_from
from panah.cases.research.record import Asked, Put
from panah.cases.telling import actions as telling
from panah.cases.telling.actions import Judgement, Place
from panah.law import Acceptance, Box, Judged, Mode, Presence, Stance
from panah.law.checklist import Proposal, Status
from panah.library.actions import supersede
from panah.library.models import Document, Quotation
from support.depth import tried
from support.spelled import say_of_names
from support.workbench import DEMO, tree

YAMLISH = [
    "yes", "null", "~", "- a\n- b", "a: b", "# no comment", "|", ">-", "%TAG", "&a *a", "!!int 7", "{a: [b", "0x1f", "=",
    "<<", "---", "...", "'", '"', "'''", '\\"', "2026-11-23", "1:30", "? what", "@ at", "`tick`", "a #b", "a:", ": a",
]  # fmt: skip
MANY_LINES = "First.\n\nSecond, after an empty line.\n  Indented.\n\tA tab.\n\n\nLast — “so”."
RIGHT_TO_LEFT = "مېنىڭ ئىسمىم ئايپەرى.\n\n«قانچە كۈنلۈك؟» دەپ سورىدىم. می‌خواهم"
EMOJI = "🕊 👩🏽‍⚖️ 𠀋 𝕬"
LONG = "word " * 400 + "\n" + "x" * 500
WORDS = [MANY_LINES, RIGHT_TO_LEFT, EMOJI, LONG, *YAMLISH]
QUOTED = ("  Two spaces before.", EMOJI, "Indented.\n\tA tab.\n\n\nLast", "«قانچە كۈنلۈك؟»", "\n\n  Two", "می‌خواهم")
CAT = law.framework("cat-3").claims


@pytest.fixture
def twice(desk, tmp_path):
    """Export a case, forget everything, import it and export it again: the files of both exports."""

    def twice(make) -> tuple[dict[str, bytes], dict[str, bytes]]:
        name = len(list(tmp_path.iterdir()))
        with transaction.atomic():
            first = tree(desk.exported(make(), tmp_path / f"{name}-first"))
            transaction.set_rollback(True)
        with transaction.atomic():
            second = tree(desk.exported(desk.imported(tmp_path / f"{name}-first"), tmp_path / f"{name}-second"))
            transaction.set_rollback(True)
        return first, second

    return twice


def find(desk, case, **said):
    said = {"framework_id": "cat-3", "element_id": CAT[0].id, "words": "Yes.", "reasons": "So.", **said}
    return actions.find(case=case, **said, **desk.act)


def with_everything(desk) -> Case:
    """A case with something in every place where something can stand."""
    shelf = "Case 2026-014"
    case = desk.case("2026-014", "Ayşe “A.” ئا", ["cat-3"], note=MANY_LINES)
    letter = desk.paper(
        f"{RIGHT_TO_LEFT}\n\n  Two spaces before.\n\n{EMOJI}\n\n{MANY_LINES}", shelf=shelf, path="خەت №1.txt",
        title="- خەت: #1", source="'Nobody'", date="2019-05~", language="ug-Arab", url="https://nobody.example/a?b=c#d", licence="~",
    )  # fmt: skip
    broken = desk.paper(b"\x00\x01\x02 not a paper", shelf=shelf, path="scan.bin", kind="application/octet-stream")
    report = desk.paper("A report.\n\nIt says so.", path="../reports/report", title="Report", source="Invented Desk")
    actions.add_name(case=case, name="ئايپەرى خىيال", script="Arab", paper=letter, **desk.act)
    actions.add_name(case=case, name="Ayperi Xiyal", script="Latn", **desk.act)
    say_of_names(desk, case, letter, "ئايپەرى", MANY_LINES)
    actions.add_relative(case=case, name="- زورىگۈل: #1", relation="~", whereabouts="null", note=MANY_LINES, **desk.act)
    actions.add_relative(case=case, relation="An uncle", **desk.act)
    describe(case=case, words={"group": "ئۇيغۇر\n- 维吾尔", "place": "~"}, **desk.act)
    search = keep(case=case, through=Search.Through.FINDER, asked=Asked((Put((MANY_LINES, "~"), 0),)), **desk.act)
    open_from(search=search, document=letter, **desk.act)
    use_from(search=search, document=report, words=EMOJI, **desk.act)
    for words in WORDS:
        actions.record_statement(case=case, words=words, told_on="2024-05~", occasion="Malmö: “first”", **desk.act)
    told = actions.record_statement(case=case, paper=letter, language="ug", interpreter="- none", **desk.act)
    quotations = [desk.quote(letter, words) for words in QUOTED] + [desk.quote(report, "It says so.")]
    for stance, quotation in zip(list(Stance) * 3, quotations, strict=False):
        fact = desk.fact(case, f"Fact {quotation.start}", statement=told, supported_by=quotation, stance=stance)
        actions.weigh(fact=fact, boxes=dict(zip(Box, WORDS, strict=False)), **desk.act)
    against = actions.support(fact=fact, stance=Stance.CONTRADICTS, paper=broken, note=MANY_LINES, **desk.act)
    actions.put_to_applicant(support=against, put_at="Second interview: 6", her_answer=RIGHT_TO_LEFT, **desk.act)
    for words in WORDS:
        find(desk, case, words=words, reasons=words, quotations=quotations, facts=case.facts.all())
    for quotation in quotations:
        lay(case=case, place=Element("cat-3", CAT[1].id), quotation=quotation, **desk.act)
    establish(desk, case, quotations, [letter, broken])
    proceed(desk, case, quotations, search)
    refuse(desk, case, letter, [quotations[-1], report])
    return case


def refuse(desk, case, decision, cited) -> None:
    """Reasons that were marked, replaced and withdrawn in a decision, and verdicts of each kind, with all they can have."""
    quotation, report = cited
    fact = case.facts.filter(supports__stance=Stance.CONTRADICTS).order_by("number").last()
    about = refusal.About(
        note=MANY_LINES, concludes=Acceptance.NOT_ACCEPTED, bare=True, elements=[Element("cat-3", each.id) for each in CAT[:2]],
        facts=case.facts.all()[:2], contradictions=case.contradictions.all(), supports=fact.supports.all(), papers=[report],
    )  # fmt: skip
    first = refusal.mark(case=case, decision=decision, words=EMOJI, about=about, **desk.act)
    refusal.mark(case=case, decision=decision, words="می‌خواهم", number=first.number, **desk.act)
    gone = refusal.mark(case=case, decision=decision, words="«قانچە كۈنلۈك؟»", **desk.act)
    refusal.withdraw_mark(reason=gone, **desk.act)
    rests_on = refusal.RestsOn(
        [first.quotation, quotation], list(case.procedure_records.all()), list(case.facts.all()[:2]), [report]
    )
    about_each = [
        f"paper-not-mentioned:{report.pk}",
        f"contradiction-not-put:{fact.supports.first().pk}",
        "discretion:7",
    ]
    for defect, outcome in zip(about_each, Verdict.Outcome, strict=True):
        for words in WORDS[:3]:
            ruled = refusal.Ruled(defect, words, words, outcome, words, words, words)
            refusal.keep_verdict(case=case, decision=decision, ruled=ruled, rests_on=rests_on, **desk.act)


def establish(desk, case, quotations, papers) -> None:
    """What establishes the last fact, where places differ, and an interview, each with everything that it can have."""
    fact, told = case.facts.order_by("number").last(), list(case.statements.exclude(words="").order_by("number"))
    for words in WORDS[:4]:
        method.assess(
            fact=fact, indicator="CI.int", words=words, quotations=quotations, statements=told[:2], **desk.act
        )
        method.conclude(fact=fact, accepted=Acceptance.NOT_ACCEPTED, reasons=words, past_harm=True, **desk.act)
        method.seek_explanation(fact=fact, put_at="- 00:12:30", asked=words, her_answer=words, **desk.act)
        method.take_account(case=case, factor="trauma", words=words, statement=told[0], **desk.act)
    method.take_account(case=case, factor="age", words="~", **desk.act)
    method.take_inventory(
        case=case, slot="routes", presence=Presence.EXPLAINED, words="null", papers=papers, **desk.act
    )
    method.take_inventory(case=case, slot="age", presence=Presence.ABSENT, **desk.act)
    one, other = Place(told[0], 2, 9), Place(told[1], 0, 0)
    put = telling.mark(
        case=case, a=one, b=other, judgement=Judgement(Judged.CONTRADICTION, False, "~", fact), **desk.act
    )
    telling.put_contradiction(contradiction=put, put_at="'- yes'", her_answer=RIGHT_TO_LEFT, **desk.act)
    telling.mark(case=case, a=one, b=quotations[0], **desk.act)
    said = {"place": "~", "objection": MANY_LINES, "interviewer": "# A", "present": "null", "corrections": EMOJI}
    tongues = {
        "preferred_language": "ug", "preferred_dialect": "- k", "interpreter_language": "no", "interpreter_dialect": "~",
    }  # fmt: skip
    held = telling.Held(
        statement=told[0], held_on="2024-05~", mode=Mode.REMOTE, interpreter_sex="female", recording=papers[1],
        transcript=papers[0], read_back=False, **said, **tongues,
    )  # fmt: skip
    telling.record_interview(case=case, held=held, **desk.act)
    telling.record_interview(case=case, held=telling.Held(read_back=True), **desk.act)


def proceed(desk, case, quotations, search) -> None:
    """Records that were replaced and taken away, answers that rest on everything, and proposals that were set aside."""
    letter, broken = case.papers.documents.order_by("path")[:2]
    child = procedure.keep_record(
        case=case, kind="child", said={"who": MANY_LINES, "heard": "no"}, paper=broken, **desk.act
    )
    procedure.keep_record(case=case, kind="child", number=1, said={"who": EMOJI}, **desk.act)
    event = procedure.keep_record(
        case=case, kind="event", said={"what": "made", "place": "~"}, paper=letter, **desk.act
    )
    procedure.take_away_record(record=event, **desk.act)
    harm = procedure.keep_record(case=case, kind="past-harm", said={"what": RIGHT_TO_LEFT, "fact": "1"}, **desk.act)
    citing = procedure.Citing(quotations, [child, harm, event], case.facts.all(), [letter, broken], [search])
    for number, words in enumerate(WORDS):
        procedure.answer(
            case=case, item=f"C{number % 3 + 1}", status=list(Status)[number % 5], words=words, reason=words,
            nothing_found=words if number % 2 else "", citing=citing,
            proposal=Proposal("C1", Status.UNKNOWN, words) if number % 4 else None, **desk.act,
        )  # fmt: skip
    procedure.keep_dismissal(case=case, item="E15", proposed=MANY_LINES, reason=RIGHT_TO_LEFT, **desk.act)


class TestRoundTrip:
    def test_of_the_demonstration_through_another_workspace(self, desk, panah, tmp_path):
        first = desk.exported(desk.imported(), tmp_path / "first")
        panah.does("case", "import", first)
        panah.does("case", "export", "2026-001", tmp_path / "second")
        assert tree(tmp_path / "second") == tree(first)
        assert len(tree(first)) == 58
        assert panah.does("ledger", "verify").out.startswith("OK: ")

    def test_of_a_case_with_everything(self, desk, twice):
        first, second = twice(lambda: with_everything(desk))
        assert second == first

    def test_gives_the_papers_back_as_they_were(self, desk, tmp_path):
        exported = tree(desk.exported(desk.imported(), tmp_path / "first"))
        papers = {content for name, content in exported.items() if name.startswith("papers/")}
        assert papers == set(tree(DEMO / "papers").values())

    def test_of_several_versions_of_which_the_newer_is_not_cited(self, desk, twice):
        def make():
            case = desk.case("V", frameworks=["cat-3"])
            versions = [
                desk.paper(f"She was held in 20{n}.", title=f"Edition {n}", path=f"{n}.txt") for n in (18, 19, 20)
            ]
            supersede(older=versions[0], newer=versions[1], **desk.act)
            supersede(older=versions[1], newer=versions[2], **desk.act)
            desk.fact(case, supported_by=desk.quote(versions[0], "held in 2018"))
            return case

        first, second = twice(make)
        assert second == first
        assert first["case.yaml"].count(b"supersedes: ") == 2

    def test_of_words_that_were_quoted_in_another_order_than_they_are_used(self, desk, twice):
        def make():
            case = desk.case("Q", frameworks=["cat-3"])
            paper = desk.paper("One. Two.")
            one, two = desk.quote(paper, "One."), desk.quote(paper, "Two.")
            desk.fact(case, supported_by=two)
            find(desk, case, quotations=[one, two])
            return case

        first, second = twice(make)
        assert second == first

    def test_of_a_case_under_no_law(self, desk, twice):
        first, second = twice(lambda: desk.case("N"))
        assert second == first

    def test_of_papers_that_only_a_statement_or_a_name_stands_in(self, desk, twice):
        def make():
            case = desk.case("P", frameworks=["cat-3"])
            told, named = desk.paper("I was held.", path="told.txt"), desk.paper("Ayperi Xiyal", path="named.txt")
            actions.record_statement(case=case, paper=told, **desk.act)
            actions.add_name(case=case, name="Ayperi Xiyal", script="Latn", paper=named, **desk.act)
            return case

        first, second = twice(make)
        assert second == first
        assert sum(name.startswith("papers/") for name in first) == 2

    @pytest.mark.parametrize(
        "called",
        ["A  B", "A\u00a0B", "第一\u3000位", "ئا\u200fB", "\u2068ئايپەرى\u2069 A.", "می\u200cخواهم", "co\u00adoperative", "👩🏽\u200d⚖️", "é e\u0301"],
        ids=["two spaces", "no-break space", "ideographic space", "mark of direction", "isolates", "joiner", "soft hyphen", "emoji", "accents"],
    )  # fmt: skip
    def test_of_what_people_type_on_one_line(self, desk, twice, called):
        def make():
            case = desk.case("L", called, frameworks=["cat-3"])
            actions.add_name(case=case, name=called, script="Latn", **desk.act)
            actions.record_statement(case=case, words="So.", occasion=called, interpreter=called, **desk.act)
            desk.fact(case, supported_by=desk.paper("So.", title=called, shelf=called), stance="silent")
            return case

        first, second = twice(make)
        assert second == first
        assert yaml_says(first, called)

    @pytest.mark.parametrize(
        "character", ["\x0c", "\x1b", "\x85", "\u2028", "\u2029", "\ufeff", "\u202e", "\ufffd", "\U0010ffff"]
    )
    def test_of_a_quotation_with_an_odd_character(self, desk, twice, character):
        def make():
            case = desk.case("O", frameworks=["cat-3"])
            paper = desk.paper(f"She was{character}held.")
            desk.fact(case, f"She{character}was.", supported_by=desk.quote(paper, f"was{character}held."))
            return case

        first, second = twice(make)
        assert second == first

    @settings(max_examples=tried(8), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        words=st.lists(
            st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), min_size=1), max_size=3
        )
    )
    def test_of_any_words(self, desk, twice, words):
        def make():
            case = desk.case("W", frameworks=["cat-3"], note=words[0] if words else "")
            for said in filter(str.strip, words):
                actions.record_statement(case=case, words=said, **desk.act)
                fact = desk.fact(case, said)
                actions.weigh(fact=fact, boxes=dict.fromkeys(Box, said), **desk.act)
                find(desk, case, words=said, reasons=said)
            return case

        first, second = twice(make)
        assert second == first


class TestFindings:
    def test_the_one_that_stands_still_stands_where_a_clock_was_wrong(self, desk, tmp_path):
        case = desk.case("C", frameworks=["cat-3"])
        find(desk, case, words="First.", written_at=datetime(2027, 1, 1, tzinfo=UTC))
        find(desk, case, words="Second.")
        imported = desk.imported(desk.exported(case, tmp_path / "first"), reference="D")
        assert [finding.words for finding in queries.findings(imported)] == ["Second."]

    def test_keep_their_authors_and_times(self, desk, tmp_path):
        case = desk.case("C", frameworks=["cat-3"])
        earlier = desk.now() - timedelta(days=7)
        find(desk, case, author="Counsel", written_at=earlier)
        imported = desk.imported(desk.exported(case, tmp_path / "first"), reference="D")
        assert [(found.by, found.written_at) for found in imported.findings.all()] == [("Counsel", earlier)]


class TestReadings:
    def test_the_reading_that_came_is_kept_where_another_text_is_read_here(self, desk, tmp_path):
        case = desk.case("R", frameworks=["cat-3"])
        desk.fact(case, supported_by=desk.quote(desk.paper("She was held."), "She was held."))
        first = desk.exported(case, tmp_path / "first")
        (paper,) = (first / "papers").iterdir()
        paper.write_bytes(b"Something else altogether.")
        imported = desk.imported(first, reference="S")
        quotation = Quotation.objects.get(supports__fact__case=imported)
        assert quotation.words == "She was held."
        assert quotation.reading.options["imported"] == "true"
        assert quotation.document.reading != quotation.reading

    def test_a_quotation_from_an_older_reading_travels_with_it(self, desk, tmp_path):
        case = desk.case("R", frameworks=["cat-3"])
        desk.fact(case, supported_by=desk.quote(desk.paper("She was held."), "She was held."))
        first = desk.exported(case, tmp_path / "first")
        (paper,) = (first / "papers").iterdir()
        paper.write_bytes(b"Something else altogether.")
        second = desk.exported(desk.imported(first, reference="S"), tmp_path / "second")
        assert len(list((second / "readings").iterdir())) == 4
        again = desk.imported(second, reference="T")
        assert Quotation.objects.get(supports__fact__case=again).words == "She was held."


class TestExport:
    def test_comes_whole_or_not_at_all(self, desk, case, tmp_path):
        desk.paper("A letter.", shelf="Case 2026-014")
        lost = Document.objects.get()
        from panah.vault.models import Original
        from panah.vault.store import ObjectMissing

        lost.original = Original.objects.create(
            compartment=lost.compartment, digest=lost.reading.digest.replace("a", "b"), size=1,
            key=lost.original.key, media_type="text/plain", first_received=desk.now(),
        )  # fmt: skip
        lost.save()
        with pytest.raises(ObjectMissing):
            desk.exported(case, tmp_path / "case")
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("kind", ["folder", "file", "link to nothing"])
    def test_writes_over_nothing(self, desk, case, tmp_path, kind):
        target = tmp_path / "case"
        {"folder": target.mkdir, "file": target.touch, "link to nothing": lambda: target.symlink_to("nowhere")}[kind]()
        with pytest.raises(FolderTaken, match="nothing was written into it"):
            export_case(case, target, **desk.act)

    def test_only_its_owner_may_look_into_it(self, desk, case, tmp_path):
        desk.paper("A letter.", shelf="Case 2026-014")
        folder = desk.exported(case, tmp_path / "case")
        assert {path.stat().st_mode & 0o077 for path in [folder, *folder.rglob("*")]} == {0}

    @pytest.mark.parametrize(
        ("path", "name"),
        [
            ("../../etc/passwd", "001-passwd"), ("a/b/خەت №1.txt", "001-خەت--1.txt"), (".hidden", "001-hidden"),
            ("a\u202etxt.exe", "001-a-txt.exe"), ("x" * 300 + ".pdf", "001-" + "x" * 80 + ".pdf"), ("…", "001-paper"), ("-rf", "001-rf"),
            ("a\nb.txt", "001-a-b.txt"), ("خ" * 300, "001-" + "خ" * 40), ("a." + "b" * 99, "001-a." + "b" * 12), ("a\\b:c*?.txt", "001-a-b-c--.txt"),
        ],
    )  # fmt: skip
    def test_names_papers_so_that_any_file_system_can_have_them(self, desk, case, tmp_path, path, name):
        desk.paper("A letter.", shelf="Case 2026-014", path=path)
        folder = desk.exported(case, tmp_path / "case")
        assert [paper.name for paper in (folder / "papers").iterdir()] == [name]


def yaml_says(files: dict[str, bytes], called: str) -> bool:
    from panah.cases.folder.reading import read_case_file

    return read_case_file(files["case.yaml"]).called == called
