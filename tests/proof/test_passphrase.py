"""From a passphrase to a key. Each derivation costs a tenth of a second and 64 MiB, so there are few of them."""

import unicodedata

import pytest

from panah.proof import Parameters, ParametersWeak, key_from
from panah.proof.passphrase import LEAST_MEMORY_KIB, MOST_MEMORY_KIB

CHEAPEST = Parameters(salt="00" * 16, memory=LEAST_MEMORY_KIB, passes=1, lanes=4)


class TestKeyFrom:
    def test_is_argon2id_as_its_authors_compute_it(self):
        """From the tests of the reference implementation, version 1.3: 2 passes, 64 MiB, 1 lane."""
        parameters = Parameters(salt=b"somesalt".hex(), memory=1 << 16, passes=2, lanes=1)
        key = key_from("password", parameters)
        assert key.hex() == "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7"

    def test_is_the_same_on_every_keyboard(self):
        passphrase = "Türkistan ﺋﻻ １"
        written = {unicodedata.normalize(form, passphrase) for form in ("NFC", "NFD", "NFKC", "NFKD")}
        assert len(written) > 1
        assert len({key_from(words, CHEAPEST) for words in written}) == 1

    def test_is_another_for_another_passphrase_salt_or_cost(self):
        keys = [
            key_from("camp", CHEAPEST),
            key_from("Camp", CHEAPEST),
            key_from("camp", Parameters(salt="01" * 16, memory=LEAST_MEMORY_KIB, passes=1, lanes=4)),
            key_from("camp", Parameters(salt="00" * 16, memory=LEAST_MEMORY_KIB, passes=2, lanes=4)),
        ]
        assert len(set(keys)) == len(keys)
        assert {len(key) for key in keys} == {32}


class TestParameters:
    def test_are_as_strong_as_rfc_9106_asks_and_have_a_salt_of_their_own(self):
        first, second = Parameters.fresh(), Parameters.fresh()
        assert first.salt != second.salt
        assert len(bytes.fromhex(first.salt)) == 16
        assert (first.memory, first.passes, first.lanes) >= (64 * 1024, 3, 4)

    def test_come_back_as_they_were_stored(self):
        parameters = Parameters.fresh()
        assert Parameters.read(parameters.as_stored()) == parameters

    @pytest.mark.parametrize("memory", [LEAST_MEMORY_KIB, MOST_MEMORY_KIB])
    def test_may_cost_as_little_and_as_much_as_is_safe(self, memory):
        assert Parameters.read(Parameters("00" * 16, memory=memory).as_stored()).memory == memory

    @pytest.mark.parametrize(
        "changed",
        [
            {"memory": LEAST_MEMORY_KIB - 1},
            {"memory": MOST_MEMORY_KIB + 1},
            {"memory": 0},
            {"memory": -1},
            {"memory": True},
            {"memory": float(LEAST_MEMORY_KIB)},
            {"memory": "65536"},
            {"passes": 0},
            {"passes": -3},
            {"passes": "3"},
            {"passes": None},
            {"passes": 2.5},
            {"passes": 10**12},  # would never end
            {"lanes": 0},
            {"lanes": -4},
            {"lanes": "4"},
            {"lanes": 10**6},  # more than there is memory for
            {"salt": ""},
            {"salt": "00" * 15},
            {"salt": "no digits"},
            {"salt": 5},
            {"salt": None},
            {"algorithm": "argon2i"},
            {"algorithm": "pbkdf2"},
            {"algorithm": None},
            {"pepper": "unknown"},
        ],
        ids=str,
    )
    def test_that_somebody_weakened_are_refused(self, changed):
        stored = Parameters.fresh().as_stored() | changed
        with pytest.raises(ParametersWeak, match="not those of a Panah workspace"):
            Parameters.read(stored)

    def test_without_a_salt_are_refused(self):
        with pytest.raises(ParametersWeak, match="cannot be read"):
            Parameters.read({})

    def test_refused_are_a_fault_of_the_workspace(self):
        assert ParametersWeak.status == 500
