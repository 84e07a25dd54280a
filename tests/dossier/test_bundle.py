"""A sealed dossier, seen from outside: every check holds, and other programs open it."""

from __future__ import annotations

import json
import zipfile

import bagit
import pytest

from panah import proof
from panah.proof.signing import expected_fingerprint
from panah.proof.verify import Known, Outcome, verified
from support.processes import Panah

FOOTNOTES, EXHIBITS = 60, 19


@pytest.fixture(scope="module")
def unpacked(sealed, tmp_path_factory):
    """The folder in the bundle."""
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(sealed.path) as bundle:
        assert bundle.testzip() is None
        bundle.extractall(folder)
    (bag,) = folder.iterdir()
    return bag


@pytest.fixture(scope="module")
def page(unpacked):
    return json.loads((unpacked / "data/dossier.jsonld").read_bytes())


@pytest.fixture(scope="module")
def ledger(unpacked):
    head, *lines = map(json.loads, (unpacked / "data/ledger.jsonl").read_bytes().splitlines())
    assert head["format"] == "panah-ledger/2"
    return lines


class TestVerified:
    def test_every_check_holds_for_a_reader_who_knows_the_signer(self, sealed):
        checks = list(verified(sealed.path, Known(expected_fingerprint(sealed.signer))))
        assert {check.id for check in checks if check.outcome != Outcome.OK} == set()
        kinds = [check.kind for check in checks]
        assert (kinds.count("footnote"), kinds.count("custody")) == (FOOTNOTES, EXHIBITS)

    def test_so_it_does_unpacked(self, sealed, unpacked):
        checks = list(verified(unpacked, Known(expected_fingerprint(sealed.signer))))
        assert {check.outcome for check in checks} == {Outcome.OK}

    def test_another_signer_is_noticed(self, sealed):
        broken = [check.id for check in verified(sealed.path, Known("0" * 64)) if check.outcome == Outcome.BROKEN]
        assert broken == ["signer"]

    def test_panah_verify_says_ok(self, sealed, tmp_path):
        checked = Panah(tmp_path).does(sealed.path, "--key", sealed.signer, program="panah-verify")
        said = checked.out.splitlines()[-1]
        assert said == f"OK: the bundle is whole, all {FOOTNOTES} footnotes verify, and signed by the key you gave."


class TestOtherPrograms:
    def test_bagit_finds_a_complete_and_valid_bag(self, unpacked):
        bag = bagit.Bag(str(unpacked))
        bag.validate()
        assert bag.info["Bag-Software-Agent"] == "Panah"
        assert bag.info["Payload-Oxum"].endswith(f".{sum(path.startswith('data/') for path in bag.payload_entries())}")

    def test_python_opens_the_zip_file(self, sealed):
        with zipfile.ZipFile(sealed.path) as bundle:
            names = bundle.namelist()
        assert {name.partition("/")[0] for name in names} == {"panah-2026-001-" + sealed.path.stem.rpartition("-")[2]}
        assert names == sorted(names, key=str.encode)

    def test_holds_what_a_reader_needs_and_no_name_of_a_file(self, unpacked):
        data = unpacked / "data"
        expected = {
            "dossier.pdf",
            "dossier.docx",
            "dossier.jsonld",
            "ledger.jsonl",
            "verify.html",
            "originals",
            "readings",
        }
        assert {path.name for path in data.iterdir()} == expected
        for path in (data / "originals").iterdir():
            assert path.stem == proof.hexadecimal(proof.digest_of(path.read_bytes()))
        assert (data / "dossier.pdf").read_bytes().startswith(b"%PDF-")
        assert zipfile.is_zipfile(data / "dossier.docx")


class TestAnnotations:
    def test_are_w3c_web_annotations(self, page):
        assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
        assert page["type"] == "AnnotationPage"
        assert {item["type"] for item in page["items"]} == {"Annotation"}
        assert len({item["id"] for item in page["items"]}) == len(page["items"]) == FOOTNOTES
        assert [item["number"] for item in page["items"]] == list(range(1, FOOTNOTES + 1))

    def test_select_the_same_words_by_bytes_and_by_text(self, page, unpacked):
        for item in page["items"]:
            reading = (unpacked / "data" / item["target"]["source"]).read_bytes()
            place, quote = item["target"]["selector"]
            assert (place["type"], quote["type"]) == ("DataPositionSelector", "TextQuoteSelector")
            start, end = place["start"], place["end"]
            assert reading[start:end] == quote["exact"].encode()
            assert reading[:start].endswith(quote["prefix"].encode())
            assert reading[end:].startswith(quote["suffix"].encode())

    def test_carry_the_words_of_the_outline_in_its_order(self, page, sealed):
        cited = [citation.words for citation in sealed.outline.citations() if not citation.whole]
        assert [item["target"]["selector"][1]["exact"] for item in page["items"]] == cited

    def test_say_which_exhibit_and_what_is_missing(self, page, sealed):
        exhibits = {exhibit["number"]: exhibit for exhibit in page["exhibits"]}
        assert list(exhibits) == [str(number) for number in range(1, EXHIBITS + 1)]
        for item in page["items"]:
            assert exhibits[item["exhibit"]]["reading"]["path"] == item["target"]["source"]
        assert page["gaps"] == list(sealed.outline.gaps)

    def test_are_canonical_json(self, unpacked, page):
        assert proof.canonical(page) == (unpacked / "data/dossier.jsonld").read_bytes()


class TestLedger:
    def test_shows_the_custody_of_every_exhibit(self, page, ledger):
        taken_in = {line["what"]["subject"] for line in ledger if line.get("body", {}).get("verb") == "taken in"}
        assert taken_in == {exhibit["original"]["digest"] for exhibit in page["exhibits"]}

    def test_withholds_every_line_about_anything_else(self, page, ledger, sealed):
        exhibits = {exhibit["original"]["digest"] for exhibit in page["exhibits"]}
        *lines, last = ledger
        assert {(line["what"]["kind"], line["what"]["subject"]) for line in lines if "body" in line} <= {
            ("original", digest) for digest in exhibits
        }
        assert (last["body"]["verb"], last["what"]["subject"]) == ("began sealing", "2026-001")
        assert not [digest for digest in sealed.strangers if digest in json.dumps(ledger)]

    def test_of_a_withheld_line_only_the_digest_is_there(self, ledger):
        withheld = [line for line in ledger if "body" not in line]
        assert len(withheld) > 10
        assert {tuple(sorted(line)) for line in withheld} == {("body_digest", "link", "seq")}

    def test_begins_with_the_first_line_about_an_exhibit_and_has_no_hole(self, ledger):
        assert "body" in ledger[0]
        assert [line["seq"] for line in ledger] == list(range(ledger[0]["seq"], ledger[-1]["seq"] + 1))
