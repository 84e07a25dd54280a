"""The ledger keeps each line as the text that was digested, and apart from it what the line is about; and signed blocks.

Lines that were there keep their text and their link.
"""

import json
from collections.abc import Iterator

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.deletion import PROTECT

from panah import proof

OLD_GUARDS = {
    "ledger_refuses_UPDATE": "BEFORE UPDATE ON team_ledgerline",
    "ledger_refuses_DELETE": "BEFORE DELETE ON team_ledgerline",
    "ledger_refuses_another_place": (
        "BEFORE INSERT ON team_ledgerline WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM team_ledgerline)"
    ),
}
GUARDS = OLD_GUARDS | {
    "particulars_refuse_UPDATE": "BEFORE UPDATE ON team_particulars",
    "particulars_refuse_DELETE": (
        "BEFORE DELETE ON team_particulars WHEN NOT EXISTS (SELECT 1 FROM team_ledgerline, team_compartment "
        "WHERE seq = OLD.line_id AND id = compartment AND erased_at IS NOT NULL)"
    ),
    # Also refuses REPLACE, which would write over a row without a word.
    "particulars_refuse_another_line": (
        "BEFORE INSERT ON team_particulars WHEN NEW.line_id IS NOT (SELECT max(seq) FROM team_ledgerline) "
        "OR EXISTS (SELECT 1 FROM team_particulars WHERE line_id = NEW.line_id)"
    ),
    "blocks_refuse_UPDATE": (
        "BEFORE UPDATE ON team_ledgerblock WHEN OLD.token IS NOT NULL OR (NEW.last, NEW.first, NEW.link, NEW.at, "
        "NEW.signature) IS NOT (OLD.last, OLD.first, OLD.link, OLD.at, OLD.signature)"
    ),
    "blocks_refuse_DELETE": "BEFORE DELETE ON team_ledgerblock",
    "blocks_refuse_another_place": (
        "BEFORE INSERT ON team_ledgerblock "
        "WHEN NEW.first IS NOT (SELECT coalesce(max(last), 0) + 1 FROM team_ledgerblock) "
        "OR NEW.last IS NOT (SELECT max(seq) FROM team_ledgerline)"
    ),
}


def guard(name: str, when: str) -> str:
    return f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"


def unguard(name: str) -> str:
    return f"DROP TRIGGER {name}"


def from_text(text: str, name: str, kind: models.Field) -> models.GeneratedField:
    extracted = models.Func(models.F(text), models.Value(f"$.{name}"), function="json_extract")
    return models.GeneratedField(db_persist=False, expression=extracted, output_field=kind)


def keep_texts(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write each line down as the text that its digest was made of."""
    with schema_editor.connection.cursor() as reading, schema_editor.connection.cursor() as writing:
        rows = reading.execute(
            "SELECT seq, at, by, verb, kind, subject, details, salt, link FROM team_flatline ORDER BY seq"
        )
        writing.executemany("INSERT INTO team_ledgerline (seq, body, link) VALUES (%s, %s, %s)", texts(rows))


def texts(rows: Iterator[tuple]) -> Iterator[tuple[int, str, str]]:
    for seq, at, by, verb, kind, subject, details, salt, link in rows:
        body = {"seq": seq, "at": at, "by": by, "verb": verb, "kind": kind, "subject": subject, "salt": salt}
        yield seq, text_of(body, details), link


def text_of(body: dict, details: str) -> str:
    try:
        return proof.canonical(body | {"details": json.loads(details)}).decode()
    except (proof.NotCanonical, ValueError):  # nothing that was ever entered: it stays, and is found to be broken
        return json.dumps(body | {"details": details})


class Migration(migrations.Migration):
    dependencies = [("team", "0005_members")]

    operations = [
        migrations.RunSQL(
            [unguard(name) for name in OLD_GUARDS], [guard(name, when) for name, when in OLD_GUARDS.items()]
        ),
        migrations.RemoveIndex(model_name="ledgerline", name="custody_of_a_subject"),
        migrations.RenameModel(old_name="LedgerLine", new_name="FlatLine"),
        migrations.CreateModel(
            name="LedgerLine",
            fields=[
                ("seq", models.IntegerField(primary_key=True, serialize=False)),
                ("body", models.TextField()),
                ("link", models.CharField(max_length=71, unique=True)),
                ("at", from_text("body", "at", models.CharField(max_length=32))),
                ("by", from_text("body", "by", models.CharField(max_length=100))),
                ("verb", from_text("body", "verb", models.CharField(max_length=40))),
                ("compartment", from_text("body", "compartment", models.UUIDField(null=True))),
                ("flat_kind", from_text("body", "kind", models.CharField(max_length=20, null=True))),
                ("flat_subject", from_text("body", "subject", models.CharField(max_length=200, null=True))),
            ],
            options={
                "indexes": [
                    models.Index(fields=["compartment", "seq"], name="lines_of_a_compartment"),
                    models.Index(fields=["flat_kind", "flat_subject"], name="custody_in_older_lines"),
                ],
            },
        ),
        migrations.RunPython(keep_texts, elidable=False),
        migrations.DeleteModel(name="FlatLine"),
        migrations.CreateModel(
            name="Particulars",
            fields=[
                ("line", models.OneToOneField(on_delete=PROTECT, primary_key=True, related_name="particulars", serialize=False, to="team.ledgerline")),
                ("record", models.TextField()),
                ("kind", from_text("record", "kind", models.CharField(max_length=20))),
                ("subject", from_text("record", "subject", models.CharField(max_length=200))),
            ],
            options={
                "indexes": [models.Index(fields=["kind", "subject", "line"], name="custody_of_a_subject")],
            },
        ),
        migrations.CreateModel(
            name="LedgerBlock",
            fields=[
                ("last", models.IntegerField(primary_key=True, serialize=False)),
                ("first", models.IntegerField(unique=True)),
                ("link", models.CharField(max_length=71)),
                ("at", models.CharField(max_length=32)),
                ("signature", models.CharField(max_length=128)),
                ("token", models.BinaryField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("first__lte", models.F("last"))), name="block_has_a_line")
                ],
            },
        ),
        migrations.RunSQL(
            [guard(name, when) for name, when in GUARDS.items()], [unguard(name) for name in GUARDS]
        ),
    ]  # fmt: skip
