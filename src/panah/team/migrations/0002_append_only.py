"""The database itself refuses to change or delete a line of the ledger."""

from django.db import migrations


def refuse(what: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER ledger_refuses_{what} BEFORE {what} ON team_ledgerline "
        "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END",
        f"DROP TRIGGER ledger_refuses_{what}",
    )


class Migration(migrations.Migration):
    dependencies = [("team", "0001_initial")]

    operations = [refuse("UPDATE"), refuse("DELETE")]
