"""A document knows in which encoding the server said that it sent it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("library", "0008_captures")]

    operations = [
        migrations.AddField("document", "charset", models.CharField(default="", max_length=40), preserve_default=False),
    ]
