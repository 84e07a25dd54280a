"""FTS5 without what only evens out lengths. `panah upgrade` indexes everything again from its texts."""

from django.db import migrations

from panah.search.engines import fts5


class Migration(migrations.Migration):
    dependencies = [("search", "0005_engines")]

    operations = [
        migrations.RunSQL("DELETE FROM search_entry", migrations.RunSQL.noop),
        migrations.RunSQL("DELETE FROM search_shelf", migrations.RunSQL.noop),
        migrations.RunSQL("DELETE FROM search_sealed", migrations.RunSQL.noop),
        migrations.RunSQL(f"DROP TABLE {fts5.TABLE}", migrations.RunSQL.noop),
        migrations.RunSQL(fts5.CREATE, migrations.RunSQL.noop),
    ]
