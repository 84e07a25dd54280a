"""What elements are about is read strictly, as all of a body of law is."""

from __future__ import annotations

import pytest

from panah.law import FrameworkBroken, read_framework

ELEMENT = """\
id: demo
title: A Demonstration Act, article 1
short: Demonstration Act
order: national
applies: Since it was written.
in_force_from: 2026-06-12
in_force_until: ''
trigger: lodged
instrument: Demonstration Act
address: https://example.org/act
elements:
  - id: D1
    asks: Is this a question?
    says: It is.
    authority: {provision: art. 1, verified: true}
"""


def concepts(written: str) -> tuple[str, ...]:
    [element] = read_framework("demo.yaml", f"{ELEMENT}{written}".encode()).elements
    return element.concepts


class TestConcepts:
    def test_are_read_in_their_order_and_may_be_left_out(self):
        assert concepts("    concepts: [prison, long-sentence]\n") == ("prison", "long-sentence")
        assert concepts("") == ()

    @pytest.mark.parametrize("written", ["[prison, prison]", "[a prison]", "[[prison]]"])
    def test_are_refused_where_one_is_no_id_or_stands_twice(self, written):
        with pytest.raises(FrameworkBroken):
            concepts(f"    concepts: {written}\n")
