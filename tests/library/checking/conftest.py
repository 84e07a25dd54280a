from __future__ import annotations

from datetime import date

import pytest

from panah.library.checking.queries import check
from support.workbench import Desk

TODAY = date(2026, 11, 27)
REPORT = (
    "The invented report describes a valley. In the spring, guards took the old men of the village to a school that had become "
    "a camp, and nobody was told for how long they would stay there.\n\n"
    "Families were asked to sign papers; some of them could not read. “We signed,” said one woman, “because the man with the "
    "list was a neighbour.” Her son’s teacher was among those who never came back.\n\n"
    "In a later chapter, the authors count three hundred and twelve houses without smoke, and they explain how they had looked "
    "at each of them from the road, twice, in winter."
)
GERMAN = "Die Wachen brachten die alten Männer des Dorfes in eine Schule, die zu einem Lager geworden war – für wie lange, sagte niemand."
FRENCH = "Les gardes ont emmené les vieillards du village dans une école devenue un camp, et l’on n’a dit à personne pour combien de temps."
SWEDISH = "Vakterna förde byns gamla män till en skola som hade blivit ett läger, och ingen fick veta hur länge de skulle stanna där."
CHINESE = "春天，守卫把村里的老人带到一所已经变成营地的学校，没有人知道他们要在那里待多久。"
JUDGMENT = "The Committee refers to its decision CAT/C/60/D/697/2015 and to Saadi v. Italy [GC], no. 37201/06, and to C-465/07."


@pytest.fixture
def desk(member, readers):
    """A library with one report in five languages, and what a committee decided."""
    desk = Desk(member, readers)
    for title, words in (
        ("Report", REPORT), ("Bericht", GERMAN), ("Rapport", FRENCH), ("Rapport på svenska", SWEDISH), ("报告", CHINESE),
        ("Views of a committee", JUDGMENT), ("MIG 2011:6", "Ett avgörande, påhittat här."),
    ):  # fmt: skip
        desk.paper(words, title=title)
    return desk


@pytest.fixture
def checked(desk):
    """What comes of checking words, as a member of the desk's compartment."""
    return lambda words, **more: check(desk.member, words, on=TODAY, **more)
