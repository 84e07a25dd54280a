"""A folder becomes a case: whole, with its papers read and its quotations compared, or not at all."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from panah.cases.actions import ReferenceUnusable
from panah.cases.folder import CaseFileBroken, PaperMissing, PaperOutside
from panah.cases.folder.importing import LARGEST_CASE_FILE, CaseFileTooLarge
from panah.cases.folder.texts import ReadingUnfit
from panah.cases.models import Case, Fact, Finding, Name, Statement
from panah.errors import PanahError
from panah.library.actions import NotReadYet, WordsDiffer, WordsTwice
from panah.library.models import Document, Quotation
from panah.team import queries as team
from support.entered import entered

HEAD = "panah: case/1\ncalled: Ms A.\nframeworks: [cat-3]\n"
PAPER = "papers:\n- file: papers/a.txt\n"
TEXT = "She was held in 2018. She was struck. She was struck."


@pytest.fixture
def folder(tmp_path):
    """A folder with one paper; a test writes its case.yaml."""
    (tmp_path / "case" / "papers").mkdir(parents=True)
    (tmp_path / "case" / "papers" / "a.txt").write_text(TEXT)
    return tmp_path / "case"


@pytest.fixture
def case_of(desk, folder):
    def case_of(rest: str, **said):
        (folder / "case.yaml").write_text(HEAD + rest)
        return desk.imported(folder, **said)

    return case_of


@pytest.fixture
def nothing_is_left():
    """No case is there when the test ends, and nothing of one; the ledger is whole."""
    yield
    assert [
        model.__name__ for model in (Case, Name, Statement, Fact, Finding, Quotation) if model.objects.exists()
    ] == []
    assert not entered(kind="case").exists()
    assert team.first_broken_line() is None


def quoting(words: str, more: str = "") -> str:
    quote = f"{{paper: papers/a.txt, words: {json.dumps(words)}{more}}}"
    return f"{PAPER}facts:\n- words: So.\n  supports:\n  - {{stance: supports, quote: {quote}}}\n"


class TestQuotes:
    def test_stand_where_they_stand_once(self, case_of):
        case = case_of(quoting("in 2018"))
        quotation = Quotation.objects.get(supports__fact__case=case)
        assert (quotation.start, quotation.end, quotation.words) == (13, 20, "in 2018")

    def test_stand_where_the_file_says(self, case_of):
        case_of(quoting("She was struck.", ", start: 38"))
        assert Quotation.objects.get().start == 38

    @pytest.mark.parametrize(
        ("words", "more", "error"),
        [
            ("in 2019", "", WordsDiffer), ("she was held", "", WordsDiffer), ("", "", WordsDiffer), (" ", "", WordsDiffer),
            ("in 2018", ", start: 12", WordsDiffer), ("in 2018", ", start: 999999999999999", WordsDiffer),
            ("She was struck.", "", WordsTwice), ("in\u00a02018", "", WordsDiffer),
        ],
    )  # fmt: skip
    def test_that_are_wrong_import_nothing(self, case_of, nothing_is_left, words, more, error):
        with pytest.raises(error):
            case_of(quoting(words, more))

    def test_from_a_paper_that_cannot_be_read_import_nothing(self, case_of, folder, nothing_is_left):
        (folder / "papers" / "a.txt").write_bytes(bytes(range(256)))
        with pytest.raises(NotReadYet):
            case_of(quoting("ABC"))
        assert Document.objects.get().state == "refused"


class TestNothingHalfImported:
    BEFORE = "names:\n- {name: Ayperi, script: Latn}\nstatements:\n- words: So.\n"

    @pytest.mark.parametrize(
        "rest",
        [
            BEFORE + quoting("in 2019"),
            BEFORE + quoting("in 2018") + "findings:\n- {framework: cat-3, element: CAT3.2, words: ' ', facts: [1]}\n",
            BEFORE + "facts:\n- words: ' '\n",
            BEFORE + "- occasion: Nowhere\n",
            BEFORE + quoting("in 2018") + "  - {stance: silent, quote: {paper: papers/a.txt, words: in 2018}}\n",
        ],
        ids=["words that differ", "a finding without words", "a fact without words", "an empty statement", "a support twice"],
    )  # fmt: skip
    def test_a_mistake_anywhere_undoes_everything_but_the_papers(self, case_of, nothing_is_left, rest):
        with pytest.raises(PanahError) as refused:
            case_of(rest)
        assert refused.value.status < 500

    def test_a_mistake_in_the_file_is_found_before_any_paper_is_taken_in(self, case_of, nothing_is_left):
        with pytest.raises(CaseFileBroken):
            case_of(PAPER + "colour: red\n")
        assert not Document.objects.exists()

    @pytest.mark.parametrize("reference", ["a/b", "..", "a b"])
    def test_so_is_an_unusable_reference(self, case_of, nothing_is_left, reference):
        with pytest.raises(ReferenceUnusable):
            case_of(PAPER, reference=reference)
        assert not Document.objects.exists()

    def test_an_interrupted_import_can_be_run_again(self, case_of):
        with pytest.raises(WordsDiffer):
            case_of("reference: R\n" + quoting("in 2019"))
        assert case_of("reference: R\n" + quoting("in 2018")).facts.count() == 1
        assert Document.objects.count() == 1


class TestHostileFolders:
    @pytest.mark.parametrize("file", ["../outside.txt", "/etc/hostname", "papers/../../outside.txt", ".."])
    def test_a_path_that_leads_out_is_refused(self, case_of, folder, nothing_is_left, file):
        (folder.parent / "outside.txt").write_text("A secret.")
        with pytest.raises(PaperOutside, match="does not lie in the folder"):
            case_of(f"papers:\n- file: {file}\n")
        assert not Document.objects.exists()

    @pytest.mark.parametrize("leads", ["papers/a.txt", "../outside.txt", "/etc/hostname", "nowhere", "papers/link.txt"])
    def test_a_link_is_refused_wherever_it_leads(self, case_of, folder, nothing_is_left, leads):
        (folder.parent / "outside.txt").write_text("A secret.")
        (folder / "papers" / "link.txt").symlink_to(folder / leads)
        with pytest.raises(PaperOutside, match="is a link"):
            case_of("papers:\n- file: papers/link.txt\n")

    @pytest.mark.parametrize("leads", ["papers", "/etc"])
    def test_a_path_through_a_link_is_refused(self, case_of, folder, nothing_is_left, leads):
        (folder / "more").symlink_to(folder / leads)
        name = next(path.name for path in (folder / leads).iterdir() if path.is_file())
        with pytest.raises(PaperOutside):
            case_of(f"papers:\n- file: more/{name}\n")

    @pytest.mark.parametrize(
        "file", ["papers/b.txt", "papers", ".", "papers/a.txt/b", "papers/" + "a" * 5000, "papers/pipe"]
    )
    def test_a_paper_that_is_not_there_is_named(self, case_of, folder, nothing_is_left, file):
        os.mkfifo(folder / "papers" / "pipe")
        with pytest.raises(PaperMissing, match="cannot be read in the folder"):
            case_of(f"papers:\n- file: {file}\n")

    def test_one_missing_paper_leaves_the_others_untouched(self, case_of, nothing_is_left):
        with pytest.raises(PaperMissing, match=r"papers/b\.txt"):
            case_of(PAPER + "- file: papers/b.txt\n")
        assert not Document.objects.exists()

    @pytest.mark.parametrize("kind", ["nothing", "folder", "pipe"])
    def test_a_folder_without_a_case_is_refused(self, desk, folder, nothing_is_left, kind):
        file = folder / "case.yaml"
        {"nothing": Path, "folder": file.mkdir, "pipe": lambda: os.mkfifo(file)}[kind]()
        with pytest.raises(PaperMissing, match=r"case\.yaml cannot be read"):
            desk.imported(folder)

    def test_a_case_file_that_is_a_link_is_refused(self, desk, folder, nothing_is_left):
        (folder.parent / "elsewhere.yaml").write_text(HEAD)
        (folder / "case.yaml").symlink_to("../elsewhere.yaml")
        with pytest.raises(PaperOutside):
            desk.imported(folder)

    def test_a_case_file_of_forty_megabytes_is_refused_unread(self, desk, folder, nothing_is_left):
        with (folder / "case.yaml").open("wb") as file:
            file.write(HEAD.encode())
            file.truncate(40 << 20)
        with pytest.raises(CaseFileTooLarge, match=str(LARGEST_CASE_FILE)):
            desk.imported(folder)

    def test_a_case_opened_at_the_end_of_time_is_refused(self, case_of, nothing_is_left):
        with pytest.raises(PanahError):
            case_of("opened_at: 0001-01-01T00:00:00+14:00\n")


class TestReadingsThatCame:
    DESCRIBED = {
        "extractor": "plain", "version": "1", "digest": "", "options": {}, "about": {}, "pages": [], "paragraphs": [[0, 9]],
    }  # fmt: skip

    @pytest.fixture
    def with_reading(self, case_of, folder):
        def with_reading(text: str = "She slept.", **said):
            from panah import proof

            (folder / "readings").mkdir()
            described = {**self.DESCRIBED, "digest": proof.digest_of(text.encode()), **said}
            (folder / "readings" / "r.json").write_text(json.dumps(described))
            (folder / "readings" / "r.txt").write_text(text)
            return case_of(quoting("She slept.", ", reading: readings/r.json"))

        return with_reading

    def test_hold_their_quotations(self, with_reading):
        assert Quotation.objects.get(supports__fact__case=with_reading()).reading.options == {"imported": "true"}

    @pytest.mark.parametrize(
        "said",
        [
            {"digest": "sha256:" + "0" * 64}, {"digest": "md5:0"}, {"digest": 7}, {"paragraphs": [[9, 0]]}, {"paragraphs": [[0, 999]]},
            {"paragraphs": [[-1, 3]]}, {"paragraphs": [["0", "3"]]}, {"paragraphs": 7}, {"paragraphs": [[0]]}, {"pages": [999]},
            {"pages": ["1"]}, {"about": []}, {"options": None}, {"extractor": None, "pages": None},
        ],
    )  # fmt: skip
    def test_that_do_not_fit_their_text_are_refused(self, with_reading, nothing_is_left, said):
        with pytest.raises(ReadingUnfit, match=r"r\.json is not a reading that fits its text"):
            with_reading(**said)

    @pytest.mark.parametrize("content", [b"", b"[]", b"7", b"{", b"\xff", b"[" * 100_000, b"null"])
    def test_that_are_not_described_are_refused(self, case_of, folder, nothing_is_left, content):
        (folder / "readings").mkdir()
        (folder / "readings" / "r.json").write_bytes(content)
        (folder / "readings" / "r.txt").write_text("She slept.")
        with pytest.raises(ReadingUnfit):
            case_of(quoting("She slept.", ", reading: readings/r.json"))

    def test_that_lead_out_of_the_folder_are_refused(self, case_of, folder, nothing_is_left):
        (folder.parent / "r.json").write_text("{}")
        (folder.parent / "r.txt").write_text("She slept.")
        with pytest.raises(PaperOutside):
            case_of(quoting("She slept.", ", reading: ../r.json"))

    def test_whose_words_differ_import_nothing(self, with_reading, nothing_is_left):
        with pytest.raises(WordsDiffer):
            with_reading("She woke.")
