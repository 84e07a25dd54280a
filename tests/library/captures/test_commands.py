"""`panah capture` as a user runs it."""

from __future__ import annotations

import csv
import io

import pytest

from support.calendars import Calendar
from support.processes import one_line_error
from support.web import Site, answer

PAGE = answer("<!doctype html><title>A notice</title><p>The zinnia road was closed.")


@pytest.fixture
def panah(new_workspace, tmp_path):
    copy = new_workspace.copied(tmp_path)
    return copy.without(PANAH_CAPTURE="direct", PANAH_CAPTURE_PRIVATE="127.0.0.0/8", PANAH_CAPTURE_BROWSER="0")


def test_is_off_by_default(panah):
    code, sentence = one_line_error(panah.without("PANAH_CAPTURE").run("capture", "http://127.0.0.1:9/"))
    assert code == "capture-not-allowed"
    assert "PANAH_CAPTURE" in sentence


def test_of_a_list_accounts_for_every_line(panah):
    with Site({"/": PAGE, "/gone": answer("no", status="410 Gone")}) as site:
        lines = [
            site.address(),
            "",
            "# a remark",
            site.address("/gone"),
            "ftp://a.example/",
            "http://10.0.0.1/",
            "http://127.0.0.1:1/",
        ]
        (panah.folder / "list.txt").write_text("\n".join(lines))
        done = panah.run("capture", "--list", panah.folder / "list.txt", "--collection", "Web", "--json")
    assert (done.code, done.err) == (1, "")
    told = done.lines()
    assert [(each["outcome"], each["status"], each["code"]) for each in told] == [
        ("captured", 200, ""), ("captured", 410, ""), ("refused", 0, "address-unusable"),
        ("refused", 0, "address-forbidden"), ("failed", 0, "site-unreachable"),
    ]  # fmt: skip
    assert set(told[0]["documents"]) == {"record", "page"}
    assert next(iter(told[0])) == "id"
    [hit] = panah.lines("find", "zinnia", "--collection", "Web")
    assert (hit["document"], hit["title"]) == (told[0]["documents"]["page"], "A notice")
    rows = list(csv.DictReader(io.StringIO(panah.does("captures", "--csv").out)))
    listed = panah.lines("captures", "--json")
    assert [row["id"] for row in rows] == [each["id"] for each in listed]
    assert sorted(each["outcome"] for each in listed) == ["captured", "captured", "failed"]
    assert {each["record"] for each in listed} == {told[0]["record"], told[1]["record"], told[4]["record"]}
    assert len(panah.does("captures").out.splitlines()) == 3
    custody = panah.lines("ledger", "custody", told[0]["record"])
    assert "taken in" in {line["verb"] for line in custody}
    assert panah.does("ledger", "verify").out.startswith("OK")


def test_says_what_came_of_it_to_a_person(panah):
    with Site({"/": PAGE}) as site:
        said = panah.does("capture", site.address()).out.splitlines()
    assert said[0] == f"captured 200  {site.address()}"
    assert said[-1] == "1 captured, 0 failed, 0 refused."


def test_of_nothing_says_so(panah):
    assert one_line_error(panah.run("capture"))[0] == "nothing-asked"


class TestTimestamp:
    """`panah timestamp` as a user runs it."""

    def test_is_upgraded_and_compared_with_a_header(self, panah):
        with Site({"/": PAGE}) as site, Calendar() as calendar:
            panah.environment |= {"PANAH_OTS_CALENDARS": f"{calendar.url}/"}
            [told] = panah.lines("capture", site.address())
            pending = panah.run("timestamp", "upgrade", "--json")
            assert pending.code == 0
            [waits] = pending.lines()
            assert (waits["id"], waits["block"], waits["calendars"][0]["code"]) == (
                told["id"],
                None,
                "not-yet-in-block",
            )
            assert panah.lines("timestamp", "check", told["id"])[0]["pending"] == [calendar.url]
            block, other = calendar.mine(912_345), "00" * 80
            assert (
                one_line_error(panah.run("timestamp", "check", told["id"][:8], "--header", other))[0] == "block-pending"
            )
            [done] = panah.lines("timestamp", "upgrade")
        assert (done["block"], done["calendars"][0]["code"]) == (912_345, "")
        assert panah.does("timestamp", "upgrade").out == "Nothing is pending.\n"
        [checked] = panah.lines("timestamp", "check", told["id"][:8], "--header", block.header)
        assert checked["record"] == told["record"]
        assert (checked["header"]["height"], checked["header"]["time"]) == (912_345, "2026-11-23T18:00:00+00:00")
        assert checked["blocks"][0]["merkle_root"] == block.header[72:136]
        said = panah.does("timestamp", "check", told["id"], "--header", block.header).out
        assert f"block 912345 is {checked['header']['block']}" in said
        assert (
            one_line_error(panah.run("timestamp", "check", told["id"], "--header", other))[0] == "merkle-root-differs"
        )
        assert (
            one_line_error(panah.run("timestamp", "check", told["id"], "--header", "00"))[0]
            == "block-header-unreadable"
        )
        assert "upgraded a timestamp" in {line["verb"] for line in panah.lines("ledger", "custody", told["record"])}
        assert panah.does("ledger", "verify").out.startswith("OK")

    def test_whose_calendar_is_gone_ends_with_one(self, panah):
        with Site({"/": PAGE}) as site, Calendar() as calendar:
            panah.environment |= {"PANAH_OTS_CALENDARS": calendar.url}
            panah.does("capture", site.address())
        ended = panah.run("timestamp", "upgrade")
        assert (ended.code, "pending" in ended.out) == (1, True)
        assert f"The calendar {calendar.url} gave no timestamp" in ended.out

    def test_of_a_capture_without_one_says_so(self, panah):
        with Site({"/": PAGE}) as site:
            [told] = panah.lines("capture", site.address())
        assert one_line_error(panah.run("timestamp", "check", told["id"]))[0] == "capture-unknown"
        assert one_line_error(panah.without("PANAH_CAPTURE").run("timestamp", "upgrade"))[0] == "capture-not-allowed"

    def test_is_asked_of_addresses_alone(self, panah):
        panah.environment |= {"PANAH_OTS_CALENDARS": "calendar.example"}
        assert one_line_error(panah.run("timestamp", "upgrade"))[0] == "setting-unusable"
