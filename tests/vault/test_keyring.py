"""What the keyring promises: the right passphrase opens it, everything else is refused, and nothing is written by failing."""

import json
import shutil
import stat

import pytest

from panah import proof
from panah.vault import keyring

PASSPHRASE = "an invented passphrase"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Deriving a key takes its time, as it should: one keyring is copied for most tests."""
    home = tmp_path_factory.mktemp("made")
    return home, keyring.make(home, PASSPHRASE)


@pytest.fixture
def keys(made, tmp_path):
    home, keys = made
    shutil.copy2(home / keyring.FILE, tmp_path)
    return keys


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    """Another workspace with the same passphrase."""
    home = tmp_path_factory.mktemp("other")
    return home, keyring.make(home, PASSPHRASE)


@pytest.fixture
def change(keys, tmp_path):
    """Writes another keyring in the place of the right one."""

    def change(stored):
        path = tmp_path / keyring.FILE
        path.write_bytes(stored if isinstance(stored, bytes) else json.dumps(stored).encode())

    return change


def stored_in(home):
    return json.loads((home / keyring.FILE).read_bytes())


class TestMake:
    def test_gives_keys_that_the_passphrase_opens_again(self, keys, tmp_path):
        opened = keyring.opened(tmp_path, PASSPHRASE)
        assert opened == keys
        assert opened.database == keys.database

    def test_gives_each_purpose_a_key_of_its_own(self, keys):
        assert len({keys.workspace, keys.signing, keys.database}) == 3

    def test_gives_two_workspaces_different_keys_under_one_passphrase(self, made, other):
        assert {made[1].workspace, made[1].signing}.isdisjoint({other[1].workspace, other[1].signing})
        assert stored_in(made[0])["passphrase"]["salt"] != stored_in(other[0])["passphrase"]["salt"]

    def test_writes_no_key_in_plain(self, keys, tmp_path):
        written = (tmp_path / keyring.FILE).read_bytes()
        for key in (keys.workspace, keys.signing, keys.database):
            assert key not in written
            assert key.hex().encode() not in written
        assert PASSPHRASE.encode() not in written

    def test_lets_only_the_owner_read_it(self, keys, tmp_path):
        assert stat.S_IMODE((tmp_path / keyring.FILE).stat().st_mode) == 0o600

    def test_does_not_write_over_another_keyring(self, keys, tmp_path):
        before = (tmp_path / keyring.FILE).read_bytes()
        with pytest.raises(keyring.WorkspaceExists):
            keyring.make(tmp_path, "another passphrase")
        assert (tmp_path / keyring.FILE).read_bytes() == before

    def test_refuses_an_empty_passphrase_and_writes_nothing(self, tmp_path):
        with pytest.raises(keyring.PassphraseEmpty):
            keyring.make(tmp_path, "")
        assert list(tmp_path.iterdir()) == []


class TestOpened:
    @pytest.mark.parametrize(
        "wrong", ["", "an invented passphras", "An invented passphrase", "an invented passphrase "]
    )
    def test_refuses_another_passphrase(self, keys, tmp_path, wrong):
        with pytest.raises(keyring.PassphraseWrong):
            keyring.opened(tmp_path, wrong)

    @pytest.mark.parametrize(
        ("made_with", "opened_with"),
        [
            ("مۇھەممەت é", "مۇھەممەت e\u0301"),
            ("ﺳﻼﻡ", "سلام"),
            ("ｐａｎａｈ　１２３", "panah 123"),
            ("가족을 기억한다", "\u1100\u1161족을 기억한다"),
        ],
        ids=["an accent of its own", "Arabic presentation forms", "full width", "Hangul by letters"],
    )
    def test_takes_the_same_passphrase_from_another_keyboard(self, tmp_path, made_with, opened_with):
        made = keyring.make(tmp_path, made_with)
        assert keyring.opened(tmp_path, opened_with) == made

    def test_says_that_there_is_no_workspace(self, tmp_path):
        with pytest.raises(keyring.WorkspaceMissing) as refused:
            keyring.opened(tmp_path, PASSPHRASE)
        assert str(tmp_path) in refused.value.sentence
        assert not keyring.exists(tmp_path)

    def test_changes_nothing_on_the_disk_when_it_fails(self, keys, tmp_path):
        before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.iterdir()}
        with pytest.raises(keyring.PassphraseWrong):
            keyring.opened(tmp_path, "another passphrase")
        assert {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.iterdir()} == before

    @pytest.mark.parametrize(
        ("key", "error"), [("workspace_key", keyring.PassphraseWrong), ("signing_key", keyring.KeyringBroken)]
    )
    def test_refuses_a_wrapped_key_that_was_changed(self, keys, change, tmp_path, key, error):
        stored = stored_in(tmp_path)
        box = bytearray.fromhex(stored[key])
        box[-1] ^= 1
        change(stored | {key: box.hex()})
        with pytest.raises(error):
            keyring.opened(tmp_path, PASSPHRASE)

    def test_refuses_the_keys_of_two_keyrings_mixed(self, keys, other, change, tmp_path):
        change(stored_in(tmp_path) | {"signing_key": stored_in(other[0])["signing_key"]})
        with pytest.raises(keyring.KeyringBroken):
            keyring.opened(tmp_path, PASSPHRASE)


def spoiled(**changes):
    return lambda stored: stored | changes


def with_parameters(**changes):
    return lambda stored: stored | {"passphrase": stored["passphrase"] | changes}


BROKEN = {
    "empty": b"",
    "zeros": bytes(457),
    "cut short": lambda stored: json.dumps(stored)[:200].encode(),
    "not UTF-8": b"\xff\xfe{}",
    "a list": b"[]",
    "a number": b"1",
    "nested without end": b"[" * 100_000,
    "of another format": spoiled(format="panah-keyring/2"),
    "without a format": lambda stored: {name: value for name, value in stored.items() if name != "format"},
    "without a key": lambda stored: {name: value for name, value in stored.items() if name != "workspace_key"},
    "without a signing key": lambda stored: {name: value for name, value in stored.items() if name != "signing_key"},
    "without parameters": lambda stored: {name: value for name, value in stored.items() if name != "passphrase"},
    "a key that is no text": spoiled(workspace_key=17),
    "a key that is not hexadecimal": spoiled(workspace_key="zz"),
    "a signing key that is not hexadecimal": spoiled(signing_key="zz"),
    "parameters that are no mapping": spoiled(passphrase="argon2id"),
    "passes that are no number": with_parameters(passes="3"),
    "no lanes": with_parameters(lanes=0),
    "lanes that are no number": with_parameters(lanes="4"),
    "more lanes than memory": with_parameters(lanes=1 << 20),
}

WEAK = {
    "too little memory": {"memory": 32 * 1024},
    "too much memory": {"memory": 1 << 40},
    "no memory": {"memory": 0},
    "memory that is no number": {"memory": "131072"},
    "no pass": {"passes": 0},
    "a short salt": {"salt": "00"},
    "a salt that is not hexadecimal": {"salt": "zz" * 16},
    "another algorithm": {"algorithm": "pbkdf2"},
    "something unknown": {"rounds": 3},
}


class TestBroken:
    @pytest.mark.parametrize("how", BROKEN.values(), ids=BROKEN)
    def test_is_said_and_nothing_is_opened(self, keys, change, tmp_path, how):
        change(how(stored_in(tmp_path)) if callable(how) else how)
        with pytest.raises((keyring.KeyringBroken, proof.ParametersWeak)):
            keyring.opened(tmp_path, PASSPHRASE)

    @pytest.mark.parametrize("parameters", WEAK.values(), ids=WEAK)
    def test_weak_parameters_are_refused(self, keys, change, tmp_path, parameters):
        """Whoever can write the keyring must not make us derive a key that is quickly found, or derive for ever."""
        change(with_parameters(**parameters)(stored_in(tmp_path)))
        with pytest.raises(proof.ParametersWeak):
            keyring.opened(tmp_path, PASSPHRASE)

    def test_a_folder_in_its_place_is_no_keyring(self, tmp_path):
        (tmp_path / keyring.FILE).mkdir()
        assert not keyring.exists(tmp_path)
        with pytest.raises(keyring.KeyringBroken):
            keyring.opened(tmp_path, PASSPHRASE)


class TestKeys:
    def test_show_nothing_of_themselves(self, keys):
        shown = f"{keys!r} {keys}"
        for key in (keys.workspace, keys.signing, keys.database):
            assert key.hex() not in shown
            assert repr(key) not in shown

    def test_cannot_be_changed(self, keys):
        with pytest.raises(AttributeError):
            keys.workspace = bytes(32)
