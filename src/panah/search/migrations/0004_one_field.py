"""Words, stems and pairs in one field; and what an entry is a part of. `panah upgrade` indexes everything again from its texts."""

from django.db import migrations, models

from panah.search.engines import fts5


class Migration(migrations.Migration):
    dependencies = [("search", "0003_shelves")]

    operations = [
        migrations.RunSQL("DELETE FROM search_entry", migrations.RunSQL.noop),
        migrations.RunSQL("DELETE FROM search_shelf", migrations.RunSQL.noop),
        migrations.RunSQL(f"DROP TABLE {fts5.TABLE}", migrations.RunSQL.noop),
        migrations.RunSQL(fts5.CREATE, migrations.RunSQL.noop),
        migrations.AddField("Entry", "group", models.PositiveBigIntegerField(default=0), preserve_default=False),
    ]
