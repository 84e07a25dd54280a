"""Real reports: nine yearly ones on one country are one family, others are not of it, and who said it first is known.

They are not part of the repository. Where they are absent, these tests are skipped and say so. What is expected was
checked by hand: by reading the sentences in the plain texts of all nine years. The one on lawyers stands there from 2016
to 2022, with other words on what the courts lacked before 2019; the one on ministries from 2016 to 2021, and names the
first of them otherwise in 2016.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from panah.library import queries as library
from panah.library.kin import queries

DATA = Path(__file__).parents[4] / "shared" / "data"
YEARLY = DATA / "scale" / "us_state_hr_2016_2024.jsonl.gz"
STRANGERS = {("lesotho", 2020), ("norway", 2018), ("uzbekistan", 2019), ("norway", 2022), ("laos", 2017)}
"""Reports of the same publisher on other countries: the same headings, the same formulas of law."""
FELONY = "In felony cases, if a defendant cannot afford an attorney, the law requires the court to provide the defendant with"
DISABILITIES = (
    "The Ministry of Social Affairs, Veterans, and Youth has overall responsibility for protecting the rights of"
)

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not YEARLY.exists(), reason="the real documents, ../shared/data/scale, are not here"),
]


@pytest.fixture
def reports(desk):
    """The nine reports on Cambodia by their years, and some on other countries, newest first as they came."""
    with gzip.open(YEARLY, "rt", encoding="utf-8") as lines:
        rows = [
            row
            for row in map(json.loads, lines)
            if row["slug"] == "cambodia" or (row["slug"], row["year"]) in STRANGERS
        ]
    made = {}
    for row in sorted(rows, key=lambda row: -row["year"]):
        paper = desk.paper(row["text"], title=row["slug"], date=f"{row['year']} (reporting year)")
        made[row["slug"], row["year"]] = library.document(desk.member, paper.pk)
    return made


def test_nine_yearly_reports_are_one_family_and_no_stranger_is_of_it(desk, reports):
    close = {key: queries.kindred(desk.member, paper).close for key, paper in reports.items()}
    years = {
        key: [kin.document.date[:4] for kin in found if kin.document.title == "cambodia"]
        for key, found in close.items()
    }
    assert all(found == sorted(found) for found in years.values())
    family, left = set(), [("cambodia", 2020)]
    while left:
        family.add(key := left.pop())
        left += [near for year in years[key] if (near := ("cambodia", int(year))) not in family]
    assert family == {("cambodia", year) for year in range(2016, 2025)}
    assert not [key for key, found in close.items() for kin in found if kin.document.title != key[0]]


@pytest.mark.parametrize(
    ("words", "asked", "years", "word_for_word"),
    [(FELONY, 2021, range(2016, 2023), range(2019, 2022)), (DISABILITIES, 2020, range(2016, 2022), range(2017, 2022))],
)
def test_which_year_said_it_first(desk, reports, words, asked, years, word_for_word):
    paper = reports["cambodia", asked]
    content = library.content(paper.reading)
    start = content.index(words.encode())
    said = queries.said(desk.member, paper, start, content.index(b".", start))
    year = {each: int(each.place.document.date[:4]) for each in said}
    assert [year[each] for each in said] == list(years)
    assert [year[each] for each in said if each.first] == [years[0]]
    assert [year[each] for each in said if each.alike == 1] == list(word_for_word)


def test_a_sentence_quoted_inside_a_longer_text_is_found(desk, reports):
    content = library.content(reports["cambodia", 2019].reading).decode()
    start = content.index(FELONY)
    quoted = content[start : start + 900]
    press = desk.paper(
        f"A press agency, invented, wrote on Monday:\n\n{quoted}\n\nMore to follow.", title="press", date="2020-05-02"
    )
    found = queries.kindred(desk.member, library.document(desk.member, press.pk))
    [nineteen] = [kin for kin in found.close if kin.document.date.startswith("2019")]
    assert nineteen.share > 0.6
