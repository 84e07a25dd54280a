"""The full-text table."""

from django.db import migrations

from panah.search.engines import fts5


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunSQL(fts5.CREATE, f"DROP TABLE {fts5.TABLE}")]
