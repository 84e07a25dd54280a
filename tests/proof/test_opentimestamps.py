"""Timestamps of OpenTimestamps, against another's code for the same format."""

from __future__ import annotations

import hashlib
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opentimestamps.core import notary, op
from opentimestamps.core.timestamp import DetachedTimestampFile
from opentimestamps.core.timestamp import Timestamp as OtherTimestamp

from panah.proof import bitcoin
from panah.proof.opentimestamps import (
    DEEPEST,
    LARGEST_ANSWER,
    LARGEST_FILE,
    MOST_ATTESTATIONS,
    Attestation,
    Detached,
    OpentimestampsUnreadable,
    Operation,
    Tag,
    Timestamp,
    TimestampsDiffer,
    Way,
    new_nonce,
    read_detached,
    read_timestamp,
    written,
)
from support.calendars import Calendar, header, read_by_other, serialised

DIGEST = hashlib.sha256(b"a record").digest()
MAGIC = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94"
HEAD = MAGIC + b"\x01\x08" + DIGEST
PENDING = b"\x00" + bytes.fromhex("83dfe30d2ef90c8e")
BLOCK = b"\x00" + bytes.fromhex("0588960d73d71901")
END = BLOCK + b"\x02\xd7\x12"
SHA256 = Operation(Tag.SHA256)
GENESIS = (
    "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3"
    "888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c"
)

_OPERATIONS = st.one_of(
    st.binary(min_size=1, max_size=200).map(op.OpAppend), st.binary(min_size=1, max_size=200).map(op.OpPrepend),
    st.sampled_from([op.OpSHA1(), op.OpSHA256(), op.OpHexlify()]),
)  # fmt: skip
_ATTESTATIONS = st.one_of(
    st.text("abcxyzABC0189-._/:", min_size=1, max_size=200).map(notary.PendingAttestation),
    st.integers(0, 2**40).map(notary.BitcoinBlockHeaderAttestation),
    st.binary(max_size=200).map(lambda payload: notary.UnknownAttestation(b"invented", payload)),
)
_WAYS = st.lists(st.tuples(st.lists(_OPERATIONS, max_size=6), _ATTESTATIONS), min_size=1, max_size=20)


def other_file(ways) -> DetachedTimestampFile:
    """What the other code makes of ways; blocks attest to what is as long as a root."""
    root = OtherTimestamp(DIGEST)
    for steps, attestation in ways:
        end = root
        for step in steps:
            if len(end.msg) < 500:
                end = end.ops.add(step)
        if isinstance(attestation, notary.BitcoinBlockHeaderAttestation):
            end = end.ops.add(op.OpSHA256())
        end.attestations.add(attestation)
    return DetachedTimestampFile(op.OpSHA256(), root)


def refused(content: bytes) -> str:
    with pytest.raises(OpentimestampsUnreadable) as raised:
        read_detached(content)
    return raised.value.sentence


class TestOtherCode:
    @settings(deadline=None, max_examples=200)
    @given(_WAYS)
    def test_writes_what_is_read_and_written_here_byte_for_byte(self, ways):
        theirs = other_file(ways)
        content = serialised(theirs)
        ours = read_detached(content)
        assert ours.written() == content
        ends = {(each.message, each.attestation.tag) for each in ours.timestamp.attested()}
        assert ends == {(message, bytes(each.TAG)) for message, each in theirs.timestamp.all_attestations()}

    @settings(deadline=None, max_examples=100)
    @given(_WAYS, _WAYS)
    def test_merges_as_we_do(self, some, others):
        one, other = other_file(some), other_file(others)
        ours = read_detached(serialised(one)).timestamp.merged(read_detached(serialised(other)).timestamp)
        one.timestamp.merge(other.timestamp)
        assert Detached(Tag.SHA256, ours).written() == serialised(one)

    def test_reads_what_we_make(self):
        nonce = new_nonce()
        made = Timestamp(SHA256(nonce(DIGEST)), frozenset({Way((), Attestation.pending("https://calendar.example"))}))
        read = read_by_other(Detached(Tag.SHA256, made.after(nonce, SHA256, of=DIGEST)).written())
        [(message, attestation)] = read.timestamp.all_attestations()
        assert (message, attestation.uri) == (made.message, "https://calendar.example")
        assert len(nonce.argument) == 16

    def test_computes_each_operation_alike(self):
        for tag, theirs in op.Op.SUBCLS_BY_TAG.items():
            if tag in {b"\x67", b"\xf2"}:  # the one we refuse, the other it warns of
                continue
            argument = b"more" if issubclass(theirs, op.BinaryOp) else b""
            step = theirs(argument) if argument else theirs()
            assert Operation(Tag(tag[0]), argument)(DIGEST) == step(DIGEST)
        assert Operation(Tag.REVERSE)(b"abc") == b"cba"


class TestUpgraded:
    def test_has_the_block_and_still_what_was_pending(self):
        with Calendar() as calendar:
            first = read_timestamp(serialised(calendar.promise(DIGEST)), DIGEST)
            [pending] = first.attested()
            block = calendar.mine(358_391)
            status, answer = calendar.answer(f"GET /timestamp/{pending.message.hex()} HTTP/1.1", b"")
        assert status == 200
        found = first.upgraded(read_timestamp(answer, pending.message))
        assert (first.block, found.block) == (None, 358_391)
        assert first.ways < found.ways
        root = bitcoin.compared(found, bitcoin.read_block_header(block.header))
        assert root.height == 358_391
        theirs = dict(read_by_other(Detached(Tag.SHA256, found).written()).timestamp.all_attestations())
        assert theirs[root.merkle_root] == notary.BitcoinBlockHeaderAttestation(358_391)

    def test_with_an_answer_about_another_message_is_refused(self):
        first = Timestamp(DIGEST, frozenset({Way((SHA256,), Attestation.pending("https://calendar.example"))}))
        with pytest.raises(TimestampsDiffer):
            first.upgraded(read_timestamp(END, DIGEST))

    def test_is_not_merged_with_another_digest_s(self):
        with pytest.raises(TimestampsDiffer):
            read_timestamp(END, DIGEST).merged(read_timestamp(END, bytes(32)))
        with pytest.raises(TimestampsDiffer):
            read_timestamp(END, DIGEST).after(SHA256, of=DIGEST)

    def test_past_a_bound_is_refused(self):
        ways = [
            {Way((Operation(Tag.APPEND, bytes([one, n])), SHA256), Attestation.of_block(n)) for n in range(100)}
            for one in (0, 1)
        ]
        one, other = (Timestamp(DIGEST, frozenset(each)) for each in ways)
        with pytest.raises(OpentimestampsUnreadable, match=f"more than {MOST_ATTESTATIONS} attestations"):
            one.merged(other)
        large = [Operation(Tag.APPEND, bytes([n]) * 4000) for n in range(40)]
        wide = Timestamp(DIGEST, frozenset(Way((each, SHA256), Attestation.of_block(1)) for each in large))
        with pytest.raises(OpentimestampsUnreadable, match="larger than"):
            wide.merged(wide)


class TestHostile:
    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (b"", "does not begin"), (b"PK\x03\x04" + bytes(100), "does not begin"), (MAGIC[:-1], "does not begin"),
            (MAGIC, "too early"), (MAGIC + b"\x02\x08" + DIGEST + END, "version is 2"),
            (MAGIC + b"\x01\xf0\x01a" + DIGEST + END, "how the file was digested"),
            (MAGIC + b"\x01\x67" + DIGEST + END, "how the file was digested"),
            (MAGIC + b"\x01\x99" + DIGEST + END, "0x99"), (MAGIC + b"\x01\x08" + DIGEST[:-1], "too early"),
            (HEAD, "too early"), (HEAD + b"\xff", "too early"), (HEAD + b"\xff" + END, "too early"),
            (HEAD + b"\xff\xff" + END + END, "0xff"), (HEAD + END + b"\x00", "after its end"),
            (HEAD + b"\x67" + END, "keccak256, which cannot be computed"), (HEAD + b"\x01" + END, "0x01"),
            (HEAD + b"\xf0\x00" + END, "adds nothing"), (HEAD + b"\xf0\x81\x20" + bytes(4097) + END, "longer than 4096"),
            (HEAD + b"\xf0\x80\x20" + bytes(4096) + END, "more than 4096 bytes"), (HEAD + b"\xf3" * 8 + END, "more than 4096 bytes"),
            (HEAD + b"\xf1\xff\xff\xff\xff\x7f", "longer than 4096"), (HEAD + b"\xf1" + b"\xff" * 1000, "no end"),
            (HEAD + PENDING + b"\x04\x04htt", "too early"), (HEAD + PENDING + b"\x06\x04httpX", "after its end"),
            (HEAD + PENDING + b"\x03\x02a ", "characters that none has"), (HEAD + PENDING + b"\x01\x00", "characters that none has"),
            (HEAD + BLOCK + b"\x00", "too early"), (HEAD + BLOCK + b"\x02\x01\x01", "after its end"),
            (HEAD + b"\x00invented" + b"\x81\x40" + bytes(8193), "longer than 8192"),
            (HEAD + b"\x02" + END, "not as long"), (HEAD + b"\xf0\x01a" + END, "not as long"),
        ],
    )  # fmt: skip
    def test_is_refused_with_its_reason(self, content, reason):
        assert reason in refused(content)

    def test_that_is_cut_short_anywhere_is_refused(self):
        whole = serialised(
            other_file(
                [
                    ([op.OpAppend(b"abc")], notary.PendingAttestation("https://calendar.example")),
                    ([], notary.BitcoinBlockHeaderAttestation(7)),
                ]
            )
        )
        assert read_detached(whole).timestamp.block == 7
        for cut in range(len(whole)):
            assert refused(whole[:cut])

    def test_as_deep_as_others_read_is_read_and_no_deeper(self):
        deep = HEAD + b"\x08" * DEEPEST + END
        assert read_detached(deep).written() == deep == serialised(read_by_other(deep))
        assert "more operations" in refused(HEAD + b"\x08" * (DEEPEST + 1) + END)
        assert "more operations" in refused(HEAD + b"\x08" * 100_000 + END)

    def test_with_branches_without_end_is_left_soon(self):
        began = time.monotonic()
        assert "attestations" in refused(
            HEAD + b"".join(b"\xff" + BLOCK + b"\x02" + bytes([n % 128 | 128, n // 128]) for n in range(5000))
        )
        assert "more operations" in refused(HEAD + (b"\xff" + b"\x08" * 200 + END) * 100)
        assert "more operations" in refused(HEAD + (b"\xff\x08") * 50_000)
        assert "larger than" in refused(HEAD + b"\x08" * LARGEST_FILE)
        slow = (
            HEAD + b"".join(b"\xff" + b"\xf1\xc0\x1f" + bytes([n]) * 4032 + b"\x08" * 60 + END for n in range(60)) + END
        )
        assert len(read_detached(slow).timestamp.attested()) == 61
        assert time.monotonic() - began < 5

    def test_answer_that_is_too_long_is_refused(self):
        with pytest.raises(OpentimestampsUnreadable, match="larger than 10000 bytes"):
            read_timestamp(bytes(LARGEST_ANSWER + 1), DIGEST)

    @settings(deadline=None, max_examples=300)
    @given(st.binary(max_size=300))
    def test_bytes_are_refused_or_written_as_they_are_read_again(self, tail):
        try:
            read = read_detached(HEAD + tail)
        except OpentimestampsUnreadable:
            return
        assert read_detached(read.written()) == read

    def test_digest_that_this_machine_does_not_have_is_refused(self, monkeypatch):
        def without(name, *_more, **_named):
            raise ValueError(name)

        monkeypatch.setattr(hashlib, "new", without)
        assert "ripemd160, which cannot be computed here" in refused(HEAD + b"\x03" + END)


class TestAttestation:
    def test_that_nobody_here_knows_is_kept_as_it_came(self):
        content = HEAD + b"\x00" + bytes.fromhex("06869a0d73d71b45") + b"\x02\xd7\x12"
        [found] = read_detached(content).timestamp.attested()
        assert (found.attestation.calendar, found.attestation.height) == ("", None)
        assert found.attestation.payload == b"\xd7\x12"
        assert read_detached(content).written() == content

    def test_of_a_calendar_whose_address_cannot_be_is_not_made(self):
        with pytest.raises(OpentimestampsUnreadable):
            Attestation.pending("https://calendar.example/?q")

    def test_are_told_promises_first_then_the_lowest_block(self):
        ends = [
            Attestation(b"invented", b""),
            Attestation.of_block(900),
            Attestation.of_block(7),
            Attestation.pending("https://b"),
            Attestation.pending("https://a"),
        ]
        found = read_timestamp(written(Timestamp(DIGEST, frozenset(Way((), end) for end in ends))), DIGEST)
        assert [each.attestation for each in found.attested()] == [*reversed(ends[3:]), *reversed(ends[1:3]), ends[0]]
        assert found.block == 7


class TestBlockHeader:
    def test_of_the_first_block_says_what_everybody_knows(self):
        found = bitcoin.read_block_header(GENESIS)
        assert found.digest == "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f"
        assert (
            bitcoin.as_people_write(found.merkle_root)
            == "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b"
        )
        assert found.time == datetime(2009, 1, 3, 18, 15, 5, tzinfo=UTC)

    @pytest.mark.parametrize("written", ["", "00", GENESIS[:-1], GENESIS + "00", GENESIS[:-1] + "x", "٠" * 160])
    def test_that_is_none_is_refused(self, written):
        with pytest.raises(bitcoin.BlockHeaderUnreadable):
            bitcoin.read_block_header(written)

    def test_of_another_block_does_not_fit(self):
        with pytest.raises(bitcoin.MerkleRootDiffers, match="3ba3edfd"):
            bitcoin.compared(read_timestamp(END, DIGEST), bitcoin.read_block_header(GENESIS))

    def test_is_compared_with_nothing_where_all_is_pending(self):
        pending = Timestamp(DIGEST, frozenset({Way((), Attestation.pending("https://calendar.example"))}))
        with pytest.raises(bitcoin.BlockPending):
            bitcoin.compared(pending, bitcoin.read_block_header(GENESIS))

    def test_fits_the_timestamp_that_leads_to_its_root(self):
        read = bitcoin.read_block_header(header(DIGEST, datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)))
        root = bitcoin.compared(read_timestamp(END, DIGEST), read)
        assert (root.height, root.in_header) == (2391, DIGEST.hex())
        assert bytes.fromhex(root.as_printed)[::-1] == DIGEST
        assert read.time == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
