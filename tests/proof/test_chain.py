"""No entry of a chain can be changed, removed or moved unseen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.proof import GENESIS, DigestUnknown, Link, body_digest, digest_of, first_break, linked

BODIES = st.lists(st.dictionaries(st.text(max_size=5), st.integers(0, 9), max_size=3), min_size=1, max_size=12)


def chain(bodies, previous=GENESIS, seq=1):
    links = []
    for number, body in enumerate(bodies, start=seq):
        digest = body_digest(body)
        previous = linked(previous, digest)
        links.append(Link(number, digest, previous))
    return links


LEDGER = chain([{"verb": verb} for verb in ("quoted", "sealed", "quoted", "read", "sealed")])


class TestLinked:
    def test_stands_on_the_link_before_and_on_the_body(self):
        body = body_digest({"verb": "sealed"})
        raw = [bytes.fromhex(digest.removeprefix("sha256:")) for digest in (GENESIS, body)]
        assert linked(GENESIS, body) == digest_of(b"".join(raw))

    def test_the_body_is_digested_in_canonical_form(self):
        assert body_digest({"b": 1, "a": "ئ"}) == digest_of('{"a":"ئ","b":1}'.encode())

    def test_the_genesis_is_fixed(self):
        assert GENESIS == "sha256:cd59ab38c8a52d74017da7bdfb6cf41cf56b80be8d866f90bfb5483eadafbf08"

    @pytest.mark.parametrize("text", ["", "sha256:", "f" * 64, "md5:" + "0" * 32])
    def test_what_is_no_digest_is_refused(self, text):
        with pytest.raises(DigestUnknown):
            linked(GENESIS, text)
        with pytest.raises(DigestUnknown):
            linked(text, GENESIS)


class TestFirstBreak:
    @given(BODIES)
    def test_is_none_in_a_chain_as_it_was_written(self, bodies):
        assert first_break(GENESIS, chain(bodies)) is None

    def test_is_none_where_there_is_nothing(self):
        assert first_break(GENESIS, []) is None

    def test_a_part_is_followed_from_the_link_before_it(self):
        assert first_break(LEDGER[1].link, LEDGER[2:]) is None
        assert first_break(LEDGER[1].link, LEDGER[3:]) == LEDGER[3]

    @given(BODIES, st.data())
    def test_is_the_entry_whose_body_changed(self, bodies, data):
        links = chain(bodies)
        at = data.draw(st.integers(0, len(links) - 1))
        links[at] = links[at]._replace(body=body_digest({"changed": at}))
        assert first_break(GENESIS, links) == links[at]

    @given(BODIES, st.data())
    def test_is_the_entry_whose_link_changed(self, bodies, data):
        links = chain(bodies)
        at = data.draw(st.integers(0, len(links) - 1))
        links[at] = links[at]._replace(link=digest_of(b"another"))
        assert first_break(GENESIS, links) == links[at]

    @pytest.mark.parametrize("at", range(4))
    def test_is_the_entry_after_one_that_was_taken_out(self, at):
        left = LEDGER[:at] + LEDGER[at + 1 :]
        assert first_break(GENESIS, left) == LEDGER[at + 1]

    @given(st.permutations(LEDGER))
    def test_is_found_in_every_other_order(self, moved):
        broken = first_break(GENESIS, moved)
        assert (broken is None) == (moved == LEDGER)

    def test_is_the_entry_that_was_put_in(self):
        body = body_digest({"verb": "invented"})
        invented = Link(3, body, linked(LEDGER[1].link, body))
        assert first_break(GENESIS, [*LEDGER[:2], invented, *LEDGER[2:]]) == LEDGER[2]
        twice = [*LEDGER[:3], LEDGER[2], *LEDGER[3:]]
        assert first_break(GENESIS, twice) == LEDGER[2]

    def test_is_the_entry_with_another_number(self):
        renumbered = [*LEDGER[:2], LEDGER[2]._replace(seq=9), *LEDGER[3:]]
        assert first_break(GENESIS, renumbered) == renumbered[2]

    def test_is_found_even_if_everything_after_it_was_linked_anew(self):
        """Whoever rewrites the rest of the chain changes its last link, which seals and readers keep."""
        forged = chain(
            [{"verb": "invented"}, *({"verb": verb} for verb in ("quoted", "read", "sealed"))], LEDGER[0].link, seq=2
        )
        assert first_break(GENESIS, [LEDGER[0], *forged]) is None
        assert forged[-1].link != LEDGER[-1].link

    def test_a_body_that_is_no_digest_is_refused(self):
        with pytest.raises(DigestUnknown):
            first_break(GENESIS, [LEDGER[0]._replace(body="sha256:gone")])
