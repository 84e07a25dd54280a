"""Passkeys, made and shown by a key in software; and what a forger would answer in its place."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panah.proof import passkeys
from panah.proof.passkeys import PasskeyRefused
from support.authenticator import Authenticator, as_text, numbered, spoiled

HERE, ELSEWHERE = "http://localhost:8017", "https://panah.example"
FALSE = [
    ({"origin": ELSEWHERE}, "another address"), ({"origin": "http://localhost:9999"}, "another address"),
    ({"origin": "https://localhost:8017"}, "another address"), ({"host_said": "panah.example"}, "another address"),
    ({"challenge": as_text(bytes(32))}, "another question"), ({"challenge": ""}, "another question"),
    ({"kind_said": "payment.get"}, "wrong"), ({"present": False}, "wrong"),
]  # fmt: skip
"""What is said falsely, and what is said of it."""


@pytest.fixture
def key() -> Authenticator:
    return Authenticator(uses=7)


@pytest.fixture
def kept(key) -> passkeys.Passkey:
    return make(key)


def make(key: Authenticator, origin: str = HERE, **falsely) -> passkeys.Passkey:
    asked = passkeys.ask_to_make(HERE, member=b"1", name="Invented Member", have=[])
    return passkeys.made(HERE, asked.state, key.makes(asked.options, origin, **falsely))


def show(key: Authenticator, have: list[bytes], origin: str = HERE, **falsely) -> passkeys.Passkey:
    asked = passkeys.ask_to_use(HERE, have)
    return passkeys.used(HERE, asked.state, key.shows(asked.options, origin, **falsely), have)


class TestRightly:
    def test_one_is_made_and_shown(self, key, kept):
        assert (kept.id, kept.uses) == (key.id, 7)
        assert show(key, [kept.credential]) == kept._replace(uses=8)

    def test_one_of_several_is_told_from_the_others(self, kept):
        other = Authenticator(b"another credential")
        have = [kept.credential, make(other).credential]
        assert show(other, have).id == other.id

    def test_what_is_asked_and_remembered_is_plain_json_and_new_each_time(self, kept):
        first, second = (passkeys.ask_to_use(HERE, [kept.credential]) for _ in range(2))
        assert json.loads(json.dumps(first)) == [first.options, first.state]
        assert first.options["challenge"] != second.options["challenge"]

    def test_a_key_that_is_there_already_is_named_to_the_browser(self, kept):
        asked = passkeys.ask_to_make(HERE, member=b"1", name="Invented Member", have=[kept.credential])
        assert [each["id"] for each in asked.options["excludeCredentials"]] == [as_text(kept.id)]


class TestFalsely:
    @pytest.mark.parametrize(("falsely", "reason"), FALSE)
    def test_none_is_taken_that_was_shown_elsewhere_or_to_another_question(self, key, kept, falsely, reason):
        with pytest.raises(PasskeyRefused) as refused:
            show(key, [kept.credential], **falsely)
        assert reason in refused.value.sentence

    @pytest.mark.parametrize(("falsely", "reason"), FALSE)
    def test_none_is_made_so_either(self, key, falsely, reason):
        with pytest.raises(PasskeyRefused) as refused:
            make(key, **falsely)
        assert reason in refused.value.sentence

    def test_an_answer_given_twice_is_none_to_the_second_question(self, key, kept):
        have = [kept.credential]
        first = passkeys.ask_to_use(HERE, have)
        answer = key.shows(first.options, HERE)
        passkeys.used(HERE, first.state, answer, have)
        with pytest.raises(PasskeyRefused, match="another question"):
            passkeys.used(HERE, passkeys.ask_to_use(HERE, have).state, answer, have)

    def test_a_key_of_somebody_else_is_not_known(self, kept):
        stranger = Authenticator(b"a stranger's")
        make(stranger)
        with pytest.raises(PasskeyRefused, match="not known here"):
            show(stranger, [kept.credential])
        with pytest.raises(PasskeyRefused, match="not known here"):
            show(stranger, [])

    def test_another_key_that_gives_itself_out_for_it_signs_wrongly(self, key, kept):
        with pytest.raises(PasskeyRefused, match="signature"):
            show(Authenticator(key.id, uses=8), [kept.credential])

    def test_what_was_made_is_no_answer_to_be_shown_one(self, key, kept):
        asked = passkeys.ask_to_use(HERE, [kept.credential])
        answer = key.makes({"rp": {"id": "localhost"}, "challenge": asked.options["challenge"]}, HERE)
        with pytest.raises(PasskeyRefused):
            passkeys.used(HERE, asked.state, answer, [kept.credential])

    @pytest.mark.parametrize("part", ["clientDataJSON", "authenticatorData", "signature"])
    def test_no_bit_of_an_answer_may_differ(self, key, kept, part):
        asked = passkeys.ask_to_use(HERE, [kept.credential])
        answer = key.shows(asked.options, HERE)
        for place in range(0, 70, 3):
            with pytest.raises(PasskeyRefused):
                passkeys.used(HERE, asked.state, spoiled(answer, part, place), [kept.credential])


MEMBERS = ("id", "rawId", "type", "response")
PARTS = ("clientDataJSON", "authenticatorData", "signature", "attestationObject")
junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.binary(max_size=90).map(as_text),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*MEMBERS, *PARTS]), inner, max_size=5),
    max_leaves=8,
)


class TestGarbage:
    @pytest.mark.parametrize(
        "answer", ["", "{}", "[]", "null", "1e999", '"', "[" * 100_000, '{"id": "\\ud800"}', '{"response": []}']
    )
    def test_is_refused(self, kept, answer):
        self.refused(answer, kept)

    @settings(max_examples=60, deadline=None)
    @given(said=junk)
    def test_is_refused_whatever_it_is(self, said):
        self.refused(json.dumps(said), make(Authenticator()))

    @settings(max_examples=60, deadline=None)
    @given(part=st.sampled_from(PARTS), content=st.binary(max_size=200), cut=st.integers(0, 200))
    def test_is_refused_in_the_place_of_any_part(self, part, content, cut):
        key = Authenticator()
        kept = make(key)
        asked = passkeys.ask_to_use(HERE, [kept.credential])
        making = passkeys.ask_to_make(HERE, member=b"1", name="Invented Member", have=[])
        for answer, take in (
            (key.shows(asked.options, HERE), lambda said: passkeys.used(HERE, asked.state, said, [kept.credential])),
            (key.makes(making.options, HERE), lambda said: passkeys.made(HERE, making.state, said)),
        ):
            read = json.loads(answer)
            if part in read["response"]:
                for instead in (as_text(content), read["response"][part][:cut]):
                    if instead != read["response"][part]:
                        spoilt = json.dumps(read | {"response": read["response"] | {part: instead}})
                        with pytest.raises(PasskeyRefused):
                            take(spoilt)

    @pytest.mark.parametrize(
        "part", ["id", "type", "rawId", "clientDataJSON", "authenticatorData", "signature", "challenge"]
    )
    def test_a_number_does_not_become_so_many_bytes(self, key, kept, part):
        asked = passkeys.ask_to_use(HERE, [kept.credential])
        with pytest.raises(PasskeyRefused):
            passkeys.used(HERE, asked.state, numbered(key.shows(asked.options, HERE), part), [kept.credential])

    @pytest.mark.parametrize(
        "part", ["id", "type", "rawId", "clientDataJSON", "attestationObject", "authData", "challenge"]
    )
    def test_a_number_does_not_when_a_key_is_made_either(self, key, part):
        asked = passkeys.ask_to_make(HERE, member=b"1", name="Invented Member", have=[])
        with pytest.raises(PasskeyRefused):
            passkeys.made(HERE, asked.state, numbered(key.makes(asked.options, HERE), part))

    def test_that_is_very_long_is_refused_unread(self, kept):
        asked = passkeys.ask_to_use(HERE, [kept.credential])
        answer = json.loads(Authenticator().shows(asked.options, HERE)) | {"more": "x" * passkeys.LONGEST}
        with pytest.raises(PasskeyRefused, match="cannot be read"):
            passkeys.used(HERE, asked.state, json.dumps(answer), [kept.credential])

    def test_that_is_nested_without_end_is_refused(self, key, kept):
        asked = passkeys.ask_to_make(HERE, member=b"1", name="Invented Member", have=[])
        read = json.loads(key.makes(asked.options, HERE))
        read["response"]["attestationObject"] = as_text(b"\x81" * 40_000)
        with pytest.raises(PasskeyRefused):
            passkeys.made(HERE, asked.state, json.dumps(read))

    @staticmethod
    def refused(answer: str, kept: passkeys.Passkey) -> None:
        asked = passkeys.ask_to_use(HERE, [kept.credential])
        with pytest.raises(PasskeyRefused):
            passkeys.used(HERE, asked.state, answer, [kept.credential])
        making = passkeys.ask_to_make(HERE, member=b"1", name="Invented Member", have=[])
        with pytest.raises(PasskeyRefused):
            passkeys.made(HERE, making.state, answer)


class TestAddresses:
    @pytest.mark.parametrize(
        ("origin", "allowed"),
        [
            ("http://localhost:8017", True), ("https://panah.example", True), ("http://panah.example", False),
            ("http://127.0.0.1:8017", False), ("https://192.0.2.1", False), ("https://[::1]:8017", False), ("", False),
        ],
    )  # fmt: skip
    def test_passkeys_are_possible_at_a_name_alone(self, origin, allowed):
        assert passkeys.can_be_used_at(origin) is allowed
