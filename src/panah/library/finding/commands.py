"""Commands that find passages, and that list the searches that are kept."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, BinaryIO, TypeVar

import click

from panah.errors import PanahError
from panah.library import saving
from panah.library.finding import batch, lists, queries, saved, showing
from panah.library.finding.facets import Facet
from panah.library.finding.question import Order, Question, of_pairs
from panah.library.queries import Hit
from panah.team.acting import now
from panah.team.models import Member
from panah.vault.commands import Unlocked, acting_member, json_line, tame

SOMETHING_REFUSED = 1

_ORDERS = [order.value for order in Order]
_Command = TypeVar("_Command", bound=Callable[..., Any])


class NothingToFind(PanahError):
    """Name words to look for, a filter, or a table of questions with --batch, and not two of these that exclude each other."""


def _limits(command: _Command) -> _Command:
    """The options that say which documents are meant, and in which order."""
    options = (
        click.option("--collection", multiple=True, help="Only in this collection, or in one of these."),
        click.option("--language", default="", help="Only passages in this language (BCP 47: en, zh, ug-Arab)."),
        click.option(
            "--filter", "filters", multiple=True, metavar="NAME=VALUE",
            help="As the address of a search has it: place=CN, place-is=none, year=2019, source=..., type=ngo, period=2017, "
            "concept=...; `-` is what nobody has said.",
        ),
        click.option("--order", type=click.Choice(_ORDERS), default=Order.RELEVANCE.value, help="What comes first."),
        click.option("--any", "any_word", is_flag=True, help="Passages with any of the words, those with most of them first."),
        click.option("--exactly", is_flag=True, help="Only these words, and not what the thesaurus has for them."),
        click.option("--without", multiple=True, metavar="CONCEPT", help="Add nothing by this concept, named by its id."),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


@click.command(cls=Unlocked)
@click.argument("words", default="")
@_limits
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 10_000), help="How many to show.")
@click.option(
    "--facets", "counted", is_flag=True, help="Count what is found by collection, source, language, place and so on."
)
@click.option(
    "--batch", "table", type=click.File("rb"), help="Ask every question of a table (CSV); - is standard input."
)
@click.option("--csv", "as_csv", is_flag=True, help="As a table (CSV).")
@click.option("--json", "as_json", is_flag=True, help="One JSON line per passage, document, question or count.")
@click.pass_context
def find(
    ctx: click.Context, /, words: str, limit: int, counted: bool, table: BinaryIO | None, as_csv: bool, as_json: bool,
    **limits: Any,
) -> None:  # fmt: skip
    """Find passages in the library; without words, the documents that pass the filters.

    "words in quotes" are a phrase; OR, NOT and brackets work; a star ends the beginning of a word: deport*

    Where the words are what the thesaurus calls a concept, its other labels are looked for as well, in all languages.
    With --batch, each question of a table is answered by how many passages there are, and the three best.
    """
    question = replace(_question(limits), words=words)
    alone = question == Question() if table else bool(words or (question.filters and not question.tongue))
    if not alone or (as_csv and (as_json or counted)):
        raise NothingToFind
    member = acting_member()
    if table:
        if _tell_answers(batch.answers(member, batch.questions(table.read(batch.LARGEST + 1))), as_csv, as_json):
            ctx.exit(SOMETHING_REFUSED)
    elif as_csv:
        _tell_table(member, question, limit)
    else:
        _tell_found(member, question, limit, counted, as_json)


def _question(limits: dict[str, Any]) -> Question:
    """What the options ask. Raises `FilterUnreadable`."""
    pairs = [("collection", name) for name in limits["collection"]]
    for each in limits["filters"]:
        name, _, value = each.partition("=")
        if name.removesuffix("-is") not in set(Facet) or not value:
            raise click.BadParameter(
                f"“{tame(each)}” is not NAME=VALUE; names are {', '.join(Facet)}.", param_hint="--filter"
            )
        pairs.append((name, value))
    pairs += [("without", concept) for concept in limits["without"]]
    said = {name: limits[name] for name in ("exactly", "any_word")}
    return replace(of_pairs(pairs), order=Order(limits["order"]), tongue=limits["language"], **said)


def _tell_table(member: Member, question: Question, limit: int) -> None:
    if question.words:
        rows = saving.table(lists.Found._fields, lists.passages(member, question, now=now(), most=limit))
    else:
        rows = saving.table(lists.Standing._fields, lists.documents(member, question, now=now(), most=limit))
    sys.stdout.writelines(rows)


def _tell_found(member: Member, question: Question, limit: int, counted: bool, as_json: bool) -> None:
    answer = queries.ask(member, question, now=now(), limit=limit)
    added = {addition.concept.id: addition for addition in answer.added}
    for hit in answer.hits:
        if as_json:
            json_line({**_hit_record(hit), "added": list(added)})
        else:
            click.echo(_hit_text(hit))
    for document in answer.documents:
        if as_json:
            json_line(lists.standing_of(document)._asdict())
        else:
            click.echo(
                f"{document.pk.hex[:8]}  {tame(document.title or document.path)}  {tame(document.date)}".rstrip()
            )
    if counted:
        _tell_counts(answer, as_json, "passages" if question.words else "documents")
    if not as_json:
        for concept_id, addition in added.items():
            labels = "; ".join(label for labels in addition.labels.values() for label in labels)
            click.echo(f"Also looked for, by {concept_id}: {tame(labels)}")
        shown = len(answer.hits or answer.documents)
        click.echo(f"{shown} of {answer.total} {'passages' if question.words else 'documents'}.")


def _tell_counts(answer: queries.Answer, as_json: bool, what: str) -> None:
    for facet, counter in answer.counts.items():
        for value, amount in sorted(counter.items(), key=lambda each: (-each[1], each[0])):
            called = showing.value_called(facet, value)
            if as_json:
                json_line({"id": f"{facet}={value}", "facet": facet, "value": value, "called": called, what: amount})
            else:
                click.echo(
                    f"{facet}={tame(value)}  {amount} {what}" + (f"  ({tame(called)})" if called != value else "")
                )


def _tell_answers(answers: Iterable[batch.Answered], as_csv: bool, as_json: bool) -> bool:
    """Tell each answer as it comes; whether a question could not be asked."""
    refused = False

    def each() -> Iterable[batch.Answered]:
        nonlocal refused
        for one in answers:
            refused |= bool(one.code)
            yield one

    if as_csv:
        sys.stdout.writelines(saving.table(batch.FIELDS, each()))
        return refused
    for one in each():
        if as_json:
            json_line(one._asdict())
        else:
            said = one.reason if one.code else f"{one.passages} passages" if one.passages else "nothing"
            click.echo(f"{one.id:>6}  {tame(one.question)}: {said}")
            for best in one.best:
                page = f", page {best['page']}" if best["page"] else ""
                click.echo(f"        {tame(best['title'])}{page}: {tame(' '.join(best['words'].split())[:100])}")
    return refused


@click.command(cls=Unlocked)
@click.option("--csv", "as_csv", is_flag=True, help="As a table (CSV), one row per search.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line per search.")
def searches(as_csv: bool, as_json: bool) -> None:
    """List the saved searches, your own and those of your compartments, with what is new in each."""
    lines = saved.listed(acting_member(), now=now())
    if as_csv:
        sys.stdout.writelines(saving.table(saved.Listed._fields, lines))
        return
    for line in lines:
        if as_json:
            json_line(line._asdict())
        else:
            new = f"{line.new} new, " if line.new != "0" else ""
            amount = line.code or f"{new}{line.now} now, {line.found} then"
            click.echo(f"{line.id[:8]}  {tame(line.name)}  ({amount})")


def _hit_record(hit: Hit) -> dict[str, object]:
    document, passage = hit.document, hit.passage
    return {
        "id": f"{document.pk}#{passage.start}-{passage.end}",
        "document": str(document.pk),
        "title": document.title,
        "path": document.path,
        "page": passage.page,
        "start": passage.start,
        "end": passage.end,
        "words": hit.words,
        "source": document.source.name if document.source else "",
        "date": document.date,
        "marks": [{"start": start, "end": end} for start, end in hit.marks],
    }


def _hit_text(hit: Hit) -> str:
    document = hit.document
    words = "".join(click.style(tame(piece), bold=True) if marked else tame(piece) for piece, marked in hit.marked())
    place = [document.title, document.source.name if document.source else "", document.date]
    place += [f"page {hit.passage.page}" if hit.passage.page else "", f"bytes {hit.passage.start}-{hit.passage.end}"]
    return f"{words}\n    {', '.join(tame(part) for part in place if part)}\n    document {document.pk}\n"
