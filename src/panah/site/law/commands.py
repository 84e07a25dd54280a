"""Commands of the law. It is the same for everybody, and needs no workspace."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import click

from panah.law import (
    CaseDates,
    Framework,
    Regime,
    applicable,
    edition,
    frameworks,
    placed,
)
from panah.site.law.listing import Listed, counted, line, listed
from panah.vault.commands import Spoken, json_line, tame

DAYS = ("made", "registered", "lodged", "decided", "notified")


@click.group()
def law() -> None:
    """Read what the law asks, and say which law applies to a case."""


@law.command("list", cls=Spoken)
@click.option("--json", "as_json", is_flag=True, help="One JSON line per body of law.")
def list_bodies(as_json: bool) -> None:
    """List the bodies of law."""
    for each in counted():
        if as_json:
            json_line(_as_record(each.framework, each.questions, each.unverified))
        else:
            doubtful = f", {each.unverified} not verified" if each.unverified else ""
            click.echo(f"{each.framework.id:<18} {each.framework.title} ({each.questions} questions{doubtful})")


@law.command(cls=Spoken)
@click.argument("asked", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="One JSON line per question.")
def show(asked: str, as_json: bool) -> None:
    """Show a body of law, or one of its questions, by its id: qr-2024-1347, or QR4.5."""
    whole = frameworks().get(asked)
    lines = list(listed([whole])) if whole else [line(placed(asked))]
    if as_json:
        for each in lines:
            json_line(each._asdict())
        return
    if whole:
        click.echo(_head(whole))
    for each in lines:
        click.echo(_as_text(each))


@law.command("applicable", cls=Spoken)
@click.option("--state", required=True, help="The State that examines, by its two letters: SE.")
@click.option("--made", type=click.DateTime(["%Y-%m-%d"]), help="The day on which the wish was expressed.")
@click.option("--registered", type=click.DateTime(["%Y-%m-%d"]), help="The day of registration.")
@click.option("--lodged", type=click.DateTime(["%Y-%m-%d"]), help="The day of lodging.")
@click.option("--decided", type=click.DateTime(["%Y-%m-%d"]), help="The day of the decision at first instance.")
@click.option("--notified", type=click.DateTime(["%Y-%m-%d"]), help="The day on which the applicant was told of it.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line per body of law, question and note.")
def say_applicable(state: str, as_json: bool, **said: datetime | None) -> None:
    """Say which bodies of law govern a case with these days, why, and what the lawyer has to decide."""
    days = {name: day.date() for name in DAYS if (day := said[name])}
    for record in _records(applicable(CaseDates(**days), state)):
        if as_json:
            json_line(record)
        else:
            click.echo(_said(record))


def _records(regime: Regime) -> Iterator[dict[str, Any]]:
    """What applies, what is asked, what applies early, and what else has to be known."""
    for one in regime.applied:
        yield _record(one.framework, "applies", one.area, one.reason, str(one.authority))
    for asked in regime.questions:
        yield _record(asked.id, "question", asked.area, asked.asks, str(asked.authority), list(asked.stands))
    for element in regime.early:
        yield _record(element.id, "early", "", element.apart, str(element.authority))
    for number, note in enumerate(regime.notes, start=1):
        yield _record(f"note-{number}", "note", note.area, note.says, "")


def _record(
    name: str, what: str, area: str, reason: str, authority: str, stands: list[str] | None = None
) -> dict[str, Any]:
    return {
        "id": name, "what": what, "area": area, "reason": reason, "authority": authority, "stands": stands or [],
    }  # fmt: skip


def _said(record: dict[str, Any]) -> str:
    stands = f" Until it is decided, each stands: {', '.join(record['stands'])}." if record["stands"] else ""
    authority = f"\n    {record['authority']}" if record["authority"] else ""
    return tame(f"{record['what']:<9} {record['id']}\n    {record['reason']}{stands}{authority}")


def _as_record(one: Framework, questions: int, unverified: int) -> dict[str, Any]:
    return {
        "id": one.id, "title": one.title, "short": one.short, "order": one.order, "in_force_from": one.in_force_from,
        "in_force_until": one.in_force_until, "trigger": one.trigger, "follows": one.follows, "questions": questions,
        "unverified": unverified, "edition": edition(one.id),
    }  # fmt: skip


def _head(one: Framework) -> str:
    known = (("from", one.in_force_from), ("until", one.in_force_until), ("told by", one.trigger))
    days = " ".join(f"{word} {day}" for word, day in known if day)
    return tame(f"{one.title} ({one.id})\n    {one.applies}\n    {days}\n    {edition(one.id)}\n")


def _as_text(each: Listed) -> str:
    mark = "" if each.verified == "yes" else " [not verified]"
    alike = each.parallel.replace(" ", ", ")
    lines = [
        f"{each.id}  {each.asks}", f"    {each.says}", f"    {each.instrument}, {each.provision}{mark} ({each.of})",
        f"    bears on it: {each.evidence}",
    ]  # fmt: skip
    lines += [f"    {each.apart}"] if each.apart else []
    lines += [f"    asked alike by: {alike}"] if alike else []
    lines += [f"    see: {each.see}"] if each.see else []
    return "\n".join(map(tame, lines))
