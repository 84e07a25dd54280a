"""What is encrypted comes back as it was, or not at all."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.proof import CHUNK, Key, Opened, SealBroken, decrypted, derived, encrypted, unwrapped, wrapped
from panah.proof.aead import LENGTH, MAGIC, SALT, SMALLEST, TAG, padded

KEY, OTHER_KEY = Key(bytes(range(32))), Key(bytes(32))
HEADER = len(MAGIC) + SALT
STORED_CHUNK = CHUNK + TAG

SIZES = [0, 1, 7, 8, 4079, 4080, 4087, 4088, 4089, 4096, 4097, 65_527, 65_528, 65_529, 65_535, 65_536, 65_537]
SIZES += [131_064, 131_071, 131_072, 131_073, 196_608, 262_144, 300_000]


def content_of(size):
    """Content of which no two chunks are alike."""
    return b"".join(number.to_bytes(4, "big") for number in range(-(-size // 4)))[:size]


def sealed(content, key=KEY):
    return b"".join(encrypted([content], key))


def opened(stored, key=KEY):
    return b"".join(decrypted(io.BytesIO(stored), key))


class TestRoundTrip:
    @pytest.mark.parametrize("size", SIZES)
    def test_any_size_comes_back(self, size):
        assert opened(sealed(content_of(size))) == content_of(size)

    @given(st.lists(st.binary(max_size=5000), max_size=8), st.binary(min_size=32, max_size=32).map(Key))
    def test_it_does_not_matter_in_which_pieces_it_came(self, pieces, key):
        assert opened(b"".join(encrypted(pieces, key)), key) == b"".join(pieces)

    def test_large_pieces_are_parted_into_chunks(self):
        stored = sealed(content_of(200_000))
        assert Opened(io.BytesIO(stored), KEY).chunks == 4

    def test_twice_the_same_content_is_twice_something_else(self):
        assert sealed(b"statement") != sealed(b"statement")

    def test_the_stream_is_read_as_it_is_written(self):
        """Pieces come out before all of them went in: an Original never has to fit into memory."""
        given_out = []

        def pieces():
            for number in range(10):
                given_out.append(number)
                yield bytes(CHUNK)

        stored = encrypted(pieces(), KEY)
        next(stored), next(stored)
        assert given_out == [0, 1]

    def test_the_content_does_not_show(self):
        assert b"statement" not in sealed(b"statement" * 100)


class TestLength:
    @pytest.mark.parametrize("size", [0, 1, 100, 4079, SMALLEST - LENGTH])
    def test_of_small_objects_is_the_same(self, size):
        assert len(sealed(content_of(size))) == HEADER + SMALLEST + TAG

    @pytest.mark.parametrize(("least", "most"), [(4089, 4344), (65_529, 67_576), (1_048_569, 1_081_336)])
    def test_within_one_step_does_not_show(self, least, most):
        assert padded(least) == padded(most) < padded(most + 1)
        assert padded(least - 1) < padded(least)

    @given(st.integers(0, 1 << 45))
    def test_costs_at_most_twelve_percent(self, length):
        assert length + LENGTH <= padded(length) <= max(SMALLEST, (length + LENGTH) * 1.12)

    @given(st.integers(0, 1 << 45))
    def test_is_rounded_to_a_length_that_is_round_already(self, length):
        assert padded(padded(length) - LENGTH) == padded(length)

    def test_takes_few_values(self):
        """Of the million lengths between 1 and 2 MiB only 32 can be told apart."""
        assert len({padded(length) for length in range(1 << 20, (1 << 21) - LENGTH, 997)}) == 32


class TestBroken:
    @given(st.data())
    def test_one_changed_bit_anywhere(self, data):
        stored = bytearray(sealed(content_of(100)))
        at = data.draw(st.integers(0, 8 * len(stored) - 1))
        stored[at // 8] ^= 1 << at % 8
        with pytest.raises(SealBroken):
            opened(bytes(stored))

    @pytest.mark.parametrize("at", [0, 3, 4, 35, 36, HEADER + STORED_CHUNK - 1, HEADER + STORED_CHUNK, -1])
    def test_one_changed_byte_in_a_larger_object(self, at):
        stored = bytearray(sealed(content_of(100_000)))
        stored[at] ^= 0x80
        with pytest.raises(SealBroken):
            opened(bytes(stored))

    @pytest.mark.parametrize(
        "left",
        [
            *(0, 3, 4, 35, 36, 37, HEADER + TAG, HEADER + TAG + 1, -1, -16, -17),
            *(HEADER + STORED_CHUNK + more for more in (-1, 0, 1, TAG, STORED_CHUNK)),
        ],
    )
    def test_an_object_that_was_cut_short(self, left):
        with pytest.raises(SealBroken):
            opened(sealed(content_of(190_000))[:left])

    @pytest.mark.parametrize("more", [b"\0", bytes(TAG), bytes(TAG + 1), bytes(STORED_CHUNK), bytes(100_000)])
    @pytest.mark.parametrize("size", [0, 65_528, 190_000])
    def test_an_object_to_which_something_was_added(self, size, more):
        with pytest.raises(SealBroken):
            opened(sealed(content_of(size)) + more)

    def test_chunks_that_changed_places(self):
        stored = sealed(content_of(190_000))
        first, second = (stored[HEADER + number * STORED_CHUNK :][:STORED_CHUNK] for number in (0, 1))
        with pytest.raises(SealBroken):
            opened(stored[:HEADER] + second + first + stored[HEADER + 2 * STORED_CHUNK :])

    def test_a_chunk_left_out_or_said_twice(self):
        stored = sealed(content_of(190_000))
        first, rest = stored[HEADER:][:STORED_CHUNK], stored[HEADER + STORED_CHUNK :]
        for changed in (rest, first + first + rest):
            with pytest.raises(SealBroken):
                opened(stored[:HEADER] + changed)

    def test_a_chunk_of_another_object_under_the_same_key(self):
        one, other = sealed(content_of(190_000)), sealed(content_of(190_000))
        with pytest.raises(SealBroken):
            opened(one[: HEADER + STORED_CHUNK] + other[HEADER + STORED_CHUNK :])

    def test_another_key(self):
        with pytest.raises(SealBroken):
            opened(sealed(b"statement"), OTHER_KEY)

    @given(st.binary(max_size=200))
    def test_bytes_that_are_no_object(self, stored):
        for found in (stored, MAGIC + stored, MAGIC + bytes(SALT) + stored):
            with pytest.raises(SealBroken):
                opened(found)

    def test_a_length_that_is_not_the_padded_one(self):
        """Whoever has the key and another program: what it wrote is not taken."""
        longer = bytes(SMALLEST)  # its last 8 bytes say 0, and 0 is padded to what it is
        assert opened(_written(longer)) == b""
        for plain in (bytes(5), bytes(SMALLEST + 1), b"\xff" * SMALLEST):
            with pytest.raises(SealBroken):
                opened(_written(plain))

    def test_nothing_is_given_out_of_a_changed_chunk(self):
        stored = bytearray(sealed(content_of(190_000)))
        stored[HEADER + STORED_CHUNK] ^= 1
        pieces = decrypted(io.BytesIO(stored), KEY)
        assert next(pieces) == content_of(190_000)[:CHUNK]
        with pytest.raises(SealBroken):
            next(pieces)

    def test_answers_as_a_fault_of_the_workspace(self):
        assert SealBroken.status == 500


def _written(plain):
    """An object of one chunk with this plaintext, padding and length included."""
    from panah.proof.aead import _cipher, chunk_nonce

    salt = bytes(SALT)
    return MAGIC + salt + _cipher(KEY, salt).encrypt(chunk_nonce(0, last=True), plain, None)


class TestReadingARange:
    CONTENT = content_of(150_000)
    STORED = sealed(CONTENT)

    @pytest.mark.parametrize(
        ("start", "end"),
        [
            *((0, 0), (0, 1), (0, 150_000), (149_999, 150_000), (65_535, 65_537), (65_536, 131_072), (65_536, 65_536)),
            *((10, 5), (149_990, 10**9), (150_000, 150_001), (10**9, 10**10), (131_071, 131_073), (0, 10**9)),
        ],
    )
    def test_gives_what_slicing_gives(self, start, end):
        assert Opened(io.BytesIO(self.STORED), KEY).read(start, end) == self.CONTENT[start:end]

    @given(st.integers(0, 160_000), st.integers(0, 160_000))
    def test_any_range_gives_what_slicing_gives(self, start, end):
        assert Opened(io.BytesIO(self.STORED), KEY).read(start, end) == self.CONTENT[start:end]

    def test_knows_the_length_of_the_content(self):
        assert Opened(io.BytesIO(self.STORED), KEY).length == 150_000

    def test_opens_only_the_chunks_that_it_needs(self):
        stored = bytearray(self.STORED)
        stored[HEADER] ^= 1
        reading = Opened(io.BytesIO(stored), KEY)
        assert reading.read(CHUNK, CHUNK + 5) == self.CONTENT[CHUNK : CHUNK + 5]
        with pytest.raises(SealBroken):
            reading.read(CHUNK - 1, CHUNK + 5)


class TestWrapped:
    @given(st.binary(max_size=100), st.text(max_size=20))
    def test_a_secret_comes_back_for_its_purpose(self, secret, purpose):
        assert unwrapped(wrapped(secret, KEY, purpose), KEY, purpose) == secret

    def test_a_secret_does_not_come_back_for_another_purpose_or_key(self):
        box = wrapped(b"secret", KEY, "database")
        for key, purpose in ((KEY, "objects"), (KEY, ""), (OTHER_KEY, "database")):
            with pytest.raises(SealBroken):
                unwrapped(box, key, purpose)

    @given(st.data())
    def test_a_changed_box_does_not_open(self, data):
        box = bytearray(wrapped(b"secret", KEY, "database"))
        at = data.draw(st.integers(0, 8 * len(box) - 1))
        box[at // 8] ^= 1 << at % 8
        with pytest.raises(SealBroken):
            unwrapped(bytes(box), KEY, "database")

    @given(st.binary(max_size=60))
    def test_bytes_that_are_no_box_do_not_open(self, box):
        with pytest.raises(SealBroken):
            unwrapped(box, KEY, "database")

    def test_the_same_secret_is_never_wrapped_alike(self):
        assert wrapped(b"secret", KEY, "database") != wrapped(b"secret", KEY, "database")


class TestDerived:
    def test_each_purpose_has_its_own_key(self):
        keys = {derived(KEY, purpose, salt) for purpose in ("a", "b") for salt in (b"", b"s", b"t")}
        assert len(keys) == 6
        assert {len(key) for key in keys} == {32}

    def test_is_hkdf_sha256_of_rfc_5869(self):
        """Test case 3 of its appendix A, the one with neither salt nor purpose."""
        key = derived(Key(b"\x0b" * 22), "")
        assert key.hex() == "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
