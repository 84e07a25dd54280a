"""Every stored content is digested again: what is changed or gone is named, and a check that broke off goes on."""

import threading

import pytest

from panah.team import queries as team
from panah.team.actions import Verb, join, set_up
from panah.team.models import LedgerLine
from panah.vault import fixity, queries
from panah.vault.backups.commands import _digest_for
from panah.vault.models import FixityPass, Original
from support.stored import lies_at

PAPERS = [f"Invented paper {number}. ".encode() * (1 + 9000 * number) for number in range(4)]


@pytest.fixture
def papers(shelve):
    """Documents of several chunks, each spoiled by a test and put back."""
    documents = [shelve(content, path=f"{number}.txt") for number, content in enumerate(PAPERS)]
    whole = {lies_at(each.original): lies_at(each.original).read_bytes() for each in documents}
    yield documents
    for path, content in whole.items():
        path.write_bytes(content)


def flip(path, share=0.5):
    content = bytearray(path.read_bytes())
    content[int(len(content) * share)] ^= 1
    path.write_bytes(content)


class Ending(fixity.Calm):
    """Ended after some contents."""

    def __init__(self, contents: int) -> None:
        super().__init__()
        self._left = contents

    def rest(self, seconds):
        self._left -= 1
        if not self._left:
            self.end()


class TestCheck:
    def test_finds_nothing_where_nothing_is_wrong(self, papers, member, now):
        done = fixity.check(by=member, now=now)
        assert (done.checked, done.broken.count()) == (4, 0)
        assert done.size == sum(map(len, PAPERS))
        assert queries.last_fixity() == done
        assert not queries.broken_contents()

    @pytest.mark.parametrize(
        ("spoil", "code"),
        [
            (lambda path: flip(path, 0.01), "seal-broken"),
            (lambda path: flip(path, 0.99), "seal-broken"),
            (lambda path: path.write_bytes(path.read_bytes()[:-1]), "seal-broken"),
            (lambda path: path.write_bytes(b""), "seal-broken"),
            (lambda path: path.unlink(), "object-missing"),
        ],
        ids=["flipped", "flipped at the end", "cut", "empty", "gone"],
    )
    def test_names_what_is_broken(self, papers, member, now, spoil, code):
        path = lies_at(papers[2].original)
        spoil(path)
        fixity.check(by=member, now=now)
        [broken] = queries.broken_contents()
        assert (broken.digest, broken.code, broken.compartment) == (
            papers[2].original.digest,
            code,
            papers[2].compartment,
        )
        assert str(path).endswith(broken.path)

    def test_of_another_content_in_its_place(self, papers, member, now):
        """It opens, and is not what it should be."""
        one, other = lies_at(papers[1].original), lies_at(papers[2].original)
        one.write_bytes(other.read_bytes())
        fixity.check(by=member, now=now)
        assert [each.digest for each in queries.broken_contents()] == [papers[1].original.digest]

    def test_is_a_line_of_the_ledger(self, papers, member, now):
        flip(lies_at(papers[0].original))
        fixity.check(by=member, now=now)
        line = LedgerLine.objects.order_by("-seq").first()
        assert (line.verb, line.by) == (Verb.CHECKED_FIXITY, str(member))
        assert team.lines_about(member, "workspace", line.subject)[0].details == {
            "checked": 4, "size": sum(map(len, PAPERS)), "broken": 1
        }  # fmt: skip

    def test_a_later_one_that_finds_it_whole_forgets_the_broken(self, papers, member, now):
        path = lies_at(papers[0].original)
        whole = path.read_bytes()
        flip(path)
        fixity.check(by=member, now=now)
        path.write_bytes(whole)
        fixity.check(by=member, now=now)
        assert not queries.broken_contents()


class TestBrokenOff:
    @pytest.mark.parametrize("after", [1, 2])
    def test_it_goes_on_where_it_was(self, papers, member, now, after):
        flip(lies_at(papers[0].original))
        flip(lies_at(papers[3].original))
        part = fixity.check(by=member, now=now, pace=Ending(after))
        assert part.finished_at is None
        assert 0 < part.checked <= 4
        assert queries.last_fixity() is None
        done = fixity.check(by=member, now=now)
        assert (done, done.checked, done.broken.count()) == (part, 4, 2)
        assert FixityPass.objects.count() == 1
        assert LedgerLine.objects.filter(verb=Verb.CHECKED_FIXITY).count() == 1

    def test_before_its_first_content_it_has_done_nothing(self, papers, member, now):
        pace = fixity.Calm()
        pace.end()
        assert fixity.check(by=member, now=now, pace=pace).checked == 0
        assert fixity.check(by=member, now=now).checked == 4

    def test_it_never_rests_longer_than_until_it_is_ended(self):
        pace = fixity.Calm()
        resting = threading.Thread(target=pace.rest, args=(3600,))
        resting.start()
        pace.end()
        resting.join(60)
        assert not resting.is_alive()


class TestErasedMeanwhile:
    def test_what_no_row_speaks_of_any_more_is_not_broken(self, papers):
        original = papers[0].original
        lies_at(original).unlink()
        assert fixity._found_again(original.digest, papers[0].compartment.pk) == "object-missing"
        Original.objects.filter(digest=original.digest).update(digest="sha256:" + "0" * 64)
        papers[0].reading.__class__.objects.filter(digest=original.digest).update(digest="sha256:" + "0" * 64)
        assert fixity._found_again(original.digest, papers[0].compartment.pk) == ""


class TestDigests:
    def test_are_told_only_to_who_may_see_their_compartment(self, papers, member, now):
        flip(lies_at(papers[0].original))
        fixity.check(by=member, now=now)
        [broken] = queries.broken_contents()
        stranger = join(name="Another Member", now=now)
        set_up(name="Elsewhere", by=stranger, now=now)
        assert _digest_for(member, broken) == broken.digest
        assert _digest_for(stranger, broken) == ""


class TestCommand:
    def test_says_what_is_broken_and_ends_with_1(self, panah):
        (panah.folder / "paper.txt").write_text("An invented paper.")
        panah.does("ingest", "paper.txt")
        assert panah.does("fixity").out == "OK: 1 stored objects, 18 bytes.\n"
        [name] = [name for name in panah.files() if name.startswith("objects/")]
        flip(panah.home / name)
        done = panah.run("fixity")
        assert (done.code, done.err) == (1, "")
        assert done.out.splitlines()[0].startswith(f"BROKEN: {name}  seal-broken  sha256:")
        done = panah.run("fixity", "--json")
        assert [(line["id"], line["code"]) for line in done.lines()] == [(name, "seal-broken")]
        assert done.lines()[0]["digest"].startswith("sha256:")
