"""Sealing compares every quotation first; what differs refuses the seal, is named, and leaves nothing behind."""

from __future__ import annotations

import json
import re
import zipfile
from io import BytesIO

import pypdfium2
import pytest

from panah import law, proof
from panah.cases import actions as cases
from panah.cases.outlining import outline_of
from panah.dossier.actions import ExhibitUnsound, QuotationDiffers, QuotationHomeless, hand_out, seal
from panah.dossier.models import Dossier
from panah.dossier.outline import Block, Citation, Kind, Outline, Paper, Section
from panah.errors import PanahError
from panah.law import Stance
from panah.library.actions import take_over_reading
from panah.library.extractors.supervisor import Text
from panah.library.models import Quotation
from panah.proof.signing import expected_fingerprint
from panah.proof.verify import Known, Outcome, verified
from panah.team import queries as team
from panah.team.actions import Verb
from panah.team.models import LedgerLine
from panah.vault import workspace
from panah.vault.models import Original
from support.entered import entered
from support.stored import content_of, lies_at

TEXT = "Untouched. ئۇ تۇتقۇن قىلىندى. She was held in 2018, and struck. Untouched."


@pytest.fixture
def quotation(desk):
    """Words of a paper that no other test has: its stored reading may be spoiled."""
    return desk.quote(desk.paper(f"{TEXT} {proof.random_salt()}", title="A letter"), "She was held in 2018")


@pytest.fixture
def case(desk, quotation):
    case = desk.case("2026-014", frameworks=["cat-3"])
    desk.fact(case, supported_by=quotation)
    return case


@pytest.fixture
def sealing(desk):
    """Seal a case, or an outline."""

    def sealing(what):
        if isinstance(what, Outline):
            return seal(outline=what, compartment=desk.shelf("Library").compartment, by=desk.member, clock=desk.now)
        return desk.seal(what)

    return sealing


@pytest.fixture
def nothing_is_kept(home, case):
    """No dossier, no bundle and no stored object is there afterwards that was not there before."""
    before = stored(home), Original.objects.count()
    yield
    assert (stored(home), Original.objects.count()) == before
    assert not Dossier.objects.exists()
    assert team.first_broken_line() is None


def stored(home) -> set[str]:
    return {str(path.relative_to(home)) for path in (home / "objects").rglob("*") if path.is_file()}


def checked(desk, dossier, tmp_path):
    """The bundle, after every check of it held."""
    path = tmp_path / dossier.file_name
    path.write_bytes(b"".join(hand_out(dossier=dossier, **desk.act)))
    signer = proof.fingerprint(proof.public_key(workspace.signing_key()))
    checks = list(verified(path, Known(expected_fingerprint(signer))))
    assert {check.id for check in checks if check.outcome != Outcome.OK} == set()
    return path


def changed(quotation: Quotation, **fields) -> None:
    Quotation.objects.filter(pk=quotation.pk).update(**fields)


class TestChangedQuotations:
    @pytest.mark.parametrize(
        "fields",
        [
            {"words": "She was held in 2019"}, {"words": "she was held in 2018"}, {"words": "She was held in 2018 "},
            {"words": "She was held іn 2018"}, {"start": 1}, {"end": 70}, {"start": 10**9, "end": 10**9 + 20},
            {"prefix": "Not "}, {"suffix": ", they say"}, {"page": 7},
        ],
        ids=str,
    )  # fmt: skip
    def test_refuse_the_seal_and_are_named(self, sealing, case, quotation, nothing_is_kept, fields):
        changed(quotation, **fields)
        with pytest.raises(QuotationDiffers, match=r"footnote 1 .*“A letter”") as refused:
            sealing(case)
        assert refused.value.status == 409

    def test_the_one_among_many_is_found(self, desk, sealing, case, quotation, nothing_is_kept):
        for words in ("Untouched. ئۇ", "and struck"):
            desk.fact(case, supported_by=desk.quote(quotation.document, words))
        changed(Quotation.objects.get(words="and struck"), words="nor struck")
        with pytest.raises(QuotationDiffers, match=r"footnote 3 .*: “nor struck”"):
            sealing(case)

    def test_under_a_finding_are_compared_as_well(self, desk, sealing, case, quotation, nothing_is_kept):
        other = desk.quote(quotation.document, "and struck")
        said = {"framework_id": "cat-3", "element_id": "CAT3.2", "words": "Yes.", "reasons": "So."}
        cases.find(case=case, **said, quotations=[other], **desk.act)
        changed(other, words="nor struck")
        with pytest.raises(QuotationDiffers, match="footnote 2 "):
            sealing(case)

    def test_are_refused_before_the_ledger_says_that_sealing_began(self, sealing, case, quotation, nothing_is_kept):
        changed(quotation, words="Something else entirely")
        with pytest.raises(QuotationDiffers):
            sealing(case)
        assert not LedgerLine.objects.filter(verb=Verb.BEGAN_SEALING).exists()


class TestTamperedReadings:
    @pytest.fixture
    def spoil(self, quotation):
        """Change the stored bytes of the reading."""
        path = lies_at(quotation.reading)
        whole = path.read_bytes()
        yield lambda bytes_of: path.write_bytes(bytes_of(whole))
        path.write_bytes(whole)

    @pytest.mark.parametrize(
        "bytes_of",
        [
            lambda whole: whole[:60] + bytes([whole[60] ^ 1]) + whole[61:],
            lambda whole: whole[:-1],
            lambda whole: b"",
            lambda whole: whole + b"\x00",
        ],
        ids=["a bit", "cut short", "emptied", "made longer"],
    )
    def test_refuse_the_seal_and_are_named(self, sealing, case, spoil, nothing_is_kept, bytes_of):
        spoil(bytes_of)
        with pytest.raises(PanahError) as refused:
            sealing(case)
        assert "A letter" in refused.value.sentence
        assert "footnote 1" in refused.value.sentence

    def test_whose_object_is_another_s_are_noticed(self, desk, sealing, case, quotation, spoil):
        other = desk.paper(quotation.document.original.digest).reading
        spoil(lambda _whole: lies_at(other).read_bytes())
        with pytest.raises(PanahError):
            sealing(case)
        assert not Dossier.objects.exists()

    def test_that_are_gone_refuse_the_seal(self, sealing, case, quotation, spoil):
        lies_at(quotation.reading).unlink()
        with pytest.raises(PanahError) as refused:
            sealing(case)
        assert not Dossier.objects.exists()
        assert "A letter" in refused.value.sentence

    @pytest.mark.parametrize(
        "spoil", [lambda path: path.write_bytes(path.read_bytes()[:-1]), lambda path: path.unlink()]
    )
    def test_an_original_that_was_changed_or_is_gone_refuses_the_seal_and_is_named(self, desk, sealing, spoil):
        case = desk.case("H", frameworks=["cat-3"])
        page = f"<p>She was held. {proof.random_salt()}</p>"
        letter = desk.paper(page, shelf="Case H", kind="text/html", path="a.html", title="A letter")
        spoil(lies_at(letter.original))
        with pytest.raises(ExhibitUnsound, match="exhibit 1, “A letter”, cannot be annexed"):
            sealing(case)
        assert not Dossier.objects.exists()
        assert not LedgerLine.objects.filter(verb=Verb.BEGAN_SEALING).exists()


class TestSealed:
    def test_twice_makes_two_dossiers_that_both_verify(self, desk, sealing, case, tmp_path):
        first, second = sealing(case), sealing(case)
        assert first.bundle != second.bundle
        assert {checked(desk, dossier, tmp_path) for dossier in (first, second)}
        assert Dossier.objects.count() == 2

    def test_is_told_in_the_ledger_from_its_beginning_to_who_took_it(self, desk, sealing, case, tmp_path):
        checked(desk, sealing(case), tmp_path)
        lines = list(entered(kind="dossier", subject="2026-014"))
        assert [line.verb for line in lines] == [Verb.BEGAN_SEALING, Verb.SEALED, Verb.HANDED_OUT]
        assert lines[1].details == lines[2].details == {"bundle": Dossier.objects.get().bundle.digest}

    def test_counts_what_is_in_it(self, desk, sealing, case):
        dossier = sealing(case)
        assert (dossier.footnotes, dossier.exhibits, dossier.timestamped) == (1, 1, False)
        assert dossier.gaps == len(outline_of(case).gaps)
        assert dossier.by == "Invented Member"

    def test_without_any_quotation(self, desk, sealing, tmp_path):
        empty = desk.case("N", frameworks=["cat-3", "echr-3", "qr-2024-1347"])
        dossier = sealing(empty)
        assert (dossier.footnotes, dossier.exhibits) == (0, 0)
        checked(desk, dossier, tmp_path)

    def test_with_papers_that_were_never_read(self, desk, sealing, tmp_path):
        case = desk.case("U", frameworks=["cat-3"])
        scan = desk.paper(b"\xff\xd8\xff an invented photograph", shelf="Case U", path="scan.jpg", kind="image/jpeg")
        waiting = desk.paper("It waits.", shelf="Case U", path="waits.txt", read=False)
        fact = desk.fact(case, supported_by=scan)
        cases.support(fact=fact, stance=Stance.SILENT, paper=waiting, **desk.act)
        assert [paper.state for paper in (scan, waiting)] == ["refused", "waiting"]
        dossier = sealing(case)
        assert (dossier.footnotes, dossier.exhibits) == (0, 2)
        with zipfile.ZipFile(checked(desk, dossier, tmp_path)) as bundle:
            names = [name.partition("/")[2] for name in bundle.namelist()]
        assert sum(name.startswith("data/originals/") for name in names) == 2
        assert not [name for name in names if name.startswith("data/readings/")]

    @pytest.mark.parametrize("reference", ["قضية-7", "案.2026", "a" * 40])
    def test_under_a_reference_of_any_script(self, desk, sealing, tmp_path, reference):
        dossier = sealing(desk.case(reference, "\u202bئايپەرى\u202c <b>&amp;", ["cat-3"]))
        with zipfile.ZipFile(checked(desk, dossier, tmp_path)) as bundle:
            assert bundle.namelist()[0].startswith(f"panah-{reference}-")

    def test_with_words_of_an_older_reading_which_is_annexed_too(self, desk, sealing, case, quotation, tmp_path):
        older, letter = quotation.reading, quotation.document
        text = Text(b"Read anew: nor struck.", [(0, 22)], [], {}, {})
        newer = take_over_reading(document=letter, extractor="plain", version="2", text=text, **desk.act)
        letter.reading = newer
        letter.save()
        desk.fact(case, "She was not struck.", supported_by=desk.quote(letter, "nor struck"))
        dossier = sealing(case)
        assert (dossier.footnotes, dossier.exhibits) == (2, 1)
        with zipfile.ZipFile(checked(desk, dossier, tmp_path)) as bundle:
            names = bundle.namelist()
            pages = pypdfium2.PdfDocument(bundle.read(next(name for name in names if name.endswith("dossier.pdf"))))
        readings = {name.rpartition("/")[2] for name in names if "/readings/" in name}
        assert readings == {f"{proof.hexadecimal(reading.digest)}.txt" for reading in (older, newer)}
        printed = "".join(page.get_textpage().get_text_bounded() for page in pages).replace("\r\n", " ")
        assert "of another reading than the one listed" in printed

    def test_names_who_sealed_it_and_every_edition_of_law(self, desk, sealing, case, tmp_path):
        with zipfile.ZipFile(checked(desk, sealing(case), tmp_path)) as bundle:
            (pdf, page) = (
                bundle.read(next(name for name in bundle.namelist() if name.endswith(ending)))
                for ending in ("dossier.pdf", "dossier.jsonld")
            )
        printed = pypdfium2.PdfDocument(pdf)
        cover = printed[0].get_textpage().get_text_bounded()
        assert re.search(r"Prepared by\W+Invented Member", cover)
        assert printed.get_metadata_value("Author") == "Invented Member"
        (named,) = json.loads(page)["frameworks"]
        edition = proof.digest_of(law.source("cat-3"))
        chosen = {"edition": edition, "on": "2026-11-23"}
        assert named == {"title": law.framework("cat-3").title, "edition": edition, "chosen": chosen}

    def test_is_preserved_like_any_original(self, desk, sealing, case):
        dossier = sealing(case)
        content = content_of(dossier.bundle)
        assert (dossier.bundle.size, dossier.bundle.media_type) == (len(content), "application/zip")
        assert zipfile.is_zipfile(BytesIO(content))


class TestOutlinesOfOthers:
    def test_words_of_a_paper_without_a_reading_have_no_home(self, desk, sealing, case, nothing_is_kept):
        paper = Paper(proof.digest_of(b"x"), 1, "image/png", "A photograph", desk.shelf("Library").compartment.pk)
        cite = Citation(paper, 0, 5, "words")
        sections = (Section("S", (Block(Kind.QUOTE, "words", cites=(cite,)),)),)
        outline = Outline("T", "2026-014", "C", (), (), sections, ())
        with pytest.raises(QuotationHomeless, match="footnote 1 quotes “A photograph”, which has no reading"):
            sealing(outline)
