"""Commands of the thesaurus. It is the same for everybody, and needs no workspace."""

from __future__ import annotations

from pathlib import Path

import click

from panah.errors import PanahError
from panah.library import thesauri
from panah.library.concepts.asking import asked
from panah.library.concepts.asking import thesaurus as known
from panah.library.thesauri import Addition, Concept
from panah.vault.commands import Spoken, json_line, tame


class NoConcept(PanahError):
    """The thesaurus has no concept for “{words}”."""

    status = 404


@click.group()
def thesaurus() -> None:
    """Show what words are called in other languages, and write the thesaurus as SKOS."""


@thesaurus.command(cls=Spoken)
@click.argument("words")
@click.option("--json", "as_json", is_flag=True, help="One JSON line per concept.")
def show(words: str, as_json: bool) -> None:
    """Show the concepts that stand in words of any language, or the one of that id.

    These are the labels that `panah find` adds to the words.
    """
    found = _standing_in(words)
    if not found:
        raise NoConcept(words=words)
    for one in found:
        if as_json:
            concept = one.concept
            json_line({
                "id": concept.id, "scheme": concept.scheme, "words": list(one.words), "note": concept.note,
                "labels": [_labels(each) for each in concept.labels], "broader": list(concept.broader),
                "narrower": list(concept.narrower), "related": list(concept.related),
            })  # fmt: skip
        else:
            click.echo(_as_text(one.concept))


@thesaurus.command(cls=Spoken)
@click.option("--skos", "form", flag_value="skos", default="skos", help="As SKOS, in Turtle: there is no other form.")
@click.option("-o", "path", type=click.Path(path_type=Path, dir_okay=False), help="Into this file. Default: print it.")
def export(form: str, path: Path | None) -> None:  # noqa: ARG001  there is one form
    """Write the whole thesaurus, for other programs."""
    with click.open_file(str(path or "-"), "w", encoding="utf-8") as stream:
        stream.writelines(thesauri.as_skos(known()))


def _standing_in(words: str) -> list[Addition]:
    concept = known().concepts.get(words)
    return [Addition(concept, ())] if concept else list(asked(words).added)


def _labels(labels: thesauri.Labels) -> dict[str, object]:
    return {"language": labels.language, "labels": list(labels.each), "source": labels.source}


def _as_text(concept: Concept) -> str:
    scheme = known().schemes[concept.scheme]
    lines = [f"{concept.called()} ({concept.id}, {scheme.title})", f"    {concept.note}"]
    for labels in concept.labels:
        source = scheme.source(labels.source).title if labels.source else "not verified"
        lines.append(f"    {labels.language:<8} {'; '.join(labels.each)}  [{source}]")
    around = {name: getattr(concept, name) for name in ("broader", "narrower", "related")}
    lines += [f"    {name}: {', '.join(others)}" for name, others in around.items() if others]
    return "\n".join(map(tame, lines)) + "\n"
