"""A document may be read once more, and keeps its reading meanwhile."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("library", "0004_deliveries")]

    operations = [
        migrations.AddField("document", "languages", models.CharField(default="", max_length=200), preserve_default=False),
        migrations.RemoveConstraint("document", "read_means_it_has_a_reading"),
        migrations.RemoveConstraint("document", "refused_means_there_is_a_reason"),
        migrations.AddConstraint(
            "document",
            models.CheckConstraint(
                condition=Q(state="waiting")
                | Q(state="read", reading__isnull=False)
                | Q(state="refused", reading__isnull=True),
                name="read_means_it_has_a_reading",
            ),
        ),
        migrations.AddConstraint(
            "document",
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(refusal_code=""), name="refused_means_there_is_a_reason"
            ),
        ),
    ]
