"""Every token with its shelf. What was indexed before is taken out; `panah upgrade` indexes it again from its texts."""

from django.db import migrations, models

from panah.search.engines import fts5


class Migration(migrations.Migration):
    dependencies = [("search", "0002_fts5")]

    operations = [
        migrations.RunSQL("DELETE FROM search_entry", migrations.RunSQL.noop),
        migrations.RunSQL(f"DROP TABLE {fts5.TABLE}", migrations.RunSQL.noop),
        migrations.RunSQL(fts5.CREATE, migrations.RunSQL.noop),
        migrations.AddField("Entry", "length", models.PositiveIntegerField(default=0), preserve_default=False),
        migrations.CreateModel(
            name="Shelf",
            fields=[
                ("number", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("entries", models.PositiveBigIntegerField()),
                ("tokens", models.PositiveBigIntegerField()),
            ],
        ),
    ]
