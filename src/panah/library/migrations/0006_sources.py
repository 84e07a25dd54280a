"""A source is what one compartment knows of a publisher; what is written of it is kept; a document's record is whole."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

SAID = {
    "author": 300, "period": 64, "places": 300, "concepts": 1000, "accessed": 64, "archive_url": 2000, "sensitivity": 20,
}  # fmt: skip


def to_each_compartment(apps, schema_editor):
    known = apps.get_model("library", "KnownSource")
    for document in apps.get_model("library", "Document").objects.exclude(source=None).select_related("source", "collection"):
        document.known, _ = known.objects.get_or_create(
            compartment_id=document.collection.compartment_id, name=document.source.name
        )
        document.save(update_fields=["known"])


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0005_rereading"),
        ("team", "0007_looks"),
    ]

    operations = [
        migrations.CreateModel(
            name="KnownSource",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=300)),
                (
                    "compartment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sources", to="team.compartment"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("compartment", "name"), name="a_compartment_knows_a_source_once")
                ],
            },
        ),
        migrations.AddField(
            "document",
            "known",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="library.knownsource"
            ),
        ),
        migrations.RunPython(to_each_compartment, migrations.RunPython.noop),
        migrations.RemoveField("document", "source"),
        migrations.DeleteModel("Source"),
        migrations.RenameModel("KnownSource", "Source"),
        migrations.RenameField("document", "known", "source"),
        migrations.AlterField(
            "document",
            "source",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="library.source"
            ),
        ),
        *(
            migrations.AddField("document", name, models.CharField(default="", max_length=length), preserve_default=False)
            for name, length in SAID.items()
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "source_type",
                    models.CharField(
                        max_length=20,
                        choices=[
                            (kind, kind)
                            for kind in (
                                "state", "court", "intergovernmental", "ngo", "media", "academic", "expert", "company",
                                "diaspora", "person", "other",
                            )
                        ],
                    ),
                ),
                ("mandate", models.TextField()),
                ("method", models.TextField()),
                ("bias", models.TextField()),
                ("written_at", models.DateTimeField()),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="assessments", to="library.source"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["source", "written_at"], name="assessments_of_a_source")],
                "constraints": [
                    models.CheckConstraint(
                        condition=~Q(source_type="", mandate="", method="", bias=""), name="an_assessment_says_something"
                    )
                ],
            },
        ),
    ]  # fmt: skip
