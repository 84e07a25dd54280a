"""Each collection stands in a compartment, and may be shared with others."""

import django.db.models.deletion
from django.db import migrations, models


def into_the_first(apps, schema_editor):
    key = apps.get_model("vault", "DataKey").objects.first()
    if key is not None:
        apps.get_model("library", "Collection").objects.update(compartment=key.compartment_id)
        apps.get_model("library", "Reading").objects.update(key=key)


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0001_initial"),
        ("vault", "0002_compartments"),
        ("team", "0004_compartments"),
    ]

    operations = [
        migrations.AlterField("collection", "name", models.CharField(max_length=200)),
        migrations.AddField(
            "collection",
            "compartment",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="collections",
                to="team.compartment",
            ),
        ),
        migrations.AddField(
            "reading",
            "key",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.datakey"
            ),
        ),
        migrations.RunPython(into_the_first, migrations.RunPython.noop),
        migrations.AlterField(
            "collection",
            "compartment",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="collections", to="team.compartment"
            ),
        ),
        migrations.AlterField(
            "reading",
            "key",
            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.datakey"),
        ),
        migrations.AddConstraint(
            "collection",
            models.UniqueConstraint(fields=("compartment", "name"), name="a_collection_has_a_name_of_its_own"),
        ),
        migrations.CreateModel(
            name="Share",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                (
                    "collection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="shares", to="library.collection"
                    ),
                ),
                (
                    "compartment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="team.compartment"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("collection", "compartment"),
                        name="shared_once_at_a_time",
                    )
                ],
            },
        ),
    ]
