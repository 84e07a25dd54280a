from __future__ import annotations

import pytest

from support.members import signed_in


@pytest.fixture
def client(member):
    return signed_in(member)


@pytest.fixture
def letter(desk):
    """A document in Chinese, in the library."""
    return desk.paper(
        "昨天，阿卜杜热依木·吐尔逊，在家。\n", path="letter.txt", title="An invented letter", date="2019-05"
    )


@pytest.fixture
def passport(desk, case):
    """A paper of the case."""
    return desk.paper(
        "The holder is Abdurehim Tursun of nowhere.\n",
        shelf="Case 2026-014",
        path="passport.txt",
        title="An invented passport",
    )
