"""The database itself refuses a line that is not the next one: `REPLACE` would write over another without a word."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("team", "0002_append_only")]

    operations = [
        migrations.RunSQL(
            "CREATE TRIGGER ledger_refuses_another_place BEFORE INSERT ON team_ledgerline "
            "WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM team_ledgerline) "
            "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END",
            "DROP TRIGGER ledger_refuses_another_place",
        )
    ]
