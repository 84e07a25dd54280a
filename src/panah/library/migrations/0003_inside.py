"""What stands inside a document is a document of its own."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("library", "0002_compartments")]

    operations = [
        migrations.AddField(
            "document",
            "carrier",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="carries",
                to="library.document",
            ),
        ),
        migrations.AddField("document", "depth", models.PositiveSmallIntegerField(default=0)),
        migrations.CreateModel(
            "Enclosure",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=1000)),
                ("place", models.PositiveIntegerField()),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="enclosed_in",
                        to="library.document",
                    ),
                ),
                (
                    "inside",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="encloses", to="library.document"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["inside", "place"], name="what_stands_inside_in_order")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["inside", "document", "name"], name="it_stands_inside_once_under_a_name"
                    )
                ],
            },
        ),
    ]
