"""Originals are kept by compartment, under a key of each. What was there before stands in one, led by all its members."""

import django.db.models.deletion
from django.db import migrations, models

import panah.vault.models

LIBRARY = "Library"


def first_compartment(apps, schema_editor):
    """A workspace made before there were compartments has one key for everything: that of the workspace."""
    from panah.vault import data_keys, workspace

    members = apps.get_model("team", "Member").objects.order_by("pk")
    compartments = apps.get_model("team", "Compartment").objects
    if not members or compartments.exists():
        return
    made = compartments.create(name=LIBRARY, made_at=members[0].joined_at)
    for member in members:
        apps.get_model("team", "Membership").objects.create(
            compartment=made, member=member, role="lead", since=member.joined_at
        )
    members.update(administers=True)
    key = apps.get_model("vault", "DataKey").objects.create(
        compartment=made,
        number=0,
        wrapped=data_keys.wrapped(workspace.keys().workspace, made.pk),
        made_at=made.made_at,
    )
    apps.get_model("vault", "Original").objects.update(compartment=made, key=key)


class Migration(migrations.Migration):
    dependencies = [
        ("vault", "0001_initial"),
        ("team", "0004_compartments"),
    ]

    operations = [
        migrations.CreateModel(
            name="DataKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("wrapped", models.CharField(max_length=200)),
                ("made_at", models.DateTimeField()),
                (
                    "compartment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="keys", to="team.compartment"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("compartment", "number"), name="keys_of_a_compartment_are_numbered"
                    )
                ],
            },
        ),
        migrations.RenameField("original", "digest", "id"),
        migrations.AlterField(
            "original",
            "id",
            models.CharField(default=panah.vault.models._new_id, max_length=71, primary_key=True, serialize=False),
        ),
        migrations.AddField("original", "digest", models.CharField(default="", max_length=71), preserve_default=False),
        migrations.RunSQL("UPDATE vault_original SET digest = id", migrations.RunSQL.noop),
        migrations.AddField(
            "original",
            "compartment",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="originals",
                to="team.compartment",
            ),
        ),
        migrations.AddField(
            "original",
            "key",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.datakey"
            ),
        ),
        migrations.RunPython(first_compartment, migrations.RunPython.noop),
        migrations.AlterField(
            "original",
            "compartment",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="originals", to="team.compartment"
            ),
        ),
        migrations.AlterField(
            "original",
            "key",
            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.datakey"),
        ),
        migrations.AddConstraint(
            "original",
            models.UniqueConstraint(
                fields=("compartment", "digest"), name="an_original_is_kept_once_in_a_compartment"
            ),
        ),
    ]
