"""Each case belongs to a compartment, and what identifies the applicant is sealed with its key."""

import django.db.models.deletion
from django.db import migrations, models

import panah.vault.fields


def into_the_first(apps, schema_editor):
    key = apps.get_model("vault", "DataKey").objects.first()
    if key is not None:
        apps.get_model("cases", "Case").objects.update(compartment=key.compartment_id)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0001_initial"),
        ("library", "0002_compartments"),
        ("team", "0004_compartments"),
    ]

    operations = [
        migrations.AddField(
            "case",
            "compartment",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="team.compartment"
            ),
        ),
        migrations.RunPython(into_the_first, migrations.RunPython.noop),
        migrations.AlterField(
            "case",
            "compartment",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="team.compartment"
            ),
        ),
        migrations.AlterField("case", "reference", models.CharField(max_length=40)),
        migrations.AddConstraint(
            "case",
            models.UniqueConstraint(fields=("compartment", "reference"), name="a_reference_names_one_case"),
        ),
        migrations.RemoveConstraint("name", "a_spelling_is_kept_once"),
        migrations.AlterField(
            "case", "called", panah.vault.fields.SealedText(compartment="compartment_id", max_length=200)
        ),
        migrations.AlterField("case", "note", panah.vault.fields.SealedText(compartment="compartment_id")),
        migrations.AlterField(
            "name", "name", panah.vault.fields.SealedText(compartment="case.compartment_id", max_length=200)
        ),
        migrations.AlterField(
            "statement", "words", panah.vault.fields.SealedText(compartment="case.compartment_id")
        ),
    ]
