"""What people see of shared wording: on pages and on the command line."""

from __future__ import annotations

import re

import pytest

from panah.library.kin.actions import trace
from panah.library.kin.queries import Place
from panah.library.kin.roots import roots_of_places
from panah.library.kin.showing import LONGEST_LABEL, shown
from panah.library.models import Apart, Trace
from support.members import signed_in
from support.wire import AGENCY


@pytest.fixture
def papers(desk):
    return [
        desk.paper(words, title=title, date=date)
        for words, title, date in (
            (f"{AGENCY} It adds a line.", "Survey", "2021"), (AGENCY, "Wire", "2018-04"), (AGENCY.lower(), "Blog", ""),
        )
    ]  # fmt: skip


@pytest.fixture
def page(desk, papers):
    client = signed_in(desk.member)

    def page(address: str, **posted: str) -> str:
        asked = f"/library/documents/{papers[0].pk}{address}" if not address.startswith("/library/") else address
        answer = client.post(asked, posted, follow=True) if posted else client.get(asked)
        assert answer.status_code < 500
        return answer.content.decode()

    return page


class TestPages:
    def test_list_what_shares_wording_the_older_first(self, page):
        found = page("/wording")
        assert found.index("Wire") < found.index("Blog")
        assert "1 of 1 passages" in found

    def test_put_two_texts_side_by_side_with_what_both_say_marked(self, page, papers):
        found = page(f"/wording?with={papers[1].pk}")
        assert len(re.findall(f"<mark>{re.escape(AGENCY[:60])}", found)) == 2
        assert "<mark> It adds" not in found

    @pytest.mark.parametrize("written", ["nothing", "3f9a0c21"])
    def test_refuse_another_text_that_is_none(self, desk, papers, written):
        answer = signed_in(desk.member).get(f"/library/documents/{papers[0].pk}/wording?with={written}")
        assert answer.status_code == 404

    @pytest.mark.parametrize("asked", ["?at=0", f"?start=0&end={len(AGENCY)}", "?words=Officers+came+before+dawn", ""])
    def test_name_who_said_it_first(self, page, asked):
        found = page(f"/first{asked}")
        at = [found.index(f"<bdi>{title}</bdi>") for title in ("Wire", "Survey", "Blog")]
        assert at == sorted(at)
        assert found.count("<strong>the first of those with a date</strong>") == 1
        assert "3 texts, 1 root" in re.sub(r"\s+", " ", found)

    def test_say_that_words_do_not_stand_there(self, desk, papers):
        answer = signed_in(desk.member).get(f"/library/documents/{papers[0].pk}/first?words=zebra")
        assert answer.status_code == 404

    def test_fold_hits_that_share_wording_under_the_best_and_say_the_whole_total(self, page):
        found = page("/library/?q=lantern")
        assert "3 passages" in found
        assert found.count('<li id="hit-') == 1
        assert "3 texts share this wording; 2 hits are folded here" in re.sub(r"\s+", " ", found)

    def test_take_what_is_said_of_roots_draw_it_and_take_it_back(self, page, papers):
        assert "lamplighter" in page("/trace", root="The lamplighter", because="She says so.")
        assert "<svg" in page("")
        [mark] = Trace.objects.all()
        assert "lamplighter" not in page(f"/marks/{mark.pk}/withdraw", sure="1")
        assert not Trace.objects.exists()

    def test_say_why_a_mark_is_refused_and_keep_what_was_typed(self, page):
        found = page("/trace", because="A reason that was typed.")
        assert "root-needed" in found
        assert "A reason that was typed." in found

    def test_take_that_two_texts_are_apart(self, page, papers):
        found = page("/apart", other=str(papers[1].pk), because="Two interviews.")
        assert "Two interviews." in found
        assert Apart.objects.count() == 1
        assert "3 texts, 2 roots" in re.sub(r"\s+", " ", page("/first?at=0"))


class TestPicture:
    def test_says_what_the_list_says_with_titles_that_fit(self, desk, papers):
        long = desk.paper("A few words.", title="T" * 200)
        trace(document=long, to=papers[0], because="Why.", **desk.act)
        tree = shown(roots_of_places(desk.member, [Place(long, 0, 5)]))
        assert (tree.texts, tree.roots) == (1, 1)
        assert [box.label for box in tree.boxes] == ["2021 · Survey", "T" * LONGEST_LABEL + "…"]
        assert [(box.left, box.line) for box in tree.boxes] == [(0, ""), (28, "M14 32V60H28")]
        assert [child.name for child in tree.lines[0].children] == ["T" * 200]


@pytest.fixture(scope="module")
def panah(new_workspace, tmp_path_factory):
    panah = new_workspace.copied(tmp_path_factory.mktemp("panah-kin"))
    for name, words in (("wire", AGENCY), ("survey", f"{AGENCY} It adds a line."), ("other", "Something else.")):
        (panah.folder / f"{name}.txt").write_text(words)
        panah.does("ingest", panah.folder / f"{name}.txt")
    return panah


class TestCommands:
    def test_list_kin_and_keep_what_is_said_of_roots(self, panah):
        ids = {line["path"].rpartition("/")[2]: line["id"] for line in panah.lines("documents")}
        [line] = panah.lines("kin", ids["survey.txt"])
        assert (line["id"], line["close"], line["here"], line["there"]) == (ids["wire.txt"], True, 0, 0)
        assert "1 of 1 passages" in panah.does("kin", ids["survey.txt"]).out
        [mark] = panah.lines("trace", ids["survey.txt"], "--to", ids["wire.txt"], "--because", "It names it.")
        assert (mark["says"], mark["to"], mark["because"]) == ("traces-to", ids["wire.txt"], "It names it.")
        marks = panah.lines(
            "trace", ids["survey.txt"], "--apart-from", ids["other.txt"], "--because", "Nothing in common."
        )
        assert [each["says"] for each in marks] == ["traces-to", "apart"]
        assert "Nothing in common." in panah.does("trace", ids["survey.txt"]).out
        panah.does("trace", ids["survey.txt"], "--apart-from", ids["other.txt"], "--withdraw")
        assert panah.lines("trace", ids["survey.txt"], "--to", ids["wire.txt"], "--withdraw") == []

    @pytest.mark.parametrize("said", [["--root", "A"], ["--because", "B"], ["--root", "A", "--withdraw"]])
    def test_refuse_what_says_too_little(self, panah, said):
        ids = {line["path"].rpartition("/")[2]: line["id"] for line in panah.lines("documents")}
        assert panah.run("trace", ids["survey.txt"], *said).code != 0
