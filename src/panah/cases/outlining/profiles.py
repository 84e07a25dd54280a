"""For whom a dossier is pressed, and so what stands in it. What remains open stands in each of them, on its first page."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Addressee(StrEnum):
    """Who will read it."""

    COURT = "court"
    AUTHORITY = "authority"
    COMMITTEE = "committee"
    """A committee of the United Nations: only treaties are examined there."""
    EXPERT = "expert"
    """A doctor, or somebody who knows the country: they get what was told and what bears on it, and no conclusion of ours."""


class Part(StrEnum):
    """A part of a dossier."""

    ACCOUNT = "account"
    FACTS = "facts"
    EXAMINATION = "examination"
    PROCEDURE = "procedure"
    GROUNDS = "grounds"
    """The grounds of appeal, where there are any."""


class Profile(NamedTuple):
    """What a dossier for an addressee is called and holds, in this order."""

    title: str
    parts: tuple[Part, ...]
    treaties_alone: bool = False
    """Whether only bodies of international law are examined in it."""


PROFILES = {
    Addressee.COURT: Profile(
        "Examination of a claim for international protection",
        (Part.GROUNDS, Part.ACCOUNT, Part.FACTS, Part.EXAMINATION, Part.PROCEDURE),
    ),
    Addressee.AUTHORITY: Profile(
        "Examination of a claim for international protection, for the determining authority",
        (Part.GROUNDS, Part.PROCEDURE, Part.ACCOUNT, Part.FACTS, Part.EXAMINATION),
    ),
    Addressee.COMMITTEE: Profile(
        "Examination of a claim, for a committee of the United Nations",
        (Part.FACTS, Part.EXAMINATION, Part.PROCEDURE, Part.ACCOUNT),
        treaties_alone=True,
    ),
    Addressee.EXPERT: Profile(
        "What an applicant told, and what bears on it: for an expert",
        (Part.ACCOUNT, Part.FACTS),
    ),
}
