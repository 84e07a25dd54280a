"""The commands about cases, asked as a user asks them: what they answer, and what they refuse before anything is done."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from support.processes import one_line_error

CASE = """
panah: case/1
reference: C-1
called: Ms A.
frameworks: [cat-3]
papers:
- {file: papers/a.txt, title: "A letter\\e[2J"}
facts:
- words: She was never held.
  supports:
  - {stance: contradicts, quote: {paper: papers/a.txt, words: "She was held\\e[31m in 2018."}}
"""


@pytest.fixture(scope="module")
def asked(new_workspace, tmp_path_factory):
    """A workspace with one small case, of which a paper would command the terminal."""
    panah = new_workspace.copied(tmp_path_factory.mktemp("asked"))
    folder = panah.folder / "case"
    (folder / "papers").mkdir(parents=True)
    (folder / "papers" / "a.txt").write_text("She was held\x1b[31m in 2018.")
    (folder / "case.yaml").write_text(CASE)
    assert panah.does("case", "import", folder).out == "Imported case C-1: Ms A.\n"
    return panah


@pytest.fixture(scope="module")
def taken(asked):
    """A folder in which names are taken; when all was refused, it is as it was, and so is the workspace."""
    (asked.folder / "there").mkdir()
    (asked.folder / "there.zip").write_text("Mine.")
    (asked.folder / "dangling.zip").symlink_to("nowhere")
    before = asked.does("ledger", "verify").out, names(asked)
    yield asked
    assert (asked.does("ledger", "verify").out, names(asked)) == before
    assert (asked.folder / "there.zip").read_text() == "Mine."


@pytest.fixture(scope="module")
def edited(asked, tmp_path_factory):
    """The same workspace after the law that was chosen was edited."""
    panah = asked.copied(tmp_path_factory.mktemp("edited"))
    changed = panah.python(
        "from panah.cases.models import AppliedFramework\n"
        "AppliedFramework.objects.update(digest='sha256:' + '0' * 64)\n"
    )
    assert (changed.code, changed.err) == (0, "")
    return panah


class TestAnswers:
    def test_of_examining_tame_what_would_command_the_terminal(self, asked):
        said = asked.does("examine", "C-1").out
        assert "\x1b" not in said
        assert "“She was held\\x1b[31m in 2018.” (A letter\\x1b[2J)" in said
        assert said.splitlines()[-1].endswith(" open.")

    def test_of_examining_for_machines_have_each_gap_once(self, asked):
        gaps = asked.lines("examine", "C-1")
        assert list(gaps[0]) == ["id", "rule", "element", "fact", "reason", "authority", "contradiction"]
        assert {gap["rule"] for gap in gaps} == {
            "element-unanswered",
            "fact-without-support",
            "contradiction-not-put",
        }
        assert len({gap["id"] for gap in gaps}) == len(gaps)

    def test_of_listing_have_reference_and_name(self, asked):
        assert asked.does("case", "list").out == "C-1          Ms A.\n"

    def test_of_sealing_say_what_is_open_and_how_to_check(self, asked, tmp_path):
        gaps = len(asked.lines("examine", "C-1")) + 1  # and the procedure, with which nobody began
        said = asked.does("seal", "C-1", "-o", tmp_path / "sealed.zip").out
        assert said.startswith(
            f"Sealed C-1 into {tmp_path / 'sealed.zip'}: 1 quotations, 1 exhibits.\n{gaps} gaps remain;"
        )
        (line,) = asked.lines("seal", "C-1", "-o", tmp_path / "again.zip")
        assert (line["path"], line["quotations"], line["gaps"]) == (str(tmp_path / "again.zip"), 1, gaps)
        assert line["edited"] == []


class TestOfRelatives:
    def test_count_them_and_show_them_on_demand(self, panah, tmp_path):
        (tmp_path / "case").mkdir()
        said = 'relatives:\n- {name: Zorigul, relation: Her sister, note: "Hidden\\e[2J."}\n- {relation: Her uncle}\n'
        (tmp_path / "case" / "case.yaml").write_text(f"panah: case/1\nreference: R\ncalled: A\n{said}")
        panah.does("case", "import", tmp_path / "case")
        assert panah.does("case", "relatives", "R").out == "2 written down; --reveal shows them.\n"
        assert panah.lines("case", "relatives", "R") == [{"id": "R", "relatives": 2}]
        shown = panah.does("case", "relatives", "R", "--reveal").out
        assert shown == "1. Zorigul, Her sister\n    Hidden\\x1b[2J.\n2. Her uncle\n"
        first, second = panah.lines("case", "relatives", "R", "--reveal")
        assert (first["id"], first["relation"], second["id"], second["name"]) == ("1", "Her sister", "2", "")
        assert "Zorigul" not in panah.does("examine", "R").out + panah.does("case", "list").out


class TestOfKeeping:
    def test_say_until_when_and_hold_and_lift(self, asked):
        said = asked.does("case", "retain", "C-1", "--until", "2031-12-31", "--reason", "A rule.").out
        assert said == "C-1 is kept until 2031-12-31.\n"
        assert asked.does("case", "hold", "C-1", "--reason", "An inquiry.").out == "C-1 is held.\n"
        assert asked.lines("case", "hold", "C-1", "--lift") == [{"id": "C-1", "held": False}]

    @pytest.mark.parametrize(
        ("command", "code"),
        [
            ("case retain NONE --until 2031-12-31 --reason B", "case-unknown"),
            ("case retain C-1 --until soon --reason B", "usage-wrong"), ("case retain C-1 --until 2031-02-30 --reason B", "usage-wrong"),
            ("case retain C-1 --reason B", "usage-wrong"), ("case retain C-1 --until 2031-12-31 --reason=", "reason-missing"),
            ("case hold C-1", "reason-missing"), ("case hold C-1 --lift", "not-held"), ("case relatives NONE --reveal", "case-unknown"),
        ],
    )  # fmt: skip
    def test_refuse_with_a_code(self, asked, command, code):
        assert one_line_error(asked.run(*command.split()))[0] == code


class TestOfALawThatWasEdited:
    """No gap is counted for it; it is said wherever a case is examined or sealed."""

    def test_examining_says_so_before_it_counts_the_gaps(self, edited, asked):
        *_, said, count = filter(None, edited.does("examine", "C-1").out.splitlines())
        assert said.startswith("Convention against Torture, article 3")
        assert said.endswith(
            f" was edited since it was chosen for this case, on {datetime.now(UTC):%Y-%m-%d} in the edition "
            f"sha256:{'0' * 64}: read what changed, then choose it again."
        )
        assert asked.does("examine", "C-1").out.endswith(f"\n{count}\n")

    def test_examining_for_machines_has_a_line_that_is_no_gap(self, edited, asked):
        *gaps, line = edited.lines("examine", "C-1")
        assert gaps == asked.lines("examine", "C-1")
        assert list(line) == list(gaps[0])
        assert (line["id"], line["rule"], line["element"], line["authority"]) == (
            "law-edited:cat-3",
            "law-edited",
            "",
            "",
        )

    def test_sealing_says_so(self, edited, tmp_path):
        said = edited.does("seal", "C-1", "-o", tmp_path / "sealed.zip").out
        assert "read what changed, then choose it again. The dossier says so.\n" in said
        (line,) = edited.lines("seal", "C-1", "-o", tmp_path / "again.zip")
        assert line["edited"] == ["cat-3"]


class TestRefused:
    @pytest.mark.parametrize(
        ("command", "code"),
        [
            ("examine NONE", "case-unknown"), ("seal NONE -o new.zip", "case-unknown"), ("case export NONE new", "case-unknown"),
            ("seal C-1 -o there.zip", "file-exists"), ("seal C-1 -o dangling.zip", "file-exists"), ("seal C-1 -o no/new.zip", "folder-missing"),
            ("seal C-1 -o /proc/new.zip", "not-writable"), ("case export C-1 there", "folder-taken"), ("case export C-1 dangling.zip", "folder-taken"),
            ("case export C-1 no/new", "folder-missing"), ("case export C-1 there.zip/new", "folder-missing"), ("case export C-1 /proc/new", "not-writable"),
            ("case import case", "reference-taken"), ("case import case --reference a/b", "reference-unusable"),
        ],
    )  # fmt: skip
    def test_with_a_code_and_nothing_done(self, taken, command, code):
        assert one_line_error(taken.run(*command.split()))[0] == code

    def test_a_case_under_no_law(self, panah, tmp_path):
        (tmp_path / "case").mkdir()
        (tmp_path / "case" / "case.yaml").write_text("panah: case/1\nreference: N\ncalled: A\nframeworks: []\n")
        panah.does("case", "import", tmp_path / "case")
        for command in (["examine", "N"], ["seal", "N", "-o", tmp_path / "new.zip"]):
            assert one_line_error(panah.run(*command))[0] == "law-not-chosen"


def names(panah) -> list[str]:
    return sorted(path.name for path in panah.folder.iterdir())
