"""Whatever is changed in a bundle after it was sealed is found, and named."""

import os
import random
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.proof import bundle
from panah.proof.canonical import canonical
from panah.proof.container import ContainerUnreadable
from panah.proof.signing import expected_fingerprint, public_key
from panah.proof.verify import Kind, Known, Outcome, verified
from support import bundles
from support.authority import LocalAuthority
from support.bundles import KEY, OTHER_KEY, draft, flipped, packed, parts, sealed, tagged
from support.spoiled import SEALED_AMISS, SEALED_ODDLY, STRICTER, WHOLE, WITHOUT_KEY, by_another_key, forged

FILES = sealed(draft())
PARTS = list(parts(WHOLE))
NOBODY = Known()


@pytest.fixture
def checks(tmp_path):
    """Every check of a bundle that is given as bytes."""
    path = tmp_path / "bundle.zip"

    def checks(data, known=NOBODY):
        path.write_bytes(data)
        return list(verified(path, known))

    return checks


@pytest.fixture
def broken(checks):
    """The ids of the checks that are broken; one of a bundle that is none at all is `unreadable`."""

    def broken(data, known=NOBODY):
        try:
            return [check.id for check in checks(data, known) if check.outcome is Outcome.BROKEN]
        except ContainerUnreadable:
            return ["unreadable"]

    return broken


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return LocalAuthority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def stamped(authority):
    return bundles.stamped(draft(), authority)


def outcome_of(found, kind):
    return next(check.outcome for check in found if check.kind is kind)


class TestWhole:
    def test_is_ok_but_for_a_signer_whom_only_the_reader_can_know(self, checks):
        found = checks(WHOLE)
        assert [check.id for check in found if check.outcome is not Outcome.OK] == ["signer"]
        assert outcome_of(found, Kind.SIGNER) is Outcome.UNCHECKED

    def test_names_the_place_of_each_footnote(self, checks):
        notes = [check.reason for check in checks(WHOLE) if check.kind is Kind.FOOTNOTE]
        assert [note.rpartition(",")[0] for note in notes] == [label for label, _, _ in bundles.FOOTNOTES]

    def test_is_ok_when_it_was_unpacked(self, tmp_path):
        folder = bundles.unpacked(FILES, tmp_path)
        assert {check.outcome for check in verified(folder)} == {Outcome.OK, Outcome.UNCHECKED}

    @pytest.mark.parametrize("case", SEALED_ODDLY)
    def test_is_ok_where_it_is_only_odd(self, broken, case):
        assert broken(SEALED_ODDLY[case]()) == []


class TestSpoiled:
    @pytest.mark.parametrize("case", WITHOUT_KEY)
    def test_by_somebody_without_the_key(self, broken, case):
        assert broken(WITHOUT_KEY[case]())

    @pytest.mark.parametrize("case", [*SEALED_AMISS, *STRICTER])
    def test_by_the_sealer_herself(self, broken, case):
        assert broken((SEALED_AMISS | STRICTER)[case]())

    @pytest.mark.parametrize(
        ("case", "named"),
        [
            ("reading rewritten", ["file:data/readings/en.txt", "footnote-1", "custody-1"]),
            ("reading rewritten, manifest too", ["footnote-1", "custody-1", "seal"]),
            ("file added outside", ["file:extra.txt"]),
            ("footnote removed, manifest too", ["seal"]),
            ("ledger line removed", ["ledger", "custody-1", "custody-2", "seal"]),
            ("seal rewritten", ["signature"]),
            ("time-stamp added", ["timestamp"]),
            ("roots of an authority added", ["timestamp"]),
            ("comment on it", ["container"]),
            ("file twice", ["container"]),
            ("files in the folder above", ["container"]),
            ("checksum of a file", ["file:data/dossier.pdf"]),
        ],
    )
    def test_is_named_where_it_was(self, broken, case, named):
        assert broken(WITHOUT_KEY[case]()) == named


class TestEachFile:
    """Whoever changes a file may write manifests that fit; the seal is not hers to write."""

    MANIFESTS = {bundle.TAG_MANIFEST, bundle.MANIFEST}

    @pytest.mark.parametrize("path", FILES)
    def test_that_is_removed_is_missed(self, broken, path):
        assert broken(packed({each: content for each, content in FILES.items() if each != path}))
        if path not in self.MANIFESTS:
            assert broken(forged(lambda files: files.pop(path)))

    @pytest.mark.parametrize("path", FILES)
    @pytest.mark.parametrize(
        "change",
        [
            lambda content: b"",
            lambda content: content[:-1],
            lambda content: content + b"\n",
            lambda content: content * 2,
        ],
        ids=["emptied", "cut short", "longer by a line feed", "said twice"],
    )
    def test_that_is_changed_is_seen(self, broken, path, change):
        assert broken(packed({**FILES, path: change(FILES[path])}))
        if path not in self.MANIFESTS:
            assert broken(forged(lambda files: files.update({path: change(files[path])})))

    @pytest.mark.parametrize("path", [path for path in FILES if path.startswith("data/")])
    def test_that_is_called_otherwise_is_seen(self, broken, path):
        assert broken(forged(lambda files: files.update({f"{path}.txt": files.pop(path)})))

    def test_two_that_changed_places_are_seen(self, broken):
        one, other = "data/originals/report.html", "data/originals/witness.txt"
        assert broken(forged(lambda files: files.update({one: files[other], other: files[one]})))

    @pytest.mark.parametrize("path", ["data/x", "data/originals/x", "x", "data/readings/en.txt/x", "seal.json.bak"])
    def test_that_is_added_is_seen(self, broken, path):
        assert broken(packed({**FILES, path: b""}))
        assert broken(forged(lambda files: files.update({path: b""})))


class TestLines:
    @pytest.mark.parametrize("number", range(len(bundles.FOOTNOTES)))
    def test_a_footnote_that_is_removed_said_twice_or_moved_is_seen(self, broken, number):
        for change in (
            lambda notes: notes.pop(number),
            lambda notes: notes.append(notes[number]),
            lambda notes: notes.insert(0, notes.pop()),
        ):
            of = draft()
            change(of.dossier["items"])
            assert broken(forged(lambda files, of=of: files.update({bundle.DOSSIER: canonical(of.dossier)})))

    @pytest.mark.parametrize("number", range(6))
    def test_a_ledger_line_that_is_removed_said_twice_or_moved_is_seen(self, broken, number):
        lines = FILES[bundle.LEDGER].splitlines(keepends=True)
        for changed in (
            lines[:number] + lines[number + 1 :],
            lines[: number + 1] + lines[number:],
            [*lines[:number], *lines[number + 1 :], lines[number]] if number < 5 else lines[::-1],
        ):
            assert broken(forged(lambda files, changed=changed: files.update({bundle.LEDGER: b"".join(changed)})))


class TestOneBit:
    @pytest.mark.parametrize("part", PARTS, ids=[part.name for part in PARTS])
    def test_in_each_part_is_found(self, broken, part):
        chance = random.Random(part.name)
        for _ in range(min(30, 8 * (part.end - part.start))):
            at, bit = chance.randrange(part.start, part.end), chance.randrange(8)
            assert broken(flipped(WHOLE, at, bit)), (part.name, at - part.start, bit)

    def test_in_a_time_stamped_bundle_is_found(self, broken, stamped):
        whole, chance = packed(stamped), random.Random(3161)
        for part in parts(whole):
            if part.name in {bundle.STAMP, bundle.STAMP_ROOTS, bundle.TAG_MANIFEST}:
                for at in chance.sample(range(part.start, part.end), 20):
                    assert broken(flipped(whole, at, chance.randrange(8))), (part.name, at - part.start)

    @pytest.mark.parametrize("path", FILES)
    def test_in_an_unpacked_file_is_found(self, tmp_path, path):
        folder = bundles.unpacked(FILES, tmp_path)
        chance = random.Random(path)
        for _ in range(10):
            changed = flipped(FILES[path], chance.randrange(len(FILES[path])), chance.randrange(8))
            (folder / path).write_bytes(changed)
            assert Outcome.BROKEN in {check.outcome for check in verified(folder)}

    @pytest.mark.attack
    def test_anywhere_is_found(self, broken):
        """Every bit of a small bundle."""
        unseen = [(at, bit) for at in range(len(WHOLE)) for bit in range(8) if not broken(flipped(WHOLE, at, bit))]
        assert unseen == []

    @pytest.mark.attack
    def test_anywhere_in_a_large_bundle_is_found(self, broken, authority):
        of, chance = draft(), random.Random(8493)
        of.files |= {f"originals/{number:04}.bin": chance.randbytes(20_000) for number in range(50)}
        whole = packed(bundles.stamped(of, authority))
        for part in parts(whole):
            for _ in range(2):
                at, bit = chance.randrange(part.start, part.end), chance.randrange(8)
                assert broken(flipped(whole, at, bit)), (part.name, at - part.start, bit)

    @pytest.mark.attack
    def test_in_a_time_stamp_with_manifests_that_fit_is_refused_or_says_the_same(self, checks, stamped):
        """What the authority did not sign may change without harm; what it says may not, and nothing may crash."""
        said = [check.reason for check in checks(packed(stamped)) if check.kind is Kind.TIMESTAMP]
        for at in range(len(stamped[bundle.STAMP])):
            changed = flipped(stamped[bundle.STAMP], at, at % 8)
            found = checks(packed(tagged({**stamped, bundle.STAMP: changed})))
            time = next(check for check in found if check.kind is Kind.TIMESTAMP)
            assert time.outcome is Outcome.BROKEN or time.reason[:25] == said[0][:25], at


class TestAnyChange:
    @given(st.integers(0, len(WHOLE)), st.binary(min_size=1, max_size=80))
    def test_that_adds_bytes_is_found(self, tmp_path_factory, at, more):
        assert _is_not_ok(tmp_path_factory, WHOLE[:at] + more + WHOLE[at:])

    @given(st.integers(0, len(WHOLE) - 1), st.integers(1, 5000))
    def test_that_takes_bytes_is_found(self, tmp_path_factory, at, less):
        assert _is_not_ok(tmp_path_factory, WHOLE[:at] + WHOLE[at + less :])

    @given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=80))
    def test_that_writes_over_bytes_is_found(self, tmp_path_factory, at, over):
        changed = WHOLE[:at] + over + WHOLE[at + len(over) :]
        assert changed == WHOLE or _is_not_ok(tmp_path_factory, changed)


def _is_not_ok(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "changed.zip"
    path.write_bytes(data)
    try:
        return any(check.outcome is Outcome.BROKEN for check in verified(path))
    except ContainerUnreadable:
        return True


class TestSigner:
    def test_is_ok_by_the_key_that_the_reader_gives(self, checks):
        found = checks(WHOLE, Known(expected_fingerprint(public_key(KEY))))
        assert {check.outcome for check in found} == {Outcome.OK}

    def test_is_broken_where_the_reader_expects_another(self, broken):
        assert broken(WHOLE, Known(expected_fingerprint(public_key(OTHER_KEY)))) == ["signer"]

    def test_who_sealed_everything_anew_is_found_by_a_reader_who_knows_the_right_key(self, broken):
        data = forged(by_another_key)
        assert broken(data) == []
        assert broken(data, Known(expected_fingerprint(public_key(KEY)))) == ["signer"]


class TestTimestamp:
    def test_is_ok_and_its_authority_is_left_to_the_reader(self, checks, stamped):
        found = checks(packed(stamped))
        assert outcome_of(found, Kind.TIMESTAMP) is Outcome.OK
        assert outcome_of(found, Kind.AUTHORITY) is Outcome.UNCHECKED

    def test_is_ok_by_the_authority_that_the_reader_gives(self, checks, stamped, authority):
        assert outcome_of(checks(packed(stamped), Known(authority=authority.roots)), Kind.AUTHORITY) is Outcome.OK

    def test_is_broken_where_the_reader_expects_another_authority(self, broken, stamped, tmp_path):
        stranger = LocalAuthority(tmp_path / "stranger")
        assert broken(packed(stamped), Known(authority=stranger.roots)) == ["authority"]

    def test_of_another_authority_with_its_roots_is_broken(self, broken, stamped, tmp_path):
        """Whoever has no key cannot date the seal by a clock of her own: whose clock it was is signed."""
        stranger = LocalAuthority(tmp_path / "stranger")
        own = {bundle.STAMP: stranger.stamp(stamped[bundle.SIGNATURE], "-cert"), bundle.STAMP_ROOTS: stranger.roots}
        assert broken(packed(tagged({**stamped, **own}))) == ["seal"]

    @pytest.mark.parametrize("path", [bundle.STAMP, bundle.STAMP_ROOTS])
    def test_that_was_promised_is_missed(self, broken, stamped, path):
        assert "timestamp" in broken(packed(tagged({each: stamped[each] for each in stamped if each != path})))

    def test_over_another_signature_is_broken(self, broken, stamped, authority):
        other = authority.stamp(b"another signature", "-cert")
        assert broken(packed(tagged({**stamped, bundle.STAMP: other}))) == ["timestamp"]

    def test_is_unchecked_where_the_package_for_it_is_missing(self, checks, stamped, monkeypatch):
        monkeypatch.setitem(sys.modules, "rfc3161_client", None)
        assert outcome_of(checks(packed(stamped)), Kind.TIMESTAMP) is Outcome.UNCHECKED


class TestNoBundle:
    @pytest.mark.parametrize("data", [b"", b"hello", b"P", bytes(100)], ids=["empty", "text", "one byte", "zeros"])
    def test_is_said_to_be_none(self, checks, data):
        with pytest.raises(ContainerUnreadable):
            checks(data)

    def test_is_a_folder_without_a_seal(self, tmp_path):
        with pytest.raises(ContainerUnreadable, match=r"the folder has no seal\.json"):
            list(verified(tmp_path))

    def test_is_what_is_not_there(self, tmp_path):
        with pytest.raises(ContainerUnreadable, match="it cannot be opened"):
            list(verified(tmp_path / "gone.zip"))


class TestUnpacked:
    @pytest.fixture
    def folder(self, tmp_path):
        return bundles.unpacked(FILES, tmp_path / "dossier")

    def broken_in(self, folder):
        return [check.id for check in verified(folder) if check.outcome is Outcome.BROKEN]

    def test_a_file_more_is_seen(self, folder):
        (folder / "data" / "read-me-first.txt").write_text("x")
        assert self.broken_in(folder) == ["file:data/read-me-first.txt", "seal"]

    def test_a_link_counts_as_changed_wherever_it_leads(self, folder, tmp_path):
        pdf = folder / "data" / "dossier.pdf"
        pdf.rename(tmp_path / "elsewhere.pdf")
        pdf.symlink_to(tmp_path / "elsewhere.pdf")
        assert self.broken_in(folder) == ["file:data/dossier.pdf"]

    def test_a_folder_that_is_a_link_is_seen(self, folder, tmp_path):
        (tmp_path / "more").mkdir()
        (folder / "data" / "more").symlink_to(tmp_path / "more")
        assert self.broken_in(folder) == ["file:data/more", "seal"]

    def test_what_is_no_file_is_not_waited_for(self, folder):
        pdf = folder / "data" / "dossier.pdf"
        pdf.unlink()
        os.mkfifo(pdf)
        assert self.broken_in(folder) == ["file:data/dossier.pdf"]

    def test_an_empty_link_in_the_place_of_an_empty_file_is_seen(self, tmp_path):
        of = draft()
        of.files["empty.txt"] = b""
        folder = bundles.unpacked(sealed(of), tmp_path / "dossier")
        (folder / "data" / "empty.txt").unlink()
        (folder / "data" / "empty.txt").symlink_to(os.devnull)
        assert self.broken_in(folder) == ["file:data/empty.txt"]
