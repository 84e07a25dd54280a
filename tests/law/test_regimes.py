"""What is said of when a body of law applies is read as strictly as the law."""

from __future__ import annotations

from importlib.resources import files

import pytest

from panah.law import FrameworkBroken, frameworks
from panah.law.reading_regimes import FILE, read_regimes
from panah.law.regimes import OTHERS

SHIPPED = files("panah.law").joinpath(FILE).read_text(encoding="utf-8")

BROKEN = {
    "an unknown key": ("    since: >-", "    after: >-", "“after” is not known here"),
    "an unknown area": ("  - area: treaties", "  - area: taxes", "“taxes” is none of"),
    "an unknown body of law": ("frameworks: [rc-1951]", "frameworks: [rc-1950]", "there is no body of law “rc-1950”"),
    "a State in words": ("states: [SE]", "states: [Sweden]", "“Sweden” is neither a State nor a group of States"),
    "a State in a group in words": ("[AU, CA, CN,", "[AU, Canada, CN,", "“Canada” is not a State by its two letters"),
    "an id twice": ("  - id: ireland-procedure", "  - id: procedure", "the id procedure stands here twice"),
    "what follows nothing": ("newer: apr-2024-1348", "newer: apd-2013-32", "apd-2013-32 follows no other body of law"),
    "a doubtful day without a doubt": (
        "    doubtful_day: 2026-07-01\n", "", "a doubtful day and the doubt about it belong together",
    ),
    "a day that does not exist": ("doubtful_day: 2026-07-01", "doubtful_day: 2026-06-31", "is not a day"),
    "no authority": (
        "    reason: The State is a party to the Convention against Torture.\n    authority:\n",
        "    reason: The State is a party to the Convention against Torture.\n    source:\n",
        "“source” is not known here",
    ),
}  # fmt: skip


class TestReadRegimes:
    def test_reads_what_is_shipped(self):
        regimes = read_regimes(FILE, SHIPPED.encode(), frameworks())
        assert {"SE", "NO", "CH", "DK", "IE", "GB", "TR"} <= regimes.states
        assert OTHERS not in regimes.states
        assert [each.older for each in regimes.successions] == ["apd-2013-32", "qd-2011-95", "dublin-604-2013"]

    @pytest.mark.parametrize(("old", "new", "complaint"), list(BROKEN.values()), ids=list(BROKEN))
    def test_refuses_what_is_broken_with_its_line(self, old, new, complaint):
        assert old in SHIPPED
        with pytest.raises(FrameworkBroken) as caught:
            read_regimes(FILE, SHIPPED.replace(old, new, 1).encode(), frameworks())
        assert complaint in caught.value.sentence
        assert caught.value.sentence.startswith("regimes.yaml: line ")
